"""What a finished film consists of: the film itself, in ranges, its thumbnail, subtitles, timeline, every other file."""

from dataclasses import dataclass
from pathlib import Path as File
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import FileResponse, Response

from aiprod.errors import NotFound
from aiprod.manifests import FilmManifest
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
KEPT_AS = "no-cache"
"""Browsers may keep files and ask each time whether they are still those: a new revision has the same addresses."""
Download = Annotated[bool, Query(description="Whether to save it rather than show it.")]
FileName = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9._-]{0,60}$", examples=["film.mp4"])]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A file of a film, and who wants it."""

    services: Services
    request: Request
    person: Person | None
    id: str


def wanted(services: Given, request: Request, person: Anybody, id: VideoId) -> Wanted:
    """What every route here is given."""
    return Wanted(services=services, request=request, person=person, id=id)


Asked = Annotated[Wanted, Depends(wanted)]


def _film(asked: Wanted) -> tuple[FilmManifest, bool]:
    """The film's manifest, and whether everybody may see it. Raises: NotFound."""
    entry = readable(asked.services, asked.person, asked.id)
    return film_of(asked.services, visible(asked.services, asked.person, entry)), entry.public


def _file(asked: Wanted, name: str, *, download: bool) -> Response:
    film, public = _film(asked)
    address = film.address(name)
    if not address:
        known = ", ".join(one.name for one in film.exports)
        raise NotFound(f"Expected a file among {known}, found none named {name}.")
    app = asked.services.app
    path = app.objects.fetch(address, app.settings.home_folder / "served")
    response = FileResponse(
        path, media_type=MEDIA_TYPES.get(File(name).suffix, "application/octet-stream"), stat_result=path.stat(),
        filename=f"{asked.id}-{name}", content_disposition_type="attachment" if download else "inline",
        headers={"Cache-Control": f"{'public' if public else 'private'}, {KEPT_AS}"},
    )  # fmt: skip
    tags = [tag.strip().removeprefix("W/") for tag in asked.request.headers.get("if-none-match", "").split(",")]
    if response.headers["etag"] in tags:
        kept = ("etag", "cache-control", "last-modified")
        return Response(status_code=304, headers={name: response.headers[name] for name in kept})
    return response


@router.head("/film", include_in_schema=False)
@router.get("/film", response_class=FileResponse)
def read_film(asked: Asked, download: Download = False) -> Response:
    """The film, whole or in ranges."""
    return _file(asked, "film.mp4", download=download)


@router.head("/thumbnail", include_in_schema=False)
@router.get("/thumbnail", response_class=FileResponse)
def read_thumbnail(asked: Asked) -> Response:
    """The film's best picture."""
    film, _ = _film(asked)
    name = next((one.name for one in film.exports if one.name.startswith("thumbnail.")), "thumbnail")
    return _file(asked, name, download=False)


@router.head("/subtitles/{form}", include_in_schema=False)
@router.get("/subtitles/{form}", response_class=FileResponse)
def read_subtitles(asked: Asked, form: Literal["srt", "vtt"], download: Download = False) -> Response:
    """What is said, as SubRip or WebVTT."""
    return _file(asked, f"subtitles.{form}", download=download)


@router.head("/timeline", include_in_schema=False)
@router.get("/timeline", response_class=FileResponse)
def read_timeline(asked: Asked) -> Response:
    """The film in exact time: shots, segments, every word (docs/formats.md)."""
    return _file(asked, "timeline.json", download=False)


@router.head("/files/{name}", include_in_schema=False)
@router.get("/files/{name}", response_class=FileResponse)
def read_file(asked: Asked, name: FileName, download: Download = False) -> Response:
    """Any of the film's files, by the names that the video lists."""
    return _file(asked, name, download=download)
