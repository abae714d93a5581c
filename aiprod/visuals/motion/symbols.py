"""What stands on the stage of an abstract scene: pictures of what its words name, side by side, whole in the frame.

Knows ideas, icons and room on a stage. Knows no landscape and no living thing.
"""

from collections.abc import Sequence
from dataclasses import replace

from aiprod.prompts import PromptFacts
from aiprod.prompts.lexicon import phrase_key
from aiprod.visuals.motion.spec import SubjectSpec
from aiprod.visuals.motion.subjects import IconMatch, find_icons, match_of
from aiprod.visuals.motion.subjects.stand_ins import ideas

SURE_SCORE, FAIR_SCORE = 0.8, 0.6
MOST_SYMBOLS = 2
GROUNDED = ("building", "place", "vehicle", "plant")

_ALONE = {"left": (0.44, 0.3), "center": (0.5, 0.33), "right": (0.56, 0.3), "close": (0.5, 0.42), "wide": (0.47, 0.22)}
_PAIRED = {"left": (0.36, 0.24), "center": (0.38, 0.25), "right": (0.62, 0.24), "close": (0.38, 0.27), "wide": (0.4, 0.19)}
"""Where the hero stands and how high it is, in parts of the picture: what is as wide as it is high stays in an upright frame."""
_BESIDE, _BESIDE_SCALE = 0.43, 0.56
_DEPTH = 0.2


def symbols(shown: PromptFacts, said: PromptFacts) -> list[SubjectSpec]:
    """Icons for an abstract scene, the hero first: only what its own words name, never a guess."""
    words = shown.keywords
    meant = _ideas(words, shown.language)
    if not meant:
        found = find_icons(words, shown.language, limit=MOST_SYMBOLS)
        meant = [match for i, match in enumerate(found) if match.score >= (SURE_SCORE if i else FAIR_SCORE)]
    if not meant:
        words = said.keywords
        meant = _ideas(words, said.language)
    return [_symbol(match, words) for match in meant[:MOST_SYMBOLS]]


def staged(standing: Sequence[SubjectSpec], said: PromptFacts | None, framing: str) -> list[SubjectSpec]:
    """Those who stand on a stage, arranged; beside one alone comes what the voice names (`said`): a coin, and
    the bank that lends it."""
    kept = list(standing[:MOST_SYMBOLS])
    if len(kept) == 1 and said is not None and framing != "close":
        named = [match for match in _ideas(said.keywords, said.language) if match.name != kept[0].icon]
        kept += [_symbol(match, said.keywords) for match in named[: MOST_SYMBOLS - 1]]
    if not kept:
        return []
    x, scale = (_ALONE if len(kept) == 1 else _PAIRED)[framing]
    aside = x + (_BESIDE if x < 0.5 else -_BESIDE)
    return [
        replace(kept[0], role="hero", x=x, scale=scale, depth=_DEPTH),
        *(
            replace(one, role="prop", x=round(aside, 3), scale=round(scale * _BESIDE_SCALE, 3), depth=_DEPTH, facing=kept[0].facing)
            for one in kept[1:]
        ),
    ]


def _symbol(match: IconMatch, words: Sequence[str]) -> SubjectSpec:
    # What stands on the ground elsewhere would stand under the subtitles here.
    return SubjectSpec(icon=match.name, name=words[match.words[0]], gait="fly" if match.subject.category in GROUNDED else "idle")


def _ideas(words: Sequence[str], language: str) -> list[IconMatch]:
    """The pictures of the ideas that words name, each once."""
    known = ideas(language)
    found: dict[str, IconMatch] = {}
    for place, word in enumerate(words):
        key = known.get(" ".join(phrase_key(word)))
        if key is not None:
            found.setdefault(key, replace(match_of(key), words=(place, place + 1)))
    return list(found.values())
