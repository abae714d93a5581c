"""Qwen3-TTS in torch: the same numbers as the published code's with the same weights, and strict about its weights."""

from pathlib import Path

import numpy as np
import pytest

from aiprod.errors import Unavailable, WeightsBroken, WeightsMissing
from aiprod.models.tts.qwen_voice import QwenFiles, TorchQwen
from aiprod.models.tts.utterance import Utterance
from aiprod.models.weights.strict import build_empty, load_strict
from aiprod.ports import Samples
from tests.tiny_weights.qwen import write_tiny_qwen

SAID = "the tide is full"


def sample() -> Samples:
    """Two seconds that a voice might sound like."""
    times = np.arange(2 * 24_000) / 24_000
    hum = sum(np.sin(2 * np.pi * 140 * part * times + part) / part for part in range(1, 9))
    return (0.2 * hum * (1.2 + np.sin(2 * np.pi * 3 * times))).astype(np.float32)


def files(folder: Path) -> QwenFiles:
    return QwenFiles(
        folder=folder, speaker=(folder / "model.safetensors",), codec=(folder / "speech_tokenizer" / "model.safetensors",)
    )


@pytest.fixture(scope="module")
def qwen(tmp_path_factory: pytest.TempPathFactory) -> TorchQwen:
    return TorchQwen(files(write_tiny_qwen(tmp_path_factory.mktemp("models") / "qwen")), "cpu")


def test_the_numbers_are_those_of_the_published_code(tmp_path: Path) -> None:
    """Made by github.com/QwenLM/Qwen3-TTS with transformers 4.57.3, with these weights, for this sample and text."""
    import torch

    from aiprod.models.tts.networks.qwen.codec import Codec
    from aiprod.models.tts.networks.qwen.sizes import Sampling, read_codec_sizes, read_speaker_sizes
    from aiprod.models.tts.networks.qwen.speaking import Shown, Wanted, speak
    from aiprod.models.tts.networks.qwen.talker import Speaker

    folder = write_tiny_qwen(tmp_path / "qwen")
    sizes = read_speaker_sizes(folder)
    speaker = load_strict(build_empty(lambda: Speaker(sizes)), files(folder).speaker)
    codec = load_strict(build_empty(lambda: Codec(read_codec_sizes(folder))), files(folder).codec)
    words = [83, 71, 68, 258, 282, 259, 295, 284]
    wanted = Wanted(
        opening=[300, 274, 198], words=[83, 71, 68, 297, 259, 265, 271, 76], language="english", seed=0, most_frames=60
    )
    with torch.inference_mode():
        sound = torch.tensor(sample())
        vector, codes = speaker.speaker_encoder(sound), codec.encode(sound)
        said = speak(speaker, sizes, Sampling(top_k=1, subtalker_top_k=1), Shown(vector=vector, codes=codes, words=words), wanted)
        assert said is not None
        heard = codec.decoder(torch.cat([codes, said]))
        long = codec.decoder(torch.randint(0, 16, (700, 4), generator=torch.Generator().manual_seed(1)))
    assert vector[:6].tolist() == pytest.approx([2.946935, 0.692496, 1.859969, 12.006259, -1.316600, 0.124324], abs=1e-4)
    assert codes.shape == (25, 4)
    assert codes[:4].tolist() == [[6, 9, 14, 1], [7, 9, 1, 12], [7, 9, 1, 12], [1, 9, 14, 9]]
    assert codes.sum(0).tolist() == [60, 175, 168, 280]
    assert said.tolist() == [[12, 4, 7, 8], [14, 1, 10, 7], [4, 6, 3, 10], [10, 0, 7, 0], [12, 4, 11, 8]]
    assert heard.shape == (57_600,)
    assert heard[48_000:55_501:1500].tolist() == pytest.approx(
        [0.026872, -0.263731, -0.282052, -0.166866, -0.042617, -0.167352], abs=1e-3
    )
    assert long[[100_000, 500_000, 600_000, 1_000_000]].tolist() == pytest.approx(
        [-0.133888, -0.088369, -0.136325, -0.090870], abs=1e-3
    )


def test_the_same_seed_says_it_the_same_way_and_another_one_otherwise(qwen: TorchQwen) -> None:
    shown = qwen.listen(sample(), SAID)
    said = [
        qwen.say(Utterance(text="the sea is calm", language="en", seed=seed, most_seconds=60), shown) for seed in (5, 5, 6)
    ]
    assert said[0] is not None and said[1] is not None and said[2] is not None
    assert np.array_equal(said[0], said[1])
    assert said[0].shape != said[2].shape or not np.allclose(said[0], said[2])
    assert len(said[0]) % 1920 == 0 and 0 < np.abs(said[0]).max() <= 1


def test_what_comes_to_no_end_is_told(qwen: TorchQwen) -> None:
    shown = qwen.listen(sample(), SAID)
    assert qwen.say(Utterance(text="the sea", language="en", seed=5, most_seconds=0.1), shown) is None


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("talker.code_predictor.small_to_mtp_projection.bias", r"model\.safetensors without talker\.code_predictor\.small_to"),
        ("speaker_encoder.asp.tdnn.conv.weight", r"model\.safetensors without speaker_encoder\.asp\.tdnn\.conv\.weight"),
        ("decoder.pre_transformer.layers.1.self_attn_layer_scale.scale", "without decoder.pre_transformer.layers.1.self_attn"),
        ("encoder.downsample.conv.weight", "without encoder.downsample.conv.weight"),
    ],
)
def test_weights_that_lack_a_part_are_told_by_its_name(tmp_path: Path, key: str, told: str) -> None:
    folder = write_tiny_qwen(tmp_path / "qwen", without=key)
    with pytest.raises(WeightsBroken, match=told):
        TorchQwen(files(folder), "cpu")


def test_weights_with_a_part_too_many_and_another_kind_of_model_are_told(tmp_path: Path) -> None:
    folder = write_tiny_qwen(tmp_path / "qwen", extra="talker.lm_head.weight")
    with pytest.raises(WeightsBroken, match=r"model\.safetensors with talker\.lm_head\.weight \(expected no such key"):
        TorchQwen(files(folder), "cpu")
    config = folder / "config.json"
    config.write_text(config.read_text().replace('"tts_model_type": "base"', '"tts_model_type": "custom_voice"'))
    with pytest.raises(WeightsBroken, match=r"config\.json: expected the sizes of Qwen3-TTS, found otherwise: Invalid enum value"):
        TorchQwen(files(folder), "cpu")
    config.unlink()
    with pytest.raises(WeightsMissing, match=r"Expected config\.json in .*found none"):
        TorchQwen(files(folder), "cpu")


@pytest.mark.usefixtures("full_card")
def test_a_card_that_is_full_is_told(qwen: TorchQwen) -> None:
    with pytest.raises(Unavailable, match=r"^Expected memory for Qwen3-TTS on cpu, found too little; try again alone\.$"):
        qwen.listen(sample(), SAID)
