"""The tree under test."""

import subprocess
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's top folder."""
    return Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def tracked(root: Path) -> tuple[Path, ...]:
    """Every file under version control, with those about to be added."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=root, capture_output=True, check=True)
    names = listing.stdout.decode().split("\0")
    return tuple(sorted(root / name for name in names if name and (root / name).is_file()))


@pytest.fixture(scope="session")
def product(root: Path, tracked: tuple[Path, ...]) -> tuple[Path, ...]:
    """The Python files of the product."""
    rooms = {"aiprod", "functions", "gpu_jobs", "backend"}
    return tuple(path for path in tracked if path.suffix == ".py" and path.relative_to(root).parts[0] in rooms)
