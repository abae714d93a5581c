"""A kept file to whoever asks for it, whole or in ranges: from this machine's disk as it is read, or, where the store signs
addresses, by sending them there. Nothing large passes through this process's memory.
"""

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final

from fastapi import Request
from fastapi.responses import FileResponse, RedirectResponse, Response
from starlette.types import Message, Receive, Scope, Send

from aiprod.errors import NotFound
from aiprod.ports import StoredObject
from backend.problems import MALFORMED, UNSATISFIABLE, answer
from backend.services import Services
from backend.signing import Signer

MEDIA_TYPES: Final = {
    ".mp4": "video/mp4", ".srt": "application/x-subrip", ".vtt": "text/vtt", ".json": "application/json",
    ".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp", ".m4a": "audio/mp4",
}  # fmt: skip
KEPT_AS: Final = "no-cache"
"""Browsers may keep files and ask each time whether they are still those: a new revision has the same addresses."""
SMALL_BYTES: Final = 1 << 20
"""Up to which what is not played is handed on: pages read subtitles and pictures, and another host's rules would forbid it."""


def file_of(*media_types: str) -> dict[int | str, dict[str, Any]]:
    """A file as the answer of a route, for OpenAPI."""
    binary = {"type": "string", "format": "binary"}
    content = {one: {"schema": {"type": "object"} if one == "application/json" else binary} for one in media_types}
    return {
        200: {"description": "The file.", "content": content},
        206: {"description": "The part that was asked for.", "content": content},
        304: {"description": "It is as it was."},
        307: {"description": "Where it is, for an hour (on Google Cloud, a large file)."},
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """An object, what it is called, whether everybody may see it, whether to save it rather than show it."""

    address: str
    name: str
    media_type: str = ""
    public: bool = False
    save: bool = False

    @property
    def type(self) -> str:
        """Its media type: the one that is known, else by its name."""
        return self.media_type or MEDIA_TYPES.get(PurePosixPath(self.name).suffix, "application/octet-stream")


class RangedFile(FileResponse):
    """A file in the ranges that are asked for; those that cannot be are answered with a problem."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The response, as ASGI calls it."""
        refused: list[int] = []

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in (400, 416):
                refused.append(message["status"])
            if not refused:
                await send(message)

        await super().__call__(scope, receive, watched)
        if refused and self.stat_result is not None:
            await self._problem(Request(scope), refused[0], self.stat_result.st_size)(scope, receive, send)

    def _problem(self, request: Request, status: int, size: int) -> Response:
        told = f"Expected ranges within the file's {size} bytes, such as bytes=0-{min(999, size - 1)}, found others."
        problem = answer(request, MALFORMED if status == MALFORMED.status else UNSATISFIABLE, told)
        problem.headers["Content-Range"] = f"bytes */{size}"
        return problem


def deliver(services: Services, request: Request, delivery: Delivery) -> Response:
    """The answer. Raises: NotFound."""
    objects = services.app.objects
    stored = objects.stat(delivery.address)
    if stored is None:
        raise NotFound(f"Expected the file {delivery.name}, found that it is not there any more.")
    headers = {"Cache-Control": f"{'public' if delivery.public else 'private'}, {KEPT_AS}", "ETag": _tag(stored)}
    if headers["ETag"] in [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    if isinstance(objects, Signer):
        return _from_afar(services, request, delivery, stored, headers)
    path = objects.fetch(delivery.address, services.app.settings.home_folder)
    return RangedFile(
        path, media_type=delivery.type, stat_result=path.stat(), filename=delivery.name, headers=headers,
        content_disposition_type="attachment" if delivery.save else "inline",
    )  # fmt: skip


def _from_afar(
    services: Services, request: Request, delivery: Delivery, stored: StoredObject, headers: dict[str, str]
) -> Response:
    """Sent to where it is; a small file, or a question about it alone, is answered from here."""
    objects = services.app.objects
    disposition = f'{"attachment" if delivery.save else "inline"}; filename="{delivery.name}"'
    more = {"Content-Disposition": disposition, "Accept-Ranges": "bytes", "Content-Length": str(stored.size)}
    if request.method == "HEAD":
        return Response(media_type=delivery.type, headers={**headers, **more})
    played = delivery.type.startswith(("video/", "audio/"))
    if (played or stored.size > SMALL_BYTES) and isinstance(objects, Signer):
        save_as = delivery.name if delivery.save else ""
        there = services.signatures.of(objects, delivery.address, save_as, services.app.clock.now())
        return RedirectResponse(there, 307, headers={"Cache-Control": "private, no-store"})
    return Response(objects.read(delivery.address), media_type=delivery.type,
                    headers={**headers, "Content-Disposition": disposition})  # fmt: skip


def _tag(stored: StoredObject) -> str:
    return f'"{stored.generation}-{stored.crc32c.rstrip("=").replace("/", "_").replace("+", "-")}"'
