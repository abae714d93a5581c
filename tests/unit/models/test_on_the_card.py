"""Voices, lips and enlarged pictures come from a card as from the processor: no GPU is needed to see that all that works together
is on it."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import torch

from aiprod.models.interpolation.interpolator import open_interpolator
from aiprod.models.lipsync.ears import windows
from aiprod.models.lipsync.opening import open_lips
from aiprod.models.lipsync.syncnet import LipJudge, build_syncnet
from aiprod.models.tts.chatterbox_voice import TorchChatterbox
from aiprod.models.tts.kokoro import TorchKokoro
from aiprod.models.tts.qwen_voice import TorchQwen
from aiprod.models.upscale.enlarger import Effort, open_enlarger
from tests.tiny_weights.chatterbox import write_tiny_chatterbox
from tests.tiny_weights.kokoro import TINY, write_tiny_kokoro
from tests.tiny_weights.lips import draw_face, lips_registry
from tests.tiny_weights.qwen import write_tiny_qwen
from tests.tiny_weights.threads import one_thread
from tests.unit.models.card import card
from tests.unit.models.interpolation.tiny import write_random
from tests.unit.models.tts import test_chatterbox as chatterbox
from tests.unit.models.tts import test_qwen as qwen
from tests.unit.models.upscale.tiny import write_sharpener

__all__ = ["card", "one_thread"]

Numbers = npt.NDArray[np.float64]
PICTURE = np.random.default_rng(1).integers(0, 256, (48, 64, 3), np.uint8)


def say_with_kokoro(folder: Path, device: str) -> Numbers:
    network = TorchKokoro(write_tiny_kokoro(folder / "kokoro.safetensors"), device, TINY)
    return np.asarray(network.run([0, 3, 7, 1, 0], np.linspace(-1, 1, 256, dtype=np.float32), 1.0)[0], float)


def say_with_chatterbox(folder: Path, device: str) -> Numbers:
    voice = TorchChatterbox(chatterbox.files(write_tiny_chatterbox(folder / "chatterbox")), device)
    return np.asarray(voice.say(chatterbox.saying("the sea is calm"), voice.listen(chatterbox.sample(), "")), float)


def enlarge(folder: Path, device: str) -> Numbers:
    enlarger = open_enlarger(write_sharpener(folder / "tiny.safetensors"), device, Effort(tile_px=32, overlap_px=8, fade_px=4))
    return np.array(list(enlarger.enlarge(iter([PICTURE, PICTURE]))), float)


def draw_between(folder: Path, device: str) -> Numbers:
    interpolator = open_interpolator(write_random(folder / "tiny.safetensors"), device)
    return np.array(interpolator.between(PICTURE, PICTURE[:, ::-1], [Fraction(1, 3)]), float)


def paint_lips(folder: Path, device: str) -> Numbers:
    lips = open_lips(lips_registry(folder / "lips"), "musetalk", device)
    heard = lips.ears.hear(np.sin(np.arange(32_000) / 20).astype(np.float32))
    faces = [draw_face(0.2 * number) for number in range(4)]
    return np.array(lips.painter.paint(faces, windows(heard, [Fraction(number, 25) for number in range(4)])), float)


def judge_lips(_folder: Path, device: str) -> Numbers:
    torch.manual_seed(1)
    judge = LipJudge(build_syncnet().eval().requires_grad_(requires_grad=False).to(device), device)
    draw = np.random.default_rng(1)
    faces = list(draw.integers(0, 256, (15, 224, 224, 3), np.uint8))
    score = judge.judge(faces, draw.standard_normal(12_000).astype(np.float32))
    assert score is not None
    return np.array([score.distance, score.confidence])


@pytest.mark.parametrize(
    ("work", "bound"),
    [
        (say_with_kokoro, 1e-3), (say_with_chatterbox, 1e-3), (enlarge, 0.01), (draw_between, 1e-3), (paint_lips, 0.03),
        (judge_lips, 1e-3),
    ],
)
def test_what_comes_from_a_card_is_what_comes_from_the_processor(
    work: Callable[[Path, str], Numbers], bound: float, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """But for half precision, in which cards enlarge and paint."""
    (tmp_path / "here").mkdir()
    (tmp_path / "there").mkdir()
    expected = work(tmp_path / "here", "cpu")
    request.getfixturevalue("card")
    found = work(tmp_path / "there", "cuda")
    assert found.shape == expected.shape
    assert np.abs(found - expected).sum() <= bound * np.abs(expected).sum()


@pytest.mark.usefixtures("card")
def test_a_voice_of_half_precision_speaks_on_a_card(tmp_path: Path) -> None:
    voice = TorchQwen(qwen.files(write_tiny_qwen(tmp_path / "qwen")), "cuda")
    said = voice.say(chatterbox.saying("the sea is calm"), voice.listen(qwen.sample(), qwen.SAID))
    assert said is not None
    assert np.isfinite(said).all()
