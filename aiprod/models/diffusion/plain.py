"""diffusers' own pipelines over networks that are loaded already: what AIPROD's loop is measured beside."""

import json
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from aiprod.models.diffusion.devices import Device
from aiprod.models.diffusion.family import Family
from aiprod.models.diffusion.folders import ModelFolder
from aiprod.models.diffusion.orders import Order

EXTRAS: dict[str, dict[str, Any]] = {
    "WanPipeline": {},
    "LTXConditionPipeline": {"image_cond_noise_scale": 0.0},
    "LTX2Pipeline": {
        "guidance_rescale": 0.0, "audio_guidance_rescale": 0.0, "stg_scale": 0.0, "audio_stg_scale": 0.0,
        "modality_scale": 1.0, "audio_modality_scale": 1.0,
    },
}  # fmt: skip
"""Settings with which a pipeline does the work that the loop does, no more: one guided call a step."""


def open_plain(folder: ModelFolder, family: Family) -> Any:
    """The pipeline of the model's index."""
    import diffusers

    index = folder.index()
    settings = {name: index[name] for name in ("boundary_ratio", "expand_timesteps") if name in index}
    solver = json.loads((folder.path / "scheduler" / "scheduler_config.json").read_bytes())
    kind: Any = getattr(diffusers, str(index["_class_name"]))
    pipeline = kind(
        tokenizer=folder.open_tokenizer(), scheduler=getattr(diffusers, solver["_class_name"]).from_config(solver),
        **{name: family.parts[name] for name in family.parts.names()}, **settings,
    )  # fmt: skip
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def read_plain(pipeline: Any, order: Order) -> dict[str, Any]:
    """The prompts as the pipeline's own words for them."""
    import torch

    with torch.inference_mode():
        read = pipeline.encode_prompt(prompt=order.prompt, negative_prompt=order.negative, do_classifier_free_guidance=True)
    if len(read) == 2:
        return {"prompt_embeds": read[0], "negative_prompt_embeds": read[1]}
    names = ("prompt_embeds", "prompt_attention_mask", "negative_prompt_embeds", "negative_prompt_attention_mask")
    return dict(zip(names, read, strict=True))


def step_plain(pipeline: Any, order: Order, words: dict[str, Any], device: Device, steps: int) -> list[float]:
    """Seconds of each denoising step."""
    stamps: list[float] = []

    def stamp(_: Any, _step: int, _when: Any, given: dict[str, Any]) -> dict[str, Any]:
        device.settle()
        stamps.append(time.perf_counter())
        return given

    extras = EXTRAS.get(type(pipeline).__name__, {})
    if type(pipeline).__name__ != "WanPipeline":
        extras = {**extras, "frame_rate": float(order.rate)}
    pipeline(
        **words, height=order.shape.height_px, width=order.shape.width_px, num_frames=order.frames,
        num_inference_steps=steps, guidance_scale=order.guidance, output_type="latent", return_dict=False,
        callback_on_step_end=stamp, **extras,
    )  # fmt: skip
    return [after - before for before, after in pairwise(stamps)]


def decode_plain(family: Family, latents: Any) -> Callable[[], Any]:
    """The decoder's own call, all pictures at once; `latents` have its shape."""
    import torch

    decoder: Any = family.parts["vae"]

    def decode() -> Any:
        with torch.inference_mode():
            if getattr(decoder.config, "timestep_conditioning", False):
                return decoder.decode(latents, torch.tensor([0.05], device=latents.device, dtype=latents.dtype), return_dict=False)
            return decoder.decode(latents, return_dict=False)

    return decode
