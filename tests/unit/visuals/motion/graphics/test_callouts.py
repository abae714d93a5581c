"""What is written over a scene: there at its time and not before, never where subtitles stand, whole in any script."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pytest

from aiprod.media.faces import CLEAR, HEAVY
from aiprod.profiles import Shape
from aiprod.visuals.motion.gpu import Gpu
from aiprod.visuals.motion.graphics.areas import subtitles_top, writing_area
from aiprod.visuals.motion.graphics.counting import read_count, write_value
from aiprod.visuals.motion.graphics.lettering import Type, reads_right_to_left, set_text
from aiprod.visuals.motion.spec import Callout, CameraMove, SceneSpec
from aiprod.visuals.motion.staging import stage_scene

TALL, WIDE = Shape(width_px=180, height_px=320), Shape(width_px=320, height_px=180)
Picture = npt.NDArray[np.float32]


@pytest.fixture(scope="module")
def gpu() -> Iterator[Gpu]:
    opened = Gpu()
    yield opened
    opened.close()


def written(
    gpu: Gpu, callout: Callout | None, *moments: float, shape: Shape = TALL, seconds: float = 4.0
) -> list[Picture]:
    """Frames of a studio with that callout, 0..255."""
    spec = SceneSpec(archetype="stage", seed=4, camera=CameraMove(kind="static"), callout=callout, accent="#ffd23f")
    world = stage_scene(gpu, spec, shape, seconds)
    frames = []
    for number, moment in enumerate(moments):
        raw = world.render(moment, number * 2).framebuffer.read(components=3, alignment=1)
        rows = np.frombuffer(raw, np.uint8).reshape(shape.height_px, shape.width_px, 3)
        frames.append(np.asarray(rows, dtype=np.float32))
    return frames


def changed(gpu: Gpu, callout: Callout, moment: float, shape: Shape = TALL) -> Picture:
    """How much each pixel differs from the scene without the callout."""
    (with_it,), (without,) = (written(gpu, one, moment, shape=shape) for one in (callout, None))
    return np.asarray(np.abs(with_it - without).max(-1), dtype=np.float32)


@pytest.mark.parametrize("kind", ["number", "label", "text"])
def test_a_callout_is_seen_at_its_time_and_at_no_other(gpu: Gpu, kind: str) -> None:
    callout = Callout(kind=kind, text="1 789 millions", start=0.25, end=0.75)  # type: ignore[arg-type]
    before, during, after = (changed(gpu, callout, moment) for moment in (0.9, 2.3, 3.1))
    assert before.max() == after.max() == 0
    assert (during > 60).sum() > 250


@pytest.mark.parametrize("shape", [TALL, WIDE])
@pytest.mark.parametrize("kind", ["number", "label", "text"])
def test_nothing_is_written_where_subtitles_or_buttons_are(gpu: Gpu, kind: str, shape: Shape) -> None:
    text = "Eine ziemlich lange Überschrift über 1234 Dinge, die niemand braucht"
    seen = changed(gpu, Callout(kind=kind, text=text, start=0.1, end=0.9), 2.0, shape)  # type: ignore[arg-type]
    area = writing_area(shape)
    assert seen[subtitles_top(shape) :].max() == 0
    bright = seen > 60
    assert bright.any()
    assert not bright[:, area.right :].any()
    assert not bright[:, : area.left].any()


def test_a_figure_counts_up_to_what_was_said(gpu: Gpu) -> None:
    callout = Callout(kind="number", text="8", start=0.1, end=0.9)
    early, late, later = written(gpu, callout, 0.75, 2.0, 2.4)
    area = writing_area(TALL)
    head = np.s_[area.top : area.top + 90, area.left : area.right]
    gold = [(frame[head][..., 0] - frame[head][..., 2] > 90) for frame in (early, late, later)]
    assert (gold[0] ^ gold[1]).sum() > 60
    assert (gold[1] ^ gold[2]).sum() < 15


@pytest.mark.parametrize(
    ("text", "half", "whole"),
    [
        ("4,6 milliards d'années", "2,3", "4,6"), ("1,234,567 km²", "617,284 km²", "1,234,567 km²"),
        ("1 200 €", "600 €", "1 200 €"), ("70 %", "35 %", "70 %"), ("$4.50", "$2.25", "$4.50"), ("-8", "-4", "-8"),
        ("0,125 g", "0,062 g", "0,125 g"), ("1789", "1759", "1789"), ("٨٠ مليون", "٤٠", "٨٠"), ("Everest", "Everest", "Everest"),
    ],
)  # fmt: skip
def test_a_share_of_a_figure_is_written_as_the_figure_is(text: str, half: str, whole: str) -> None:
    count = read_count(text)
    assert count.at(0.5) == half
    assert count.at(1.0) == whole
    assert (count.number + " " + count.after).strip() == text


def test_a_value_that_nobody_wrote_has_its_unit_and_no_idle_digits() -> None:
    assert write_value(1234567.0, "km") == "1\u202f234\u202f567\u00a0km"
    assert write_value(2.50, "%") == "2.5\u00a0%"


def test_text_fits_its_width_whatever_its_words() -> None:
    look = Type(face=HEAVY, size=60.0, leading=1.2)
    for text in ("Kurz", "Donaudampfschifffahrtsgesellschaftskapitän", "Why does time go by faster as we grow older?"):
        setting = set_text(text, look, 300.0, 3)
        assert setting.width <= 300
        assert setting.height <= 3.5 * 60 * 1.2
        assert setting.size > 20
    assert set_text("Kurz", look, 300.0, 3).size == 60


def test_arabic_and_hebrew_stand_at_the_right_and_every_script_leaves_ink() -> None:
    import skia

    assert reads_right_to_left("1. مرحبا")
    assert not reads_right_to_left("Rome مرحبا")
    for text in ("مرحبا بالعالم", "שלום", "日本語", "Привет", "Ελλάδα", "İstanbul ğ", "नमस्ते"):
        setting = set_text(text, Type(face=CLEAR, size=40.0), 400.0)
        pixels = np.zeros((80, 420, 4), np.uint8)
        info = skia.ImageInfo.Make(420, 80, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
        with skia.Surface.MakeRasterDirect(info, pixels) as canvas:
            setting.draw(canvas, 0, 0)
        ink = pixels[..., 3] > 128
        assert 120 < ink.sum() < 20000, text
        boxes = np.flatnonzero(ink.any(0))
        assert boxes[-1] - boxes[0] > 0.6 * setting.width, text
    assert set_text("שלום", Type(face=CLEAR, size=40.0), 400.0).type.align == "right"
