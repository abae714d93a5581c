"""Whisper's weights from CTranslate2's form to openai-whisper's: the same numbers under other names.

Knows both libraries' names of Whisper's parts; needs neither of them, nor torch. CTranslate2 joins projections that
openai-whisper keeps apart (query, key, value); keys have no bias there.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from aiprod.errors import WeightsBroken
from aiprod.models.weights.ctranslate2 import Array, read_arrays
from aiprod.models.weights.safetensors import write_arrays

HEAD_WIDTH = 64


def write_openai_whisper(folder: Path, target: Path) -> None:
    """Write `target` from the CTranslate2 model in `folder`; dimensions and alignment heads go into its metadata.

    Raises: WeightsBroken.
    """
    arrays = read_arrays(folder / "model.bin")
    try:
        named = _rename(arrays)
        heads = json.loads((folder / "config.json").read_text(encoding="utf-8"))["alignment_heads"]
    except (KeyError, json.JSONDecodeError) as error:
        raise WeightsBroken(f"Expected a Whisper network in {folder}, found no {error}.") from error
    metadata = {"dims": json.dumps(_dimensions(named)), "alignment_heads": json.dumps(heads)}
    write_arrays(target, named, metadata)


def _rename(source: Mapping[str, Array]) -> dict[str, Array]:
    named: dict[str, Array] = {}

    def take(name: str, origin: str, *, weight: str = "weight", bias: str = "bias") -> None:
        named[f"{name}.weight"] = source[f"{origin}/{weight}"]
        named[f"{name}.bias"] = source[f"{origin}/{bias}"]

    def norm(name: str, origin: str) -> None:
        take(name, origin, weight="gamma", bias="beta")

    def split(name: str, origin: str, parts: tuple[str, ...]) -> None:
        weight, bias = source[f"{origin}/weight"], source[f"{origin}/bias"]
        width = weight.shape[0] // len(parts)
        for index, part in enumerate(parts):
            named[f"{name}.{part}.weight"] = weight[index * width : (index + 1) * width]
            if part != "key":
                named[f"{name}.{part}.bias"] = bias[index * width : (index + 1) * width]

    for number in (1, 2):
        take(f"encoder.conv{number}", f"encoder/conv{number}")
    for side, last in (("encoder", "encoder.ln_post"), ("decoder", "decoder.ln")):
        named[f"{side}.positional_embedding"] = source[f"{side}/position_encodings/encodings"]
        norm(last, f"{side}/layer_norm")
        layer = 0
        while f"{side}/layer_{layer}/ffn/linear_0/weight" in source:
            name, origin = f"{side}.blocks.{layer}", f"{side}/layer_{layer}"
            split(f"{name}.attn", f"{origin}/self_attention/linear_0", ("query", "key", "value"))
            take(f"{name}.attn.out", f"{origin}/self_attention/linear_1")
            norm(f"{name}.attn_ln", f"{origin}/self_attention/layer_norm")
            if side == "decoder":
                take(f"{name}.cross_attn.query", f"{origin}/attention/linear_0")
                split(f"{name}.cross_attn", f"{origin}/attention/linear_1", ("key", "value"))
                take(f"{name}.cross_attn.out", f"{origin}/attention/linear_2")
                norm(f"{name}.cross_attn_ln", f"{origin}/attention/layer_norm")
            take(f"{name}.mlp.0", f"{origin}/ffn/linear_0")
            take(f"{name}.mlp.2", f"{origin}/ffn/linear_1")
            norm(f"{name}.mlp_ln", f"{origin}/ffn/layer_norm")
            layer += 1
    named["decoder.token_embedding.weight"] = source["decoder/embeddings/weight"]
    return named


def _dimensions(named: Mapping[str, Array]) -> dict[str, int]:
    """openai-whisper's ModelDimensions, read off the arrays' shapes."""
    vocabulary, state = named["decoder.token_embedding.weight"].shape
    return {
        "n_mels": named["encoder.conv1.weight"].shape[1],
        "n_audio_ctx": named["encoder.positional_embedding"].shape[0],
        "n_audio_state": state,
        "n_audio_head": state // HEAD_WIDTH,
        "n_audio_layer": sum(name.startswith("encoder.") and name.endswith(".mlp.0.bias") for name in named),
        "n_vocab": vocabulary,
        "n_text_ctx": named["decoder.positional_embedding"].shape[0],
        "n_text_state": state,
        "n_text_head": state // HEAD_WIDTH,
        "n_text_layer": sum(name.startswith("decoder.") and name.endswith(".mlp.0.bias") for name in named),
    }
