"""What a written text sounds like: numbers, dates, units, abbreviations and symbols in words."""

from aiprod.speech.spoken.words import SpokenWord, sentences

__all__ = ["SpokenWord", "sentences", "spoken_words"]


def spoken_words(text: str, language: str) -> tuple[SpokenWord, ...]:
    """The written words of a text in order, each with what is said for it; directions and Markdown are left out."""
    from aiprod.speech.spoken.directions import heard_text
    from aiprod.speech.spoken.pieces import Reading
    from aiprod.speech.spoken.rules import read

    reading = Reading(text=heard_text(text))
    read(reading, language)
    return reading.words()
