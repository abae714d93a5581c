"""From options to a checked brief: every mistake is told before anything starts.

Reads the user's files and writes nothing: files that the film needs are named as uploads, and `make` keeps them.
"""

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from aiprod import paths
from aiprod.brief import ASPECTS, MUSIC_MOODS, STYLES, SUBTITLE_STYLES, Brief, OwnMedia
from aiprod.errors import InvalidInput, NotFound
from aiprod.profiles import find_profile
from aiprod.story import LANGUAGES, Script

MAX_THEME_CHARACTERS = 300
MOST_SCENES = 60
MOST_SECONDS = 3600
LEAST_RECORDING_SECONDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file of the user's that goes into the store under an address."""

    path: Path
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked for: a brief whose addresses are those of the uploads."""

    brief: Brief
    uploads: tuple[Upload, ...]


def read_request(options: argparse.Namespace, video: str) -> Request:
    """The request that the options of `aiprod make` make for a new video of that id.

    Raises: InvalidInput, NotFound, MediaBroken.
    """
    _check_one_source(options)
    plain = Brief(
        theme=_theme(options.theme) if options.theme else "",
        language=_one_of("--language", options.language, LANGUAGES),
        voice=options.voice,
        writer=options.writer,
        style=_one_of("--style", options.style, STYLES) or Brief().style,
        profile=find_profile(options.profile or Brief().profile).name,
        aspect=_one_of("--aspect", options.aspect, ASPECTS),
        scenes=_whole("--scenes", options.scenes, 1, MOST_SCENES),
        seconds=_whole("--seconds", options.seconds, 5, MOST_SECONDS),
        subtitles=_one_of("--subtitles", options.subtitles, SUBTITLE_STYLES) or Brief().subtitles,
        seed=_whole("--seed", options.seed, 0, 2**31 - 1),
        renderer=options.renderer,
        budget_usd=_dollars("--budget", options.budget),
        presenter=options.presenter,
        webhook=options.webhook,
    )
    if options.script:
        return _with_script(plain, options, video)
    media = _media_folder(options.media) if options.media else {}
    brief, uploads = _with_media(plain, media, video)
    music, more = _music(options.music, video)
    uploads += more
    if options.audio:
        recording = _upload(_sound_file("--audio", options.audio, LEAST_RECORDING_SECONDS), video, "narration")
        brief, uploads = replace(brief, recording=recording.address), [*uploads, recording]
    return Request(brief=replace(brief, music=music), uploads=tuple(uploads))


def _check_one_source(options: argparse.Namespace) -> None:
    given = [name for name, value in (("a theme", options.theme), ("--script", options.script),
                                      ("--audio", options.audio)) if value]  # fmt: skip
    if len(given) != 1:
        raise InvalidInput("aiprod make", expected="one of a theme, --script FILE, --audio FILE",
                           found=" and ".join(given) or "none of them")  # fmt: skip
    if options.scenes and not options.theme:
        raise InvalidInput("--scenes", expected="a theme to write that many scenes for", found=given[0])


def _theme(text: str) -> str:
    theme = text.strip()
    if "\n" in theme or "\r" in theme:
        raise InvalidInput("theme", expected="one line (a longer text goes into a file, with --script)",
                           found=f"{len(theme.splitlines())} lines")  # fmt: skip
    if len(theme) > MAX_THEME_CHARACTERS:
        raise InvalidInput("theme", expected=f"at most {MAX_THEME_CHARACTERS} characters", found=f"{len(theme)}")
    if not any(character.isalpha() for character in theme) or not theme.isprintable():
        raise InvalidInput("theme", expected="words that say what the film is about", found=repr(text[:40]))
    return theme


def _one_of(option: str, value: str, allowed: Sequence[str]) -> str:
    if value and value not in allowed:
        raise InvalidInput(option, expected=f"one of {', '.join(allowed)}", found=repr(value))
    return value


def _whole(option: str, text: str, least: int, most: int) -> int:
    if not text:
        return 0
    if not re.fullmatch(r"\d{1,10}", text) or not least <= int(text) <= most:
        raise InvalidInput(option, expected=f"a whole number from {least} to {most}", found=repr(text))
    return int(text)


def _dollars(option: str, text: str) -> float:
    if not text:
        return 0.0
    if not re.fullmatch(r"\d{1,6}(\.\d{1,2})?", text):
        raise InvalidInput(option, expected="an amount in dollars such as 2.50", found=repr(text))
    return float(text)


# --- files -----------------------------------------------------------------------------------------------------------


def _with_script(plain: Brief, options: argparse.Namespace, video: str) -> Request:
    from aiprod.writers.script_file import read_script

    read = read_script(Path(options.script))
    media = {number: _checked_media(path) for number, path in read.media.items()}
    media |= _media_folder(options.media) if options.media else {}
    _check_scenes(media, read.script)
    brief, uploads = _with_media(plain, media, video)
    music, more = _music(options.music or read.music, video)
    script = replace(read.script, language=plain.language or read.script.language)
    brief = replace(brief, script=script, language=script.language, music=music, seconds=plain.seconds or read.seconds)
    return Request(brief=brief, uploads=(*uploads, *more))


def _with_media(brief: Brief, media: dict[int, Path], video: str) -> tuple[Brief, list[Upload]]:
    named = {number: _upload(path, video, f"scene-{number:02d}") for number, path in sorted(media.items())}
    own = tuple(OwnMedia(scene=number, address=upload.address) for number, upload in named.items())
    return replace(brief, media=own), list(named.values())


def _check_scenes(media: dict[int, Path], script: Script) -> None:
    numbers = {scene.number for scene in script.scenes}
    for number, path in media.items():
        if number not in numbers:
            raise InvalidInput(path.name, expected=f"the number of a scene from 1 to {len(numbers)}", found=str(number))


def _media_folder(name: str) -> dict[int, Path]:
    """The user's pictures and clips by the scene number that their names start or end with."""
    from aiprod.writers.script_file import MEDIA_SUFFIXES

    folder = Path(name)
    if not folder.is_dir():
        raise NotFound(f"There is no folder {name}; --media takes a folder of pictures and clips named by scene.")
    found: dict[int, Path] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix.casefold() not in MEDIA_SUFFIXES or path.name.startswith("."):
            continue
        number = re.match(r"(?:scene|scène|escena|scena|cena)?[ _-]*(\d{1,3})(?!\d)", path.stem, re.IGNORECASE)
        if number is None:
            raise InvalidInput(path.name, expected="a name that starts with a scene's number, such as 03-panda.jpg",
                               found="no number")  # fmt: skip
        scene = int(number[1])
        if scene in found:
            raise InvalidInput(path.name, expected="one file a scene", found=f"{found[scene].name} for it as well")
        found[scene] = _checked_media(path)
    if not found:
        raise InvalidInput(name, expected=f"pictures or clips ({', '.join(MEDIA_SUFFIXES)})", found="none")
    return found


def _checked_media(path: Path) -> Path:
    from aiprod.media.probe import probe

    if probe(path).picture is None:
        raise InvalidInput(path.name, expected="a picture or a clip", found="a sound")
    return path


def _music(wanted: str, video: str) -> tuple[str, list[Upload]]:
    if not wanted or wanted == "none" or wanted in MUSIC_MOODS:
        return wanted, []
    if not Path(wanted).is_file() and "." not in Path(wanted).name:
        raise InvalidInput("--music", expected=f"none, a sound file, or one of {', '.join(MUSIC_MOODS)}",
                           found=repr(wanted))  # fmt: skip
    upload = _upload(_sound_file("--music", wanted, 1), video, "music")
    return upload.address, [upload]


def _sound_file(option: str, name: str, least_seconds: int) -> Path:
    from aiprod.media.probe import probe

    path = Path(name)
    if not path.is_file():
        raise NotFound(f"There is no file {name}; {option} takes a sound file.")
    sound = probe(path).sound
    if sound is None:
        raise InvalidInput(path.name, expected="a sound", found="a picture without one")
    if 0 < sound.seconds < least_seconds:
        found = f"{float(sound.seconds):.1f} s"
        raise InvalidInput(path.name, expected=f"at least {least_seconds} s of sound", found=found)
    return path


def _upload(path: Path, video: str, name: str) -> Upload:
    return Upload(path=path, address=paths.upload(video, f"{name}{path.suffix.casefold()}"))
