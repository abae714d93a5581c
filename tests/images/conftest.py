"""The images, and what reaches their builders."""

import subprocess
from pathlib import Path

import pytest

from tests.images.dockerfile import context

IMAGES = ("functions", "gpu_jobs", "backend")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's top folder."""
    return Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def kept(root: Path) -> tuple[str, ...]:
    """Every file under version control, with those about to be added."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=root, capture_output=True, check=True)
    names = listing.stdout.decode().split("\0")
    return tuple(sorted(name for name in names if name and (root / name).is_file()))


@pytest.fixture(scope="session")
def sent(root: Path, kept: tuple[str, ...]) -> tuple[str, ...]:
    """The files that reach a builder."""
    return context(root, kept)
