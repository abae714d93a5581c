"""Files that users bring, in either cloud: kept within their room, fetched by stages by address, gone with their owner."""

from pathlib import Path

import pytest

from aiprod.errors import NotFound, QuotaSpent
from aiprod.uploads import PART, Upload, Uploads
from tests.contract.conftest import Cloud, WallClock


def upload(id: str, size: int, **fields: object) -> Upload:
    plain = {"kind": "picture", "name": "panda.jpg", "media_type": "image/jpeg", "suffix": ".jpg"}
    return Upload(id=id * 20, size=size, created_at=WallClock().now(), **{**plain, **fields})  # type: ignore[arg-type]


def test_files_are_kept_within_their_room_and_go(cloud: Cloud, tmp_path: Path) -> None:
    uploads = Uploads(documents=cloud.documents, objects=cloud.objects, clock=WallClock())
    file = tmp_path / "file"
    file.write_bytes(b"0123456789")
    first = uploads.keep("jane", upload("a", 10), file, room_bytes=25)
    part = uploads.keep("jane", upload("b", 10, kind=PART, suffix=".part"), file, room_bytes=25)
    with pytest.raises(QuotaSpent, match="0.0 MB"):
        uploads.keep("jane", upload("c", 10), file, room_bytes=25)
    assert [one.id for one in uploads.of("jane")] == [first.id] and uploads.used_bytes("jane") == 20
    whole = uploads.keep("jane", upload("d", 10), file, room_bytes=25, instead_of=uploads.parts("jane", [part.id]))
    assert cloud.objects.fetch(whole.address("jane"), tmp_path / "scratch").read_bytes() == b"0123456789"
    addresses = {stored.address for stored in cloud.objects.under("uploads/jane/")}
    assert addresses == {first.address("jane"), whole.address("jane")}
    with pytest.raises(NotFound):
        uploads.get("john", first.id)
    uploads.delete("jane", first.id)
    uploads.forget("jane")
    assert cloud.objects.under("uploads/jane/") == () and uploads.of("jane") == ()
