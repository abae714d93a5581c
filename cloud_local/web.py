"""The web over the local cloud: the backend's own process, with its pages where they are built. Knows no page and no route."""

import json
import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from cloud_local.cloud import LocalCloud
from cloud_local.emulators import Emulator
from cloud_local.processes import free_port
from cloud_local.servers import ROOT

PROGRAM = (sys.executable, "-m", "backend")


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """What is served; `environment` is what the process was told."""

    address: str
    environment: Mapping[str, str]

    def codes(self) -> tuple[str, ...]:
        """The first admin's access code, while there is no admin, and that of this hour. Raises: RuntimeError."""
        told = subprocess.run(
            [*PROGRAM, "code"], env={**os.environ, **self.environment}, cwd=ROOT, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        found = tuple(re.findall(r"^Access code of .*: ([A-Z1-9]{8})$", told.stderr, re.MULTILINE))
        if not found:
            raise RuntimeError(f"Expected the access codes of the web, found: {told.stderr[-2000:]}")
        return found


@contextmanager
def served(cloud: LocalCloud) -> Iterator[Web]:
    """The web until the block ends. Raises: RuntimeError, with what it said."""
    port = free_port()
    environment = {
        **cloud.environment, "AIPROD_WEB_PORT": str(port), "AIPROD_WEB_SECURE_COOKIES": "false",
        "AIPROD_WEB_TOKEN_KEYS": json.dumps({"local": secrets.token_hex(32)}), "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    log = cloud.folder / "logs" / "web.log"
    server = Emulator(name="web", command=PROGRAM, port=port, log=log, environment=environment)
    server.start()
    try:
        yield Web(address=f"http://{server.host}", environment=environment)
    finally:
        server.stop()
