"""Pexels: clips under the Pexels licence, found by its video search.

Source: www.pexels.com/api/documentation. It asks that authors are credited and Pexels is linked; 200 requests an hour.
"""

import msgspec

from aiprod.errors import EngineMissing
from aiprod.profiles import Shape
from aiprod.visuals.stock.footage import Footage, FootageFile, Query, words_of
from aiprod.visuals.stock.web import Web

URL = "https://api.pexels.com"
SETTING = "AIPROD_PEXELS_KEY"
LOCALES = {"en": "en-US", "fr": "fr-FR", "es": "es-ES", "it": "it-IT", "pt": "pt-BR", "de": "de-DE"}
PAGE = 40


class _User(msgspec.Struct):
    name: str = ""
    url: str = ""


class _File(msgspec.Struct):
    link: str
    file_type: str | None = None
    width: int | None = None
    height: int | None = None


class _Video(msgspec.Struct):
    url: str
    duration: float
    user: _User
    video_files: list[_File]


class _Found(msgspec.Struct):
    videos: list[_Video]


class Pexels:
    """Implements Library."""

    name = "Pexels"

    def __init__(self, key: str, url: str = URL) -> None:
        self._key = key
        self._url = url
        self._web = Web(library=self.name, setting=SETTING)

    def check(self) -> None:
        """Raises: EngineMissing."""
        if not self._key:
            raise EngineMissing(f"Set {SETTING} to a key of Pexels (www.pexels.com/api, free) for its footage.")

    def search(self, query: Query, shape: Shape) -> tuple[Footage, ...]:
        """Raises: Throttled, Unavailable, InvalidSetting, Permanent."""
        parameters = {
            "query": query.text, "locale": LOCALES.get(query.language, "en-US"), "per_page": str(PAGE),
            "orientation": _orientation(shape),
        }  # fmt: skip
        found = self._web.search(_Found, f"{self._url}/videos/search", parameters, {"Authorization": self._key})
        return tuple(footage for video in found.videos if (footage := _footage(video)))

    def download(self, url: str) -> bytes:
        """Raises: Throttled, Unavailable, Permanent."""
        return self._web.download(url)


def _orientation(shape: Shape) -> str:
    if shape.width_px == shape.height_px:
        return "square"
    return "portrait" if shape.height_px > shape.width_px else "landscape"


def _footage(video: _Video) -> Footage | None:
    files = tuple(
        FootageFile(url=file.link, width_px=file.width, height_px=file.height)
        for file in video.video_files if file.width and file.height and file.file_type in (None, "video/mp4")
    )  # fmt: skip
    if not files:
        return None
    return Footage(
        library="Pexels", page=video.url, author=video.user.name or "an author unnamed", author_page=video.user.url,
        licence="Pexels licence", seconds=round(video.duration),
        words=words_of(video.url.rstrip("/").rpartition("/")[2]), files=files,
    )  # fmt: skip
