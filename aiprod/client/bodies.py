"""The bodies of requests and answers, as the API describes them. What a newer service adds is left out when read."""

from dataclasses import dataclass, field, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoRequest:
    """A film to be made: of a theme, of a script, or of a narration of one's own. What is left out is chosen.

    `recording`, `music` and the values of `media` (by the number of the scene) may be ids of uploaded files.
    """

    theme: str = ""
    script: str = ""
    recording: str = ""
    media: dict[str, str] = field(default_factory=dict)
    language: str = ""
    voice: str = ""
    style: str = "cinematic"
    profile: str = "social"
    aspect: str = ""
    music: str = ""
    subtitles: str = "karaoke"
    scenes: int = 0
    seconds: int = 0
    seed: int = 0
    public: bool = False


def given(request: VideoRequest) -> dict[str, object]:
    """The fields that are not as they would be anyway, so that an older service understands the request too."""
    usual = VideoRequest()
    names = (one.name for one in fields(request))
    return {name: getattr(request, name) for name in names if getattr(request, name) != getattr(usual, name)}


# --- answers ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaState:
    """How many videos an account has had; `limit` is None where it may have any number."""

    used: int
    limit: int | None
    at_work: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The account of who asks."""

    id: str
    email: str
    admin: bool
    tier: str
    created_at: float
    quota: QuotaState


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session that was opened."""

    token: str
    csrf_token: str
    expires_at: float
    account: Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The session's mark, which pages send back."""

    csrf_token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """An API key, without what opens the door."""

    id: str
    name: str
    scopes: tuple[str, ...]
    created_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey(Key):
    """A new API key; its text is told this once."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """The access code, and until when it is the one of the hour."""

    code: str
    until: float
    before: str
    before_until: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminUser:
    """An account, as admins see it."""

    id: str
    email: str
    admin: bool
    tier: str
    created_at: float
    signed_in_at: float | None
    disabled: bool
    quota: QuotaState


@dataclass(frozen=True, slots=True, kw_only=True)
class Users:
    """A page of accounts."""

    items: tuple[AdminUser, ...]
    next: str | None
    tiers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """What is at work and what waits."""

    videos: dict[str, int]
    oldest_seconds: float
    clips: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """An event that could not be handled."""

    id: str
    subscription: str
    event: str
    video: str
    attempts: int
    reason: str
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """When a revision entered a status."""

    revision: int
    status: str
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneState:
    """How far a scene is; `picture` is where its picture is, None until it is there."""

    scene: int
    title: str
    text: str
    visual: str
    picture: str | None
    status: str
    frames: int
    frames_done: int
    attempt: int
    renderer: str
    failure: str
    failure_kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a video is; `sequence` grows with every change."""

    id: str
    sequence: int
    status: str
    revision: int
    title: str
    failure: str
    failure_kind: str = ""
    failed_in: str = ""
    scenes: tuple[SceneState, ...]
    history: tuple[Step, ...]

    @property
    def over(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.status in ("completed", "failed", "cancelled")


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoCard:
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
    ready: bool
    seconds: float | None
    failure: str | None
    failure_kind: str | None = None
    failed_in: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLink:
    """A finished file."""

    name: str
    bytes: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneText:
    """What a scene says and shows."""

    scene: int
    title: str
    text: str
    visual: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoDetail(VideoCard):
    """A video in full; its last four fields are None for others than its owner."""

    width_px: int | None
    height_px: int | None
    credits: tuple[str, ...]
    files: tuple[FileLink, ...]
    scenes: tuple[SceneText, ...]
    theme: str | None
    notes: tuple[str, ...] | None
    cost_usd: float | None
    progress: Progress | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Videos:
    """A page of videos."""

    items: tuple[VideoCard, ...]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What a film would cost and take."""

    film_seconds: float
    cost_usd: float
    making_seconds: float | None
    allowed: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something that can be chosen, by its id."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceChoice(Choice):
    """A voice."""

    engine: str
    language: str
    best: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileChoice(Choice):
    """A delivery profile."""

    default_aspect: str
    frames_a_second: float
    short_side_px: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Whether the service is well."""

    status: str
