"""Latents as sequences of tokens, as LTX-Video and LTX-2 see them: one token a latent pixel, with its place in time and space.

Shapes: (B, C, T, H, W) and (B, S, C), S = T * H * W.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiprod.models.diffusion.family import VIDEO, Held, Tensors, draw_noise, picture_tensor, to_bytes
from aiprod.models.diffusion.orders import Grid, Order
from aiprod.models.diffusion.parts import Parts
from aiprod.models.pictures import Picture

if TYPE_CHECKING:
    import torch

LONGEST = 257
PICTURES_AT_ONCE = 8
DECODING_NOISE, DECODING_TIME = 0.025, 0.05
DECODING_STREAM = 7
"""Noise that a decoder adds is drawn apart from what is denoised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LatentShape:
    """A clip's latents."""

    channels: int
    frames: int
    rows: int
    columns: int

    @property
    def tokens(self) -> int:
        """How long the sequence is."""
        return self.frames * self.rows * self.columns


def latent_shape(order: Order, decoder: Any, channels: int) -> LatentShape:
    """The latents that the order's pictures shrink to."""
    return LatentShape(
        channels=channels, frames=(order.frames - 1) // decoder.temporal_compression_ratio + 1,
        rows=order.shape.height_px // decoder.spatial_compression_ratio,
        columns=order.shape.width_px // decoder.spatial_compression_ratio,
    )  # fmt: skip


def to_tokens(latents: "torch.Tensor") -> "torch.Tensor":
    """(B, C, T, H, W) to (B, S, C)."""
    return latents.flatten(2).transpose(1, 2).contiguous()


def from_tokens(tokens: "torch.Tensor", shape: LatentShape) -> "torch.Tensor":
    """(B, S, C) to (B, C, T, H, W); tokens after the clip's own are left out."""
    own = tokens[:, : shape.tokens].transpose(1, 2)
    return own.reshape(own.shape[0], shape.channels, shape.frames, shape.rows, shape.columns)


def draw_tokens(shape: LatentShape, orders: Sequence[Order], device: str) -> "torch.Tensor":
    """Noise, a clip a seed."""
    return to_tokens(draw_noise((shape.channels, shape.frames, shape.rows, shape.columns), orders, device))


def encode_picture(decoder: Any, picture: Picture, order: Order, device: str) -> "torch.Tensor":
    """A picture of an order as tokens. Shape: (1, H * W, C)."""
    import torch

    with torch.inference_mode():
        pixels = picture_tensor(picture, order, device).unsqueeze(2).to(decoder.dtype)
        latents = decoder.encode(pixels).latent_dist.mode().float()
    mean, deviation = _statistics(decoder, device)
    return to_tokens((latents - mean) / deviation)


def hold_pictures(noise: "torch.Tensor", shape: LatentShape, orders: Sequence[Order], decoder: Any) -> tuple["torch.Tensor", Held | None]:
    """The sequence with what the clips start from and end on: the first in its place, the last as tokens after the rest."""
    import torch

    order, device, patch = orders[0], str(noise.device), shape.rows * shape.columns
    if order.first is None and order.last is None:
        return noise, None
    clean = torch.zeros_like(noise)
    mask = torch.zeros((1, noise.shape[1], 1), device=noise.device)
    if order.first is not None:
        clean[:, :patch] = torch.cat([encode_picture(decoder, one.first, one, device) for one in orders if one.first is not None])
        mask[:, :patch] = 1
    if order.last is not None:
        ending = torch.cat([encode_picture(decoder, one.last, one, device) for one in orders if one.last is not None])
        noise, clean = torch.cat([noise, ending], dim=1), torch.cat([clean, ending], dim=1)
        mask = torch.cat([mask, torch.ones((1, patch, 1), device=noise.device)], dim=1)
    return noise, Held(mask=mask, clean=clean)


def decode_tokens(tokens: "torch.Tensor", order: Order, decoder: Any, *, tiling: bool) -> Iterator["torch.Tensor"]:
    """The clip's pictures, some at a time."""
    import torch

    shape = latent_shape(order, decoder, decoder.config.latent_channels)
    mean, deviation = _statistics(decoder, tokens.device)
    (decoder.enable_tiling if tiling else decoder.disable_tiling)()
    decoder.use_framewise_decoding = tiling
    with torch.inference_mode():
        latents = from_tokens(tokens.float(), shape) * deviation / decoder.config.scaling_factor + mean
        when = None
        if decoder.config.timestep_conditioning:
            drawn = draw_noise(latents.shape[1:], [order], latents.device, DECODING_STREAM)
            latents = (1 - DECODING_NOISE) * latents + DECODING_NOISE * drawn
            when = torch.tensor([DECODING_TIME], device=latents.device, dtype=decoder.dtype)
        video = decoder.decode(latents.to(decoder.dtype), when, return_dict=False)[0]
        for place in range(0, video.shape[2], PICTURES_AT_ONCE):
            yield to_bytes(video[:, :, place : place + PICTURES_AT_ONCE])


def _statistics(decoder: Any, device: "torch.device | str") -> tuple["torch.Tensor", "torch.Tensor"]:
    mean, deviation = (
        values.to(device).float().view(1, -1, 1, 1, 1) for values in (decoder.latents_mean, decoder.latents_std)
    )
    return mean, deviation


class SequenceFamily:
    """What models of sequences have in common as implementations of family.Family."""

    parts: Parts
    whole: tuple[str, ...] = ()
    longest_tokens: int
    _tokenizer: Any

    @property
    def grid(self) -> Grid:
        decoder: Any = self.parts["vae"]
        return Grid(
            step_px=decoder.spatial_compression_ratio, stride=decoder.temporal_compression_ratio, longest=LONGEST, rate=None
        )

    @property
    def takes(self) -> tuple[bool, bool]:
        return True, True

    def count_tokens(self, prompt: str) -> int:
        return len(self._tokenizer(prompt).input_ids)

    def latents_of(self, picture: Picture, order: Order) -> "torch.Tensor":
        return encode_picture(self.parts.use("vae"), picture, order, self.parts.device)

    def decode(self, latents: Tensors, order: Order, *, tiling: bool) -> Iterator["torch.Tensor"]:
        yield from decode_tokens(latents[VIDEO], order, self.parts.use("vae"), tiling=tiling)
