"""The SQLite file that the embedded cloud's parts share: connections, transactions, errors. Knows no part's meaning."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aiprod.adapters.disk import disk_error
from aiprod.errors import AiprodError, StorageFull, Unavailable
from aiprod.locks import held

BUSY_SECONDS = 30.0

INDEXED = ("video", "status")
"""Fields of documents by which many are looked for among very many."""

_INDEXES = "".join(
    f"CREATE INDEX IF NOT EXISTS documents_by_{field} ON documents (collection, json_extract(fields, '$.{field}'));\n"
    for field in INDEXED
)
_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
    collection TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, fields TEXT NOT NULL,
    PRIMARY KEY (collection, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS versions (last INTEGER NOT NULL);
INSERT INTO versions SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM versions);
CREATE TABLE IF NOT EXISTS objects (
    address TEXT PRIMARY KEY, size INTEGER NOT NULL, generation INTEGER NOT NULL, crc32c TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, subscription TEXT NOT NULL, payload BLOB NOT NULL,
    priority INTEGER NOT NULL, available_at REAL NOT NULL, published_at REAL NOT NULL,
    lease_owner TEXT NOT NULL DEFAULT '', lease_until REAL NOT NULL DEFAULT 0,
    attempt INTEGER NOT NULL DEFAULT 0, refusals INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS messages_in_order ON messages (subscription, priority DESC, id);
CREATE TABLE IF NOT EXISTS dead_letters (
    id INTEGER PRIMARY KEY, subscription TEXT NOT NULL, payload BLOB NOT NULL, attempt INTEGER NOT NULL,
    reason TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS ticks (name TEXT PRIMARY KEY, next_at REAL NOT NULL) WITHOUT ROWID;
DROP TABLE IF EXISTS executions;
CREATE TABLE IF NOT EXISTS tasks (
    name TEXT PRIMARY KEY, job TEXT NOT NULL, served TEXT NOT NULL, told TEXT NOT NULL, attempt INTEGER NOT NULL,
    owner TEXT NOT NULL, starter TEXT NOT NULL, started_at REAL NOT NULL) WITHOUT ROWID;
"""


class Database:
    """Opens the file once a thread; a forked child opens its own."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._local = threading.local()

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            try:
                self.file.parent.mkdir(parents=True, exist_ok=True)
                with held(self.file.parent):  # of several that make a new file's log at once SQLite refuses some, without waiting
                    connection = sqlite3.connect(self.file, timeout=BUSY_SECONDS, isolation_level=None)
                    connection.execute("PRAGMA journal_mode = WAL")
                    connection.execute("PRAGMA synchronous = NORMAL")
                    connection.executescript(_SCHEMA + _INDEXES)
            except OSError as error:
                raise disk_error(error, f"opening {self.file}") from error
            except sqlite3.Error as error:
                raise _ours(error, self.file) from error
            self._local.connection = connection
        return connection

    def read(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """Rows of a query, outside of any transaction of ours."""
        try:
            return self._connection().execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise _ours(error, self.file) from error

    def version(self) -> int:
        """A number that is another one when another thread or process has written since: far cheaper than a query."""
        return int(str(self.read("PRAGMA data_version")[0][0]))

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A write transaction, committed at the end, rolled back by any error."""
        connection = self._connection()
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                if connection.in_transaction:  # SQLite itself undoes one that a full disk broke off
                    connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise _ours(error, self.file) from error

    def close(self) -> None:
        """Close this thread's connection."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None


def _ours(error: sqlite3.Error, file: Path) -> AiprodError:
    if "full" in str(error):
        return StorageFull(f"No room is left on the disk for {file.name}; free some space, then resume.")
    return Unavailable(f"The store {file} did not answer: {error}.")
