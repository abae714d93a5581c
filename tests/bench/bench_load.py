"""Many users at once: `python -m tests.bench.bench_load [USERS [SECONDS]]`.

The server is a process of its own, and so are the users, locust's, each with an account, a connection and a video. They
look at its status, at lists and at their account, log in again, ask for a video and cancel it.
"""

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from tests.serving import Serving, serving

ROOT = Path(__file__).resolve().parents[2]
WARM_SECONDS = 10


@dataclass(kw_only=True)
class Load:
    """So many users for so long, and what they met: seconds that answers took, by act; answers that were none."""

    users: int
    seconds: float
    took: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    memory_kilobytes: list[int] = field(default_factory=list)
    processor_seconds: float = 0.0

    def within(self, act: str, share: float) -> float:
        """The time within which that share of the answers came."""
        ordered = sorted(self.took[act])
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]

    @property
    def growth(self) -> float:
        """Memory in the last third of the time, of that in the first."""
        third = max(1, len(self.memory_kilobytes) // 3)
        return median(self.memory_kilobytes[-third:]) / median(self.memory_kilobytes[:third])


def run(server: Serving, load: Load) -> Load:
    """What the users met after they had registered."""
    module = [sys.executable, "-m", "tests.bench.load_users"]
    given = [server.api, server.code, str(load.users), str(load.seconds)]
    with subprocess.Popen([*module, *given], cwd=ROOT, stdout=subprocess.PIPE, text=True) as users:
        assert users.stdout is not None and users.stdout.readline() == "ready\n"
        before = server.processor_seconds()
        _watch_memory(server, load, time.monotonic() + load.seconds)
        load.processor_seconds = server.processor_seconds() - before
        met = json.loads(users.stdout.read())
    load.took, load.errors = met["took"], met["errors"]
    return load


def _watch_memory(server: Serving, load: Load, until: float) -> None:
    time.sleep(min(WARM_SECONDS, load.seconds / 4))
    while time.monotonic() < until:
        load.memory_kilobytes.append(server.resident_kilobytes())
        time.sleep(min(1.0, max(0.0, until - time.monotonic())))


def under(load: Load, home: Path, **settings: str) -> Load:
    """A server of its own under that load."""
    with serving(home, AIPROD_WEB_TRUSTED_PROXIES="127.0.0.1", **settings) as server:
        return run(server, load)


def main(users: int, seconds: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        load = under(Load(users=users, seconds=seconds), Path(folder))
    total = sum(len(times) for times in load.took.values())
    print(f"{users} users, {seconds:.0f} s: {total} answers ({total / seconds:.0f} a second), {len(load.errors)} errors")
    print(f"processor time of the server: {load.processor_seconds:.1f} s, {load.processor_seconds / total * 1000:.2f} ms an answer")
    for act in sorted(load.took):
        at = ", ".join(f"{share:.0%} within {load.within(act, share) * 1000:.0f} ms" for share in (0.5, 0.95, 0.99))
        print(f"{act}: {len(load.took[act])}, {at}")
    print(f"memory {load.memory_kilobytes[0] // 1024} to {load.memory_kilobytes[-1] // 1024} MB, {load.growth:.2f} times")
    for error in sorted(set(load.errors))[:20]:
        print(error)
    sys.exit(bool(load.errors) or load.within("status", 0.99) > 0.1 or load.growth > 1.1)


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:3]]
    main(*(given + [300, 120][len(given) :]))
