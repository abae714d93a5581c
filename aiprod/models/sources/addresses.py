"""The addresses from which a source's files are downloaded, and what must be said to be let in.

Knows how hubs and buckets build their addresses; asks nobody but Google's login for a token.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from aiprod.models.manifest import BucketSource, HubSource, ModelFile, UrlSource
from aiprod.models.sources import SourceFailed

HUB_URL = "https://huggingface.co"
STORAGE_URL = "https://storage.googleapis.com"
READ_ONLY = "https://www.googleapis.com/auth/devstorage.read_only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A file, where it is asked for and with which headers."""

    file: ModelFile
    address: str
    headers: Mapping[str, str] = field(default_factory=dict)


def google_token() -> str:
    """A token of this machine's Google login. Raises: SourceFailed."""
    import google.auth
    import google.auth.exceptions
    from google.auth.transport.requests import Request

    try:
        credentials, _ = google.auth.default(scopes=[READ_ONLY])
        credentials.refresh(Request())  # type: ignore[no-untyped-call]
    except google.auth.exceptions.GoogleAuthError as error:
        raise SourceFailed(f"no Google login serves for it ({type(error).__name__})") from error
    return str(credentials.token)


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """How hubs and buckets are reached; `mirror` (gs://... or https://...) holds NAME/VERSION/FILE and is asked first.

    `storage_url` other than Google's own is a stand-in, which wants no token.
    """

    mirror: str = ""
    hub_url: str = HUB_URL
    hub_token: str = ""
    storage_url: str = STORAGE_URL
    token: Callable[[], str] = google_token

    def wanted(self, source: UrlSource | HubSource | BucketSource, files: tuple[ModelFile, ...]) -> tuple[Wanted, ...]:
        """Where each file is asked for. Raises: SourceFailed."""
        if isinstance(source, UrlSource):
            lacking = [file.path for file in files if file.path not in source.addresses]
            if lacking:
                raise SourceFailed(f"it has no {lacking[0]}")
            return tuple(Wanted(file=file, address=source.addresses[file.path]) for file in files)
        if isinstance(source, HubSource):
            headers = {"Authorization": f"Bearer {self.hub_token}"} if self.hub_token else {}
            root = f"{self.hub_url.rstrip('/')}/{source.repository}/resolve/{source.revision}"
            return tuple(
                Wanted(file=file, address=f"{root}/{quote(source.members.get(file.path, file.path))}", headers=headers)
                for file in files
            )
        return self._bucket(source.address.rstrip("/"), files)

    def _bucket(self, address: str, files: tuple[ModelFile, ...]) -> tuple[Wanted, ...]:
        if not address.startswith("gs://"):
            return tuple(Wanted(file=file, address=f"{address}/{quote(file.path)}") for file in files)
        bucket, _, folder = address.removeprefix("gs://").partition("/")
        headers = {"Authorization": f"Bearer {self.token()}"} if self.storage_url == STORAGE_URL else {}
        root = f"{self.storage_url.rstrip('/')}/storage/v1/b/{bucket}/o"

        def asked(file: ModelFile) -> str:
            inside = f"{folder}/{file.path}" if folder else file.path
            return f"{root}/{quote(inside, safe='')}?alt=media"

        return tuple(Wanted(file=file, address=asked(file), headers=headers) for file in files)
