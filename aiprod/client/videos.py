"""Asking for videos; seeing, changing and deleting them."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from aiprod.client.bodies import Estimate, VideoCard, VideoDetail, VideoRequest, Videos, given
from aiprod.client.connection import Call, Connection
from aiprod.encoding import to_fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Which videos are wanted: `shelf` is mine, public or favourites; what is left empty fits all."""

    shelf: str = "mine"
    sort: str = "date"
    order: str = "descending"
    status: str | None = None
    language: str | None = None
    style: str | None = None
    search: str | None = None
    limit: int = 20


MINE = Search()


@dataclass(frozen=True, slots=True, kw_only=True)
class Studio:
    """Videos."""

    connection: Connection

    def create(self, request: VideoRequest, *, key: str = "") -> VideoDetail:
        """Ask for a film. The same `key` asks for one film however often it is sent; left out, this call has its own."""
        call = Call("POST", "/api/v1/videos", body=given(request), idempotency_key=key or secrets.token_hex(16))
        return self.connection.ask(VideoDetail, call)

    def estimate(self, request: VideoRequest) -> Estimate:
        """What a film would cost and take; nothing is started."""
        return self.connection.ask(Estimate, Call("POST", "/api/v1/videos/estimate", body=given(request)))

    def page(self, search: Search = MINE, cursor: str = "") -> Videos:
        """A page of a list; `next` is the cursor of the page that follows."""
        query = {**to_fields(search), "cursor": cursor or None}
        return self.connection.ask(Videos, Call("GET", "/api/v1/videos", query=query))

    def all(self, search: Search = MINE) -> Iterator[VideoCard]:
        """A whole list, asked for page by page."""
        cursor: str | None = ""
        while cursor is not None:
            page = self.page(search, cursor)
            yield from page.items
            cursor = page.next

    def read(self, id: str) -> VideoDetail:
        """A video."""
        return self.connection.ask(VideoDetail, Call("GET", "/api/v1/videos/{id}", parts={"id": id}))

    def cancel(self, id: str) -> VideoDetail:
        """Stop the work on a video."""
        return self.connection.ask(VideoDetail, Call("POST", "/api/v1/videos/{id}/cancel", parts={"id": id}))

    def retry(self, id: str) -> VideoDetail:
        """Try a failed film again, or make every scene of a completed one anew."""
        return self.connection.ask(VideoDetail, Call("POST", "/api/v1/videos/{id}/retry", parts={"id": id}))

    def retry_scene(self, id: str, scene: int) -> VideoDetail:
        """Make one scene's picture anew."""
        call = Call("POST", "/api/v1/videos/{id}/scenes/{scene}/retry", parts={"id": id, "scene": scene})
        return self.connection.ask(VideoDetail, call)

    def edit_scene(self, id: str, scene: int, *, text: str = "", visual: str = "") -> VideoDetail:
        """New words or another picture for a scene; what is left out stays."""
        body = {name: value for name, value in (("text", text), ("visual", visual)) if value}
        call = Call("PATCH", "/api/v1/videos/{id}/scenes/{scene}", parts={"id": id, "scene": scene}, body=body)
        return self.connection.ask(VideoDetail, call)

    def publish(self, id: str, *, public: bool = True) -> VideoCard:
        """Let everybody see a film, or only its owner."""
        call = Call("PUT", "/api/v1/videos/{id}/visibility", parts={"id": id}, body={"public": public})
        return self.connection.ask(VideoCard, call)

    def remember(self, id: str) -> None:
        """Put a video among one's favourites."""
        self.connection.tell(Call("PUT", "/api/v1/videos/{id}/favourite", parts={"id": id}))

    def forget(self, id: str) -> None:
        """Take a video out of one's favourites."""
        self.connection.tell(Call("DELETE", "/api/v1/videos/{id}/favourite", parts={"id": id}))

    def count_view(self, id: str) -> VideoCard:
        """Tell that a film is being watched."""
        return self.connection.ask(VideoCard, Call("POST", "/api/v1/videos/{id}/views", parts={"id": id}))

    def delete(self, id: str) -> None:
        """Delete a video and all that was made for it."""
        self.connection.tell(Call("DELETE", "/api/v1/videos/{id}", parts={"id": id}))
