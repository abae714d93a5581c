"""Events of the embedded cloud that nobody can read, and a clock that is put back."""

import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from aiprod.adapters.embedded.database import Database
from aiprod.adapters.embedded.messages import EmbeddedMessages
from aiprod.events import ClipRequested, SweepTicked

EVENT = ClipRequested(video="v", revision=1, scene=3)
OF_ANOTHER_VERSION = b'{"content":{"video":"v"},"type":"ClipForgotten"}'


@dataclass
class SetClock:
    """Says what it was set to."""

    at: float

    def now(self) -> float:
        return self.at


@pytest.fixture
def clock() -> SetClock:
    return SetClock(time.time())


@pytest.fixture
def messages(tmp_path: Path, clock: SetClock) -> EmbeddedMessages:
    return EmbeddedMessages(database=Database(tmp_path / "store.sqlite3"), clock=clock)


def test_an_event_that_cannot_be_read_becomes_a_dead_letter_and_stops_no_worker(messages: EmbeddedMessages) -> None:
    messages.publish("render-cpu", EVENT)
    with messages.database.transaction() as connection:
        connection.execute("UPDATE messages SET payload = ?", (OF_ANOTHER_VERSION,))
    messages.publish("render-cpu", EVENT)
    pulled = [messages.pull("render-cpu", lease_seconds=9.0) for _ in range(2)]
    assert [delivery.event for delivery in pulled if delivery] == [EVENT]
    (letter,) = messages.dead_letters()
    assert letter.event is None and "cannot be read" in letter.reason
    messages.replay(letter.id)
    assert messages.pull("render-cpu", lease_seconds=9.0) is None
    assert len(messages.dead_letters()) == 1


def test_the_scheduler_goes_on_ticking_when_the_clock_is_put_back(messages: EmbeddedMessages, clock: SetClock) -> None:
    def tick() -> bool:
        return messages.tick("sweep", "sweeps", SweepTicked(at=clock.at), every_seconds=20.0)

    assert tick()
    clock.at -= 3600.0
    assert tick()
    clock.at += 19.0
    assert not tick()
    clock.at += 1.0
    assert tick()
