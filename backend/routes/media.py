"""Pictures, clips and sounds that users bring: sent, listed, looked at, deleted; named by their ids in requests for films."""

import asyncio
import hashlib
import re
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path as File
from typing import Annotated, Literal, cast

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import FileResponse

from aiprod.accounts.users import User
from aiprod.errors import InvalidInput, Misuse, NotFound
from aiprod.uploads import PART, Upload, check_room
from backend.auth import Person
from backend.delivering import MEDIA_TYPES, Delivery, deliver, file_of
from backend.deps import SIGNED_IN, Given, Reader, Writer
from backend.problems import described
from backend.routing import Route
from backend.schemas.media import Media, MediaPart, MediaShelf, MediaWhole
from backend.services import Services
from backend.uploads.inspection import Inspected, inspect
from backend.uploads.receiving import PIECE_BYTES, Received, receive

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
Digest = Annotated[str, Query(pattern=r"^([0-9a-f]{64})?$", description="Their SHA-256 digest; empty: they are not checked.")]
FileName = Annotated[str, Query(max_length=200, description="What to call it; nothing else follows from it.")]


@router.post("", status_code=201, responses=described(401, 403, 413, 422, 429, 503, 507), openapi_extra=BODY)
async def upload_media(request: Request, response: Response, services: Given, person: Writer, name: FileName = "") -> Media:
    """Bring a picture, a clip or a sound: the file itself is the body. What it is is told by its content."""
    async with _arriving(services, person.user) as arriving:
        await arriving.receive(request)
        return await _kept(services, arriving, response, name)


@router.post("/parts", status_code=201, responses=described(401, 403, 413, 422, 429, 503, 507), openapi_extra=BODY)
async def upload_part(request: Request, services: Given, person: Writer, sha256: Digest = "") -> MediaPart:
    """Bring some of the bytes of a file that is too large for one request (25 MB are not); `/whole` makes it of them.

    With their digest they are checked; the same bytes sent again are the same part.
    """
    async with _arriving(services, person.user, counted=False) as arriving:
        came = await arriving.receive(request)
        if not came.size:
            raise InvalidInput("part", expected="bytes of a file", found="none")
        if sha256 and sha256 != came.sha256:
            raise InvalidInput("part", expected=f"bytes with the digest {sha256}", found=f"those of {came.sha256}; send them again")
        if sha256:
            for known in await asyncio.to_thread(services.uploads.waiting, person.user.id):
                if known.sha256 == sha256:
                    return _part(known)
        part = Upload(id=secrets.token_hex(10), kind=PART, name="", media_type="application/octet-stream", suffix=".part",
                      size=came.size, created_at=services.app.clock.now(), sha256=came.sha256)  # fmt: skip
        return _part(await arriving.keep(part, arriving.sent))


@router.get("/parts", responses=described(401, 403))
def list_parts(services: Given, person: Reader) -> list[MediaPart]:
    """Parts of mine that wait for the others of their file: what need not be sent again."""
    return [_part(one) for one in services.uploads.waiting(person.user.id)]


@router.delete("/parts", status_code=204, responses=described(401, 403))
def drop_parts(services: Given, person: Writer) -> None:
    """Let all parts of mine go that wait for others, and give their room back."""
    services.uploads.drop_parts(person.user.id)


@router.post("/whole", status_code=201, responses=described(401, 403, 404, 413, 422, 429, 503, 507))
async def join_media(response: Response, services: Given, person: Writer, body: MediaWhole) -> Media:
    """Make a file of its parts, which are gone then; it is taken as one that came whole, and asked for again it is that file."""
    try:
        parts = await asyncio.to_thread(services.uploads.parts, person.user.id, body.parts)
        size = sum(part.size for part in parts)
        if size > MOST_BYTES:
            raise InvalidInput("parts", expected=f"at most {MOST_BYTES // 1_000_000} MB", found=f"{size / 1e6:.0f} MB")
        if body.bytes and body.bytes != size:
            raise InvalidInput("parts", expected=f"{body.bytes} bytes together", found=f"{size}")
        async with _arriving(services, person.user) as arriving:
            await asyncio.to_thread(arriving.join, parts)
            return await _kept(services, arriving, response, body.name, parts)
    except NotFound:
        return _created(response, await asyncio.to_thread(services.uploads.made_of, person.user.id, body.parts))


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

    async def receive(self, request: Request) -> Received:
        """Write down what comes. Raises: QuotaSpent, Misuse, StorageFull."""
        spent = (
            f"Expected at most {self.left_bytes / 1e6:.1f} MB, which is the room left to this account, found more; "
            "delete some files first."
        )
        return await receive(request.stream(), self.sent, self.left_bytes, spent=spent)

    def join(self, parts: Sequence[Upload]) -> None:
        """Write down the parts, one after the other, each as it was sent. Raises: NotFound, InvalidInput, Transient."""
        with self.sent.open("wb") as target:
            for part in parts:
                source = self.services.app.objects.fetch(part.address(self.user.id), self.folder)
                digest = hashlib.sha256()
                with source.open("rb") as content:
                    while piece := content.read(PIECE_BYTES):
                        target.write(piece)
                        digest.update(piece)
                found = digest.hexdigest()
                if source.is_relative_to(self.folder):
                    source.unlink()  # fetched; the store's own file stays
                if part.sha256 not in ("", found):
                    self.services.uploads.drop_parts(self.user.id, only=(part,))
                    raise InvalidInput("parts", expected=f"the part {part.id} as it was sent", found="other bytes; send it again")

    async def keep(self, upload: Upload, content: File, parts: Sequence[Upload] = ()) -> Upload:
        """Keep a file of theirs. Raises: QuotaSpent, NotFound, Transient."""
        owner, room = self.user.id, self.room_bytes
        keep = self.services.uploads.keep
        return await asyncio.to_thread(lambda: keep(owner, upload, content, room_bytes=room, instead_of=parts))


@asynccontextmanager
async def _arriving(services: Services, user: User, *, counted: bool = True) -> AsyncIterator[Arriving]:
    """Room for a file on its way; bytes that nobody looks at yet do not count as work. Raises: Throttled, QuotaSpent."""
    if counted:
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
    return _created(response, await arriving.keep(_upload(services, clean, name), clean.file, parts))


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


def _part(part: Upload) -> MediaPart:
    return MediaPart(id=part.id, bytes=part.size, sha256=part.sha256)


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


def _created(response: Response, upload: Upload) -> Media:
    response.headers["Location"] = f"/api/v1/media/{upload.id}"
    return _shown(upload)


def _shown(upload: Upload) -> Media:
    return Media(
        id=upload.id, kind=cast("Literal['picture', 'clip', 'sound']", upload.kind), name=upload.name,
        media_type=upload.media_type, bytes=upload.size, created_at=upload.created_at, width_px=upload.width_px or None,
        height_px=upload.height_px or None, seconds=upload.seconds or None, url=f"/api/v1/media/{upload.id}/content",
    )  # fmt: skip
