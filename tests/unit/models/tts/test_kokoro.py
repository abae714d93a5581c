"""Kokoro's network in torch: strict about its weights, the same sound each time, as long as its phonemes last."""

from pathlib import Path

import numpy as np
import pytest

from aiprod.errors import InvalidSetting, Unavailable, WeightsBroken
from aiprod.models.tts.kokoro import TorchKokoro
from tests.tiny_weights.kokoro import TINY, write_tiny_kokoro

STYLE = np.linspace(-1, 1, 256, dtype=np.float32)
SAMPLES_A_FRAME = 600


def test_a_passage_lasts_as_long_as_its_phonemes_and_sounds_the_same_each_time(tmp_path: Path) -> None:
    weights = write_tiny_kokoro(tmp_path / "kokoro.safetensors")
    sound, frames = TorchKokoro(weights, "cpu", TINY).run([0, 3, 7, 1, 0], STYLE, 1.0)
    again, _ = TorchKokoro(weights, "cpu", TINY).run([0, 3, 7, 1, 0], STYLE, 1.0)
    assert len(frames) == 5
    assert len(sound) == sum(frames) * SAMPLES_A_FRAME
    assert np.array_equal(sound, again)
    assert 0 < np.abs(sound).max() < np.inf


def test_half_the_speed_lasts_longer_and_another_style_sounds_otherwise(tmp_path: Path) -> None:
    network = TorchKokoro(write_tiny_kokoro(tmp_path / "kokoro.safetensors"), "cpu", TINY)
    sound, frames = network.run([0, 3, 7, 1, 0], STYLE, 1.0)
    _, slow = network.run([0, 3, 7, 1, 0], STYLE, 0.25)
    assert sum(slow) > 2 * sum(frames)
    other, _ = network.run([0, 3, 7, 1, 0], np.concatenate([-STYLE[:128], STYLE[128:]]), 1.0)
    assert len(other) == len(sound)
    assert not np.allclose(other, sound)


def test_weights_that_lack_a_part_are_told_by_its_name(tmp_path: Path) -> None:
    weights = write_tiny_kokoro(tmp_path / "kokoro.safetensors", without="predictor.F0.1.pool.weight")
    with pytest.raises(WeightsBroken, match=r"kokoro\.safetensors without predictor\.F0\.1\.pool\.weight"):
        TorchKokoro(weights, "cpu", TINY)


def test_a_device_that_there_is_not_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidSetting, match="Expected cpu or cuda in AIPROD_VOICE_DEVICE, found 'abacus'"):
        TorchKokoro(tmp_path / "none.safetensors", "abacus", TINY)


@pytest.mark.usefixtures("full_card")
def test_a_card_that_is_full_is_told(tmp_path: Path) -> None:
    network = TorchKokoro(write_tiny_kokoro(tmp_path / "kokoro.safetensors"), "cpu", TINY)
    with pytest.raises(Unavailable, match=r"^Expected memory for Kokoro on cpu, found too little; try again alone\.$"):
        network.run([0, 3, 7, 1, 0], STYLE, 1.0)
