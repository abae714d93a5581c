"""`python -m cloud_local "THEME" [options of aiprod make]`: makes a film on the local cloud, by events only.

Without a theme it stays up with the web before it until it is told to end, and says where that is, with which codes
accounts are made there, and which variables lead `aiprod` to it.
"""

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from aiprod.errors import AiprodError
from aiprod.logs import configure
from cloud_local.cloud import LocalCloud, started
from cloud_local.emulators import EmulatorsAbsent
from cloud_local.web import served

SETTINGS = {"AIPROD_RENDER_TASKS": "2", "AIPROD_JOB_IDLE_SECONDS": "5"}


def main(words: list[str]) -> int:
    """Start the cloud; make a film, or stay. The exit code is that of `aiprod make`."""
    folder = Path(tempfile.mkdtemp(prefix="cloud-local-"))
    configure("info", folder / "logs" / "cloud.log")
    _say(f"Starting the local cloud; its logs are in {folder / 'logs'}")
    try:
        with started(folder, SETTINGS) as cloud:
            code = _make(cloud, words) if words else _stay(cloud)
    except (AiprodError, EmulatorsAbsent, RuntimeError) as error:
        _say(f"cloud-local: {error}")
        return 3
    if not code:
        shutil.rmtree(folder, ignore_errors=True)
    return code


def _make(cloud: LocalCloud, words: list[str]) -> int:
    environment = {**os.environ, **cloud.environment}
    return subprocess.run([sys.executable, "-m", "aiprod", "make", *words], env=environment, check=False).returncode


def _stay(cloud: LocalCloud) -> int:
    told = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: told.set())
    with served(cloud) as web:
        _say(f"The local cloud is up; Ctrl-C ends it. The web is at {web.address}")
        _say(f"Access codes, the first admin's before that of this hour: {' '.join(web.codes())}")
        _say("In another terminal:")
        for name, value in cloud.environment.items():
            _say(f"export {name}={shlex.quote(value)}")
        told.wait()
    return 0


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
