"""What diffusion runs on: one process at a time has a card."""

import fcntl
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import structlog

from aiprod.models.diffusion.devices import _HELD, CudaDevice


def test_who_waits_for_a_card_says_so_and_gets_it_when_it_is_let_go() -> None:
    device = CudaDevice(f"cuda:{os.getpid()}")
    path = Path(tempfile.gettempdir()) / f"aiprod-cuda-{os.getpid()}.lock"
    with structlog.testing.capture_logs() as told, ThreadPoolExecutor(max_workers=1) as pool:
        with path.open("ab") as other:
            fcntl.flock(other, fcntl.LOCK_EX)
            held = pool.submit(device.hold)
            with pytest.raises(TimeoutError):
                held.result(timeout=0.3)
        held.result(timeout=30)
    _HELD.pop(path).close()
    path.unlink()
    assert [line["event"] for line in told] == ["waiting for the GPU, which another process has"]
