"""Models whose networks are too large for the device: streamed layer by layer, text encoders too, with the same numbers.

The device here is the processor under another name, to which weights are copied as to a GPU.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from aiprod.models.diffusion.devices import ProcessorDevice, main_memory_bytes
from aiprod.models.diffusion.effort import Offload, Stage
from aiprod.models.diffusion.folders import ModelFolder
from aiprod.models.diffusion.full_size import FULL_SIZES, RandomFolder
from aiprod.models.diffusion.loop import Watch
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
from tests.tiny_weights.orders import order
from tests.unit.models.diffusion.test_studio import SmallDevice

GB = 10**9
L4_BYTES, TASK_BYTES = 23 * GB, 32 * 2**30
"""Of the card, as torch counts them, and of the task that has one."""
LTX_2 = Sizes(
    text_encoder=24_400_000_000, transformers=(37_750_000_000,), decoders=5_500_000_000, activations=6 * 2**30,
    reader_copied=24_400_000_000,
)  # fmt: skip
A14B = Sizes(text_encoder=11_360_000_000, transformers=(28_580_000_000,) * 2, decoders=250_000_000, activations=6 * 2**30)
BF16 = Options(precision=Precision.BFLOAT16)


def copying(memory_bytes: int = 2**20, main_bytes: int = 2**40, fits: Callable[[object], bool] = lambda _: True) -> SmallDevice:
    """A device of so much memory, to which weights are copied from a machine's."""
    return SmallDevice(fits, name="cpu:0", memory_bytes=memory_bytes, main_bytes=main_bytes)


@pytest.mark.parametrize("main_bytes", [2**40, 2**10])
@pytest.mark.parametrize(("name", "kind"), [("ltx2", "layers"), ("ltx", "block"), ("wan-a14b", "block")])
def test_a_streamed_model_reads_and_draws_bit_for_bit_what_it_does_whole(
    name: str, kind: str, main_bytes: int, tiny: Callable[[str], Path]
) -> None:
    whole, streamed = Studio(tiny(name), ProcessorDevice(), BF16), Studio(tiny(name), copying(main_bytes=main_bytes), BF16)
    assert streamed.placement.offload is Offload.BLOCKS
    read = [studio.family.read(["A fox runs.", ""]) for studio in (streamed, whole)]
    for here, there in zip(*read, strict=True):
        assert all(torch.equal(here[key], there[key]) for key in there)
    encoder = streamed.family.parts["text_encoder"]
    hooked = {path.rpartition(".")[0].rpartition(".")[2] for path, module in encoder.named_modules() if module._forward_pre_hooks}
    assert kind in hooked
    one, other = (np.array(list(studio.make([order(name)], Watch())[0].pictures)) for studio in (streamed, whole))
    assert np.array_equal(one, other)


def test_only_the_layer_at_work_is_there_in_the_numbers_that_it_works_with(tiny: Callable[[str], Path]) -> None:
    studio = Studio(tiny("ltx2"), copying(main_bytes=2**10), BF16)
    assert {parameter.dtype for parameter in studio.family.parts["text_encoder"].parameters()} == {torch.float32}
    encoder = studio.family.parts.use("text_encoder")
    layers = encoder.get_submodule("model.language_model.layers")
    seen: list[set[str]] = []

    def look(*_: object) -> None:
        seen.append({name[0] for name, parameter in layers.named_parameters() if parameter.dtype is torch.bfloat16})

    for layer in layers.children():
        layer.register_forward_pre_hook(look)
    studio.family.read(["A fox runs."])
    assert seen == [{"0"}, {"1"}]
    studio.family.parts.use("connectors")
    assert {parameter.dtype for parameter in encoder.parameters()} == {torch.float32}


def test_gemmas_numbers_of_four_bytes_stay_in_their_file_where_main_memory_is_short(tiny: Callable[[str], Path]) -> None:
    roomy = Studio(tiny("ltx2"), copying(), BF16)
    assert {parameter.dtype for parameter in roomy.family.parts["text_encoder"].parameters()} == {torch.bfloat16}
    studio = Studio(tiny("ltx2"), copying(main_bytes=2**10), BF16)
    studio.family.read(["A fox runs."])
    layer = studio.family.parts["text_encoder"].get_parameter("model.language_model.layers.1.mlp.up_proj.weight")
    places = [line.split(maxsplit=5) for line in Path("/proc/self/maps").read_text().splitlines() if "text_encoder/model.safetensors" in line]
    ranges = [[int(side, 16) for side in place[0].split("-")] for place in places]
    assert any(first <= layer.data_ptr() < end for first, end in ranges)


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
    assert chosen == Placement(precision=Precision.FLOAT8, offload=Offload.BLOCKS, together=2, sparing=True)
    assert needed_bytes(LTX_2, chosen) <= HEADROOM * L4_BYTES
    roomy = place(LTX_2, L4_BYTES, main_bytes=96 * GB, small=Precision.FLOAT8)
    assert roomy == Placement(precision=Precision.BFLOAT16, offload=Offload.BLOCKS, together=2)


def test_weights_that_main_memory_does_not_hold_are_read_from_their_files_and_the_film_says_so() -> None:
    short = place(LTX_2, L4_BYTES, main_bytes=16 * GB, small=Precision.FLOAT8)
    assert short == Placement(precision=Precision.BFLOAT16, offload=Offload.BLOCKS, together=2, rereads=True, sparing=True)
    copied = replace(LTX_2, copied=sum(LTX_2.transformers))  # they have no files to give way to
    assert not place(copied, L4_BYTES, main_bytes=16 * GB, small=Precision.FLOAT8).rereads


def test_a_precision_that_is_asked_for_is_the_only_one_that_is_placed() -> None:
    whole = place(A14B, 24 * GB, main_bytes=128 * GB, small=Precision.FLOAT8)
    assert (whole.precision, whole.offload) == (Precision.FLOAT8, Offload.NETWORKS)
    asked = place(A14B, 24 * GB, main_bytes=128 * GB, small=Precision.FLOAT8, wanted=Precision.BFLOAT16)
    assert (asked.precision, asked.offload) == (Precision.BFLOAT16, Offload.BLOCKS)


def test_numbers_of_another_kind_than_bf16_are_counted_as_copies(tiny: Callable[[str], Path]) -> None:
    folder = ModelFolder(tiny("ltx2"))
    assert folder.copied_numbers("transformer") == folder.numbers("transformer") > 0


@pytest.mark.parametrize("model", FULL_SIZES)
def test_the_memory_that_the_manifest_names_is_enough(model: str, tmp_path: Path) -> None:
    folder, named = RandomFolder(model, tmp_path), own_manifest().model(model)
    networks = {name: 2 * folder.numbers(name) for name in folder.index() if folder.has(name)}
    drawing = [networks.pop(name) for name in TRANSFORMERS if name in networks]
    copied = sum(drawing) if model.startswith("wan") else 0  # published in numbers of four bytes
    sizes = Sizes(
        text_encoder=networks.pop("text_encoder"), transformers=drawing, decoders=sum(networks.values()), activations=6 * 2**30, copied=copied
    )
    card, machine = int(named.gpu_memory_gb * GB), int(named.memory_gb * GB)
    chosen = place(sizes, card, main_bytes=machine, small=Precision.FLOAT8)
    assert needed_bytes(sizes, chosen) <= HEADROOM * card
    assert waiting_bytes(sizes, chosen) <= MAIN_SHARE * machine


def test_a_container_has_the_memory_that_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "few").write_text("1048576\n")
    (tmp_path / "all").write_text("max\n")
    assert main_memory_bytes([tmp_path / "few", tmp_path / "none"]) == 2**20
    assert main_memory_bytes([tmp_path / "all"]) == main_memory_bytes([])
