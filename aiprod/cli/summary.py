"""What is said when a film is done: as lines for a person, as JSON for a program."""

from dataclasses import dataclass
from pathlib import Path

from aiprod import paths
from aiprod.bootstrap import App
from aiprod.cli.observation import StageTime, stage_times
from aiprod.cli.screen import output
from aiprod.encoding import to_readable_json
from aiprod.errors import NotFound
from aiprod.expenses import Expenses
from aiprod.manifests import FilmManifest, ReviewReport, ScriptManifest
from aiprod.units import clock
from aiprod.video import Video


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSummary:
    """The review in short."""

    verdict: str
    checks: int
    word_error_rate: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """What an engine of others was paid for the video, all its calls together."""

    engine: str
    model: str
    calls: int
    usd: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A video that is over. `film` is "" when there is none; `notes` are what could not be had, and the like."""

    id: str
    status: str
    revision: int
    title: str
    language: str
    film: str
    folder: str
    files: tuple[str, ...]
    seconds: float
    width_px: int
    height_px: int
    frames_a_second: float
    bytes: int
    loudness_lufs: float
    true_peak_dbtp: float
    cost_usd: float
    paid: tuple[Paid, ...]
    took_seconds: float
    stages: tuple[StageTime, ...]
    voice: str
    writer: str
    renderers: tuple[str, ...]
    models: tuple[str, ...]
    review: ReviewSummary | None
    notes: tuple[str, ...]
    credits: tuple[str, ...]
    failure: str


def summarise(app: App, video: Video, folder: Path | None) -> Summary:
    """Gather what there is to say of a video; `folder` is where its files were put."""
    film = _film(app, video)
    script = _script(app, video)
    times = stage_times(video, app.clock.now())
    paid = _paid(app, video)
    main = next((export for export in film.exports if export.name == "film.mp4"), None) if film else None
    return Summary(
        id=video.id, status=video.status.value, revision=video.revision, title=video.title or video.brief.theme,
        language=video.language,
        film=str(folder / "film.mp4") if film and folder else "",
        folder=str(folder) if film and folder else "",
        files=tuple(export.name for export in film.exports) if film else (),
        seconds=float(film.seconds) if film else 0.0,
        width_px=film.shape.width_px if film else 0, height_px=film.shape.height_px if film else 0,
        frames_a_second=float(film.rate) if film else 0.0,
        bytes=main.size if main else 0,
        loudness_lufs=round(film.loudness_lufs, 1) if film else 0.0,
        true_peak_dbtp=round(film.true_peak_dbtp, 1) if film else 0.0,
        cost_usd=round(video.cost_usd + sum(one.usd for one in paid), 6), paid=paid, took_seconds=round(_took(video), 1), stages=times,
        voice=_voice(script) if script else "",
        writer=script.script.writer if script else "",
        renderers=tuple(dict.fromkeys(film.renderers)) if film else (), models=film.models if film else (),
        review=_review(app, video), notes=_notes(video, film), credits=film.credits if film else (),
        failure=video.failure,
    )  # fmt: skip


def _paid(app: App, video: Video) -> tuple[Paid, ...]:
    calls: dict[tuple[str, str], list[float]] = {}
    for expense in Expenses(documents=app.documents, clock=app.clock).of(video.id):
        calls.setdefault((expense.engine, expense.model), []).append(expense.usd)
    return tuple(
        Paid(engine=engine, model=model, calls=len(prices), usd=round(sum(prices), 6))
        for (engine, model), prices in calls.items()
    )


def _voice(script: ScriptManifest) -> str:
    """Who speaks: the user where everything is a recording, engines' voices, or both."""
    lines = [line for scene in script.script.scenes for line in scene.lines]
    spoken = [script.voice_of(speaker) for speaker in script.script.speakers]
    engine = ", ".join(dict.fromkeys(f"{one.engine} {one.voice}".strip() for one in spoken))
    recorded = sum(line.recording is not None for line in lines)
    return engine if not recorded else "your recording" if recorded == len(lines) else f"your recording and {engine}"


def print_summary(summary: Summary, *, as_json: bool) -> None:
    """Print it on standard output."""
    if as_json:
        print(to_readable_json(summary).decode(), end="")
        return
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    for name, value in _rows(summary):
        table.add_row(name, value)
    screen = output()
    screen.print(table, highlight=False, markup=False)
    for heading, lines in (("Worth knowing", summary.notes), ("Facts and footage from", summary.credits)):
        if lines:
            screen.print(f"\n{heading}:", highlight=False)
            for line in lines:
                screen.print(f"  {line}", highlight=False, markup=False)


def _rows(summary: Summary) -> list[tuple[str, str]]:
    rows = [("Video", f"{summary.id}, {summary.status}"), ("Title", summary.title)]
    if summary.film:
        rows.append(("Film", summary.film))
    if summary.bytes:
        shape = f"{summary.width_px}x{summary.height_px} at {summary.frames_a_second:g} frames/s"
        rows += [
            ("Duration", f"{clock(summary.seconds)} ({summary.seconds:.1f} s), {shape}"),
            ("Size", f"{summary.bytes / 1e6:.1f} MB"),
            ("Loudness", f"{summary.loudness_lufs} LUFS, peak {summary.true_peak_dbtp} dBTP"),
            ("Cost", ": ".join([_dollars(summary.cost_usd), *_shares(summary.paid)])),
        ]
    if summary.stages:
        parts = ", ".join(f"{time.stage} {time.seconds:.0f} s" for time in summary.stages)
        rows.append(("Took", f"{clock(summary.took_seconds)} ({parts})"))
    made = [f"voice: {summary.voice}"] if summary.voice else []
    made += [f"script by {summary.writer}"] if summary.writer else []
    made += [f"pictures by {', '.join(summary.renderers)}"] if summary.renderers else []
    if made:
        rows.append(("Made with", "; ".join(made)))
    if summary.models:
        rows.append(("Versions", "; ".join(summary.models)))
    if summary.review:
        review = summary.review
        heard = f"{review.word_error_rate:.0%} of the words heard otherwise"
        rows.append(("Review", f"{review.verdict}: {review.checks} checks, {heard}"))
        rows += [("", reason) for reason in review.reasons]
    return rows


def _shares(paid: tuple[Paid, ...]) -> list[str]:
    shares = ", ".join(f"{one.engine} {_dollars(one.usd)} ({one.model}, {one.calls} calls)" for one in paid)
    return [shares] if shares else []


def _dollars(usd: float) -> str:
    return f"${usd:.2f}" if usd >= 0.1 or not usd else f"${usd:.4f}"


def _took(video: Video) -> float:
    entries = [entry.at for entry in video.history if entry.revision == video.revision]
    return entries[-1] - entries[0] if entries else 0.0


def _notes(video: Video, film: FilmManifest | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*video.notes, *(film.notes if film else ()))))


def _film(app: App, video: Video) -> FilmManifest | None:
    try:
        return app.artefacts.read(FilmManifest, paths.film(video.id, video.revision))
    except NotFound:
        return None


def _script(app: App, video: Video) -> ScriptManifest | None:
    try:
        return app.artefacts.read(ScriptManifest, paths.script(video.id, video.revision))
    except NotFound:
        return None


def _review(app: App, video: Video) -> ReviewSummary | None:
    try:
        report = app.artefacts.read(ReviewReport, paths.review(video.id, video.revision))
    except NotFound:
        return None
    return ReviewSummary(
        verdict=report.verdict, checks=len(report.findings), word_error_rate=report.word_error_rate,
        reasons=report.reasons,
    )  # fmt: skip
