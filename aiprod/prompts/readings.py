"""Words that name a thing or only say where one is: "un sous-marin" dives, "le monde sous-marin" lies under water. And deeds that
a text only denies: penguins that cannot fly are not shown flying.

Knows the grammar that tells them apart in French, Spanish, Italian and Portuguese, where such an adjective follows its noun; in
English, where it stands before, the nouns that it goes with. Knows no lexicon.
"""

from collections.abc import Sequence

from aiprod.prompts.words import Token, is_stop_word

_TWOFOLD_CONCEPTS = frozenset({"submarine"})
_TWOFOLD_WORDS = frozenset({"marin", "marins"})
"""A sailor, or what belongs to the sea: "les fonds marins"."""
_OF_PEOPLE = frozenset(
    ["human", "humain", "humains", "humaine", "humaines", "humano", "humanos", "humana", "humanas", "umano", "umani", "umana", "umane"]
)
"""Somebody, or what is people's: "human activities"."""

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
_BEING = "etre est sont etait etaient reste restent devient ser es son era eran esta estan essere sono erano sao eram"
_COPULAS = frozenset(_BEING.split())
"""Without an article after them they say what something is like: "ce volcan est sous-marin"."""
_ACCENTED_COPULAS = ("è", "é")
_LIES_UNDER_WATER = (
    "volcano volcanoe volcanism eruption earthquake landslide landform landscape canyon valley trench ridge mountain cave spring vent "
    "cable world life"
)
_UNDER_WATER = frozenset(_LIES_UNDER_WATER.split())
"""What "submarine" qualifies in English, without their plural's s."""
_CONJUNCTIONS = {"fr": ("et", "ou"), "es": ("y", "e", "o", "u"), "it": ("e", "ed", "o", "od"), "pt": ("e", "ou")}

_DENYING = {
    "en": ("not", "cannot", "t", "never", "unable", "incapable", "without", "neither", "nor"),
    "fr": ("ne", "n", "jamais", "incapable", "incapables", "inapte", "inaptes", "sans", "ni"),
    "es": ("no", "nunca", "jamas", "incapaz", "incapaces", "sin", "ni"),
    "it": ("non", "mai", "incapace", "incapaci", "senza"),
    "pt": ("nao", "nunca", "jamais", "incapaz", "incapazes", "sem", "nem"),
    "de": ("nicht", "nie", "niemals", "unfahig", "ohne"),
}
"""What denies a deed that follows it closely; "t" is what is left of "don't"."""
_DENIED_WITHIN = 3
_KEEPING = (
    "only", "stop", "stops", "cease", "ceases", "cesse", "cessent", "arrete", "arretent", "cesan", "dejan", "smettono", "param",
)  # fmt: skip
"""Between the two, it is no denial: "not only fly", "never stop swimming"."""
_ONLY = ("que", "qu")
"""After a French verb with "ne": "ils ne mangent que du poisson"."""


def is_twofold(concept: str, word: str) -> bool:
    """Whether the word for that concept is an adjective of place as well."""
    return concept in _TWOFOLD_CONCEPTS or word in _TWOFOLD_WORDS or word in _OF_PEOPLE


def names_a_thing(words: Sequence[Token], first: int, last: int, language: str) -> bool:
    """Whether the words first..last are a noun: nothing stands before them that they could qualify."""
    if language == "en" and words[last].folded in _OF_PEOPLE:
        following = words[last + 1] if last + 1 < len(words) and words[last].after.isspace() else None
        return following is None or is_stop_word(following.folded, language) or following.folded.endswith("ing")
    if language == "en":
        return last + 1 == len(words) or not words[last].after.isspace() or words[last + 1].folded.removesuffix("s") not in _UNDER_WATER
    if language not in _FEMININE:
        return True
    if words[last].folded.endswith(_FEMININE[language]):
        return False
    return _opens_a_noun(words, first, last, language)


def _opens_a_noun(words: Sequence[Token], first: int, last: int, language: str) -> bool:
    """Whether nothing stands before them that they could qualify. What is joined to a word is of its kind: "aérien ou
    sous-marin"."""
    if not first or not (words[first - 1].after.isspace() or words[first - 1].after in ("'", "’")):
        return True
    before = words[first - 1].folded
    if before in _COPULAS or words[first - 1].text.lower() in _ACCENTED_COPULAS:
        return False
    if before in _CONJUNCTIONS[language] and first > 1:
        return _opens_a_noun(words, first - 2, first - 2, language)
    if is_stop_word(before, language) or before in _BEFORE_NOUNS or before.isdigit():
        return True
    return words[last].folded.endswith(_PLURAL[language]) != before.endswith(_PLURAL[language])


def is_denied(words: Sequence[Token], first: int, last: int, language: str) -> bool:
    """Whether the text says that the deed in the words first..last is not done: "cannot fly", "ne volent pas"."""
    following = [word.folded for word in words[last + 1 : last + 1 + _DENIED_WITHIN]]
    if language == "de" and "nicht" in following[:2]:
        return True
    if language == "fr" and any(word in _ONLY for word in following):
        return False
    for word in reversed(words[max(0, first - _DENIED_WITHIN) : first]):
        if word.after.strip(" '’") or word.folded in _KEEPING:
            return False
        if word.folded in _DENYING.get(language, ()):
            return True
    return False
