"""What a finished film consists of: its files, saved whole even where the connection breaks.

A download lies beside its place under a name of its own until it is whole. It goes on where it broke, also in another
run of the program, as long as the service still has the same file.
"""

import os
from dataclasses import dataclass, replace
from pathlib import Path

import httpx

from aiprod.client.bodies import FileLink
from aiprod.client.connection import Call, Connection
from aiprod.client.problems import Problem
from aiprod.errors import Unavailable
from aiprod.logs import logger

MOST_BREAKS = 8
"""Breaks of the connection without a byte between them that a download bears."""
PAUSE_SECONDS = 0.5
PARTIAL, NOTHING_LEFT = 206, 416


@dataclass(frozen=True, slots=True, kw_only=True)
class Films:
    """Files of finished films."""

    connection: Connection

    def save(self, id: str, target: Path) -> Path:
        """Save the film. Raises: Problem, NotNow, Unavailable."""
        return self._save(Call("GET", "/api/v1/videos/{id}/film", parts={"id": id}), target)

    def save_file(self, id: str, name: str, target: Path) -> Path:
        """Save any of the film's files, by the names that the video lists. Raises: Problem, NotNow, Unavailable."""
        return self._save(Call("GET", "/api/v1/videos/{id}/files/{name}", parts={"id": id, "name": name}), target)

    def save_all(self, id: str, files: tuple[FileLink, ...], folder: Path) -> tuple[Path, ...]:
        """Save every file of a video under its own name. Raises: Problem, NotNow, Unavailable."""
        return tuple(self.save_file(id, file.name, folder / Path(file.name).name) for file in files)

    def thumbnail(self, id: str) -> bytes:
        """The film's best picture."""
        return self.connection.send(Call("GET", "/api/v1/videos/{id}/thumbnail", parts={"id": id})).content

    def scene_picture(self, id: str, scene: int) -> bytes:
        """A scene's picture, as soon as the scene is drawn."""
        call = Call("GET", "/api/v1/videos/{id}/scenes/{scene}/picture", parts={"id": id, "scene": scene})
        return self.connection.send(call).content

    def subtitles(self, id: str, form: str = "srt") -> str:
        """What is said, as `srt` or `vtt`."""
        call = Call("GET", "/api/v1/videos/{id}/subtitles/{form}", parts={"id": id, "form": form})
        return self.connection.send(call).content.decode("utf-8")

    def timeline(self, id: str) -> bytes:
        """The film in exact time, as JSON (docs/formats.md)."""
        return self.connection.send(Call("GET", "/api/v1/videos/{id}/timeline", parts={"id": id})).content

    def _save(self, call: Call, target: Path) -> Path:
        part, breaks = _Part(target=target), 0
        while True:
            have = part.size
            try:
                with self.connection.stream(replace(call, headers=part.asked_for)) as response:
                    part.take(response)
                return part.finish()
            except Unavailable as error:
                breaks = 0 if part.size > have else breaks + 1
                if breaks > MOST_BREAKS:
                    raise
                logger().info("saving goes on", reason=str(error), bytes=part.size)
            except Problem as problem:
                if problem.status != NOTHING_LEFT or not have:
                    raise
                part.drop()
            self.connection.pause(PAUSE_SECONDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A download that is not whole yet, and the tag of the file that it is a part of."""

    target: Path

    @property
    def path(self) -> Path:
        return self.target.with_name(f".{self.target.name}.part")

    @property
    def tag(self) -> Path:
        return self.target.with_name(f".{self.target.name}.tag")

    @property
    def size(self) -> int:
        return self.path.stat().st_size if self.path.is_file() and self.tag.is_file() else 0

    @property
    def asked_for(self) -> dict[str, str]:
        """Headers that ask for what is missing, or for all if the file is another one by now."""
        plain = {"Accept-Encoding": "identity"}
        if not self.size:
            return plain
        return {**plain, "Range": f"bytes={self.size}-", "If-Range": self.tag.read_text(encoding="ascii")}

    def take(self, response: httpx.Response) -> None:
        """Keep what comes."""
        goes_on = response.status_code == PARTIAL
        if not goes_on:
            self.drop()
            self.target.parent.mkdir(parents=True, exist_ok=True)
            self.tag.write_text(response.headers.get("etag", ""), encoding="ascii")
        with self.path.open("ab") as file:
            for chunk in response.iter_raw():
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())

    def finish(self) -> Path:
        """Put it in its place, whole."""
        self.path.replace(self.target)
        self.tag.unlink()
        return self.target

    def drop(self) -> None:
        """Begin anew."""
        for file in (self.path, self.tag):
            file.unlink(missing_ok=True)
