"""Files that come in parts: checked, joined once, and nothing lost where a line breaks or a disk is full."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from aiprod.errors import NotFound, StorageFull
from aiprod.ports import Objects, StoredObject
from aiprod.uploads import Upload
from tests.backend.conftest import problem
from tests.backend.test_uploads import picture


def test_a_file_too_large_for_one_request_comes_in_parts(site, jane, john) -> None:
    content = picture(size=(640, 480), quality=100)
    pieces = [content[at : at + 5000] for at in range(0, len(content), 5000)]
    ids = [jane("POST", "/media/parts", content=piece).json()["id"] for piece in pieces]
    shelf = jane("GET", "/media").json()
    assert shelf["items"] == [] and shelf["used_bytes"] == len(content), "they take room before they are a file"
    problem(john("POST", "/media/whole", json={"parts": ids}), 404, "not-found")
    problem(jane("GET", f"/media/{ids[0]}"), 404, "not-found")
    problem(jane("POST", "/media/whole", json={"parts": ids[::-1]}), 422, "invalid-input")
    kept = jane("POST", "/media/whole", json={"parts": ids, "name": "a/holiday.jpg"})
    assert kept.status_code == 201, kept.text
    assert (kept.json()["kind"], kept.json()["name"]) == ("picture", "holiday.jpg")
    (stored,) = site.app.objects.under("uploads/")
    assert stored.size == kept.json()["bytes"] == jane("GET", "/media").json()["used_bytes"], "the parts are gone"
    again = jane("POST", "/media/whole", json={"parts": ids})
    assert (again.json(), again.headers["Location"]) == (kept.json(), kept.headers["Location"]), "the first answer may have been lost"
    problem(john("POST", "/media/whole", json={"parts": ids}), 404, "not-found")
    jane("DELETE", f"/media/{kept.json()['id']}")
    problem(jane("POST", "/media/whole", json={"parts": ids}), 404, "not-found")
    problem(jane("POST", "/media/parts", content=b""), 422, "invalid-input")
    problem(jane("POST", "/media/parts", content=bytes(25_000_001)), 413, "too-large")


def test_parts_are_checked_by_their_digest_told_of_and_never_kept_twice(site, jane, john) -> None:
    pieces = [b"a" * 4000, b"b" * 3000]
    digests = [hashlib.sha256(piece).hexdigest() for piece in pieces]
    sent = [jane("POST", "/media/parts", params={"sha256": digest}, content=piece) for digest, piece in zip(digests, pieces, strict=True)]
    assert [answer.json() for answer in sent] == jane("GET", "/media/parts").json()
    again = jane("POST", "/media/parts", params={"sha256": digests[0]}, content=pieces[0])
    assert again.json() == sent[0].json() and jane("GET", "/media").json()["used_bytes"] == 7000
    wrong = problem(jane("POST", "/media/parts", params={"sha256": digests[0]}, content=b"c" * 4000), 422, "invalid-input")
    assert "send them again" in wrong["detail"]
    problem(jane("POST", "/media/parts", params={"sha256": "xyz"}, content=b"c"), 422, "invalid-input")
    ids = [answer.json()["id"] for answer in sent]
    short = problem(jane("POST", "/media/whole", json={"parts": ids[:1], "bytes": 7000}), 422, "invalid-input")
    assert "7000 bytes together, found 4000" in short["detail"]
    assert john("GET", "/media/parts").json() == []
    assert john("DELETE", "/media/parts").status_code == 204 and len(jane("GET", "/media/parts").json()) == 2
    assert jane("DELETE", "/media/parts").status_code == 204
    assert jane("GET", "/media").json()["used_bytes"] == 0 and site.app.objects.under("uploads/") == ()


def test_a_part_that_was_harmed_where_it_lay_is_sent_again_and_no_other(site, jane) -> None:
    content = picture(size=(640, 480))
    pieces = [content[:3000], content[3000:]]
    ids = [jane("POST", "/media/parts", content=piece).json()["id"] for piece in pieces]
    (harmed,) = site.app.settings.home_folder.rglob(f"{ids[1]}.part")
    harmed.write_bytes(bytes(len(pieces[1])))
    told = problem(jane("POST", "/media/whole", json={"parts": ids}), 422, "invalid-input")
    assert ids[1] in told["detail"] and "send it again" in told["detail"]
    assert [one["id"] for one in jane("GET", "/media/parts").json()] == ids[:1]
    ids[1] = jane("POST", "/media/parts", content=pieces[1]).json()["id"]
    assert jane("POST", "/media/whole", json={"parts": ids}).json()["kind"] == "picture"


def test_a_file_in_many_parts_is_one_act_and_one_request_that_costs_work(site, jane) -> None:
    content = picture(size=(640, 480), quality=100)
    pieces = [content[at : at + len(content) // 40 + 1] for at in range(0, len(content), len(content) // 40 + 1)]
    assert len(pieces) > site.services.settings.tiers["free"].requests_a_minute
    ids = [jane("POST", "/media/parts", content=piece).json()["id"] for piece in pieces]
    assert jane("POST", "/media/whole", json={"parts": ids, "name": "sea.jpg"}).status_code == 201
    acts = [one["act"] for one in jane("GET", "/account/audit").json()["items"]]
    assert acts.count("join_media") == 1 and "upload_part" not in acts


def test_parts_that_nobody_joins_are_forgotten_after_a_day(site, jane) -> None:
    part = jane("POST", "/media/parts", content=b"x" * 5000).json()["id"]
    uploads = replace(site.services.uploads, clock=Later(site.app.clock.now() + 86_401))
    assert uploads.used_bytes(jane.id) == 0
    file = site.app.settings.home_folder / "picture"
    file.write_bytes(picture())
    upload = Upload(id="0" * 20, kind="picture", name="x", media_type="image/jpeg", suffix=".jpg", size=10, created_at=uploads.clock.now())
    uploads.keep(jane.id, upload, file, room_bytes=0)
    assert [stored.address for stored in site.app.objects.under("uploads/")] == [upload.address(jane.id)]
    assert part not in str(site.app.documents.query("uploads"))


@dataclass
class Later:
    """Implements ports.Clock."""

    at: float

    def now(self) -> float:
        return self.at


@dataclass
class Busy:
    """A store with whom something happens before it writes."""

    store: Objects
    before: Callable[[], None]

    def write(self, address: str, content: bytes | Path, *, only_if_absent: bool = True) -> StoredObject:
        self.before()
        return self.store.write(address, content, only_if_absent=only_if_absent)

    def delete(self, address: str) -> None:
        self.store.delete(address)


def test_who_asks_again_while_a_file_is_made_of_its_parts_waits_for_it(site, jane, tmp_path: Path) -> None:
    content = picture()
    (tmp_path / "whole").write_bytes(content)
    ids = [jane("POST", "/media/parts", content=piece).json()["id"] for piece in (content[:3000], content[3000:])]
    parts = site.services.uploads.parts(jane.id, ids)
    told: list[str] = []

    def ask_again() -> None:
        told.append(problem(jane("POST", "/media/whole", json={"parts": ids}), 503, "unavailable")["detail"])
        with pytest.raises(NotFound, match="made of them meanwhile"):
            uploads.keep(jane.id, replace(whole, id="e" * 20), tmp_path / "whole", room_bytes=0, instead_of=parts)

    uploads = replace(site.services.uploads, objects=Busy(site.app.objects, ask_again))
    whole = Upload(id="f" * 20, kind="picture", name="", media_type="image/jpeg", suffix=".jpg", size=len(content),
                   created_at=site.app.clock.now())  # fmt: skip
    uploads.keep(jane.id, whole, tmp_path / "whole", room_bytes=0, instead_of=parts)
    assert "ask again soon" in told[0]
    assert jane("POST", "/media/whole", json={"parts": ids}).json()["id"] == whole.id
    assert len(jane("GET", "/media").json()["items"]) == 1


def test_a_file_that_finds_no_room_in_the_store_leaves_its_parts_for_the_next_try(site, jane, tmp_path: Path) -> None:
    content = picture()
    (tmp_path / "whole").write_bytes(content)
    ids = [jane("POST", "/media/parts", content=piece).json()["id"] for piece in (content[:3000], content[3000:])]

    def be_full() -> None:
        raise StorageFull("No room is left on the disk.")

    uploads = replace(site.services.uploads, objects=Busy(site.app.objects, be_full))
    whole = Upload(id="f" * 20, kind="picture", name="", media_type="image/jpeg", suffix=".jpg", size=1, created_at=site.app.clock.now())
    with pytest.raises(StorageFull):
        uploads.keep(jane.id, whole, tmp_path / "whole", room_bytes=0, instead_of=uploads.waiting(jane.id))
    assert jane("POST", "/media/whole", json={"parts": ids}).json()["kind"] == "picture"
