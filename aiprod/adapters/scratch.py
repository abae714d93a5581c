"""Scratch folders on the disk, removed afterwards; those of killed processes are removed by the next."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from aiprod.adapters.disk import disk_error
from aiprod.adapters.embedded.owners import is_gone, process_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Scratch:
    """Implements ports.Workspace."""

    folder: Path

    @contextmanager
    def open(self, name: str) -> Iterator[Path]:
        """A new empty folder. Raises: StorageFull, Unavailable."""
        mine = self.folder / process_name().replace(":", "_")  # filters of ffmpeg give the colon a meaning
        try:
            if not mine.is_dir():
                self._remove_leftovers()
                mine.mkdir(parents=True, exist_ok=True)
            made = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=mine))
        except OSError as error:
            raise disk_error(error, "making a scratch folder") from error
        try:
            yield made
        finally:
            shutil.rmtree(made, ignore_errors=True)

    def _remove_leftovers(self) -> None:
        if not self.folder.is_dir():
            return
        for left in self.folder.iterdir():
            if is_gone(left.name.replace("_", ":")):
                shutil.rmtree(left, ignore_errors=True)
