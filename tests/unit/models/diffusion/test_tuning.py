"""LoRAs, weights of one byte, steps that are guessed: what they change, and what they must not."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from torch._dynamo.utils import counters

from aiprod.errors import InvalidSetting, Unavailable, WeightsBroken, WeightsMissing
from aiprod.models.diffusion.bench import measure
from aiprod.models.diffusion.devices import ProcessorDevice
from aiprod.models.diffusion.effort import Effort, Offload
from aiprod.models.diffusion.folders import ModelFolder
from aiprod.models.diffusion.loop import Watch
from aiprod.models.diffusion.loras import Lora, parse_lora
from aiprod.models.diffusion.opening import choose_placement
from aiprod.models.diffusion.placement import Precision
from aiprod.models.diffusion.quantized import make_linear
from aiprod.models.diffusion.studio import Studio
from aiprod.models.diffusion.tuning import Options
from aiprod.models.pictures import Picture
from tests.tiny_weights.orders import order
from tests.unit.models.diffusion.test_studio import FolderKeep, SmallDevice

KEY = "blocks.0.attn1.to_q"
RANK = 2


def write_lora(path: Path, network: torch.nn.Module, *, seed: int, key: str = f"transformer.{KEY}", inward: int = 0) -> torch.Tensor:
    """A LoRA of one weight; what it adds to the weight."""
    outward, width = network.get_submodule(KEY).weight.shape  # type: ignore[union-attr, misc]
    generator = torch.Generator().manual_seed(seed)
    down, up = torch.randn(RANK, inward or int(width), generator=generator), torch.randn(int(outward), RANK, generator=generator)
    save_file({f"{key}.lora_A.weight": down, f"{key}.lora_B.weight": up}, path)
    return up @ down if not inward else down


def drawn(studio: Studio, name: str) -> list[Picture]:
    return list(studio.make([order(name)], Watch())[0].pictures)


def test_a_stack_of_loras_is_added_by_its_weights(tiny: Callable[[str], Path], studio: Callable[..., Studio], tmp_path: Path) -> None:
    network = studio("wan-ti2v").family.parts["transformer"]
    before = network.get_submodule(KEY).weight.clone()  # type: ignore[operator, union-attr]
    changes = [write_lora(tmp_path / f"{seed}.safetensors", network, seed=seed) for seed in (1, 2)]
    stack = (Lora(path=tmp_path / "1.safetensors", weight=0.5), Lora(path=tmp_path / "2.safetensors", weight=-1.0))
    changed = Studio(tiny("wan-ti2v"), ProcessorDevice(), Options(loras=stack))
    weight = changed.family.parts["transformer"].get_submodule(KEY).weight
    torch.testing.assert_close(weight, before + 0.5 * changes[0] - changes[1])
    assert not np.array_equal(drawn(changed, "wan-ti2v"), drawn(studio("wan-ti2v"), "wan-ti2v"))


@pytest.mark.parametrize("precision", [Precision.FLOAT32, Precision.INT8])
def test_a_lora_is_lent_to_weights_of_any_precision(
    precision: Precision, tiny: Callable[[str], Path], studio: Callable[..., Studio], tmp_path: Path
) -> None:
    here = Studio(tiny("wan-ti2v"), ProcessorDevice(), Options(precision=precision))
    write_lora(tmp_path / "1.safetensors", studio("wan-ti2v").family.parts["transformer"], seed=1)
    lent = order("wan-ti2v", loras=(Lora(path=tmp_path / "1.safetensors", weight=1.0),))
    before, led, after = (list(here.make([one], Watch())[0].pictures) for one in (order(), lent, order()))
    assert np.array_equal(before, after)
    assert not np.array_equal(before, led)


def test_a_lora_that_does_not_fit_is_refused_in_a_sentence(tiny: Callable[[str], Path], studio: Callable[..., Studio], tmp_path: Path) -> None:
    network = studio("wan-ti2v").family.parts["transformer"]
    path = tmp_path / "strange.safetensors"
    for change, sentence in (
        ({"inward": 7}, "found one of"),
        ({"key": "transformer.blocks.9.attn1.to_q"}, "found no such weight"),
        ({"key": "unet.down.0"}, "found one for unet.down.0"),
    ):
        write_lora(path, network, seed=1, **change)  # type: ignore[arg-type]
        with pytest.raises(WeightsBroken, match=sentence):
            Studio(tiny("wan-ti2v"), ProcessorDevice(), Options(loras=(Lora(path=path, weight=1.0),)))
    with pytest.raises(WeightsMissing, match="Expected a LoRA in"):
        Studio(tiny("wan-ti2v"), ProcessorDevice(), Options(loras=(Lora(path=tmp_path / "none", weight=1.0),)))


def test_a_lora_is_named_with_its_weight() -> None:
    assert parse_lora("looks/film.safetensors=0.8") == Lora(path=Path("looks/film.safetensors"), weight=0.8)
    assert parse_lora("film.safetensors") == Lora(path=Path("film.safetensors"), weight=1.0)
    with pytest.raises(InvalidSetting, match="Expected a LoRA such as"):
        parse_lora("film.safetensors=strong")


@pytest.mark.parametrize("rows", [1, 40])
def test_a_layer_of_one_byte_a_number_says_nearly_the_same(rows: int) -> None:
    torch.manual_seed(1)
    layer, x = torch.nn.Linear(64, 32).requires_grad_(False), torch.randn(2, rows, 64)
    expected, found = layer(x), make_linear(layer, Precision.INT8, "cpu")(x)
    assert found.shape == expected.shape
    assert float((found - expected).norm() / expected.norm()) < 0.02


def test_a_card_that_multiplies_no_floats_of_one_byte_is_told_what_it_can(tiny: Callable[[str], Path]) -> None:
    device = SmallDevice(lambda _: True, name="cuda:0", title="NVIDIA A100")
    with pytest.raises(InvalidSetting, match=r"=float8, found NVIDIA A100: set int8 instead\."):
        choose_placement(ModelFolder(tiny("wan-ti2v")), device, Options(precision=Precision.FLOAT8))
    assert choose_placement(ModelFolder(tiny("wan-ti2v")), device, Options(precision=Precision.INT8)).precision is Precision.INT8


@pytest.mark.usefixtures("compiler")
def test_a_card_without_room_for_making_weights_smaller_is_told(tiny: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def begin(*_: object, **_more: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 MiB.")

    monkeypatch.setattr(torch.Tensor, "amax", begin)
    with pytest.raises(Unavailable, match=r"^Expected memory for a model's weights on cpu:0, found too little; try again alone\.$"):
        Studio(tiny("wan-ti2v"), card(), Options(precision=Precision.INT8))
    (found,) = [one for one in measure("tiny", ModelFolder(tiny("wan-ti2v")), card(), lambda _: [], 1) if one.failure]
    assert found.way == "aiprod, compiled, int8"


def test_a_model_of_one_byte_a_number_draws_nearly_the_same_and_holds_less(tiny: Callable[[str], Path], studio: Callable[..., Studio]) -> None:
    small = Studio(tiny("wan-ti2v"), ProcessorDevice(), Options(precision=Precision.INT8))
    kinds = {tensor.dtype for tensor in small.family.parts["transformer"].buffers()}
    assert torch.int8 in kinds
    here, there = np.int16(drawn(small, "wan-ti2v")), np.int16(drawn(studio("wan-ti2v"), "wan-ti2v"))
    assert 0 < np.abs(here - there).mean() < 12


def test_steps_like_the_one_before_are_guessed_and_no_clip_guesses_from_another(tiny: Callable[[str], Path]) -> None:
    here = Studio(tiny("wan-ti2v"), ProcessorDevice(), Options(cache=1.0))
    called: list[int] = []
    block = here.family.parts["transformer"].get_submodule("blocks.1.attn1")
    block.register_forward_pre_hook(lambda *_: called.append(1))
    first = drawn(here, "wan-ti2v")
    assert len(called) == 1
    assert np.array_equal(first, drawn(here, "wan-ti2v"))
    assert len(called) == 2


def test_an_attention_kernel_that_is_not_here_is_told(tiny: Callable[[str], Path]) -> None:
    with pytest.raises(InvalidSetting, match="AIPROD_DIFFUSION_ATTENTION=sage cannot be used here"):
        Studio(tiny("wan-ti2v"), ProcessorDevice(), Options(attention="sage"))


@pytest.mark.parametrize("family", ["wan-ti2v", "ltx", "ltx2"])
def test_a_kernel_that_takes_no_mask_draws_with_every_model(
    family: str, tiny: Callable[[str], Path], studio: Callable[..., Studio]
) -> None:
    quick = drawn(Studio(tiny(family), ProcessorDevice(), Options(attention="_native_flash")), family)
    plain = drawn(studio(family), family)
    assert np.abs(np.array(quick, float) - np.array(plain, float)).max() <= 2


def card(name: str = "cpu:0") -> SmallDevice:
    """The processor under another name, for which blocks are compiled."""
    return SmallDevice(lambda _: True, name=name, memory_bytes=2**40)


QUICK = Options(precision=Precision.BFLOAT16, quick=True, batch=2)


@pytest.mark.usefixtures("compiler")
@pytest.mark.parametrize("cache", [0.0, 0.5])
@pytest.mark.parametrize("family", ["wan-a14b", "wan-ti2v", "ltx"])
def test_a_block_is_compiled_once_for_all_blocks_all_steps_and_all_clips(family: str, cache: float, tiny: Callable[[str], Path]) -> None:
    here = Studio(tiny(family), card(), Options(precision=Precision.BFLOAT16, quick=True, cache=cache))
    for seed in (1, 2):
        here.make([order(family, steps=8, seed=seed)], Watch())
    assert counters["frames"] == {"total": 1, "ok": 1}
    assert not counters["graph_break"]


@pytest.mark.usefixtures("compiler")
@pytest.mark.parametrize("family", ["wan-ti2v", "ltx", "ltx2"])
def test_streamed_blocks_are_compiled_too_and_draw_the_same(family: str, tiny: Callable[[str], Path]) -> None:
    plain = Studio(tiny(family), card(), Options(precision=Precision.BFLOAT16))
    here = Studio(tiny(family), card(), QUICK)
    here._effort = Effort(offload=Offload.BLOCKS)
    here.family.parts.ease(Offload.BLOCKS)
    assert np.array_equal(drawn(here, family), drawn(plain, family))
    assert counters["frames"] == {"total": 1, "ok": 1}


@pytest.mark.usefixtures("compiler")
def test_forms_of_another_models_blocks_do_not_count(tiny: Callable[[str], Path]) -> None:
    with torch._dynamo.config.patch(recompile_limit=1):
        for precision in (Precision.BFLOAT16, Precision.INT8):
            Studio(tiny("wan-ti2v"), card(), Options(precision=precision, quick=True)).make([order()], Watch())
    assert counters["frames"] == {"total": 2, "ok": 2}


@pytest.mark.usefixtures("compiler")
def test_kernels_of_forms_that_come_later_are_kept_too(
    tiny: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.compiler, "save_cache_artifacts", lambda: (str(counters["frames"]["ok"]).encode(), None))
    monkeypatch.setattr(torch.compiler, "load_cache_artifacts", lambda _: None)
    keep = FolderKeep(tmp_path)
    here = Studio(tiny("wan-ti2v"), card(), QUICK)
    for frames in (1, 9, 1, 9):
        here.make([order(frames=frames)], Watch(keep=keep))
    assert keep.get(here._kernels) == b"2"
    assert len(list(tmp_path.glob("kernels-*"))) == 2


def test_a_model_whose_steps_cannot_be_guessed_says_so(tiny: Callable[[str], Path]) -> None:
    with pytest.raises(InvalidSetting, match=r"=0 for LTX2VideoTransformer3DModel, whose steps cannot be guessed, found 0\.1: set 0\."):
        Studio(tiny("ltx2"), ProcessorDevice(), Options(cache=0.1))


@pytest.mark.parametrize("name", ["cpu", "cpu:0"])
def test_a_clip_whose_steps_are_guessed_is_drawn_alone(name: str, tiny: Callable[[str], Path]) -> None:
    assert Studio(tiny("wan-ti2v"), card(name), Options(cache=0.1, batch=4)).together == 1
    assert Studio(tiny("wan-ti2v"), card(name), Options(batch=4)).together == 4
