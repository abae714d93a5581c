"""`python -m backend`, as scripts/serve starts it: a process, its workers, its codes."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import httpx

from tests.serving import PASSWORD, serving


def children_of(process: subprocess.Popen[str]) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True)
    return [int(pid) for pid in found.stdout.split()]


def is_running(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.is_file() and status.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def test_it_serves_makes_an_admin_and_keeps_its_key_over_a_restart(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        workers = children_of(server.process)
        assert len(workers) == 1
        body = {"email": "root@mail.org", "password": PASSWORD, "code": server.first_admin}
        session = httpx.post(f"{server.api}/accounts", json=body, timeout=30).json()
        assert session["account"]["admin"] and session["account"]["quota"]["limit"] is None
    assert not any(is_running(pid) for pid in workers)
    assert (tmp_path / "web-token-key").stat().st_mode & 0o777 == 0o600
    environment = os.environ | {"AIPROD_HOME": str(tmp_path)}
    told = subprocess.run([sys.executable, "-m", "backend", "code"], env=environment, capture_output=True, text=True)
    assert told.returncode == 0 and "first admin" not in told.stderr


def test_settings_that_cannot_be_used_are_told_together(tmp_path: Path) -> None:
    environment = os.environ | {"AIPROD_HOME": str(tmp_path), "AIPROD_WEB_PORT": "x", "AIPROD_WEB_TOKEN_ALGORITHM": "none", "COLUMNS": "400"}
    run = subprocess.run([sys.executable, "-m", "backend"], env=environment, capture_output=True, text=True, timeout=60)
    assert run.returncode == 2
    assert "AIPROD_WEB_PORT" in run.stderr and "AIPROD_WEB_TOKEN_ALGORITHM" in run.stderr and "Traceback" not in run.stderr


def test_a_weak_signing_secret_is_refused_and_not_shown(tmp_path: Path) -> None:
    environment = os.environ | {"AIPROD_HOME": str(tmp_path), "AIPROD_WEB_PORT": "0", "AIPROD_WEB_TOKEN_KEYS": '{"one": "hush"}'}
    run = subprocess.run([sys.executable, "-m", "backend"], env=environment, capture_output=True, text=True, timeout=60)
    assert run.returncode == 2 and "hush" not in run.stderr and "32 characters" in run.stderr


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        environment = os.environ | {"AIPROD_HOME": str(tmp_path), "AIPROD_WEB_PORT": port, "COLUMNS": "200"}
        run = subprocess.run([sys.executable, "-m", "backend"], env=environment, capture_output=True, text=True, timeout=60)
    assert run.returncode == 2 and port in run.stderr and "Traceback" not in run.stderr


def test_answers_do_not_wait_for_acknowledgements(tmp_path: Path) -> None:
    with serving(tmp_path) as server, httpx.Client(base_url=server.origin) as client:
        waits = sorted(client.get("/healthz").elapsed.total_seconds() for _ in range(40))
    assert waits[8] < 0.035
