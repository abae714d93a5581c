"""Every kind of solid is drawn where it stands, as high as it is said to be, and more overgrown where more grows."""

import numpy as np
import numpy.typing as npt
import pytest

from aiprod.visuals.motion.gpu import Frame, Gpu
from aiprod.visuals.motion.sculpture import Carving, Stone, paint_carvings

SIDE = 96
STONE = Stone(dark=(0.1, 0.1, 0.1), light=(0.6, 0.6, 0.6))
ICE = Stone(dark=(0.05, 0.2, 0.4), light=(0.8, 0.85, 0.9), ice=True)
MEASURES = {
    "COLUMN": ((0.5, 6.0, 6.0, 0.0), (0.0, 0.0, 0.0, 0.0)),
    "COLONNADE": ((4.0, 1.6, 0.3, 4.0), (0.2, 1.0, 2.0, 0.5)),
    "ARCADE": ((2.0, 3.0, 1.8, 5.0), (0.4, 0.0, 1.0, 1.0)),
    "RAMPART": ((6.0, 4.0, 1.2, 1.6), (0.4, 0.6, 2.0, 0.0)),
    "TOWER": ((1.8, 6.0, 6.0, 0.0), (0.2, 1.0, 0.0, 0.0)),
    "PYRAMID": ((3.5, 5.0, 0.3, 0.0), (0.2, 0.0, 0.0, 0.0)),
    "TRILITH": ((0.7, 0.6, 4.0, 0.8), (0.0, 0.0, 0.0, 0.0)),
    "OBELISK": ((0.6, 6.0, 0.0, 0.0), (0.0, 0.0, 0.0, 0.0)),
    "DRUM": ((0.8, 1.4, 0.1, 0.0), (0.0, 0.0, 0.0, 0.0)),
    "BLOCK": ((1.2, 0.8, 0.8, 0.1), (0.0, 0.0, 0.0, 0.0)),
    "BERG": ((3.0, 5.0, 2.0, 0.8), (0.0, 0.0, 0.0, 0.0)),
    "GLACIER": ((4.0, 4.0, 1.5, 0.5), (0.0, 0.0, 0.0, 0.0)),
    "CRYSTAL": ((3.0, 0.5, 0.0, 0.4), (0.0, 0.0, 0.0, 0.0)),
}  # fmt: skip


def carve(kind: str, *, x: float = 0.0, green: float = 0.0, make: tuple[float, float, float, float] | None = None) -> Carving:
    own, more = MEASURES[kind]
    return Carving(kind=kind, x=x, y=0.0, z=18.0, box=(4.5, 7.5, 3.5), make=make or own, more=more, seed=3.0, green=green)


def painted(gpu: Gpu, *carvings: Carving, stone: Stone = STONE) -> npt.NDArray[np.float32]:
    """What is drawn before an eye 2 m over the ground: rows from the bottom, colour and coverage in 0..1."""
    target = gpu.target(SIDE, SIDE)
    target.framebuffer.use()
    gpu.use_frame(Frame(eye=(0.0, 2.0, 0.0), focal=2.0, aspect=1.0, fog_density=0.0))
    paint_carvings(gpu, carvings, stone)
    rows = np.frombuffer(target.framebuffer.read(components=4, alignment=1), np.uint8)
    return np.asarray(rows.reshape(SIDE, SIDE, 4), dtype=np.float32) / 255


def lines_covered(picture: npt.NDArray[np.float32]) -> int:
    return int((picture[..., 3].max(axis=1) > 0.5).sum())


@pytest.mark.parametrize("kind", MEASURES)
def test_each_kind_is_a_lit_solid_within_its_box(gpu: Gpu, kind: str) -> None:
    picture = painted(gpu, carve(kind), stone=ICE if kind in ("BERG", "GLACIER", "CRYSTAL") else STONE)
    cover = picture[..., 3] > 0.9
    assert 0.01 < cover.mean() < 0.6
    shown = picture[cover][:, :3]
    assert shown.std() > 0.04
    assert shown.mean() > 0.1
    assert not cover[0].any()
    assert not cover[-1].any()


def test_it_stands_where_it_is_put(gpu: Gpu) -> None:
    left, right = (painted(gpu, carve("OBELISK", x=x))[..., 3] for x in (-3.0, 3.0))
    assert left[:, : SIDE // 2].sum() > 50 * left[:, SIDE // 2 :].sum()
    assert right[:, SIDE // 2 :].sum() > 50 * right[:, : SIDE // 2].sum()


def test_a_snapped_column_is_shorter_than_a_whole_one(gpu: Gpu) -> None:
    whole = lines_covered(painted(gpu, carve("COLUMN")))
    snapped = lines_covered(painted(gpu, carve("COLUMN", make=(0.5, 6.0, 2.5, 0.0))))
    assert snapped < 0.65 * whole


def test_ivy_turns_stone_green(gpu: Gpu) -> None:
    bare, grown = (painted(gpu, carve("TOWER", green=green)) for green in (0.0, 0.9))

    def greenness(picture: npt.NDArray[np.float32]) -> float:
        shown = picture[picture[..., 3] > 0.9]
        return float((shown[:, 1] - shown[:, 0]).mean())

    assert greenness(grown) > greenness(bare) + 0.02


def test_what_is_near_hides_what_is_far(gpu: Gpu) -> None:
    near = carve("OBELISK")
    far = Carving(kind="RAMPART", x=0.0, y=0.0, z=30.0, box=(3.5, 5.5, 1.5), make=MEASURES["RAMPART"][0], more=(0.4, 0.6, 2.0, 0.0))
    alone, both, reverse = (painted(gpu, *held) for held in ((near,), (near, far), (far, near)))
    solid = alone[..., 3] > 0.99
    assert np.abs(both[solid] - alone[solid]).max() < 0.02
    assert np.array_equal(both, reverse)


def test_what_lies_behind_the_eye_is_not_drawn(gpu: Gpu) -> None:
    behind = Carving(kind="OBELISK", x=0.0, y=0.0, z=-6.0, box=(1.0, 6.0, 1.0), make=MEASURES["OBELISK"][0])
    assert painted(gpu, behind).max() == 0
