"""Pictures, clips and sounds that users bring: sent, listed, looked at, deleted; named by their ids in requests for films."""

import asyncio
import re
import secrets
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path as File
from typing import Annotated, Literal, cast

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import FileResponse

from aiprod.accounts.users import User
from aiprod.errors import InvalidInput, Misuse
from aiprod.uploads import PART, Upload, check_room
from backend.auth import Person
from backend.delivering import MEDIA_TYPES, Delivery, deliver, file_of
from backend.deps import SIGNED_IN, Given, Reader, Writer
from backend.problems import described
from backend.routing import Route
from backend.schemas.media import Media, MediaPart, MediaShelf, MediaWhole
from backend.services import Services
from backend.uploads.inspection import Inspected, inspect
from backend.uploads.receiving import PIECE_BYTES, receive

router = APIRouter(route_class=Route, prefix="/api/v1/media", tags=["media"], dependencies=SIGNED_IN)
MOST_BYTES = 512_000_000
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
    async with _arriving(services, person.user) as arriving:
        await arriving.receive(request)
        return await _kept(services, arriving, response, name)


@router.post("/parts", status_code=201, responses=described(401, 403, 413, 422, 429, 503, 507), openapi_extra=BODY)
async def upload_part(request: Request, services: Given, person: Writer) -> MediaPart:
    """Bring some of the bytes of a file that is too large for one request (25 MB are not); `/whole` makes it of them."""
    async with _arriving(services, person.user) as arriving:
        size = await arriving.receive(request)
        if not size:
            raise InvalidInput("part", expected="bytes of a file", found="none")
        part = Upload(id=secrets.token_hex(10), kind=PART, name="", media_type="application/octet-stream", suffix=".part",
                      size=size, created_at=services.app.clock.now())  # fmt: skip
        kept = await arriving.keep(part, arriving.sent)
    return MediaPart(id=kept.id, bytes=kept.size)


@router.post("/whole", status_code=201, responses=described(401, 403, 404, 413, 422, 429, 503, 507))
async def join_media(response: Response, services: Given, person: Writer, body: MediaWhole) -> Media:
    """Make a file of its parts, which are gone then; it is taken as one that came whole."""
    async with _arriving(services, person.user) as arriving:
        parts = await asyncio.to_thread(services.uploads.parts, person.user.id, body.parts)
        size = sum(part.size for part in parts)
        if size > MOST_BYTES:
            raise InvalidInput("parts", expected=f"at most {MOST_BYTES // 1_000_000} MB", found=f"{size / 1e6:.0f} MB")
        await asyncio.to_thread(arriving.join, parts)
        return await _kept(services, arriving, response, body.name, parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arriving:
    """A file on its way: who brings it, where it is put, how much may come."""

    services: Services
    user: User
    folder: File
    room_bytes: int
    left_bytes: int

    @property
    def sent(self) -> File:
        """The file as it was sent."""
        return self.folder / "sent"

    async def receive(self, request: Request) -> int:
        """Write down what comes; how many bytes it was. Raises: QuotaSpent, Misuse, StorageFull."""
        spent = (
            f"Expected at most {self.left_bytes / 1e6:.1f} MB, which is the room left to this account, found more; "
            "delete some files first."
        )
        return await receive(request.stream(), self.sent, self.left_bytes, spent=spent)

    def join(self, parts: Sequence[Upload]) -> None:
        """Write down the parts, one after the other. Raises: NotFound, Transient."""
        with self.sent.open("wb") as target:
            for part in parts:
                source = self.services.app.objects.fetch(part.address(self.user.id), self.folder)
                with source.open("rb") as content:
                    shutil.copyfileobj(content, target, PIECE_BYTES)
                if source.is_relative_to(self.folder):
                    source.unlink()  # fetched; the store's own file stays

    async def keep(self, upload: Upload, content: File, parts: Sequence[Upload] = ()) -> Upload:
        """Keep a file of theirs. Raises: QuotaSpent, Transient."""
        owner, room = self.user.id, self.room_bytes
        keep = self.services.uploads.keep
        return await asyncio.to_thread(lambda: keep(owner, upload, content, room_bytes=room, instead_of=parts))


@asynccontextmanager
async def _arriving(services: Services, user: User) -> AsyncIterator[Arriving]:
    """Room for a file on its way. Raises: Throttled, QuotaSpent."""
    await asyncio.to_thread(services.count_request, user)
    room = services.tier(user).storage_bytes
    used = await asyncio.to_thread(services.uploads.used_bytes, user.id)
    check_room(used, 1, room)
    with services.uploading.taking(user.id), services.app.scratch.open("upload") as folder:
        yield Arriving(services=services, user=user, folder=folder, room_bytes=room, left_bytes=room - used if room else 0)


async def _kept(
    services: Services, arriving: Arriving, response: Response, name: str, parts: Sequence[Upload] = ()
) -> Media:
    """What was sent, looked at and kept. Raises: InvalidInput, EngineMissing, QuotaSpent, Throttled, Transient."""
    clean = await services.workshop.do(lambda: inspect(arriving.sent, arriving.folder))
    kept = await arriving.keep(_upload(services, clean, name), clean.file, parts)
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
