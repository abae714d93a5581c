"""A film in the making, on the terminal: a line a stage, a bar a scene. Plain lines where there is no terminal."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

from aiprod.cli.observation import STAGES, Observation, reached, stage_times
from aiprod.cli.screen import error_console
from aiprod.units import clock
from aiprod.video import WAY, Clip, ClipStatus, Status

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.live import Live

BAR_CELLS = 18


class Display(Protocol):
    """Shows one observation after the other."""

    def show(self, seen: Observation) -> None: ...


@contextmanager
def open_display(*, quiet: bool) -> Iterator[Display]:
    """The display that suits where standard error goes."""
    if quiet:
        yield Silence()
    elif not error_console().is_terminal:
        yield Lines()
    else:
        from rich.live import Live

        with Live(console=error_console(), refresh_per_second=8, transient=True) as live:
            yield Screen(live)


class Silence:
    """Shows nothing."""

    def show(self, seen: Observation) -> None:
        """Nothing."""


@dataclass(slots=True)
class Lines:
    """One plain line for each thing that happened, for logs and pipes."""

    said: set[str] = field(default_factory=set)

    def show(self, seen: Observation) -> None:
        """Print what is new."""
        for time in stage_times(seen.video, seen.at):
            if time.over:
                self._say(f"{seen.video.revision}/{time.stage}", f"{time.stage}: {time.seconds:.1f} s")
        for clip in seen.clips:
            if clip.status is ClipStatus.READY:
                self._say(f"{clip.id}/ready", f"scene {clip.scene}: drawn by {clip.renderer}")
            if clip.failure:
                self._say(f"{clip.id}/{clip.attempt}", f"scene {clip.scene}: {clip.failure}")
        for note in seen.video.notes:
            self._say(note, note)

    def _say(self, name: str, line: str) -> None:
        if name not in self.said:
            self.said.add(name)
            error_console().print(line, highlight=False, markup=False)


@dataclass(slots=True)
class Screen:
    """The same, drawn again and again in place."""

    live: "Live"

    def show(self, seen: Observation) -> None:
        """Draw it."""
        self.live.update(picture_of(seen))


def picture_of(seen: Observation) -> "RenderableType":
    """The whole display."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    video = seen.video
    head = Text(video.title or video.brief.theme or "A film", style="bold")
    if video.revision > 1:
        head.append(f"  (revision {video.revision})", style="dim")
    rows = Table.grid(padding=(0, 2))
    times = {time.stage: time for time in stage_times(video, seen.at)}
    behind = reached(video)
    for status, stage in STAGES.items():
        time = times.get(stage)
        done = WAY.index(status) < behind
        mark = Text("✓", style="green") if done else Text("●", style="yellow") if time else Text("·", style="dim")
        spent = f"{time.seconds:.0f} s" if time else ""
        rows.add_row(mark, Text(stage, style="" if time or done else "dim"), Text(spent, justify="right"),
                     Text(_detail(stage, seen), style="dim"))  # fmt: skip
    parts: list[RenderableType] = [head, rows]
    if video.status is Status.RENDERING and seen.clips:
        parts.append(_scenes(seen.clips))
    parts.append(Text(f"{clock(Fraction(int(seen.seconds)))}  {video.id}", style="dim"))
    return Group(*parts)


def _detail(stage: str, seen: Observation) -> str:
    scenes = len(seen.video.scenes)
    if stage == "script":
        return f"{scenes} scenes" if scenes else ""
    if stage == "narration" and scenes:
        return f"{min(seen.spoken, scenes)} of {scenes} scenes"
    if stage == "clips" and seen.clips:
        ready = sum(clip.status is ClipStatus.READY for clip in seen.clips)
        encoded = f", {seen.encoded} of {seen.segments} segments" if seen.segments else ""
        return f"{ready} of {len(seen.clips)} scenes{encoded}"
    return ""


def _scenes(clips: tuple[Clip, ...]) -> "RenderableType":
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 1))
    for clip in clips:
        share = min(1.0, clip.frames_done / clip.frames) if clip.frames else 0.0
        full = round(share * BAR_CELLS)
        style = {ClipStatus.READY: "green", ClipStatus.FAILED: "red"}.get(clip.status, "yellow")
        bar = Text("━" * full, style=style).append("━" * (BAR_CELLS - full), style="bright_black")
        waiting = clip.status in (ClipStatus.PENDING, ClipStatus.REQUESTED)
        word = clip.failure[:60] if clip.failure else "" if waiting else f"{share:.0%}"
        table.add_row(Text(f"  scene {clip.scene}", style="dim"), bar, Text(word, style="dim"))
    return table
