"""Batch files: one JSON object a line, each a video with the fields of `aiprod make`; what a line is called for ever.

Knows the form of a line, and of the message that asks for a video on its topic; opens no file that a line names, and no
cloud. `python -m aiprod.batch line` and `python -m aiprod.batch message` print their schemas.
"""

import difflib
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, TypeVar

import msgspec

from aiprod.brief import ASPECTS, MUSIC_MOODS, STYLES, SUBTITLE_STYLES
from aiprod.encoding import key_of
from aiprod.errors import InvalidInput
from aiprod.events import VideoRequested
from aiprod.profiles import PROFILES
from aiprod.story import LANGUAGES

TOPIC: Final = "video-requests"
MOST_LINES: Final = 100_000
SOURCES: Final = ("theme", "script", "audio")

T = TypeVar("T")
Value: TypeAlias = str | int | float | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a line; `allowed` lists its values, `least` and `most` bound a number or a text's length."""

    kind: type[str] | type[int] | type[float] | type[bool]
    sentence: str
    allowed: tuple[str, ...] = ()
    least: int = 0
    most: int = 0


FIELDS: Final = {
    "theme": Field(kind=str, sentence="What the film is about, in one line.", least=1, most=300),
    "script": Field(kind=str, sentence="Your own script: a Markdown file or a script.json.", least=1, most=1000),
    "audio": Field(kind=str, sentence="Your own narration: a sound file.", least=1, most=1000),
    "language": Field(kind=str, sentence="Guessed where it is left out.", allowed=LANGUAGES),
    "scenes": Field(kind=int, sentence="Number of scenes, for a theme.", least=1, most=60),
    "seconds": Field(kind=int, sentence="Wanted duration.", least=5, most=3600),
    "writer": Field(kind=str, sentence="What writes the script.", least=1, most=80),
    "style": Field(kind=str, sentence="Look of the pictures.", allowed=STYLES),
    "profile": Field(kind=str, sentence="Where the film goes.", allowed=tuple(PROFILES)),
    "aspect": Field(kind=str, sentence="Shape of the picture; the profile's own where it is left out.", allowed=ASPECTS),
    "renderer": Field(kind=str, sentence="What draws the scenes.", least=1, most=80),
    "presenter": Field(kind=bool, sentence="Whether a character tells the story."),
    "media": Field(kind=str, sentence="A folder of your own pictures and clips, named by scene.", least=1, most=1000),
    "subtitles": Field(kind=str, sentence="Style of the subtitles.", allowed=SUBTITLE_STYLES),
    "voice": Field(kind=str, sentence="Who speaks.", least=1, most=80),
    "music": Field(kind=str, sentence=f"none, a sound file, or one of {', '.join(MUSIC_MOODS)}.", least=1, most=1000),
    "seed": Field(kind=int, sentence="Another number gives another film.", least=0, most=2**31 - 1),
    "budget": Field(kind=float, sentence="The most dollars that paid engines may spend.", least=0, most=999_999),
    "webhook": Field(kind=str, sentence="Address to tell each change of status.", least=1, most=2000),
}
"""The fields of a line, as `aiprod make` calls its options."""

_NAMES = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}
_SCHEMA_NAMES = {str: "string", int: "integer", float: "number", bool: "boolean"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLine:
    """A line that has the right form: its number in the file, and its fields."""

    number: int
    fields: dict[str, Value]

    def text(self, name: str) -> str:
        """A field as the command line would be given it; "" where it is left out."""
        value = self.fields.get(name, "")
        return "" if isinstance(value, bool) else str(value)


def read_lines(content: bytes, source: str) -> tuple[tuple[BatchLine, ...], tuple[InvalidInput, ...]]:
    """Every line that has the right form, and the faults of the others; blank lines are passed over."""

    def read(raw: bytes, number: int) -> BatchLine:
        return BatchLine(number=number, fields=_fields(raw, source, number))

    lines, faults = read_each(content, source, read, same=lambda line: key_of(line.fields))
    if len(lines) > MOST_LINES:
        faults.append(InvalidInput(source, expected=f"at most {MOST_LINES} videos a file", found=f"{len(lines)}"))
    return tuple(lines), tuple(faults)


def read_each(
    content: bytes, source: str, read: Callable[[bytes, int], T], *, same: Callable[[T], str]
) -> tuple[list[T], list[InvalidInput]]:
    """What `read` makes of every line that is not blank, and the faults of the others; two lines that come to the `same`
    are a fault."""
    lines: list[T] = []
    faults: list[InvalidInput] = []
    seen: dict[str, int] = {}
    for number, raw in enumerate(content.removeprefix(b"\xef\xbb\xbf").splitlines(), start=1):
        if not raw.strip():
            continue
        try:
            line = read(raw, number)
            first = seen.setdefault(same(line), number)
            if first != number:
                raise InvalidInput(source, line=number, expected="a video of its own (another seed gives another film)",
                                   found=f"the same as line {first}")  # fmt: skip
            lines.append(line)
        except InvalidInput as fault:
            faults.append(fault)
    if not lines and not faults:
        faults.append(InvalidInput(source, expected="a JSON object a line", found="an empty file"))
    return lines, faults


def video_id(owner: str, line: BatchLine, digests: Sequence[str]) -> str:
    """The id of a line's video: the same line of the same owner, with the same files, is the same video."""
    return key_of("batch", owner, line.fields, list(digests))


def _fields(raw: bytes, source: str, number: int) -> dict[str, Value]:
    def refuse(expected: str, found: str) -> InvalidInput:
        return InvalidInput(source, line=number, expected=expected, found=found)

    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        names = [name for name, _ in pairs]
        twice = next((name for name in names if names.count(name) > 1), "")
        if twice:
            raise refuse("each field once", f'"{twice}" twice')
        return dict(pairs)

    try:
        value = json.loads(raw.decode("utf-8"), object_pairs_hook=unique)
    except UnicodeDecodeError as error:
        raise refuse("text in UTF-8", f"the byte {raw[error.start]:#04x} at column {error.start + 1}") from error
    except json.JSONDecodeError as error:
        raise refuse("a JSON object", f"text that is none ({error.msg}, column {error.colno})") from error
    except RecursionError as error:
        raise refuse("a flat JSON object", "brackets in brackets without end") from error
    if not isinstance(value, dict):
        raise refuse('a JSON object such as {"theme": "The tide"}', _shown(value))
    fields: dict[str, Value] = {}
    for name, one in value.items():
        field = FIELDS.get(name)
        if field is None:
            near = difflib.get_close_matches(name, FIELDS, n=1)
            raise refuse(f'"{near[0]}"' if near else f"one of the fields {', '.join(FIELDS)}", f'"{name}"')
        wrong = _wrong(field, one)
        if wrong:
            raise refuse(f'{wrong} as "{name}"', _shown(one))
        fields[name] = one
    given = [name for name in SOURCES if name in fields]
    if len(given) != 1:
        raise refuse('one of "theme", "script", "audio"', " and ".join(f'"{name}"' for name in given) or "none of them")
    return fields


def _wrong(field: Field, value: object) -> str:
    """What is expected of a field, where the value is something else; "" where it fits."""
    kinds = (int, float) if field.kind is float else (field.kind,)
    if not isinstance(value, kinds) or (isinstance(value, bool) and field.kind is not bool):
        return _NAMES[field.kind]
    if field.allowed and value not in field.allowed:
        return f"one of {', '.join(field.allowed)}"
    if isinstance(value, str) and not field.allowed and not field.least <= len(value) <= field.most:
        return f"{field.least} to {field.most} characters"
    if isinstance(value, int | float) and not isinstance(value, bool) and not field.least <= value <= field.most:
        return f"{_NAMES[field.kind]} from {field.least} to {field.most}"
    return ""


def _shown(value: object) -> str:
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 60 else f"{shown[:60]}..."


# --- the topic -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who publishes requests: the account, the owner it asks for, and the most videos a day it says that owner may have
    (0: no limit)."""

    account: str
    owner: str
    quota: int = 0


def attributes_of(sender: Sender, video: str, batch: str, line: int) -> dict[str, str]:
    """What stands on a request's message beside its content, for filters, logs and whoever looks at a dead letter."""
    return {
        "type": "VideoRequested", "schema": "1", "sender": sender.account, "owner": sender.owner,
        "quota": str(sender.quota) if sender.quota else "", "video": video, "batch": batch, "line": str(line),
    }  # fmt: skip


# --- the schemas -----------------------------------------------------------------------------------------------------


def line_schema() -> str:
    """The JSON Schema of a line, as docs/batch.schema.json holds it."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:aiprod:batch-line:1",
        "title": "A line of an AIPROD batch file",
        "type": "object",
        "properties": {name: _schema_of(field) for name, field in FIELDS.items()},
        "additionalProperties": False,
        "oneOf": [{"required": [name]} for name in SOURCES],
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _schema_of(field: Field) -> dict[str, object]:
    schema: dict[str, object] = {"description": field.sentence, "type": _SCHEMA_NAMES[field.kind]}
    if field.allowed:
        schema["enum"] = list(field.allowed)
    elif field.kind is str:
        schema |= {"minLength": field.least, "maxLength": field.most}
    elif field.kind is not bool:
        schema |= {"minimum": field.least, "maximum": field.most}
    return schema


def message_schema() -> str:
    """The JSON Schema of a message of the topic video-requests, as docs/video-request.schema.json holds it: its form alone,
    since what the code's own sentences say is said in docs/batch.md."""
    (content,), parts = msgspec.json.schema_components(
        [VideoRequested], schema_hook=_schema_of_fraction, ref_template="#/$defs/{name}"
    )
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:aiprod:video-request:1",
        "title": "A message of the topic video-requests",
        "type": "object",
        "properties": {"type": {"const": "VideoRequested"}, "content": content},
        "required": ["type", "content"],
        "additionalProperties": False,
        "$defs": {
            name: {key: value for key, value in part.items() if key != "description"} for name, part in parts.items()
        },
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _schema_of_fraction(_kind: type) -> dict[str, object]:
    """Of the only type of ours that JSON has none for."""
    return {"type": "string", "pattern": r"^-?\d+/\d+$", "description": "Exact seconds, such as 31/30."}


if __name__ == "__main__":
    sys.stdout.write(message_schema() if sys.argv[1:] == ["message"] else line_schema())
