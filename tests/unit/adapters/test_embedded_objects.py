"""Files in a folder, removed while others write them."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from aiprod.adapters.embedded.database import Database
from aiprod.adapters.embedded.objects import EmbeddedObjects

ADDRESS = "clips/v/1/01-aa.mp4"


class WallClock:
    def now(self) -> float:
        return time.time()


class SlowFolder(type(Path())):  # type: ignore[misc]
    """A folder on a disk on which something else happens before a file is removed."""

    before: Callable[[], None] = staticmethod(lambda: None)

    def unlink(self, missing_ok: bool = False) -> None:
        if ".incoming" not in self.parts:
            SlowFolder.before()
        super().unlink(missing_ok=missing_ok)


def test_what_is_written_anew_while_it_is_removed_is_there_with_its_file(tmp_path: Path) -> None:
    database = Database(tmp_path / "store.sqlite3")
    objects = EmbeddedObjects(database=database, folder=tmp_path / "objects", clock=WallClock())
    slow = EmbeddedObjects(database=database, folder=SlowFolder(tmp_path / "objects"), clock=WallClock())
    objects.write(ADDRESS, b"refused")
    writer = threading.Thread(target=objects.write, args=(ADDRESS, b"drawn again"))

    def draw_again() -> None:
        writer.start()
        writer.join(timeout=1.0)

    SlowFolder.before = staticmethod(draw_again)
    slow.delete(ADDRESS)
    writer.join()
    assert objects.stat(ADDRESS) is not None
    assert objects.read(ADDRESS) == b"drawn again"
