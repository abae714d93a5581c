"""The embedded cloud's file, opened for the first time, and when the disk is full."""

import threading
from pathlib import Path

import pytest

from aiprod.adapters.embedded.database import Database
from aiprod.errors import AiprodError, StorageFull

OPENERS = 8


def test_everybody_gets_a_new_store_that_many_open_at_once(tmp_path: Path) -> None:
    refused: list[AiprodError] = []
    for number in range(100):  # without waiting for one another, one of twelve times somebody is refused
        database = Database(tmp_path / f"{number}.sqlite3")
        start = threading.Barrier(OPENERS)

        def read(database: Database = database, start: threading.Barrier = start) -> None:
            start.wait()
            try:
                assert database.read("SELECT count(*) FROM messages") == [(0,)]
            except AiprodError as error:
                refused.append(error)

        openers = [threading.Thread(target=read) for _ in range(OPENERS)]
        for opener in openers:
            opener.start()
        for opener in openers:
            opener.join()
    assert refused == []


def test_a_full_disk_is_told_as_such_and_what_was_begun_is_undone(tmp_path: Path) -> None:
    database = Database(tmp_path / "store.sqlite3")
    pages = int(str(database.read("PRAGMA page_count")[0][0]))
    with database.transaction() as connection:
        connection.execute("INSERT INTO ticks VALUES ('before', 1)")
    database.read(f"PRAGMA max_page_count = {pages + 4}")

    def write() -> None:
        with database.transaction() as connection:
            connection.execute("INSERT INTO ticks VALUES ('begun', 1)")
            connection.execute("INSERT INTO ticks VALUES (?, 1)", ("x" * 100_000,))

    with pytest.raises(StorageFull, match="No room is left on the disk"):
        write()
    assert database.read("SELECT name FROM ticks") == [("before",)]
