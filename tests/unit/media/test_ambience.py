"""Ambience: the right kind for a place, at its level, without clicks or repetition, in pieces."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from aiprod.errors import InvalidInput, Misuse
from aiprod.media.ambience import AMBIENCE_KINDS, Stretch, ambience, ambience_kind, lay_ambience
from aiprod.media.loudness import integrated_lufs
from aiprod.units import SOUND_RATE_HZ


@pytest.mark.parametrize("kind", AMBIENCE_KINDS)
def test_every_kind_is_stereo_subtle_and_clean(kind: str) -> None:
    sound = ambience(kind, Fraction(5), 1)

    assert sound.shape == (5 * SOUND_RATE_HZ, 2)
    assert sound.dtype == np.float32
    assert np.isfinite(sound).all()
    assert -38.5 <= integrated_lufs(sound) <= -29.5
    assert np.abs(sound).max() < 0.5
    assert abs(float(sound.mean())) < 1e-3, "no direct current"
    assert np.corrcoef(sound[:, 0], sound[:, 1])[0, 1] < 0.98, "wide, not mono"


def spectrum(kind: str) -> np.ndarray:
    power = np.abs(np.fft.rfft(ambience(kind, Fraction(5), 1)[:, 0])) ** 2
    edges = np.geomspace(40, 16_000, 13) / (SOUND_RATE_HZ / 2) * len(power)
    bands = np.array([power[int(a) : int(b)].sum() for a, b in pairwise(edges)])
    return 10 * np.log10(bands / bands.sum() + 1e-9)  # type: ignore[no-any-return]


def test_no_two_kinds_sound_alike() -> None:
    shapes = {kind: spectrum(kind) for kind in AMBIENCE_KINDS}

    for one in AMBIENCE_KINDS:
        for two in AMBIENCE_KINDS:
            if one < two:
                assert np.abs(shapes[one] - shapes[two]).max() > 2.5, (one, two)


def test_the_same_seed_is_the_same_sound_and_another_is_not() -> None:
    assert np.array_equal(ambience("rain", Fraction(1), 5), ambience("rain", Fraction(1), 5))
    assert not np.array_equal(ambience("rain", Fraction(1), 5), ambience("rain", Fraction(1), 6))


def test_a_film_is_covered_exactly_and_crossfaded_at_the_cut() -> None:
    samples, cut = 8 * SOUND_RATE_HZ + 1600, 4 * SOUND_RATE_HZ
    stretches = (
        Stretch(kind="sea", start_sample=0, end_sample=cut), Stretch(kind="night", start_sample=cut, end_sample=samples)
    )  # fmt: skip

    sound = np.concatenate(list(lay_ambience(stretches, samples, 7)))

    assert sound.shape == (samples, 2)
    levels = np.sqrt(np.square(sound[cut - 24_000 : cut + 24_000]).reshape(-1, 4800, 2).mean(axis=(1, 2)))
    assert levels.min() > 0.2 * levels.max(), "no hole at the cut"
    steps = np.abs(np.diff(sound[cut - 24_000 : cut + 24_000], axis=0))
    assert steps.max() < 4 * np.quantile(steps, 0.999), "no click at the cut"


def test_a_long_scene_never_repeats_and_comes_in_small_pieces() -> None:
    samples = 65 * SOUND_RATE_HZ
    pieces = list(lay_ambience((Stretch(kind="wind", start_sample=0, end_sample=samples),), samples, 7))
    sound = np.concatenate(pieces)

    assert len(sound) == samples
    assert max(len(piece) for piece in pieces) <= 25 * SOUND_RATE_HZ
    one, two = sound[5 * SOUND_RATE_HZ : 15 * SOUND_RATE_HZ, 0], sound[24 * SOUND_RATE_HZ :, 0]
    overlap = np.correlate(two[::48][: len(one) // 48 + 600], one[::48] / np.linalg.norm(one[::48]), "valid")
    assert np.abs(overlap).max() < 0.9 * np.linalg.norm(one[::48])


def test_a_scene_without_ambience_is_silent_between_two_that_have_it() -> None:
    second = SOUND_RATE_HZ
    stretches = (
        Stretch(kind="rain", start_sample=0, end_sample=3 * second),
        Stretch(kind="", start_sample=3 * second, end_sample=6 * second),
        Stretch(kind="rain", start_sample=6 * second, end_sample=9 * second),
    )
    sound = np.concatenate(list(lay_ambience(stretches, 9 * second, 7)))

    assert np.abs(sound[4 * second : 5 * second]).max() == 0
    assert np.abs(sound[second : 2 * second]).max() > 0
    assert np.abs(sound[7 * second : 8 * second]).max() > 0


@pytest.mark.parametrize(
    ("place", "weather", "time_of_day", "kind"),
    [
        ("forest", "clear", "day", "forest"), ("forest", "rain", "day", "rain"), ("forest", "", "night", "night"),
        ("jungle", "storm", "night", "storm"), ("city by night", "", "night", "city"), ("sea", "", "", "sea"),
        ("underwater", "storm", "", "underwater"), ("space", "", "night", "space"), ("volcano", "", "", "fire"),
        ("laboratory", "rain", "", "room"), ("savanna", "", "dusk", "night"), ("desert", "wind", "day", "wind"),
        ("ruins", "", "", "wind"), ("polar", "snow", "day", "wind"), ("blackhole", "", "", "space"),
        ("cave", "", "", "wind"), ("sea", "", "storm", "storm"), ("field:wheat", "", "golden", "forest"),
        ("", "snow", "day", "wind"), ("something else", "", "", "room"),
    ],
)  # fmt: skip
def test_place_weather_and_hour_choose_the_kind(place: str, weather: str, time_of_day: str, kind: str) -> None:
    assert ambience_kind(place, weather, time_of_day) == kind


def test_unknown_kinds_and_impossible_places_are_refused() -> None:
    with pytest.raises(InvalidInput, match=r"expected one of wind, rain.*found disco"):
        ambience("disco", Fraction(1), 1)
    with pytest.raises(Misuse, match="inside samples 0 to 10"):
        list(lay_ambience((Stretch(kind="sea", start_sample=0, end_sample=11),), 10, 1))
