"""The built frontend: its files, and its index page at every address that is not the API's.

Knows a folder that `vite build` filled, with a compressed twin beside each text but the page, which every answer changes.
Where it is not built, nothing is served and each address stays unknown.
"""

import asyncio
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse
from starlette.types import Receive, Scope, Send

from aiprod.models.sources.addresses import STORAGE_URL

DIST = Path(__file__).resolve().parents[1] / "frontend" / "dist"
NOT_PAGES = ("api", "ws", "healthz", "readyz", "metrics", "assets")
"""First parts of addresses at which nothing is a page: what is unknown there is told as unknown."""
FOR_EVER = "public, max-age=31536000, immutable"
FOR_AN_HOUR = "public, max-age=3600"
NONCE = "NONCE"
"""Where a page is told the word of its answer: elements for styles that carry it are taken, as dialogs add one while they
hold the page still; no other that is written into a page."""
MEDIA_TYPES = {
    ".css": "text/css", ".ico": "image/x-icon", ".jpg": "image/jpeg", ".js": "text/javascript",
    ".json": "application/json", ".md": "text/markdown", ".mp4": "video/mp4", ".png": "image/png", ".svg": "image/svg+xml",
    ".webm": "video/webm", ".webp": "image/webp", ".woff2": "font/woff2",
}  # fmt: skip
POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    f"style-src 'self' 'nonce-{NONCE}'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """An ASGI application that serves the folder."""

    folder: Path
    policy: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raises: HTTPException (404)."""
        path = str(scope["path"]).strip("/")
        first = path.partition("/")[0]
        index = self.folder / "index.html"
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or not index.is_file():
            raise HTTPException(404)
        found = self._file(path)
        if found is not None:
            await self._answer(found, FOR_EVER if first == "assets" else FOR_AN_HOUR, scope, receive, send)
        elif first in NOT_PAGES:
            raise HTTPException(404)
        else:
            await self._page(index, scope, receive, send)

    def _file(self, path: str) -> Path | None:
        """The file at a path, where it is one of the folder's."""
        if not path or "\0" in path or path.startswith("."):
            return None
        file = (self.folder / path).resolve()
        shown = file.is_relative_to(self.folder.resolve()) and file.suffix in MEDIA_TYPES
        return file if shown and file.is_file() else None

    async def _page(self, index: Path, scope: Scope, receive: Receive, send: Send) -> None:
        nonce = secrets.token_urlsafe(18)
        text = await asyncio.to_thread(index.read_text, encoding="utf-8")
        headers = {"Cache-Control": "no-store", "Content-Security-Policy": self.policy.replace(NONCE, nonce)}
        await HTMLResponse(text.replace(f'nonce="{NONCE}"', f'nonce="{nonce}"'), headers=headers)(scope, receive, send)

    async def _answer(self, file: Path, kept: str, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {"Cache-Control": kept, "Vary": "Accept-Encoding"}
        media_type = MEDIA_TYPES[file.suffix]
        twin = file.with_name(f"{file.name}.gz")
        codings = Headers(scope=scope).get("accept-encoding", "")
        if twin.is_file() and "gzip" in (one.partition(";")[0].strip() for one in codings.split(",")):
            headers["Content-Encoding"] = "gzip"
            file = twin
        await FileResponse(file, media_type=media_type, headers=headers, stat_result=file.stat())(scope, receive, send)


def policy_for(cloud: str) -> str:
    """What a page may do. On Google Cloud a film's address leads to a signed one of Cloud Storage, or of its stand-in."""
    elsewhere = f" {os.environ.get('STORAGE_EMULATOR_HOST') or STORAGE_URL}" if cloud == "google" else ""
    return "; ".join((*POLICY, f"media-src 'self' blob:{elsewhere}"))


def install(api: FastAPI, folder: Path = DIST) -> None:
    """Serve the pages at all that no route of the API answers."""
    policy = policy_for(api.state.services.app.settings.cloud)
    beneath, pages = api.router.default, Pages(folder=folder, policy=policy)

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await pages(scope, receive, send)
        else:
            await beneath(scope, receive, send)

    api.router.default = serve
