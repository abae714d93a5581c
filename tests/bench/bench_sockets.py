"""How soon a change is seen by five hundred sockets: `python -m tests.bench.bench_sockets [SOCKETS]`.

The server is a process of its own; the sockets share this one. Every change is one write to the watched video's document.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
from websockets.asyncio.client import ClientConnection, connect

from aiprod.bootstrap import open_app
from aiprod.settings import Settings
from aiprod.video import ScriptWritten

CHANGES = 20
PAUSE_SECONDS = 0.5


async def run(port: int, home: Path, sockets: int) -> list[float]:
    app = open_app(Settings(home=home), log_file=home / "logs" / "bench.log")
    code = str(app.documents.get("access_codes", "first-admin").fields["code"])
    url = f"http://127.0.0.1:{port}/api/v1"
    body = {"email": "root@mail.org", "password": "correct horse battery", "code": code}
    headers = {"Authorization": f"Bearer {httpx.post(f'{url}/accounts', json=body, timeout=30).json()['token']}"}
    video = httpx.post(f"{url}/videos", json={"theme": "the tide"}, headers=headers, timeout=30).json()["id"]
    watching = [
        await connect(f"ws://127.0.0.1:{port}/ws/videos/{video}", additional_headers=headers, compression=None)
        for _ in range(sockets)
    ]
    delays: list[float] = []
    changed_at = 0.0

    async def listen(socket: ClientConnection) -> None:
        while True:
            text = await socket.recv(decode=False)
            if changed_at and b'"progress"' in text[:20]:
                delays.append(time.monotonic() - changed_at)

    tasks = [asyncio.create_task(listen(socket)) for socket in watching]
    await asyncio.sleep(2)
    for number in range(CHANGES):
        changed_at = time.monotonic()
        fact = ScriptWritten(revision=1, at=1.0, title=f"Tides {number}", language="en", scenes=(1,))
        await asyncio.to_thread(app.ledger.advance, video, fact)
        await asyncio.sleep(PAUSE_SECONDS)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*(socket.close() for socket in watching), *tasks, return_exceptions=True)
    return sorted(delays)


def main(sockets: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"AIPROD_HOME": folder, "AIPROD_WORKERS": "1", "AIPROD_WEB_PORT": "0", "AIPROD_WEB_CONNECTIONS": "100000", "COLUMNS": "200"}
        server = subprocess.Popen([sys.executable, "-m", "backend"], env=environment, stderr=subprocess.PIPE, text=True)
        assert server.stderr is not None
        try:
            port = int(server.stderr.readline().split("/api/v1")[0].rsplit(":", 1)[1])
            server.stderr.readline()
            delays = asyncio.run(run(port, Path(folder), sockets))
        finally:
            server.terminate()
            server.wait()
    at = {share: delays[min(len(delays) - 1, int(len(delays) * share))] * 1000 for share in (0.5, 0.9, 0.99)}
    print(f"{sockets} sockets, {CHANGES} changes, {len(delays)} messages seen: "
          + ", ".join(f"{share:.0%} within {ms:.0f} ms" for share, ms in at.items()))  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
