"""What a written text sounds like: numbers, dates, units, abbreviations and symbols in words."""

from aiprod.speech.spoken.words import SpokenWord, sentences

__all__ = ["SpokenWord", "lasting_seconds", "said_text", "sentences", "spoken_words"]

_END_SECONDS = 0.2


def spoken_words(text: str, language: str) -> tuple[SpokenWord, ...]:
    """The written words of a text in order, each with what is said for it; directions and Markdown are left out."""
    from aiprod.speech.spoken.directions import heard_text
    from aiprod.speech.spoken.pieces import Reading
    from aiprod.speech.spoken.rules import read

    reading = Reading(text=heard_text(text))
    read(reading, language)
    return reading.words()


def said_text(text: str, language: str) -> str:
    """All that is said for a text, in one line."""
    return " ".join(word.spoken for word in spoken_words(text, language))


def lasting_seconds(said: str, letters_a_second: float) -> float:
    """About how long it lasts when a voice says so many of its letters and spaces in a second, pauses among them."""
    return len(said) / letters_a_second + _END_SECONDS
