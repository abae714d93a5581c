"""Work lands once, at one predictable address: rule four of the chain, in one place.

A piece of work whose artefact is there is not done again: its event is delivered again instead. Equal work (same KEY)
that another video or revision paid for is copied.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from aiprod.encoding import from_json, to_json
from aiprod.errors import AlreadyExists, NotFound
from aiprod.events import ObjectFinalized
from aiprod.ledger import Ledger
from aiprod.logs import logger
from aiprod.paths import NOTIFIED, finalized_topic
from aiprod.ports import Objects, Publisher

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Artefacts:
    """Finds, copies or makes artefacts."""

    objects: Objects
    publisher: Publisher
    ledger: Ledger

    def make(self, address: str, key: str, produce: Callable[[], bytes | Path]) -> str:
        """The artefact at `address`, made by `produce` unless it or its equal is there; how it came: "found",
        "copied" or "made"."""
        return self.reuse(address, key) or self.land(address, key, produce())

    def reuse(self, address: str, key: str) -> str:
        """Whether it need not be made: it was "found", or its equal "copied"; "" when neither is there."""
        if self.objects.stat(address) is not None:
            self.announce(address)
            return "found"
        known = self.ledger.known_artefact(key) if key else ""
        if not known or known == address:
            return ""
        try:
            self.copy(known, address)
        except AlreadyExists:
            return "found"
        except NotFound:
            return ""
        logger().info("artefact copied", address=address, source=known)
        return "copied"

    def land(self, address: str, key: str, produced: bytes | Path) -> str:
        """Keep what was made: "made", or "found" when another was first. Raises: NotFound (its video was deleted), StorageFull."""
        if key:  # noted first: whoever is killed in between leaves a KEY that leads nowhere, not work that nobody finds
            self.ledger.remember_artefact(key, address)
        try:
            self._check_wanted(address)
            self.objects.write(address, produced)
            self._remove_orphan(address)
        except AlreadyExists:
            logger().info("artefact made twice", address=address)
            return "found"
        except NotFound:
            if key:
                self.ledger.forget_artefact(key, address)
            raise
        logger().info("artefact made", address=address)
        return "made"

    def copy(self, source: str, address: str) -> None:
        """Copy an equal artefact. Raises: AlreadyExists, NotFound (it is gone, or the video was deleted)."""
        self.objects.copy(source, address)
        self._remove_orphan(address)

    def _check_wanted(self, address: str) -> None:
        """Raises: NotFound, when the video was deleted that an artefact is for."""
        video = address.split("/")[1]
        if self.ledger.is_erased(video):
            raise NotFound(f"Expected the video {video} of {address}, found that it was deleted.")

    def _remove_orphan(self, address: str) -> None:
        """Whoever deletes a video erases its document before its objects: what came in between sees that, and goes too."""
        try:
            self._check_wanted(address)
        except NotFound:
            self.objects.delete(address)
            raise

    def announce(self, address: str) -> None:
        """Deliver an artefact's event again."""
        prefix = address.split("/", 1)[0]
        if prefix in NOTIFIED:
            self.publisher.publish(finalized_topic(prefix), ObjectFinalized(address=address))

    def exists(self, address: str) -> bool:
        """Whether the artefact is there."""
        return self.objects.stat(address) is not None

    def read(self, type_: type[T], address: str) -> T:
        """A manifest. Raises: NotFound, InvalidInput."""
        return from_json(type_, self.objects.read(address), source=address)

    def write_manifest(self, address: str, value: object) -> None:
        """Keep a manifest unless it is there; then its event is delivered again."""
        self.make(address, "", lambda: to_json(value))
