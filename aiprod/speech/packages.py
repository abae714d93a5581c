"""Which Python packages of the speech engines are installed, found without importing them."""

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from aiprod.errors import EngineMissing


def installed(package: str) -> str:
    """Its version, or "" where it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def require(packages: Sequence[str], engine: str) -> None:
    """Raises: EngineMissing, naming the first that is not installed."""
    for package in packages:
        if not installed(package):
            raise EngineMissing(f"Expected {package} for {engine}, found none: run `pip install {package}`.")
