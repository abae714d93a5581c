"""Files that users bring."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from backend.schemas.body import Body

MOST_PARTS = 100


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


class MediaPart(BaseModel):
    """Some of the bytes of a file."""

    id: str = Field(examples=["1b7d0f3c5e9a28466b20"])
    bytes: int
    sha256: str = Field(description="Their SHA-256 digest.", examples=["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"])


class MediaWhole(Body):
    """A file that came in parts."""

    name: Annotated[str, Field(max_length=200, description="What to call it.", examples=["holiday.mp4"])] = ""
    parts: Annotated[
        list[Annotated[str, Field(pattern=r"^[0-9a-f]{20}$")]],
        Field(min_length=1, max_length=MOST_PARTS, description="Its parts, in their order.", examples=[["1b7d0f3c5e9a28466b20"]]),
    ]
    bytes: Annotated[int, Field(ge=0, description="How large it is, to be compared with its parts; 0: they are taken as they are.")] = 0
