"""Videos: what is asked for, how far one is, what it is made of."""

from typing import Annotated

from pydantic import BaseModel, Field

from aiprod.brief import ASPECTS, MUSIC_MOODS, STYLES, SUBTITLE_STYLES
from aiprod.profiles import PROFILES
from aiprod.story import LANGUAGES
from backend.schemas.body import Body, one_of

MediaId = Annotated[str, Field(pattern=r"^[0-9a-f]{20}$", examples=["9c1f0a52be77d3e84410"])]
KIND = "What kind of failure it is (docs/api.md); empty where it did not fail, or where that is not known."
SceneKey = Annotated[str, Field(pattern=r"^[1-9]\d{0,2}$", examples=["1"])]


class VideoRequest(Body):
    """A film: of a theme, of a script, or of a narration of one's own. What is left out is chosen."""

    theme: Annotated[str, Field(max_length=300, examples=["The secret life of giant pandas"])] = ""
    script: Annotated[str, Field(max_length=200_000, description="Markdown or script.json (docs/formats.md).")] = ""
    recording: Annotated[str, Field(pattern=r"^([0-9a-f]{20})?$", description="A sound of /api/v1/media that tells it.")] = ""
    media: Annotated[
        dict[SceneKey, MediaId],
        Field(max_length=200, description="Pictures and clips of /api/v1/media, by the numbers of the scenes that show them.",
              examples=[{"1": "9c1f0a52be77d3e84410"}]),
    ] = {}  # noqa: RUF012  pydantic gives each its own
    language: Annotated[str, Field(pattern=one_of(("", *LANGUAGES)), description="Guessed where left out.")] = ""
    voice: Annotated[str, Field(max_length=80, description="An id of /api/v1/voices.")] = ""
    style: Annotated[str, Field(pattern=one_of(STYLES))] = "cinematic"
    profile: Annotated[str, Field(pattern=one_of(tuple(PROFILES)))] = "social"
    aspect: Annotated[str, Field(pattern=one_of(("", *ASPECTS)), description="The profile's where left out.")] = ""
    music: Annotated[
        str,
        Field(pattern=one_of(("", "none", *MUSIC_MOODS, "[0-9a-f]{20}")), description="A mood, none, or a sound of /api/v1/media."),
    ] = ""
    subtitles: Annotated[str, Field(pattern=one_of(SUBTITLE_STYLES))] = "karaoke"
    scenes: Annotated[int, Field(ge=0, le=60, description="For a theme; 0: chosen.")] = 0
    seconds: Annotated[int, Field(ge=0, le=3600, description="Wanted duration, 5 or more; 0: chosen.")] = 0
    seed: Annotated[int, Field(ge=0, le=2**31 - 1, description="Another number gives another film.")] = 0
    public: Annotated[bool, Field(description="Whether everybody may see it when it is done.")] = False


class SceneChange(Body):
    """New words or a new picture for a scene; what is left out stays."""

    text: Annotated[str, Field(max_length=2000, description="What is said.")] = ""
    visual: Annotated[str, Field(max_length=4000, description="What is shown.")] = ""


class Visibility(Body):
    """Who may see a video."""

    public: bool


class Step(BaseModel):
    """When a revision entered a status."""

    revision: int
    status: str
    at: float


class SceneState(BaseModel):
    """How far a scene is: what it says and shows, and how far its picture is."""

    scene: int
    title: str
    text: str
    visual: str
    picture: str | None = Field(description="Where its picture is; another address when it is made anew; null until it is there.",
                                examples=["/api/v1/videos/3f0c9a51be77/scenes/1/picture?of=5f0e7c2ab91d4466a3c0"])  # fmt: skip
    status: str = Field(examples=["rendering"])
    frames: int
    frames_done: int
    attempt: int
    renderer: str
    failure: str
    failure_kind: str = Field(description="The kind of failure, as in Progress.", examples=["content-refused"])


class Progress(BaseModel):
    """How far a video is; `sequence` grows with every change."""

    id: str
    sequence: int
    status: str = Field(examples=["rendering"])
    revision: int
    title: str
    failure: str = Field(description="Why it failed, in a sentence; empty otherwise.")
    failure_kind: str = Field(description=KIND, examples=["content-refused"])
    failed_in: str = Field(description="The status that it failed in; empty otherwise.", examples=["rendering"])
    scenes: list[SceneState]
    history: list[Step]


class VideoNews(BaseModel):
    """How far a video is, in short, for lists; `sequence` grows with every change."""

    id: str
    sequence: int
    owner: str = Field(description="The account's id.", examples=["8d2a6f0b1c4e5a7d9f30"])
    status: str = Field(examples=["rendering"])
    revision: int
    title: str
    failure: str
    failure_kind: str = Field(description=KIND, examples=["content-refused"])
    created_at: float
    scenes: int = Field(description="0 while there is no script.", examples=[6])
    scenes_ready: int = Field(examples=[2])


class VideoCard(BaseModel):
    """A video in a list."""

    id: str
    title: str
    status: str
    language: str
    style: str
    profile: str
    created_at: float
    public: bool
    mine: bool
    favourite: bool
    views: int
    ready: bool = Field(description="Whether there is a film to see, of this revision or one before.")
    seconds: float | None = Field(description="Duration of the film; null while there is none.")
    failure: str | None = Field(description="Why it failed, in a sentence; empty otherwise; null for others than its owner.")
    failure_kind: str | None = Field(description=f"{KIND[:-1]}; null for others than its owner.", examples=["content-refused"])
    failed_in: str | None = Field(description="The status that it failed in; empty otherwise; null for others than its owner.",
                                  examples=["rendering"])  # fmt: skip


class FileLink(BaseModel):
    """A finished file."""

    name: str = Field(examples=["film.mp4"])
    bytes: int
    url: str


class SceneText(BaseModel):
    """What a scene says and shows."""

    scene: int
    title: str
    text: str
    visual: str


class VideoDetail(VideoCard):
    """A video. `theme`, `notes`, `progress` and `cost_usd` are for its owner (and admins): null for others."""

    width_px: int | None
    height_px: int | None
    credits: list[str]
    files: list[FileLink]
    scenes: list[SceneText]
    theme: str | None
    notes: list[str] | None
    cost_usd: float | None
    progress: Progress | None


class Videos(BaseModel):
    """A page of videos."""

    items: list[VideoCard]
    next: str | None = Field(description="Cursor of the next page; null on the last.")


class Estimate(BaseModel):
    """What a film would cost and take, before anything is spent."""

    film_seconds: float
    cost_usd: float
    making_seconds: float | None = Field(description="As the last films here took; null where none was made yet.")
    allowed: bool = Field(description="Whether the account may have it now.")
    reason: str = Field(description="Why not; empty where it may.")
