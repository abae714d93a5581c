"""Words that name a thing or only say where one is: "un sous-marin" dives, "le monde sous-marin" lies under water.

Knows the grammar that tells them apart in French, Spanish, Italian and Portuguese, where such an adjective follows its noun.
Knows no lexicon.
"""

from collections.abc import Sequence

from aiprod.prompts.words import Token, is_stop_word

_TWOFOLD_CONCEPTS = frozenset({"submarine"})
_TWOFOLD_WORDS = frozenset({"marin", "marins"})
"""A sailor, or what belongs to the sea: "les fonds marins"."""

_FEMININE = {"fr": ("e", "es"), "es": ("a", "as"), "it": ("a", "e"), "pt": ("a", "as")}
_PLURAL = {"fr": ("s", "x"), "es": ("s",), "it": ("i",), "pt": ("s",)}
_QUALIFIERS = (
    "grand grands petit petits gros vieux ancien anciens nouveau nouveaux premier premiers dernier autre autres mini deux trois quatre "
    "cinq six dix plusieurs quelques chaque notre nos votre vos mon mes aucun quel gran grandes pequeno pequenos viejo antiguo nuevo "
    "nuevos primer primeros otro otros dos tres cuatro cinco varios algunos cada nuestro nuestros mi tu ningun grande grandi piccolo "
    "piccoli vecchio antico nuovo nuovi primo primi altro altri due tre quattro cinque diversi alcuni ogni nostro nostri mio velho "
    "antigo novo novos primeiro primeiros outro outros dois quatro varios muitos muchos molti nosso nossos meu"
)
_BEFORE_NOUNS = frozenset(_QUALIFIERS.split())


def is_twofold(concept: str, word: str) -> bool:
    """Whether the word for that concept is an adjective of place as well."""
    return concept in _TWOFOLD_CONCEPTS or word in _TWOFOLD_WORDS


def names_a_thing(words: Sequence[Token], first: int, last: int, language: str) -> bool:
    """Whether the words first..last are a noun: nothing stands before them that they could qualify."""
    if language not in _FEMININE:
        return True
    own = words[last].folded
    if own.endswith(_FEMININE[language]):
        return False
    if not first or not (words[first - 1].after.isspace() or words[first - 1].after in ("'", "’")):
        return True
    before = words[first - 1].folded
    if is_stop_word(before, language) or before in _BEFORE_NOUNS or before.isdigit():
        return True
    return own.endswith(_PLURAL[language]) != before.endswith(_PLURAL[language])
