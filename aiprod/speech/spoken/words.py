"""A written word and what is said for it."""

from dataclasses import dataclass

SENTENCE_ENDS = (".", "!", "?", "…")


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenWord:
    """`written` is the word as the reader sees it, punctuation included; `spoken` what is said for it, in letters
    only, with the punctuation that shapes the melody: "1912," is said "nineteen twelve,"."""

    written: str
    spoken: str

    @property
    def ends_sentence(self) -> bool:
        """Whether a sentence ends with it."""
        return self.spoken.rstrip("\"'”’»)] ").endswith(SENTENCE_ENDS)


def sentences(words: tuple[SpokenWord, ...]) -> tuple[tuple[SpokenWord, ...], ...]:
    """The words, sentence by sentence."""
    found: list[tuple[SpokenWord, ...]] = []
    start = 0
    for index, word in enumerate(words):
        if word.ends_sentence:
            found.append(words[start : index + 1])
            start = index + 1
    if start < len(words):
        found.append(words[start:])
    return tuple(found)
