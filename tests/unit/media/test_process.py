import os
import random
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest

from aiprod.errors import EngineMissing, MediaBroken, NotFound, StorageFull, Transient, Unavailable
from aiprod.media.probe import probe, read_samples
from aiprod.media.process import feed_ffmpeg, find_program, run_ffmpeg, stream_ffmpeg, written_whole
from tests.unit.media.conftest import decodes


def children_named(name: str) -> list[int]:
    """Processes of that name that this test process started."""
    listed = subprocess.run(["pgrep", "-P", str(os.getpid()), name], capture_output=True, text=True, check=False)
    return [int(line) for line in listed.stdout.split()]


def endless(*options: str) -> list[str]:
    return ["-re", "-f", "lavfi", "-i", "color=s=16x16", *options, "-f", "null", "-"]


@pytest.mark.parametrize("killer", [signal.SIGKILL, signal.SIGTERM])
def test_ffmpeg_killed_by_a_signal_is_worth_another_try(killer: signal.Signals) -> None:
    caught: list[BaseException] = []

    def encode() -> None:
        try:
            run_ffmpeg(endless(), about="Encoding segment 3", timeout_seconds=30)
        except Transient as error:
            caught.append(error)

    thread = threading.Thread(target=encode)
    thread.start()
    deadline = time.monotonic() + 10
    while not (found := children_named("ffmpeg")) and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.3)
    os.kill(found[0], killer)
    thread.join(10)

    assert isinstance(caught[0], Unavailable)
    assert "Encoding segment 3" in str(caught[0]) and "try again" in str(caught[0])


def test_ffmpeg_that_takes_too_long_is_ended_and_leaves_no_process() -> None:
    with pytest.raises(Unavailable, match="at most 1 s"):
        run_ffmpeg(endless(), about="Encoding segment 3", timeout_seconds=1)

    assert children_named("ffmpeg") == []


def test_what_ffmpeg_streams_comes_whole_or_is_told_and_who_stops_asking_ends_it() -> None:
    pictures = ["-f", "lavfi", "-i", "color=s=16x16", "-f", "rawvideo", "-pix_fmt", "gray", "-"]

    assert len(list(stream_ffmpeg(["-t", "0.2", *pictures], 256, about="Looking"))) == 5
    with pytest.raises(MediaBroken, match="Looking ended in the midst"):
        list(stream_ffmpeg(["-t", "0.2", *pictures], 1000, about="Looking"))
    with pytest.raises(MediaBroken, match="Looking failed"):
        list(stream_ffmpeg(["-i", "/nowhere.mp4", "-f", "rawvideo", "-"], 256, about="Looking"))
    endless_stream = stream_ffmpeg(pictures, 256, about="Looking")
    next(endless_stream)
    endless_stream.close()
    assert children_named("ffmpeg") == []


def test_a_full_disk_is_told_apart_from_a_broken_file() -> None:
    source = ["-f", "lavfi", "-i", "testsrc2=s=320x180", "-frames:v", "60", "-f", "rawvideo", "-y"]

    with pytest.raises(StorageFull, match="room"):
        run_ffmpeg([*source, "/dev/full"], about="Encoding segment 3", timeout_seconds=30)


def test_a_program_that_is_not_there_says_how_to_get_it() -> None:
    with pytest.raises(EngineMissing, match="apt-get install ffmpeg"):
        find_program("ffmpeg", "/nowhere/ffmpeg")


def test_an_unknown_filter_names_what_the_build_lacks() -> None:
    with pytest.raises(EngineMissing, match="No such filter"):
        run_ffmpeg(["-f", "lavfi", "-i", "nosuchfilter", "-f", "null", "-"], about="Encoding", timeout_seconds=30)


def test_a_broken_file_is_permanent_and_ffmpegs_own_words_are_told(tmp_path: Path) -> None:
    noise = tmp_path / "noise.mp4"
    noise.write_bytes(b"not a film at all" * 100)

    with pytest.raises(MediaBroken, match="Invalid data"):
        probe(noise)
    with pytest.raises(NotFound):
        probe(tmp_path / "nothing.mp4")


def test_a_partial_file_never_gets_the_final_name(tmp_path: Path) -> None:
    def write_half() -> None:
        with written_whole(tmp_path / "film.mp4") as partial:
            partial.write_bytes(b"half")
            raise MediaBroken("Expected more, found half.")

    with pytest.raises(MediaBroken):
        write_half()
    assert list(tmp_path.iterdir()) == []


def test_a_truncated_film_does_not_pass_for_whole(scenery: Path, tmp_path: Path) -> None:
    whole, cut = tmp_path / "whole.mp4", tmp_path / "cut.mp4"
    run_ffmpeg(["-i", str(scenery), "-c", "copy", "-movflags", "faststart", str(whole)], about="x", timeout_seconds=30)
    cut.write_bytes(whole.read_bytes()[: int(whole.stat().st_size * 0.8)])
    assert decodes(whole)

    with pytest.raises(MediaBroken, match="cut short"):
        probe(cut)
    assert not decodes(cut)


def test_samples_keep_their_level_and_their_number(tmp_path: Path) -> None:
    tone = tmp_path / "tone.wav"
    run_ffmpeg(
        ["-f", "lavfi", "-i", "aevalsrc=0.5*sin(880*PI*t)|0.25:s=48000:d=1", "-c:a", "pcm_f32le", str(tone)],
        about="A tone", timeout_seconds=30,
    )  # fmt: skip

    stereo = read_samples(tone, 48_000, mono=False)
    mono = read_samples(tone, 16_000)

    assert stereo.shape == (48_000, 2)
    assert abs(stereo[:, 0]).max() == pytest.approx(0.5, abs=1e-3)
    assert stereo[:, 1].mean() == pytest.approx(0.25, abs=1e-3)
    assert mono.shape == (16_000,)
    assert mono.dtype == "float32"


def test_ffmpeg_that_complains_at_length_of_what_it_is_fed_holds_up_nobody() -> None:
    noise = random.Random(1)
    broken = b"".join(b"\0\0\0\1\x67" + noise.randbytes(20) + b"\0\0\0\1\x65" + noise.randbytes(200) for _ in range(5_000))
    reading = ["-f", "h264", "-i", "pipe:0", "-f", "null", "-"]
    with pytest.raises(MediaBroken, match="Feeding noise failed"), feed_ffmpeg(reading, about="Feeding noise") as pipe:
        pipe.write(broken)


def test_what_ffmpeg_is_fed_with_after_it_had_enough_breaks_off_nothing(tmp_path: Path) -> None:
    film = tmp_path / "film.mkv"
    reading = ["-f", "rawvideo", "-pix_fmt", "gray", "-s", "64x64", "-i", "pipe:0", "-frames:v", "2", str(film)]
    fed = 0
    with feed_ffmpeg(reading, about="Feeding") as feed:
        for _ in range(2_000):
            feed.write(bytes(64 * 64))
            fed += 1
    assert fed == 2_000
    facts = probe(film).picture
    assert facts is not None
    assert facts.frames == 2
