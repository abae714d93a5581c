"""A render task is killed at the worst moments, and the next one pays nothing twice."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from aiprod.errors import Permanent
from tests.hosted.video_server import Reply, VideoServer, veo_done, veo_started
from tests.unit.visuals.hosted.conftest import QUICK, PassingClock, Studio

Told = Callable[[int], None]
START, LOOK = ":predictLongRunning", ":fetchPredictOperation"
ROOT = Path(__file__).parents[4]


@contextmanager
def task(studio: Studio) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that renders the shot."""
    command = [sys.executable, "-m", "tests.hosted.video_child", str(studio.home), studio.server.url, studio.bucket]
    with subprocess.Popen(command, cwd=ROOT, env=dict(os.environ), stderr=subprocess.DEVNULL) as child:
        try:
            yield child
        finally:
            child.send_signal(signal.SIGKILL)
            child.wait(timeout=30)


def meeting(arrived: threading.Event, reply: Reply) -> Callable[[object], Reply]:
    """An answer that tells when it was asked for."""

    def answer(asked: object) -> Reply:
        arrived.set()
        return reply

    return answer


def test_a_task_killed_between_start_and_poll_leaves_an_operation_that_the_next_one_follows(
    studio: Studio, server: VideoServer, clip: bytes, tmp_path: Path, told: Told
) -> None:
    polled, never = threading.Event(), threading.Event()
    server.says(START, veo_started())
    server.says(LOOK, meeting(polled, Reply(hold=never, cut=True)), veo_done(clip))
    with task(studio):
        assert polled.wait(timeout=120), "the task began to ask after its clip"
    never.set()
    renderer = studio.renderer()
    assert renderer.render(studio.shot(renderer), tmp_path, told).path.is_file()
    assert server.count(START) == 1


def test_a_task_killed_in_its_start_is_not_started_again_where_nothing_can_be_found(
    studio: Studio, server: VideoServer, tmp_path: Path, told: Told
) -> None:
    started, never = threading.Event(), threading.Event()
    server.says(START, meeting(started, Reply(hold=never, cut=True)))
    with task(studio):
        assert started.wait(timeout=120), "the task began its start"
    never.set()
    renderer = studio.renderer()
    with pytest.raises(Permanent):
        renderer.render(studio.shot(renderer), tmp_path, told)
    assert server.count(START) == 1


def test_a_task_killed_in_its_start_finds_in_storage_what_came_of_it(
    studio: Studio, server: VideoServer, clip: bytes, tmp_path: Path, told: Told
) -> None:
    studio.bucket = "films"
    started, never = threading.Event(), threading.Event()
    server.says(START, meeting(started, Reply(hold=never, cut=True)))
    with task(studio):
        assert started.wait(timeout=120), "the task began its start"
    never.set()
    uri = str(dict(server.asked[0].body["parameters"])["storageUri"])  # type: ignore[call-overload]
    studio.objects.write(uri.removeprefix("gs://films/") + "987/sample_0.mp4", clip)
    renderer = studio.renderer()
    assert renderer.render(studio.shot(renderer), tmp_path, told).path.is_file()
    assert server.count(START) == 1


def test_two_tasks_with_the_same_order_start_it_once(
    studio: Studio, server: VideoServer, clip: bytes, tmp_path: Path, told: Told
) -> None:
    studio.clock, studio.patience = PassingClock(), replace(QUICK, starting=60.0, longest=120.0)
    server.says(START, veo_started())
    server.says(LOOK, veo_done(clip))
    faults: list[BaseException] = []

    def render(number: int) -> None:
        folder = tmp_path / f"task-{number}"
        folder.mkdir()
        renderer = studio.renderer()
        try:
            renderer.render(studio.shot(renderer), folder, told)
        except BaseException as error:  # noqa: BLE001  a thread's fault is the test's
            faults.append(error)

    threads = [threading.Thread(target=render, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert faults == []
    assert server.count(START) == 1
