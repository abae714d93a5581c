"""A loaded model at work: the same seed the same pictures, killed tasks that go on, memory that runs out, time that is up."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from aiprod.errors import EngineMissing, Unavailable, WeightsBroken, WeightsMissing
from aiprod.models.diffusion.devices import MemoryShort, ProcessorDevice, find_device
from aiprod.models.diffusion.effort import Offload, Stage, Work
from aiprod.models.diffusion.loop import Watch
from aiprod.models.diffusion.orders import Order
from aiprod.models.diffusion.placement import Precision
from aiprod.models.diffusion.studio import Studio
from aiprod.models.diffusion.tuning import Options
from aiprod.models.pictures import Picture
from tests.tiny_weights.orders import order

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[4]


def drawn(studio: Studio, one: Order, watch: Watch | None = None) -> list[Picture]:
    (footage,) = studio.make([one], watch or Watch())
    pictures = list(footage.pictures)
    footage.forget()
    return pictures


@dataclass
class FolderKeep:
    """Implements loop.Keep in a folder."""

    folder: Path

    def get(self, name: str) -> bytes | None:
        kept = sorted(self.folder.glob(f"{name}-*"))
        return kept[-1].read_bytes() if kept else None

    def put(self, name: str, done: int, content: bytes) -> None:
        (self.folder / f"{name}-{done:04d}").write_bytes(content)

    def drop(self, name: str) -> None:
        for path in self.folder.glob(f"{name}-*"):
            path.unlink()


@dataclass
class SmallDevice:
    """Implements devices.Device: the processor, on which only what `fits` says has room."""

    fits: Callable[[Work], bool]
    tried: list[Work] = field(default_factory=list)
    name: str = "cpu"
    title: str = "small"
    small: Precision = Precision.INT8
    memory_bytes: int = 2**30
    main_bytes: int = 2**40

    def attempt(self, work: Work, do: Callable[[], T]) -> T:
        self.tried.append(work)
        if not self.fits(work):
            raise MemoryShort(work, self.title)
        return ProcessorDevice().attempt(work, do)

    def settle(self) -> None:
        return

    def peak_bytes(self) -> int:
        return 0

    def empty(self) -> None:
        return

    def hold(self) -> None:
        return


@pytest.mark.parametrize("name", ["wan-ti2v", "ltx", "ltx2"])
def test_the_same_seed_draws_the_same_pictures_and_another_others(name: str, tiny: Callable[[str], Path]) -> None:
    first, again = (drawn(Studio(tiny(name), ProcessorDevice()), order(name)) for _ in range(2))
    other = drawn(Studio(tiny(name), ProcessorDevice()), order(name, seed=4))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_prompts_are_read_once_and_steps_are_told(studio: Callable[..., Studio], tiny: Callable[[str], Path]) -> None:
    here = Studio(tiny("wan-a14b"), ProcessorDevice())
    read: list[int] = []
    here.family.parts["text_encoder"].register_forward_pre_hook(lambda *_: read.append(1))
    told: list[tuple[int, int]] = []
    for seed in (1, 2):
        drawn(here, order("wan-a14b", seed=seed), Watch(told=lambda done, steps: told.append((done, steps))))
    assert len(read) == 2
    assert told == [(1, 3), (2, 3), (3, 3)] * 2


PROGRAM = """
import os, signal, sys
from pathlib import Path
import torch
from aiprod.models.diffusion.devices import ProcessorDevice
from aiprod.models.diffusion.loop import Watch
from aiprod.models.diffusion.studio import Studio
from tests.tiny_weights.orders import order
from tests.unit.models.diffusion.test_studio import FolderKeep
torch.set_num_threads(1)
def told(done, steps):
    if done == 5:
        os.kill(os.getpid(), signal.SIGKILL)
watch = Watch(told=told, keep=FolderKeep(Path(sys.argv[2])), keep_every=2)
Studio(Path(sys.argv[1]), ProcessorDevice()).make([order("wan-a14b", steps=8)], watch)
"""


def test_a_task_that_is_killed_at_a_step_is_gone_on_with_and_draws_the_same(
    tiny: Callable[[str], Path], studio: Callable[..., Studio], tmp_path: Path
) -> None:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, tiny("wan-a14b"), tmp_path], cwd=ROOT, capture_output=True, text=True,
        timeout=240, stdin=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert run.returncode == -signal.SIGKILL, run.stderr
    assert [path.name[-4:] for path in sorted(tmp_path.iterdir())] == ["0002", "0004"]
    one, steps = order("wan-a14b", steps=8), list[int]()
    watch = Watch(told=lambda done, _: steps.append(done), keep=FolderKeep(tmp_path))
    (resumed,) = studio("wan-a14b").make([one], watch)
    assert steps == [5, 6, 7, 8]
    assert np.array_equal(list(resumed.pictures), drawn(studio("wan-a14b"), one))
    resumed.forget()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["wan-ti2v", "ltx2"])
def test_every_solver_goes_on_as_if_it_had_never_stopped(name: str, studio: Callable[..., Studio], tmp_path: Path) -> None:
    keep, one = FolderKeep(tmp_path), order(name, steps=6)

    class TimeIsUp(Exception):
        """Ends the first try."""

    def stop(done: int, _: int) -> None:
        if done == 4:
            raise TimeIsUp

    with pytest.raises(TimeIsUp):
        drawn(studio(name), one, Watch(told=stop, keep=keep, keep_every=3))
    assert np.array_equal(drawn(studio(name), one, Watch(keep=keep)), drawn(studio(name), one))


def test_a_clip_that_takes_too_long_is_given_back_and_gone_on_with(studio: Callable[..., Studio], tmp_path: Path) -> None:
    done: list[int] = []
    watch = Watch(
        told=lambda step, _: done.append(step), now=lambda: float(len(done)), until=3.0, keep=FolderKeep(tmp_path), keep_every=1
    )
    with pytest.raises(Unavailable) as late:
        drawn(studio("wan-a14b"), order("wan-a14b", steps=6), watch)
    assert "found 3 of 6 steps done; the next try goes on from there" in str(late.value)
    told: list[int] = []
    drawn(studio("wan-a14b"), order("wan-a14b", steps=6), Watch(told=lambda done, _: told.append(done), keep=FolderKeep(tmp_path)))
    assert told == [4, 5, 6]


def test_when_memory_runs_out_the_batch_is_halved_then_more_is_given_up_and_each_clip_says_so(tiny: Callable[[str], Path]) -> None:
    def fits(work: Work) -> bool:
        if work.stage is Stage.DENOISING:
            return work.batch == 1 and work.offload is Offload.BLOCKS and work.pixels < 64 * 96
        return work.stage is not Stage.DECODING or work.tiling

    device = SmallDevice(fits)
    studio = Studio(tiny("wan-ti2v"), device, Options(batch=2))
    made = studio.make([order(seed=3), order(seed=4)], Watch())
    assert [work.batch for work in device.tried if work.stage is Stage.DENOISING] == [2, 1, 1, 1, 1, 1]
    for footage in made:
        pictures = list(footage.pictures)
        assert (len(pictures), pictures[0].shape) == (9, (64, 32, 3))
        assert footage.notes == (
            "1 clips at a time instead of 2, because memory was short.",
            "Networks that are not at work wait in main memory, because memory was short.",
            "The network is streamed block by block, because memory was short.",
            "Drawn at 75 % of its size and scaled up, because memory was short.",
        )
    assert [work.tiling for work in device.tried if work.stage is Stage.DECODING][:2] == [False, True]


def test_pictures_that_were_given_before_memory_ran_out_are_not_given_twice(tiny: Callable[[str], Path]) -> None:
    asked = iter([True, True, False, *[True] * 20])
    device = SmallDevice(lambda work: work.stage is not Stage.DECODING or next(asked))
    pictures = drawn(Studio(tiny("wan-ti2v"), device), order())
    expected = drawn(Studio(tiny("wan-ti2v"), ProcessorDevice()), order())
    assert len(pictures) == 9
    assert np.abs(np.int16(pictures) - np.int16(expected)).max() <= 1


def test_when_nothing_is_left_to_give_the_error_says_what_was_too_large(tiny: Callable[[str], Path]) -> None:
    studio = Studio(tiny("wan-ti2v"), SmallDevice(lambda work: work.stage is not Stage.DENOISING))
    with pytest.raises(MemoryShort, match=r"Expected room for denoising \(1 x 9 frames\), found too little in small"):
        studio.make([order()], Watch())


def test_pictures_that_cannot_even_be_decoded_in_tiles_are_drawn_smaller_by_the_next_try(tiny: Callable[[str], Path]) -> None:
    device = SmallDevice(lambda work: work.stage is not Stage.DECODING or work.pixels < 64 * 96)
    studio = Studio(tiny("wan-ti2v"), device)
    with pytest.raises(MemoryShort, match="Expected room for decoding the pictures"):
        drawn(studio, order())
    tried = [(work.tiling, work.offload) for work in device.tried if work.stage is Stage.DECODING]
    assert tried == [(False, Offload.NOTHING), (True, Offload.NOTHING), (True, Offload.NETWORKS)]
    (footage,) = studio.make([order()], Watch())
    assert "Drawn at 75 % of its size and scaled up, because memory was short." in footage.notes
    assert len(list(footage.pictures)) == 9


def test_a_sound_for_which_memory_is_short_costs_the_pictures_nothing(tiny: Callable[[str], Path]) -> None:
    studio = Studio(tiny("ltx2"), SmallDevice(lambda work: work.stage is not Stage.SOUND), Options(batch=2))
    with pytest.raises(MemoryShort, match="Expected room for decoding the sound"):
        studio.make([order("ltx2")], Watch())[0].hear()
    assert studio.together == 2
    (footage,) = studio.make([order("ltx2")], Watch())
    assert footage.notes == ("Networks that are not at work wait in main memory, because memory was short.",)
    assert footage.order.shape == order("ltx2").shape


def test_a_prompt_that_the_model_cannot_read_whole_is_cut_and_told(studio: Callable[..., Studio]) -> None:
    long = "The lighthouse stands on a cliff above the sea at night while waves break below. " * 20
    (footage,) = studio("ltx").make([order("ltx", prompt=long)], Watch())
    assert len(footage.notes) == 1
    assert footage.notes[0].startswith("The model reads 256 tokens of a prompt; the last ")


def test_where_steps_are_slow_each_is_kept(studio: Callable[..., Studio], tmp_path: Path) -> None:
    clock = iter(range(0, 10_000, 20))
    watch = Watch(now=lambda: float(next(clock)), keep=FolderKeep(tmp_path), keep_every=100)
    studio("wan-a14b").make([order("wan-a14b", steps=4)], watch)
    assert [path.name[-4:] for path in sorted(tmp_path.iterdir())] == ["0001", "0002", "0003", "0004"]


# --- weights that are not what they should be -----------------------------------------------------------------------


def spoilt(tiny: Path, folder: Path, network: str, change: Callable[[dict[str, torch.Tensor]], None]) -> Path:
    shutil.copytree(tiny, folder)
    (path,) = (folder / network).glob("*.safetensors")
    tensors = load_file(path)
    change(tensors)
    save_file(tensors, path)
    return folder


@pytest.mark.parametrize(
    ("model", "network"), [("wan-ti2v", "transformer"), ("wan-ti2v", "text_encoder"), ("wan-ti2v", "vae"), ("ltx2", "text_encoder")]
)
@pytest.mark.parametrize("fault", ["missing", "extra", "misshapen"])
def test_weights_with_a_wrong_key_are_refused_by_its_name(
    model: str, network: str, fault: str, tiny: Callable[[str], Path], tmp_path: Path
) -> None:
    key = ""

    def change(tensors: dict[str, torch.Tensor]) -> None:
        nonlocal key
        key = sorted(tensors)[len(tensors) // 2]
        if fault == "missing":
            del tensors[key]
        elif fault == "extra":
            key = "stranger.weight"
            tensors[key] = torch.zeros(2)
        else:
            tensors[key] = torch.cat([tensors[key].flatten(), torch.zeros(1)])

    folder = spoilt(tiny(model), tmp_path / "spoilt", network, change)
    with pytest.raises(WeightsBroken) as refused:
        Studio(folder, ProcessorDevice())
    assert key in str(refused.value)


def test_a_pickle_is_refused_and_what_is_not_there_is_named(tiny: Callable[[str], Path], tmp_path: Path) -> None:
    shutil.copytree(tiny("ltx"), tmp_path / "model")
    weights = tmp_path / "model/transformer/diffusion_pytorch_model.safetensors"
    weights.rename(weights.with_suffix(".bin"))
    with pytest.raises(WeightsBroken, match=r"found diffusion_pytorch_model.bin, a pickle, which could run code"):
        Studio(tmp_path / "model", ProcessorDevice())
    weights.with_suffix(".bin").unlink()
    with pytest.raises(WeightsMissing, match="transformer, found none: fetch the model again"):
        Studio(tmp_path / "model", ProcessorDevice())
    index = tmp_path / "model/model_index.json"
    index.write_text(json.dumps({**json.loads(index.read_text()), "_class_name": "StableDiffusionPipeline"}))
    with pytest.raises(WeightsBroken, match="found 'StableDiffusionPipeline'"):
        Studio(tmp_path / "model", ProcessorDevice())


def test_a_machine_without_a_gpu_is_told_what_it_lacks() -> None:
    if torch.cuda.is_available():
        assert find_device("cuda").memory_bytes > 2**30
        return
    with pytest.raises(EngineMissing, match="Expected an NVIDIA GPU, found .*; run scripts/setup gpu on a machine with one"):
        find_device("cuda")
