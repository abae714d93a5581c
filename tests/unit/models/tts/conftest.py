"""Tiny networks work in one thread; a card may be full."""

import pytest

from tests.tiny_weights.threads import one_thread

__all__ = ["one_thread"]


@pytest.fixture
def full_card(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a card says that has no room, wherever a convolution begins."""
    import torch

    def begin(*_: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 MiB.")

    monkeypatch.setattr(torch.nn.functional, "conv1d", begin)
