"""What is paid is kept for its video, and a book that cannot be written loses no work."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from aiprod.adapters.embedded.database import Database
from aiprod.adapters.embedded.documents import EmbeddedDocuments
from aiprod.bootstrap import SystemClock
from aiprod.errors import Unavailable
from aiprod.expenses import Expense, Expenses
from aiprod.logs import configure, context
from aiprod.ports import Write

VOICE = Expense(engine="chirp", model="chirp-3-hd", bought="34 characters", usd=0.00102)
WRITER = Expense(engine="gemini", model="gemini-9", bought="900 tokens in, 1,200 out", usd=0.005)


class Unreachable(EmbeddedDocuments):
    """Documents that cannot be written now."""

    def commit(self, writes: Sequence[Write]) -> None:
        raise Unavailable("The database does not answer.")


@pytest.fixture
def book(tmp_path: Path) -> Expenses:
    return Expenses(documents=EmbeddedDocuments(database=Database(tmp_path / "store.sqlite3")), clock=SystemClock())


def test_each_video_has_its_own_payments_in_order(book: Expenses) -> None:
    with context(video="v1"):
        book.record(WRITER)
        book.record(VOICE)
    with context(video="v2"):
        book.record(VOICE)
    assert book.of("v1") == (WRITER, VOICE)
    assert book.total_usd("v1") == pytest.approx(0.00602)
    assert book.total_usd("v2") == pytest.approx(0.00102)


def test_the_same_payment_twice_is_two_payments(book: Expenses) -> None:
    with context(video="v1"):
        book.record(VOICE)
        book.record(VOICE)
    assert book.of("v1") == (VOICE, VOICE)


def test_a_book_that_cannot_be_written_loses_nothing_that_was_paid_for(tmp_path: Path) -> None:
    configure("info", tmp_path / "log")
    shut = Expenses(documents=Unreachable(database=Database(tmp_path / "store.sqlite3")), clock=SystemClock())
    with context(video="v1"):
        shut.record(VOICE)
    lines = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert [line["event"] for line in lines] == ["paid", "payment not written down"]
    assert {line["usd"] for line in lines} == {0.00102}
    assert {line["video"] for line in lines} == {"v1"}
