"""LTX-2 over diffusers' networks: pictures and their sound denoised together, from text, a first and a last picture.

Source: the reference pipelines of diffusers 0.42 (LTX-2.0 and 2.3). The sound is a second stream with a solver of its
own; whoever makes a film may leave it.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from aiprod.models.diffusion.family import SOUND, VIDEO, Sound, Start, Tensors, draw_noise
from aiprod.models.diffusion.folders import ModelFolder
from aiprod.models.diffusion.orders import Order
from aiprod.models.diffusion.parts import Parts
from aiprod.models.diffusion.sequences import SequenceFamily, draw_tokens, hold_pictures, latent_shape
from aiprod.models.diffusion.solvers import open_solver

if TYPE_CHECKING:
    import torch

SOUND_STREAM = 1


class Ltx2(SequenceFamily):
    """Implements family.Family."""

    longest_tokens = 1024

    @staticmethod
    def step_bytes(_folder: ModelFolder) -> int:
        """As of Wan, at 720 lines and 121 frames; at 1088 lines it is 24 GB, which the chain of `effort.py` makes room for."""
        return 10_300_000_000

    def __init__(self, folder: ModelFolder, parts: Parts, dtype: "torch.dtype") -> None:
        import diffusers
        from diffusers.pipelines.ltx2.connectors import LTX2TextConnectors
        from diffusers.pipelines.ltx2.vocoder import LTX2Vocoder, LTX2VocoderWithBWE

        self._folder = folder
        self._dtype = dtype
        self._tokenizer = folder.open_tokenizer()
        self._tokenizer.padding_side = "left"
        self._tokenizer.pad_token = self._tokenizer.pad_token or self._tokenizer.eos_token
        self.parts = parts
        parts.add("text_encoder", folder.open_gemma(dtype=dtype))
        for name, classes in (
            ("connectors", (LTX2TextConnectors,)),
            ("transformer", (diffusers.LTX2VideoTransformer3DModel,)),
            ("vae", (diffusers.AutoencoderKLLTX2Video,)),
            ("audio_vae", (diffusers.AutoencoderKLLTX2Audio,)),
            ("vocoder", (LTX2Vocoder, LTX2VocoderWithBWE)),
        ):
            parts.add(name, folder.open_network(name, {one.__name__: one for one in classes}, dtype=dtype))

    def read(self, prompts: Sequence[str]) -> list[dict[str, "torch.Tensor"]]:
        import torch

        device, layers = self.parts.device, []
        encoder: Any = self.parts.use("text_encoder")
        for prompt in prompts:
            tokens = self._tokenizer(
                prompt.strip(), padding="max_length", max_length=self.longest_tokens, truncation=True, return_tensors="pt"
            ).to(device)
            with torch.inference_mode():
                states = encoder.model(
                    input_ids=tokens.input_ids, attention_mask=tokens.attention_mask, output_hidden_states=True, use_cache=False
                ).hidden_states
                layers.append((torch.stack(states, dim=-1).flatten(2, 3).to(self._dtype), tokens.attention_mask))
        connectors: Any = self.parts.use("connectors")
        with torch.inference_mode():
            read = [connectors(states, mask, padding_side="left") for states, mask in layers]
        return [{"pictures": pictures, "sound": sound, "mask": mask} for pictures, sound, mask in read]

    def begin(self, orders: Sequence[Order]) -> Start:
        order, device = orders[0], self.parts.device
        decoder: Any = self.parts.use("vae")
        network: Any = self.parts["transformer"]
        shape = latent_shape(order, decoder, network.config.in_channels)
        noise, held = hold_pictures(draw_tokens(shape, orders, device), shape, orders, decoder)
        places = network.rope.prepare_video_coords(
            1, shape.frames, shape.rows, shape.columns, noise.device, fps=float(order.rate)
        )
        if order.last is not None:
            import torch

            ending = network.rope.prepare_video_coords(1, 1, shape.rows, shape.columns, noise.device, fps=float(order.rate))
            ending[:, 0, :, 0], ending[:, 0, :, 1] = (order.frames - 1) / float(order.rate), order.frames / float(order.rate)
            places = torch.cat([places, ending], dim=2)
        channels, length, bands = self._sound_shape(order)
        heard = draw_noise((channels, length, bands), orders, device, SOUND_STREAM).transpose(1, 2).flatten(2, 3)
        return Start(
            streams={VIDEO: noise, SOUND: heard},
            solvers={
                name: open_solver(self._folder.path, steps=order.steps, device=device, tokens=shape.tokens)
                for name in (VIDEO, SOUND)
            },
            held={VIDEO: held} if held else {},
            constants={
                "places": places, "times": network.audio_rope.prepare_audio_coords(1, length, noise.device),
            },
        )  # fmt: skip

    def velocity(self, streams: Tensors, text: Tensors, timestep: "torch.Tensor", start: Start) -> dict[str, "torch.Tensor"]:
        tokens, heard = streams[VIDEO], streams[SOUND]
        clips = tokens.shape[0]
        when = timestep.expand(clips)
        pictures_when = when
        if VIDEO in start.held:
            pictures_when = when.unsqueeze(-1) * (1 - start.held[VIDEO].mask[:, :, 0])
        network: Any = self.parts.use("transformer")
        connectors: Any = self.parts["connectors"]
        with network.cache_context("both"):
            pictures, sound = network(
                hidden_states=tokens.to(self._dtype), audio_hidden_states=heard.to(self._dtype),
                encoder_hidden_states=text["pictures"], audio_encoder_hidden_states=text["sound"],
                timestep=pictures_when, audio_timestep=when, sigma=when, audio_sigma=when,
                encoder_attention_mask=text["mask"], audio_encoder_attention_mask=text["mask"],
                audio_num_frames=heard.shape[1], video_coords=start.constants["places"].expand(clips, -1, -1, -1),
                audio_coords=start.constants["times"].expand(clips, -1, -1, -1),
                use_cross_timestep=bool(connectors.config.per_modality_projections), return_dict=False,
            )  # fmt: skip
        return {VIDEO: pictures, SOUND: sound}

    def guidance(self, order: Order, timestep: float) -> Mapping[str, float]:  # noqa: ARG002
        return {VIDEO: order.guidance, SOUND: order.guidance}

    def sound(self, latents: Tensors, order: Order) -> Sound | None:
        import torch

        decoder: Any = self.parts.use("audio_vae")
        _, _, bands = self._sound_shape(order)
        with torch.inference_mode():
            tokens = latents[SOUND].float()
            tokens = tokens * decoder.latents_std.to(tokens.device).float() + decoder.latents_mean.to(tokens.device).float()
            spectrum = decoder.decode(tokens.unflatten(2, (-1, bands)).transpose(1, 2).to(decoder.dtype), return_dict=False)[0]
            vocoder: Any = self.parts.use("vocoder")
            waves = vocoder(spectrum.to(vocoder.dtype))[0].float().cpu().numpy()
        return Sound(samples=waves, rate_hz=int(vocoder.config.output_sampling_rate))

    def _sound_shape(self, order: Order) -> tuple[int, int, int]:
        """Channels, length and bands of the sound's latents."""
        decoder: Any = self.parts["audio_vae"]
        facts = decoder.config
        a_second = Fraction(facts.sample_rate, facts.mel_hop_length * decoder.temporal_compression_ratio)
        length = round(order.frames / order.rate * a_second)
        return facts.latent_channels, length, facts.mel_bins // decoder.mel_compression_ratio

