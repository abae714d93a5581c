"""`python -m backend` as a process, as scripts/serve starts it."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE_SECONDS = 60
PASSWORD = "correct horse battery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """A server that answers at `origin`; `first_admin` and `code` open accounts there."""

    process: "subprocess.Popen[str]"
    home: Path
    origin: str
    first_admin: str
    code: str

    @property
    def port(self) -> int:
        return int(self.origin.rsplit(":", 1)[1])

    @property
    def api(self) -> str:
        return f"{self.origin}/api/v1"

    def processor_seconds(self) -> float:
        """Processor time that the server's own process has had, without its workers'."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident_kilobytes(self) -> int:
        """Memory that the server's own process holds."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0])


@contextmanager
def serving(home: Path, **settings: str) -> Iterator[Serving]:
    """A server with one worker, on a free port."""
    environment = os.environ | {"AIPROD_HOME": str(home), "AIPROD_WORKERS": "1", "AIPROD_WEB_PORT": "0", "COLUMNS": "200"} | settings
    process = subprocess.Popen([sys.executable, "-m", "backend"], env=environment, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        lines = [process.stderr.readline() for _ in range(3)]
        origin = re.search(r"(http://[\d.]+:\d+)/api/v1", lines[0])
        admin = re.search(r"first admin: ([A-Z1-9]{8})$", lines[1].strip())
        code = re.search(r"this hour: ([A-Z1-9]{8})$", lines[2].strip())
        assert origin and admin and code, lines
        yield Serving(process=process, home=home, origin=origin[1], first_admin=admin[1], code=code[1])
    finally:
        process.send_signal(signal.SIGTERM)
        ended = process.wait(timeout=PATIENCE_SECONDS)
        if process.stderr is not None:
            process.stderr.close()
    assert ended == 0
