"""Files from a publisher's address: resumed where they stopped, checked while they arrive.

Knows HTTP and one file at a time; which address and which folder is the caller's business.
"""

import hashlib
from pathlib import Path
from urllib.parse import urlsplit

from aiprod.models.manifest import ModelFile, UrlSource
from aiprod.models.sources import SourceFailed, Tell

CONNECT_SECONDS = 4.0
READ_SECONDS = 30.0
PIECE_BYTES = 1 << 20


def download_all(source: UrlSource, files: tuple[ModelFile, ...], folder: Path, tell: Tell) -> None:
    """Put the files into `folder`; a file already there whole is kept. Raises: SourceFailed."""
    done = 0
    for file in files:
        address = source.addresses.get(file.path)
        if address is None:
            raise SourceFailed(f"it has no {file.path}")
        _download(address, file, folder / file.path, _after(done, tell))
        done += file.size


def _after(before: int, tell: Tell) -> Tell:
    """Tells of one file what is told of all."""
    return lambda count: tell(before + count)


def _download(address: str, file: ModelFile, target: Path, tell: Tell) -> None:
    """One file; what an interrupted attempt left beside `target` as `.part` is gone on with. Raises: SourceFailed."""
    import httpx

    if target.exists() and target.stat().st_size == file.size:
        return
    part = target.with_name(target.name + ".part")
    part.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    have = _hash_existing(part, file.size, digest)
    headers = {"Accept-Encoding": "identity", **({"Range": f"bytes={have}-"} if have else {})}
    host = urlsplit(address).hostname or address
    try:
        with (
            httpx.Client(timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS), follow_redirects=True) as client,
            client.stream("GET", address, headers=headers) as response,
        ):
            if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
                part.unlink()
                raise SourceFailed(f"{host} would not go on with {file.path} from byte {have}")
            if response.status_code not in (httpx.codes.OK, httpx.codes.PARTIAL_CONTENT):
                raise SourceFailed(f"{host} answered {response.status_code} for {file.path}")
            if have and response.status_code == httpx.codes.OK:
                have, digest = 0, hashlib.sha256()
            with part.open("r+b" if have else "wb") as out:
                out.seek(have)
                for piece in response.iter_raw():
                    have += len(piece)
                    if have > file.size:
                        raise _wrong(part, file, host, f"more than its {file.size} bytes")
                    digest.update(piece)
                    out.write(piece)
                    tell(have)
    except httpx.HTTPError as error:
        raise SourceFailed(f"{host} could not be reached for {file.path} ({_reason(error)})") from error
    if have < file.size:
        raise SourceFailed(f"{host} stopped after {have} of {file.size} bytes of {file.path}")
    if digest.hexdigest() != file.sha256:
        raise _wrong(part, file, host, "another SHA-256")
    part.replace(target)


def _hash_existing(part: Path, size: int, digest: "hashlib._Hash") -> int:
    """Bytes already there, put into the digest; 0 where there is nothing to go on with."""
    if not part.exists() or not 0 < part.stat().st_size < size:
        part.unlink(missing_ok=True)
        return 0
    with part.open("rb") as content:
        while piece := content.read(PIECE_BYTES):
            digest.update(piece)
    return part.stat().st_size


def _wrong(part: Path, file: ModelFile, host: str, found: str) -> SourceFailed:
    part.unlink(missing_ok=True)
    return SourceFailed(f"{host} gave {file.path} with {found}, refused")


def _reason(error: Exception) -> str:
    """What went wrong, in a few words."""
    import httpx

    if isinstance(error, httpx.TimeoutException):
        return "no answer in time"
    if isinstance(error, httpx.ConnectError):
        return "no connection"
    return type(error).__name__
