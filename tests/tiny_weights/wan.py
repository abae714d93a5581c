"""Tiny Wan 2.2: a TI2V model with its decoder of squares, and A14B with two experts, for text and for pictures."""

from pathlib import Path
from typing import Any

from tests.tiny_weights import text


def _transformer(*, inward: int, outward: int) -> Any:
    from diffusers import WanTransformer3DModel

    return WanTransformer3DModel(
        patch_size=(1, 2, 2), num_attention_heads=2, attention_head_dim=16, in_channels=inward, out_channels=outward,
        text_dim=32, freq_dim=64, ffn_dim=64, num_layers=2, cross_attn_norm=True, qk_norm="rms_norm_across_heads",
        rope_max_seq_len=64,
    )  # fmt: skip


def _solver(shift: float) -> Any:
    from diffusers import UniPCMultistepScheduler

    return UniPCMultistepScheduler(prediction_type="flow_prediction", use_flow_sigmas=True, flow_shift=shift)


def write_ti2v(folder: Path) -> None:
    """TI2V-5B: pictures in squares of 2 x 2, latents 16 times smaller, a first picture kept as a frame."""
    from diffusers import AutoencoderKLWan

    vae = AutoencoderKLWan(
        base_dim=4, decoder_base_dim=4, z_dim=8, dim_mult=[1, 1, 1, 1], num_res_blocks=1,
        temperal_downsample=[False, True, True], is_residual=True, in_channels=12, out_channels=12, patch_size=2,
        scale_factor_spatial=16, latents_mean=[0.0] * 8, latents_std=[1.0] * 8,
    )  # fmt: skip
    parts = {"vae": vae, "transformer": _transformer(inward=8, outward=8), "transformer_2": None, "scheduler": _solver(5.0)}
    text.write_pipeline(folder, "WanPipeline", text.umt5, expand_timesteps=True, **parts)


def _a14b(folder: Path, *, kind: str, inward: int) -> None:
    from diffusers import AutoencoderKLWan

    vae = AutoencoderKLWan(base_dim=3, z_dim=16, dim_mult=[1, 1, 1, 1], num_res_blocks=1, temperal_downsample=[False, True, True])
    experts = {name: _transformer(inward=inward, outward=16) for name in ("transformer", "transformer_2")}
    text.write_pipeline(folder, kind, text.umt5, vae=vae, scheduler=_solver(3.0), boundary_ratio=0.875, **experts)


def write_a14b(folder: Path) -> None:
    """T2V-A14B."""
    _a14b(folder, kind="WanPipeline", inward=16)


def write_i2v(folder: Path) -> None:
    """I2V-A14B: 4 channels tell which frames are given, 16 what they show."""
    _a14b(folder, kind="WanImageToVideoPipeline", inward=36)
