"""Models of full size with random weights, for measuring: times and memory of a step do not depend on the numbers.

Knows the settings that the publishers' releases have. Nothing here draws a film: step caches, whose effect depends on the
numbers, are not measured with it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiprod.errors import NotFound
from aiprod.models.diffusion.folders import INDEX, ModelFolder, build_reader, kept_in_float32
from aiprod.models.weights.safetensors import has_part
from aiprod.models.weights.strict import build_empty

if TYPE_CHECKING:
    import torch

SPREAD = 0.02
DRAWN_NUMBERS = 1 << 24
"""Random numbers that are drawn once; larger weights repeat them."""
_UMT5 = {
    "vocab_size": 256384, "d_model": 4096, "d_kv": 64, "d_ff": 10240, "num_layers": 24, "num_heads": 64,
    "feed_forward_proj": "gated-gelu", "dropout_rate": 0.0,
}  # fmt: skip
_T5 = {**_UMT5, "vocab_size": 32128}
_GEMMA = {
    "text_config": {
        "vocab_size": 262208, "hidden_size": 3840, "intermediate_size": 15360, "num_hidden_layers": 48,
        "num_attention_heads": 16, "num_key_value_heads": 8, "head_dim": 256,
    },
}  # fmt: skip
_WAN_BLOCKS = {
    "_class_name": "WanTransformer3DModel", "patch_size": [1, 2, 2], "attention_head_dim": 128, "text_dim": 4096,
    "freq_dim": 256, "cross_attn_norm": True, "qk_norm": "rms_norm_across_heads",
}  # fmt: skip
_A14B_BLOCKS = {**_WAN_BLOCKS, "num_attention_heads": 40, "in_channels": 16, "out_channels": 16, "ffn_dim": 13824, "num_layers": 40}
_EULER = {
    "_class_name": "FlowMatchEulerDiscreteScheduler", "use_dynamic_shifting": True, "base_shift": 0.95, "max_shift": 2.05,
    "base_image_seq_len": 1024, "max_image_seq_len": 4096, "shift_terminal": 0.1,
}  # fmt: skip

_EVEN_EULER = {"_class_name": "FlowMatchEulerDiscreteScheduler", "use_dynamic_shifting": False}


def _unipc(shift: float) -> dict[str, Any]:
    return {
        "_class_name": "UniPCMultistepScheduler", "prediction_type": "flow_prediction", "use_flow_sigmas": True, "flow_shift": shift,
    }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FullSize:
    """A model's pipeline and the settings of its networks; `tokens` is how many its tokenizer makes of a prompt."""

    pipeline: str
    networks: Mapping[str, Mapping[str, Any]]
    scheduler: Mapping[str, Any]
    index: Mapping[str, Any]
    tokens: int


FULL_SIZES: Mapping[str, FullSize] = {
    "wan2.2-ti2v-5b": FullSize(
        pipeline="WanPipeline", scheduler=_unipc(5.0), index={"expand_timesteps": True}, tokens=512,
        networks={
            "text_encoder": _UMT5,
            "transformer": {
                **_WAN_BLOCKS, "num_attention_heads": 24, "in_channels": 48, "out_channels": 48, "ffn_dim": 14336, "num_layers": 30,
            },
            "vae": {
                "_class_name": "AutoencoderKLWan", "base_dim": 160, "decoder_base_dim": 256, "z_dim": 48, "is_residual": True,
                "in_channels": 12, "out_channels": 12, "patch_size": 2, "scale_factor_spatial": 16,
                "latents_mean": [0.0] * 48, "latents_std": [1.0] * 48,
            },
        },
    ),
    "wan2.2-t2v-a14b": FullSize(
        pipeline="WanPipeline", scheduler=_unipc(3.0), index={"boundary_ratio": 0.875}, tokens=512,
        networks={
            "text_encoder": _UMT5, "transformer": _A14B_BLOCKS, "transformer_2": _A14B_BLOCKS,
            "vae": {"_class_name": "AutoencoderKLWan"},
        },
    ),
    "ltx-video-2b": FullSize(
        pipeline="LTXConditionPipeline", scheduler=_EVEN_EULER, index={}, tokens=256,
        networks={
            "text_encoder": _T5, "transformer": {"_class_name": "LTXVideoTransformer3DModel"},
            "vae": {"_class_name": "AutoencoderKLLTXVideo"},
        },
    ),
    "ltx-2": FullSize(
        pipeline="LTX2Pipeline", scheduler=_EULER, index={}, tokens=1024,
        networks={
            "text_encoder": _GEMMA, "transformer": {"_class_name": "LTX2VideoTransformer3DModel"},
            "vae": {"_class_name": "AutoencoderKLLTX2Video"}, "audio_vae": {"_class_name": "AutoencoderKLLTX2Audio"},
            "connectors": {"_class_name": "LTX2TextConnectors"}, "vocoder": {"_class_name": "LTX2Vocoder"},
        },
    ),
}  # fmt: skip


class RandomFolder(ModelFolder):
    """A model's folder without weights: they are random, of the right shapes, made when a network is opened."""

    def __init__(self, name: str, path: Path) -> None:
        """Write the settings into `path`. Raises: NotFound, when the model's full size is not known."""
        if name not in FULL_SIZES:
            raise NotFound(f"Expected a model among {', '.join(FULL_SIZES)}, found {name!r}.")
        super().__init__(path)
        self._full = full = FULL_SIZES[name]
        networks = {network: ["diffusers", str(fields.get("_class_name", ""))] for network, fields in full.networks.items()}
        _write(path / INDEX, {"_class_name": full.pipeline, **full.index, **networks})
        _write(path / "scheduler" / "scheduler_config.json", full.scheduler)
        for network, fields in full.networks.items():
            _write(path / network / "config.json", fields)

    def numbers(self, name: str) -> int:
        """How many numbers a network's weights are."""
        return sum(parameter.numel() for parameter in self._empty(name).parameters())

    def open_network(self, name: str, classes: Mapping[str, type], *, dtype: "torch.dtype") -> "torch.nn.Module":  # noqa: ARG002
        """A network of diffusers with random weights."""
        network = self._empty(name)
        return _filled(network, dtype, kept_in_float32(type(network)))

    def open_reader(self, kind: str, *, dtype: "torch.dtype") -> "torch.nn.Module":  # noqa: ARG002
        """A text encoder with random weights."""
        return _filled(self._empty("text_encoder"), dtype)

    def open_gemma(self, *, dtype: "torch.dtype") -> "torch.nn.Module":
        """Gemma with random weights."""
        return _filled(self._empty("text_encoder"), dtype)

    def open_tokenizer(self) -> Any:
        """Tokens without words: as many as the model reads."""
        return _Tokens(self._full.tokens)

    def _empty(self, name: str) -> "torch.nn.Module":
        import diffusers
        import transformers
        from diffusers.pipelines.ltx2.connectors import LTX2TextConnectors
        from diffusers.pipelines.ltx2.vocoder import LTX2Vocoder

        fields = dict(self._full.networks[name])
        if name != "text_encoder":
            own = {one.__name__: one for one in (LTX2TextConnectors, LTX2Vocoder)}
            kind: Any = own.get(fields["_class_name"]) or getattr(diffusers, fields["_class_name"])
            network: torch.nn.Module = build_empty(lambda: kind.from_config(fields))
            return network
        if self._full.pipeline == "LTX2Pipeline":
            gemma: Any = transformers.Gemma3ForConditionalGeneration
            return build_empty(lambda: _tied(gemma(gemma.config_class(**fields))))
        t5: Any = transformers.UMT5EncoderModel if self._full.pipeline == "WanPipeline" else transformers.T5EncoderModel
        return build_empty(lambda: build_reader(t5, t5.config_class(**fields)))


def _tied(gemma: Any) -> "torch.nn.Module":
    """What Gemma speaks with is what it reads with."""
    gemma.lm_head.weight = gemma.model.language_model.embed_tokens.weight
    whole: torch.nn.Module = gemma
    return whole


class _Tokens:
    """What a tokenizer gives, without one."""

    padding_side = "right"
    pad_token = "<pad>"
    eos_token = "</s>"
    model_max_length = 1024

    def __init__(self, count: int) -> None:
        self._count = count

    def __call__(self, prompt: str | list[str], **_: Any) -> Any:
        """The numbers of a prompt of the longest kind. Shape: (prompts, tokens)."""
        import torch
        from transformers import BatchEncoding

        prompts = 1 if isinstance(prompt, str) else len(prompt)
        numbers = torch.randint(3, 30_000, (prompts, self._count), generator=torch.Generator().manual_seed(0))
        return BatchEncoding({"input_ids": numbers, "attention_mask": torch.ones_like(numbers)})


def _filled(network: "torch.nn.Module", dtype: "torch.dtype", float32: tuple[str, ...] = ()) -> "torch.nn.Module":
    """Random numbers for all that has no content yet, in main memory; `float32` as `load_strict` takes it."""
    import torch

    drawn = SPREAD * torch.randn(DRAWN_NUMBERS, generator=torch.Generator().manual_seed(0))
    whole, drawn = drawn, drawn.to(dtype)
    done: dict[int, torch.nn.Parameter] = {}
    for path, module in network.named_modules():
        for name, parameter in list(module.named_parameters(recurse=False)):
            if id(parameter) not in done:
                count = parameter.numel()
                kind = whole if has_part(f"{path}.{name}", float32) else drawn
                repeated = kind.repeat(-(-count // DRAWN_NUMBERS))[:count] if count > DRAWN_NUMBERS else kind[:count].clone()
                done[id(parameter)] = torch.nn.Parameter(repeated.view(parameter.shape), requires_grad=False)
            setattr(module, name, done[id(parameter)])
        for name, buffer in list(module.named_buffers(recurse=False)):
            if buffer.is_meta:
                setattr(module, name, torch.zeros(buffer.shape, dtype=buffer.dtype))
    return network.eval()


def _write(path: Path, fields: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(fields, indent=1), encoding="utf-8")
