"""Immutable files in one bucket of Cloud Storage.

An address is an object's name. Written once means: on the condition that no generation exists. What is sent and what is
received is checked by its CRC32C on this side too. The bucket's notifications announce what is finalised; nothing is
published here. The client is made at the first call; STORAGE_EMULATOR_HOST leads it elsewhere, as Google's library defines.
"""

import base64
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING
from urllib.parse import quote

from aiprod.adapters.disk import disk_error
from aiprod.adapters.envelopes import trace_mark
from aiprod.adapters.google_errors import translated
from aiprod.errors import AlreadyExists, Conflict, InvalidSetting, Misuse, NotFound, Unavailable
from aiprod.paths import checked
from aiprod.ports import StoredObject

if TYPE_CHECKING:
    from google.auth.credentials import Credentials
    from google.cloud.storage import Blob, Bucket, Client
    from google_crc32c import Checksum

ROLE = "roles/storage.objectUser"
_PART = 1 << 20
_CHUNK = 16 << 20
"""What is sent again when a long upload breaks off, in bytes."""
_LONGEST_SIGNATURE_SECONDS = 7 * 24 * 3600
_WRITER = "writer"
"""Metadata that tells our own upload, whose answer was lost, from another's."""


@dataclass(frozen=True, kw_only=True)
class GcsObjects:
    """Implements ports.Objects, and signs addresses for browsers. `credentials` None: those of this machine."""

    project: str
    bucket: str
    credentials: "Credentials | None" = None
    timeout_seconds: float = 60.0

    @cached_property
    def client(self) -> "Client":
        """The library's client. Raises: InvalidSetting, without credentials."""
        from google.cloud.storage import Client

        with translated("Opening Cloud Storage", role=ROLE):
            return Client(project=self.project, credentials=self.credentials)

    @cached_property
    def _patience(self) -> dict[str, object]:
        """How every call waits and is tried again: what is written depends on a generation, so twice is once."""
        from google.cloud.storage.retry import DEFAULT_RETRY

        return {"timeout": self.timeout_seconds, "retry": DEFAULT_RETRY.with_timeout(self.timeout_seconds)}

    @cached_property
    def _bucket(self) -> "Bucket":
        return self.client.bucket(self.bucket)

    def stat(self, address: str) -> StoredObject | None:
        with translated(f"Looking at {address} in Cloud Storage", role=ROLE):
            blob = self._bucket.get_blob(checked(address), **self._patience)
        return _stored(blob) if blob is not None else None

    def read(self, address: str) -> bytes:
        from io import BytesIO

        content = BytesIO()
        self._receive(self._known(address), content)
        return content.getvalue()

    def fetch(self, address: str, folder: Path) -> Path:
        known = self._known(address)
        path = folder.joinpath(*PurePosixPath(address).parts)
        with _disk(f"fetching {address}"):
            if path.is_file() and _checksum_of(path)[1] == known.crc32c:
                return path
            path.parent.mkdir(parents=True, exist_ok=True)
            partial = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
            try:
                with partial.open("wb") as target:
                    self._receive(known, target)
                partial.chmod(0o444)
                partial.replace(path)
            finally:
                partial.unlink(missing_ok=True)
        return path

    def write(self, address: str, content: bytes | Path, *, only_if_absent: bool = True) -> StoredObject:
        from google.api_core.exceptions import PreconditionFailed

        blob = self._bucket.blob(checked(address), chunk_size=_CHUNK)
        if only_if_absent and isinstance(content, Path):  # a long file is not sent for nothing
            self._refuse_taken(address)
        with _disk(f"reading what {address} is to be"):
            blob.crc32c = _checksum_of(content)[1]
        blob.metadata = {_WRITER: uuid.uuid4().hex, **trace_mark(address)}
        condition = 0 if only_if_absent else None
        with translated(f"Writing {address} to Cloud Storage", role=ROLE):
            try:
                self._send(blob, content, condition)
            except PreconditionFailed as error:
                if not self._is_ours(blob):
                    raise AlreadyExists(f"An object is already at {address}.") from error
        return _stored(blob)

    def copy(self, source: str, address: str) -> StoredObject:
        from google.api_core.exceptions import NotFound as NoSuchObject
        from google.api_core.exceptions import PreconditionFailed

        blob, original = self._bucket.blob(checked(address)), self._bucket.blob(checked(source))
        self._refuse_taken(address)
        with translated(f"Copying {source} to {address} in Cloud Storage", role=ROLE):
            try:
                token, _, _ = blob.rewrite(original, if_generation_match=0, **self._patience)
                while token is not None:
                    token, _, _ = blob.rewrite(original, token=token, if_generation_match=0, **self._patience)
            except NoSuchObject as error:
                raise NotFound(f"Expected an object at {source}, found none.") from error
            except PreconditionFailed as error:
                raise AlreadyExists(f"An object is already at {address}.") from error
        return _stored(blob)

    def under(self, prefix: str) -> tuple[StoredObject, ...]:
        with translated(f"Listing {prefix} in Cloud Storage", role=ROLE):
            found = self.client.list_blobs(
                self._bucket, prefix=prefix, **self._patience,
                fields="items(name,size,generation,crc32c),nextPageToken",
            )  # fmt: skip
            return tuple(_stored(blob) for blob in found)

    def delete(self, address: str) -> None:
        """Nothing happens where nothing is."""
        from google.api_core.exceptions import NotFound as NoSuchObject

        with translated(f"Deleting {address} from Cloud Storage", role=ROLE):
            try:
                self._bucket.blob(checked(address)).delete(**self._patience)
            except NoSuchObject:
                return

    def sign(self, address: str, seconds: float, *, save_as: str = "") -> str:
        """An address on the web that anybody may read for so long, whole or by ranges (V4); `save_as` makes a browser
        keep the file under that name. Raises: Misuse, InvalidSetting (these credentials cannot sign)."""
        if not 0 < seconds <= _LONGEST_SIGNATURE_SECONDS:
            raise Misuse(f"Expected a signature of at most seven days, found one of {seconds:g} seconds.")
        blob = self._bucket.blob(checked(address))
        if _is_nobody(self.client._credentials):  # of a stand-in for Cloud Storage, which asks nobody who they are
            return f"{self.client.api_endpoint}/{self.bucket}/{quote(address)}"
        with translated(f"Signing the address of {address}", role="roles/iam.serviceAccountTokenCreator on itself"):
            signed: str = blob.generate_signed_url(
                version="v4", method="GET", expiration=timedelta(seconds=seconds), scheme="https",
                response_disposition=f"attachment; filename*=UTF-8''{quote(save_as, safe='')}" if save_as else None,
                api_access_endpoint=self.client.api_endpoint, **self._signer(),
            )  # fmt: skip
        return signed

    def _signer(self) -> "dict[str, str | Credentials]":
        """How this process signs: by a key of its own, or by asking IAM, as a service account without a key must."""
        import google.auth.credentials
        from google.auth.transport.requests import Request

        credentials: Credentials = self.client._credentials
        if isinstance(credentials, google.auth.credentials.Signing):
            return {"credentials": credentials}
        account = getattr(credentials, "service_account_email", "")
        if not account:
            raise InvalidSetting(
                "Expected the credentials of a service account to sign addresses with, found "
                f"{type(credentials).__name__}; run as a service account, or impersonate one with "
                "`gcloud auth application-default login --impersonate-service-account`."
            )
        if account == "default" or not credentials.valid:  # who runs as an account learns its name with its token
            credentials.refresh(Request())  # type: ignore[no-untyped-call]
            account = getattr(credentials, "service_account_email", account)
        return {"service_account_email": str(account), "access_token": str(credentials.token)}

    def _known(self, address: str) -> StoredObject:
        known = self.stat(address)
        if known is None:
            raise NotFound(f"Expected an object at {address}, found none.")
        return known

    def _refuse_taken(self, address: str) -> None:
        if self.stat(address) is not None:
            raise AlreadyExists(f"An object is already at {address}.")

    def _receive(self, known: StoredObject, target: IO[bytes]) -> None:
        """The very generation that is known. Raises: Conflict, NotFound, Unavailable."""
        from google.api_core.exceptions import NotFound as NoSuchObject

        weighed = _Checked(target)
        with translated(f"Reading {known.address} from Cloud Storage", role=ROLE):
            try:
                self._bucket.blob(known.address).download_to_file(
                    weighed, if_generation_match=known.generation, raw_download=True, **self._patience
                )
            except NoSuchObject as error:
                raise NotFound(f"Expected an object at {known.address}, found none.") from error
        if (weighed.size, weighed.crc32c) != (known.size, known.crc32c):
            raise Unavailable(
                f"Expected {known.size} bytes with the checksum {known.crc32c} at {known.address}, "
                f"found {weighed.size} with {weighed.crc32c}; read it again."
            )

    def _send(self, blob: "Blob", content: bytes | Path, condition: int | None) -> None:
        ours = blob.crc32c
        if isinstance(content, bytes):
            blob.upload_from_string(content, if_generation_match=condition, checksum="crc32c", **self._patience)
        else:
            with _disk(f"reading what {blob.name} is to be"):
                blob.upload_from_filename(
                    str(content), if_generation_match=condition, checksum="crc32c", **self._patience
                )
        if blob.crc32c != ours:
            blob.delete(if_generation_match=blob.generation, **self._patience)
            raise Conflict(f"Expected {blob.name} to arrive as it was sent, found other bytes; write it again.")

    def _is_ours(self, blob: "Blob") -> bool:
        """Whether the object that is there came by this very upload, tried again after its answer was lost."""
        there = self._bucket.get_blob(blob.name, **self._patience)
        if there is None or (there.metadata or {}).get(_WRITER) != blob.metadata[_WRITER]:
            return False
        blob.reload(**self._patience)
        return True


def _is_nobody(credentials: "Credentials") -> bool:
    from google.auth.credentials import AnonymousCredentials

    return isinstance(credentials, AnonymousCredentials)


class _Checked:
    """A file that weighs and checks what is written to it."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target = target
        self._checksum = _new_checksum()
        self.size = 0

    def write(self, part: bytes) -> int:
        self._checksum.update(part)  # type: ignore[no-untyped-call]
        self.size += len(part)
        return self._target.write(part)

    @property
    def crc32c(self) -> str:
        return _text_of(self._checksum)


def _new_checksum() -> "Checksum":
    import google_crc32c

    return google_crc32c.Checksum()  # type: ignore[no-untyped-call]


def _text_of(checksum: "Checksum") -> str:
    digest: bytes = checksum.digest()  # type: ignore[no-untyped-call]
    return base64.b64encode(digest).decode("ascii")


def _checksum_of(content: bytes | Path) -> tuple[int, str]:
    """Size and CRC32C."""
    checksum = _new_checksum()
    size = 0
    for part in _parts(content):
        checksum.update(part)  # type: ignore[no-untyped-call]
        size += len(part)
    return size, _text_of(checksum)


def _parts(content: bytes | Path) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    with content.open("rb") as source:
        while part := source.read(_PART):
            yield part


def _stored(blob: "Blob") -> StoredObject:
    return StoredObject(
        address=blob.name, size=int(blob.size), generation=int(blob.generation), crc32c=str(blob.crc32c)
    )


@contextmanager
def _disk(doing: str) -> Iterator[None]:
    """The errors of this machine's disk as ours."""
    try:
        yield
    except OSError as error:
        if error.filename is None and error.errno is None:
            raise
        raise disk_error(error, doing) from error
