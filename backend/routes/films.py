"""What a finished film consists of: the film itself, in ranges, its thumbnail, subtitles, timeline, every other file."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import FileResponse, Response

from aiprod.errors import NotFound
from aiprod.manifests import FilmManifest
from aiprod.video import Clip, clip_id
from backend.auth import Person
from backend.delivering import KEPT_AS, MEDIA_TYPES, Delivery, deliver, file_of
from backend.deps import SIGNED_IN, Anybody, Given, SceneNumber, VideoId, readable
from backend.films import finished_revision
from backend.presenting import may_see_all, visible
from backend.problems import described
from backend.routing import Route
from backend.services import Services

router = APIRouter(
    route_class=Route, prefix="/api/v1/videos/{id}", tags=["films"], dependencies=SIGNED_IN,
    responses=described(400, 401, 403, 404, 416, 422)
)
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
    return asked.services.films.of(visible(asked.services, asked.person, entry)), entry.public


def _file(asked: Wanted, name: str, *, download: bool) -> Response:
    film, public = _film(asked)
    address = film.address(name)
    if not address:
        known = ", ".join(one.name for one in film.exports)
        raise NotFound(f"Expected a file among {known}, found none named {name}.")
    delivery = Delivery(address=address, name=f"{asked.id}-{name}", public=public, save=download)
    return deliver(asked.services, asked.request, delivery)


@router.head("/film", include_in_schema=False)
@router.get("/film", response_class=FileResponse, responses=file_of("video/mp4"))
def read_film(asked: Asked, download: Download = False) -> Response:
    """The film, whole or in ranges."""
    return _file(asked, "film.mp4", download=download)


@router.head("/thumbnail", include_in_schema=False)
@router.get("/thumbnail", response_class=FileResponse, responses=file_of("image/jpeg", "image/png", "image/webp"))
def read_thumbnail(asked: Asked) -> Response:
    """The film's best picture."""
    film, _ = _film(asked)
    name = next((one.name for one in film.exports if one.name.startswith("thumbnail.")), "thumbnail")
    return _file(asked, name, download=False)


@router.head("/subtitles/{form}", include_in_schema=False)
@router.get("/subtitles/{form}", response_class=FileResponse, responses=file_of("application/x-subrip", "text/vtt"))
def read_subtitles(asked: Asked, form: Literal["srt", "vtt"], download: Download = False) -> Response:
    """What is said, as SubRip or WebVTT."""
    return _file(asked, f"subtitles.{form}", download=download)


@router.head("/timeline", include_in_schema=False)
@router.get("/timeline", response_class=FileResponse, responses=file_of("application/json"))
def read_timeline(asked: Asked) -> Response:
    """The film in exact time: shots, segments, every word (docs/formats.md)."""
    return _file(asked, "timeline.json", download=False)


@router.get("/scenes/{scene}/picture", response_class=Response,
            responses={200: file_of("image/jpeg")[200], 304: file_of()[304], **described(429, 503)})  # fmt: skip
async def read_scene_picture(asked: Asked, scene: SceneNumber) -> Response:
    """The picture of a scene, as soon as its clip is there, before there is a film."""
    clip, public = await asyncio.to_thread(_clip, asked, scene)
    name, work = asked.services.previews.scene(clip)
    headers = {"ETag": f'"{name}"', "Cache-Control": f"{'public' if public else 'private'}, {KEPT_AS}"}
    if headers["ETag"] in asked.request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    content = asked.services.previews.kept(name) or await asked.services.previews.make(name, work)
    return Response(content, media_type="image/jpeg", headers=headers)


def _clip(asked: Wanted, scene: int) -> tuple[Clip, bool]:
    """The newest clip of a scene that they may see, and whether everybody may. Raises: NotFound."""
    entry = readable(asked.services, asked.person, asked.id)
    video = visible(asked.services, asked.person, entry)
    newest = video.revision if may_see_all(asked.person, entry) else finished_revision(video)
    for revision in range(newest, 0, -1):
        with suppress(NotFound):
            clip = asked.services.app.ledger.clip(clip_id(video.id, revision, scene))
            if clip.address:
                return clip, entry.public
    raise NotFound(f"Expected the picture of scene {scene}, found that it is not there yet, or no such scene.")


@router.head("/files/{name}", include_in_schema=False)
@router.get("/files/{name}", response_class=FileResponse, responses=file_of(*MEDIA_TYPES.values()))
def read_file(asked: Asked, name: FileName, download: Download = False) -> Response:
    """Any of the film's files, by the names that the video lists."""
    return _file(asked, name, download=download)
