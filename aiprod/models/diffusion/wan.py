"""Wan 2.2 over diffusers' networks: TI2V-5B (text, or a first picture) and A14B (text; pictures with its I2V weights).

Source: the reference pipelines of diffusers 0.42. A14B has two experts: one for the noisy steps, one for the rest. TI2V
keeps its first picture as a frame that is never noisy; I2V-A14B reads first and last picture as more channels.
"""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from aiprod.models.diffusion.family import (
    VIDEO,
    Held,
    Sound,
    Start,
    Tensors,
    draw_noise,
    picture_tensor,
    to_bytes,
)
from aiprod.models.diffusion.folders import ModelFolder
from aiprod.models.diffusion.orders import Grid, Order
from aiprod.models.diffusion.parts import Parts
from aiprod.models.diffusion.solvers import open_solver
from aiprod.models.pictures import Picture

if TYPE_CHECKING:
    import torch

NOISY, CLEAR = "transformer", "transformer_2"
LONGEST_TOKENS = 512
CLEAR_GUIDANCE = Fraction(3, 4)
"""The second expert of A14B for text is led less: 3 where the first is led by 4. That for pictures is led alike."""
RATES = {"ti2v": Fraction(24), "a14b": Fraction(16)}
LONGEST = {"ti2v": 121, "a14b": 81}


class Wan:
    """Implements family.Family."""

    whole: tuple[str, ...] = ("vae",)
    """Networks that work in float32 whatever the others do."""

    @staticmethod
    def step_bytes(folder: ModelFolder) -> int:
        """What a guided step of the largest pictures needs beside the weights. Source: every tensor of such a step, uncompiled."""
        return 11_000_000_000 if folder.index().get("expand_timesteps") else 17_200_000_000

    def __init__(self, folder: ModelFolder, parts: Parts, dtype: "torch.dtype") -> None:
        import diffusers
        import torch

        self._folder = folder
        self._dtype = dtype
        index = folder.index()
        self._boundary = float(index.get("boundary_ratio") or 0.0)
        self._held_frame = bool(index.get("expand_timesteps"))
        self._tokenizer = folder.open_tokenizer()
        self.parts = parts
        parts.add("text_encoder", folder.open_reader("UMT5EncoderModel", dtype=dtype))
        network = {"WanTransformer3DModel": diffusers.WanTransformer3DModel}
        for name in (NOISY, CLEAR):
            if folder.has(name):
                parts.add(name, folder.open_network(name, network, dtype=dtype))
        decoder = {"AutoencoderKLWan": diffusers.AutoencoderKLWan}
        parts.add("vae", folder.open_network("vae", decoder, dtype=torch.float32))  # as `whole` has it

    @property
    def grid(self) -> Grid:
        shrink, kind = self._vae, "ti2v" if self._held_frame else "a14b"
        return Grid(
            step_px=shrink.scale_factor_spatial * self._transformer.patch_size[1], stride=shrink.scale_factor_temporal,
            longest=LONGEST[kind], rate=RATES[kind],
        )  # fmt: skip

    @property
    def longest_tokens(self) -> int:
        return LONGEST_TOKENS

    @property
    def takes(self) -> tuple[bool, bool]:
        """Whether it can start from a picture, and end on one."""
        channels = self._transformer.in_channels > self._vae.z_dim
        return self._held_frame or channels, channels

    def count_tokens(self, prompt: str) -> int:
        return len(self._tokenizer(_cleaned(prompt)).input_ids)

    def read(self, prompts: Sequence[str]) -> list[dict[str, "torch.Tensor"]]:
        import torch

        encoder: Any = self.parts.use("text_encoder")
        read = []
        for prompt in prompts:
            tokens = self._tokenizer(
                _cleaned(prompt), padding="max_length", max_length=LONGEST_TOKENS, truncation=True,
                return_attention_mask=True, return_tensors="pt",
            )  # fmt: skip
            mask = tokens.attention_mask.to(self.parts.device)
            with torch.inference_mode():
                words = encoder(tokens.input_ids.to(self.parts.device), mask).last_hidden_state
            read.append({"words": (words * mask.unsqueeze(-1)).to(self._dtype)})
        return read

    def begin(self, orders: Sequence[Order]) -> Start:
        order, device, vae = orders[0], self.parts.device, self._vae
        shape = (
            vae.z_dim, (order.frames - 1) // vae.scale_factor_temporal + 1,
            order.shape.height_px // vae.scale_factor_spatial, order.shape.width_px // vae.scale_factor_spatial,
        )  # fmt: skip
        start = Start(
            streams={VIDEO: draw_noise(shape, orders, device)},
            solvers={VIDEO: open_solver(self._folder.path, steps=order.steps, device=device)},
        )
        if self._held_frame and order.first is not None:
            start.held[VIDEO] = self._first_frames(orders, start.streams[VIDEO])
        elif self.takes[1]:
            start.constants["condition"] = self._conditions(orders, start.streams[VIDEO])
        return start

    def latents_of(self, picture: Picture, order: Order) -> "torch.Tensor":
        return self._encoded(picture_tensor(picture, order, self.parts.device).unsqueeze(2))

    def velocity(self, streams: Tensors, text: Tensors, timestep: "torch.Tensor", start: Start) -> dict[str, "torch.Tensor"]:
        import torch

        latents = streams[VIDEO]
        clips = latents.shape[0]
        when = timestep.expand(clips)
        if VIDEO in start.held:  # a time for each token: six times their width in float32, which clips without a picture can do without
            step = self._transformer.patch_size[1]
            noisy = torch.ones(latents.shape[2:], device=latents.device)
            noisy[0] = 0
            when = (noisy[:, ::step, ::step] * timestep).flatten().unsqueeze(0).expand(clips, -1)
        if "condition" in start.constants:
            condition = start.constants["condition"]
            latents = torch.cat([latents, condition.repeat(clips // condition.shape[0], 1, 1, 1, 1)], dim=1)
        network: Any = self.parts.use(self._expert(float(timestep)))
        with network.cache_context("both"):
            return {VIDEO: network(
                hidden_states=latents.to(self._dtype), timestep=when, encoder_hidden_states=text["words"], return_dict=False,
            )[0]}  # fmt: skip

    def guidance(self, order: Order, timestep: float) -> Mapping[str, float]:
        scale = order.guidance
        alike = self._expert(timestep) == NOISY or self.takes[1]
        return {VIDEO: scale if alike else max(1.0, scale * float(CLEAR_GUIDANCE))}

    def decode(self, latents: Tensors, order: Order, *, tiling: bool) -> Iterator["torch.Tensor"]:  # noqa: ARG002
        import torch
        from diffusers.models.autoencoders.autoencoder_kl_wan import unpatchify

        vae: Any = self.parts.use("vae")
        mean, deviation = self._statistics(latents[VIDEO].device)
        with torch.inference_mode():
            latent = latents[VIDEO].float() * deviation + mean
            if tiling:
                vae.enable_tiling()
                yield to_bytes(vae.decode(latent, return_dict=False)[0])
                return
            # The decoder goes from one latent frame to the next with a memory: pictures leave as they are made.
            vae.clear_cache()
            inner = vae.post_quant_conv(latent)
            try:
                for number in range(inner.shape[2]):
                    vae._conv_idx = [0]
                    decoded = vae.decoder(
                        inner[:, :, number : number + 1], feat_cache=vae._feat_map, feat_idx=vae._conv_idx,
                        first_chunk=number == 0,
                    )  # fmt: skip
                    yield to_bytes(unpatchify(decoded, vae.config.patch_size or 1))  # type: ignore[no-untyped-call]
            finally:
                vae.clear_cache()  # gigabytes, which the next clip needs, whoever wanted no more of this one

    def sound(self, latents: Tensors, order: Order) -> Sound | None:  # noqa: ARG002
        return None

    def _expert(self, timestep: float) -> str:
        names = self.parts.names()
        late = bool(self._boundary) and timestep < self._boundary * 1000
        return CLEAR if CLEAR in names and (late or NOISY not in names) else NOISY

    @property
    def _transformer(self) -> Any:
        names = self.parts.names()
        return self.parts[NOISY if NOISY in names else CLEAR].config

    @property
    def _vae(self) -> Any:
        return self.parts["vae"].config

    def _statistics(self, device: "torch.device | str") -> tuple["torch.Tensor", "torch.Tensor"]:
        import torch

        mean, deviation = (torch.tensor(values, device=device) for values in (self._vae.latents_mean, self._vae.latents_std))
        return mean.view(1, -1, 1, 1, 1), deviation.view(1, -1, 1, 1, 1)

    def _encoded(self, video: "torch.Tensor") -> "torch.Tensor":
        """Pictures as latents. Shapes: (1, 3, frames, height, width) to (1, C, T, H, W)."""
        import torch

        vae: Any = self.parts.use("vae")
        mean, deviation = self._statistics(video.device)
        with torch.inference_mode():
            return (vae.encode(video.float()).latent_dist.mode() - mean) / deviation  # type: ignore[no-any-return]

    def _first_frames(self, orders: Sequence[Order], noise: "torch.Tensor") -> Held:
        import torch

        device = self.parts.device
        clean = torch.zeros_like(noise)
        for number, order in enumerate(orders):
            if order.first is not None:
                clean[number, :, :1] = self._encoded(picture_tensor(order.first, order, device).unsqueeze(2))[0]
        mask = torch.zeros((1, 1, *noise.shape[2:]), device=noise.device)
        mask[:, :, 0] = 1
        return Held(mask=mask, clean=clean)

    def _conditions(self, orders: Sequence[Order], noise: "torch.Tensor") -> "torch.Tensor":
        """Which frames are given (as many channels as the decoder has frames a latent), and what they show."""
        import torch

        stride, given = self._vae.scale_factor_temporal, []
        for order in orders:
            video = torch.zeros((1, 3, order.frames, order.shape.height_px, order.shape.width_px), device=self.parts.device)
            told = torch.zeros((order.frames,), device=noise.device)
            for place, picture in ((0, order.first), (order.frames - 1, order.last)):
                if picture is not None:
                    video[:, :, place] = picture_tensor(picture, order, self.parts.device)
                    told[place] = 1
            spread = torch.cat([told[:1].repeat(stride), told[1:]]).view(-1, stride).T
            mask = spread[:, :, None, None].expand(-1, -1, *noise.shape[3:])
            given.append(torch.cat([mask, self._encoded(video)[0]]))
        return torch.stack(given)


def _cleaned(prompt: str) -> str:
    """One line without the entities and blanks of web pages."""
    return re.sub(r"\s+", " ", html.unescape(html.unescape(prompt))).strip()

