"""Folders that a library of Hugging Face loads: whole, or refused in one sentence, whatever the library calls its error."""

from pathlib import Path

import pytest
from diffusers import AutoencoderKL
from transformers import WhisperConfig, WhisperModel

from aiprod.errors import WeightsBroken
from aiprod.models.weights.pretrained import load_pretrained

WHISPER = WhisperConfig(
    d_model=8, encoder_layers=1, decoder_layers=1, encoder_attention_heads=1, decoder_attention_heads=1, vocab_size=20,
    encoder_ffn_dim=8, decoder_ffn_dim=8, pad_token_id=0, bos_token_id=0, eos_token_id=0, decoder_start_token_id=0,
    max_target_positions=4, max_source_positions=4,
)  # fmt: skip


@pytest.fixture(params=["diffusers", "transformers"])
def saved(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[type, Path]:
    """A tiny network's class, and the folder that it was saved in."""
    small = {"block_out_channels": (4,), "norm_num_groups": 2, "latent_channels": 2, "layers_per_block": 1}
    network = AutoencoderKL(**small) if request.param == "diffusers" else WhisperModel(WHISPER)
    network.save_pretrained(tmp_path)
    return type(network), tmp_path


def test_what_is_whole_is_loaded(saved: tuple[type, Path]) -> None:
    kind, folder = saved
    network = load_pretrained(kind, folder, "tiny")
    assert not network.training
    assert not any(parameter.requires_grad for parameter in network.parameters())


@pytest.mark.parametrize("left", ["half", "nothing", "a page", "no file"])
def test_weights_that_are_cut_or_something_else_are_refused_in_one_sentence(saved: tuple[type, Path], left: str) -> None:
    kind, folder = saved
    (weights,) = folder.glob("*.safetensors")
    whole = weights.read_bytes()
    weights.write_bytes({"half": whole[: len(whole) // 2], "a page": b"<!doctype html>" * 9}.get(left, b""))
    if left == "no file":
        weights.unlink()
    with pytest.raises(WeightsBroken) as caught:
        load_pretrained(kind, folder, "tiny")
    sentence = str(caught.value)
    assert sentence.startswith(f"Expected tiny in {folder}, found something else (")
    assert sentence.endswith("): fetch it again.")
    assert "\n" not in sentence


def test_settings_that_are_cut_are_refused(saved: tuple[type, Path]) -> None:
    kind, folder = saved
    (folder / "config.json").write_text("{")
    with pytest.raises(WeightsBroken, match="found something else"):
        load_pretrained(kind, folder, "tiny")
