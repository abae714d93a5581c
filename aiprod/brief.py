"""A brief: all that a user asks for when asking for a video. Checked at the door, then passed on unchanged."""

from dataclasses import dataclass

from aiprod.story import Script

ASPECTS = ("9:16", "16:9", "1:1", "4:5")
STYLES = ("cinematic", "realistic", "anime", "sketch", "watercolor", "noir", "vintage", "neon", "documentary")
SUBTITLE_STYLES = ("karaoke", "plain", "boxed", "none")
MUSIC_MOODS = ("calm", "wonder", "epic", "tense", "playful", "sad", "mystery", "hopeful")
USUAL_SCENES = 8
SCENE_SECONDS = 8
"""What a film has where nothing else is asked for, and about how long each of its scenes lasts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMedia:
    """A picture or clip of the user's for one scene; `address` is where the object was put."""

    scene: int
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """Exactly one of `theme`, `script`, `recording` is given; "" and 0 mean "choose for me".

    `recording`: address of the user's narration. `music`: a mood, "none", or the address of an own file.
    `budget_usd`: the most that pictures which cost money may cost; a hosted writer or voice, which costs cents, is paid
    where it is named. `seconds`: wanted duration.
    """

    theme: str = ""
    script: Script | None = None
    recording: str = ""
    language: str = ""
    voice: str = ""
    writer: str = ""
    style: str = "cinematic"
    profile: str = "social"
    aspect: str = ""
    scenes: int = 0
    seconds: int = 0
    music: str = ""
    subtitles: str = "karaoke"
    seed: int = 0
    renderer: str = ""
    budget_usd: float = 0.0
    presenter: bool = False
    media: tuple[OwnMedia, ...] = ()
    webhook: str = ""
