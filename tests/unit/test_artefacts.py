"""Work is found again by its KEY, wherever its maker was killed."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from aiprod.artefacts import Artefacts
from aiprod.ports import Objects, StoredObject
from tests.house import BRIEF, open_house

MINE, YOURS, THEIRS = (f"sounds/{owner}/1/01-abc.flac" for owner in ("mine", "yours", "theirs"))


class KilledError(BaseException):
    """The process is gone: nobody handles this."""


@dataclass
class Killing:
    """Objects whose writer is killed on the way: before its object lies there, or right after."""

    objects: Objects
    after: bool

    def __getattr__(self, name: str) -> object:
        return getattr(self.objects, name)

    def write(self, address: str, content: bytes | Path, *, only_if_absent: bool = True) -> StoredObject:
        if self.after:
            self.objects.write(address, content, only_if_absent=only_if_absent)
        raise KilledError(address)


def wanted(folder: Path) -> Artefacts:
    """Artefacts of three videos that nobody works at yet."""
    app = open_house(folder / "home")
    for address in (MINE, YOURS, THEIRS):
        app.request(BRIEF, owner="somebody", video=address.split("/")[1])
    return app.artefacts


@pytest.mark.parametrize("after", [False, True])
def test_equal_work_is_found_by_its_key_wherever_its_first_maker_was_killed(tmp_path: Path, after: bool) -> None:
    artefacts = wanted(tmp_path)
    dying: Artefacts = replace(artefacts, objects=Killing(artefacts.objects, after))  # type: ignore[arg-type]
    with pytest.raises(KilledError):
        dying.make(MINE, "abc", lambda: b"a sound")
    assert artefacts.make(YOURS, "abc", lambda: b"a sound") == ("copied" if after else "made")
    assert artefacts.make(THEIRS, "abc", lambda: b"a sound") == "copied"
    assert artefacts.objects.read(THEIRS) == b"a sound"


def test_equal_work_is_made_again_and_then_found_where_the_first_was_removed(tmp_path: Path) -> None:
    artefacts = wanted(tmp_path)
    artefacts.make(MINE, "abc", lambda: b"a sound")
    artefacts.objects.delete(MINE)
    assert artefacts.make(YOURS, "abc", lambda: b"a sound") == "made"
    assert artefacts.make(THEIRS, "abc", lambda: b"a sound") == "copied"
