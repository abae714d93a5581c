"""From a request's fields to a checked brief. Knows the limits of texts; a script sent over the web names no file."""

from dataclasses import replace
from pathlib import Path

from aiprod.bootstrap import App
from aiprod.brief import MUSIC_MOODS, Brief
from aiprod.errors import InvalidInput
from aiprod.events import SceneEdit
from aiprod.language import guess_language
from backend.choices import voices_of
from backend.schemas.videos import SceneChange, VideoRequest
from backend.settings import Tier

NOWHERE = Path("/dev/null")
"""Folder in which no file lies."""
LEAST_SECONDS = 5


def read_brief(app: App, request: VideoRequest, tier: Tier) -> Brief:
    """Raises: InvalidInput."""
    if bool(request.theme.strip()) == bool(request.script.strip()):
        found = "both" if request.theme.strip() else "neither"
        raise InvalidInput("request", expected="either a theme or a script", found=found)
    if request.profile not in tier.profiles:
        raise InvalidInput("profile", expected=f"one of {', '.join(tier.profiles)}", found=request.profile)
    if 0 < request.seconds < LEAST_SECONDS:
        raise InvalidInput("seconds", expected=f"0, or {LEAST_SECONDS} and more", found=str(request.seconds))
    plain = Brief(
        language=request.language, style=request.style, profile=request.profile, aspect=request.aspect,
        subtitles=request.subtitles, seed=request.seed,
    )  # fmt: skip
    brief = _of_script(request, plain) if request.script.strip() else _of_theme(request, plain)
    return _with_voice(app, request.voice, brief)


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


def _of_theme(request: VideoRequest, plain: Brief) -> Brief:
    theme = request.theme.strip()
    if not theme.isprintable() or not any(character.isalpha() for character in theme):
        raise InvalidInput("theme", expected="one line of words that say what the film is about", found=repr(theme[:40]))
    return replace(plain, theme=theme, scenes=request.scenes, seconds=request.seconds, music=request.music)


def _of_script(request: VideoRequest, plain: Brief) -> Brief:
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
    if read.media or music not in ("", "none", *MUSIC_MOODS):
        raise no_files
    script = replace(read.script, language=plain.language or read.script.language)
    seconds = request.seconds or read.seconds
    return replace(plain, script=script, language=script.language, music=music, seconds=seconds)


def _with_voice(app: App, voice: str, brief: Brief) -> Brief:
    if not voice:
        return brief
    language = brief.language or guess_language(brief.theme)
    offered = [one.id for one in voices_of(app, language)]
    if voice not in offered:
        raise InvalidInput("voice", expected=f"one of {', '.join(offered)}", found=repr(voice[:40]))
    return replace(brief, voice=voice, language=language)
