"""The models that are called over a network: ids, prices and limits, dated; read from `hosted.toml`.

Knows the table and its age; calls nobody. A price is a plain number of US dollars for what its name says.
"""

import datetime
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

from aiprod.errors import InvalidInput, NotFound

OLD_AFTER_DAYS = 120


class Prices(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """US dollars for a million tokens or characters, or for a second of moving pictures; None where not sold so."""

    million_input_tokens: float | None = None
    million_output_tokens: float | None = None
    million_characters: float | None = None
    second_360p: float | None = None
    second_720p: float | None = None
    second_1080p: float | None = None
    second_4k: float | None = None


class HostedModel(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One model: the engine that calls it (`kind`), prices (`usd`) and limits; `read` is when the row was looked up.

    `seconds` are the lengths that a clip may be asked at; 0 and () are limits that do not apply.
    """

    id: str
    kind: str
    title: str
    usd: Prices
    source: str
    certainty: Literal["published", "secondary"]
    read: datetime.date
    retires: datetime.date | None = None
    seconds: tuple[int, ...] = ()
    resolutions: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    requests_a_minute: int = 0
    most_input_tokens: int = 0
    most_output_tokens: int = 0
    most_input_bytes: int = 0
    output_tokens_a_second: int = 0

    def usd_per_second(self, resolution: str) -> float:
        """Price of a second of moving pictures. Raises: NotFound."""
        price = getattr(self.usd, f"second_{resolution}", None)
        if not isinstance(price, float):
            known = ", ".join(self.resolutions) or "no moving pictures"
            raise NotFound(f"The model {self.id} gives {known}, and no {resolution}; choose another resolution.")
        return price

    def usd_for_tokens(self, input_tokens: int, output_tokens: int) -> float:
        """Price of a call that is sold by tokens. Raises: NotFound."""
        if self.usd.million_input_tokens is None or self.usd.million_output_tokens is None:
            raise NotFound(f"The model {self.id} is not sold by tokens; its prices are in aiprod/models/hosted.toml.")
        return (input_tokens * self.usd.million_input_tokens + output_tokens * self.usd.million_output_tokens) / 1e6

    def usd_for_characters(self, characters: int) -> float:
        """Price of a text that is sold by characters. Raises: NotFound."""
        if self.usd.million_characters is None:
            raise NotFound(f"The model {self.id} is not sold by characters; see aiprod/models/hosted.toml.")
        return characters * self.usd.million_characters / 1e6


class HostedTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All rows, in the order of the table."""

    models: tuple[HostedModel, ...]

    @property
    def read(self) -> datetime.date:
        """When the oldest row was looked up."""
        return min(row.read for row in self.models)

    def old_on(self, day: datetime.date) -> tuple[HostedModel, ...]:
        """Rows that nobody looked up for more than 120 days, or whose model is retired, on that day."""
        return tuple(
            row for row in self.models
            if (day - row.read).days > OLD_AFTER_DAYS or (row.retires is not None and row.retires <= day)
        )  # fmt: skip


def model(kind_or_id: str) -> HostedModel:
    """The first model of a kind ("gemini", "gemini-tts", "chirp", "veo", "omni"), or the model of an id.

    Raises: NotFound.
    """
    rows = own_table().models
    for column in ("id", "kind"):
        for row in rows:
            if getattr(row, column) == kind_or_id:
                return row
    known = ", ".join(dict.fromkeys(row.kind for row in rows))
    ids = ", ".join(row.id for row in rows)
    raise NotFound(f"Expected a hosted model of a kind among {known}, or one of {ids}; found {kind_or_id!r}.")


def parse_table(text: str) -> HostedTable:
    """A table from its TOML text. Raises: InvalidInput, naming the row."""
    try:
        table = msgspec.convert(tomllib.loads(text), HostedTable)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InvalidInput("hosted models", expected="rows with id, kind, prices, source, date", found=str(error)) from error
    seen: set[str] = set()
    for row in table.models:
        _check(row, seen)
        seen.add(row.id)
    if not table.models:
        raise InvalidInput("hosted models", expected="at least one row", found="none")
    return table


@cache
def own_table() -> HostedTable:
    """The table that comes with AIPROD."""
    return parse_table(files("aiprod.models").joinpath("hosted.toml").read_text(encoding="utf-8"))


def _check(row: HostedModel, seen: set[str]) -> None:
    """What the types of the columns cannot say. Raises: InvalidInput."""
    where = f"hosted model {row.id!r}"
    for name in ("id", "kind", "title", "source"):
        if not getattr(row, name).strip():
            raise InvalidInput(where, expected=f"a {name}", found="none")
    if row.id in seen:
        raise InvalidInput(where, expected="one row an id", found="two")
    prices = [price for price in msgspec.structs.astuple(row.usd) if price is not None]
    if not prices or min(prices) <= 0:
        raise InvalidInput(where, expected="prices above 0", found=str(prices or "none"))
    if row.seconds and (min(row.seconds) < 1 or list(row.seconds) != sorted(set(row.seconds))):
        raise InvalidInput(where, expected="rising lengths in whole seconds", found=str(row.seconds))
    if bool(row.seconds) != bool(row.resolutions and row.aspects):
        raise InvalidInput(where, expected="lengths, resolutions and aspects together", found="only some")
    for resolution in row.resolutions:
        row_price = getattr(row.usd, f"second_{resolution}", None)
        if row_price is None:
            raise InvalidInput(where, expected=f"a price for a second at {resolution}", found="none")
