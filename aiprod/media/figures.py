"""Which written words belong to one figure, so that no caption is cut inside of it: "1.2 to 1.9 m", "10 000 km".

Knows figures, units, magnitudes and the small words between two figures, in the six languages; knows no time and no
screen.
"""

import re
from collections.abc import Sequence

TIGHT, LOOSE, FREE = 2, 1, 0
"""How fast a word holds to the next: inside of a figure with its unit or range, before what it counts, not at all."""


def _set_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


_OPENING = "«“\"'‘([\u00a0\u202f "
_FIGURE = re.compile(r"[-−+±~≈<>]?[$€£¥]?\d(?:[\d.,:/'’\u00a0\u202f –—-]*\d)?[½¼¾]?")
_YEAR = re.compile(r"1\d{3}|20\d\d")
_GROUP = re.compile(r"\d{3}(?:[.,]\d+)?")
_UNIT = re.compile(
    r"(?:[kcmµnMGTd]?(?:m|g|l|L|Hz|W|Wh|B|V|o|s)[²³]?|t|h|ha|K|min|mn|sec|hr|hrs|ft|lb|lbs|oz|mi|yd|°\S*|%|‰|€|\$|£|"
    r"mph|fps|px|dB|kcal|Mbps|Gbps|M€|Md€|k€|am|pm|a\.m|p\.m|AD|BC|BCE|CE)(?:/\S+)?"
)
_MAGNITUDES = _set_of(
    "hundred thousand million millions billion billions trillion trillions mille milliard milliards mil millón "
    "millones billón billones mila milione milioni miliardo miliardi milhão milhões bilhão bilhões tausend million "
    "millionen milliarde milliarden billionen"
)
_BETWEEN = _set_of(
    "to through and or by in of x × – — - à a et ou sur de en y o e al su di bis und von zu até ou por per"
)
_OF = re.compile(r"(?:de|di|of)|d['’].+", re.IGNORECASE)
_SMALL = _set_of(
    "a an and are as at be been but by can did do for from had has have he her his how i if in into is it its no not "
    "of off on or our out over she so than that the their then there they this to too under up was we were what when "
    "where which while who will with would you à au aux avec c car ce ces cette chez comme dans de des devant dont du "
    "elle elles en entre est et eux il ils je l la le les leur lui mais ne ni nous on ont ou où par pas plus pour "
    "puis qu que qui s sa sans se selon ses si son sont sous sur un une vers vous y al con como del desde donde e el "
    "ella ellos era es están está fue ha hay la las lo los más más muy no o para pero por que se sin sobre son su sus "
    "un una ya che chi ci come da dal dalla dei della di dove è era gli i il in ma nel nella non per più quando sono "
    "sul sulla tra as ao até com da das do dos em era foi mais mas na nas no nos não os para pela pelo quando se seu "
    "sua são um uma aber als am an auf aus bei bis das dass dem den der die du durch ein eine er es für hat ich im "
    "ist mit nach nicht noch oder sich sie sind so und vom von vor war waren was wenn wer wie wir zu zum zur über"
)


def holds(texts: Sequence[str]) -> tuple[int, ...]:
    """How fast each word holds to the next one (TIGHT, LOOSE or FREE): one fewer than the words.

    >>> holds(["from", "1.2", "to", "1.9", "m", "long"])
    (0, 2, 2, 2, 0)
    """
    return tuple(_hold(texts, place) for place in range(len(texts) - 1))


def _hold(texts: Sequence[str], place: int) -> int:
    left, right = texts[place].lstrip(_OPENING), texts[place + 1]
    before = texts[place - 1].lstrip(_OPENING) if place else ""
    bare = right.rstrip(".,;:!?…»”\"')]\u00a0\u202f ")
    if _is_figure(left):
        after = texts[place + 2] if place + 2 < len(texts) else ""
        if bare in _BETWEEN and bare == right and _begins_figure(after):
            return TIGHT
        inches = bare == "in" and before == "ft"
        counted = _UNIT.fullmatch(bare) is not None or bare.lower() in _MAGNITUDES or inches
        if counted or (_GROUP.fullmatch(bare) and len(left) <= 3):
            return TIGHT
        return LOOSE if not _YEAR.fullmatch(left) and _is_noun(bare) else FREE
    if not _is_figure(before):
        before_it = texts[place - 2].lstrip(_OPENING) if place > 1 else ""
        large = before.lower() in _MAGNITUDES and _is_figure(before_it)
        return LOOSE if large and _OF.fullmatch(left) and bare else FREE
    if left in _BETWEEN:
        return TIGHT if _begins_figure(right) else FREE
    if left.lower() in _MAGNITUDES:
        return TIGHT if _UNIT.fullmatch(bare) else LOOSE if _OF.fullmatch(bare) or _is_noun(bare) else FREE
    # "6 ft 2 in", "2 h 04 min"
    return TIGHT if _UNIT.fullmatch(left) and _begins_figure(right) else FREE


def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(text) is not None


def _begins_figure(text: str) -> bool:
    return _FIGURE.match(text.lstrip(_OPENING)) is not None


def _is_noun(bare: str) -> bool:
    """Whether it may be what a figure counts: a word, and none of the small ones."""
    return bare[:1].isalpha() and bare.lower() not in _SMALL
