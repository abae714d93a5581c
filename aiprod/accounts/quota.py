"""How many videos an account may have: held when one is asked for, taken when it is completed, else given back.

One document an account, written by compare-and-set, so that requests at the same moment are counted one after the other.
The notify stage settles; whoever finds the account full looks at the videos held as well, so that a lost event costs
nobody a video.
"""

from collections.abc import Callable
from dataclasses import dataclass

from aiprod.compare_and_set import change_as, remove
from aiprod.encoding import from_fields
from aiprod.errors import NotFound, QuotaSpent, Throttled
from aiprod.ledger import Ledger
from aiprod.ports import Clock, Documents
from aiprod.video import ENDS, Status, Video

COLLECTION = "quotas"
ABANDONED_SECONDS = 600.0
"""After which a hold without a video counts as left by a request that died."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What an account may have: videos in all, videos at work at once (0: any number)."""

    videos: int
    at_work: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What an account has had: videos held, each since when (seconds since 1970 UTC), and videos taken."""

    held: dict[str, float]
    taken: tuple[str, ...] = ()

    @property
    def used(self) -> int:
        """How many count now."""
        return len(self.held) + len(set(self.taken) - set(self.held))


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """Counts everybody's videos."""

    documents: Documents
    ledger: Ledger
    clock: Clock

    def usage(self, user: str) -> Usage:
        """What an account has had."""
        self._look(user)
        return self._read(user)

    def hold(self, user: str, video: str, allowance: Allowance) -> None:
        """Reserve a place for a video; holding it again changes nothing. Raises: QuotaSpent, Throttled, Conflict."""
        try:
            self._hold(user, video, allowance)
        except (QuotaSpent, Throttled):
            if not self._look(user):
                raise
            self._hold(user, video, allowance)

    def keep(self, user: str, video: str) -> None:
        """Hold a video that is at work again, whatever the allowance."""
        self._hold(user, video, Allowance(videos=0, at_work=0))

    def give_back(self, user: str, video: str) -> None:
        """Free a place: the video did not come to be."""
        self._change(user, lambda usage: _without(usage, video))

    def settle(self, video: Video) -> None:
        """Count a video that is over: taken if it was completed, else given back. One at work is left as it is."""
        if video.owner and video.status in ENDS:
            change_as(self.documents, COLLECTION, video.owner, Usage, lambda usage: usage and self._settled(usage, video.id))

    def forget(self, user: str) -> None:
        """With the account."""
        remove(self.documents, COLLECTION, user)

    def _hold(self, user: str, video: str, allowance: Allowance) -> None:
        now = self.clock.now()

        def decide(usage: Usage) -> Usage:
            if video in usage.held:
                return usage
            if video not in usage.taken and allowance.videos and usage.used >= allowance.videos:
                raise QuotaSpent(
                    f"Expected fewer than {allowance.videos} videos of this account, found {usage.used}; "
                    "a video that fails or is cancelled while it is made does not count."
                )
            if allowance.at_work and len(usage.held) >= allowance.at_work:
                raise Throttled(
                    f"Expected fewer than {allowance.at_work} videos at work, found {len(usage.held)}; "
                    "ask again when one is finished."
                )
            return Usage(held={**usage.held, video: now}, taken=usage.taken)

        self._change(user, decide)

    def _look(self, user: str) -> bool:
        """Settle every video held that is over; tells whether anything changed."""

        def decide(usage: Usage) -> Usage:
            for video in tuple(usage.held):
                usage = self._settled(usage, video)
            return usage

        before = self._read(user)
        return self._change(user, decide) != before if before.held else False

    def _settled(self, usage: Usage, id: str) -> Usage:
        """As the video is now: read after the document whose version the write will compare."""
        try:
            video = self.ledger.get(id)
        except NotFound:
            abandoned = self.clock.now() - usage.held.get(id, self.clock.now()) > ABANDONED_SECONDS
            return _without(usage, id) if abandoned else usage
        if video.status not in ENDS:
            return usage
        rest = _without(usage, id)
        if video.status is not Status.COMPLETED or id in rest.taken:
            return rest
        return Usage(held=rest.held, taken=(*rest.taken, id))

    def _read(self, user: str) -> Usage:
        found = self.documents.get(COLLECTION, user)
        return from_fields(Usage, found.fields, source="quota") if found else Usage(held={})

    def _change(self, user: str, decide: Callable[[Usage], Usage]) -> Usage:
        def on(usage: Usage | None) -> Usage | None:
            before = usage or Usage(held={})
            after = decide(before)
            return usage if after == before else after

        return change_as(self.documents, COLLECTION, user, Usage, on) or Usage(held={})


def _without(usage: Usage, video: str) -> Usage:
    return Usage(held={id: since for id, since in usage.held.items() if id != video}, taken=usage.taken)
