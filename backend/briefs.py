"""From a request's fields to a checked brief. Knows the limits of texts; a script sent over the web names no file, and files
that were brought are named by their ids."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from aiprod.bootstrap import App
from aiprod.brief import MUSIC_MOODS, Brief, OwnMedia
from aiprod.errors import InvalidInput
from aiprod.events import SceneEdit
from aiprod.language import guess_language
from aiprod.uploads import Upload, Uploads
from backend.choices import offers, voices_of
from backend.schemas.videos import SceneChange, VideoRequest
from backend.settings import Tier

NOWHERE = Path("/dev/null")
"""Folder in which no file lies."""
LEAST_SECONDS = 5
LEAST_RECORDING_SECONDS = 2


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Who asks for a film, or for a batch of them: their account, what it may have, the files that they brought."""

    app: App
    user: str
    tier: Tier
    uploads: Uploads

    def upload(self, place: str, id: str, *kinds: str) -> Upload:
        """A file of theirs, of one of these kinds. Raises: InvalidInput."""
        wanted = f"the id of a {' or a '.join(kinds)} of yours"
        found = self._files.get(id)
        if found is None:
            raise InvalidInput(place, expected=wanted, found=f"{id}, which is none")
        if found.kind not in kinds:
            raise InvalidInput(place, expected=wanted, found=f"that of a {found.kind}")
        return found

    @cached_property
    def _files(self) -> Mapping[str, Upload]:
        """Their files by id, read once: a batch may name a hundred thousand."""
        return {one.id: one for one in self.uploads.of(self.user)}


def read_brief(asker: Asker, request: VideoRequest) -> Brief:
    """Raises: InvalidInput."""
    tier = asker.tier
    given = [name for name in ("theme", "script", "recording") if getattr(request, name).strip()]
    if len(given) != 1:
        found = " and ".join(given) or "none of them"
        raise InvalidInput("request", expected="one of a theme, a script, a recording", found=found)
    if request.profile not in tier.profiles:
        raise InvalidInput("profile", expected=f"one of {', '.join(tier.profiles)}", found=request.profile)
    if 0 < request.seconds < LEAST_SECONDS:
        raise InvalidInput("seconds", expected=f"0, or {LEAST_SECONDS} and more", found=str(request.seconds))
    plain = Brief(
        language=request.language, style=request.style, profile=request.profile, aspect=request.aspect,
        subtitles=request.subtitles, seed=request.seed,
    )  # fmt: skip
    read = {"theme": _of_theme, "script": _of_script, "recording": _of_recording}[given[0]]
    brief = _with_own(asker, request, read(asker, request, plain))
    return _with_voice(asker.app, request.voice, brief)


def read_edit(scene: int, change: SceneChange) -> SceneEdit:
    """Raises: InvalidInput."""
    from aiprod.writers.spoken_text import can_be_said, clean, spoken

    text, visual = spoken(change.text), clean(change.visual)
    for name, given, kept in (("text", change.text, text), ("visual", change.visual, visual)):
        if given and not can_be_said(kept):
            raise InvalidInput(name, expected="words", found=repr(given[:40]))
    if not text and not visual:
        raise InvalidInput("request", expected="a text, a visual or both", found="neither")
    return SceneEdit(scene=scene, text=text, visual=visual)


def _of_theme(_: Asker, request: VideoRequest, plain: Brief) -> Brief:
    theme = request.theme.strip()
    if not theme.isprintable() or not any(character.isalpha() for character in theme):
        raise InvalidInput("theme", expected="one line of words that say what the film is about", found=repr(theme[:40]))
    return replace(plain, theme=theme, scenes=request.scenes, seconds=request.seconds, music=request.music)


def _of_script(asker: Asker, request: VideoRequest, plain: Brief) -> Brief:
    from aiprod.writers.markdown import parse_markdown
    from aiprod.writers.script_json import parse_json

    if request.scenes:
        raise InvalidInput("scenes", expected="a theme to write that many scenes for", found="a script")
    text = request.script.replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text:
        raise InvalidInput("script", expected="text", found="a zero byte, as binary files have")
    parse = parse_json if text.lstrip().startswith("{") else parse_markdown
    no_files = InvalidInput("script", expected="a script that names no files", found="the name of one")
    try:
        read = parse(text, source="script", folder=NOWHERE)
    except InvalidInput as error:
        # Said alike whether the file is there or not, so that nobody learns what lies on this machine.
        raise no_files if error.expected.startswith("a file") else error from None
    music = request.music or read.music
    if read.media or read.music not in ("", "none", *MUSIC_MOODS):
        raise no_files
    script = replace(read.script, language=plain.language or read.script.language)
    for role in script.cast:
        if not offers(asker.app, script.language, role.voice):
            expected = f"a voice of /api/v1/voices for {role.speaker}"
            raise InvalidInput("script", expected=expected, found=repr(role.voice[:40]))
    seconds = request.seconds or read.seconds
    return replace(plain, script=script, language=script.language, music=music, seconds=seconds)


def _of_recording(asker: Asker, request: VideoRequest, plain: Brief) -> Brief:
    if request.scenes:
        raise InvalidInput("scenes", expected="a theme to write that many scenes for", found="a recording")
    sound = asker.upload("recording", request.recording, "sound")
    if sound.seconds < LEAST_RECORDING_SECONDS:
        found = f"one of {sound.seconds:.1f} s"
        raise InvalidInput("recording", expected=f"a sound of {LEAST_RECORDING_SECONDS} s and more", found=found)
    seconds = request.seconds or round(sound.seconds)
    return replace(plain, recording=sound.address(asker.user), seconds=seconds, music=request.music)


def _with_own(asker: Asker, request: VideoRequest, brief: Brief) -> Brief:
    """The brief with the pictures, clips and music that they brought, by their addresses."""
    numbers = {scene.number for scene in brief.script.scenes} if brief.script else set(range(1, brief.scenes + 1))
    own: list[OwnMedia] = []
    for number, id in sorted(request.media.items(), key=lambda one: int(one[0])):
        if numbers and int(number) not in numbers:
            raise InvalidInput("media", expected=f"scenes from 1 to {max(numbers)}", found=f"scene {number}")
        upload = asker.upload(f"media of scene {number}", id, "picture", "clip")
        own.append(OwnMedia(scene=int(number), address=upload.address(asker.user)))
    music = brief.music
    if music not in ("", "none", *MUSIC_MOODS):
        music = asker.upload("music", music, "sound").address(asker.user)
    return replace(brief, media=tuple(own), music=music)


def _with_voice(app: App, voice: str, brief: Brief) -> Brief:
    if not voice:
        return brief
    language = brief.language or guess_language(brief.theme)
    offered = [one.id for one in voices_of(app, language)]
    if voice not in offered:
        raise InvalidInput("voice", expected=f"one of {', '.join(offered)}", found=repr(voice[:40]))
    return replace(brief, voice=voice, language=language)
