"""`aiprod list`, `show` and `cancel`."""

import argparse
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from aiprod.bootstrap import App, open_app
from aiprod.cli.exit_codes import ExitCode
from aiprod.cli.observation import observe
from aiprod.cli.screen import output
from aiprod.cli.summary import Summary, print_summary, summarise
from aiprod.encoding import to_readable_json
from aiprod.errors import InvalidInput
from aiprod.settings import read_settings
from aiprod.video import Status, Video


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A video in the list."""

    id: str
    status: str
    title: str
    language: str
    scenes: int
    created: str
    failure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneRow:
    """A scene's clip in the current revision."""

    scene: int
    status: str
    renderer: str
    attempt: int
    frames: int
    frames_done: int
    failure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """All there is to show of a video."""

    summary: Summary
    scenes: tuple[SceneRow, ...]
    objects: tuple[str, ...]


def list_videos(options: argparse.Namespace) -> int:
    """Every video, newest first."""
    if not re.fullmatch(r"\d{1,6}", options.limit):
        raise InvalidInput("--limit", expected="a whole number, 0 for all", found=repr(options.limit))
    rows = tuple(_row(video) for video in _open().ledger.all(limit=int(options.limit)))
    if options.json:
        print(to_readable_json(rows).decode(), end="")
        return ExitCode.DONE
    if not rows:
        output().print('No videos yet. Make one: aiprod make "The secret life of giant pandas"', highlight=False)
        return ExitCode.DONE
    from rich.table import Table

    table = Table("id", "status", "created", "title", box=None, pad_edge=False)
    for row in rows:
        table.add_row(row.id, row.status, row.created, row.title)
    output().print(table, markup=False)
    return ExitCode.DONE


def show(options: argparse.Namespace) -> int:
    """One video."""
    app = _open()
    seen = observe(app, options.id)
    summary = summarise(app, seen.video, None)
    scenes = tuple(
        SceneRow(scene=clip.scene, status=clip.status.value, renderer=clip.renderer, attempt=clip.attempt,
                 frames=clip.frames, frames_done=clip.frames_done, failure=clip.failure)
        for clip in seen.clips
    )  # fmt: skip
    if options.json:
        stored = tuple(stored.address for stored in app.objects.under(f"exports/{seen.video.id}/"))
        print(to_readable_json(Shown(summary=summary, scenes=scenes, objects=stored)).decode(), end="")
        return ExitCode.DONE
    print_summary(summary, as_json=False)
    for row in scenes:
        told = f"  scene {row.scene}: {row.status}, {row.renderer}, {row.frames_done} of {row.frames} frames"
        output().print(told + (f" ({row.failure})" if row.failure else ""), highlight=False, markup=False)
    if summary.failure:
        output().print(f"Failed: {summary.failure}", highlight=False, markup=False)
    if seen.video.status is Status.FAILED:
        output().print(f"To try again: aiprod retry {seen.video.id}", highlight=False)
    elif not seen.video.over:
        output().print(f"To go on: aiprod resume {seen.video.id}", highlight=False)
    return ExitCode.DONE


def cancel(options: argparse.Namespace) -> int:
    """No more work on a video; one that is over stays as it is."""
    app = _open()
    before = app.ledger.get(options.id)
    after = app.cancel(options.id)
    if options.json:
        print(to_readable_json(_row(after)).decode(), end="")
    elif before.over:
        output().print(f"The video {after.id} was over already: {after.status.value}.", highlight=False)
    else:
        output().print(f"Cancelled {after.id}.", highlight=False)
    return ExitCode.DONE


def _open() -> App:
    settings = read_settings()
    return open_app(settings, log_file=settings.home_folder / "logs" / "command.log")


def _row(video: Video) -> Row:
    created = datetime.fromtimestamp(video.created_at, UTC).astimezone().strftime("%Y-%m-%d %H:%M")
    return Row(
        id=video.id, status=video.status.value, title=video.title or video.brief.theme or "(own narration)",
        language=video.language, scenes=len(video.scenes), created=created, failure=video.failure,
    )  # fmt: skip
