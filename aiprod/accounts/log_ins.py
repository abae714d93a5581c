"""How often somebody may try to log in, so that guessing is slow and nobody can lock another out.

Tries are counted for each account and address together, and more softly for the account alone; from an address where its
owner signed in before, the softer count does not stop them. Knows no password.
"""

import hashlib
from dataclasses import dataclass
from typing import Final

from aiprod.accounts.attempts import Attempts, Limit
from aiprod.compare_and_set import change, remove_found
from aiprod.ports import Condition, Fields
from aiprod.units import DAY_SECONDS

KNOWN: Final = "known_addresses"
KNOWN_SECONDS: Final = 90.0 * DAY_SECONDS
FORGOTTEN_AT_ONCE: Final = 4

OF_AN_ADDRESS: Final = Limit(kind="log-in address", most=50, window_seconds=900.0)
OF_AN_ACCOUNT_HERE: Final = Limit(kind="log-in account here", most=10, window_seconds=900.0)
OF_AN_ACCOUNT: Final = Limit(kind="log-in account", most=100, window_seconds=900.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogIns:
    """Counts log-ins."""

    attempts: Attempts

    def count(self, account: str, address: str) -> None:
        """Count a try. Raises: Throttled, when there were too many."""
        self.attempts.count(OF_AN_ADDRESS, address)
        self.attempts.count(OF_AN_ACCOUNT_HERE, _pair(account, address))
        if not self._is_known(account, address):
            self.attempts.count(OF_AN_ACCOUNT, account)

    def succeed(self, account: str, address: str) -> None:
        """Start anew here, and know the address from now on."""
        self.attempts.forget(OF_AN_ACCOUNT_HERE, _pair(account, address))
        documents, now = self.attempts.documents, self.attempts.clock.now()
        known: Fields = {"until": now + KNOWN_SECONDS}

        def decide(fields: Fields | None) -> Fields:
            return fields if fields and float(str(fields["until"])) > now + KNOWN_SECONDS / 2 else known

        if change(documents, KNOWN, _id(account, address), decide) is known:
            over = Condition(field="until", operator="<=", value=now)
            remove_found(documents, KNOWN, [over], limit=FORGOTTEN_AT_ONCE)

    def _is_known(self, account: str, address: str) -> bool:
        found = self.attempts.documents.get(KNOWN, _id(account, address))
        return found is not None and float(str(found.fields["until"])) > self.attempts.clock.now()


def _pair(account: str, address: str) -> str:
    return f"{account}\0{address}"


def _id(account: str, address: str) -> str:
    return hashlib.sha256(_pair(account, address).encode()).hexdigest()[:32]
