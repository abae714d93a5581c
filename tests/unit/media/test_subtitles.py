"""Cues, and what they look like once burned in: the pictures are measured, not the tags."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from aiprod.media import graph
from aiprod.media.ass import Canvas, missing_characters, write_ass
from aiprod.media.captions import caption_cues, write_srt, write_vtt
from aiprod.media.cues import PAIRS, SENTENCES, Cue, film_cues, group_words
from aiprod.media.faces import FONTS_FOLDER, HEAVY, Face, own_faces, runs_of
from aiprod.media.process import run_ffmpeg
from aiprod.media.subtitles import STYLES, SubtitleStyle, find_style, safe_area
from aiprod.profiles import Shape
from aiprod.story import Word
from aiprod.timeline import SpokenScene, lay

TALL = Shape(width_px=540, height_px=960)
CANVAS = Canvas(shape=TALL, rate=Fraction(30))
GREY = 110
Picture = npt.NDArray[np.int16]


def spoken(text: str, start: Fraction = Fraction(0), lasts: Fraction = Fraction(4, 10)) -> list[Word]:
    """Words of equal length, one after the other."""
    return [
        Word(text=word, start=start + n * lasts, end=start + (n + 1) * lasts) for n, word in enumerate(text.split())
    ]


def cues_of(text: str, language: str = "en", style: str = "karaoke") -> tuple[Cue, ...]:
    words = spoken(text)
    return group_words(words, STYLES[style].grouping, language, words[-1].end + 1)


def burned(document: str, seconds: float, folder: Path, shape: Shape = TALL) -> Picture:
    """One grey frame with the document drawn over it. Shape: (height, width, 3), RGB."""
    path = folder / "it's: a [test], really.ass"
    path.write_text(document, encoding="utf-8")
    grey = graph.read_source(f"color=0x{GREY:02x}{GREY:02x}{GREY:02x}:s={shape.width_px}x{shape.height_px}:r=30:d=9")
    drawn = grey.filter("trim", start=f"{seconds:.3f}").filter("ass", filename=path, fontsdir=FONTS_FOLDER)
    arguments = graph.write_arguments([drawn], "pipe:", f="rawvideo", pix_fmt="rgb24", **{"frames:v": 1})
    content = run_ffmpeg(arguments, about="Burning a test", timeout_seconds=60)
    return np.frombuffer(content, dtype=np.uint8).reshape(shape.height_px, shape.width_px, 3).astype(np.int16)


def inked(picture: Picture) -> npt.NDArray[np.bool_]:
    shown: npt.NDArray[np.bool_] = np.abs(picture - GREY).max(axis=2) > 40
    return shown


def yellow(picture: Picture) -> int:
    return int(((picture[..., 0] > 200) & (picture[..., 1] > 160) & (picture[..., 2] < 90)).sum())


def white(picture: Picture) -> int:
    return int((picture.min(axis=2) > 225).sum())


def test_cues_hold_two_words_fewer_at_punctuation_and_at_pauses() -> None:
    words = [*spoken("One two three. Four five"), *spoken("six seven", start=Fraction(3))]

    cues = group_words(words, PAIRS, "en", Fraction(5))

    assert [cue.text for cue in cues] == ["One two", "three.", "Four five", "six seven"]


def test_cues_follow_each_other_and_never_overlap() -> None:
    cues = group_words(spoken("a bb ccc. dddd, ee ff! g", lasts=Fraction(1, 7)), PAIRS, "en", Fraction(2))

    assert all(one.end <= other.start for one, other in pairwise(cues))
    assert all(cue.end > cue.start for cue in cues)
    assert cues[-1].end - cues[-1].start >= Fraction(2, 5)


@pytest.mark.parametrize(
    ("text", "language", "figures"),
    [
        ("Pandas in the wild are mostly from as little as 1.2 to 1.9 m long and they weigh 100 to 115 kg.", "en",
         ["1.2 to 1.9 m", "100 to 115 kg"]),
        ("Our own Sun is thought to have formed about 4.5 billion years ago, and it lies 150 million km away from us.", "en",
         ["4.5 billion", "150 million km"]),
        ("She is 6 ft 2 in tall, and 1 in 10 of them watched it for a whole 2 h 04 min on 20 July 1969 in Paris.", "en",
         ["6 ft 2 in", "1 in 10", "2 h 04 min", "20 July"]),
        ("Le panda vit entre 100 et 115 mois à plus de 10 000 km d'ici, par 20 °C, depuis 4,5 milliards d'années.", "fr",
         ["100 et 115", "10 000 km", "20 °C", "4,5 milliards"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("lead", ["", "Well", "Well so", "Well so we", "Well so we go on"])
def test_no_cue_and_no_line_is_cut_inside_of_a_figure(
    text: str, language: str, figures: list[str], lead: str
) -> None:
    words = spoken(f"{lead} {text}")
    for grouping in (PAIRS, STYLES["plain"].grouping, SENTENCES):
        cues = group_words(words, grouping, language, words[-1].end + 1)
        lines = [line for block in write_srt(cues).split("\n\n") for line in block.splitlines()[2:]]
        if grouping is not SENTENCES:
            lines = [cue.text for cue in cues]
        for figure in figures:
            assert any(figure in line for line in lines), (figure, lines)
        assert " ".join(" ".join(cue.text for cue in cues).split()) == f"{lead} {text}".strip()


def test_a_figure_and_what_it_counts_are_one_karaoke_cue_and_a_year_waits_for_nobody() -> None:
    shown = [cue.text for cue in cues_of("In 1969 in Paris about 12 people ate 3 eggs")]

    assert shown == ["In 1969", "in Paris", "about", "12 people", "ate", "3 eggs"]


def test_a_pause_of_the_speaker_parts_even_a_figure() -> None:
    words = [*spoken("about 1.2"), *spoken("to 1.9 m", start=Fraction(2))]

    assert [cue.text for cue in group_words(words, PAIRS, "en", Fraction(5))] == ["about 1.2", "to 1.9 m"]


def test_no_cue_reaches_into_the_next_scene() -> None:
    scenes = [
        SpokenScene(number=n, seconds=Fraction(6, 5), words=tuple(spoken("alpha beta gamma"))) for n in (1, 2)
    ]
    timeline = lay(scenes, ["cut"], Fraction(30))

    for grouping in (PAIRS, SENTENCES):
        cues = film_cues(timeline, grouping, "en")
        border = timeline.shots[1].speech_start
        assert all(cue.end <= border or cue.start >= border for cue in cues)
        assert [word.text for cue in cues for word in cue.words] == ["alpha", "beta", "gamma"] * 2


@pytest.mark.parametrize(
    ("text", "language", "shown"),
    [
        ("Pourquoi ?", "fr", "Pourquoi\u00a0?"),
        ("Pourquoi?", "fr", "Pourquoi\u00a0?"),
        ("« Bonjour »", "fr", "«\u00a0Bonjour\u00a0»"),
        ("«Bonjour»", "fr", "«\u00a0Bonjour\u00a0»"),
        ("Why ?", "en", "Why?"),
        ("à 10:30", "fr", "à 10:30"),
        ("99 %", "fr", "99\u00a0%"),
        ("¿ Qué ?", "es", "¿Qué?"),
    ],
)
def test_marks_stand_where_the_language_puts_them(text: str, language: str, shown: str) -> None:
    cues = cues_of(text, language)

    assert [cue.text for cue in cues] == [shown]


def test_each_word_turns_from_white_to_yellow_when_it_is_spoken(tmp_path: Path) -> None:
    document = write_ass(cues_of("Giant pandas"), STYLES["karaoke"], CANVAS)

    first, second = burned(document, 0.2, tmp_path), burned(document, 0.6, tmp_path)

    assert yellow(first) > 200 and white(first) > 200
    assert yellow(second) > 400 and white(second) < 20
    left, right = first[:, : TALL.width_px // 2], first[:, TALL.width_px // 2 :]
    assert yellow(left) > yellow(right)
    # The last frame before the second word, and its first one.
    assert white(burned(document, 11 / 30, tmp_path)) > 200
    assert white(burned(document, 12 / 30, tmp_path)) < 20


@pytest.mark.parametrize("style", ["karaoke", "plain", "boxed"])
@pytest.mark.parametrize(
    "text",
    [
        "Hi",
        "extraordinairement anticonstitutionnellement",
        "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
        "WWWWWWWWWWWW MMMMMMMMMMMM",
        "东京熊猫喜欢吃竹子因为竹子很好吃",
    ],
)
def test_letters_stay_inside_the_safe_area_whatever_the_word(style: str, text: str, tmp_path: Path) -> None:
    document = write_ass(cues_of(text, style=style), STYLES[style], CANVAS)

    ink = np.argwhere(inked(burned(document, 0.2, tmp_path)))

    area = safe_area(TALL)
    assert len(ink) > 50
    assert ink[:, 1].min() >= area.side_px - 2
    assert ink[:, 1].max() <= TALL.width_px - area.side_px + 2
    assert ink[:, 0].max() <= TALL.height_px * 0.8
    assert ink[:, 0].min() >= TALL.height_px * 0.4


@pytest.mark.parametrize(
    "attack",
    [
        r"{\an8\fs400}",
        r"{\pos(0,0)}x",
        r"{\p1}m_0_0_l_500_0_500_500{\p0}",
        r"a\Nb\nc\hd",
        "a\u2028b",
        "\u202egnirts",
        r"\{\an8",
        "{",
        "},{",
        "x';[in]drawbox=w=iw",
        "%{pts}",
    ],
)  # fmt: skip
def test_a_script_cannot_draw_or_move_anything(attack: str, tmp_path: Path) -> None:
    cues = cues_of(f"{attack} ok")
    document = write_ass(cues, STYLES["karaoke"], CANVAS)

    events = [line for line in document.splitlines() if line.startswith("Dialogue:")]
    ours = {"k", "fn", "b", "fs", "N"}
    for event in events:
        tags = [tag for part in event.split("\\")[1:] for tag in [part] if not part.startswith(tuple(ours))]
        assert tags == []
        assert event.count("{") == event.count("}")
    assert len(events) == len(cues)
    ink = np.argwhere(inked(burned(document, 0.2, tmp_path)))
    area = safe_area(TALL)
    assert ink[:, 0].min() >= TALL.height_px * 0.4
    assert ink[:, 0].max() <= TALL.height_px * 0.8
    assert ink[:, 1].min() >= area.side_px - 2


@pytest.mark.parametrize(
    ("text", "family"),
    [("سلام", "Arabic"), ("東京", "CJK"), ("안녕", "CJK"), ("नमस्ते", "Devanagari"), ("🐼", "Emoji"), ("שלום", "Hebrew")],
)
def test_letters_that_the_face_lacks_are_drawn_and_are_no_empty_boxes(text: str, family: str, tmp_path: Path) -> None:
    runs, missing = runs_of(text, HEAVY)
    assert missing == ()
    assert family in runs[0].face.family

    ink = inked(burned(write_ass(cues_of(text), STYLES["karaoke"], CANVAS), 0.2, tmp_path))

    # A letter that is missing would be a hollow box, nearly all of whose rows are the same.
    rows = ink[np.any(ink, axis=1)]
    assert len({row.tobytes() for row in rows}) > len(rows) / 3
    assert ink.sum() > 300


def test_arabic_runs_from_right_to_left(tmp_path: Path) -> None:
    document = write_ass(cues_of("مرحبا بالعالم"), STYLES["karaoke"], CANVAS)

    first = burned(document, 0.2, tmp_path)

    middle = TALL.width_px // 2
    assert yellow(first[:, middle:]) > 4 * yellow(first[:, :middle])


def test_a_letter_that_no_font_has_is_told_and_left_out() -> None:
    cues = cues_of("ok \U00011fb0!")

    assert missing_characters(cues, STYLES["karaoke"]) == ("\U00011fb0",)
    assert "\U00011fb0" not in write_ass(cues, STYLES["karaoke"], CANVAS)


def test_a_missing_own_face_is_a_clear_error(tmp_path: Path) -> None:
    from aiprod.errors import EngineMissing

    assert len(own_faces()) == 3
    lost = Face(family="Lost", path=tmp_path / "Lost.ttf")
    style: SubtitleStyle = replace(STYLES["karaoke"], face=lost)
    with pytest.raises(EngineMissing, match="Lost"):
        write_ass(cues_of("Hello you"), style, CANVAS)


def test_every_style_has_a_look_and_none_has_no_subtitles(tmp_path: Path) -> None:
    assert find_style("none") is None
    looks = [burned(write_ass(cues_of("Bamboo"), STYLES[name], CANVAS), 0.2, tmp_path) for name in STYLES]
    assert all(inked(look).any() for look in looks)
    assert (inked(looks[2]) & ~inked(looks[1])).sum() > 1000


def test_captions_are_sentences_with_times_and_escapes() -> None:
    text = "Pandas eat <b>bamboo</b> & leaves every day. They sleep --> a lot."
    scene = SpokenScene(number=1, seconds=Fraction(5), words=tuple(spoken(text, lasts=Fraction(3, 10))))
    timeline = lay([scene], [], Fraction(30))
    cues = caption_cues(timeline, "en")

    srt, vtt = write_srt(cues), write_vtt(cues, "en")

    assert srt.startswith("1\n00:00:00,400 --> ")
    assert "\n\n2\n" in srt
    assert vtt.startswith("WEBVTT\n")
    assert "&lt;b&gt;bamboo&lt;/b&gt;" in vtt and "&amp; leaves" in vtt and "<b>" not in vtt
    assert vtt.count("-->") == len(cues)
    assert all(len(line) <= 42 for line in srt.splitlines())
