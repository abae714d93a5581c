"""A tiny Qwen3-TTS from a fixed seed, in the published layout: it babbles noise of some length, and is no product."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from aiprod.models.tts.networks.qwen.codec import Codec
from aiprod.models.tts.networks.qwen.sizes import read_codec_sizes, read_speaker_sizes
from aiprod.models.tts.networks.qwen.talker import Speaker
from aiprod.models.weights.safetensors import Array, write_arrays
from tests.tiny_weights.installing import install

CODES, GROUPS, WORDS = 16, 4, 400
SPECIAL = ("<|im_start|>", "<|im_end|>")
STACK = {"num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 8, "num_hidden_layers": 2}
TALKER: dict[str, Any] = {
    **STACK, "hidden_size": 32, "intermediate_size": 48, "vocab_size": CODES + 1024, "text_hidden_size": 24, "text_vocab_size": WORDS,
    "num_code_groups": GROUPS, "rope_theta": 1_000_000,
    "rope_scaling": {"interleaved": True, "mrope_section": [2, 1, 1], "rope_type": "default", "type": "default"},
    "codec_bos_id": 17, "codec_eos_token_id": 18, "codec_pad_id": 19, "codec_think_id": 20, "codec_nothink_id": 21,
    "codec_think_bos_id": 22, "codec_think_eos_id": 23, "codec_language_id": {"english": 24, "french": 25}, "spk_id": {},
    "code_predictor_config": {
        **STACK, "hidden_size": 24, "intermediate_size": 40, "vocab_size": CODES, "num_code_groups": GROUPS, "rope_theta": 1_000_000,
    },
}  # fmt: skip
VOICE = {
    "mel_dim": 128, "enc_dim": 32, "enc_channels": [16, 16, 16, 32], "enc_kernel_sizes": [5, 3, 3, 1],
    "enc_dilations": [1, 2, 3, 1], "enc_attention_channels": 8, "enc_res2net_scale": 4, "enc_se_channels": 8,
}  # fmt: skip
SPEAKER = {
    "model_type": "qwen3_tts", "tts_model_type": "base", "tts_model_size": "0b6", "tokenizer_type": "qwen3_tts_tokenizer_12hz",
    "talker_config": TALKER, "speaker_encoder_config": VOICE, "tts_bos_token_id": 390, "tts_eos_token_id": 391, "tts_pad_token_id": 392,
}  # fmt: skip
CODEC = {
    "model_type": "qwen3_tts_tokenizer_12hz", "encoder_valid_num_quantizers": GROUPS,
    "encoder_config": {
        "hidden_size": 16, "num_filters": 2, "num_residual_layers": 1, "codebook_size": CODES, "codebook_dim": 8,
        "vector_quantization_hidden_dimension": 8, "num_quantizers": GROUPS + 2, "num_hidden_layers": 1, "num_attention_heads": 2,
        "num_key_value_heads": 2, "head_dim": 8, "intermediate_size": 16, "sliding_window": 250, "upsample_groups": 16,
        "upsampling_ratios": [8, 6, 5, 4], "use_causal_conv": True,
    },
    "decoder_config": {
        "hidden_size": 16, "latent_dim": 24, "codebook_dim": 16, "codebook_size": CODES, "decoder_dim": 32, "intermediate_size": 24,
        "num_hidden_layers": 2, "num_attention_heads": 2, "num_key_value_heads": 2, "head_dim": 8, "sliding_window": 6,
        "num_quantizers": GROUPS, "upsample_rates": [8, 5, 4, 3], "upsampling_ratios": [2, 2],
    },
}  # fmt: skip
SENTENCES = ("assistant\n assistant\n the sea is calm tonight and the tide is full", "my name is and I agree that a computer")


def write_tiny_qwen(folder: Path, *, without: str = "", extra: str = "") -> Path:
    """The model in the folder, but for the array named, or with one more."""
    (folder / "speech_tokenizer").mkdir(parents=True)
    _write_vocabulary(folder)
    _write(folder / "config.json", SPEAKER)
    _write(folder / "generation_config.json", {"do_sample": True, "temperature": 0.9, "top_k": 50, "top_p": 1.0})
    _write(folder / "speech_tokenizer" / "config.json", CODEC)
    draw = np.random.default_rng(3)
    parts = {
        folder: Speaker(read_speaker_sizes(folder)),
        folder / "speech_tokenizer": Codec(read_codec_sizes(folder)),
    }
    for place, part in parts.items():
        arrays = {name: _array(name, tuple(tensor.shape), draw) for name, tensor in part.state_dict().items()}
        arrays.pop(without, None)
        if extra and place == folder:
            arrays[extra] = next(iter(arrays.values()))
        write_arrays(place / "model.safetensors", arrays, {"format": "pt"})
    return folder


def install_tiny_qwen(folder: Path) -> Path:
    """The tiny one in a folder of models under the real one's name, pinned as if it had been fetched."""
    return install(folder, "qwen3-tts-0.6b", write_tiny_qwen)


def _array(name: str, shape: tuple[int, ...], draw: np.random.Generator) -> Array:
    """Numbers of the size that a network of such a shape bears."""
    drawn = draw.standard_normal(shape)
    if name.endswith("initialized"):
        drawn = np.ones(shape)
    elif name.endswith("cluster_usage"):
        drawn = 1 + np.abs(drawn)
    elif len(shape) == 1:
        near_one = name.endswith((".scale", ".gamma")) or "norm.weight" in name or "layernorm.weight" in name
        drawn = 0.2 * drawn + near_one
    elif "embed" not in name:
        drawn /= np.sqrt(np.prod(shape[1:]))
    if name == "decoder.decoder.6.conv.weight":
        drawn *= 0.01  # else the sound would be clipped throughout
    array: Array = drawn.astype(np.float32)
    return array


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content))


def _write_vocabulary(folder: Path) -> None:
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers

    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(
        vocab_size=300, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False, special_tokens=[]
    )
    made.train_from_iterator(SENTENCES, trainer)
    learnt = json.loads(made.to_str())["model"]
    _write(folder / "vocab.json", learnt["vocab"])
    pairs = [pair if isinstance(pair, str) else " ".join(pair) for pair in learnt["merges"]]
    (folder / "merges.txt").write_text("\n".join(["#version: 0.2", *pairs]) + "\n")
    added = {
        str(number): {"content": text, "lstrip": False, "normalized": False, "rstrip": False, "single_word": False, "special": True}
        for number, text in enumerate(SPECIAL, start=len(learnt["vocab"]))
    }
    _write(folder / "tokenizer_config.json", {"tokenizer_class": "Qwen2Tokenizer", "added_tokens_decoder": added,
                                              "eos_token": "<|im_end|>", "pad_token": "<|im_end|>", "unk_token": None})  # fmt: skip
