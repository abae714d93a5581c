"""How large each part of Qwen3-TTS is and which numbers mean what, from the `config.json` files that come with its weights.

Knows the files' form and the publisher's defaults for what they leave out; no torch.
"""

from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from aiprod.errors import WeightsBroken, WeightsMissing

Sizes = TypeVar("Sizes")


class StackSizes(msgspec.Struct, frozen=True, kw_only=True):
    """A stack of transformer layers. `head_dim` 0: what the heads leave of the width."""

    hidden_size: int = 1024
    intermediate_size: int
    num_hidden_layers: int
    num_attention_heads: int = 16
    num_key_value_heads: int
    head_dim: int = 0
    rms_norm_eps: float = 1e-6
    rope_theta: float = 10_000.0
    hidden_act: Literal["silu"] = "silu"
    use_sliding_window: bool = False

    def __post_init__(self) -> None:
        if self.use_sliding_window:
            raise ValueError("layers that look back without an end, found use_sliding_window")

    @property
    def head(self) -> int:
        """Width of one head."""
        return self.head_dim or self.hidden_size // self.num_attention_heads


class PredictorSizes(StackSizes, frozen=True, kw_only=True):
    """The part that adds the finer codes of a frame to its first."""

    vocab_size: int = 2048
    intermediate_size: int = 3072
    num_hidden_layers: int = 5
    num_key_value_heads: int = 8
    head_dim: int = 128
    num_code_groups: int = 32


class TalkerSizes(StackSizes, frozen=True, kw_only=True):
    """The part that goes from text to the first code of each frame; the numbers of its words for beginnings and ends."""

    code_predictor_config: PredictorSizes
    vocab_size: int = 3072
    intermediate_size: int = 2048
    num_hidden_layers: int = 20
    num_key_value_heads: int = 2
    text_hidden_size: int = 2048
    text_vocab_size: int
    num_code_groups: int = 32
    codec_bos_id: int
    codec_eos_token_id: int
    codec_pad_id: int
    codec_think_id: int
    codec_nothink_id: int
    codec_think_bos_id: int
    codec_think_eos_id: int
    codec_language_id: dict[str, int]


class VoiceSizes(msgspec.Struct, frozen=True, kw_only=True):
    """The part that hears whose voice it is."""

    mel_dim: int = 128
    enc_dim: int = 1024
    enc_channels: tuple[int, ...] = (512, 512, 512, 512, 1536)
    enc_kernel_sizes: tuple[int, ...] = (5, 3, 3, 3, 1)
    enc_dilations: tuple[int, ...] = (1, 2, 3, 4, 1)
    enc_attention_channels: int = 128
    enc_res2net_scale: int = 8
    enc_se_channels: int = 128
    sample_rate: Literal[24000] = 24_000


class SpeakerSizes(msgspec.Struct, frozen=True, kw_only=True):
    """The whole of `model.safetensors`: only the kind that imitates a voice, "base", has the part that hears one."""

    talker_config: TalkerSizes
    speaker_encoder_config: VoiceSizes = VoiceSizes()
    tts_model_type: Literal["base"]
    tokenizer_type: Literal["qwen3_tts_tokenizer_12hz"]
    tts_bos_token_id: int = 151_672
    tts_eos_token_id: int = 151_673
    tts_pad_token_id: int = 151_671


class DecoderSizes(StackSizes, frozen=True, kw_only=True):
    """From codes to sound."""

    codebook_size: int = 2048
    codebook_dim: int = 512
    latent_dim: int = 1024
    intermediate_size: int = 3072
    num_hidden_layers: int = 8
    num_key_value_heads: int = 16
    rms_norm_eps: float = 1e-5
    sliding_window: int = 72
    num_quantizers: int = 16
    upsample_rates: tuple[int, ...] = (8, 5, 4, 3)
    upsampling_ratios: tuple[int, ...] = (2, 2)
    decoder_dim: int = 1536


class CodecSizes(msgspec.Struct, frozen=True, kw_only=True):
    """The whole of `speech_tokenizer/model.safetensors`; `encoder_config` is that of a Mimi network."""

    decoder_config: DecoderSizes
    encoder_config: dict[str, object]
    encoder_valid_num_quantizers: int = 16
    input_sample_rate: Literal[24000] = 24_000
    output_sample_rate: Literal[24000] = 24_000


class Sampling(msgspec.Struct, frozen=True, kw_only=True):
    """How codes are drawn, from `generation_config.json`; the publisher's defaults."""

    temperature: float = 0.9
    top_k: int = 50
    repetition_penalty: float = 1.05
    subtalker_temperature: float = 0.9
    subtalker_top_k: int = 50


def read_speaker_sizes(folder: Path) -> SpeakerSizes:
    """Raises: WeightsMissing, WeightsBroken."""
    return _read(folder / "config.json", SpeakerSizes)


def read_codec_sizes(folder: Path) -> CodecSizes:
    """Raises: WeightsMissing, WeightsBroken."""
    return _read(folder / "speech_tokenizer" / "config.json", CodecSizes)


def read_sampling(folder: Path) -> Sampling:
    """Raises: WeightsMissing, WeightsBroken."""
    return _read(folder / "generation_config.json", Sampling)


def _read(path: Path, type_: type[Sizes]) -> Sizes:
    try:
        return msgspec.json.decode(path.read_bytes(), type=type_)
    except FileNotFoundError as error:
        raise WeightsMissing(f"Expected {path.name} in {path.parent}, found none: fetch the model again.") from error
    except (msgspec.MsgspecError, ValueError) as error:
        raise WeightsBroken(f"{path.name}: expected the sizes of Qwen3-TTS, found otherwise: {error}.") from error
