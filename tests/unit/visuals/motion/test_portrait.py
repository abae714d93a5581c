"""Close-ups as a viewer sees them: the head large, whole, high in the picture and clear of the subtitles."""

from functools import cache

import numpy as np
import pytest

from aiprod.profiles import Shape
from aiprod.visuals.motion.archetypes import find_archetype
from aiprod.visuals.motion.cast import Place
from aiprod.visuals.motion.gpu import Gpu
from aiprod.visuals.motion.portrait import close_up
from aiprod.visuals.motion.setting import Setting
from aiprod.visuals.motion.spec import CameraMove, Facing, Gait, SceneSpec, SubjectSpec
from aiprod.visuals.motion.subjects import load_rig
from aiprod.visuals.motion.subjects.rig import Rig
from aiprod.visuals.motion.world import Framing, frame_of, place_subject
from tests.unit.visuals.motion.pictures import SMALL, draw

SHAPES = {"9:16": Shape(width_px=90, height_px=160), "16:9": Shape(width_px=160, height_px=90), "1:1": Shape(width_px=90, height_px=90), "4:5": Shape(width_px=96, height_px=120)}
SUBTITLES_START = {"9:16": 0.62, "16:9": 0.66, "1:1": 0.66, "4:5": 0.56}
HEROES: list[tuple[str, Gait, str]] = [
    ("panda", "sit", "forest"), ("owl", "idle", "forest"), ("elephant", "idle", "savanna"), ("lion", "walk", "savanna"),
    ("giraffe", "idle", "savanna"), ("deer", "idle", "field"), ("scientist", "idle", "stage"), ("king", "sit", "desert"),
    ("penguin", "idle", "snow"), ("turtle", "swim", "underwater"), ("astronaut", "idle", "space"), ("mouse", "idle", "field"),
]  # fmt: skip


@cache
def rig_of(subject: SubjectSpec) -> Rig:
    return load_rig(subject, 3)


def held(icon: str, gait: Gait, place: str, shape: Shape, facing: Facing = "right") -> tuple[Rig, Place, Setting, Framing]:
    subject = SubjectSpec(icon=icon, name=icon, gait=gait, facing=facing, scale=0.6, depth=0.06)
    spec = SceneSpec(archetype=place, seed=3, composition="close", subjects=(subject,))  # type: ignore[arg-type]
    setting = find_archetype(place).setting(spec)
    frame = frame_of(setting, spec, shape)
    rig = rig_of(subject)
    return rig, close_up(rig, setting, frame, depth_metres=place_subject(subject, setting, frame).z), setting, frame


def row(metres: float, place: Place, setting: Setting, frame: Framing) -> float:
    """The row of the picture, 0 at its top to 1, in which a height at the subject's distance is."""
    return 0.5 - (setting.horizon + frame.focal * (metres - setting.eye_height) / place.z) / 2


@pytest.mark.parametrize("shape", list(SHAPES))
@pytest.mark.parametrize(("icon", "gait", "place"), HEROES)
def test_a_head_is_whole_and_above_the_subtitles(icon: str, gait: Gait, place: str, shape: str) -> None:
    rig, at, setting, frame = held(icon, gait, place, SHAPES[shape])
    assert rig.head is not None
    left, low, right, high = rig.head
    top, chin = (row(at.y + part * at.height, at, setting, frame) for part in (high, low))
    assert 0.06 < top < chin
    eyes = top + 0.55 * (chin - top)
    assert eyes < SUBTITLES_START[shape] - 0.03
    shown = frame.shown(at.z)
    assert at.x + left * at.height > -0.47 * shown
    assert at.x + right * at.height < 0.47 * shown


@pytest.mark.parametrize("shape", ["9:16", "16:9"])
@pytest.mark.parametrize(("icon", "gait", "place"), HEROES)
def test_a_close_up_is_close(icon: str, gait: Gait, place: str, shape: str) -> None:
    rig, at, _, frame = held(icon, gait, place, SHAPES[shape])
    assert rig.head is not None
    left, low, right, high = rig.head
    across, down = (right - left) * at.height / frame.shown(at.z), (high - low) * at.height * frame.focal / (2 * at.z)
    assert max(across, down) > (0.22 if icon == "giraffe" else 0.28)


@pytest.mark.parametrize(("icon", "gait", "place"), [hero for hero in HEROES if hero[2] not in ("underwater", "space")])
def test_feet_that_are_seen_stand_on_the_ground(icon: str, gait: Gait, place: str) -> None:
    _, at, setting, frame = held(icon, gait, place, SHAPES["9:16"])
    if row(at.y, at, setting, frame) < 1.0:
        assert at.y == pytest.approx(float(setting.heights(np.array(0.0), np.array(at.z))), abs=0.06 * at.height)


def test_the_head_leaves_room_where_it_looks() -> None:
    for facing, side in (("right", -1), ("left", 1)):
        rig, at, _, _ = held("lion", "idle", "savanna", SHAPES["9:16"], facing)  # type: ignore[arg-type]
        assert rig.head is not None
        assert side * (at.x + (rig.head[0] + rig.head[2]) / 2 * at.height) > 0


@pytest.mark.parametrize("kind", ["tilt", "crane", "pan", "zoom", "dolly", "orbit"])
def test_no_move_of_the_camera_cuts_the_head_off(gpu: Gpu, kind: str) -> None:
    camera = CameraMove(kind=kind, amount=0.5, direction="up" if kind in ("tilt", "crane") else "right" if kind in ("pan", "orbit") else "in")  # type: ignore[arg-type]
    king = SubjectSpec(icon="king", name="king", scale=0.6, depth=0.06)
    speck = SubjectSpec(icon="king", name="king", scale=0.01, depth=0.06)
    shown, empty = (
        draw(gpu, SceneSpec(archetype="desert", seed=6, camera=camera, composition="close", subjects=subjects), 0.0, 2.0, 4.0)
        for subjects in ((king,), (speck, speck))
    )
    for with_it, without in zip(shown, empty, strict=True):
        rows = np.flatnonzero((np.abs(with_it - without).max(-1) > 0.12).sum(1) >= 4)
        assert 0.01 * SMALL.height_px < rows[0] < 0.4 * SMALL.height_px
