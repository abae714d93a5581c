"""`aiprod make`, `resume` and `retry`: ask for a film, follow it to its end, hand it over."""

import argparse
import threading
from pathlib import Path

from aiprod.bootstrap import App, new_video_id, open_app
from aiprod.brief import Brief
from aiprod.cli.delivery import check_folder, deliver_files
from aiprod.cli.exit_codes import ExitCode
from aiprod.cli.observation import observe
from aiprod.cli.progress import open_display
from aiprod.cli.requests import read_request
from aiprod.cli.screen import COMPLAINT, error_console
from aiprod.cli.summary import print_summary, summarise
from aiprod.cli.workers import Workers
from aiprod.errors import InvalidInput, InvalidSetting, Misuse, NotFound, Transient
from aiprod.language import guess_language
from aiprod.logs import logger
from aiprod.settings import read_settings
from aiprod.speakers import cast_speakers
from aiprod.video import Status, Video

LOOK_SECONDS = 0.25
IDLE_LOOKS = 4
"""Looks after which the display moves on even if nothing has happened: times count."""
CLOUD_LOOK_SECONDS = 1.0
WEBHOOK_SECONDS = 10.0


def make(options: argparse.Namespace) -> int:
    """Check everything, ask for the film, wait for it."""
    id = new_video_id()
    request = read_request(options, id)
    check_folder(Path(options.out))
    app = _open()
    check_engines(app, options, request.brief)
    if request.brief.webhook:
        app.webhooks.check(request.brief.webhook)
    for upload in request.uploads:
        app.objects.write(upload.address, upload.path)
    video = app.request(request.brief, video=id)
    if options.queue:
        if options.json:
            print_summary(summarise(app, video, None), as_json=True)
        else:
            error_console().print(f"Queued as {video.id}; `aiprod worker` makes it.", highlight=False)
        return ExitCode.DONE
    return _follow(app, video.id, options)


def resume(options: argparse.Namespace) -> int:
    """Go on where it stopped; a finished film is handed over again."""
    app = _open()
    video = app.ledger.get(options.id)
    if video.status is Status.FAILED:
        raise Misuse(f"Expected a video that can go on, found {video.id} failed: {video.failure} "
                     f"To try again: aiprod retry {video.id}.")  # fmt: skip
    check_folder(Path(options.out))
    return _follow(app, video.id, options)


def retry(options: argparse.Namespace) -> int:
    """Make scenes anew in a new revision; without --scenes all of a completed film, what is missing of a failed one."""
    app = _open()
    video = app.ledger.get(options.id)
    scenes = _scene_numbers(options.scenes)
    if not scenes and video.status is Status.COMPLETED:
        scenes = video.scenes
    check_folder(Path(options.out))
    app.retry(video.id, scenes)
    return _follow(app, video.id, options)


def _open() -> App:
    settings = read_settings()
    return open_app(settings, log_file=settings.home_folder / "logs" / "command.log")


def _scene_numbers(text: str) -> tuple[int, ...]:
    if not text:
        return ()
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isdecimal() and int(part) > 0 for part in parts):
        raise InvalidInput("--scenes", expected="scene numbers such as 3,5", found=repr(text))
    return tuple(dict.fromkeys(int(part) for part in parts))


def check_engines(app: App, options: argparse.Namespace, brief: Brief) -> None:
    """The names that only the engines know. Raises: NotFound, NotAllowed, InvalidSetting, EngineMissing."""
    if brief.script is not None and brief.script.cast:
        cast_speakers(brief.script, brief.voice, app.engines.voices)
    elif options.voice and not options.audio:
        app.engines.voices.choose(brief.language or guess_language(brief.theme), options.voice)
    if options.renderer and options.renderer not in app.engines.renderers:
        known = ", ".join(sorted(app.engines.renderers))
        raise NotFound(f"Expected a renderer among {known}, found {options.renderer!r}.")
    writer = options.writer or app.settings.writer
    if options.theme:
        written = sorted(set(app.engines.writers) - {"recording"})
        if writer not in written:
            raise NotFound(f"Expected a writer among {', '.join(written)}, found {writer!r}.")
        if writer == "openai-compatible" and not app.settings.writer_url:
            raise InvalidSetting(
                "The writer openai-compatible needs a server; set AIPROD_WRITER_URL, such as http://127.0.0.1:11434/v1."
            )


def _follow(app: App, id: str, options: argparse.Namespace) -> int:
    """Work on the video until it is over, show it, hand it over."""
    video = app.ledger.get(id)
    if not video.over:
        try:
            _wait(app, id, quiet=options.json)
        except KeyboardInterrupt:
            error_console().print(f"Interrupted. To go on where it stopped: aiprod resume {id}", highlight=False)
            return ExitCode.STOPPED
        video = app.ledger.get(id)
    return _finish(app, video, options)


def _wait(app: App, id: str, *, quiet: bool) -> None:
    """Work on the video with workers of this machine; in another cloud, look on."""
    if app.settings.cloud != "local":
        _look_on(app, id, quiet=quiet)
        return
    log = app.settings.home_folder / "logs" / "workers.log"
    pause = threading.Event()
    with Workers(count=app.settings.workers, log=log) as workers, open_display(quiet=quiet) as display:
        while True:
            version = app.embedded.version()
            seen = observe(app, id)
            display.show(seen)
            if seen.video.over:
                break
            for _ in range(IDLE_LOOKS):
                workers.replace_dead()
                pause.wait(LOOK_SECONDS)
                if app.embedded.version() != version:
                    break
        if seen.video.brief.webhook:
            _let_webhooks_out(app, pause)


def _look_on(app: App, id: str, *, quiet: bool) -> None:
    pause = threading.Event()
    with open_display(quiet=quiet) as display:
        while True:
            try:
                seen = observe(app, id)
            except Transient as error:
                logger().warning("not seen", reason=str(error))
            else:
                display.show(seen)
                if seen.video.over:
                    return
            pause.wait(CLOUD_LOOK_SECONDS)


def _let_webhooks_out(app: App, pause: threading.Event) -> None:
    until = app.clock.now() + WEBHOOK_SECONDS
    while app.embedded.outstanding() and app.clock.now() < until:
        pause.wait(LOOK_SECONDS)


def _finish(app: App, video: Video, options: argparse.Namespace) -> int:
    folder = deliver_files(app, video, Path(options.out)) if video.status is Status.COMPLETED else None
    summary = summarise(app, video, folder)
    if video.status is Status.COMPLETED or options.json:
        print_summary(summary, as_json=options.json)
    if video.status is Status.FAILED:
        error_console().print(f"{COMPLAINT}The film failed. {video.failure}", highlight=False, markup=False)
        error_console().print(f"To try again: aiprod retry {video.id}", highlight=False)
        return ExitCode.FILM_FAILED
    if video.status is Status.CANCELLED:
        error_console().print(f"{COMPLAINT}The video {video.id} was cancelled.", highlight=False)
        return ExitCode.STOPPED
    return ExitCode.DONE
