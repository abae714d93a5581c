"""The embedded cloud's file, opened for the first time."""

import threading
from pathlib import Path

from aiprod.adapters.embedded.database import Database
from aiprod.errors import AiprodError

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
