"""The table of documents stays quick when many videos are in it."""

import time
from pathlib import Path

from aiprod.adapters.embedded.database import Database
from aiprod.adapters.embedded.documents import EmbeddedDocuments
from aiprod.ports import Condition, Write


def test_a_videos_clips_are_found_as_fast_among_many_as_among_few(tmp_path: Path) -> None:
    documents = EmbeddedDocuments(database=Database(tmp_path / "store.sqlite3"))

    def add(first: int, last: int) -> None:
        for start in range(first, last, 50):
            documents.commit([
                Write(collection="clips", id=f"{video}/{scene}", expected=None,
                      fields={"video": str(video), "revision": 1, "scene": scene, "status": "ready", "spec": "x" * 500})
                for video in range(start, min(start + 50, last)) for scene in range(8)
            ])  # fmt: skip

    def seconds() -> float:
        conditions = [Condition(field="video", operator="==", value="7"), Condition(field="revision", operator="==", value=1)]
        took = []
        for _ in range(7):
            began = time.process_time()
            for _ in range(20):
                assert [document.fields["scene"] for document in documents.query("clips", conditions)] == list(range(8))
            took.append(time.process_time() - began)
        return min(took)

    add(0, 20)
    few = seconds()
    add(20, 1000)
    assert seconds() < 3 * few
