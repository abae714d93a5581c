"""Charts: lengths in proportion, figures as they were said, calm behind, nothing where subtitles stand."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pytest

from aiprod.profiles import Shape
from aiprod.visuals.motion.gpu import Gpu
from aiprod.visuals.motion.graphics.areas import Area, subtitles_top, writing_area
from aiprod.visuals.motion.graphics.bars import bars
from aiprod.visuals.motion.graphics.charts import write_chart
from aiprod.visuals.motion.graphics.lines import line, timeline
from aiprod.visuals.motion.graphics.plots import Painter, Plot, caption_of
from aiprod.visuals.motion.graphics.rounds import counter, shares
from aiprod.visuals.motion.graphics.standing import Stand
from aiprod.visuals.motion.graphics.writing import paint_all
from aiprod.visuals.motion.spec import CameraMove, ChartSpec, SceneSpec
from aiprod.visuals.motion.staging import stage_scene

ACCENT = 0xFFFF2020
TALL, WIDE = Shape(width_px=270, height_px=480), Shape(width_px=480, height_px=270)
Picture = npt.NDArray[np.float32]
PAINTERS = {"bar": bars, "line": line, "pie": shares, "counter": counter, "timeline": timeline}


def chart(kind: str, values: tuple[float, ...], labels: tuple[str, ...] = (), texts: tuple[str, ...] = ()) -> ChartSpec:
    names = labels or tuple("ABCDEFGH"[: len(values)])
    return ChartSpec(kind=kind, title="", labels=names, values=values, texts=texts)  # type: ignore[arg-type]


def plot(spec: ChartSpec, *, tall: bool = True) -> Plot:
    area = Area(left=0, top=0, width=300 if tall else 560, height=360 if tall else 260)
    return Plot(chart=spec, area=area, unit=400, accent=ACCENT, tall=tall)


def painted(painter: Painter, area: Area, seconds: float) -> Picture:
    """What was painted, rows x columns x RGBA in 0..255."""
    import skia

    pixels = np.zeros((area.height, area.width, 4), np.uint8)
    info = skia.ImageInfo.Make(area.width, area.height, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
    with skia.Surface.MakeRasterDirect(info, pixels) as canvas:
        painter(canvas, seconds)
    return np.asarray(pixels, dtype=np.float32)


def solid(picture: Picture) -> npt.NDArray[np.bool_]:
    """Where bars, rings and lines are: opaque red, neither white letters nor faint tracks."""
    return (picture[..., 3] > 240) & (picture[..., 0] > picture[..., 1] + 40)


@pytest.mark.parametrize("values", [(10.0, 20.0, 40.0), (3.0, 9.0)])
def test_upright_bars_are_as_high_as_their_values(values: tuple[float, ...]) -> None:
    one = plot(chart("bar", values))
    red = solid(painted(bars(one), one.area, 60.0))
    columns = [red[:, part].sum(0).max() for part in np.array_split(np.arange(one.area.width), len(values))]
    for column, value in zip(columns, values, strict=True):
        assert column / max(columns) == pytest.approx(value / max(values), abs=0.03)


def test_many_bars_lie_one_under_another_as_long_as_their_values() -> None:
    values = (10.0, 25.0, 50.0, 40.0, 5.0, 30.0)
    one = plot(chart("bar", values, tuple(f"Ein langer Name {index}" for index in range(6))))
    rows = solid(painted(bars(one), one.area, 60.0)).sum(1)
    starts = np.flatnonzero((rows > 4) & (np.roll(rows, 1) <= 4))
    lengths = [rows[start : start + 14].max() for start in starts]
    assert len(lengths) == 6
    for length, value in zip(lengths, values, strict=True):
        assert length / one.area.width == pytest.approx(value / 50.0, abs=0.02)


def test_bars_grow_and_then_stand_still() -> None:
    one = plot(chart("bar", (10.0, 40.0)))
    painter = bars(one)
    areas = [solid(painted(painter, one.area, moment)).sum() for moment in (0.0, 0.4, 0.7, one.lasts(), 60.0)]
    assert areas[0] < areas[1] < areas[2] < areas[3] == areas[4]


def test_a_ring_is_cut_in_proportion() -> None:
    one = plot(chart("pie", (70.0, 30.0)))
    picture = painted(shares(one), one.area, 60.0)
    centre_x = one.area.width / 2
    rows, columns = np.mgrid[: one.area.height, : one.area.width]
    opaque = picture[..., 3] > 250
    radius = one.area.width * 0.36
    centre_y = min(radius, one.area.height)
    angle = np.degrees(np.arctan2(columns - centre_x, centre_y - rows)) % 360
    away = np.hypot(columns - centre_x, rows - centre_y)
    ring = (away > radius * 0.75) & (away < radius * 0.9) & opaque
    red = ring & (picture[..., 0] > 200) & (picture[..., 1] < 60)
    assert red.sum() / ring.sum() == pytest.approx(0.70, abs=0.03)
    assert angle[red].max() == pytest.approx(252, abs=4)


def test_a_line_reaches_each_value_at_its_height() -> None:
    values = (0.0, 50.0, 100.0)
    one = plot(chart("line", values, ("2000", "2010", "2020")))
    picture = painted(line(one), one.area, 60.0)
    column = one.area.width / 3
    red = solid(picture)
    heights = [np.flatnonzero(red[:, round(column * (index + 0.5))]).mean() for index in range(3)]
    assert heights[0] - heights[1] == pytest.approx(heights[1] - heights[2], abs=4)
    assert heights[0] - heights[2] > 0.4 * one.area.height


@pytest.mark.parametrize("tall", [True, False])
@pytest.mark.parametrize("kind", list(PAINTERS))
def test_every_chart_ends_with_its_figures_whole(kind: str, tall: bool) -> None:
    values = (71.0,) if kind == "counter" else (1957.0, 1969.0, 1998.0)
    one = plot(chart(kind, values), tall=tall)
    painter = PAINTERS[kind](one)
    end = one.lasts() + 0.6
    assert np.array_equal(painted(painter, one.area, end), painted(painter, one.area, 60.0))
    assert np.abs(painted(painter, one.area, 0.3) - painted(painter, one.area, end)).mean() > 1


def test_figures_are_written_as_they_were_said_and_common_words_once() -> None:
    said = chart("line", (2.5, 8.2), ("1950", "2025"), ("2,5 milliards", "8,2 milliards"))
    assert caption_of(said) == "milliards"
    assert [count.at(1.0) for count in plot(said).counts] == ["2,5", "8,2"]
    mixed = chart("bar", (2.0, 3.0), (), ("2 millions", "3 tonnes de blé"))
    assert caption_of(mixed) == ""
    assert [count.after for count in plot(mixed).counts] == ["millions", "tonnes de blé"]


@pytest.mark.parametrize("shape", [TALL, WIDE])
@pytest.mark.parametrize("kind", list(PAINTERS))
def test_a_chart_keeps_to_its_area(kind: str, shape: Shape) -> None:
    import skia

    values = (12.0,) if kind == "counter" else (1957.0, 1969.0, 1998.0, 2005.0)
    labels = tuple(f"Bezeichnung {index} mit Worten" for index in range(len(values)))
    spec = ChartSpec(kind=kind, title="Ein Titel, der lang ist", labels=labels, values=values)  # type: ignore[arg-type]
    graphics = write_chart(spec, Stand(shape=shape, accent=ACCENT), 4.0)
    pixels = np.zeros((shape.height_px, shape.width_px, 4), np.uint8)
    info = skia.ImageInfo.Make(shape.width_px, shape.height_px, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
    with skia.Surface.MakeRasterDirect(info, pixels) as canvas:
        paint_all(canvas, graphics, 3.9)
    area, ink = writing_area(shape), pixels[..., 3] > 0
    assert ink.sum() > 1500
    assert not ink[subtitles_top(shape) :].any()
    assert not ink[:, area.right :].any()
    assert not ink[:, : area.left].any()


@pytest.fixture(scope="module")
def gpu() -> Iterator[Gpu]:
    opened = Gpu()
    yield opened
    opened.close()


def test_the_scene_grows_calm_behind_a_chart(gpu: Gpu) -> None:
    frames = []
    for one in (chart("bar", (2.0, 5.0)), None):
        spec = SceneSpec(archetype="desert", seed=2, camera=CameraMove(kind="static"), chart=one)
        raw = stage_scene(gpu, spec, TALL, 4.0).render(2.0, 0).framebuffer.read(components=3, alignment=1)
        rows = np.frombuffer(raw, np.uint8).reshape(TALL.height_px, TALL.width_px, 3)
        frames.append(np.asarray(rows, dtype=np.float32).mean(-1))
    low = np.s_[subtitles_top(TALL) :]
    assert frames[0][low].mean() < 0.7 * frames[1][low].mean()
    assert np.abs(np.diff(frames[0][low], axis=0)).mean() < 0.4 * np.abs(np.diff(frames[1][low], axis=0)).mean()
