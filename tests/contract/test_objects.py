"""What every object store promises, asked of each adapter."""

import threading
import time
from pathlib import Path

import pytest

from aiprod.errors import AlreadyExists, Misuse, NotFound
from aiprod.events import ObjectFinalized
from aiprod.ports import Objects, Subscriber


def test_an_object_comes_back_as_it_was_written(objects: Objects, tmp_path: Path) -> None:
    content = bytes(range(256)) * 5000
    stored = objects.write("clips/v/1/01-aa.mp4", content)
    assert stored.size == len(content)
    assert objects.read("clips/v/1/01-aa.mp4") == content
    assert objects.fetch("clips/v/1/01-aa.mp4", tmp_path).read_bytes() == content


def test_a_file_is_stored_like_bytes(objects: Objects, tmp_path: Path) -> None:
    file = tmp_path / "film.mp4"
    file.write_bytes(b"moving pictures")
    by_file = objects.write("exports/v/1/film.mp4", file)
    by_bytes = objects.write("exports/v/1/copy.mp4", b"moving pictures")
    assert by_file.crc32c == by_bytes.crc32c and file.exists()


def test_the_checksum_is_the_one_that_cloud_storage_gives(objects: Objects) -> None:
    assert objects.write("exports/v/1/check", b"123456789").crc32c == "4waSgw=="


def test_an_object_is_written_only_once(objects: Objects) -> None:
    objects.write("clips/v/1/01-aa.mp4", b"first")
    with pytest.raises(AlreadyExists):
        objects.write("clips/v/1/01-aa.mp4", b"second")
    assert objects.read("clips/v/1/01-aa.mp4") == b"first"


def test_of_eight_writers_at_once_one_wins(objects: Objects) -> None:
    won: list[int] = []

    def write(number: int) -> None:
        try:
            objects.write("clips/v/1/01-aa.mp4", f"writer {number}".encode())
        except AlreadyExists:
            return
        won.append(number)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1 and objects.read("clips/v/1/01-aa.mp4") == f"writer {won[0]}".encode()


def test_a_rewrite_has_the_next_generation(objects: Objects) -> None:
    first = objects.write("exports/v/1/x", b"1")
    second = objects.write("exports/v/1/x", b"2", only_if_absent=False)
    assert second.generation > first.generation and objects.read("exports/v/1/x") == b"2"


def test_objects_are_found_by_prefix_in_order(objects: Objects) -> None:
    for name in ("02-b", "01-a", "10-c"):
        objects.write(f"segments/v/1/{name}.mp4", b"x")
    objects.write("segments/v/2/01-a.mp4", b"x")
    assert [found.address for found in objects.under("segments/v/1/")] == [
        "segments/v/1/01-a.mp4", "segments/v/1/02-b.mp4", "segments/v/1/10-c.mp4",
    ]  # fmt: skip


def test_what_is_absent_is_said_to_be_absent(objects: Objects, tmp_path: Path) -> None:
    assert objects.stat("clips/v/1/none.mp4") is None
    with pytest.raises(NotFound, match=r"clips/v/1/none\.mp4"):
        objects.read("clips/v/1/none.mp4")
    with pytest.raises(NotFound):
        objects.copy("clips/v/1/none.mp4", "clips/v/1/other.mp4")


def test_a_copy_is_an_object_of_its_own(objects: Objects) -> None:
    objects.write("clips/v/1/01-a.mp4", b"x")
    objects.copy("clips/v/1/01-a.mp4", "clips/v/2/01-a.mp4")
    objects.delete("clips/v/1/01-a.mp4")
    assert objects.read("clips/v/2/01-a.mp4") == b"x" and objects.stat("clips/v/1/01-a.mp4") is None


@pytest.mark.parametrize("address", ["../outside", "/etc/passwd", "clips/../../outside", "clips/.hidden", ""])
def test_no_address_leads_outside_of_the_store(objects: Objects, address: str) -> None:
    with pytest.raises(Misuse):
        objects.write(address, b"x")


def test_a_finalised_object_is_announced_to_its_stage(objects: Objects, subscriber: Subscriber) -> None:
    objects.write("scripts/v/1.json", b"{}")
    ends = time.monotonic() + 10.0  # the notification of a bucket takes its time
    while (delivery := subscriber.pull("narration", lease_seconds=5)) is None:
        assert time.monotonic() < ends
        time.sleep(0.02)
    assert isinstance(delivery.event, ObjectFinalized) and delivery.event.address == "scripts/v/1.json"


def test_an_object_of_no_stage_is_announced_to_nobody(objects: Objects, subscriber: Subscriber) -> None:
    objects.write("exports/v/1/film.mp4", b"x")
    assert all(subscriber.pull(name, lease_seconds=5) is None for name in ("narration", "clips", "review"))
