"""What is written for the eye, for the director or for the machine is never said."""

import pytest

from aiprod.speech.spoken import sentences, spoken_words

UNSAID = {
    "**VOICE OVER:** The *great* panda **sleeps**.": "The great panda sleeps.",
    "**VOIX OFF:** Le **grand** panda dort.": "Le grand panda dort.",
    "NARRATOR: It was night.": "It was night.",
    "Voice over (soft): It was night.": "It was night.",
    "# A title\nThe sea.": "The sea.",
    "- one fish\n- two fish": "one fish two fish",
    "> The sea.": "The sea.",
    "The sea. [pause] It sleeps.": "The sea. It sleeps.",
    "The sea (laughs) sleeps.": "The sea sleeps.",
    "La mer (rires) dort.": "La mer dort.",
    "*soupir* La mer dort.": "La mer dort.",
    "*sighs* The sea sleeps.": "The sea sleeps.",
    "(He whispers, softly) The sea sleeps.": "The sea sleeps.",
    "[MUSIC SWELLS] The sea.": "The sea.",
    "The [blue whale](https://example.org/whale) sings.": "The blue whale sings.",
    "![a whale](whale.jpg) It sings.": "It sings.",
    "The `whale` sings.": "The whale sings.",
    "The <b>whale</b> sings.": "The whale sings.",
    "The whale 🐋 sings ✨.": "The whale sings.",
    "One.\n\n---\n\nTwo.": "One. Two.",
    "```\nThe sea.\n```": "The sea.",
    "The ~~old~~ sea.": "The old sea.",
    "The __old__ sea.": "The old sea.",
}


@pytest.mark.parametrize("written", UNSAID)
def test_markdown_and_stage_directions_are_never_said(written: str) -> None:
    language = "fr" if UNSAID[written].startswith(("Le ", "La ")) else "en"
    assert " ".join(word.spoken for word in spoken_words(written, language)) == UNSAID[written]


def test_brackets_and_stars_that_are_no_directions_stay() -> None:
    assert [word.written for word in spoken_words("The whale (the largest animal) sings.", "en")] == [
        "The", "whale", "(the", "largest", "animal)", "sings.",
    ]  # fmt: skip
    assert [word.spoken for word in spoken_words("snake_case_name stays.", "en")] == ["snake case name", "stays."]


@pytest.mark.parametrize("text", ["", "   ", "...", "[pause]", "🐋", "---", "**"])
def test_a_text_without_words_has_none_to_say(text: str) -> None:
    assert spoken_words(text, "en") == ()


def test_sentences_end_where_they_are_said_to_end() -> None:
    words = spoken_words("Dr. Smith left at 5 p.m. He was late! Was he?", "en")
    assert [" ".join(word.spoken for word in sentence) for sentence in sentences(words)] == [
        "Doctor Smith left at five pee em.", "He was late!", "Was he?",
    ]  # fmt: skip


def test_a_lone_dash_or_mark_belongs_to_its_neighbour() -> None:
    assert [word.written for word in spoken_words("Qui est là ? — Moi !", "fr")] == ["Qui", "est", "là ?", "— Moi !"]
