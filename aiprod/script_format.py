"""The file format `script.json`, version 1: its structures, its schema, and a script written in it.

The structures are the only source of the format: the reader (`writers/script_json.py`), the file beside every film and
docs/script.schema.json come from them. `python -m aiprod.script_format` prints the schema.
"""

import json
import sys
from typing import Annotated, Final, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from aiprod.story import NARRATOR, Scene, Script

MAX_SCENES: Final = 200
MAX_SCENE_CHARACTERS: Final = 2_000
"""About two and a half minutes of speech."""
MAX_VISUAL_CHARACTERS: Final = 4_000
MAX_TITLE_CHARACTERS: Final = 200
SCHEMA_ID: Final = "urn:aiprod:script:1"
FORMAT_VERSION: Final = 1

_Text = Annotated[str, Meta(min_length=1, max_length=MAX_SCENE_CHARACTERS)]


class LineEntry(Struct, forbid_unknown_fields=True, frozen=True):
    """What one speaker says."""

    text: _Text
    speaker: Annotated[str, Meta(min_length=1, max_length=80)] = NARRATOR


class SceneEntry(Struct, forbid_unknown_fields=True, frozen=True):
    """One scene: what is shown, and what is said, as one `text` or as `lines` of several speakers."""

    visual: Annotated[
        str,
        Meta(min_length=1, max_length=MAX_VISUAL_CHARACTERS,
             description="What the scene shows: subject, action, place, light, camera."),
    ]  # fmt: skip
    text: Annotated[_Text | UnsetType, Meta(description="What the narrator says.")] = UNSET
    lines: Annotated[
        Annotated[list[LineEntry], Meta(min_length=1, max_length=40)] | UnsetType,
        Meta(description="What several speakers say, instead of text."),
    ] = UNSET
    title: Annotated[str, Meta(max_length=MAX_TITLE_CHARACTERS)] = ""
    mood: Annotated[str, Meta(max_length=80)] = ""
    transition: Annotated[
        Literal["", "cut", "dissolve", "fade", "wipe", "match"],
        Meta(description="How this scene gives way to the next; empty lets AIPROD choose."),
    ] = ""
    media: Annotated[str, Meta(max_length=400, description="Your own picture or clip, beside the script.")] = ""


class RoleEntry(Struct, forbid_unknown_fields=True, frozen=True):
    """Whose voice a speaker has."""

    speaker: Annotated[str, Meta(min_length=1, max_length=80)]
    voice: Annotated[
        str, Meta(min_length=1, max_length=80, description="A voice's name, an engine's, or both: kokoro:bf_emma.")
    ]


class SourceEntry(Struct, forbid_unknown_fields=True, frozen=True):
    """A work that the facts come from."""

    title: Annotated[str, Meta(min_length=1, max_length=400)]
    work: Annotated[str, Meta(max_length=200)] = ""
    licence: Annotated[str, Meta(max_length=100)] = ""
    url: Annotated[str, Meta(max_length=1000)] = ""


class ScriptEntry(Struct, forbid_unknown_fields=True, frozen=True):
    """A video script for AIPROD."""

    version: Annotated[Literal[1], Meta(description="Version of this format.")]
    scenes: Annotated[list[SceneEntry], Meta(min_length=1, max_length=MAX_SCENES)]
    title: Annotated[str, Meta(max_length=MAX_TITLE_CHARACTERS)] = ""
    language: Annotated[
        Literal["", "en", "fr", "es", "it", "pt", "de"], Meta(description="Empty: guessed from what is said.")
    ] = ""
    music: Annotated[str, Meta(max_length=400, description="A mood, none, or a sound file beside the script.")] = ""
    seconds: Annotated[int, Meta(ge=0, le=3600, description="Wanted duration; 0 lets the words decide.")] = 0
    cast: Annotated[
        list[RoleEntry], Meta(max_length=40, description="The speakers' voices; those left out are given different ones.")
    ] = []
    sources: list[SourceEntry] = []
    writer: Annotated[str, Meta(max_length=80)] = ""
    notes: list[str] = []


def schema_text() -> str:
    """The JSON Schema of `script.json`, as published in docs/script.schema.json."""
    schema = msgspec.json.schema(ScriptEntry)
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, "title": "AIPROD script",
             **schema}  # fmt: skip
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def write_json(script: Script) -> bytes:
    """The script as `script.json`. Own recordings are left out: the format holds words, not sound."""
    entry = ScriptEntry(
        version=1,
        title=script.title,
        language=script.language,  # type: ignore[arg-type]
        writer=script.writer,
        notes=list(script.notes),
        cast=[RoleEntry(speaker=role.speaker, voice=role.voice) for role in script.cast],
        sources=[SourceEntry(title=s.title, work=s.work, licence=s.licence, url=s.url) for s in script.sources],
        scenes=[_entry(scene) for scene in script.scenes],
    )
    return msgspec.json.format(msgspec.json.encode(entry), indent=2) + b"\n"


def _entry(scene: Scene) -> SceneEntry:
    alone = len(scene.lines) == 1 and scene.lines[0].speaker == NARRATOR
    return SceneEntry(
        visual=scene.visual,
        text=scene.text if alone else UNSET,
        lines=UNSET if alone else [LineEntry(text=line.text, speaker=line.speaker) for line in scene.lines],
        title=scene.title,
        mood=scene.mood,
        transition=scene.transition,  # type: ignore[arg-type]
    )


if __name__ == "__main__":
    sys.stdout.write(schema_text())
