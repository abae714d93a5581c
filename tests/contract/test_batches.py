"""Batches in either cloud: begun as places at work come free, each line once, nothing after they are closed."""

from aiprod.accounts.quota import Allowance, Quota
from aiprod.batches import Batch, BatchedVideo, Batches, Entry
from aiprod.brief import Brief
from aiprod.ledger import Ledger
from aiprod.library import Library
from aiprod.video import VideoCancelled, create
from tests.contract.conftest import Cloud, WallClock


def test_a_batch_goes_on_as_places_come_free(cloud: Cloud) -> None:
    clock = WallClock()
    ledger = Ledger(documents=cloud.documents, publisher=cloud.publisher, clock=clock)
    quota = Quota(documents=cloud.documents, ledger=ledger, clock=clock)
    library = Library(documents=cloud.documents, objects=cloud.objects, ledger=ledger, clock=clock)
    batches = Batches(
        ledger=ledger, quota=quota, library=library,
        ask=lambda brief, owner, video: ledger.open(create(video, owner, brief, clock.now())),
    )  # fmt: skip
    videos = tuple(BatchedVideo(line=line, video=f"{line}" * 12, brief=Brief(theme=f"tide {line}"), public=line == 2) for line in (1, 2, 3))
    entries = tuple(Entry(line=one.line, video=one.video) for one in videos)
    batch = Batch(id="b" * 20, owner="jane", created_at=clock.now(), entries=entries, allowance=Allowance(videos=5, at_work=1))
    for _ in range(2):
        assert batches.add(batch, videos).begun == 1
    quota.settle(ledger.advance(videos[0].video, VideoCancelled(revision=1, at=clock.now())))
    for _ in range(2):
        batches.feed("jane")
    assert batches.get("jane", batch.id).begun == 2 and library.entry(videos[1].video).public
    batches.close("jane", batch.id)
    quota.settle(ledger.advance(videos[1].video, VideoCancelled(revision=1, at=clock.now())))
    batches.feed("jane")
    assert [video.id for video in ledger.all(owner="jane")] == [videos[1].video, videos[0].video]
    batches.forget("jane")
    assert batches.of("jane") == () and cloud.documents.query("batch_lines") == []
