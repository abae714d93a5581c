"""Clips drawn in one batch by a task of the render job, with tiny weights: the same clip alone or beside others, killed or not."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pytest

from aiprod.bootstrap import App
from aiprod.errors import NotFound
from aiprod.models.diffusion.devices import ProcessorDevice
from aiprod.models.diffusion.effort import Stage, Work
from aiprod.models.diffusion.loop import Watch
from aiprod.models.diffusion.studio import Studio
from aiprod.models.diffusion.tuning import Options
from aiprod.models.registry import Registry
from aiprod.ports import FilmLook, Objects, ShotBrief, StoredObject
from aiprod.sittings import Sitting
from aiprod.video import Clip
from aiprod.visuals.diffusion.renderer import DiffusionRenderer, Wishes
from aiprod.visuals.enlarging.renderer import EnlargingRenderer, Wish
from tests.doubles import PlainEngines
from tests.house import open_house
from tests.tiny_weights.orders import order
from tests.unit.models.diffusion.test_films import frames_of, shot
from tests.unit.models.diffusion.test_studio import ROOT, FolderKeep, SmallDevice
from tests.unit.rendering.queues import address, clip, failures, queue_film, there, ticket

SEEN = [
    ShotBrief(scene=1, visual="A giant panda eats bamboo in a forest", text="It eats."),
    ShotBrief(scene=2, visual="A steamship crosses the sea at night", text="It goes."),
    ShotBrief(scene=3, visual="A lighthouse on a cliff", text="It shines."),
]
LOOK = FilmLook(style="cinematic", language="en", seed=3)
Frames: TypeAlias = "np.ndarray[tuple[int, ...], np.dtype[np.int16]]"
QUEUE, STEPS = "render-gpu", 7


@dataclass
class KilledAt:
    """Implements ports.Objects over others; its process dies once so many latents of a batch are kept."""

    inner: Objects
    deaths: int = 0
    written: list[str] = field(default_factory=list)

    def write(self, address: str, content: bytes | Path, *, only_if_absent: bool = True) -> StoredObject:
        stored = self.inner.write(address, content, only_if_absent=only_if_absent)
        if address.startswith("takes/latents"):
            self.written.append(address[-16:-12])
            if len(self.written) == self.deaths:
                os.kill(os.getpid(), signal.SIGKILL)
        return stored

    def __getattr__(self, name: str) -> object:
        return getattr(self.inner, name)


@dataclass
class Stand:
    """A house whose renderer wan is tiny, and what it keeps."""

    app: App
    kept: KilledAt

    def work(self) -> int:
        return self.app.render_job().run(QUEUE)


def stand(home: Path, registry: Registry, *, batch: int = 3, deaths: int = 0, enlarged: int = 0, lease: float = 20.0) -> Stand:
    app = open_house(home, lease_seconds=lease, render_tasks=1)
    kept = KilledAt(app.objects, deaths)
    wishes = Wishes(model="wan2.2-ti2v-5b", device="cpu", side_px=64, steps=STEPS, batch=batch)
    wan = DiffusionRenderer("wan", wishes, registry, kept, app.clock)  # type: ignore[arg-type]
    around = EnlargingRenderer(wan, Wish(model="lanczos", drawn_px=64, large_px=enlarged), registry) if enlarged else wan
    engines = PlainEngines(renderers={**PlainEngines().renderers, "wan": around})
    return Stand(open_house(home, engines, lease_seconds=lease, render_tasks=1), kept)


def clips_of(made: Stand, frames: Sequence[int] = (15, 15, 15)) -> list[Clip]:
    wan = made.app.engines.renderers["wan"]
    specs = wan.plan(SEEN, LOOK)
    return [
        clip("film", brief.scene, renderer="wan", queue=QUEUE, spec=spec, frames=length, version=wan.version)
        for brief, spec, length in zip(SEEN, specs, frames, strict=True)
    ]  # fmt: skip


def frames(made: Stand, one: Clip, folder: Path) -> Frames:
    path = folder / f"{one.scene}.mp4"
    path.write_bytes(made.app.objects.read(address(one)))
    return frames_of(path).astype(np.int16)


def assert_same(one: Frames, other: Frames) -> None:
    """Equal to within what adding in another order (2e-6 of a latent, 1 of 255 of a picture) and encoding that may change."""
    assert one.shape == other.shape
    assert float(np.abs(one - other).mean()) < 0.2
    assert int(np.abs(one - other).max()) <= 12


@pytest.fixture(scope="module")
def alone(registry: Registry, tmp_path_factory: pytest.TempPathFactory) -> list[Frames]:
    """The frames of the three clips, each drawn alone."""
    folder = tmp_path_factory.mktemp("alone")
    made = stand(folder, registry, batch=1)
    clips = clips_of(made)
    queue_film(made.app, "film", clips)
    assert made.work() == 3
    return [frames(made, one, folder) for one in clips]


def test_a_clip_has_the_same_frames_alone_and_in_a_batch(
    alone: Sequence[Frames], registry: Registry, tmp_path: Path
) -> None:
    made = stand(tmp_path, registry)
    clips = clips_of(made)
    queue_film(made.app, "film", clips)
    assert made.work() == 3
    assert made.kept.written == ["0005"] * 3 + ["0007"] * 3  # step by step side by side, each kept apart
    for one, expected in zip(clips, alone, strict=True):
        assert_same(frames(made, one, tmp_path), expected)
    assert float(np.abs(alone[0] - alone[1]).mean()) > 5
    assert made.app.objects.under("takes/latents") == ()


PROGRAM = """
import sys
from pathlib import Path
import torch
from tests.unit.models.diffusion.conftest import open_registry
from tests.unit.models.diffusion.test_batches import stand
torch.set_num_threads(1)
stand(Path(sys.argv[1]), open_registry(Path(sys.argv[2])), deaths=3, lease=1.0).work()
"""


def test_a_task_killed_in_the_middle_of_a_batch_loses_no_clip_and_each_goes_on_from_its_own_steps(
    alone: Sequence[Frames], registry: Registry, tmp_path: Path
) -> None:
    made = stand(tmp_path, registry, lease=1.0)
    clips = clips_of(made)
    queue_film(made.app, "film", clips)
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, tmp_path, registry.folder], cwd=ROOT, capture_output=True, text=True,
        timeout=240, stdin=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert run.returncode == -signal.SIGKILL, run.stderr
    assert there(made.app, clips) == []
    assert len(made.app.objects.under("takes/latents")) == 3
    time.sleep(1.1)  # the leases of the dead
    for one in clips:
        ticket(made.app, one)
    made.work()
    assert made.kept.written == ["0007"] * 3
    for one, expected in zip(clips, alone, strict=True):
        assert_same(frames(made, one, tmp_path), expected)
    assert failures(made.app) == []


def test_clips_whose_lengths_the_model_draws_alike_share_a_batch_and_others_do_not(registry: Registry, tmp_path: Path) -> None:
    made = stand(tmp_path, registry)
    clips = clips_of(made, (15, 25, 14))
    queue_film(made.app, "film", clips)
    assert made.work() == 3
    assert made.kept.written == ["0005", "0005", "0007", "0007", "0005", "0007"]
    assert [len(frames(made, one, tmp_path)) for one in clips] == [15, 25, 14]


def test_clips_drawn_small_in_a_batch_are_enlarged_one_by_one(registry: Registry, tmp_path: Path) -> None:
    made = stand(tmp_path, registry, enlarged=96)
    clips = clips_of(made)
    queue_film(made.app, "film", clips)
    assert made.work() == 3
    assert made.kept.written[:3] == ["0005"] * 3
    assert {frames(made, one, tmp_path).shape for one in clips} == {(15, 160, 96, 3)}
    assert "Scene 3: enlarged from 64x106 to 96x160" in " ".join(made.app.ledger.get("film").notes)


def test_who_leaves_a_batch_takes_nobody_along(
    alone: Sequence[Frames], registry: Registry, tmp_path: Path
) -> None:
    made = stand(tmp_path, registry)
    wan = made.app.engines.renderers["wan"]
    assert isinstance(wan, DiffusionRenderer)
    told: dict[int, list[int]] = {1: [], 2: [], 3: []}

    def progress(scene: int) -> Callable[[int], None]:
        def tell(done: int) -> None:
            told[scene].append(done)
            if scene == 2 and max(told[2]) >= 12:
                raise NotFound("Expected the video film, found that it was deleted.")

        return tell

    sittings = []
    for number, one in enumerate(clips_of(made), start=1):
        (tmp_path / str(number)).mkdir()
        wanted = replace(shot(one.spec, number, 15), seed=number)
        sittings.append(Sitting(shot=wanted, folder=tmp_path / str(number), progress=progress(number)))
    wordy = replace(sittings[2].shot, spec=sittings[2].shot.spec.replace("lighthouse", "x" * 2000))
    sittings[2] = replace(sittings[2], shot=wordy)
    outcomes = dict(wan.render_together(sittings))
    assert isinstance(outcomes[1], NotFound)
    assert "a prompt of 1 to 2000 characters" in str(outcomes[2])
    assert not isinstance(outcomes[0], Exception)
    assert_same(frames_of(outcomes[0].path).astype(np.int16), alone[0])
    assert told[1] == sorted(told[1])
    assert list((tmp_path / "2").iterdir()) == []


def test_memory_that_runs_out_halves_the_batch_and_loses_no_step(tiny: Callable[[str], Path], tmp_path: Path) -> None:
    stopped: list[int] = []

    def fits(work: Work) -> bool:
        return work.stage is not Stage.DENOISING or work.batch == 1 or not stopped

    device, keep = SmallDevice(fits), FolderKeep(tmp_path)
    studio = Studio(tiny("wan-ti2v"), device, Options(batch=2))
    orders = [order(seed=3, steps=6), order(seed=4, steps=6)]
    assert studio.choose(orders, keep) == (0, 1)

    def stop(done: int, _: int) -> None:
        if done == 4:
            stopped.append(done)
            raise TimeoutError

    with pytest.raises(TimeoutError):
        studio.make(orders, Watch(told=stop, keep=keep, keep_every=2))
    told: list[int] = []
    made = studio.make(orders, Watch(told=lambda done, _: told.append(done), keep=keep, keep_every=2))
    assert told == [5, 6, 5, 6]
    assert studio.together == 1
    expected = [Studio(tiny("wan-ti2v"), ProcessorDevice()).make([one], Watch())[0] for one in orders]
    for ours, theirs in zip(made, expected, strict=True):
        assert ours.notes == ("1 clips at a time instead of 2, because memory was short.",)
        assert int(np.abs(np.int16(list(ours.pictures)) - np.int16(list(theirs.pictures))).max()) <= 1


def test_orders_that_are_not_alike_or_not_equally_far_are_not_drawn_together(
    studio: Callable[..., Studio], tiny: Callable[[str], Path], tmp_path: Path
) -> None:
    keep, three = FolderKeep(tmp_path), Studio(tiny("wan-ti2v"), ProcessorDevice(), Options(batch=3))
    far, longer, near, last = order(seed=3), order(seed=4, frames=13), order(seed=5), order(seed=6)
    assert three.choose([far, longer, near, last], keep) == (0, 2, 3)
    assert three.choose([far, near, last, order(seed=7)], keep) == (0, 1, 2)
    three.make([far], Watch(keep=keep, keep_every=1))
    assert three.choose([far, longer, near, last], keep) == (0,)
    assert three.choose([near, far, last], keep) == (0, 2)
    assert studio("wan-ti2v").choose([near, last], keep) == (0,)
