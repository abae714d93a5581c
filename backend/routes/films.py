"""What a finished film consists of: the film itself, in ranges, its thumbnail, subtitles, timeline, every other file."""

from pathlib import Path as File
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from fastapi.responses import FileResponse

from aiprod.errors import NotFound
from backend.auth import Person
from backend.deps import SIGNED_IN, Anybody, Given, VideoId, readable
from backend.presenting import film_of, visible
from backend.problems import described
from backend.services import Services

router = APIRouter(
    prefix="/api/v1/videos/{id}", tags=["films"], dependencies=SIGNED_IN, responses=described(401, 403, 404, 422)
)
MEDIA_TYPES = {
    ".mp4": "video/mp4", ".srt": "application/x-subrip", ".vtt": "text/vtt", ".json": "application/json",
    ".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp", ".m4a": "audio/mp4",
}  # fmt: skip
Download = Annotated[bool, Query(description="Whether to save it rather than show it.")]
FileName = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9._-]{0,60}$", examples=["film.mp4"])]


def _file(services: Services, person: Person | None, id: str, name: str, *, download: bool) -> FileResponse:
    entry = readable(services, person, id)
    film = film_of(services, visible(services, person, entry))
    address = film.address(name)
    if not address:
        known = ", ".join(one.name for one in film.exports)
        raise NotFound(f"Expected a file among {known}, found none named {name}.")
    path = services.app.objects.fetch(address, services.app.settings.home_folder / "served")
    return FileResponse(
        path, media_type=MEDIA_TYPES.get(File(name).suffix, "application/octet-stream"), stat_result=path.stat(),
        filename=f"{id}-{name}", content_disposition_type="attachment" if download else "inline",
        headers={"Cache-Control": "public, max-age=60" if entry.public else "private, max-age=60"},
    )  # fmt: skip


@router.get("/film", response_class=FileResponse)
def read_film(services: Given, person: Anybody, id: VideoId, download: Download = False) -> FileResponse:
    """The film, whole or in ranges."""
    return _file(services, person, id, "film.mp4", download=download)


@router.get("/thumbnail", response_class=FileResponse)
def read_thumbnail(services: Given, person: Anybody, id: VideoId) -> FileResponse:
    """The film's best picture."""
    film = film_of(services, visible(services, person, readable(services, person, id)))
    name = next((one.name for one in film.exports if one.name.startswith("thumbnail.")), "thumbnail")
    return _file(services, person, id, name, download=False)


@router.get("/subtitles/{form}", response_class=FileResponse)
def read_subtitles(
    services: Given, person: Anybody, id: VideoId, form: Literal["srt", "vtt"], download: Download = False
) -> FileResponse:
    """What is said, as SubRip or WebVTT."""
    return _file(services, person, id, f"subtitles.{form}", download=download)


@router.get("/timeline", response_class=FileResponse)
def read_timeline(services: Given, person: Anybody, id: VideoId) -> FileResponse:
    """The film in exact time: shots, segments, every word (docs/formats.md)."""
    return _file(services, person, id, "timeline.json", download=False)


@router.get("/files/{name}", response_class=FileResponse)
def read_file(
    services: Given, person: Anybody, id: VideoId, name: FileName, download: Download = False
) -> FileResponse:
    """Any of the film's files, by the names that the video lists."""
    return _file(services, person, id, name, download=download)
