"""Tiny networks work in one thread."""

from tests.tiny_weights.threads import one_thread

__all__ = ["one_thread"]
