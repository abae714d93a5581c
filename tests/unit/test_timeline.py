"""The film in exact time."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiprod.errors import Misuse
from aiprod.story import Word
from aiprod.timeline import TRANSITION_SECONDS, SpokenScene, lay
from aiprod.units import frames_to_seconds

RATES = (Fraction(30), Fraction(25), Fraction(30000, 1001), Fraction(15))


def scene(number: int, seconds: Fraction) -> SpokenScene:
    word = Word(text="word", start=seconds / 4, end=seconds / 2)
    return SpokenScene(number=number, seconds=seconds, words=(word,))


@st.composite
def films(draw: st.DrawFn) -> tuple[list[SpokenScene], list[str], Fraction]:
    lengths = draw(st.lists(st.fractions(Fraction(1, 5), Fraction(20), max_denominator=48_000), min_size=1, max_size=9))
    scenes = [scene(number, seconds) for number, seconds in enumerate(lengths, start=1)]
    kinds = draw(
        st.lists(st.sampled_from(sorted(TRANSITION_SECONDS)), min_size=len(scenes) - 1, max_size=len(scenes) - 1)
    )
    return scenes, kinds, draw(st.sampled_from(RATES))


@given(films())
def test_segments_cover_the_film_without_gap_or_overlap(film: tuple[list[SpokenScene], list[str], Fraction]) -> None:
    timeline = lay(*film)
    at = 0
    for index, segment in enumerate(timeline.segments):
        assert segment.index == index and segment.start_frame == at and segment.frames > 0
        at += segment.frames
    assert at == timeline.frames


@given(films())
def test_every_segment_lies_inside_the_clips_it_shows(film: tuple[list[SpokenScene], list[str], Fraction]) -> None:
    timeline = lay(*film)
    for segment in timeline.segments:
        for number, offset in zip(segment.scenes, segment.offsets, strict=True):
            shot = timeline.shot(number)
            assert shot.start_frame + offset == segment.start_frame
            assert offset >= 0 and offset + segment.frames <= shot.frames


@given(films())
def test_every_word_is_said_while_its_scene_is_shown(film: tuple[list[SpokenScene], list[str], Fraction]) -> None:
    timeline = lay(*film)
    assert len(timeline.words) == len(timeline.shots)
    for word, shot in zip(timeline.words, timeline.shots, strict=True):
        assert frames_to_seconds(shot.start_frame, timeline.rate) <= word.start < word.end
        assert word.end <= frames_to_seconds(shot.start_frame + shot.frames, timeline.rate)


@given(films())
def test_narrations_never_overlap(film: tuple[list[SpokenScene], list[str], Fraction]) -> None:
    timeline = lay(*film)
    for before, after in zip(timeline.shots, timeline.shots[1:], strict=False):
        assert before.speech_start + before.speech_seconds < after.speech_start


def test_a_dissolve_overlaps_its_two_clips_by_exactly_its_length() -> None:
    timeline = lay([scene(1, Fraction(4)), scene(2, Fraction(4))], ["dissolve"], Fraction(30))
    first, second = timeline.shots
    crossing = timeline.segments[1]
    assert crossing.kind == "dissolve" and crossing.frames == 24
    assert first.start_frame + first.frames - second.start_frame == crossing.frames


def test_a_film_without_scenes_or_with_an_unknown_transition_is_refused() -> None:
    with pytest.raises(Misuse, match="at least one scene"):
        lay([], [], Fraction(30))
    with pytest.raises(Misuse, match="'spin'"):
        lay([scene(1, Fraction(4)), scene(2, Fraction(4))], ["spin"], Fraction(30))
