"""Scripts in Markdown: scenes of `**VISUAL:**` and `**VOICE OVER:**`, in order.

Knows the format (docs/formats.md shows it) and where each thing was written, to say so when it is wrong. Labels are
read in six languages, with or without accents, the colon inside or outside the bold.
"""

import difflib
import re
from dataclasses import dataclass, field
from pathlib import Path

from aiprod import script_format
from aiprod.errors import InvalidInput
from aiprod.language import guess_language
from aiprod.story import NARRATOR, Line, Role, Scene, Script
from aiprod.writers import script_file
from aiprod.writers.labels import EXPECTED, LABELS, MUSIC, TRANSITIONS, Field, fold, language_code
from aiprod.writers.script_file import ScriptFile
from aiprod.writers.spoken_text import can_be_said, spoken, without_markdown

LONGEST_PASSAGE = 20_000
"""Characters that a label's text may have before anything is taken out of it."""

MOST_NAME = 80
"""Characters of a speaker's or a voice's name."""

_LIST = r"^\s{0,8}(?:>\s*|[-*+•]\s+|\d{1,3}[.)]\s+)*"
_BOLD_LABEL = re.compile(
    _LIST + r"(?P<mark>\*{1,3}|_{2,3})\s*(?P<name>[^*_:：]{2,60}?)\s*(?:[:：]\s*(?P=mark)|(?P=mark)\s*[:：])"
    r"\s*(?P<rest>.*)$"
)
_PLAIN_LABEL = re.compile(
    _LIST + r"(?P<name>[^\W\d_][\w'’ \-]{1,40}(?:\([^()]{1,40}\))?)\s*[:：](?!//)\s*(?P<rest>.*)$"
)
_HEADING = re.compile(r"^\s{0,3}(?P<level>#{1,6})\s+(?P<text>.*?)\s*#*\s*$")
_BOLD_LINE = re.compile(r"^\s*\*\*(?P<text>[^*]+)\*\*\s*$")
_SCENE = re.compile(r"^(?P<word>[^\W\d_]+)\s*(?:n[°o.]\s*)?#?(?P<number>\d{1,4})\b\s*(?P<rest>.*)$")
_SPEAKER = re.compile(r"^(?P<label>.*?)\s*\((?P<speaker>[^()]+)\)\s*$")
_RULE = re.compile(r"^\s{0,3}([-*_=])(?:\s*\1){2,}\s*$")
_FENCE = re.compile(r"^\s{0,3}(```|~~~)")
_TIMING = re.compile(r"^[\d\s:.,()\[\]*_~/–—àsecondmiut-]*\d[\d\s:.,()\[\]*_~/–—àsecondmiut-]*$", re.IGNORECASE)
_FRONT = re.compile(r"^(?P<key>[A-Za-zÀ-ÿ_ -]{2,30})\s*:\s*(?P<value>.*)$")
_NUMBER = re.compile(r"(?:(\d+)\s*(?::|min\w*|m\b)\s*)?(\d+(?:[.,]\d+)?)?")


@dataclass(slots=True, kw_only=True)
class _Passage:
    """A labelled text and the line its label is on."""

    label: Field
    line: int
    speaker: str = NARRATOR
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.parts).strip()


@dataclass(slots=True, kw_only=True)
class _Draft:
    """A scene as written so far."""

    line: int
    headed: bool
    title: str = ""
    passages: list[_Passage] = field(default_factory=list)

    def has(self, name: Field) -> bool:
        return any(passage.label == name for passage in self.passages)


@dataclass(slots=True, kw_only=True)
class _Reading:
    """A file as read so far."""

    source: str
    title: str = ""
    preamble: int = 0
    head: list[_Passage] = field(default_factory=list)
    scenes: list[_Draft] = field(default_factory=list)
    open: _Passage | None = None

    def fail(self, line: int | None, expected: str, found: str) -> InvalidInput:
        return InvalidInput(self.source, line=line, expected=expected, found=found)


def parse_markdown(text: str, *, source: str, folder: Path) -> ScriptFile:
    """The script that the text holds. `folder` is where the files it names are looked for.

    Raises: InvalidInput, with the line, what was expected there and what was found.
    """
    reading = _Reading(source=source)
    lines = text.split("\n")
    start = _read_front_matter(reading, lines)
    in_comment = False
    for number, line in enumerate(lines[start:], start=start + 1):
        if in_comment or line.lstrip().startswith("<!--"):
            in_comment = "-->" not in line
            continue
        _read_line(reading, number, line)
    return _assemble(reading, folder)


def _read_front_matter(reading: _Reading, lines: list[str]) -> int:
    """Number of lines that a `---` block at the top takes."""
    if not lines or lines[0].strip() != "---":
        return 0
    for end in range(1, min(len(lines), 60)):
        if lines[end].strip() in ("---", "..."):
            break
        if lines[end].strip() and not _FRONT.match(lines[end]) and not lines[end].lstrip().startswith("#"):
            return 1
    else:
        return 1
    for number, line in enumerate(lines[1:end], start=2):
        match = _FRONT.match(line)
        name = LABELS.get(fold(match["key"])) if match else None
        if match and name in ("title", "language", "music", "duration"):
            reading.head.append(_Passage(label=name, line=number, parts=[match["value"].strip().strip("\"'")]))
    return end + 1


def _read_line(reading: _Reading, number: int, line: str) -> None:
    if len(line) > script_file.MAX_LINE_CHARACTERS:
        raise reading.fail(number, f"lines of at most {script_file.MAX_LINE_CHARACTERS} characters", f"{len(line)}")
    if _FENCE.match(line):
        return
    if _RULE.match(line):
        reading.open = None
        return
    heading = _HEADING.match(line) or _BOLD_LINE.match(line)
    if heading and _read_heading(reading, number, heading["text"], level=len(heading.groupdict().get("level") or "")):
        return
    if _read_label(reading, number, line):
        return
    if not line.strip():
        if reading.open is not None:
            reading.open.parts.append("")
    elif reading.open is not None:
        reading.open.parts.append(line)
    elif not reading.scenes:
        reading.preamble = reading.preamble or number
    elif not _TIMING.match(line):
        found = f"text that belongs to no label: {_short(line)}"
        raise reading.fail(number, EXPECTED, found)


def _read_heading(reading: _Reading, number: int, text: str, *, level: int) -> bool:
    """Whether the heading opens a scene or names the film; another heading closes the passage before it."""
    plain = without_markdown(text)
    scene = _SCENE.match(plain)
    if scene and LABELS.get(fold(scene["word"])) == "scene":
        _check_voice(reading, number)
        expected = len(reading.scenes) + 1
        if int(scene["number"]) != expected:
            raise reading.fail(number, f"scene {expected} (scenes are numbered 1, 2, 3 in order)",
                               f"scene {int(scene['number'])}")  # fmt: skip
        title = re.sub(r"^[\s:：.\-–—|)]+", "", scene["rest"])
        title = re.sub(r"\s*[(\[][^()\[\]]*\d+\s*(?:s|sec|secondes?|seconds?)\b[^()\[\]]*[)\]]\s*$", "", title)
        reading.scenes.append(_Draft(line=number, headed=True, title=title.strip(" :–—")))
        reading.open = None
        return True
    if level == 0 or _labelled(text) is not None:
        return False
    if not reading.scenes and not reading.title:
        reading.title = plain
    reading.open = None
    return True


def _labelled(line: str) -> tuple[str, str, bool] | None:
    """Label, rest, and whether it is bold, when the line begins with a word and a colon."""
    bare = re.sub(r"^\s*#{1,6}\s+", "", line)
    bold = _BOLD_LABEL.match(bare)
    if bold:
        return bold["name"], bold["rest"], True
    plain = _PLAIN_LABEL.match(bare)
    return (plain["name"], plain["rest"], False) if plain else None


def _read_label(reading: _Reading, number: int, line: str) -> bool:
    found = _labelled(line)
    if found is None:
        return False
    written, rest, bold = found
    speaker = _SPEAKER.match(written)
    label = speaker["label"] if speaker else written
    shouted = label == label.upper()
    name = LABELS.get(re.sub(r"\s*\d+$", "", fold(label)))
    if name is None:
        if bold and shouted and len(label) > 2:
            near = difflib.get_close_matches(fold(label), list(LABELS), n=1, cutoff=0.75)
            hint = f" (did you mean **{near[0].upper()}:**?)" if near else ""
            raise reading.fail(number, EXPECTED, f"**{label}:**{hint}")
        return False
    if not bold and not (shouted or (name in ("visual", "voice") and reading.open is None)):
        return False
    if name == "scene":
        return _read_heading(reading, number, f"{label}: {rest}", level=0)
    who = speaker["speaker"].strip() if speaker and name == "voice" else NARRATOR
    _open_passage(reading, _Passage(label=name, line=number, speaker=who, parts=[rest]))
    return True


def _open_passage(reading: _Reading, passage: _Passage) -> None:
    scene = reading.scenes[-1] if reading.scenes else None
    shown = "**VISUAL:**"
    if passage.label == "visual":
        if scene is None or (scene.has("visual") and scene.has("voice") and not scene.headed):
            scene = _Draft(line=passage.line, headed=False)
            reading.scenes.append(scene)
        elif scene.has("visual"):
            _check_voice(reading, passage.line, found=f"a second {shown}")
            scene = _Draft(line=passage.line, headed=False)
            reading.scenes.append(scene)
    elif scene is None and passage.label in ("voice", "media", "transition"):
        raise reading.fail(passage.line, f"{shown} first (what the scene shows)", f"**{_name(passage.label)}:**")
    if passage.label in ("title", "language", "cast") or scene is None:
        reading.head.append(passage)
    elif passage.label != "voice" and scene.has(passage.label):
        raise reading.fail(passage.line, f"one **{_name(passage.label)}:** a scene", "a second one")
    else:
        scene.passages.append(passage)
    reading.open = passage


def _check_voice(reading: _Reading, line: int | None, found: str = "the next scene") -> None:
    scene = reading.scenes[-1] if reading.scenes else None
    if scene is None:
        return
    number = len(reading.scenes)
    if not scene.has("visual"):
        raise reading.fail(line, f"**VISUAL:** for scene {number} (line {scene.line})", found)
    if not scene.has("voice"):
        raise reading.fail(line, f"**VOICE OVER:** after **VISUAL:** for scene {number} (line {scene.line})", found)


def _assemble(reading: _Reading, folder: Path) -> ScriptFile:
    if not reading.scenes:
        raise reading.fail(None, "scenes of **VISUAL:** and **VOICE OVER:**", "no **VISUAL:** at all")
    if len(reading.scenes) > script_format.MAX_SCENES:
        raise reading.fail(reading.scenes[script_format.MAX_SCENES].line, f"at most {script_format.MAX_SCENES} scenes",
                           f"{len(reading.scenes)} scenes")  # fmt: skip
    _check_voice(reading, None, found="the end of the file")
    media: dict[int, Path] = {}
    scenes = tuple(_scene(reading, draft, i, folder, media) for i, draft in enumerate(reading.scenes, start=1))
    said = " ".join(scene.text for scene in scenes)
    language = title = music = ""
    seconds = 0
    for passage in (*reading.head, *(p for draft in reading.scenes for p in draft.passages if p.label == "music")):
        if passage.label == "language":
            language = _language(reading, passage)
        elif passage.label == "title":
            title = without_markdown(passage.text)
        elif passage.label == "music":
            music = _music(reading, passage, folder)
        elif passage.label == "duration":
            seconds = round(_seconds(reading, passage))
    durations = [_seconds(reading, p) for draft in reading.scenes for p in draft.passages if p.label == "duration"]
    if not seconds and len(durations) == len(scenes):
        seconds = round(sum(durations))
    notes: tuple[str, ...] = ()
    if reading.preamble:
        notes = (f"The text before the first scene (line {reading.preamble}) is not part of the film.",)
    script = Script(
        title=(title or reading.title or scenes[0].title)[: script_format.MAX_TITLE_CHARACTERS],
        language=language or guess_language(said), scenes=scenes, writer="markdown", notes=notes,
        cast=tuple(role for passage in reading.head if passage.label == "cast" for role in _cast(reading, passage)),
    )  # fmt: skip
    cast_line = next((passage.line for passage in reading.head if passage.label == "cast"), None)
    script_file.check_cast(script, source=reading.source, line=cast_line)
    return ScriptFile(script=script, media=media, music=music, seconds=seconds)


def _scene(reading: _Reading, draft: _Draft, number: int, folder: Path, media: dict[int, Path]) -> Scene:
    lines: list[Line] = []
    visual = mood = transition = ""
    for passage in draft.passages:
        if len(passage.text) > LONGEST_PASSAGE:
            raise reading.fail(passage.line, f"at most {LONGEST_PASSAGE} characters", f"{len(passage.text)}")
        if passage.label == "voice":
            said = spoken(passage.text)
            if not can_be_said(said):
                raise reading.fail(passage.line, "words to say after **VOICE OVER:**", _short(passage.text))
            lines.append(Line(text=said, speaker=passage.speaker))
        elif passage.label == "visual":
            visual = without_markdown(passage.text)
            if not can_be_said(visual):
                raise reading.fail(passage.line, "what the scene shows after **VISUAL:**", _short(passage.text))
            if len(visual) > script_format.MAX_VISUAL_CHARACTERS:
                limit = f"at most {script_format.MAX_VISUAL_CHARACTERS} characters after **VISUAL:**"
                raise reading.fail(passage.line, limit, f"{len(visual)}")
        elif passage.label == "mood":
            mood = without_markdown(passage.text)
        elif passage.label == "transition":
            transition = _transition(reading, passage)
        elif passage.label == "media":
            media[number] = script_file.find_media(
                _first_line(passage), folder=folder, source=reading.source, line=passage.line,
                suffixes=script_file.MEDIA_SUFFIXES,
            )  # fmt: skip
    length = sum(len(line.text) for line in lines)
    if length > script_format.MAX_SCENE_CHARACTERS:
        raise reading.fail(draft.line, f"at most {script_format.MAX_SCENE_CHARACTERS} characters said in scene {number}"
                           " (split it)", f"{length}")  # fmt: skip
    return Scene(number=number, visual=visual, lines=tuple(lines), title=draft.title, mood=mood, transition=transition)


def _language(reading: _Reading, passage: _Passage) -> str:
    code = language_code(without_markdown(_first_line(passage)))
    if not code:
        raise reading.fail(passage.line, "a language among en, fr, es, it, pt, de", _short(passage.text))
    return code


def _cast(reading: _Reading, passage: _Passage) -> list[Role]:
    """Speakers and their voices, "Anna: bf_emma", on lines of their own or with a comma between."""
    roles: list[Role] = []
    for written in re.split(r"[\n,;]", passage.text):
        bare = re.sub(_LIST, "", without_markdown(written)).strip()
        if not bare:
            continue
        speaker, colon, voice = (part.strip() for part in bare.partition(":"))
        if not (speaker and colon and voice) or " " in voice or len(speaker) > MOST_NAME or len(voice) > MOST_NAME:
            raise reading.fail(passage.line, "speakers and their voices, such as Anna: bf_emma", _short(bare))
        roles.append(Role(speaker=NARRATOR if LABELS.get(fold(speaker)) == "voice" else speaker, voice=voice))
    return roles


def _transition(reading: _Reading, passage: _Passage) -> str:
    kind = TRANSITIONS.get(fold(without_markdown(_first_line(passage)).rstrip(".")))
    if kind is None:
        raise reading.fail(passage.line, "a transition among cut, dissolve, fade, wipe, match", _short(passage.text))
    return kind


def _music(reading: _Reading, passage: _Passage, folder: Path) -> str:
    written = without_markdown(_first_line(passage))
    mood = MUSIC.get(fold(written.rstrip(".")))
    if mood is not None:
        return mood
    if Path(written).suffix.casefold() in script_file.SOUND_SUFFIXES:
        return str(script_file.find_media(_first_line(passage), folder=folder, source=reading.source,
                                          line=passage.line, suffixes=script_file.SOUND_SUFFIXES))  # fmt: skip
    known = [mood for word in re.findall(r"[\w']+", fold(written)) if (mood := MUSIC.get(word))]
    if known:
        return known[0]
    moods = ", ".join(dict.fromkeys(MUSIC.values()))
    raise reading.fail(passage.line, f"a music mood among {moods}, or a sound file", _short(passage.text))


def _seconds(reading: _Reading, passage: _Passage) -> float:
    text = without_markdown(_first_line(passage))
    match = next((m for m in _NUMBER.finditer(text) if m[1] or m[2]), None)
    if match is None:
        raise reading.fail(passage.line, "a duration such as 8 s", _short(passage.text))
    return int(match[1] or 0) * 60 + float((match[2] or "0").replace(",", "."))


def _first_line(passage: _Passage) -> str:
    return next((part.strip() for part in passage.parts if part.strip()), "")


def _name(name: Field) -> str:
    return "VOICE OVER" if name == "voice" else name.upper()


def _short(text: str) -> str:
    bare = " ".join(text.split())
    if not bare:
        return "nothing"
    return repr(bare if len(bare) <= 60 else bare[:57] + "...")
