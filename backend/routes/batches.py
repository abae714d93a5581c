"""Many films by one request: a line of JSON each, checked to the last before any is begun."""

import hashlib
import json
from pathlib import Path as File
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Request, Response
from pydantic import ValidationError

from aiprod.batch import BatchLine, read_each
from aiprod.batches import Batch, BatchedVideo, Entry
from aiprod.cli.batch_requests import placed
from aiprod.encoding import key_of
from aiprod.errors import InvalidInput, NotFound
from backend.briefs import Asker, read_brief
from backend.deps import SIGNED_IN, Given, Reader, Writer
from backend.problems import SeveralFaults, described
from backend.routing import Route
from backend.schemas.batches import BatchCard, BatchLineState, BatchList, BatchState
from backend.schemas.videos import VideoRequest
from backend.services import Services

router = APIRouter(route_class=Route, prefix="/api/v1/batches", tags=["batches"], dependencies=SIGNED_IN)
MOST_LINES: Final = 500
SOURCE: Final = "batch"
BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-ndjson": {
                "schema": {"type": "string", "description": "A body of POST /api/v1/videos on each line."},
                "example": '{"theme": "Giant pandas"}\n{"theme": "The tide", "style": "noir"}\n',
            }
        },
    }
}
BatchId = Annotated[str, Path(pattern=r"^[0-9a-f]{20}$", description="The batch's id.", examples=["7be1c09a5f3e2d148860"])]


async def content_of(request: Request) -> bytes:
    """All that was sent; how much it may be is bounded around every request."""
    return await request.body()


@router.post("", status_code=201, responses=described(401, 403, 413, 422, 429), openapi_extra=BODY)
def create_batch(
    response: Response, services: Given, person: Writer, content: Annotated[bytes, Depends(content_of)]
) -> BatchState:
    """Ask for many films: JSON Lines, each the body of a request for one. They begin as places at work come free."""
    services.count_request(person.user)
    videos = _videos(services.asker(person.user), content)
    id = key_of("batch", person.user.id, hashlib.sha256(content).hexdigest())
    batch = Batch(
        id=id, owner=person.user.id, created_at=services.app.clock.now(), allowance=services.allowance(person.user),
        entries=tuple(Entry(line=one.line, video=one.video) for one in videos),
    )  # fmt: skip
    kept = services.app.batches.add(batch, videos)
    response.headers["Location"] = f"/api/v1/batches/{id}"
    return _state(services, kept)


@router.get("", responses=described(401, 403))
def list_batches(services: Given, person: Reader) -> BatchList:
    """My batches, the newest first."""
    return BatchList(items=[_card(batch) for batch in services.app.batches.of(person.user.id)])


@router.get("/{batch}", responses=described(401, 403, 404, 422))
def read_batch(services: Given, person: Reader, batch: BatchId) -> BatchState:
    """How far a batch of mine is, line by line."""
    services.app.batches.get(person.user.id, batch)
    services.app.batches.feed(person.user.id)
    return _state(services, services.app.batches.get(person.user.id, batch))


@router.delete("/{batch}", status_code=204, responses=described(401, 403, 404, 422))
def close_batch(services: Given, person: Writer, batch: BatchId) -> None:
    """Begin nothing more of a batch; the films that are at work go on."""
    services.app.batches.close(person.user.id, batch)


def _videos(asker: Asker, content: bytes) -> tuple[BatchedVideo, ...]:
    """What every line asks for. Raises: InvalidInput with the line, SeveralFaults."""
    given = sum(1 for line in content.splitlines() if line.strip())
    if given > MOST_LINES:  # told before a line is looked into: that many would keep a processor busy for minutes
        raise InvalidInput(SOURCE, expected=f"at most {MOST_LINES} lines", found=str(given))
    lines, faults = read_each(content, SOURCE, lambda raw, number: _video(asker, raw, number), same=lambda one: one.video)
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise SeveralFaults(SOURCE, faults)
    return tuple(lines)


def _video(asker: Asker, raw: bytes, number: int) -> BatchedVideo:
    try:
        request = VideoRequest.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])[:60]
        found = f"{f'{place}: ' if place else ''}{first['msg']}"
        raise InvalidInput(SOURCE, line=number, expected="the body of a request for a film", found=found) from error
    try:
        brief = read_brief(asker, request)
    except InvalidInput as error:
        raise placed(File(SOURCE), BatchLine(number=number, fields={}), error) from error
    id = key_of("batch", asker.user, json.loads(request.model_dump_json(exclude_defaults=True)))
    return BatchedVideo(line=number, video=id, brief=brief, public=request.public)


def _card(batch: Batch) -> BatchCard:
    return BatchCard(id=batch.id, created_at=batch.created_at, total=len(batch.entries), begun=batch.begun, open=batch.open)


def _state(services: Services, batch: Batch) -> BatchState:
    refused = {one.line: one.sentence for one in batch.refused}
    begun = [one for one in batch.entries[: batch.begun] if one.line not in refused]
    found = services.several.each(lambda one: _status(services, one.video), begun)
    told = {one.line: state for one, state in zip(begun, found, strict=True)}
    told |= {line: ("refused", sentence) for line, sentence in refused.items()}
    lines = [
        BatchLineState(line=one.line, video=one.video, status=status, reason=reason)
        for one in batch.entries
        for status, reason in [told.get(one.line, ("waiting", ""))]
    ]
    return BatchState(**_card(batch).model_dump(), lines=lines)


def _status(services: Services, video: str) -> tuple[str, str]:
    try:
        found = services.app.ledger.get(video)
    except NotFound:
        return "deleted", ""
    return ("deleted", "") if found.erased else (found.status.value, found.failure)
