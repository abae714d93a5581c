"""Pictures, clips and sounds that users bring: sent, listed, looked at, deleted; named by their ids in requests for films."""

import asyncio
import re
import secrets
from contextlib import ExitStack
from pathlib import Path as File
from typing import Annotated, Literal, cast

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import FileResponse

from aiprod.errors import Misuse
from aiprod.uploads import Upload, check_room
from backend.auth import Person
from backend.delivering import MEDIA_TYPES, Delivery, deliver, file_of
from backend.deps import SIGNED_IN, Given, Reader, Writer
from backend.problems import described
from backend.schemas.media import Media, MediaShelf
from backend.services import Services
from backend.uploads.inspection import Inspected, inspect
from backend.uploads.receiving import receive

router = APIRouter(prefix="/api/v1/media", tags=["media"], dependencies=SIGNED_IN)
MEDIA_ID = r"^[0-9a-f]{20}$"
BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
MediaId = Annotated[str, Path(pattern=MEDIA_ID, description="The file's id.", examples=["9c1f0a52be77d3e84410"])]
FileName = Annotated[str, Query(max_length=200, description="What to call it; nothing else follows from it.")]


@router.post("", status_code=201, responses=described(401, 403, 413, 422, 429, 503, 507), openapi_extra=BODY)
async def upload_media(request: Request, response: Response, services: Given, person: Writer, name: FileName = "") -> Media:
    """Bring a picture, a clip or a sound: the file itself is the body. What it is is told by its content."""
    owner, tier = person.user.id, services.tier(person.user)
    await asyncio.to_thread(services.count_request, person.user)
    used = await asyncio.to_thread(services.uploads.used_bytes, owner)
    check_room(used, 1, tier.storage_bytes)
    left = tier.storage_bytes - used if tier.storage_bytes else 0
    spent = f"Expected at most {left / 1e6:.1f} MB, which is the room left to this account, found more; delete some files first."
    with ExitStack() as stack:
        stack.enter_context(services.uploading.taking(owner))
        folder = await asyncio.to_thread(stack.enter_context, services.app.scratch.open("upload"))
        await receive(request.stream(), folder / "sent", left, spent=spent)
        clean = await services.workshop.do(lambda: inspect(folder / "sent", folder))
        upload = _upload(services, clean, name)
        kept = await asyncio.to_thread(
            lambda: services.uploads.keep(owner, upload, clean.file, room_bytes=tier.storage_bytes)
        )
    response.headers["Location"] = f"/api/v1/media/{kept.id}"
    return _shown(kept)


@router.get("", responses=described(401, 403))
def list_media(services: Given, person: Reader) -> MediaShelf:
    """My files, the newest first, and the room that they take."""
    limit = services.tier(person.user).storage_bytes
    return MediaShelf(
        items=[_shown(one) for one in services.uploads.of(person.user.id)],
        used_bytes=services.uploads.used_bytes(person.user.id), limit_bytes=limit or None,
    )  # fmt: skip


@router.get("/{media}", responses=described(401, 403, 404, 422))
def read_media(services: Given, person: Reader, media: MediaId) -> Media:
    """What a file of mine is."""
    return _shown(services.uploads.get(person.user.id, media))


@router.head("/{media}/content", include_in_schema=False)
@router.get("/{media}/content", response_class=FileResponse,
            responses={**file_of(*MEDIA_TYPES.values()), **described(400, 401, 403, 404, 416, 422)})  # fmt: skip
def read_media_content(request: Request, services: Given, person: Reader, media: MediaId) -> Response:
    """A file of mine, as it is used: a picture decoded and encoded again, a clip or a sound in a container of its own."""
    found = services.uploads.get(person.user.id, media)
    delivery = Delivery(address=found.address(person.user.id), name=f"{found.id}{found.suffix}", media_type=found.media_type)
    return deliver(services, request, delivery)


@router.delete("/{media}", status_code=204, responses=described(401, 403, 404, 409, 422))
def delete_media(services: Given, person: Writer, media: MediaId) -> None:
    """Delete a file of mine; films that are finished keep what they show of it."""
    found = services.uploads.get(person.user.id, media)
    for video in _at_work_with(services, person, found.address(person.user.id)):
        raise Misuse(f"Expected a file that no film at work needs, found that {video} does; wait for it or cancel it first.")
    services.uploads.delete(person.user.id, media)


def _at_work_with(services: Services, person: Person, address: str) -> list[str]:
    """Videos at work that need a file."""
    briefs = ((id, services.app.ledger.get(id).brief) for id in services.quota.usage(person.user.id).held)
    return [id for id, one in briefs if address in (one.recording, one.music, *(own.address for own in one.media))]


def _upload(services: Services, clean: Inspected, name: str) -> Upload:
    return Upload(
        id=secrets.token_hex(10), kind=clean.kind, name=_called(name) or f"{clean.kind}{clean.file.suffix}",
        media_type=clean.media_type, suffix=clean.file.suffix, size=clean.file.stat().st_size,
        created_at=services.app.clock.now(), width_px=clean.width_px, height_px=clean.height_px,
        seconds=round(clean.seconds, 3),
    )  # fmt: skip


def _called(name: str) -> str:
    """What people call the file: the last part of a path, without what cannot be printed."""
    last = File(name.replace("\\", "/")).name
    return re.sub(r"\s+", " ", "".join(one for one in last if one.isprintable())).strip()[:120]


def _shown(upload: Upload) -> Media:
    return Media(
        id=upload.id, kind=cast("Literal['picture', 'clip', 'sound']", upload.kind), name=upload.name,
        media_type=upload.media_type, bytes=upload.size, created_at=upload.created_at, width_px=upload.width_px or None,
        height_px=upload.height_px or None, seconds=upload.seconds or None, url=f"/api/v1/media/{upload.id}/content",
    )  # fmt: skip
