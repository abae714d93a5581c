"""Downloads from a server that cuts connections, lies, changes its mind and dawdles."""

import hashlib
import threading
from pathlib import Path
from time import monotonic

import pytest

from aiprod.models.manifest import HubSource, ModelFile
from aiprod.models.sources import Got, SourceFailed
from aiprod.models.sources.addresses import Access, Wanted
from aiprod.models.sources.download import Patience, download_all
from aiprod.models.sources.listing import list_files
from tests.unit.models.conftest import CONTENT, Fault, Publisher

QUICK = Patience(pause_seconds=0.01, read_seconds=5)
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def wanted(publisher: Publisher, path: str = "/weights.bin", *, sha256: str = SHA256, size: int = len(CONTENT)) -> Wanted:
    return Wanted(file=ModelFile(path=path.lstrip("/"), size=size, sha256=sha256), address=publisher.address(path))


def download(publisher: Publisher, folder: Path, one: Wanted | None = None, patience: Patience = QUICK) -> Got:
    asked = one or wanted(publisher)
    return download_all([asked], folder, lambda done: None, patience)[asked.file.path]


def starts(publisher: Publisher) -> list[int]:
    return [int(one.range.removeprefix("bytes=").rstrip("-") or 0) for one in publisher.asked]


def test_a_file_is_hashed_while_it_arrives(publisher: Publisher, tmp_path: Path) -> None:
    assert download(publisher, tmp_path) == Got(size=len(CONTENT), sha256=SHA256)
    assert (tmp_path / "weights.bin").read_bytes() == CONTENT
    assert sorted(path.name for path in tmp_path.iterdir()) == ["weights.bin"]


def test_cut_connections_are_gone_on_with_until_it_is_whole(publisher: Publisher, tmp_path: Path) -> None:
    publisher.faults = [Fault(cut_after=200_000), Fault(cut_after=100_000), Fault(cut_after=1), Fault(status=503), Fault(cut_after=300_000)]
    told: list[int] = []
    download_all([wanted(publisher)], tmp_path, told.append, QUICK)
    assert (tmp_path / "weights.bin").read_bytes() == CONTENT
    assert starts(publisher) == [0, 200_000, 300_000, 300_001, 300_001, 600_001]
    assert told == sorted(told)
    assert told[-1] == len(CONTENT)


def test_what_an_earlier_process_left_is_gone_on_with(publisher: Publisher, tmp_path: Path) -> None:
    (tmp_path / "weights.bin.part").write_bytes(CONTENT[:500_000])
    download(publisher, tmp_path)
    assert starts(publisher) == [500_000]
    assert (tmp_path / "weights.bin").read_bytes() == CONTENT


@pytest.mark.parametrize("left", [CONTENT[::-1][:500_000], CONTENT + b"more"])
def test_what_was_left_and_is_something_else_is_fetched_anew(publisher: Publisher, tmp_path: Path, left: bytes) -> None:
    (tmp_path / "weights.bin.part").write_bytes(left)
    download(publisher, tmp_path)
    assert (tmp_path / "weights.bin").read_bytes() == CONTENT


def test_a_server_that_brings_nothing_is_left_after_a_few_tries_and_what_came_is_kept(publisher: Publisher, tmp_path: Path) -> None:
    publisher.faults = [Fault(cut_after=400_000), *[Fault(cut_after=0)] * 9]
    with pytest.raises(SourceFailed) as caught:
        download(publisher, tmp_path)
    assert "the connection was cut" in str(caught.value)
    assert len(publisher.asked) == 1 + QUICK.tries
    assert (tmp_path / "weights.bin.part").stat().st_size == 400_000


def test_a_server_without_ranges_is_read_from_the_start(publisher: Publisher, tmp_path: Path) -> None:
    publisher.faults = [Fault(cut_after=200_000), Fault(no_ranges=True)]
    download(publisher, tmp_path)
    assert (tmp_path / "weights.bin").read_bytes() == CONTENT


def test_content_that_changes_under_way_is_never_joined(publisher: Publisher, tmp_path: Path) -> None:
    other = CONTENT[::-1]
    publisher.faults = [Fault(cut_after=200_000, content=other)]
    download(publisher, tmp_path)  # the mark of the first answer's content does not fit: the second begins anew
    assert (tmp_path / "weights.bin").read_bytes() == CONTENT
    assert publisher.asked[1].if_range


def test_content_that_changes_unmarked_is_found_out_and_fetched_again(publisher: Publisher, tmp_path: Path) -> None:
    publisher.headers["/weights.bin"] = {"X-No": "mark"}
    publisher.faults = [Fault(cut_after=200_000, content=CONTENT[::-1])]
    download(publisher, tmp_path)
    assert (tmp_path / "weights.bin").read_bytes() == CONTENT
    assert starts(publisher) == [0, 200_000, 0]


def test_an_unknown_file_without_a_mark_is_never_gone_on_with(publisher: Publisher, tmp_path: Path) -> None:
    publisher.headers["/weights.bin"] = {"X-No": "mark"}
    publisher.faults = [Fault(cut_after=200_000, content=CONTENT[::-1])]
    got = download(publisher, tmp_path, wanted(publisher, sha256="", size=0))
    assert got.sha256 == SHA256
    assert starts(publisher) == [0, 0]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Fault(length=len(CONTENT) + 5), f"as {len(CONTENT) + 5} bytes, expected {len(CONTENT)}, refused"),
        (Fault(length=10), f"as 10 bytes, expected {len(CONTENT)}, refused"),
        (Fault(content=CONTENT + b"!", no_length=True), f"more than the {len(CONTENT)} bytes"),
        (Fault(content=CONTENT[:-1] + b"!"), "with another SHA-256, refused"),
        (Fault(status=404), "answered 404"),
        (Fault(status=403), "wants a token, or its terms accepted first"),
    ],
)  # fmt: skip
def test_an_answer_that_is_not_the_file_is_refused_at_once(publisher: Publisher, tmp_path: Path, fault: Fault, said: str) -> None:
    publisher.faults = [fault]
    with pytest.raises(SourceFailed) as caught:
        download(publisher, tmp_path)
    assert said in str(caught.value)
    assert len(publisher.asked) == 1
    assert not (tmp_path / "weights.bin").exists()


@pytest.mark.parametrize("left", [bytes(len(CONTENT)), bytes(1000)], ids=["all", "a part"])
def test_what_an_earlier_fetch_left_broken_is_not_the_servers_fault(publisher: Publisher, tmp_path: Path, left: bytes) -> None:
    """Pages that a machine had not written when its power went are noughts."""
    (tmp_path / "weights.bin.part").write_bytes(left)
    download(publisher, tmp_path)
    assert (tmp_path / "weights.bin").read_bytes() == CONTENT


def test_a_server_that_goes_on_from_elsewhere_is_refused(publisher: Publisher, tmp_path: Path) -> None:
    publisher.faults = [Fault(cut_after=200_000), Fault(start_moved=7)]
    with pytest.raises(SourceFailed) as caught:
        download(publisher, tmp_path)
    assert "another byte than asked" in str(caught.value)


def test_a_server_that_dawdles_is_left(publisher: Publisher, tmp_path: Path) -> None:
    publisher.faults = [Fault(drip=0.02)]
    with pytest.raises(SourceFailed) as caught:
        download(publisher, tmp_path, patience=Patience(window_seconds=0.2, read_seconds=5))
    assert "too slowly" in str(caught.value)


def test_a_server_that_dawdles_over_the_header_of_its_answer_is_left(publisher: Publisher, tmp_path: Path) -> None:
    publisher.faults = [Fault(header_drip=0.02)]
    began = monotonic()
    with pytest.raises(SourceFailed) as caught:
        download(publisher, tmp_path, patience=Patience(window_seconds=0.3, read_seconds=5))
    assert "begins to answer for weights.bin too slowly" in str(caught.value)
    assert monotonic() - began < 3


@pytest.mark.parametrize("fault", [Fault(header_drip=0.02), Fault(drip=0.05)], ids=["header", "body"])
def test_a_hub_that_dawdles_over_its_list_is_left(publisher: Publisher, fault: Fault) -> None:
    publisher.files["/api/models/makers/tiny/tree/main?recursive=true"] = b"[" + b" " * 400 + b"]"
    publisher.faults = [fault]
    began = monotonic()
    with pytest.raises(SourceFailed) as caught:
        list_files(
            HubSource(repository="makers/tiny", revision="main"), (".",), Access(hub_url=publisher.url),
            Patience(window_seconds=0.3, read_seconds=5),
        )  # fmt: skip
    assert "could not be reached for the list of its files" in str(caught.value)
    assert monotonic() - began < 3


def test_a_server_that_says_nothing_is_left(publisher: Publisher, tmp_path: Path) -> None:
    publisher.gate = threading.Barrier(2)
    with pytest.raises(SourceFailed) as caught:
        download(publisher, tmp_path, patience=Patience(read_seconds=0.1, tries=1, pause_seconds=0.01))
    assert "no answer in time" in str(caught.value)
    publisher.gate.abort()


def test_several_files_come_at_once(publisher: Publisher, tmp_path: Path) -> None:
    paths = [f"/shard-{number}.safetensors" for number in range(4)]
    publisher.files = {path: path.encode() * 1000 for path in paths}
    publisher.gate = threading.Barrier(3)  # no answer until three have asked
    publisher.faults = []
    three = [Wanted(file=ModelFile(path=path[1:]), address=publisher.address(path)) for path in paths[:3]]
    told: list[int] = []
    got = download_all(three, tmp_path, told.append, Patience(at_once=3))
    assert publisher.most_at_once == 3
    assert {name: one.size for name, one in got.items()} == {path[1:]: len(path) * 1000 for path in paths[:3]}
    assert told[-1] == sum(one.size for one in got.values())


def test_one_file_that_cannot_be_had_ends_the_others(publisher: Publisher, tmp_path: Path) -> None:
    publisher.faults = [Fault(status=404), Fault(drip=0.01)]
    one = [wanted(publisher, "/no-such.bin"), wanted(publisher)]
    with pytest.raises(SourceFailed) as caught:
        download_all(one, tmp_path, lambda done: None, Patience(at_once=1, pause_seconds=0.01))
    assert "answered 404 for no-such.bin" in str(caught.value)
