"""Asking a stock library over HTTP, and what its answers mean. Knows no library."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from aiprod.errors import AiprodError, InvalidSetting, NotFound, Permanent, Throttled, Unavailable

MOST_CLIP_BYTES = 400_000_000
MOST_ANSWER_BYTES = 8_000_000
CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 30.0
DOWNLOAD_SECONDS = 300.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """A library's door: `library` is its name for people, `setting` the one that holds its key."""

    library: str
    setting: str
    answer_seconds: float = ANSWER_SECONDS
    download_seconds: float = DOWNLOAD_SECONDS

    def search(self, type_: type[T], url: str, parameters: Mapping[str, str], headers: Mapping[str, str]) -> T:
        """The answer to a search. Raises: Throttled, Unavailable, InvalidSetting, Permanent."""
        body = self._get(url, parameters, headers, self.answer_seconds, MOST_ANSWER_BYTES)
        try:
            return msgspec.json.decode(body, type=type_)
        except msgspec.MsgspecError as error:
            raise Unavailable(f"{self.library} answered what cannot be read ({error}); try again later.") from error

    def download(self, url: str) -> bytes:
        """A clip, whole. Raises: Throttled, Unavailable, Permanent."""
        return self._get(url, {}, {}, self.download_seconds, MOST_CLIP_BYTES)

    def _get(
        self, url: str, parameters: Mapping[str, str], headers: Mapping[str, str], seconds: float, most: int
    ) -> bytes:
        import httpx

        deadline = time.monotonic() + seconds
        received = bytearray()
        try:
            with (
                httpx.Client(timeout=httpx.Timeout(seconds, connect=CONNECT_SECONDS), follow_redirects=True) as client,
                client.stream("GET", url, params=parameters or None, headers=headers) as response,
            ):
                for chunk in response.iter_bytes():
                    received += chunk
                    if len(received) > most:
                        raise Permanent(f"Expected at most {most // 1_000_000} MB from {self.library}, found more.")
                    if time.monotonic() > deadline:
                        raise Unavailable(f"{self.library} took longer than {seconds:.0f} s; try again later.")
                if response.status_code != 200:
                    raise self._meaning(response.status_code, bytes(received[:300]).decode("utf-8", "replace"))
                return bytes(received)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise Permanent(f"{self.library} named an address that cannot be asked ({error}).") from error
        except httpx.HTTPError as error:
            # The address holds the key of some libraries: it is not repeated here.
            raise Unavailable(f"{self.library} did not answer ({type(error).__name__}); try again later.") from error

    def _meaning(self, status: int, said: str) -> AiprodError:
        plain = " ".join(said.split())[:160]
        if status in (401, 403) or (status == 400 and "key" in plain.casefold()):
            return InvalidSetting(
                f"Expected a key that {self.library} accepts in {self.setting}, found another (status {status}: {plain})."
            )
        if status == 429:
            return Throttled(f"{self.library} lets no more requests through for now (status 429); try again later.")
        if status in (404, 410):
            return NotFound(f"{self.library} has it no more (status {status}).")
        if status >= 500 or status == 408:
            return Unavailable(f"{self.library} is out of order (status {status}); try again later.")
        return Permanent(f"{self.library} will not answer this (status {status}: {plain}).")
