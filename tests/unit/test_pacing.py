"""How fast to speak, how scenes give way to each other, which music a script wants."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiprod.pacing import FASTEST, SLOWEST, fit_speed, pick_music, pick_transitions
from aiprod.story import Line, Scene, Script
from aiprod.timeline import BREATH_SECONDS, LEAD_IN_SECONDS, TAIL_SECONDS, TRANSITION_SECONDS


def script(*moods: str, transition: str = "") -> Script:
    scenes = tuple(
        Scene(number=number, visual="the sea", mood=mood, transition=transition, lines=(Line(text="The sea."),))
        for number, mood in enumerate(moods, start=1)
    )
    return Script(title="The sea", language="en", scenes=scenes, writer="test")


@given(
    estimated=st.floats(0, 10_000, allow_nan=False), wanted=st.floats(1, 10_000), scenes=st.integers(0, 200)
)  # fmt: skip
def test_speech_is_never_slower_than_a_careful_reader_nor_faster_than_a_hurried_one(
    estimated: float, wanted: float, scenes: int
) -> None:
    assert SLOWEST == 0.8
    assert FASTEST == 1.2
    assert SLOWEST <= fit_speed(estimated, wanted, scenes) <= FASTEST


@pytest.mark.parametrize(("share", "speed"), [(0.5, 0.8), (0.9, 0.9), (1.0, 1.0), (1.1, 1.1), (3.0, 1.2)])
def test_a_narration_that_fills_its_share_of_the_film_is_spoken_at_that_speed(share: float, speed: float) -> None:
    silence = float(LEAD_IN_SECONDS + TAIL_SECONDS + 4 * BREATH_SECONDS)
    assert fit_speed(60 * share, 60 + silence, 5) == pytest.approx(speed, abs=0.005)


def test_more_scenes_leave_less_time_to_speak() -> None:
    assert fit_speed(55, 60, 10) > fit_speed(55, 60, 2)


def test_three_transitions_alike_never_follow_each_other() -> None:
    for moods in (("calm",) * 12, ("tense",) * 12, ("",) * 12):
        chosen = pick_transitions(script(*moods), seed=4)
        assert len(chosen) == 11
        assert set(chosen) <= set(TRANSITION_SECONDS)
        assert not any(one == two == three for one, two, three in zip(chosen, chosen[1:], chosen[2:], strict=False))


def test_the_authors_transition_is_kept_and_the_same_seed_chooses_the_same() -> None:
    assert set(pick_transitions(script("calm", "calm", "calm", "calm", transition="wipe"), seed=1)) == {"wipe"}
    assert pick_transitions(script(*[""] * 8), seed=9) == pick_transitions(script(*[""] * 8), seed=9)


def test_one_scene_gives_way_to_none() -> None:
    assert pick_transitions(script("calm"), seed=0) == ()


def test_music_is_as_asked_else_what_most_scenes_feel() -> None:
    assert pick_music(script("calm", "epic", "epic"), "sad") == "sad"
    assert pick_music(script("calm", "epic", "epic"), "") == "epic"
    assert pick_music(script("calm", "epic"), "") == "calm"
    assert pick_music(script("", ""), "") == "wonder"


def test_every_transition_lasts_a_time_that_two_scenes_can_share() -> None:
    assert all(0 <= length <= Fraction(3, 2) for length in TRANSITION_SECONDS.values())
    assert all(before != after for before, after in pairwise(sorted(TRANSITION_SECONDS)))
