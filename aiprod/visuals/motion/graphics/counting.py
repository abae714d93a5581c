"""Figures that count up: any share of a written number, written as the whole one is.

Knows digits, groups and decimal marks, not languages: "4,6 milliards" counts as 0,0 ... 4,6 milliards.
"""

import re
from dataclasses import dataclass

_NUMBER = re.compile(r"\d{1,3}(?:(?P<group>[\s.,’'٬])\d{3})+(?:(?P<mark>[.,٫])\d+)?|\d+(?:(?P<point>[.,٫])\d+)?")
_LOW_OF_RANGE = re.compile(r"^\D*\d[\d\s.,’']*[–—](?=\d)")
_YEARS = (1000, 2100)
_YEARS_BEFORE = 60
_SHORT = 3
"""Letters of a unit that stays on the number's line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A written figure: what stands before its digits, behind them on their line ("%") and after them ("milliards
    d'années"), and how the digits are set. `low` is the lower end of a range, where counting starts, as bare digits."""

    before: str
    digits: str
    behind: str
    after: str
    decimals: int
    group: str
    mark: str
    low: int = 0

    @property
    def number(self) -> str:
        """The figure's digits with what clings to them: "$4.6", "70 %"."""
        return self.before + self.digits + self.behind

    def at(self, share: float) -> str:
        """The digits at a share 0..1 of the way, without what follows."""
        if share >= 1.0 or not self.digits:
            return self.number
        whole = int("".join(character for character in self.digits if character.isdigit()))
        start = whole - _YEARS_BEFORE if self._is_year(whole) else min(self.low, whole)
        figures = str(round(start + (whole - start) * max(share, 0.0))).rjust(self.decimals + 1, "0")
        tail = figures[len(figures) - self.decimals :]
        head = figures[: len(figures) - self.decimals]
        if self.group:
            head = self.group.join(
                head[max(0, len(head) - 3 * (place + 1)) : len(head) - 3 * place]
                for place in reversed(range((len(head) + 2) // 3))
            )
        return self.before + _as_written(head + (self.mark + tail if tail else ""), self.digits) + self.behind

    def _is_year(self, whole: int) -> bool:
        plain = not (self.before or self.behind or self.after or self.group or self.decimals)
        return plain and len(self.digits) == 4 and _YEARS[0] <= whole <= _YEARS[1]


def read_count(text: str) -> Count:
    """The first number of a text, the upper one of a range; a text without one counts nowhere and stands as it is."""
    low = _LOW_OF_RANGE.match(text)
    found = _NUMBER.search(text, low.end() if low else 0)
    if found is None:
        return Count(before=text, digits="", behind="", after="", decimals=0, group="", mark="")
    mark = found["mark"] or found["point"] or ""
    if found["group"] and found[0].startswith("0"):  # "0,125" is no thousand
        mark, group = found["group"], ""
    else:
        group = found["group"] or ""
    decimals = len(found[0].rsplit(mark, 1)[1]) if mark else 0
    rest = text[found.end() :]
    short = len(rest.strip()) <= _SHORT
    return Count(
        before=text[: found.start()], digits=found[0], behind=rest.rstrip() if short else "",
        after="" if short else rest.strip(), decimals=decimals, group=group, mark=mark,
        low=int("".join(re.findall(r"\d", low[0]))) if low else 0,
    )  # fmt: skip


def write_value(value: float, unit: str) -> str:
    """A value that nobody wrote out: groups of three apart, at most two decimals, its unit after it."""
    rounded = round(value, 2)
    text = f"{rounded:,.0f}" if float(rounded).is_integer() else f"{rounded:,.2f}".rstrip("0")
    text = text.replace(",", "\u202f")
    return f"{text}\u00a0{unit}" if unit else text


def _as_written(text: str, sample: str) -> str:
    """ASCII digits in the digits of `sample` (Arabic, Hindi...)."""
    first = next(character for character in sample if character.isdigit())
    zero = ord(first) - int(first)
    return "".join(chr(zero + int(character)) if character.isdigit() else character for character in text)
