"""What the outline writer must know of a language: pronouns, connectors, words that make a fact striking or dull.

Knows which questions a language answers; the answers are in `english.py`, `french.py` and `spanish.py`.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """A language's patterns. All are matched against a whole sentence, case-insensitively unless they say so."""

    language: str
    singular: re.Pattern[str]
    """A sentence that starts with a pronoun for one thing or person."""
    plural: re.Pattern[str]
    possessive: re.Pattern[str]
    inner: re.Pattern[str]
    """A pronoun that is the subject after an opening: "As a statesman, he implemented..."."""
    second_verb: re.Pattern[str]
    """The "and" before a second verb of the same subject."""
    conjunction: re.Pattern[str]
    """What a split leaves at the start."""
    place_tail: re.Pattern[str]
    """Where and when, after a sentence's only comma."""
    back: re.Pattern[str]
    """A word inside a sentence that points back at the subject."""
    dangling: re.Pattern[str]
    """A start that needs the sentence before and cannot be mended."""
    demonstrative: re.Pattern[str]
    """A start that points at one noun of the sentence before."""
    pointing: re.Pattern[str]
    """Words that point at the sentence before, anywhere."""
    context: re.Pattern[str]
    """Words that tie a sentence to one before: it cannot open a story."""
    opened: re.Pattern[str]
    """What a whole sentence may start with and lose."""
    adverbial: re.Pattern[str]
    """A start that says where, when or with what: its comma comes before the main verb."""
    shed: re.Pattern[str]
    """An opening that a long sentence can do without: with what, or a participle."""
    addition: re.Pattern[str]
    """A comma that what only adds may stand after: an apposition, a participle, a place."""
    relative: re.Pattern[str]
    """Where a clause starts that says more of something unspecified: "a field that..."."""
    exclusive: re.Pattern[str]
    """Words that make a sentence untrue when the clause that limits them goes."""
    and_or: str
    verb: re.Pattern[str]
    """What shows that a piece is a sentence."""
    result: re.Pattern[str]
    """The start of a clause that says what all this makes of the subject; told on its own after `that_makes`."""
    that_makes: str
    opening: re.Pattern[str]
    """A start that leaves the main clause for later."""
    subordinate: re.Pattern[str]
    """A start that cannot do without a main clause after a comma."""
    connector: re.Pattern[str]
    """A start that can be taken off."""
    copula: re.Pattern[str]
    """Where the first sentence's subject ends and its verb begins."""
    plural_verb: re.Pattern[str]
    aside: re.Pattern[str]
    """Insertions between commas that name the subject again."""
    tail: re.Pattern[str]
    """Where a long sentence may be cut: what follows only adds."""
    joint: re.Pattern[str]
    """Where a sentence falls apart into two whole ones."""
    kin: re.Pattern[str]
    """Where it stands in the tree of life: taken out."""
    striking: re.Pattern[str]
    dull: re.Pattern[str]
    closing: re.Pattern[str]
    today: re.Pattern[str]
    """What a sentence says that is about our days."""
    framing: re.Pattern[str]
    """What a theme wraps around its subject."""
    empty: re.Pattern[str]
    """Words of themes, folded, that name nothing by themselves."""
    asking: re.Pattern[str]
    """The end of a frame after which a subject and its verb come: "how do"."""
    anybody: re.Pattern[str]
    """Words, folded, for whoever does what the theme asks about: "Why do we dream"."""
    article: re.Pattern[str]
    """Words, folded, that a noun phrase starts with."""
    preposed: re.Pattern[str]
    """Words, folded, that stand before a noun and name nothing: few in English, where the noun ends its phrase."""
    parting: re.Pattern[str]
    """Words, folded, that no noun phrase goes beyond."""
    being: re.Pattern[str]
    """Those of them that are verbs."""
    binding: re.Pattern[str]
    """Those of them that tie a noun to the one it belongs to."""
    joining: re.Pattern[str]
    """Those of them that name a second subject."""
    note: str
    titles: dict[str, str]


def loose(pattern: str) -> re.Pattern[str]:
    """The pattern whatever its case; spaces and line ends in it only lay it out."""
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


def tongue_of(language: str) -> Tongue:
    """The tongue of an encyclopedia's language."""
    from aiprod.writers import english, french, spanish

    return {"en": english.ENGLISH, "fr": french.FRENCH, "es": spanish.SPANISH}[language]
