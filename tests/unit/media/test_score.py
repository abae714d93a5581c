"""Composition: valid files, cuts on bar lines, a climax, a cadence on the last word, voices that lead."""

import io
from fractions import Fraction
from itertools import pairwise
from random import Random

import mido  # type: ignore[import-untyped]
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aiprod.brief import MUSIC_MOODS
from aiprod.errors import InvalidInput, Misuse
from aiprod.media.score import ScorePlan, compose
from aiprod.media.score.compose import write_score
from aiprod.media.score.harmony import LANGUAGES, find_chord, scale_over
from aiprod.media.score.palettes import PALETTES
from aiprod.media.score.performance import Score
from aiprod.media.score.voicing import RANGES, leaps, parallels

CUTS = tuple(Fraction(tenths, 10) for tenths in (82, 156, 243, 319, 402, 480, 563))


def plan(mood: str = "wonder", seed: int = 3, scene_moods: tuple[str, ...] = ()) -> ScorePlan:
    return ScorePlan(
        mood=mood, seconds=Fraction(64), cuts=CUTS, scene_moods=scene_moods, last_word_end=Fraction(625, 10), seed=seed
    )


def score(mood: str, seed: int = 3, scene_moods: tuple[str, ...] = ()) -> Score:
    return write_score(plan(mood, seed, scene_moods), Random(f"{seed}/{mood}"))


def marks(midi: bytes) -> list[tuple[float, str]]:
    """Seconds and text of each marker, counted by a reader that knows nothing of how the file was written."""
    seconds, found = 0.0, []
    for message in mido.MidiFile(file=io.BytesIO(midi)):
        seconds += message.time
        if message.type == "marker":
            found.append((seconds, message.text))
    return found


@pytest.mark.parametrize("mood", MUSIC_MOODS)
def test_every_mood_is_a_valid_midi_file_as_long_as_the_film(mood: str) -> None:
    file = mido.MidiFile(file=io.BytesIO(compose(plan(mood))))

    assert file.type == 1
    assert 64.0 <= file.length < 64.1
    for track in file.tracks:
        sounding: set[tuple[int, int]] = set()
        for message in track:
            if message.type == "note_on":
                assert (message.channel, message.note) not in sounding, "a note begins twice without ending"
                sounding.add((message.channel, message.note))
            elif message.type == "note_off":
                sounding.remove((message.channel, message.note))
        assert not sounding, "a note never ends"


@pytest.mark.parametrize("mood", MUSIC_MOODS)
def test_phrases_begin_on_the_cuts_and_the_final_chord_on_the_last_word(mood: str) -> None:
    found = marks(compose(plan(mood)))
    starts = [seconds for seconds, _ in found]

    for cut in CUTS:
        assert min(abs(start - float(cut)) for start in starts) < 0.005
    assert found[-1][1] == "final"
    assert found[-1][0] == pytest.approx(62.5, abs=0.005)


@pytest.mark.parametrize("mood", MUSIC_MOODS)
def test_the_pulse_bends_only_a_little_to_meet_the_cuts(mood: str) -> None:
    tempos = [phrase.microseconds_per_quarter for phrase in score(mood).form.phrases]

    assert max(tempos) / min(tempos) < 1.22


def test_the_music_rises_to_a_climax_and_falls_again() -> None:
    phrases = score("epic").form.phrases
    heights = [phrase.intensity for phrase in phrases]
    climax = [phrase.role for phrase in phrases].index("climax")

    assert phrases[0].role == "intro"
    assert phrases[-1].role == "outro"
    assert heights[climax] == max(heights)
    assert heights[0] < 0.5 * heights[climax]
    assert heights[-1] < 0.7 * heights[climax]
    assert 0.5 < climax / len(phrases) < 0.9


def test_the_climax_goes_to_the_scene_that_the_story_makes_dramatic() -> None:
    moods = ("", "", "", "", "epic", "", "", "")

    phrases = score("hopeful", scene_moods=moods).form.phrases

    assert next(phrase.scene for phrase in phrases if phrase.role == "climax") == 4


def test_a_sad_scene_in_a_hopeful_film_turns_to_the_minor() -> None:
    piece = score("hopeful", scene_moods=("", "", "sad", "", "", "", "", ""))
    sad = {slot.chord.symbol for slot in piece.slots if piece.form.phrases[slot.phrase].scene == 2}
    others = {slot.chord.symbol for slot in piece.slots if piece.form.phrases[slot.phrase].scene == 4}

    assert sad <= set(LANGUAGES["sad"].follows)
    assert others <= set(LANGUAGES["hopeful"].follows)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("mood", MUSIC_MOODS)
def test_the_voices_never_move_in_parallel_fifths_or_octaves(mood: str, seed: int) -> None:
    voicings = score(mood, seed).voicings

    assert sum(parallels(before.notes, after.notes) for before, after in pairwise(voicings)) == 0


@pytest.mark.parametrize("mood", MUSIC_MOODS)
def test_the_voices_stay_in_range_uncrossed_and_move_by_small_steps(mood: str) -> None:
    piece = score(mood, 11)

    for voicing in piece.voicings:
        assert list(voicing.notes) == sorted(set(voicing.notes))
        assert all(low <= note <= high for note, (low, high) in zip(voicing.notes, RANGES, strict=True))
        assert all(above - below <= 12 for below, above in pairwise(voicing.upper))
    assert leaps(piece.voicings) <= 9
    moves = [abs(b - a) for one, two in pairwise(piece.voicings) for a, b in zip(one.upper, two.upper, strict=True)]
    assert sum(moves) / len(moves) < 3


@pytest.mark.parametrize("mood", MUSIC_MOODS)
def test_every_voicing_is_its_whole_chord_with_the_right_bass(mood: str) -> None:
    piece = score(mood)
    tonic = piece.melody[-1].pitch % 12

    for slot, voicing in zip(piece.slots, piece.voicings, strict=True):
        wanted = {(tonic + pitch) % 12 for pitch in (slot.chord.bass, *slot.chord.pitch_classes)}
        assert {note % 12 for note in voicing.notes} == wanted
        assert voicing.notes[0] % 12 == (tonic + slot.chord.bass) % 12


@pytest.mark.parametrize("mood", MUSIC_MOODS)
def test_the_piece_ends_with_a_cadence_and_the_tonic_on_top(mood: str) -> None:
    piece = score(mood)
    symbols = [slot.chord.symbol for slot in piece.slots]

    assert symbols[-1] == LANGUAGES[mood].final
    assert tuple(symbols[-3:-1]) in LANGUAGES[mood].cadences
    assert piece.melody[-1].tick == piece.form.final_tick
    assert piece.melody[-1].pitch % 12 == piece.voicings[-1].notes[0] % 12


@pytest.mark.parametrize("mood", MUSIC_MOODS)
def test_long_notes_of_the_melody_belong_to_the_chord_under_them(mood: str) -> None:
    piece = score(mood, 5)
    tonic = piece.melody[-1].pitch % 12
    long = [sung for sung in piece.melody if sung.ticks >= 480]

    for sung in long:
        slot = next(slot for slot in reversed(piece.slots) if slot.start_tick <= sung.tick)
        assert sung.pitch % 12 in {(tonic + pitch) % 12 for pitch in slot.chord.pitch_classes}


def test_the_motif_comes_back_and_changes() -> None:
    piece = score("epic")
    openings = []
    for index, phrase in enumerate(piece.form.phrases[:-1]):
        bar = [sung for sung in piece.melody if phrase.start_tick <= sung.tick < phrase.start_tick + phrase.bars[0]]
        if index and bar:
            openings.append((tuple(sung.ticks for sung in bar), tuple(sung.pitch for sung in bar)))

    rhythms = [rhythm for rhythm, _ in openings]
    assert max(rhythms.count(rhythm) for rhythm in rhythms) >= 3, "one rhythm runs through the film"
    assert len({pitches for _, pitches in openings}) >= 3, "and its notes follow the harmony"


def test_no_two_moods_sound_alike_and_a_seed_makes_another_piece() -> None:
    assert len({compose(plan(mood)) for mood in MUSIC_MOODS}) == len(MUSIC_MOODS)
    assert compose(plan(seed=3)) != compose(plan(seed=4))
    assert len({PALETTES[mood].layers for mood in MUSIC_MOODS}) == len(MUSIC_MOODS)


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert compose(plan("playful")) == compose(plan("playful"))


@settings(max_examples=25, deadline=None)
@given(
    mood=st.sampled_from(MUSIC_MOODS),
    lengths=st.lists(st.fractions(min_value="1/10", max_value=30, max_denominator=30), min_size=1, max_size=9),
    tail=st.fractions(min_value=0, max_value=3, max_denominator=30),
    seed=st.integers(min_value=0, max_value=2**32),
)
@example(mood="sad", lengths=[Fraction(3, 2), Fraction(151, 20)], tail=Fraction(0), seed=0)
def test_any_film_gets_music_that_covers_it(mood: str, lengths: list[Fraction], tail: Fraction, seed: int) -> None:
    ends = [sum(lengths[: index + 1], Fraction(0)) for index in range(len(lengths))]
    film = ScorePlan(
        mood=mood, seconds=ends[-1] + tail, cuts=tuple(ends[:-1]), scene_moods=(), last_word_end=ends[-1], seed=seed
    )

    midi = compose(film)

    assert mido.MidiFile(file=io.BytesIO(midi)).length >= float(film.seconds) - 0.002
    assert marks(midi)[-1][0] == pytest.approx(float(ends[-1]), abs=0.005)


def test_a_minor_chord_bends_the_major_scale() -> None:
    assert scale_over(find_chord("V"), LANGUAGES["sad"].scale) == (0, 2, 3, 5, 7, 8, 11)
    assert scale_over(find_chord("bII"), LANGUAGES["tense"].scale) == (0, 1, 3, 5, 7, 8, 10)


def test_a_mood_that_is_not_music_is_refused_with_the_moods_there_are() -> None:
    with pytest.raises(InvalidInput, match=r"expected one of calm, wonder.*found angry"):
        compose(plan("angry"))


def test_a_last_word_outside_the_film_is_refused() -> None:
    late = ScorePlan(
        mood="calm", seconds=Fraction(5), cuts=(), scene_moods=(), last_word_end=Fraction(6), seed=1
    )
    with pytest.raises(Misuse, match="last word to end inside the film"):
        compose(late)
