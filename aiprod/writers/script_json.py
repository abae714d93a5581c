"""Scripts as JSON: reading `script.json`, and the line of whatever is wrong in it.

The format itself is `aiprod/script_format.py`'s.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import UNSET

from aiprod.encoding import learnt
from aiprod.errors import InvalidInput
from aiprod.language import guess_language
from aiprod.script_format import FORMAT_VERSION, LineEntry, SceneEntry, ScriptEntry
from aiprod.story import Line, Role, Scene, Script, Source
from aiprod.writers import script_file
from aiprod.writers.labels import MUSIC
from aiprod.writers.script_file import ScriptFile
from aiprod.writers.spoken_text import can_be_said, clean, spoken


def parse_json(text: str, *, source: str, folder: Path) -> ScriptFile:
    """The script that the text holds. `folder` is where the files it names are looked for.

    Raises: InvalidInput, with the line, what was expected there and what was found.
    """
    _check_json(text, source)
    try:
        entry = msgspec.json.decode(text.encode(), type=learnt(ScriptEntry))
    except msgspec.ValidationError as error:
        raise _invalid(str(error), text, source) from error
    except msgspec.DecodeError as error:
        raise InvalidInput(source, expected="JSON", found=str(error)) from error
    media: dict[int, Path] = {}
    scenes = tuple(_scene(item, n, text, source, folder, media) for n, item in enumerate(entry.scenes, start=1))
    script = Script(
        title=clean(entry.title),
        language=entry.language or guess_language(" ".join(scene.text for scene in scenes)),
        scenes=scenes,
        writer=entry.writer or "script.json",
        sources=tuple(Source(title=s.title, work=s.work, licence=s.licence, url=s.url) for s in entry.sources),
        notes=tuple(entry.notes),
        cast=tuple(Role(speaker=role.speaker, voice=role.voice) for role in entry.cast),
    )
    script_file.check_cast(script, source=source, line=line_of(text, "$.cast"))
    music = entry.music
    if music and music not in MUSIC.values():
        music = str(script_file.find_media(music, folder=folder, source=source, line=line_of(text, "$.music"),
                                           suffixes=script_file.SOUND_SUFFIXES))  # fmt: skip
    return ScriptFile(script=script, media=media, music=music, seconds=entry.seconds)


def _scene(
    entry: SceneEntry, number: int, text: str, source: str, folder: Path, media: dict[int, Path]
) -> Scene:  # fmt: skip
    place = f"$.scenes[{number - 1}]"
    if (entry.text is UNSET) == (entry.lines is UNSET):
        found = "neither" if entry.text is UNSET else "both"
        raise InvalidInput(source, line=line_of(text, place), expected=f'either "text" or "lines" in scene {number}',
                           found=found)  # fmt: skip
    written = [LineEntry(entry.text)] if isinstance(entry.text, str) else list(entry.lines or [])
    lines = tuple(Line(text=spoken(line.text), speaker=line.speaker) for line in written)
    for line in lines:
        if not can_be_said(line.text):
            raise InvalidInput(source, line=line_of(text, place), expected=f"words to say in scene {number}",
                               found="none")  # fmt: skip
    if not can_be_said(entry.visual):
        raise InvalidInput(source, line=line_of(text, f"{place}.visual"), expected=f"what scene {number} shows",
                           found=repr(entry.visual))  # fmt: skip
    if entry.media:
        media[number] = script_file.find_media(
            entry.media, folder=folder, source=source, line=line_of(text, f"{place}.media"),
            suffixes=script_file.MEDIA_SUFFIXES,
        )  # fmt: skip
    return Scene(number=number, visual=clean(entry.visual), lines=lines, title=clean(entry.title),
                 mood=clean(entry.mood), transition=entry.transition)  # fmt: skip


def _check_json(text: str, source: str) -> None:
    """The standard library says the line of a syntax error; the decoder does not."""
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        near = text[error.pos : error.pos + 20].split("\n")[0]
        found = f"{near!r} at column {error.colno}" if near.strip() else "the end of the line"
        raise InvalidInput(source, line=error.lineno, expected=f"JSON ({error.msg.lower()})", found=found) from error
    except (RecursionError, ValueError) as error:
        raise InvalidInput(source, expected="a script in JSON", found=f"JSON out of all measure ({error})") from error
    if not isinstance(value, dict):
        raise InvalidInput(source, line=1, expected="a JSON object with version and scenes",
                           found=type(value).__name__)  # fmt: skip
    version = value.get("version")
    if isinstance(version, int) and version > FORMAT_VERSION:
        raise InvalidInput(source, line=line_of(text, "$.version"), expected=f"version {FORMAT_VERSION} or older",
                           found=f"version {version}, which a newer AIPROD reads")  # fmt: skip


def _invalid(message: str, text: str, source: str) -> InvalidInput:
    """The decoder's message ("Expected `str`, got `int` - at `$.scenes[0].visual`") as ours."""
    match = re.match(r"(?P<what>.*?)(?: - at `(?P<place>[^`]*)`)?$", message, re.DOTALL)
    what, place = (match["what"], match["place"] or "$") if match else (message, "$")
    wanted = re.match(r"Expected (?P<expected>.*?)(?:, got (?P<found>.*))?$", what)
    missing = re.match(r"Object missing required field `(?P<name>[^`]*)`", what)
    unknown = re.match(r"Object contains unknown field `(?P<name>[^`]*)`", what)
    value = re.match(r"Invalid enum value (?P<found>.*)$", what)
    line = line_of(text, f"{place}.{unknown['name']}" if unknown else place)
    where = "" if place == "$" else f" in {place[2:]}"
    if wanted:
        expected, found = f"{wanted['expected']}{where}", wanted["found"] or "something else"
    elif missing:
        expected, found = f'"{missing["name"]}"{where}', "no such field"
    elif unknown:
        expected, found = f"only the fields of the format{where}", f'"{unknown["name"]}"'
    elif value:
        expected, found = f"one of the values of the format{where}", value["found"]
    else:
        expected, found = f"a script{where}", what
    return InvalidInput(source, line=line, expected=expected, found=found)


def line_of(text: str, place: str) -> int | None:
    """The line where the value at a place such as `$.scenes[2].visual` is written, in valid JSON."""
    best: tuple[int, int] | None = None
    for path, offset in _places(text):
        if place == path or place.startswith((f"{path}.", f"{path}[")):
            best = max(best or (0, 0), (len(path), offset))
    return None if best is None else text.count("\n", 0, best[1]) + 1


def _places(text: str) -> Iterator[tuple[str, int]]:
    """Every value's place and where it starts."""
    stack: list[tuple[str, int | str]] = []
    key: str | None = None
    for match in re.finditer(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', text):
        token = match.group()
        if token in "}]":
            stack.pop()
            continue
        if token == ",":
            if stack and isinstance(stack[-1][1], int):
                stack[-1] = (stack[-1][0], stack[-1][1] + 1)
            key = None
            continue
        if token == ":":
            continue
        parent, index = stack[-1] if stack else ("", "")
        if stack and isinstance(index, str) and key is None:
            key = json.loads(token)
            continue
        path = "$" if not stack else f"{parent}[{index}]" if isinstance(index, int) else f"{parent}.{key}"
        yield path, match.start()
        if token in "{[":
            stack.append((path, 0 if token == "[" else ""))
        key = None

