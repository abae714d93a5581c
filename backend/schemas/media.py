"""Files that users bring."""

from typing import Literal

from pydantic import BaseModel, Field


class Media(BaseModel):
    """A file of one's own: name it by its id when asking for a film."""

    id: str = Field(examples=["9c1f0a52be77d3e84410"])
    kind: Literal["picture", "clip", "sound"]
    name: str = Field(description="What it was called when it came.", examples=["panda.jpg"])
    media_type: str = Field(examples=["image/jpeg"])
    bytes: int
    created_at: float
    width_px: int | None
    height_px: int | None
    seconds: float | None
    url: str = Field(description="Where its content is, for whoever brought it.")


class MediaShelf(BaseModel):
    """One's files, the newest first, and the room that they take."""

    items: list[Media]
    used_bytes: int
    limit_bytes: int | None = Field(description="Null where there is no limit.")
