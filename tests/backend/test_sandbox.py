"""Programs that read strangers' files: what they may use, what they know, whom they call."""

import socket
import sys
import time
from pathlib import Path

import pytest

from aiprod.errors import InvalidInput
from backend.sandbox import Limits, run_confined
from backend.uploads.inspection import inspect
from tests.backend.test_serving import is_running
from tests.backend.test_uploads import picture


def run(tmp_path: Path, program: str, **limits: float):
    return run_confined([sys.executable, "-c", program], tmp_path, Limits(**limits))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("program", "limits"),
    [
        ("while True: pass", {"cpu_seconds": 1}),
        ("import time; time.sleep(60)", {"wall_seconds": 0.5}),
        ("open('x', 'wb').write(bytes(3 << 20))", {"file_bytes": 1 << 20}),
        ("print('x' * (3 << 20))", {"file_bytes": 1 << 20}),
    ],
)
def test_a_program_that_asks_for_more_is_ended(tmp_path, program, limits) -> None:
    ended = run(tmp_path, program, **limits)
    assert ended.code != 0 and len(ended.said) <= 1 << 20
    assert not (tmp_path / "x").exists() or (tmp_path / "x").stat().st_size <= 1 << 20


def test_memory_is_bounded(tmp_path) -> None:
    assert run(tmp_path, "bytearray(1 << 30)", memory_bytes=512 << 20).code != 0
    assert run(tmp_path, "bytearray(1 << 20)", memory_bytes=512 << 20).code == 0


def test_a_program_knows_nothing_of_our_environment_and_gains_no_rights(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("AIPROD_WEB_TOKEN_KEYS", "secret")
    said = run(tmp_path, "import os; print(dict(os.environ)); print(open('/proc/self/status').read())").said.decode()
    assert "secret" not in said and f"'HOME': '{tmp_path}'" in said
    assert "NoNewPrivs:\t1" in said


def test_what_a_program_started_ends_with_it(tmp_path) -> None:
    program = "import subprocess; print(subprocess.Popen(['sleep', '60']).pid, flush=True)"
    child = int(run(tmp_path, program).said)
    end = time.monotonic() + 10
    while is_running(child) and time.monotonic() < end:
        time.sleep(0.01)
    assert not is_running(child)


def test_a_playlist_behind_another_form_s_beginning_calls_nobody_and_opens_nothing(tmp_path) -> None:
    """ffmpeg passes over a tag at the beginning, and finds the playlist behind it."""
    secret = tmp_path / "secret.mp3"
    secret.write_bytes(b"secret")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        for place in (f"http://127.0.0.1:{listening.getsockname()[1]}/x.ts", f"file://{secret}", f"concat:{secret}|{secret}"):
            playlist = f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{place}\n#EXT-X-ENDLIST\n".encode()
            for number, beginning in enumerate((b"ID3\x04\x00\x00\x00\x00\x2e\x70" + bytes(6000), b"\x00\x00\x00\x18ftypisom" + bytes(6000))):
                folder = tmp_path / f"{number}"
                folder.mkdir(exist_ok=True)
                (folder / "sent").write_bytes(beginning + playlist)
                with pytest.raises(InvalidInput):
                    inspect(folder / "sent", folder)
        with pytest.raises(TimeoutError):
            listening.accept()


def test_a_clean_file_is_taken(tmp_path) -> None:
    (tmp_path / "sent").write_bytes(picture())
    assert inspect(tmp_path / "sent", tmp_path).kind == "picture"
