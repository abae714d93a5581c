"""Kokoro in torch says what Kokoro as published says: the same lengths, the same spectrum, the same times of words."""

import numpy as np
import pytest
from scipy.signal import stft

from aiprod.models.registry import Registry
from aiprod.ports import Samples
from aiprod.speech.kokoro import KokoroVoice
from tests.unit.speech.studio import Studio

TEXT = "The tide comes in at noon."


def spectrum(samples: Samples) -> Samples:
    found: Samples = np.log(np.abs(stft(samples, nperseg=1024)[2]) + 1e-3).ravel()
    return found


def test_torch_and_the_published_network_say_the_same(studio: Studio, registry: Registry) -> None:
    registry.fetch("kokoro-torch")
    voice = KokoroVoice(registry, "cpu")
    voice.check("en")
    said = voice.speak(TEXT, voice="af_heart", language="en", speed=1.0)
    published = studio.voice.speak(TEXT, voice="af_heart", language="en", speed=1.0)
    assert [word.text for word in said.words] == [word.text for word in published.words] == TEXT.split()
    for one, other in zip(said.words, published.words, strict=True):
        assert float(abs(one.start - other.start)) < 0.05
        assert float(abs(one.end - other.end)) < 0.05
    shortest = min(len(said.samples), len(published.samples))
    alike = np.corrcoef(spectrum(said.samples[:shortest]), spectrum(published.samples[:shortest]))[0, 1]
    assert alike > 0.9
    loudness = np.std(said.samples[:shortest]) / np.std(published.samples[:shortest])
    assert loudness == pytest.approx(1, abs=0.15)


def test_a_sound_of_torch_is_not_taken_for_one_of_the_published_network(registry: Registry) -> None:
    versions = {KokoroVoice(registry, device).version for device in ("", "cpu", "cuda")}
    assert len(versions) == 3
