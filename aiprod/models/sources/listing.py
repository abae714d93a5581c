"""Which files a hub's repository has, as the hub itself lists them: for models whose files the manifest does not name.

Knows the hub's listing (a page of JSON at a time) and which files are wanted: weights as safetensors, settings and
vocabularies. A pickle is never among them.
"""

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import msgspec

from aiprod.models.manifest import HubSource, ModelFile
from aiprod.models.sources import SourceFailed
from aiprod.models.sources.addresses import Access
from aiprod.models.sources.deadlines import Deadline
from aiprod.models.sources.download import Patience

if TYPE_CHECKING:
    import httpx

SUFFIXES = (".safetensors", ".json", ".model", ".txt", ".jinja")
MOST_PAGES = 50


class _Large(msgspec.Struct, frozen=True):
    oid: str = ""


class _Listed(msgspec.Struct, frozen=True):
    type: str
    path: str
    size: int = 0
    lfs: _Large | None = None


def list_files(source: HubSource, folders: tuple[str, ...], access: Access, patience: Patience) -> tuple[ModelFile, ...]:
    """The model's files in those folders ("." is the top; "" the top's settings alone), with the sizes and digests that the
    hub states. Raises: SourceFailed."""
    import httpx

    headers = {"Authorization": f"Bearer {access.hub_token}"} if access.hub_token else {}
    address = f"{access.hub_url.rstrip('/')}/api/models/{source.repository}/tree/{source.revision}?recursive=true"
    timeout = httpx.Timeout(patience.read_seconds, connect=patience.connect_seconds)
    found: list[ModelFile] = []
    try:
        limits = httpx.Limits(max_keepalive_connections=0)
        with httpx.Client(timeout=timeout, follow_redirects=True, headers=headers, limits=limits) as client:
            for _ in range(MOST_PAGES):
                with Deadline(patience.window_seconds) as deadline:
                    answer = client.get(address, extensions=deadline.extensions)
                found += [_file(one) for one in _page(answer) if one.type == "file" and _is_wanted(one.path, folders)]
                following = re.search(r'<([^>]+)>;\s*rel="next"', answer.headers.get("Link", ""))
                if following is None:
                    break
                address = urljoin(address, following[1])
            else:
                raise SourceFailed(f"{source.repository} lists its files on more than {MOST_PAGES} pages: not a model's")
    except httpx.HTTPError as error:
        host = urlsplit(address).hostname
        raise SourceFailed(f"{host} could not be reached for the list of its files ({type(error).__name__})") from error
    if not any(file.path.endswith(".safetensors") for file in found):
        raise SourceFailed(f"{source.repository} has no safetensors in {', '.join(folders)}")
    return tuple(sorted(found, key=lambda file: file.path))


def _page(answer: "httpx.Response") -> list[_Listed]:
    if answer.status_code in (401, 403):
        raise SourceFailed(f"{answer.url.host} answered {answer.status_code}: it wants a token, or its terms accepted first")
    if answer.status_code != 200:
        raise SourceFailed(f"{answer.url.host} answered {answer.status_code} for the list of its files")
    try:
        return msgspec.json.decode(answer.content, type=list[_Listed])
    except msgspec.DecodeError as error:
        raise SourceFailed(f"{answer.url.host} gave no list of files") from error


def _is_wanted(path: str, folders: tuple[str, ...]) -> bool:
    inside = PurePosixPath(path)
    if ".." in inside.parts or path.startswith("/") or inside.suffix not in SUFFIXES:
        return False
    parent = inside.parent.as_posix()
    return parent in folders or (parent == "." and "" in folders and inside.suffix == ".json")


def _file(one: _Listed) -> ModelFile:
    stated = one.lfs.oid.removeprefix("sha256:") if one.lfs else ""
    return ModelFile(path=one.path, size=one.size, sha256=stated if re.fullmatch(r"[0-9a-f]{64}", stated) else "")
