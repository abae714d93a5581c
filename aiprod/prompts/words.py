"""Words of a text as they are compared: folded, singular, phrase by phrase; and which language a text is in.

Knows spelling, not meaning: the lexicons (`lexicon.py`) say what a word stands for.
"""

import re
import unicodedata
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae", "ß": "ss"})

STOP_WORDS = {
    "en": "the a an and or of in on at with is are was were it its this that by for from to as into over under not "
    "they he she his her their there has have be been which who while when where than one all can could",
    "fr": "le la les un une des et ou de du dans sur au aux avec est sont etait il elle ils ce cette qui que par "
    "pour en son sa ses leur ne pas plus se sous vers comme tout mais l d s qu c n j on a",
    "es": "el la los las un una unos y o de del en con es son era que por para su sus se no mas como al lo entre "
    "sobre bajo desde hasta pero muy cuando este esta esto ha han hay",
    "it": "il lo la i gli le un uno una e o di del della dei delle degli dell in nel nella con che per su sul sulla "
    "si non piu come al alla ma sono era questo questa tra fra da dal dalla suo sua loro all nell un l",
    "pt": "o a os as um uma e ou de do da dos das em no na nos nas com que por para seu sua se nao mais como ao "
    "mas muito entre sobre sob pelo pela este esta isso foi sao tem",
    "de": "der die das ein eine einen einem einer und oder von in im am an mit ist sind war es er sie ihr sein "
    "nicht auf aus bei zu zum zur fur den dem des wie als sich auch durch nach uber unter",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One word of a text: as written, folded, and where it starts."""

    text: str
    folded: str
    start: int
    after: str = ""

    @property
    def end(self) -> int:
        """Index just after the word."""
        return self.start + len(self.text)

    @property
    def capital(self) -> bool:
        """Whether it is written with a capital first letter."""
        return self.text[0].isupper()


def fold(text: str) -> str:
    """Lower case, without accents and ligatures: "Forêt" is "foret"."""
    plain = unicodedata.normalize("NFD", text.translate(_LIGATURES).lower())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def tokens(text: str) -> tuple[Token, ...]:
    """Words of a text in order; apostrophes and hyphens part words. `after` is what stands up to the next word."""
    text = unicodedata.normalize("NFC", text)
    found = list(_WORD.finditer(text))
    ends = [*(match.start() for match in found[1:]), len(text)]
    return tuple(
        Token(text=match.group(), folded=fold(match.group()), start=match.start(), after=text[match.end() : end])
        for match, end in zip(found, ends, strict=False)
    )


def singulars(word: str, language: str) -> tuple[str, ...]:
    """The folded word, then what it may be the plural (or another form) of, likeliest first."""
    forms = [word]
    if len(word) < 3 or (language == "en" and word == "does"):  # the verb is far commoner than the deer
        return (word,)
    stem = word[:-1]
    if language == "en":
        forms += _when(word, (("ies", "y"), ("ves", "f"), ("ves", "fe"), ("s", ""), ("men", "man")))
        forms += _when(word, (("es", ""),)) if word.endswith(("ses", "xes", "zes", "oes", "ches", "shes")) else []
    elif language == "fr":
        forms += _when(word, (("eaux", "eau"), ("aux", "al"), ("oux", "ou"), ("eux", "eu"), ("es", ""), ("s", "")))
        forms += _when(word, (("e", ""),)) if len(word) > 5 and not word.endswith("ee") else []
    elif language == "es":
        forms += _when(word, (("ces", "z"), ("es", ""), ("s", ""), ("as", "o"), ("a", "o")))
    elif language == "it":
        forms += _when(word, (("chi", "co"), ("ghi", "go"), ("che", "ca"), ("ghe", "ga"), ("ci", "co"), ("cie", "cia")))
        forms += [stem + end for end in "oea"] if word[-1] in "ie" else []
        forms += [word + "o", stem + "o"] if word[-1] in "ia" else []
    elif language == "pt":
        forms += _when(word, (("oes", "ao"), ("aes", "ao"), ("ais", "al"), ("eis", "el"), ("ns", "m"), ("es", "")))
        forms += _when(word, (("s", ""), ("as", "o"), ("a", "o")))
    elif language == "de":
        endings = ("en", "n", "er", "e", "s", "es", "em", "ern", "in", "innen")
        forms += _when(word, tuple((ending, "") for ending in endings))
    return tuple(dict.fromkeys(form for form in forms if len(form) > 1))


def looks_plural(word: str, language: str) -> bool:
    """Whether a folded word ends as plurals do in the language."""
    endings = {"it": ("i", "e"), "de": ("n", "e", "er", "s")}.get(language, ("s", "x", "men"))
    return word.endswith(endings) and not (language == "de" and word.endswith("in"))


def _when(word: str, endings: tuple[tuple[str, str], ...]) -> list[str]:
    return [word[: -len(end)] + other for end, other in endings if word.endswith(end) and len(word) > len(end) + 1]


def guess_language(text: str, default: str) -> str:
    """The language whose commonest words fill the text most; `default` where nothing speaks for another."""
    words = [token.folded for token in tokens(text)]
    scores = {language: sum(word in common for word in words) for language, common in _stop_sets().items()}
    best = max(scores, key=lambda language: (scores[language], language == default))
    if scores[best] >= scores.get(default, 0) + 2 or (scores.get(default, 0) == 0 and scores[best] >= 1):
        return best
    return default


def is_stop_word(folded: str, language: str) -> bool:
    """Whether a folded word only joins others."""
    return folded in _stop_sets().get(language, frozenset())


def _stop_sets() -> dict[str, frozenset[str]]:
    return _STOP_SETS


_STOP_SETS = {language: frozenset(words.split()) for language, words in STOP_WORDS.items()}
