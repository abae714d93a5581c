"""The audit trail: who did what, on what, when, from which address. Entries are added, and go when their time is over.

An entry has ids and names of acts, never a text that somebody typed. Ids are in the order of time, the last first.
"""

import secrets
from dataclasses import dataclass

from aiprod.compare_and_set import remove_found
from aiprod.encoding import from_fields, to_fields
from aiprod.ports import Clock, Condition, Documents, Write
from aiprod.units import DAY_SECONDS

COLLECTION = "audit"
_END_OF_TIME = 10**14
_FORGOTTEN_AT_ONCE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Somebody (`user`, "" where nobody is known; `key` where by a program) did something (`act`), or was not let
    (`refused`), on something (`on`), from an address; `detail` is a word more."""

    user: str
    act: str
    on: str = ""
    detail: str = ""
    address: str = ""
    key: str = ""
    refused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An act, when it was (seconds since 1970 UTC), and until when that is kept."""

    id: str
    at: float
    user: str
    act: str
    on: str
    detail: str
    address: str
    key: str
    refused: bool
    expires_at: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries: of a user, of an act, on a thing ("": any)."""

    user: str = ""
    act: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """The trail."""

    documents: Documents
    clock: Clock
    kept_days: int

    def record(self, act: Act) -> None:
        """Add an act."""
        now = self.clock.now()
        id = f"{_END_OF_TIME - int(now * 1000):014d}-{secrets.token_hex(6)}"
        entry = Entry(
            id=id, at=now, user=act.user, act=act.act, on=act.on, detail=act.detail, address=act.address, key=act.key,
            refused=act.refused, expires_at=now + self.kept_days * DAY_SECONDS,
        )  # fmt: skip
        self.documents.commit([Write(collection=COLLECTION, id=id, fields=to_fields(entry), expected=None)])

    def page(self, wanted: Wanted, *, limit: int, after: str = "") -> tuple[Entry, ...]:
        """Entries, the last first; `after` is the last of the page before."""
        chosen = {"user": wanted.user, "act": wanted.act, "on": wanted.on}
        conditions = [Condition(field=name, operator="==", value=value) for name, value in chosen.items() if value]
        found = self.documents.query(COLLECTION, conditions, limit=limit, after=after)
        return tuple(from_fields(Entry, document.fields, source="audit") for document in found)

    def forget_expired(self) -> None:
        """Let go what was kept long enough, where the store does not do so by itself."""
        over = Condition(field="expires_at", operator="<=", value=self.clock.now())
        remove_found(self.documents, COLLECTION, [over], limit=_FORGOTTEN_AT_ONCE)
