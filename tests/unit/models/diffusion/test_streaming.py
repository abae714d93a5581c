"""Models whose networks are too large for the device: streamed layer by layer, text encoders too, with the same numbers.

The device here is the processor under another name, to which weights are copied as to a GPU.
"""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from aiprod.models.diffusion.devices import ProcessorDevice, main_memory_bytes
from aiprod.models.diffusion.effort import Offload, Stage
from aiprod.models.diffusion.folders import kept_in_float32
from aiprod.models.diffusion.full_size import FULL_SIZES, RandomFolder
from aiprod.models.diffusion.loop import Watch
from aiprod.models.diffusion.opening import reckon
from aiprod.models.diffusion.parts import Parts
from aiprod.models.diffusion.placement import (
    BLOCK_SHARE,
    HEADROOM,
    MAIN_SHARE,
    READER_SHARE,
    Placement,
    Precision,
    Sizes,
    needed_bytes,
    place,
    waiting_bytes,
)
from aiprod.models.diffusion.studio import Studio
from aiprod.models.diffusion.tuning import TRANSFORMERS, Options
from aiprod.models.manifest import own_manifest
from tests.tiny_weights.installing import narrow
from tests.tiny_weights.orders import order
from tests.unit.models.diffusion.test_studio import SmallDevice

GB = 10**9
L4_BYTES, TASK_BYTES = 23 * GB, 32 * 2**30
"""Of the card, as torch counts them, and of the task that has one."""
LTX_2 = Sizes(text_encoder=24_400_000_000, transformers=(37_750_000_000,), decoders=5_500_000_000, activations=6 * 2**30)
A14B = Sizes(text_encoder=11_360_000_000, transformers=(28_580_000_000,) * 2, decoders=250_000_000, activations=6 * 2**30)
BF16 = Options(precision=Precision.BFLOAT16)


def copying(memory_bytes: int = 2**20, main_bytes: int = 2**40, fits: Callable[[object], bool] = lambda _: True) -> SmallDevice:
    """A device of so much memory, to which weights are copied from a machine's."""
    return SmallDevice(fits, name="cpu:0", memory_bytes=memory_bytes, main_bytes=main_bytes)


@pytest.mark.parametrize(("name", "kind"), [("ltx2", "layers"), ("ltx", "block"), ("wan-a14b", "block")])
def test_a_streamed_model_reads_and_draws_bit_for_bit_what_it_does_whole(
    name: str, kind: str, tiny: Callable[[str], Path]
) -> None:
    whole, streamed = Studio(tiny(name), ProcessorDevice(), BF16), Studio(tiny(name), copying(), BF16)
    assert streamed.placement.offload is Offload.BLOCKS
    read = [studio.family.read(["A fox runs.", ""]) for studio in (streamed, whole)]
    for here, there in zip(*read, strict=True):
        assert all(torch.equal(here[key], there[key]) for key in there)
    encoder = streamed.family.parts["text_encoder"]
    hooked = {path.rpartition(".")[0].rpartition(".")[2] for path, module in encoder.named_modules() if module._forward_pre_hooks}
    assert kind in hooked
    one, other = (np.array(list(studio.make([order(name)], Watch())[0].pictures)) for studio in (streamed, whole))
    assert np.array_equal(one, other)


def test_a_text_encoder_for_which_memory_runs_out_is_streamed_from_then_on(tiny: Callable[[str], Path]) -> None:
    device = copying(2**40, fits=lambda work: work.stage is not Stage.TEXT or work.offload is Offload.BLOCKS)  # type: ignore[attr-defined]
    studio = Studio(tiny("ltx2"), device, replace(BF16, batch=1))
    assert studio.placement.offload is Offload.NOTHING
    (footage,) = studio.make([order("ltx2")], Watch())
    assert footage.notes == (
        "Networks that are not at work wait in main memory, because memory was short.",
        "The network is streamed block by block, because memory was short.",
    )


def test_blocks_are_found_wherever_they_lie_and_come_and_go() -> None:
    network = torch.nn.Module()
    network.inner = torch.nn.Module()
    network.inner.layers = torch.nn.ModuleList(torch.nn.ModuleList([torch.nn.Linear(2, 2), torch.nn.Linear(2, 2)]) for _ in range(2))
    network.words = torch.nn.Embedding(4, 2)
    parts = Parts("meta", Offload.BLOCKS, ["reading"])
    parts.add("reading", network.requires_grad_(False))
    parts.use("reading")
    assert [name for name, one in network.named_parameters() if one.is_meta] == ["words.weight"]
    assert [bool(one._forward_pre_hooks) for one in network.inner.layers] == [True, True]


@pytest.mark.parametrize("model", FULL_SIZES)
def test_what_is_planned_with_for_a_streamed_network_is_what_its_shapes_need(model: str, tmp_path: Path) -> None:
    folder = RandomFolder(model, tmp_path)
    for name, share in {"text_encoder": READER_SHARE, **dict.fromkeys(TRANSFORMERS, BLOCK_SHARE)}.items():
        if not folder.has(name):
            continue
        network = folder._empty(name)
        parts = Parts("elsewhere", Offload.BLOCKS, [name])
        parts.add(name, network)
        blocks = [module for module in network.modules() if isinstance(module, torch.nn.ModuleList)]
        largest = max(sum(one.numel() for one in block.parameters()) for block in max(blocks, key=lambda one: sum(p.numel() for p in one.parameters())))
        inside = {id(one) for block in blocks for one in block.parameters()}
        outside = sum(one.numel() for one in network.parameters() if id(one) not in inside)
        assert (outside + largest) / folder.numbers(name) <= share


def test_ltx_2_is_placed_on_a_small_card_of_the_cloud_by_both_memories() -> None:
    chosen = place(LTX_2, L4_BYTES, main_bytes=TASK_BYTES, small=Precision.FLOAT8)
    assert chosen == Placement(precision=Precision.FLOAT8, offload=Offload.BLOCKS, together=2)
    assert needed_bytes(LTX_2, chosen) <= HEADROOM * L4_BYTES
    roomy = place(LTX_2, L4_BYTES, main_bytes=96 * GB, small=Precision.FLOAT8)
    assert roomy == Placement(precision=Precision.BFLOAT16, offload=Offload.BLOCKS, together=2)


def test_weights_that_main_memory_does_not_hold_are_read_from_their_files_and_the_film_says_so() -> None:
    short = place(LTX_2, L4_BYTES, main_bytes=16 * GB, small=Precision.FLOAT8)
    assert short == Placement(precision=Precision.BFLOAT16, offload=Offload.BLOCKS, together=2, rereads=True)


def test_a_precision_that_is_asked_for_is_the_only_one_that_is_placed() -> None:
    whole = place(A14B, 24 * GB, main_bytes=128 * GB, small=Precision.FLOAT8)
    assert (whole.precision, whole.offload) == (Precision.FLOAT8, Offload.NETWORKS)
    asked = place(A14B, 24 * GB, main_bytes=128 * GB, small=Precision.FLOAT8, wanted=Precision.BFLOAT16)
    assert (asked.precision, asked.offload) == (Precision.BFLOAT16, Offload.BLOCKS)


@pytest.mark.parametrize("model", FULL_SIZES)
def test_the_memory_that_the_manifest_names_is_enough(model: str, tmp_path: Path) -> None:
    folder, named = RandomFolder(model, tmp_path), own_manifest().model(model)
    sizes = reckon(folder)
    card, machine = int(named.gpu_memory_gb * GB), int(named.memory_gb * GB)
    chosen = place(sizes, card, main_bytes=machine, small=Precision.FLOAT8)
    assert needed_bytes(sizes, chosen) <= HEADROOM * card
    assert waiting_bytes(sizes, chosen) <= MAIN_SHARE * machine


def test_a_container_has_the_memory_that_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "few").write_text("1048576\n")
    (tmp_path / "all").write_text("max\n")
    assert main_memory_bytes([tmp_path / "few", tmp_path / "none"]) == 2**20
    assert main_memory_bytes([tmp_path / "all"]) == main_memory_bytes([])


NARROWED = {"wan-ti2v": "wan2.2-ti2v-5b", "wan-a14b": "wan2.2-t2v-a14b", "wan-i2v": "wan2.2-i2v-a14b", "ltx": "ltx-video-2b", "ltx2": "ltx-2"}


@pytest.mark.parametrize("name", NARROWED)
def test_every_weight_of_a_model_stays_in_its_files_until_it_goes_to_the_card(
    name: str, tiny: Callable[[str], Path], tmp_path: Path
) -> None:
    folder = shutil.copytree(tiny(name), tmp_path / name)
    narrow(folder, own_manifest().model(NARROWED[name]))
    parts = Studio(folder, copying(2**40), BF16).family.parts
    lines = [line.split(maxsplit=5) for line in Path("/proc/self/maps").read_text().splitlines() if str(folder) in line]
    ranges = [[int(side, 16) for side in line[0].split("-")] for line in lines]
    elsewhere = [
        f"{network}.{key}" for network in parts.names() for key, tensor in parts[network].named_parameters()
        if not any(first <= tensor.data_ptr() < end for first, end in ranges)
    ]  # fmt: skip
    assert elsewhere == []


@pytest.mark.parametrize("model", FULL_SIZES)
def test_what_diffusers_keeps_in_float32_is_not_rewritten(model: str, tmp_path: Path) -> None:
    folder, narrowing = RandomFolder(model, tmp_path), own_manifest().model(model).narrowing
    assert narrowing is not None
    kinds = {name: type(folder._empty(name)) for name in narrowing.folders if folder.has(name)}
    for name in (*TRANSFORMERS, "vae"):
        if name in kinds:
            assert set(kept_in_float32(kinds[name])) == {*narrowing.float32}


def test_a_decoder_that_works_in_float32_is_planned_with_four_bytes_a_number(tmp_path: Path) -> None:
    folder = RandomFolder("wan2.2-ti2v-5b", tmp_path)
    assert reckon(folder).decoders == 4 * folder.numbers("vae")
    network = folder.open_network("vae", {}, dtype=torch.float32)
    assert sum(one.numel() * one.itemsize for one in network.parameters()) == pytest.approx(reckon(folder).decoders, rel=0.01)
