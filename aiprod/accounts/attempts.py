"""How often something may be tried in a while, by a name: log-ins of an account, registrations of an address.

Knows no user. Names are hashed: the store tells no address and no account.
"""

import hashlib
from dataclasses import dataclass

from aiprod.compare_and_set import change, remove, remove_found
from aiprod.errors import Throttled
from aiprod.ports import Clock, Condition, Documents, Fields

COLLECTION = "attempts"
FORGOTTEN_AT_ONCE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """So many tries in a window of time, for each name of that kind."""

    kind: str
    most: int
    window_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempts:
    """Counts tries."""

    documents: Documents
    clock: Clock

    def count(self, limit: Limit, name: str) -> None:
        """Count a try. Raises: Throttled, when there were too many."""
        now = self.clock.now()

        def decide(fields: Fields | None) -> Fields:
            since = float(str(fields["since"])) if fields else now
            if fields is None or now >= since + limit.window_seconds:
                return {"since": now, "tries": 1, "until": now + limit.window_seconds}
            tries = int(str(fields["tries"]))
            if tries >= limit.most:
                left = max(1, round(since + limit.window_seconds - now))
                sentence = f"Expected at most {limit.most} tries, found more; try again in {left} seconds."
                raise Throttled(sentence, seconds=left)
            return {**fields, "tries": tries + 1}

        id = _id(limit, name)
        if self.documents.get(COLLECTION, id) is None:
            self._forget_expired()
        change(self.documents, COLLECTION, id, decide)

    def forget(self, limit: Limit, name: str) -> None:
        """Start anew, after a success."""
        remove(self.documents, COLLECTION, _id(limit, name))

    def _forget_expired(self) -> None:
        """With each new name some old ones go, so that strangers cannot fill the store."""
        over = Condition(field="until", operator="<=", value=self.clock.now())
        remove_found(self.documents, COLLECTION, [over], limit=FORGOTTEN_AT_ONCE)


def _id(limit: Limit, name: str) -> str:
    return hashlib.sha256(f"{limit.kind}\0{name}".encode()).hexdigest()[:32]
