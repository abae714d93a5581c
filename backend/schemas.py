"""The bodies of requests and answers, as JSON. Unknown fields are refused; texts are checked where they become a brief."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from aiprod.brief import ASPECTS, MUSIC_MOODS, STYLES, SUBTITLE_STYLES
from aiprod.profiles import PROFILES
from aiprod.story import LANGUAGES

Password = Annotated[str, Field(max_length=256, examples=["correct horse battery"])]
Email = Annotated[str, Field(max_length=254, examples=["jane@mail.org"])]


def _one_of(values: tuple[str, ...]) -> str:
    return f"^({'|'.join(values)})$"


class Body(BaseModel):
    """What a request brings."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Registration(Body):
    """A new account."""

    email: Email
    password: Annotated[str, Field(max_length=256, description="10 to 256 characters.")]
    code: Annotated[str, Field(max_length=20, description="The access code of the hour.", examples=["K7QH2XWP"])]


class SignIn(Body):
    """Address and password of an account."""

    email: Email
    password: Password


class PasswordChange(Body):
    """A new password; every session ends but the one that comes back."""

    old: Password
    new: Password


class Confirmation(Body):
    """The password again, before what cannot be undone."""

    password: Password


class KeyRequest(Body):
    """A new API key."""

    name: Annotated[str, Field(min_length=1, max_length=60, examples=["my blog"])]
    scopes: Annotated[list[Literal["videos:read", "videos:write"]], Field(min_length=1, max_length=2)]


class TierChange(Body):
    """An account's new tier."""

    tier: Annotated[str, Field(max_length=40, examples=["pro"])]


class VideoRequest(Body):
    """A film: of a theme, or of a script. What is left out is chosen."""

    theme: Annotated[str, Field(max_length=300, examples=["The secret life of giant pandas"])] = ""
    script: Annotated[str, Field(max_length=200_000, description="Markdown or script.json (docs/formats.md).")] = ""
    language: Annotated[str, Field(pattern=_one_of(("", *LANGUAGES)), description="Guessed where left out.")] = ""
    voice: Annotated[str, Field(max_length=80, description="An id of /api/v1/voices.")] = ""
    style: Annotated[str, Field(pattern=_one_of(STYLES))] = "cinematic"
    profile: Annotated[str, Field(pattern=_one_of(tuple(PROFILES)))] = "social"
    aspect: Annotated[str, Field(pattern=_one_of(("", *ASPECTS)), description="The profile's where left out.")] = ""
    music: Annotated[str, Field(pattern=_one_of(("", "none", *MUSIC_MOODS)))] = ""
    subtitles: Annotated[str, Field(pattern=_one_of(SUBTITLE_STYLES))] = "karaoke"
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


# --- answers ---------------------------------------------------------------------------------------------------------


class QuotaState(BaseModel):
    """How many videos an account has had; `limit` is null where it may have any number."""

    used: int = Field(examples=[1])
    limit: int | None = Field(examples=[2])
    at_work: int = Field(examples=[1])


class Account(BaseModel):
    """The account of who asks."""

    id: str
    email: str
    admin: bool
    tier: str
    created_at: float = Field(description="Seconds since 1970 UTC, as every time here.")
    quota: QuotaState


class Session(BaseModel):
    """A session: the token for programs, the mark that a page sends back as X-CSRF-Token."""

    token: str
    csrf_token: str
    expires_at: float
    account: Account


class Mark(BaseModel):
    """The session's mark."""

    csrf_token: str


class Key(BaseModel):
    """An API key, without what opens the door."""

    id: str
    name: str
    scopes: list[str]
    created_at: float


class NewKey(Key):
    """A new API key; its text is shown this once."""

    key: str


class Code(BaseModel):
    """The access code, and until when it is the one of the hour."""

    code: str = Field(examples=["K7QH2XWP"])
    until: float
    before: str = Field(description="The code before; empty where it counts no more.")
    before_until: float


class AdminUser(BaseModel):
    """An account, as admins see it."""

    id: str
    email: str
    admin: bool
    tier: str
    created_at: float


class Users(BaseModel):
    """A page of accounts."""

    items: list[AdminUser]
    next: str | None = Field(description="Cursor of the next page; null on the last.")


class Step(BaseModel):
    """When a revision entered a status."""

    revision: int
    status: str
    at: float


class SceneState(BaseModel):
    """How far a scene's picture is."""

    scene: int
    status: str = Field(examples=["rendering"])
    frames: int
    frames_done: int
    attempt: int
    renderer: str
    failure: str


class Progress(BaseModel):
    """How far a video is; `sequence` grows with every change."""

    id: str
    sequence: int
    status: str = Field(examples=["rendering"])
    revision: int
    title: str
    failure: str = Field(description="Why it failed, in a sentence; empty otherwise.")
    scenes: list[SceneState]
    history: list[Step]


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

    seconds: float | None = Field(description="Duration of the film; null while there is none.")
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


class Choice(BaseModel):
    """Something that can be chosen, by its id."""

    id: str


class VoiceChoice(Choice):
    """A voice."""

    engine: str
    language: str
    best: bool = Field(description="Whether it speaks where none is chosen.")


class ProfileChoice(Choice):
    """A delivery profile."""

    default_aspect: str
    frames_a_second: float
    short_side_px: int


class Health(BaseModel):
    """Whether the service is well."""

    status: Literal["ok"]


class Letter(BaseModel):
    """An event that could not be handled."""

    id: str
    subscription: str = Field(examples=["narration"])
    event: str = Field(description="What kind of event; empty where it cannot be read.")
    video: str
    attempts: int
    reason: str = Field(description="Empty where the cloud does not say.")
    at: float = Field(description="0 where the cloud does not say.")


class Queue(BaseModel):
    """What is at work and what waits."""

    videos: dict[str, int] = Field(description="Videos at work, by status.")
    oldest_seconds: float = Field(description="How long ago the oldest of them was asked for.")
    clips: dict[str, int] = Field(description="Clips that wait for a renderer, by queue; counted up to a thousand.")
