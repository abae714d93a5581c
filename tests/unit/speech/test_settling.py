"""Words laid so that the sound's silences fall between them, on sounds and words whose truth is known."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from aiprod.speech.settling import settle
from aiprod.speech.silences import Silence, silences
from aiprod.story import Word

RATE = 16_000


def word(text: str, start: float, end: float) -> Word:
    return Word(text=text, start=Fraction(start).limit_denominator(1000), end=Fraction(end).limit_denominator(1000))


def silence(start: float, end: float) -> Silence:
    return Silence(start=Fraction(start).limit_denominator(1000), end=Fraction(end).limit_denominator(1000))


def bursts(*stretches: tuple[float, float], length: float) -> np.ndarray:
    """Noise as loud as a voice in those seconds, nothing elsewhere."""
    samples = np.zeros(int(length * RATE), dtype=np.float32)
    noise = np.random.default_rng(3).standard_normal(len(samples)).astype(np.float32) * 0.2
    for start, end in stretches:
        samples[int(start * RATE) : int(end * RATE)] = noise[int(start * RATE) : int(end * RATE)]
    return samples


def test_silences_are_found_to_the_hundredth_and_short_ones_are_none() -> None:
    sound = bursts((0.5, 1.0), (1.4, 2.0), (2.05, 2.5), length=3)
    found = [(float(one.start), float(one.end)) for one in silences(sound, RATE)]
    np.testing.assert_allclose(found, [(0, 0.5), (1.0, 1.4), (2.5, 3)], atol=0.011)


def test_noise_and_music_have_no_silences_and_neither_has_silence_itself() -> None:
    assert silences(bursts((0, 3), length=3), RATE) == ()
    assert silences(np.zeros(RATE, dtype=np.float32), RATE) == ()
    assert silences(np.zeros(10, dtype=np.float32), RATE) == ()


def test_soft_hiss_between_words_is_a_silence() -> None:
    hiss = np.random.default_rng(1).standard_normal(3 * RATE).astype(np.float32) * 0.001
    sound = bursts((0.5, 1.2), (1.7, 2.5), length=3) + hiss
    assert len(silences(sound, RATE)) == 3


def test_a_pause_goes_to_the_boundary_it_is_nearest_to() -> None:
    words = [word("one", 0.0, 0.5), word("two", 0.5, 1.2), word("three", 1.2, 1.8)]
    settled = settle(words, [silence(0.6, 0.9)], reach_seconds=0.5, end=Fraction(2))
    assert (settled[0].end, settled[1].start) == (Fraction(6, 10), Fraction(9, 10))


def test_a_pause_prefers_the_word_that_ends_a_sentence() -> None:
    words = [word("one", 0.0, 0.5), word("two.", 0.5, 0.9), word("three", 0.9, 1.5), word("four", 1.5, 2.0)]
    settled = settle(words, [silence(1.0, 1.35)], reach_seconds=0.5, end=Fraction(2))
    assert settled[1].end == 1
    assert settled[2].start == Fraction(135, 100)


def test_silence_at_both_ends_bounds_the_first_and_the_last_word() -> None:
    words = [word("one", 0.0, 0.8), word("two", 0.8, 2.0)]
    settled = settle(words, [silence(0, 0.3), silence(1.6, 2)], reach_seconds=0.5, end=Fraction(2))
    assert (settled[0].start, settled[-1].end) == (Fraction(3, 10), Fraction(16, 10))


def test_a_pause_out_of_reach_moves_nothing() -> None:
    words = [word("one", 0.0, 0.5), word("two", 0.5, 3.0)]
    settled = settle(words, [silence(1.5, 1.8)], reach_seconds=0.3, end=Fraction(3))
    assert [one.start for one in settled] == [one.start for one in words]


def test_no_words_settle_to_none() -> None:
    assert settle([], [silence(0, 1)], reach_seconds=0.5, end=Fraction(1)) == ()


@given(
    lengths=st.lists(st.integers(5, 80), min_size=1, max_size=12),
    pauses=st.lists(st.tuples(st.integers(0, 700), st.integers(13, 60)), max_size=5),
)
def test_settled_words_stay_in_order_without_overlap_inside_of_the_sound(
    lengths: list[int], pauses: list[tuple[int, int]]
) -> None:
    edges = [sum(lengths[:count]) / 100 for count in range(len(lengths) + 1)]
    words = [word(f"w{index}", start, end) for index, (start, end) in enumerate(pairwise(edges))]
    quiet: list[Silence] = []
    for start, length in sorted(pauses):
        if (not quiet or start / 100 > quiet[-1].end) and (start + length) / 100 <= edges[-1]:
            quiet.append(silence(start / 100, (start + length) / 100))
    end = words[-1].end
    settled = settle(words, quiet, reach_seconds=0.5, end=end)
    assert [one.text for one in settled] == [one.text for one in words]
    assert all(0 <= one.start <= one.end <= end for one in settled)
    assert all(before.end <= after.start for before, after in pairwise(settled))
