"""A video's progress as it happens, by Server-Sent Events. Knows how to go on where a connection broke."""

import math
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from aiprod.client.bodies import Progress
from aiprod.client.connection import Call, Connection
from aiprod.encoding import from_json
from aiprod.errors import Unavailable
from aiprod.logs import logger

PAUSE_SECONDS = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """An event of the stream; one without a name is a sign of life."""

    event: str = ""
    data: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """Videos while they are made."""

    connection: Connection

    def watch(self, id: str, *, after: int = -1, seconds: float = math.inf) -> Iterator[Progress]:
        """Each change of a video from the sequence number `after` on, for about so many seconds or until it is deleted.

        Raises: Problem.
        """
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                for message in self._listen(id, after):
                    if message.event == "progress":
                        progress = from_json(Progress, message.data, source="event")
                        after = progress.sequence
                        yield progress
                    if message.event == "gone" or time.monotonic() > until:
                        return
            except Unavailable as error:
                logger().info("listening again", reason=str(error))
            self.connection.pause(PAUSE_SECONDS)

    def wait(self, id: str, *, seconds: float = math.inf) -> Progress:
        """The progress of a video with which nothing more will happen. Raises: Problem, Unavailable (not in time)."""
        last = None
        for last in self.watch(id, seconds=seconds):
            if last.over:
                return last
        raise Unavailable(f"Expected the video {id} to be finished, found it {last.status if last else 'gone'}.")

    def _listen(self, id: str, after: int) -> Iterator[Message]:
        call = Call("GET", "/api/v1/videos/{id}/events", parts={"id": id}, query={"after": after})
        with self.connection.stream(call) as response:
            yield from read_messages(response.iter_lines())


def read_messages(lines: Iterable[str]) -> Iterator[Message]:
    """The events of a stream's lines."""
    event, data = "", list[str]()
    for line in lines:
        name, _, value = line.partition(":")
        if not line:
            yield Message(event=event, data="\n".join(data))
            event, data = "", []
        elif name == "event":
            event = value.removeprefix(" ")
        elif name == "data":
            data.append(value.removeprefix(" "))
