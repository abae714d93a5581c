"""Addresses: where each artefact lies, and which topic hears of it.

Kind first, then video, then revision, because storage notifications and lifecycle rules match prefixes. V is the
video's id, R its revision, KEY the hash of all that the artefact depends on.
"""

from dataclasses import dataclass
from pathlib import PurePosixPath

from aiprod.errors import InvalidInput, Misuse

NOTIFIED = ("scripts", "narrations", "clips", "segments", "mixes", "films")
"""Prefixes whose finalised objects are announced, each on its own topic."""


def checked(address: str) -> str:
    """The address, if an object may lie there. Raises: Misuse."""
    parts = PurePosixPath(address).parts
    if not parts or address.startswith("/") or any(part.startswith(".") for part in parts):
        raise Misuse(f"Expected an address such as KIND/VIDEO/NAME, found {address!r}.")
    return address


def finalized_topic(prefix: str) -> str:
    """Topic that announces the objects finalised under a prefix."""
    return f"finalized-{prefix}"


def upload(holder: str, name: str) -> str:
    """A file that the user brought: for one video on the command line, for all of an account's on the web."""
    return f"uploads/{holder}/{name}"


def voice_recording(voice: str, name: str) -> str:
    """A recording of somebody who lent their voice, as it was brought."""
    return f"voices/{voice}/{name}"


def script(video: str, revision: int) -> str:
    """The script, with all that the script stage decided."""
    return f"scripts/{video}/{revision}.json"


def line_sound(video: str, revision: int, scene: int, key: str) -> str:
    """The narration of one scene (FLAC, mono)."""
    return f"sounds/{video}/{revision}/{scene:02d}-{key}.flac"


def line_times(video: str, revision: int, scene: int, key: str) -> str:
    """Word and phoneme times of one scene's narration."""
    return f"sounds/{video}/{revision}/{scene:02d}-{key}.json"


def narration(video: str, revision: int) -> str:
    """The narration's manifest."""
    return f"narrations/{video}/{revision}.json"


def plan(video: str, revision: int) -> str:
    """The timeline and the shots planned on it."""
    return f"plans/{video}/{revision}.json"


def takes(operation: str) -> str:
    """Prefix of what a hosted service delivers for an operation, as it came."""
    return f"takes/{operation}/"


def clip(video: str, revision: int, scene: int, key: str) -> str:
    """A scene's clip, at the renderer's size; with sound where its renderer makes some."""
    return f"clips/{video}/{revision}/{scene:02d}-{key}.mp4"


def segment(video: str, revision: int, index: int, key: str) -> str:
    """A stretch of the film with the film's final parameters."""
    return f"segments/{video}/{revision}/{index:03d}-{key}.mp4"


def segments(video: str, revision: int) -> str:
    """Prefix of a revision's segments."""
    return f"segments/{video}/{revision}/"


def mix(video: str, revision: int, key: str) -> str:
    """The film's whole sound: mixed before any clip, and again at the end where clips bring their own."""
    return f"mixes/{video}/{revision}/{key}.m4a"


def export(video: str, revision: int, name: str) -> str:
    """A finished file: film.mp4, subtitles.srt, poster.png..."""
    return f"exports/{video}/{revision}/{name}"


def film(video: str, revision: int) -> str:
    """The film's manifest, written last."""
    return f"films/{video}/{revision}.json"


def review(video: str, revision: int) -> str:
    """The review's report."""
    return f"reviews/{video}/{revision}.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What an address says: `item` is the scene or segment number (0 for a manifest), `key` "" there."""

    prefix: str
    video: str
    revision: int
    item: int = 0
    key: str = ""


def parse(address: str) -> Place:
    """The parts of an artefact's address. Raises: InvalidInput."""
    parts = address.split("/")
    try:
        if len(parts) == 3:
            return Place(prefix=parts[0], video=parts[1], revision=int(parts[2].removesuffix(".json")))
        prefix, video, revision, name = parts
        item, _, key = name.partition(".")[0].rpartition("-")
        return Place(prefix=prefix, video=video, revision=int(revision), item=int(item or 0), key=key)
    except ValueError as error:
        raise InvalidInput("address", expected="KIND/VIDEO/REVISION.json or KIND/VIDEO/REVISION/ITEM-KEY.EXT",
                           found=address) from error  # fmt: skip
