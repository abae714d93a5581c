"""A shot's sound from the sounds of its stretches."""

from fractions import Fraction

import numpy as np

from aiprod.models.diffusion.devices import MemoryShort
from aiprod.models.diffusion.effort import Stage, Work
from aiprod.models.diffusion.family import Sound
from aiprod.models.diffusion.studio import Footage
from aiprod.visuals.diffusion.hearing import Hearing
from tests.tiny_weights.orders import order

RATE_HZ = 24_000


def stretch(level: float | None, frames: int = 25, channels: int = 2, short: bool = False) -> Footage:
    one = order("ltx2", frames=frames)

    def hear() -> Sound | None:
        if short:
            raise MemoryShort(Work(stage=Stage.SOUND, batch=1, frames=frames, pixels=1), "the test")
        if level is None:
            return None
        samples = np.full((channels, frames * RATE_HZ // 24), level, np.float32)
        return Sound(samples=samples, rate_hz=RATE_HZ)

    return Footage(order=one, notes=(), pictures=iter(()), hear=hear, forget=lambda: None)


def heard(*stretches: Footage) -> Hearing:
    hearing = Hearing(overlap_seconds=Fraction(1, 24))
    for one in stretches:
        hearing.hear(one)
    return hearing


def test_stretches_follow_each_other_and_cross_where_they_show_the_same_picture() -> None:
    line = heard(stretch(0.5), stretch(-0.5)).joined()
    assert line.shape == (2, 49 * RATE_HZ // 24)
    assert np.allclose(line[:, :24_000], 0.5)
    assert np.allclose(line[:, 25_000:], -0.5)
    met = line[0, 24_000:25_000]
    assert np.all(np.diff(met) < 0)
    assert abs(met[500]) < 0.01


def test_one_channel_is_heard_on_both_sides() -> None:
    line = heard(stretch(0.25, channels=1)).joined()
    assert np.allclose(line, 0.25)


def test_a_stretch_without_room_for_its_sound_is_silent_and_says_so() -> None:
    hearing = heard(stretch(0.5, short=True), stretch(0.5))
    line = hearing.joined()
    assert hearing.rate_hz == RATE_HZ
    assert not line[:, :24_000].any()
    assert np.allclose(line[:, 25_000:], 0.5)
    assert hearing.notes[0].startswith("silent for a stretch. Expected room for decoding the sound")
