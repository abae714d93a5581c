"""A wish fitted to what a model can draw; what gives way when memory is short; where a model's weights go."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiprod.errors import InvalidInput, InvalidSetting
from aiprod.models.diffusion.effort import Effort, Offload, Stage, ease
from aiprod.models.diffusion.orders import Grid, check_order, fit_parts, fit_shape
from aiprod.models.diffusion.placement import HEADROOM, Placement, Precision, Sizes, needed_bytes, place
from aiprod.models.diffusion.variants import VARIANTS, find_variant
from aiprod.models.manifest import own_manifest
from aiprod.profiles import PROFILES, Shape
from tests.tiny_weights.orders import order

WAN = Grid(step_px=32, stride=4, longest=121, rate=Fraction(24))
A14B = Grid(step_px=16, stride=4, longest=81, rate=Fraction(16))
LTX = Grid(step_px=32, stride=8, longest=257, rate=None)
GB = 10**9


@pytest.mark.parametrize(
    ("aspect", "grid", "side", "size"),
    [
        ("16:9", WAN, 704, (1248, 704)),
        ("9:16", WAN, 704, (704, 1248)),
        ("16:9", A14B, 720, (1280, 720)),
        ("16:9", A14B, 480, (848, 480)),
        ("1:1", LTX, 704, (704, 704)),
        ("4:5", LTX, 704, (672, 864)),
    ],
)
def test_shapes_are_those_that_the_models_draw(aspect: str, grid: Grid, side: int, size: tuple[int, int]) -> None:
    shape = fit_shape(PROFILES["social"].work_shape(aspect), grid, side)
    assert abs(shape.width_px - size[0]) <= grid.step_px
    assert abs(shape.height_px - size[1]) <= grid.step_px


@given(
    wanted=st.builds(Shape, width_px=st.integers(90, 2000), height_px=st.integers(90, 2000)),
    grid=st.sampled_from([WAN, A14B, LTX]), side=st.sampled_from([0, 256, 480, 704]),
)  # fmt: skip
def test_any_shape_can_be_drawn_and_is_never_far_from_what_is_wanted(wanted: Shape, grid: Grid, side: int) -> None:
    shape = fit_shape(wanted, grid, side)
    check_order(replace(order(), shape=shape, frames=1), grid)
    scale = (side or min(wanted.width_px, wanted.height_px)) / min(wanted.width_px, wanted.height_px)
    assert abs(shape.width_px - wanted.width_px * scale) <= grid.step_px
    assert abs(shape.height_px - wanted.height_px * scale) <= grid.step_px


@given(
    seconds=st.fractions(Fraction(1, 30), Fraction(60)), grid=st.sampled_from([WAN, A14B, LTX]),
    rate=st.sampled_from([Fraction(15), Fraction(25), Fraction(30000, 1001)]),
)  # fmt: skip
def test_parts_last_as_long_as_the_shot_and_each_can_be_drawn(seconds: Fraction, grid: Grid, rate: Fraction) -> None:
    rate = grid.rate or rate
    parts = fit_parts(seconds, rate, grid)
    for frames in parts:
        check_order(replace(order(), shape=Shape(width_px=64, height_px=96), frames=frames), grid)
    shown = sum(parts) - (len(parts) - 1)
    assert seconds * rate <= shown < seconds * rate + 1 + grid.stride
    assert max(parts) - min(parts) <= grid.stride
    assert len(parts) == 1 or (len(parts) - 1) * (grid.longest - 1) + 1 < seconds * rate


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"shape": Shape(width_px=65, height_px=96)}, "sides in multiples of 32 px, found 65x96"),
        ({"shape": Shape(width_px=0, height_px=96)}, "sides in multiples of 32 px, found 0x96"),
        ({"frames": 8}, "4n+1 frames, at most 121, found 8 frames"),
        ({"frames": 125}, "4n+1 frames, at most 121, found 125 frames"),
        ({"prompt": "  "}, "a prompt of 1 to 2000 characters"),
        ({"prompt": "a" * 2001}, "found 2001 characters"),
        ({"steps": 0}, "at least one step, found 0"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_a_sentence(changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_order(order(**changes), WAN)
    assert sentence in str(refused.value)


def test_memory_is_given_up_in_the_order_that_is_told() -> None:
    effort, said = Effort(batch=4), []
    while (eased := ease(effort, Stage.DENOISING)) is not None:
        effort, note = eased
        said.append(note)
    assert said == [
        "2 clips at a time instead of 4", "1 clips at a time instead of 2",
        "networks that are not at work wait in main memory", "the network is streamed block by block",
        "drawn at 75 % of its size and scaled up", "drawn at 56 % of its size and scaled up",
    ]  # fmt: skip
    assert ease(Effort(), Stage.DECODING) == (Effort(tiling=True), "pictures decoded in tiles")
    streamed = Effort(offload=Offload.BLOCKS)
    assert ease(Effort(offload=Offload.NETWORKS), Stage.TEXT) == (streamed, "the network is streamed block by block")
    assert ease(streamed, Stage.TEXT) is None


A14B_SIZES = Sizes(text_encoder=11 * GB, transformers=(28 * GB, 28 * GB), decoders=GB // 2, activations=8 * GB)
WAN_SIZES = Sizes(text_encoder=11 * GB, transformers=(10 * GB,), decoders=3 * GB, activations=6 * GB)


@pytest.mark.parametrize(
    ("sizes", "memory", "precision", "offload", "together"),
    [
        (WAN_SIZES, 80, Precision.BFLOAT16, Offload.NOTHING, 4),
        (WAN_SIZES, 40, Precision.BFLOAT16, Offload.NOTHING, 2),
        (WAN_SIZES, 24, Precision.BFLOAT16, Offload.NETWORKS, 2),
        (WAN_SIZES, 13, Precision.FLOAT8, Offload.NETWORKS, 1),
        (A14B_SIZES, 96, Precision.BFLOAT16, Offload.NOTHING, 2),
        (A14B_SIZES, 80, Precision.BFLOAT16, Offload.NETWORKS, 4),
        (A14B_SIZES, 26, Precision.FLOAT8, Offload.NETWORKS, 1),
        (A14B_SIZES, 16, Precision.BFLOAT16, Offload.BLOCKS, 1),
        (A14B_SIZES, 8, Precision.FLOAT8, Offload.BLOCKS, 1),
    ],
)
def test_a_model_is_placed_and_its_batch_chosen_by_the_memory_at_hand(
    sizes: Sizes, memory: int, precision: Precision, offload: Offload, together: int
) -> None:
    chosen = place(sizes, memory * GB, main_bytes=128 * GB, small=Precision.FLOAT8)
    assert chosen == Placement(precision=precision, offload=offload, together=together)
    assert memory == 8 or needed_bytes(sizes, chosen) <= HEADROOM * memory * GB


def test_every_model_that_draws_and_can_be_fetched_is_drawn_with() -> None:
    cameras = {name for one in VARIANTS for name in one.cameras.values()}
    listed = {name for name in own_manifest().names if name.startswith(("wan", "ltx"))}
    assert listed == cameras | {one.model for one in VARIANTS}


def test_a_model_that_nobody_knows_is_told_with_those_that_there_are() -> None:
    assert find_variant("wan").model == "wan2.2-ti2v-5b"
    with pytest.raises(InvalidSetting, match=r"AIPROD_LTX_MODEL among ltx-video-2b, ltx-2, found 'sora'"):
        find_variant("ltx", "sora")
