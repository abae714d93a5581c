from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from aiprod.media.probe import probe
from aiprod.ports import FilmLook, Shot, ShotBrief
from aiprod.profiles import Shape
from aiprod.visuals.motion.spec import (
    ARCHETYPES,
    CameraMove,
    ChartSpec,
    MapPlace,
    MapSpec,
    SceneSpec,
    SubjectSpec,
)
from aiprod.visuals.slideshow import NOTE, SlideshowRenderer, _Slide, see

SMALL = Shape(width_px=90, height_px=160)
Frame = npt.NDArray[np.float64]


def frame(spec: SceneSpec, seconds: float = 1.0, shape: Shape = SMALL) -> Frame:
    rows = np.frombuffer(_Slide(spec, shape, 2.0).draw(seconds), dtype=np.uint8)
    return np.asarray(rows.reshape(shape.height_px, shape.width_px, 3), dtype=np.float64)


def map_of(archetype: str) -> MapSpec | None:
    if archetype != "map":
        return None
    return MapSpec(lon=12, lat=42, span_degrees=20, places=(MapPlace(name="Rome", lon=12.5, lat=41.9),))


def test_a_clip_has_exactly_its_frames_shape_and_colours(tmp_path: Path) -> None:
    renderer = SlideshowRenderer()
    renderer.check()
    look = FilmLook(style="cinematic", language="en", seed=4)
    (spec,) = renderer.plan([ShotBrief(scene=1, visual="A fox in the forest at dawn", text="")], look)
    told: list[int] = []
    shot = Shot(scene=1, spec=spec, frames=37, rate=Fraction(25), shape=SMALL, seed=1, style="cinematic")
    take = renderer.render(shot, tmp_path, told.append)
    facts = probe(take.path).picture
    assert facts is not None
    assert (facts.frames, facts.width_px, facts.height_px, facts.rate) == (37, 90, 160, Fraction(25))
    assert (facts.pixel_format, facts.colour_matrix, facts.colour_range) == ("yuv420p", "bt709", "tv")
    assert told[-1] == 37
    assert take.notes[0] == NOTE
    again = renderer.render(shot, tmp_path, told.append)
    assert again.path.read_bytes() == take.path.read_bytes()


@pytest.mark.parametrize("archetype", ARCHETYPES)
def test_every_archetype_is_a_picture_that_moves(archetype: str) -> None:
    spec = SceneSpec(archetype=archetype, seed=9, flora="pine", map=map_of(archetype))  # type: ignore[arg-type]
    slide = _Slide(spec, SMALL, 2.0)
    first, last = (np.frombuffer(slide.draw(at), dtype=np.uint8).astype(float) for at in (0.0, 1.9))
    assert first.std() > 8
    assert first.mean() > 4
    assert np.abs(last - first).mean() > 0.8


def test_archetypes_do_not_look_alike() -> None:
    frames = {
        name: frame(SceneSpec(archetype=name, seed=9, flora="pine", map=map_of(name)))  # type: ignore[arg-type]
        for name in ARCHETYPES
    }
    names = list(frames)
    for index, name in enumerate(names):
        for other in names[index + 1 :]:
            assert np.abs(frames[name] - frames[other]).mean() > 1.5, (name, other)


def test_night_is_darker_than_day_everywhere_outside() -> None:
    for archetype in ("forest", "savanna", "desert", "city", "village", "sea", "field", "mountains"):
        day = frame(SceneSpec(archetype=archetype, seed=2, flora="broadleaf"))  # type: ignore[arg-type]
        night = frame(SceneSpec(archetype=archetype, seed=2, flora="broadleaf", time_of_day="night"))  # type: ignore[arg-type]
        assert night.mean() < 0.75 * day.mean(), archetype


def test_the_subject_is_there_and_walks() -> None:
    panda = SubjectSpec(icon="panda", name="panda", gait="walk", scale=0.4)
    still = CameraMove(kind="static", amount=0.0, direction="none")
    with_panda = SceneSpec(archetype="stage", seed=2, subjects=(panda,), camera=still)
    without = SceneSpec(archetype="stage", seed=2, camera=still)
    shape = Shape(width_px=180, height_px=320)
    assert np.abs(frame(with_panda, 1.0, shape) - frame(without, 1.0, shape)).mean() > 4
    slide = _Slide(with_panda, shape, 2.0)
    poses = [np.frombuffer(slide.draw(at), dtype=np.uint8).astype(float) for at in (0.2, 0.45)]
    empty = _Slide(without, shape, 2.0)
    ground = [np.frombuffer(empty.draw(at), dtype=np.uint8).astype(float) for at in (0.2, 0.45)]
    assert np.abs(poses[1] - poses[0]).mean() > 2 * np.abs(ground[1] - ground[0]).mean()


def test_a_chart_grows() -> None:
    chart = ChartSpec(kind="bar", title="", labels=("a", "b"), values=(3.0, 9.0), unit="km")
    slide = _Slide(SceneSpec(archetype="stage", seed=2, chart=chart, accent="#ffd23f"), SMALL, 2.0)
    yellow = []
    for at in (0.0, 0.6, 1.9):
        rows = np.frombuffer(slide.draw(at), dtype=np.uint8).reshape(160, 90, 3).astype(int)
        yellow.append(int(((rows[..., 0] > 150) & (rows[..., 2] < 90)).sum()))
    assert yellow[0] < yellow[1] < yellow[2]


def test_near_layers_move_more_than_far_ones() -> None:
    spec = SceneSpec(archetype="forest", seed=1, camera=CameraMove(kind="truck", amount=1.0, direction="right"))
    start, end = see(spec, 0.0, 0.0), see(spec, 1.0, 0.0)
    assert end.across - start.across > 0.2
    assert start.zoom == pytest.approx(end.zoom, abs=0.05)


@pytest.mark.parametrize("kind", ["pan", "tilt", "zoom", "dolly", "crane", "truck", "orbit", "handheld", "static"])
def test_every_camera_moves_without_a_jump(kind: str) -> None:
    spec = SceneSpec(archetype="forest", seed=1, camera=CameraMove(kind=kind, amount=1.0, direction="in"))  # type: ignore[arg-type]
    views = [see(spec, step / 120, step / 30) for step in range(121)]
    path = np.array([(view.across, view.down, view.zoom) for view in views])
    steps = np.abs(np.diff(path, axis=0)).max(axis=1)
    assert steps.max() < 0.01
    assert np.abs(path[-1] - path[0]).max() > 0.002
