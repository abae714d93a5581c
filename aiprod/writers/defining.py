"""A dictionary's definition as a sentence: "the largest penguin" becomes "The emperor penguin is the largest penguin".

Puts in only what grammar asks for: the word itself, an article, "is". Knows one word at a time.
"""

import re
from collections.abc import Callable
from typing import Final

from aiprod.writers.clauses import Subject
from aiprod.writers.encyclopedia import IRREGULAR
from aiprod.writers.reference_text import finished
from aiprod.writers.tongues import Tongue

_ARTICLE: Final = re.compile(
    r"(?:an?|the|any|one|some|several|either|each|all|another|various|equal|most|what|someone|something|two|three|four)\b",
    re.IGNORECASE,
)
_HEAD_END: Final = re.compile(
    r"\s(?:of|that|which|who|whose|with|without|in|on|for|from|by|having|made|used|to|at|similar|consisting|containing|"
    r"resembling|native|occurring|found|or|and|under|between|over|as|into|where|when|usually|typically|often|sometimes|larger|smaller|\w+(?:ed|en)\s(?:by|in|with|from|on|for|"
    r"into|to|as|of|at|over))\b|[,;:]"
)
_MASS: Final = frozenset(
    re.findall(
        r"\w+",
        """music food water meat equipment clothing information material matter energy furniture literature writing snow ice
        money wealth work flesh land knowledge bread meal dough milk sugar beer wine tea coffee cheese chocolate jazz rice
        paper glass wood cloth fabric leather metal light radiation weather rain education advice news art poetry""",
    )
)
"""English nouns that take no "a"."""


_FIRST_NOUN: Final = re.compile(
    r"(?:(?:grand|petit|gros|célèbre|ancien|haut|beau|vaste|jeune|vieux)(?:e|ne|le|se)?\s)?(?P<noun>[^\W\d_]+(?:-[^\W\d_]+)*)"
)
"""The noun that a French definition starts with, behind one of the adjectives that stand before nouns."""


_NO_NOUN: Final = re.compile(r"(?:differing|resembling|relating|pertaining|having|being|consisting|comprising|containing|characterized)\b")
"""How a definition starts that says no noun: "differing from true slime molds"."""


def english_definition(word: str, definition: str, *, mass: bool, over: bool, subject: Subject | None) -> str:
    """The definition said of the word, or of the entry's `subject` when it is the entry's own; "" when it cannot be."""
    if _NO_NOUN.match(definition):
        return ""
    said = re.sub(r"^any of (?:several|various|numerous) ", "one of many ", definition)
    said = re.sub(r"^any of ", "one of ", said)
    article = _ARTICLE.match(said)
    head = (_HEAD_END.split(said, maxsplit=1)[0].split() or [""])[-1]
    plural = head in IRREGULAR or (re.search(r"[^su]s$", head) is not None and not head.endswith("is"))
    many = not article and plural
    if not article and not many and head not in _MASS and head != word:
        said = f"{'an' if re.match('[aeio]|u(?!ni|s)', said, re.IGNORECASE) else 'a'} {said}"
    verb = "were" if over and many else "was" if over else "are" if many else "is"
    if subject is not None and subject.plural == many:
        named = subject.phrase
    elif many and not re.search(r"(?:[sxz]|[cs]h|[fy])$", word):
        named = f"{word}s"
    elif many:
        return ""
    else:
        proper = word[0].isupper() and word.split()[-1][0].isupper()
        named = word if mass or (proper and " " in word) else f"{'A' if subject else 'The'} {word}"
        named = re.sub(r"^A(?= [AEIOaeio])", "An", named)
    return finished(f"{named} {verb} {said}")


def french_definition(word: str, definition: str, gender: Callable[[str], str]) -> str:
    """The definition said of the French word; "" when the gender of it or of the definition's noun is not known.

    `gender` gives "m", "f" or "" for a noun.
    """
    said = definition[0].lower() + definition[1:]
    first = _FIRST_NOUN.match(said)
    if first is None or re.match(r"(?:les?|la|l['’]|une?|des|du|d['’])\b", said):
        return ""
    if re.match(r"[^\s,]+,|[^,]+, et s", said):
        return ""
    noun, own = gender(first["noun"]), gender(word)
    if not noun or (not own and not word[0].isupper()):
        return ""
    named = word if word[0].isupper() else f"{_definite(word, own)}{word}"
    said = re.sub(r", (il|elle) ", lambda match: f". {match[1].capitalize()} ", said)
    return finished(f"{named} est {'un' if noun == 'm' else 'une'} {said}")


def _definite(word: str, gender: str) -> str:
    if re.match(r"[aeiouyéèêâîôûœ]|h(?!ér|aut|ar|éron)", word):
        return "L'"
    return "Le " if gender == "m" else "La "


def tied(sentence: str, word: str, name: str, tongue: Tongue) -> str:
    """An English sentence that does not say what the word is a kind of, with that put behind the word."""
    start = re.match(rf"(?:(?:The|An?) )?{re.escape(word)}s?(?= (?:is|are|was|were)\b)", sentence, re.IGNORECASE)
    if tongue.language != "en" or start is None:
        return ""
    return f"{start.group()}, a kind of {name},{sentence[start.end() :]}"
