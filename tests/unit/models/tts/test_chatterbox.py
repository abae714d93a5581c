"""Chatterbox in torch: the same numbers as the published code's with the same weights, and strict about its weights."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.signal import resample_poly

from aiprod.errors import InvalidInput, Unavailable, WeightsBroken, WeightsMissing
from aiprod.models.manifest import own_manifest
from aiprod.models.tts.chatterbox_voice import ChatterboxFiles, TorchChatterbox
from aiprod.models.tts.networks.chatterbox.sizes import ReaderSizes, SoundSizes, VoiceSizes
from aiprod.models.tts.utterance import Utterance
from aiprod.models.weights.safetensors import read_arrays, write_arrays
from aiprod.models.weights.strict import build_empty, load_strict
from aiprod.ports import Samples
from tests.tiny_weights.chatterbox import READER, SOUND, VOICE, write_tiny_chatterbox

if TYPE_CHECKING:
    from torch.nn import Module


def sample() -> Samples:
    """Two seconds that a voice might sound like."""
    times = np.arange(2 * 24_000) / 24_000
    hum = sum(np.sin(2 * np.pi * 140 * part * times + part) / part for part in range(1, 9))
    return (0.2 * hum * (1.2 + np.sin(2 * np.pi * 3 * times))).astype(np.float32)


def files(folder: Path) -> ChatterboxFiles:
    return ChatterboxFiles(
        reader=folder / "t3_cfg.safetensors", sound=folder / "s3gen.safetensors", voice=folder / "ve.safetensors",
        words=folder / "tokenizer.json", languages=True,
    )  # fmt: skip


def saying(text: str, *, seed: int = 5, language: str = "en", most_seconds: float = 60) -> Utterance:
    return Utterance(text=text, language=language, seed=seed, most_seconds=most_seconds)


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> TorchChatterbox:
    return TorchChatterbox(files(write_tiny_chatterbox(tmp_path_factory.mktemp("models") / "chatterbox")), "cpu")


def test_the_numbers_are_those_of_the_published_code(tmp_path: Path) -> None:
    """Made by github.com/resemble-ai/chatterbox, with these weights, for this sample, text and seed."""
    import torch

    from aiprod.models.tts.networks.chatterbox.reader import Reader
    from aiprod.models.tts.networks.chatterbox.sound import Sound
    from aiprod.models.tts.networks.chatterbox.speaking import Shown, speak
    from aiprod.models.tts.networks.chatterbox.voice import VoiceEncoder

    folder = write_tiny_chatterbox(tmp_path / "chatterbox")
    reader = load_strict(build_empty(lambda: Reader(READER)), [files(folder).reader])
    sound = load_strict(build_empty(lambda: Sound(SOUND)), [files(folder).sound])
    voice = load_strict(build_empty(lambda: VoiceEncoder(VOICE)), [files(folder).voice])
    chance = torch.Generator().manual_seed(0)
    words = [3, 4, 32, 2, 51, 2, 28, 2, 57, 2, 59, 7, 0]
    with torch.inference_mode():
        fine, coarse = torch.tensor(sample()), torch.tensor(resample_poly(sample(), 2, 3).astype(np.float32))
        heard = sound.listen(fine, coarse)
        shown = Shown(vector=voice(coarse), codes=sound.tokenizer(coarse), heard=heard)
        codes = speak(reader, READER, shown, words, chance, 600)
        assert codes is not None
        said = sound.speak(codes, heard, chance)
        long = speak(reader, READER, shown, words, torch.Generator().manual_seed(2), 600)
    assert long is not None
    assert shown.vector.norm() == pytest.approx(1)
    assert shown.vector[shown.vector > 0].tolist() == pytest.approx([0.105012, 0.329024, 0.907767, 0.238065], abs=1e-5)
    assert heard.vector[:6].tolist() == pytest.approx(
        [-0.084712, 0.244685, -0.464741, 0.192842, -0.215790, 0.216757], abs=1e-4
    )
    assert heard.bands[0, :6, 50].tolist() == pytest.approx(
        [-5.519239, -3.778375, 0.709419, 1.677694, -1.553419, -3.433650], abs=1e-4
    )
    assert heard.codes[:12].tolist() == [79, 57, 30, 54, 27, 27, 9, 12, 9, 0, 27, 27]
    assert codes.tolist() == [47, 38, 71, 34, 49, 19, 8, 45, 42]
    assert (len(long), int(long.sum()), long[-5:].tolist()) == (136, 5653, [68, 12, 41, 35, 62])
    assert said.shape == (8640,)
    assert said[2000:8001:1000].tolist() == pytest.approx(
        [-0.201761, 0.145579, 0.090453, 0.225987, 0.290829, 0.238881, 0.095031], abs=1e-3
    )
    assert said[:480].abs().max() == 0, "what is still heard of the sample is silenced"


def test_the_published_sizes_are_those_of_the_published_files_to_the_byte() -> None:
    """The sizes of the files that the manifest knows are what networks of the published sizes take, and no number more."""
    from aiprod.models.tts.networks.chatterbox.reader import Reader
    from aiprod.models.tts.networks.chatterbox.sound import Sound
    from aiprod.models.tts.networks.chatterbox.voice import VoiceEncoder

    networks = {
        "t3_cfg.safetensors": build_empty(lambda: Reader(ReaderSizes())),
        "s3gen.safetensors": build_empty(lambda: Sound(SoundSizes())),
        "ve.safetensors": build_empty(lambda: VoiceEncoder(VoiceSizes())),
    }
    model = own_manifest().model("chatterbox")
    for name, network in networks.items():
        assert bytes_of(network) == model.file(name).size


def bytes_of(network: "Module") -> int:
    """How long a file of safetensors with all of its numbers is: a header, padded to eight bytes, and the numbers."""
    header: dict[str, object] = {}
    place = 0
    state = network.state_dict()
    for key, tensor in sorted(state.items(), key=lambda item: (-item[1].itemsize, item[0])):
        kind = "F32" if tensor.is_floating_point() else "I64"
        header[key] = {"dtype": kind, "shape": list(tensor.shape), "data_offsets": [place, place + tensor.nbytes]}
        place += tensor.nbytes
    told = len(json.dumps(header, separators=(",", ":")))
    return 8 + -(-told // 8) * 8 + place


def test_the_same_seed_says_it_the_same_way_and_another_one_otherwise(box: TorchChatterbox) -> None:
    shown = box.listen(sample(), "")
    said = [box.say(saying("the sea is calm", seed=seed), shown) for seed in (5, 5, 6)]
    assert said[0] is not None and said[1] is not None and said[2] is not None
    assert np.array_equal(said[0], said[1])
    assert said[0].shape != said[2].shape or not np.allclose(said[0], said[2])
    assert len(said[0]) % 960 == 0 and 0.001 < np.abs(said[0]).max() < 1


def test_a_sentence_that_is_longer_than_the_network_reads_is_refused(box: TorchChatterbox) -> None:
    with pytest.raises(InvalidInput, match="narration: expected sentences of 400 letters at most, found one of 1000"):
        box.say(saying("sea " * 250), box.listen(sample(), ""))


def test_what_comes_to_no_end_is_told(box: TorchChatterbox) -> None:
    assert box.say(saying("the sea", most_seconds=0.04), box.listen(sample(), "")) is None


def test_the_reader_of_many_languages_hears_which_one_it_is(box: TorchChatterbox) -> None:
    shown = box.listen(sample(), "")
    english, french = (box.say(saying("the sea", language=language), shown) for language in ("en", "fr"))
    assert english is not None and french is not None
    assert english.shape != french.shape or not np.allclose(english, french)


def test_a_sample_that_says_nothing_is_refused(box: TorchChatterbox) -> None:
    with pytest.raises(InvalidInput, match=r"sample: expected 1 s or more, found 0\.5 s"):
        box.listen(sample()[:12_000], "")
    with pytest.raises(InvalidInput, match="sample: expected somebody who speaks, found silence"):
        box.listen(np.zeros(48_000, dtype=np.float32), "")


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("cond_enc.perceiver.pre_attention_query", r"t3_cfg\.safetensors without cond_enc\.perceiver\.pre_attention_query"),
        ("flow.decoder.estimator.mid_blocks.0.1.0.attn1.to_q.weight", r"s3gen\.safetensors without flow\.decoder\.estimator\.mid"),
        ("speaker_encoder.xvector.dense.nonlinear.batchnorm.running_mean", r"without speaker_encoder\.xvector\.dense\.nonlinear"),
        ("mel2wav.conv_pre.parametrizations.weight.original0", r"without mel2wav\.conv_pre\.parametrizations\.weight"),
        ("lstm.bias_hh_l2", r"ve\.safetensors without lstm\.bias_hh_l2"),
    ],
)
def test_weights_that_lack_a_part_are_told_by_its_name(tmp_path: Path, key: str, told: str) -> None:
    folder = write_tiny_chatterbox(tmp_path / "chatterbox", without=key)
    with pytest.raises(WeightsBroken, match=told):
        TorchChatterbox(files(folder), "cpu")


def test_weights_with_a_part_too_many_or_of_another_size_and_a_broken_vocabulary_are_told(tmp_path: Path) -> None:
    folder = write_tiny_chatterbox(tmp_path / "chatterbox", extra="flow.time_embed_mixer.bias")
    with pytest.raises(WeightsBroken, match=r"s3gen\.safetensors with flow\.time_embed_mixer\.bias \(expected no such key"):
        TorchChatterbox(files(folder), "cpu")
    folder = write_tiny_chatterbox(tmp_path / "another")
    (folder / "tokenizer.json").write_text("{}")
    with pytest.raises(WeightsBroken, match=r"Expected the vocabulary of Chatterbox in .*tokenizer\.json, found none"):
        TorchChatterbox(files(folder), "cpu")
    arrays, _ = read_arrays(folder / "ve.safetensors")
    write_arrays(folder / "ve.safetensors", arrays, {})
    with pytest.raises(WeightsBroken, match=r"ve\.safetensors, lstm\.bias_hh_l0: expected the shape \[1024\], found \[64\]"):
        TorchChatterbox(files(folder), "cpu")
    write_arrays(folder / "ve.safetensors", arrays, {"sizes": '{"hidden": "wide"}'})
    with pytest.raises(WeightsBroken, match=r"ve\.safetensors: expected the sizes of Chatterbox, found otherwise"):
        TorchChatterbox(files(folder), "cpu")
    (folder / "ve.safetensors").unlink()
    with pytest.raises(WeightsMissing):
        TorchChatterbox(files(folder), "cpu")


@pytest.mark.usefixtures("full_card")
def test_a_card_that_is_full_is_told(box: TorchChatterbox) -> None:
    with pytest.raises(Unavailable, match=r"^Expected memory for Chatterbox on cpu, found too little; try again alone\.$"):
        box.listen(sample(), "")
