"""Files from web servers: several at once, each gone on with where it stopped and hashed while it arrives.

Knows HTTP; which address, which folder and which digest are the caller's business. A file under way is `NAME.part`
beside its place, with the server's mark of its content in `NAME.part.mark`.
"""

import hashlib
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiprod.models.sources import Got, SourceFailed, Tell
from aiprod.models.sources.addresses import Wanted
from aiprod.models.sources.deadlines import Deadline

if TYPE_CHECKING:
    import httpx

PIECE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a server is borne with: `tries` in a row that bring nothing, and a window within which its answer begins and over
    which it has a least speed."""

    connect_seconds: float = 4.0
    read_seconds: float = 30.0
    tries: int = 4
    pause_seconds: float = 0.5
    window_seconds: float = 60.0
    least_bytes_a_second: int = 20_000
    at_once: int = 4


class Interrupted(Exception):
    """The server stopped or said that it is busy; what came so far is kept."""


def download_all(
    wanted: Sequence[Wanted], folder: Path, tell: Tell, patience: Patience | None = None,
    settle: Callable[[str, Got], Got] = lambda _path, got: got,
) -> dict[str, Got]:  # fmt: skip
    """Put the files into `folder`; `settle` is told of each that is whole and right, and what becomes of it.

    Raises: SourceFailed, with the first file's reason; what came stays for later.
    """
    import httpx

    bearing = patience or Patience()
    tally = _Tally(tell)
    timeout = httpx.Timeout(bearing.read_seconds, connect=bearing.connect_seconds)
    with (
        httpx.Client(timeout=timeout, follow_redirects=True, limits=httpx.Limits(max_keepalive_connections=0)) as client,
        ThreadPoolExecutor(bearing.at_once, thread_name_prefix="download") as pool,
    ):
        downloads = [_Download(one, folder / one.file.path, client, tally, bearing) for one in wanted]
        started = [pool.submit(lambda one=one: settle(one.file.path, one.run())) for one in downloads]  # type: ignore[misc]
        try:
            wait(started, return_when=FIRST_EXCEPTION)
        finally:
            tally.stopping.set()
            for future in started:
                future.cancel()
        for future in started:
            if not future.cancelled() and future.done() and (error := future.exception()) is not None:
                raise error
        return {one.file.path: future.result() for one, future in zip(wanted, started, strict=True)}


@dataclass
class _Tally:
    """Tells of all files together; `stopping` ends those still under way when one has failed."""

    tell: Tell
    stopping: threading.Event = field(default_factory=threading.Event)
    had: dict[str, int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, path: str, have: int) -> None:
        with self.lock:
            self.had[path] = have
            self.tell(sum(self.had.values()))


class _Download:
    """One file on its way."""

    def __init__(self, wanted: Wanted, target: Path, client: "httpx.Client", tally: _Tally, patience: Patience) -> None:
        self.file = wanted.file
        self.wanted = wanted
        self.target = target
        self.part = target.with_name(target.name + ".part")
        self.mark = target.with_name(target.name + ".part.mark")
        self.client = client
        self.tally = tally
        self.patience = patience
        self.host = urlsplit(wanted.address).hostname or wanted.address
        self.stated = ""
        self.have = 0
        self.digest = hashlib.sha256()
        self.joined = False  # whether what is there came from more than one answer

    def run(self) -> Got:
        """Try until it is whole. Raises: SourceFailed."""
        self.target.parent.mkdir(parents=True, exist_ok=True)
        if self._is_whole():
            return Got(size=self.have, sha256=self.digest.hexdigest())
        self._go_on_from_disk()
        idle = 0
        while True:
            before = self.have
            if self.tally.stopping.is_set():
                raise SourceFailed(f"{self.file.path} was left, for another file failed")
            try:
                self._attempt()
                if self.file.size and self.have < self.file.size:
                    raise Interrupted(f"{self.host} stopped after {self.have} of {self.file.size} bytes of {self.file.path}")
                return self._finish()
            except Interrupted as error:
                idle = 0 if self.have > before else idle + 1
                if idle >= self.patience.tries:
                    raise SourceFailed(str(error)) from error
                self.tally.stopping.wait(self.patience.pause_seconds * idle)

    def _is_whole(self) -> bool:
        """Whether an earlier fetch left the file, with the digest that is wanted."""
        if not (self.file.sha256 and self.target.is_file()):
            return False
        self._hash(self.target)
        return self.digest.hexdigest() == self.file.sha256

    def _go_on_from_disk(self) -> None:
        """What an earlier fetch left is gone on with where its end can be checked, by a digest or by the server's mark."""
        self._forget()
        checkable = bool(self.file.sha256) or self.mark.exists()
        if self.part.is_file() and checkable and (not self.file.size or self.part.stat().st_size <= self.file.size):
            self._hash(self.part)
            self.joined = True
            self.tally.count(self.file.path, self.have)
        else:
            self._discard()

    def _hash(self, path: Path) -> None:
        self._forget()
        with path.open("rb") as content:
            while piece := content.read(PIECE_BYTES):
                self.digest.update(piece)
                self.have += len(piece)

    def _forget(self) -> None:
        self.have, self.digest, self.joined = 0, hashlib.sha256(), False

    def _discard(self) -> None:
        self._forget()
        self.part.unlink(missing_ok=True)
        self.mark.unlink(missing_ok=True)

    def _attempt(self) -> None:
        """Ask once and take what comes. Raises: SourceFailed, Interrupted."""
        import httpx

        if self.file.size and self.have == self.file.size:
            return
        headers = {"Accept-Encoding": "identity", **self.wanted.headers}
        if self.have and not (self.file.sha256 or self.stated or self.mark.exists()):
            self._discard()  # nothing could tell whether the rest belongs to what is here
        if self.have:
            headers["Range"] = f"bytes={self.have}-"
            if self.mark.exists():
                headers["If-Range"] = self.mark.read_text(encoding="ascii")
        deadline = Deadline(self.patience.window_seconds)
        try:
            with deadline, self.client.stream("GET", self.wanted.address, headers=headers, extensions=deadline.extensions) as response:
                deadline.meet()
                self._check_answer(response)
                self._take(response)
        except (httpx.UnsupportedProtocol, httpx.InvalidURL, httpx.TooManyRedirects) as error:
            raise SourceFailed(f"{self.wanted.address} is no address that can be asked") from error
        except httpx.HTTPError as error:
            if deadline.passed:
                raise SourceFailed(f"{self.host} begins to answer for {self.file.path} too slowly") from error
            raise Interrupted(f"{self.host} could not be reached for {self.file.path} ({_reason(error)})") from error

    def _check_answer(self, response: "httpx.Response") -> None:
        """Whether it is the file, before its gigabytes are taken. Raises: SourceFailed, Interrupted."""
        status, path = response.status_code, self.file.path
        if status == 416:
            have = self.have
            self._discard()
            raise Interrupted(f"{self.host} would not go on with {path} from byte {have}")
        if status in (401, 403):
            raise SourceFailed(f"{self.host} answered {status} for {path}: it wants a token, or its terms accepted first")
        if status in (408, 425, 429) or status >= 500:
            raise Interrupted(f"{self.host} answered {status} for {path}")
        if status not in (200, 206):
            raise SourceFailed(f"{self.host} answered {status} for {path}")
        if status == 200 and self.have:
            self._discard()
        self.stated = _stated_digest(response) or self.stated
        if self.stated and self.file.sha256 and self.stated != self.file.sha256:
            raise SourceFailed(f"{self.host} states another SHA-256 for {path}, refused")
        total = self._stated_size(response)
        if self.file.size and total is not None and total != self.file.size:
            self._discard()
            raise SourceFailed(f"{self.host} gives {path} as {total} bytes, expected {self.file.size}, refused")
        self.joined = self.joined or status == 206
        mark = response.headers.get("ETag", "")
        if mark.startswith('"') and mark.isascii():
            self.mark.write_text(mark, encoding="ascii")

    def _stated_size(self, response: "httpx.Response") -> int | None:
        """The whole file's size as the answer tells it. Raises: SourceFailed (it goes on from elsewhere)."""
        if response.status_code == 206:
            span, _, total = response.headers.get("Content-Range", "").removeprefix("bytes ").partition("/")
            if span.partition("-")[0] != str(self.have):
                self._discard()
                raise SourceFailed(f"{self.host} goes on with {self.file.path} from another byte than asked")
            return int(total) if total.isdigit() else None
        length = response.headers.get("Content-Length", "")
        return int(length) if length.isdigit() else None

    def _take(self, response: "httpx.Response") -> None:
        """Write what comes. Raises: SourceFailed (too much, too slow)."""
        window, window_bytes = monotonic(), 0
        with self.part.open("r+b" if self.have else "wb") as out:
            out.seek(self.have)
            out.truncate()
            for piece in response.iter_raw():
                if self.tally.stopping.is_set():
                    return
                if self.file.size and self.have + len(piece) > self.file.size:
                    self._discard()
                    raise SourceFailed(f"{self.host} gave more than the {self.file.size} bytes of {self.file.path}, refused")
                out.write(piece)
                self.digest.update(piece)
                self.have += len(piece)
                window_bytes += len(piece)
                self.tally.count(self.file.path, self.have)
                passed = monotonic() - window
                if passed >= self.patience.window_seconds:
                    if window_bytes < passed * self.patience.least_bytes_a_second:
                        raise SourceFailed(f"{self.host} sends {self.file.path} at {window_bytes / passed / 1000:.1f} kB/s, too slowly")
                    window, window_bytes = monotonic(), 0

    def _finish(self) -> Got:
        """Raises: SourceFailed (other content), Interrupted (other content, part of which came earlier)."""
        found, wanted = self.digest.hexdigest(), self.file.sha256 or self.stated
        if self.tally.stopping.is_set():
            raise SourceFailed(f"{self.file.path} was left, for another file failed")
        if wanted and found != wanted:
            joined = self.joined
            self._discard()
            if joined:
                raise Interrupted(f"{self.host} changed {self.file.path} between two answers")
            raise SourceFailed(f"{self.host} gave {self.file.path} with another SHA-256, refused")
        self.part.replace(self.target)
        self.mark.unlink(missing_ok=True)
        return Got(size=self.have, sha256=found)


def _stated_digest(response: "httpx.Response") -> str:
    """The SHA-256 that a hub states of a large file, on the way to where it lies."""
    for answer in (*response.history, response):
        said = str(answer.headers.get("X-Linked-ETag", "")).strip('"')
        if len(said) == 64 and set(said) <= set("0123456789abcdef"):
            return said
    return ""


def _reason(error: Exception) -> str:
    """What went wrong, in a few words."""
    import httpx

    if isinstance(error, httpx.TimeoutException):
        return "no answer in time"
    if isinstance(error, httpx.ConnectError):
        return "no connection"
    if isinstance(error, httpx.RemoteProtocolError):
        return "the connection was cut"
    return type(error).__name__
