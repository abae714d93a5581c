"""The command line, run as a person runs it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

Run: TypeAlias = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where this test's videos live."""
    return tmp_path / "home"


def running(folder: Path, home: Path) -> Run:
    """Runs `aiprod WORDS` in a folder, with a store; keyword arguments are environment variables."""

    def run(*words: str, seconds: float = 60.0, **variables: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "aiprod", *words], cwd=folder, capture_output=True, text=True, timeout=seconds,
            stdin=subprocess.DEVNULL, env={**os.environ, "AIPROD_HOME": str(home), **variables}, check=False,
        )  # fmt: skip

    return run


@pytest.fixture
def aiprod(tmp_path: Path, home: Path) -> Run:
    """Run `aiprod WORDS` in the test's folder, with its own store."""
    return running(tmp_path, home)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A small PNG."""
    from PIL import Image

    path = tmp_path / "picture.png"
    Image.linear_gradient("L").resize((320, 240)).convert("RGB").save(path)
    return path
