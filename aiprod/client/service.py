"""The service, as a program meets it: one object, with a room for each subject."""

from dataclasses import dataclass
from types import TracebackType
from typing import Self

import httpx

from aiprod import __version__
from aiprod.client.accounts import Accounts
from aiprod.client.administration import Administration
from aiprod.client.batches import Batches
from aiprod.client.connection import Connection
from aiprod.client.films import Films
from aiprod.client.live import Live
from aiprod.client.media import MediaRoom
from aiprod.client.operations import Operations
from aiprod.client.resources import Resources
from aiprod.client.videos import Studio
from aiprod.client.webhooks import Webhooks

TIMEOUT = httpx.Timeout(30.0, read=90.0)
"""A live stream is silent between two heartbeats, which come every 15 s by default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """An AIPROD service. `token` is a session's or an API key; `http` carries the calls.

    >>> with Client.at("https://films.example", token="aip_...") as service:  # doctest: +SKIP
    ...     film = service.videos.create(VideoRequest(theme="The tide"))
    ...     service.live.wait(film.id)
    ...     service.films.save(film.id, Path("tide.mp4"))
    """

    connection: Connection

    @classmethod
    def at(cls, address: str, *, token: str = "") -> Self:
        """The service at an address, such as http://127.0.0.1:8000."""
        agent = {"User-Agent": f"aiprod-client/{__version__}"}
        http = httpx.Client(base_url=address.rstrip("/").removesuffix("/api/v1"), timeout=TIMEOUT, headers=agent)
        return cls(connection=Connection(http=http, token=token))

    @property
    def token(self) -> str:
        """What says who asks."""
        return self.connection.token

    @property
    def account(self) -> Accounts:
        """Signing in and out, the account, its keys."""
        return Accounts(connection=self.connection)

    @property
    def videos(self) -> Studio:
        """Asking for videos; seeing, changing and deleting them."""
        return Studio(connection=self.connection)

    @property
    def batches(self) -> Batches:
        """Many films by one request."""
        return Batches(connection=self.connection)

    @property
    def live(self) -> Live:
        """Videos while they are made."""
        return Live(connection=self.connection)

    @property
    def films(self) -> Films:
        """Files of finished films."""
        return Films(connection=self.connection)

    @property
    def media(self) -> MediaRoom:
        """Pictures, clips and sounds of one's own."""
        return MediaRoom(connection=self.connection)

    @property
    def webhooks(self) -> Webhooks:
        """Where to be called when a video changes."""
        return Webhooks(connection=self.connection)

    @property
    def resources(self) -> Resources:
        """What can be chosen."""
        return Resources(connection=self.connection)

    @property
    def admin(self) -> Administration:
        """The service, for an admin."""
        return Administration(connection=self.connection)

    @property
    def operations(self) -> Operations:
        """How the product is doing, and who did what."""
        return Operations(connection=self.connection)

    def close(self) -> None:
        """Let go of the connections."""
        self.connection.http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
