"""Pixabay: clips under the Pixabay content licence, found by its video search.

Source: pixabay.com/api/docs. It asks that users are shown where clips are from; 100 requests a minute, and
the same is asked for again only after a day (`answers.py`).
"""

import msgspec

from aiprod.errors import EngineMissing
from aiprod.profiles import Shape
from aiprod.visuals.stock.footage import Footage, FootageFile, Query, words_of
from aiprod.visuals.stock.web import Web

URL = "https://pixabay.com"
SETTING = "AIPROD_PIXABAY_KEY"
PAGE = 40
LONGEST_QUERY = 100


class _File(msgspec.Struct):
    url: str = ""
    width: int = 0
    height: int = 0


class _Hit(msgspec.Struct):
    duration: float
    videos: dict[str, _File]
    pageURL: str = ""  # noqa: N815  Pixabay's own name
    tags: str = ""
    user: str = ""
    user_id: int = 0


class _Found(msgspec.Struct):
    hits: list[_Hit]


class Pixabay:
    """Implements Library."""

    name = "Pixabay"

    def __init__(self, key: str, url: str = URL) -> None:
        self._key = key
        self._url = url
        self._web = Web(library=self.name, setting=SETTING)

    def check(self) -> None:
        """Raises: EngineMissing."""
        if not self._key:
            raise EngineMissing(f"Set {SETTING} to a key of Pixabay (pixabay.com/api/docs, free) for its footage.")

    def search(self, query: Query, shape: Shape) -> tuple[Footage, ...]:  # noqa: ARG002  it cannot be told shapes
        """Raises: Throttled, Unavailable, InvalidSetting, Permanent."""
        parameters = {
            "key": self._key, "q": query.text[:LONGEST_QUERY], "lang": query.language, "video_type": "film",
            "safesearch": "true", "per_page": str(PAGE),
        }  # fmt: skip
        found = self._web.search(_Found, f"{self._url}/api/videos/", parameters, {})
        return tuple(footage for hit in found.hits if (footage := _footage(hit, query.language)))

    def download(self, url: str) -> bytes:
        """Raises: Throttled, Unavailable, Permanent."""
        return self._web.download(url)


def _footage(hit: _Hit, language: str) -> Footage | None:
    files = tuple(
        FootageFile(url=file.url, width_px=file.width, height_px=file.height)
        for file in hit.videos.values() if file.url and file.width and file.height
    )  # fmt: skip
    if not files:
        return None
    author_page = f"https://pixabay.com/users/{hit.user_id}/" if hit.user_id else ""
    return Footage(
        library="Pixabay", page=hit.pageURL, author=hit.user or "an author unnamed", author_page=author_page,
        licence="Pixabay content licence", seconds=round(hit.duration),
        words=words_of(hit.tags) if language == "en" else frozenset(), files=files,
    )  # fmt: skip
