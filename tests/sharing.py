"""What a whole run needs once, though every worker of pytest-xdist is a process of its own."""

import os
from collections.abc import Callable

import pytest

from aiprod.locks import held


def made_once(folders: pytest.TempPathFactory, name: str, make: Callable[[], str]) -> str:
    """What `make` gives, made by the first process of this run that asks; the others wait for it."""
    own = folders.getbasetemp()
    run = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    lock = run / f"{name}.lock"
    lock.touch()
    with held(lock):
        kept = run / name
        if not kept.exists():
            kept.write_text(make(), encoding="utf-8")
        return kept.read_text(encoding="utf-8")
