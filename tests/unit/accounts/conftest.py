"""A store of its own, and a clock that the test moves."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from aiprod.accounts.access_codes import AccessCodes
from aiprod.accounts.attempts import Attempts
from aiprod.accounts.passwords import Passwords
from aiprod.accounts.sessions import Sessions
from aiprod.accounts.tokens import Keyring, SigningKey
from aiprod.accounts.users import Users
from aiprod.adapters.embedded.database import Database
from aiprod.adapters.embedded.documents import EmbeddedDocuments

SECRET = "0123456789abcdef" * 4


@dataclass
class MovableClock:
    """Implements ports.Clock."""

    at: float = 1_790_000_000.0

    def now(self) -> float:
        return self.at


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def documents(tmp_path: Path) -> EmbeddedDocuments:
    return EmbeddedDocuments(database=Database(tmp_path / "store.sqlite3"))


@pytest.fixture
def codes(documents: EmbeddedDocuments, clock: MovableClock) -> AccessCodes:
    return AccessCodes(documents=documents, clock=clock)


@pytest.fixture
def users(documents: EmbeddedDocuments, codes: AccessCodes, clock: MovableClock) -> Users:
    return Users(documents=documents, passwords=Passwords(rounds=4), codes=codes, clock=clock)


@pytest.fixture
def keyring(clock: MovableClock) -> Keyring:
    return Keyring(algorithm="HS256", keys=(SigningKey(id="one", secret=SECRET),), clock=clock)


@pytest.fixture
def sessions(documents: EmbeddedDocuments, users: Users, keyring: Keyring, clock: MovableClock) -> Sessions:
    attempts = Attempts(documents=documents, clock=clock)
    return Sessions(documents=documents, users=users, keyring=keyring, attempts=attempts, clock=clock)
