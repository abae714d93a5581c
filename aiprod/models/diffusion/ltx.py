"""LTX-Video (0.9.5 and later) over diffusers' networks: text, a first and a last picture, at the film's own rate.

Source: the reference pipelines of diffusers 0.42. Pictures that are given are tokens that are never noisy; the last one
stands after the clip's own tokens, with its own place in time.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from aiprod.models.diffusion.family import VIDEO, Sound, Start, Tensors
from aiprod.models.diffusion.folders import ModelFolder
from aiprod.models.diffusion.orders import Order
from aiprod.models.diffusion.parts import Parts
from aiprod.models.diffusion.sequences import LatentShape, SequenceFamily, draw_tokens, hold_pictures, latent_shape
from aiprod.models.diffusion.solvers import open_solver

if TYPE_CHECKING:
    import torch


class Ltx(SequenceFamily):
    """Implements family.Family."""

    longest_tokens = 256

    @staticmethod
    def step_bytes(_folder: ModelFolder) -> int:
        """As of Wan."""
        return 7_000_000_000

    def __init__(self, folder: ModelFolder, parts: Parts, dtype: "torch.dtype") -> None:
        import diffusers

        self._folder = folder
        self._dtype = dtype
        self._tokenizer = folder.open_tokenizer()
        self.parts = parts
        parts.add("text_encoder", folder.open_reader("T5EncoderModel", dtype=dtype))
        network = {"LTXVideoTransformer3DModel": diffusers.LTXVideoTransformer3DModel}
        parts.add("transformer", folder.open_network("transformer", network, dtype=dtype))
        decoder = {"AutoencoderKLLTXVideo": diffusers.AutoencoderKLLTXVideo}
        parts.add("vae", folder.open_network("vae", decoder, dtype=dtype))

    def read(self, prompts: Sequence[str]) -> list[dict[str, "torch.Tensor"]]:
        import torch

        encoder: Any = self.parts.use("text_encoder")
        read = []
        for prompt in prompts:
            tokens = self._tokenizer(
                prompt, padding="max_length", max_length=self.longest_tokens, truncation=True, return_tensors="pt"
            )
            mask = tokens.attention_mask.to(self.parts.device)
            with torch.inference_mode():
                words = encoder(tokens.input_ids.to(self.parts.device), attention_mask=mask).last_hidden_state
            read.append({"words": words.to(self._dtype), "mask": mask})
        return read

    def begin(self, orders: Sequence[Order]) -> Start:
        order, device = orders[0], self.parts.device
        decoder: Any = self.parts.use("vae")
        network: Any = self.parts["transformer"]
        shape = latent_shape(order, decoder, network.config.in_channels)
        noise, held = hold_pictures(draw_tokens(shape, orders, device), shape, orders, decoder)
        return Start(
            streams={VIDEO: noise},
            solvers={VIDEO: open_solver(self._folder.path, steps=order.steps, device=device, tokens=shape.tokens)},
            held={VIDEO: held} if held else {},
            constants={"places": _places(shape, order, decoder, device)},
        )

    def velocity(self, streams: Tensors, text: Tensors, timestep: "torch.Tensor", start: Start) -> dict[str, "torch.Tensor"]:
        tokens = streams[VIDEO]
        clips = tokens.shape[0]
        when = timestep.expand(clips, 1).float()
        if VIDEO in start.held:
            when = when * (1 - start.held[VIDEO].mask[:, :, 0])
        network: Any = self.parts.use("transformer")
        with network.cache_context("both"):
            return {VIDEO: network(
                hidden_states=tokens.to(self._dtype), encoder_hidden_states=text["words"], timestep=when,
                encoder_attention_mask=text["mask"], video_coords=start.constants["places"].expand(clips, -1, -1),
                return_dict=False,
            )[0]}  # fmt: skip

    def guidance(self, order: Order, timestep: float) -> Mapping[str, float]:  # noqa: ARG002
        return {VIDEO: order.guidance}

    def sound(self, latents: Tensors, order: Order) -> Sound | None:  # noqa: ARG002
        return None


def _places(shape: LatentShape, order: Order, decoder: Any, device: str) -> "torch.Tensor":
    """Where each token is: seconds, rows and columns in pixels. Shape: (1, 3, S)."""
    import torch

    ranges = [torch.arange(count, device=device).float() for count in (shape.frames, shape.rows, shape.columns)]
    grid = torch.stack(torch.meshgrid(*ranges, indexing="ij")).flatten(1)
    step, stride = decoder.spatial_compression_ratio, decoder.temporal_compression_ratio
    places = grid * torch.tensor([stride, step, step], device=device).unsqueeze(1)
    places[0] = (places[0] + 1 - stride).clamp(min=0)  # the first latent frame holds one picture only
    if order.last is not None:
        ending = places[:, : shape.rows * shape.columns].clone()
        ending[0] = order.frames - 1
        places = torch.cat([places, ending], dim=1)
    places[0] = places[0] / float(order.rate)
    return places.unsqueeze(0)
