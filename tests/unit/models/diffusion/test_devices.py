"""What diffusion runs on: one process at a time has a card."""

import fcntl
import os
import tempfile
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest
import structlog
import torch

from aiprod.errors import DeviceLost
from aiprod.models.diffusion.devices import _HELD, CudaDevice, MemoryShort
from aiprod.models.diffusion.effort import Stage, Work

WORK = Work(stage=Stage.DENOISING, batch=1, frames=5, pixels=64)


def attach(monkeypatch: pytest.MonkeyPatch, card: str, memory_bytes: int = 24 * 2**30) -> list[float]:
    """A card that torch sees. The shares of its memory that torch is allowed, as they come."""
    shares: list[float] = []
    facts = SimpleNamespace(uuid=card, total_memory=memory_bytes)
    monkeypatch.setattr(torch.cuda, "get_device_properties", lambda _: facts)
    monkeypatch.setattr(torch.cuda, "set_per_process_memory_fraction", lambda share, _: shares.append(share))
    return shares


def test_who_waits_for_a_card_says_so_and_gets_it_when_it_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    device, card = CudaDevice(), f"of-{os.getpid()}"
    attach(monkeypatch, card)
    path = Path(tempfile.gettempdir()) / f"aiprod-gpu-{card}.lock"
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


def test_processes_that_see_a_card_each_do_not_wait_for_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    cards = [f"{number}-of-{os.getpid()}" for number in (1, 2)]
    locks, paths = [], []
    for card in cards:  # both call theirs cuda:0
        attach(monkeypatch, card)
        with structlog.testing.capture_logs() as told, ThreadPoolExecutor(max_workers=1) as pool:
            held = pool.submit(CudaDevice().hold)
            try:
                held.result(timeout=5)
            finally:
                for lock in locks:
                    lock.close()
        assert not told
        path, lock = _HELD.popitem()
        paths.append(path)
        locks.append(lock)
    locks[-1].close()
    for path in paths:
        path.unlink()


@pytest.mark.parametrize(
    "error",
    [
        torch.OutOfMemoryError("Tried to allocate 2.00 GiB."),
        torch.AcceleratorError("CUDA error: out of memory\nCompile with `TORCH_USE_CUDA_DSA`"),
        RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"),
        RuntimeError("GET was unable to find an engine to execute this computation"),
    ],
    ids=str,
)
def test_a_full_card_is_told_whoever_finds_it_full_and_gives_back_what_the_work_had_made(
    error: RuntimeError, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Made:
        """Gigabytes."""

    made: list[weakref.ref[Made]] = []
    left: list[bool] = []

    def work() -> None:
        large = Made()
        made.append(weakref.ref(large))
        raise type(error)(str(error))

    monkeypatch.setattr(torch.cuda, "get_device_name", lambda _: "a card")
    monkeypatch.setattr(torch.cuda, "empty_cache", lambda: left.append(made[0]() is not None))
    with pytest.raises(MemoryShort, match="found too little in a card"):
        CudaDevice().attempt(WORK, work)
    assert left == [False]


def test_a_card_that_fails_is_told_as_lost() -> None:
    def work() -> None:
        raise torch.AcceleratorError("CUDA error: an illegal memory access was encountered\nCompile with `TORCH_USE_CUDA_DSA`")

    with pytest.raises(DeviceLost, match=r"found CUDA error: an illegal memory access was encountered; another task takes the work up\.$"):
        CudaDevice().attempt(WORK, work)


def test_a_lock_that_another_user_made_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    card = f"of-another-than-{os.getpid()}"
    attach(monkeypatch, card)
    path = Path(tempfile.gettempdir()) / f"aiprod-gpu-{card}.lock"
    CudaDevice().hold()
    _HELD.pop(path).close()
    assert path.stat().st_mode & 0o777 == 0o644
    path.chmod(0o444)  # as it is for others
    CudaDevice().hold()
    assert _HELD[path].mode == "rb"
    _HELD.pop(path).close()
    path.unlink()


def test_what_is_no_matter_of_memory_is_told_as_it_is() -> None:
    def work() -> None:
        raise RuntimeError("mat1 and mat2 must have the same dtype")

    with pytest.raises(RuntimeError, match="same dtype"):
        CudaDevice().attempt(WORK, work)


@pytest.mark.parametrize(("memory_gib", "left_gib"), [(8, 0.64), (24, 1.5), (80, 1.5)])
def test_torch_leaves_room_for_what_encodes_pictures_on_the_card(
    memory_gib: int, left_gib: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    shares = attach(monkeypatch, f"full-of-{os.getpid()}", memory_gib * 2**30)
    CudaDevice().hold()
    CudaDevice().hold()
    path, lock = _HELD.popitem()
    lock.close()
    path.unlink()
    assert [round((1 - share) * memory_gib, 2) for share in shares] == [left_gib]
