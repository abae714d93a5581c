"""What works on this machine, what is missing, and how to get it. Looks, changes nothing, prints nothing.

Knows the engines through `aiprod/engines.py`, and asks each to check itself. What may crash (a graphics driver) is
tried in a child process.
"""

import datetime
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path

from aiprod.adapters.nvml import NvidiaGpus
from aiprod.bootstrap import App, open_app
from aiprod.errors import AiprodError, InvalidInput, NotFound
from aiprod.gpus import Gpus
from aiprod.media.faces import own_faces
from aiprod.media.music import find_soundfont
from aiprod.models import hosted
from aiprod.models.cards import DEVICES, attached_cards
from aiprod.models.diffusion.devices import main_memory_bytes
from aiprod.models.opening import open_registry
from aiprod.models.registry import ModelState, Registry
from aiprod.ports import Renderer, Writer
from aiprod.settings import Settings
from aiprod.speech.voices import CLONING, HOSTED
from aiprod.story import LANGUAGES
from aiprod.writers.encyclopedia import Encyclopedia
from aiprod.writers.gemini import GeminiWriter

FILTERS = (
    "acompressor", "adelay", "alphamerge", "ass", "channelmap", "deesser", "ebur128", "eq", "geq", "lut3d", "overlay", "scale",
    "sidechaincompress", "tonemap", "xfade", "zscale",
)  # fmt: skip
ENCODERS = ("libx264", "aac")
SCRIPTS = (
    ("Latin", "en", "fonts-noto-core"), ("Arabic", "ar", "fonts-noto-core"), ("Chinese", "zh", "fonts-noto-cjk"),
    ("emoji", "und-zsye", "fonts-noto-color-emoji"),
)  # fmt: skip
"""Writing systems beyond the bundled faces, a language that uses each (as fontconfig names it), the Debian package."""
VOICES = ("kokoro", "piper", "espeak", "qwen", "chatterbox", "gemini", "chirp")
STORY_LANGUAGES = ("en", "fr", "es")
GROUPS = (
    "python", "media", "music", "fonts", "memory", "disk", "weights", "store", "voices", "ears", "pictures", "writers",
)  # fmt: skip
ROOM_GB = 2.0
CHILD_SECONDS = 60
SERVER_SECONDS = 3.0

_OPEN_GL = """
import sys
from aiprod.errors import EngineMissing
from aiprod.visuals.motion.context import open_context
try:
    context = open_context()
except EngineMissing as error:
    sys.exit(str(error))
print(context.info["GL_RENDERER"], "OpenGL", context.version_code)
"""


class State(StrEnum):
    """How a thing is found. What is `absent` is not needed; what is `missing` is."""

    PRESENT = "present"
    ABSENT = "absent"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at: what was found, or the sentence that says how to get it."""

    group: str
    name: str
    state: State
    found: str


def examine(settings: Settings, groups: Sequence[str] = ()) -> Iterator[Check]:
    """Every check, or those of some groups, one after the other; none of them raises because something is missing.

    Raises: InvalidInput, with the groups that there are.
    """
    for group in groups:
        if group not in GROUPS:
            raise InvalidInput("aiprod doctor", expected=f"groups among {', '.join(GROUPS)}", found=repr(group))
    wanted = set(groups or GROUPS)
    looks: tuple[tuple[set[str], Callable[[], Iterable[Check]]], ...] = (
        ({"python"}, lambda: (_python(), *_python_packages())),
        ({"media"}, _media),
        ({"music"}, lambda: (_tried("music", "soundfont", lambda: str(find_soundfont())),)),
        ({"fonts"}, _fonts),
        ({"pictures"}, lambda: (_graphics(),)),
        ({"memory"}, lambda: _memory(NvidiaGpus())),
        ({"disk"}, lambda: (_room("store", settings.home_folder), _room("weights", settings.models_folder, needed=False))),
        ({"weights"}, lambda: _weights(settings)),
        ({"store", "voices", "ears", "pictures", "writers"}, lambda: _house(settings)),
    )  # fmt: skip
    for told, look in looks:
        if wanted & told:
            yield from (check for check in look() if check.group in wanted)


def _media() -> Iterator[Check]:
    yield from _ffmpeg()
    yield _program("espeak-ng", "apt-get install espeak-ng")
    yield _program("fluidsynth", "apt-get install fluidsynth")


def _house(settings: Settings) -> Iterator[Check]:
    """The store, and the engines as a film finds them."""
    name, place = "embedded cloud", str(settings.home_folder)
    if settings.cloud == "google":  # whether it answers shows when it is asked, which needs a login
        name, place = "Google Cloud", f"set up: project {settings.google_project}, bucket {settings.bucket}"
    try:
        app = open_app(settings, log_file=settings.home_folder / "logs" / "command.log")
    except (AiprodError, OSError) as error:
        yield Check(group="store", name=name, state=State.MISSING, found=str(error))
        return
    yield Check(group="store", name=name, state=State.PRESENT, found=place)
    yield from _engines(app, settings)


def _python() -> Check:
    found = f"{platform.python_version()}, {os.cpu_count()} cores"
    return Check(group="python", name="Python", state=State.PRESENT, found=found)


def _python_packages() -> Iterator[Check]:
    lacking = []
    try:
        declared = requires("aiprod") or []
    except PackageNotFoundError:
        declared = []
    for requirement in declared:
        name = re.split(r"[\s<>=!~;\[]", requirement, maxsplit=1)[0]
        try:
            version(name)
        except PackageNotFoundError:
            lacking.append(name)
    if lacking:
        found = f"without {', '.join(lacking)}; run scripts/setup"
        yield Check(group="python", name="packages", state=State.MISSING, found=found)
    elif declared:
        yield Check(group="python", name="packages", state=State.PRESENT, found=f"{len(declared)} packages")
    else:
        found = "not looked at: aiprod runs from its folder, as in an image, and no list of packages is installed with it"
        yield Check(group="python", name="packages", state=State.ABSENT, found=found)


def _ffmpeg() -> Iterator[Check]:
    for program in ("ffmpeg", "ffprobe"):
        path = shutil.which(program)
        if path is None:
            yield Check(group="media", name=program, state=State.MISSING, found="install it: apt-get install ffmpeg")
            return
    head = _said(["ffmpeg", "-hide_banner", "-version"]).splitlines()[:1]
    number = head[0].split()[2] if head and len(head[0].split()) > 2 else "of an unknown version"
    yield Check(group="media", name="ffmpeg", state=State.PRESENT, found=number)
    for kind, option, wanted in (("filters", "-filters", FILTERS), ("encoders", "-encoders", ENCODERS)):
        offered = set(re.findall(r"^ [A-Z.|]+ +(\S+)", _said(["ffmpeg", "-hide_banner", option]), re.MULTILINE))
        lacking = [name for name in wanted if name not in offered]
        found = f"without {', '.join(lacking)}; install an ffmpeg with them" if lacking else ", ".join(wanted)
        state = State.MISSING if lacking else State.PRESENT
        yield Check(group="media", name=f"ffmpeg {kind}", state=state, found=found)


def _program(name: str, remedy: str) -> Check:
    path = shutil.which(name)
    if path is None:
        return Check(group="media", name=name, state=State.MISSING, found=f"install it: {remedy}")
    return Check(group="media", name=name, state=State.PRESENT, found=path)


def _fonts() -> Iterator[Check]:
    yield _tried("fonts", "own", lambda: ", ".join(own_faces()))
    if shutil.which("fc-list") is None:
        found = "install it: apt-get install fontconfig"
        yield Check(group="fonts", name="fontconfig", state=State.MISSING, found=found)
        return
    for script, language, package in SCRIPTS:
        listed = _said(["fc-list", f":lang={language}", "family"])
        families = sorted({line.split(",")[0] for line in listed.splitlines()})
        noto = [family for family in families if "Noto" in family] or families
        if noto:
            yield Check(group="fonts", name=script, state=State.PRESENT, found=noto[0])
        else:
            found = f"subtitles leave it out; apt-get install {package}"
            yield Check(group="fonts", name=script, state=State.ABSENT, found=found)


def _graphics() -> Check:
    try:
        child = subprocess.run(
            [sys.executable, "-c", _OPEN_GL], capture_output=True, text=True, timeout=CHILD_SECONDS, check=False,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        found = f"the driver did not answer within {CHILD_SECONDS} s; films are drawn as a slideshow"
        return Check(group="pictures", name="OpenGL", state=State.MISSING, found=found)
    if child.returncode == 0:
        return Check(group="pictures", name="OpenGL", state=State.PRESENT, found=child.stdout.strip())
    crashed = f"the driver crashed (signal {-child.returncode})" if child.returncode < 0 else ""
    last = (child.stderr.strip().splitlines() or ["no reason given"])[-1]
    return Check(group="pictures", name="OpenGL", state=State.MISSING, found=crashed or last)


def _memory(gpus: Gpus, devices: Path = DEVICES) -> Iterator[Check]:
    """How much memory there is, and how much of it is free: the machine's own or its container's, and each GPU's."""
    found = f"{_free_bytes() / 1e9:.1f} of {main_memory_bytes() / 1e9:.1f} GB are free"
    yield Check(group="memory", name="machine", state=State.PRESENT, found=found)
    read, attached = gpus.read(), attached_cards(devices)
    for gpu in read:
        tells = [f"{(gpu.memory_bytes - gpu.used_bytes) / 1e9:.1f} of {gpu.memory_bytes / 1e9:.1f} GB are free"]
        tells += [f"{100 * gpu.utilization:.0f} % busy"] if gpu.utilization is not None else []
        tells += [f"{gpu.celsius:.0f} °C"] if gpu.celsius is not None else []
        yield Check(group="memory", name=f"GPU {gpu.number}", state=State.PRESENT, found=f"{gpu.name}: {', '.join(tells)}")
    if not read and attached and find_spec("pynvml") is not None:
        found = f"{', '.join(attached)} cannot be read: the driver does not answer; start the machine (or the container) again"
        yield Check(group="memory", name="GPU", state=State.MISSING, found=found)
    elif not read:
        found = "no GPU; where one is, it takes NVIDIA's driver and scripts/setup gpu to be read"
        yield Check(group="memory", name="GPU", state=State.ABSENT, found=found)


def _free_bytes(container: Path = Path("/sys/fs/cgroup")) -> int:
    """What programs can still have, that which only holds copies of files included; no more than a container leaves."""
    meminfo = dict(re.findall(r"^(\w+): +(\d+) kB", Path("/proc/meminfo").read_text(), re.MULTILINE))
    free = [int(meminfo["MemAvailable"]) * 1024]
    with suppress(OSError, ValueError, KeyError):  # no container, or one without a limit
        stat = dict(line.split() for line in (container / "memory.stat").read_text().splitlines())
        limit, used = (int((container / name).read_text()) for name in ("memory.max", "memory.current"))
        free.append(limit - used + int(stat["inactive_file"]))
    return min(free)


def _room(name: str, folder: Path, *, needed: bool = True) -> Check:
    """Room in a folder that must be written to, or in one from which it is enough to read (`needed` is false)."""
    there = next((parent for parent in (folder, *folder.parents) if parent.exists()), Path("/"))
    free_gb = shutil.disk_usage(there).free / 1e9
    if not os.access(there, os.W_OK):
        if needed:
            return Check(group="disk", name=name, state=State.MISSING, found=f"{there} cannot be written")
        found = f"{there} is only read, as in an image: what is there is used, and nothing can be fetched into it"
        return Check(group="disk", name=name, state=State.PRESENT, found=found)
    if free_gb < ROOM_GB:
        found = f"{free_gb:.1f} GB free in {folder}; free some, at least {ROOM_GB:.0f} GB"
        return Check(group="disk", name=name, state=State.MISSING, found=found)
    return Check(group="disk", name=name, state=State.PRESENT, found=f"{free_gb:.0f} GB free in {folder}")


def _weights(settings: Settings) -> Iterator[Check]:
    registry = open_registry(settings)
    for state in registry.list():
        named = registry.label(state.model)
        if state.state == "present":
            yield _tried("weights", named, partial(_allowed, registry, state), needed=False)
        else:
            remedy = f"{registry.describe_lacking(state)} Get it: aiprod models fetch {named}"
            yield Check(group="weights", name=named, state=State.ABSENT, found=remedy)


def _allowed(registry: Registry, state: ModelState) -> str:
    """What the model is, if films made here may use it."""
    registry.check_licence(state.name, state.model.version)
    return state.model.title


def _engines(app: App, settings: Settings) -> Iterator[Check]:
    for name in VOICES:
        yield _voice(app, name)
    yield _tried("ears", settings.transcriber, lambda: _done(app.engines.transcriber.check, "hears films"))
    for name, renderer in app.engines.renderers.items():
        if name != "motion":  # OpenGL, looked at above, decides for it
            found = _price(renderer)
            yield _tried("pictures", name, partial(_done, renderer.check, found), needed=False)
    yield _prices(datetime.datetime.now(datetime.UTC).date())
    for language in STORY_LANGUAGES:
        yield _tried("writers", f"outline, {language}", partial(_encyclopedia, language), needed=False)
    yield _writer_server(settings)
    yield _gemini(settings, app.engines.writers["gemini"])


def _price(renderer: Renderer) -> str:
    """What is said of a renderer that can work."""
    if renderer.queue != "api":
        return "ready"
    try:
        usd = renderer.usd_per_second
    except NotFound as error:
        return str(error)
    cost = f"about ${usd:.2f} for a second of film, within --budget" if usd else "costs nothing"
    return f"set up; {cost}, where it is asked for: --renderer {renderer.name}"


def _prices(today: datetime.date) -> Check:
    """How old the table of hosted models is."""
    table = hosted.own_table()
    old = [row.id for row in table.old_on(today)]
    if old:
        found = f"ids and prices are old or retired: {', '.join(old)}; look for a newer AIPROD"
        return Check(group="pictures", name="hosted models", state=State.ABSENT, found=found)
    found = f"ids and prices of {len(table.models)} models, looked up on {table.read}"
    return Check(group="pictures", name="hosted models", state=State.PRESENT, found=found)


def _voice(app: App, name: str) -> Check:
    spoken, reasons = [], []
    for language in LANGUAGES:
        try:
            engine = app.engines.voices.engine(name)
            if name not in CLONING:  # these have no voice of their own
                engine.resolve("", language)
            engine.check(language)
        except AiprodError as error:
            reasons.append(str(error))
        else:
            spoken.append(language)
    if spoken:
        found = f"speaks {', '.join(spoken)}"
        if name in HOSTED:  # whether the login serves shows when it speaks, which costs
            found = f"set up for {', '.join(spoken)}; costs money, and speaks where it is asked for by name"
        elif name in CLONING:
            found = f"imitates voices that people lent (`aiprod voices`) in {', '.join(spoken)}, where they are asked for by name"
        return Check(group="voices", name=name, state=State.PRESENT, found=found)
    return Check(group="voices", name=name, state=State.ABSENT, found=reasons[0])


def _encyclopedia(language: str) -> str:
    Encyclopedia.open(language)
    return "offline encyclopedia"


def _writer_server(settings: Settings) -> Check:
    name = "openai-compatible"
    if not settings.writer_url:
        found = "set AIPROD_WRITER_URL and AIPROD_WRITER_MODEL for a language model; outline writes without one"
        return Check(group="writers", name=name, state=State.ABSENT, found=found)
    import httpx

    key = settings.writer_key.get_secret_value()
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    address = f"{settings.writer_url.rstrip('/')}/models"
    try:
        answer = httpx.get(address, headers=headers, timeout=SERVER_SECONDS)
        answer.raise_for_status()
        offered = [str(entry["id"]) for entry in answer.json()["data"]]
    except (httpx.HTTPError, httpx.InvalidURL, json.JSONDecodeError, KeyError, TypeError) as error:
        found = f"no answer from {address} ({type(error).__name__}); start the server or mend AIPROD_WRITER_URL"
        return Check(group="writers", name=name, state=State.MISSING, found=found)
    if settings.writer_model not in offered:
        listed = ", ".join(offered[:8]) or "none"
        found = f"the server has no model {settings.writer_model!r}; set AIPROD_WRITER_MODEL to one of {listed}"
        return Check(group="writers", name=name, state=State.MISSING, found=found)
    found = f"{settings.writer_model} at {settings.writer_url}"
    return Check(group="writers", name=name, state=State.PRESENT, found=found)


def _gemini(settings: Settings, writer: Writer) -> Check:
    if not (isinstance(writer, GeminiWriter) and writer.access.possible):
        found = "set AIPROD_GEMINI_KEY (or AIPROD_GOOGLE_PROJECT) for scripts by Gemini, with --writer gemini; it costs money"
        return Check(group="writers", name="gemini", state=State.ABSENT, found=found)
    state = State.MISSING if settings.writer == "gemini" else State.ABSENT
    try:
        return Check(group="writers", name="gemini", state=State.PRESENT, found=writer.look(SERVER_SECONDS))
    except AiprodError as error:
        return Check(group="writers", name="gemini", state=state, found=str(error))


def _tried(group: str, name: str, look: Callable[[], str], *, needed: bool = True) -> Check:
    try:
        return Check(group=group, name=name, state=State.PRESENT, found=look())
    except AiprodError as error:
        return Check(group=group, name=name, state=State.MISSING if needed else State.ABSENT, found=str(error))


def _done(check: Callable[[], None], found: str) -> str:
    check()
    return found


def _said(command: list[str]) -> str:
    run = subprocess.run(
        command, capture_output=True, text=True, timeout=CHILD_SECONDS, check=False, stdin=subprocess.DEVNULL
    )
    return run.stdout
