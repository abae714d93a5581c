"""On water, as a viewer sees it: boats ride it, legs are in it, swimmers show their backs, nobody walks on it or flies over it."""

import pytest

from aiprod.visuals.motion.cast import Place
from aiprod.visuals.motion.gpu import Gpu
from aiprod.visuals.motion.spec import Gait, SubjectSpec
from aiprod.visuals.motion.subjects import load_rig
from aiprod.visuals.motion.wading import afloat, in_water
from tests.unit.visuals.motion.test_staging import rows_of, silhouettes

STANDING = Place(x=0.0, y=0.0, z=8.0, height=2.0)


def under_water(icon: str, gait: Gait) -> float:
    """The part of a subject's height that the water hides."""
    subject = SubjectSpec(icon=icon, name=icon, gait=gait)
    return -in_water(STANDING, subject, load_rig(subject, 1)).y / STANDING.height


def test_each_is_as_deep_as_it_goes() -> None:
    assert 0 < under_water("ship", "swim") < under_water("deer", "idle") < under_water("duck", "swim") < under_water("dolphin", "swim") < 0.6


@pytest.mark.parametrize(("place", "icon", "gait", "expected"), [
    ("lake", "deer", "idle", True), ("sea", "ship", "swim", True), ("river", "duck", "swim", True), ("sea", "gull", "fly", False),
    ("forest", "deer", "idle", False), ("beach", "king", "idle", False), ("beach", "shark", "swim", True), ("underwater", "shark", "swim", False),
])  # fmt: skip
def test_only_what_is_on_open_water_is_afloat(place: str, icon: str, gait: Gait, expected: bool) -> None:
    subject = SubjectSpec(icon=icon, name=icon, gait=gait)
    assert afloat(place, subject, load_rig(subject, 1)) is expected


def test_a_ship_is_on_the_sea_and_not_in_the_sky() -> None:
    gpu = Gpu()
    (mask,) = silhouettes(gpu, SubjectSpec(icon="ship", name="ship", gait="swim", scale=0.3), 2.0, place="sea")
    gpu.close()
    assert rows_of(mask)[1] > 0.68
