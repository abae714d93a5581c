"""`aiprod batch`: asks for every video of a file, follows them to their ends, hands the films over.

Asking again for the same file makes nothing twice: it goes on with what is not over, and shows the rest as it is.
"""

import argparse
import re
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from aiprod.bootstrap import App, open_app
from aiprod.cli.batch_requests import Batch, BatchRequest, placed, raise_faults, read_batch
from aiprod.cli.delivery import check_folder, deliver_files, film_folder
from aiprod.cli.exit_codes import ExitCode
from aiprod.cli.make import IDLE_LOOKS, LOOK_SECONDS, check_engines
from aiprod.cli.screen import error_console, output
from aiprod.cli.workers import Workers
from aiprod.encoding import to_readable_json
from aiprod.errors import AlreadyExists, InvalidInput, Misuse, NotFound, Throttled
from aiprod.language import guess_language
from aiprod.settings import Settings, check_cloud, read_settings
from aiprod.units import DAY_SECONDS
from aiprod.video import Status, Video

MOST_QUOTA = 10_000_000
NOT_ASKED = "not asked"
"""Of a line that the owner's most videos at work kept back; the same command asks for it later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    """A line of the batch and its video. `new` tells that this run asked for it first."""

    line: int
    id: str
    title: str
    status: str
    new: bool
    film: str
    failure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSummary:
    """What became of a batch file."""

    file: str
    batch: str
    owner: str
    asked: int
    completed: int
    failed: int
    videos: tuple[BatchRow, ...]


def batch(options: argparse.Namespace) -> int:
    """Check the whole file, ask for what is new, wait for all of it."""
    owner = _owner(options.owner)
    quota = _quota(options.quota)
    asked = read_batch(Path(options.file), owner)
    settings = _settings(options.cloud)
    app = open_app(settings, log_file=settings.home_folder / "logs" / "command.log")
    if settings.cloud == "google":
        return _publish(app, asked, owner, quota, as_json=options.json)
    _check_lines(app, asked)
    check_folder(Path(options.out))
    before = _known(app, asked)
    new = tuple(request for request in asked.requests if request.id not in before)
    _check_quota(app, owner, quota, len(new))
    wanted = list(new)
    _ask(app, wanted, owner)
    if not options.queue:
        try:
            _wait(app, asked, Orders(owner=owner, out=Path(options.out), left=wanted), quiet=options.json)
        except KeyboardInterrupt:
            error_console().print(f"Interrupted. To go on where it stopped: aiprod batch {options.file}",
                                  highlight=False, markup=False)  # fmt: skip
            return ExitCode.STOPPED
    summary = _summarise(app, asked, owner, Path(options.out), frozenset(request.id for request in new))
    _print(summary, as_json=options.json)
    return ExitCode.FILM_FAILED if summary.failed else ExitCode.DONE


def _publish(app: App, asked: Batch, owner: str, quota: int, *, as_json: bool) -> int:
    """To the cloud, which checks names of voices and renderers itself, and makes the films in its own time."""
    from aiprod.cli.batch_publishing import publish_batch

    publish_batch(app, asked, owner, quota, quiet=as_json)
    rows = tuple(
        BatchRow(line=request.line.number, id=request.id, title=request.title, status="published", new=False, film="",
                 failure="")
        for request in asked.requests
    )  # fmt: skip
    summary = BatchSummary(file=str(asked.file), batch=asked.name, owner=owner, asked=len(rows), completed=0, failed=0,
                           videos=rows)  # fmt: skip
    _print(summary, as_json=as_json)
    return ExitCode.DONE


# --- before anything starts ------------------------------------------------------------------------------------------


def _settings(cloud: str) -> Settings:
    settings = read_settings()
    if not cloud:
        return settings
    if cloud not in ("local", "google"):
        raise InvalidInput("--cloud", expected="local or google", found=repr(cloud))
    return check_cloud(settings.model_copy(update={"cloud": cloud}))


def _owner(name: str) -> str:
    if name and not re.fullmatch(r"[\w.@+-]{1,120}", name):
        raise InvalidInput("--owner", expected="letters, digits and . _ @ + -, at most 120", found=repr(name))
    return name


def _quota(text: str) -> int:
    if text and (not re.fullmatch(r"\d{1,8}", text) or not 1 <= int(text) <= MOST_QUOTA):
        raise InvalidInput("--quota", expected=f"a whole number from 1 to {MOST_QUOTA}", found=repr(text))
    return int(text or 0)


def _check_lines(app: App, asked: Batch) -> None:
    """What only the engines know, once for each choice. Raises: InvalidInput, Misuse."""
    faults: list[InvalidInput] = []
    right: set[tuple[str, ...]] = set()
    for request in asked.requests:
        brief, line = request.request.brief, request.line
        language = brief.language or guess_language(brief.theme)
        cast = brief.script.cast if brief.script else ()
        choice = (language, brief.voice, brief.renderer, brief.writer, *(name for name in ("theme", "audio") if line.text(name)),
                  *(f"{role.speaker}: {role.voice}" for role in cast))  # fmt: skip
        if choice in right:
            continue
        options = argparse.Namespace(voice=brief.voice, audio=line.text("audio"), renderer=brief.renderer,
                                     writer=brief.writer, theme=brief.theme)  # fmt: skip
        try:
            check_engines(app, options, brief)
            if brief.webhook:
                app.webhooks.check(brief.webhook)
        except Misuse as error:
            faults.append(placed(asked.file, line, error))
        else:
            right.add(choice)
    raise_faults(faults)


def _known(app: App, asked: Batch) -> dict[str, Video]:
    """The batch's videos that were asked for before."""
    known = {}
    for request in asked.requests:
        with suppress(NotFound):
            known[request.id] = app.ledger.get(request.id)
    return known


def _check_quota(app: App, owner: str, quota: int, new: int) -> None:
    """What failed or was cancelled costs nothing. Raises: InvalidInput."""
    if not quota or not new:
        return
    counted = app.ledger.counted(owner, app.clock.now() - DAY_SECONDS)
    if len(counted) + new > quota:
        left = max(0, quota - len(counted))
        raise InvalidInput("--quota", expected=f"at most {left} new videos (the quota is {quota} a day, "
                           f"{len(counted)} are made or at work)", found=f"{new}")  # fmt: skip


def _ask(app: App, wanted: list[BatchRequest], owner: str) -> None:
    """Ask for as many as the owner may have at work; what is left over stays in the list."""
    while wanted:
        request = wanted[0]
        for upload in request.request.uploads:
            with suppress(AlreadyExists):
                app.objects.write(upload.address, upload.path)
        try:
            app.request(request.request.brief, owner=owner, video=request.id)
        except Throttled:
            return
        wanted.pop(0)


# --- while it is made ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What is still to be asked for, for whom, and where films go."""

    owner: str
    out: Path
    left: list[BatchRequest]


def _wait(app: App, asked: Batch, orders: Orders, *, quiet: bool) -> None:
    """Work until every video is over; each film is handed over as soon as it is there."""
    waiting = {request.id: request.line.number for request in asked.requests}
    log = app.settings.home_folder / "logs" / "workers.log"
    pause = threading.Event()
    screen = error_console()
    with screen.status("") as status, Workers(count=app.settings.workers, log=log) as workers:
        while True:
            version = app.embedded.version()
            at_work = {video.id: video for video in app.ledger.at_work() if not video.over}
            unasked = {request.id for request in orders.left}
            for id in [id for id in waiting if id not in at_work and id not in unasked]:
                line = waiting.pop(id)
                video = app.ledger.get(id)
                if video.status is Status.COMPLETED:
                    deliver_files(app, video, orders.out)
                if not quiet:
                    told = f"line {line}: {video.title or video.brief.theme}, {video.status.value}"
                    screen.print(told + (f". {video.failure}" if video.failure else ""), highlight=False, markup=False)
            if not waiting:
                return
            _ask(app, orders.left, orders.owner)
            begun = sum(video.status is not Status.QUEUED for id, video in at_work.items() if id in waiting)
            done = len(asked.requests) - len(waiting)
            status.update("" if quiet else f"{done} of {len(asked.requests)} done, {begun} at work")
            for _ in range(IDLE_LOOKS):
                workers.replace_dead()
                pause.wait(LOOK_SECONDS)
                if app.embedded.version() != version:
                    break


# --- what is said ----------------------------------------------------------------------------------------------------


def _summarise(app: App, asked: Batch, owner: str, out: Path, new: frozenset[str]) -> BatchSummary:
    rows = []
    known = _known(app, asked)
    for request in asked.requests:
        video = known.get(request.id)
        if video is None:
            rows.append(BatchRow(line=request.line.number, id=request.id, title=request.title, status=NOT_ASKED,
                                 new=False, film="", failure=""))  # fmt: skip
            continue
        film = film_folder(out, video) / "film.mp4"
        rows.append(BatchRow(
            line=request.line.number, id=video.id, title=video.title or request.title, status=video.status.value,
            new=video.id in new, film=str(film) if film.is_file() else "", failure=video.failure,
        ))  # fmt: skip
    return BatchSummary(
        file=str(asked.file), batch=asked.name, owner=owner, asked=len(new & known.keys()),
        completed=sum(row.status == Status.COMPLETED for row in rows),
        failed=sum(row.status == Status.FAILED for row in rows), videos=tuple(rows),
    )  # fmt: skip


def _print(summary: BatchSummary, *, as_json: bool) -> None:
    if as_json:
        print(to_readable_json(summary).decode(), end="")
        return
    from rich.table import Table

    table = Table("line", "id", "status", "title", "film", box=None, pad_edge=False)
    for row in summary.videos:
        table.add_row(str(row.line), row.id, row.status, row.title, row.film or row.failure)
    output().print(table, markup=False)
    statuses = {row.status for row in summary.videos}
    told = f"{summary.asked} new, {summary.completed} completed, {summary.failed} failed"
    if statuses == {"published"}:
        told = "all published to the topic of requests; those that were there before are not made again"
    output().print(f"{len(summary.videos)} videos: {told}.", highlight=False)
    if NOT_ASKED in statuses:
        output().print("The owner has as many at work as may be; the same command asks for the others later.",
                       highlight=False)  # fmt: skip
    if Status.QUEUED.value in statuses:
        output().print("`aiprod worker` makes what is queued.", highlight=False)
