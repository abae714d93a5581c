"""Reads a Dockerfile into its instructions, and a .dockerignore into a rule for names. Runs nothing."""

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath


@dataclass(frozen=True, kw_only=True)
class Instruction:
    """One instruction, its continued lines joined by spaces; `line` is where it starts."""

    keyword: str
    text: str
    line: int

    @property
    def exec_form(self) -> list[str] | None:
        """The words of a JSON array, where the instruction is one."""
        try:
            words = json.loads(self.text)
        except json.JSONDecodeError:
            return None
        return words if isinstance(words, list) and all(isinstance(word, str) for word in words) else None

    @property
    def words(self) -> list[str]:
        return shlex.split(self.text)

    @property
    def flags(self) -> dict[str, str]:
        """`--from=models` and the like."""
        return dict(re.findall(r"--(\w+)=(\S+)", self.text))

    @property
    def operands(self) -> list[str]:
        """The words that are no flags."""
        return [word for word in self.words if not word.startswith("--")]

    @property
    def pairs(self) -> dict[str, str]:
        """NAME=value, as ENV, LABEL and ARG have them."""
        return {name: value for name, _, value in (word.partition("=") for word in self.words)}

    @property
    def commands(self) -> list[str]:
        """The shell commands of a RUN."""
        return [part.strip() for part in re.split(r"&&|;", self.text) if part.strip()]


@dataclass(kw_only=True)
class Stage:
    """What stands between one FROM and the next."""

    name: str
    origin: str
    line: int
    instructions: list[Instruction] = field(default_factory=list)

    def all(self, *keywords: str) -> list[Instruction]:
        return [one for one in self.instructions if one.keyword in keywords]


@dataclass(kw_only=True)
class Dockerfile:
    """The arguments before the first FROM, and the stages."""

    arguments: dict[str, str]
    stages: list[Stage]

    def stage(self, name: str) -> Stage | None:
        return next((stage for stage in self.stages if stage.name == name), None)

    def resolve(self, text: str) -> str:
        """With the arguments' defaults in the place of ${NAME}."""
        return re.sub(r"\$\{(\w+)\}", lambda match: self.arguments.get(match[1], ""), text)


def parse(text: str) -> Dockerfile:
    """The whole file."""
    arguments: dict[str, str] = {}
    stages: list[Stage] = []
    for one in _instructions(text):
        if one.keyword == "FROM":
            words = one.words
            name = words[words.index("AS") + 1] if "AS" in words else str(len(stages))
            stages.append(Stage(name=name, origin=words[0], line=one.line))
        elif stages:
            stages[-1].instructions.append(one)
        else:
            arguments |= one.pairs
    found = Dockerfile(arguments=arguments, stages=stages)
    for stage in stages:
        stage.origin = found.resolve(stage.origin)
    return found


def _instructions(text: str) -> Iterator[Instruction]:
    parts: list[str] = []
    start = 0
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        start = start if parts else number
        parts.append(line.removesuffix("\\").strip())
        if not line.endswith("\\"):
            keyword, _, rest = " ".join(parts).partition(" ")
            yield Instruction(keyword=keyword.upper(), text=rest.strip(), line=start)
            parts = []


class Ignored:
    """What a .dockerignore keeps from the builder: the last pattern that matches a name or a folder above it decides."""

    def __init__(self, text: str) -> None:
        lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
        self._rules = [(_pattern(line.removeprefix("!")), line.startswith("!")) for line in lines]

    def __call__(self, name: str) -> bool:
        path = PurePosixPath(name)
        above = [str(path), *(str(parent) for parent in path.parents if str(parent) != ".")]
        ignored = False
        for pattern, spared in self._rules:
            if any(pattern.fullmatch(one) for one in above):
                ignored = not spared
        return ignored


def _pattern(text: str) -> re.Pattern[str]:
    """Docker's patterns: * stays within a folder, ** goes through folders, and all begin at the top."""
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", text.strip("/"))
    meanings = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(meanings.get(part, re.escape(part)) for part in parts))


def context(root: Path, names: tuple[str, ...]) -> tuple[str, ...]:
    """The names that reach the builder."""
    ignored = Ignored((root / ".dockerignore").read_text())
    return tuple(name for name in names if not ignored(name))
