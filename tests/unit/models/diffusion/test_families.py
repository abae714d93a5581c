"""Each model draws what diffusers' own pipeline draws of the same weights, prompts and noise; pictures steer it."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import diffusers
import numpy as np
import pytest
import torch
import transformers

from aiprod.models.diffusion.family import SOUND, VIDEO, Family, draw_noise
from aiprod.models.diffusion.loop import Guide, Watch, denoise
from aiprod.models.diffusion.orders import Order
from aiprod.models.diffusion.sequences import from_tokens, latent_shape
from aiprod.models.diffusion.studio import Studio
from aiprod.models.pictures import Picture
from aiprod.profiles import Shape
from tests.tiny_weights.orders import order

STEPS = 4
CLOSE = {"atol": 2e-4, "rtol": 1e-3}


def latents(family: Family, orders: Sequence[Order]) -> dict[str, torch.Tensor]:
    words = [family.read([one.prompt])[0] for one in orders]
    others = [family.read([one.negative])[0] for one in orders]
    guide = Guide(
        wanted={name: torch.cat([one[name] for one in words]) for name in words[0]},
        unwanted={name: torch.cat([one[name] for one in others]) for name in others[0]},
    )
    return denoise(family, orders, family.begin(orders), guide, Watch())


def plain(studio: Studio, path: Path, kind: str, one: Order, **more: Any) -> Any:
    """The latents of diffusers' own call over the same networks."""
    index = json.loads((path / "model_index.json").read_text())
    networks = {name: studio.family.parts[name] for name in studio.family.parts.names()}
    settings = {name: index[name] for name in ("boundary_ratio", "expand_timesteps") if name in index}
    solver = json.loads((path / "scheduler" / "scheduler_config.json").read_text())
    scheduler = getattr(diffusers, solver["_class_name"]).from_config(solver)
    tokenizer = transformers.AutoTokenizer.from_pretrained(path / "tokenizer", local_files_only=True)
    pipeline = getattr(diffusers, kind)(tokenizer=tokenizer, scheduler=scheduler, **networks, **settings)
    pipeline.set_progress_bar_config(disable=True)
    words = {"prompt": one.prompt, "negative_prompt": one.negative}
    return pipeline(
        height=one.shape.height_px, width=one.shape.width_px,
        num_frames=one.frames, num_inference_steps=one.steps, generator=torch.Generator().manual_seed(one.seed),
        output_type="latent", return_dict=False, **{**words, **more},
    )  # fmt: skip


def picture(seed: int) -> Picture:
    """Soft colours, not noise, so that a decoder's output can be compared with it."""
    across = np.linspace(0, 255, 64)[None, :, None]
    tint = np.random.default_rng(seed).uniform(0.2, 0.9, 3)
    return np.broadcast_to(across * tint, (96, 64, 3)).astype(np.uint8)


@pytest.mark.parametrize(("name", "guidance"), [("wan-ti2v", {}), ("wan-a14b", {"guidance_scale_2": 3.0})])
def test_wan_draws_what_diffusers_draws(
    name: str, guidance: dict[str, float], tiny: Callable[[str], Path], studio: Callable[..., Studio]
) -> None:
    one = order(name, steps=STEPS)
    (theirs,) = plain(studio(name), tiny(name), "WanPipeline", one, guidance_scale=4.0, **guidance)
    torch.testing.assert_close(latents(studio(name).family, [one])[VIDEO], theirs, **CLOSE)


def test_wan_starts_from_a_picture_and_ends_on_one_as_diffusers_has_it(
    tiny: Callable[[str], Path], studio: Callable[..., Studio]
) -> None:
    from PIL import Image

    one = order("wan-i2v", steps=STEPS, first=picture(1), last=picture(2))
    wanted, unwanted = studio("wan-i2v").family.read([one.prompt, one.negative])
    (theirs,) = plain(
        studio("wan-i2v"), tiny("wan-i2v"), "WanImageToVideoPipeline", one, guidance_scale=4.0,
        image=Image.fromarray(picture(1)), last_image=Image.fromarray(picture(2)), prompt=None, negative_prompt=None,
        prompt_embeds=wanted["words"], negative_prompt_embeds=unwanted["words"],
    )  # fmt: skip
    torch.testing.assert_close(latents(studio("wan-i2v").family, [one])[VIDEO], theirs, **CLOSE)


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # of diffusers' own schedule
def test_ltx_video_draws_what_diffusers_draws(tiny: Callable[[str], Path], studio: Callable[..., Studio]) -> None:
    one, family = order("ltx", steps=STEPS), studio("ltx").family
    (theirs,) = plain(
        studio("ltx"), tiny("ltx"), "LTXConditionPipeline", one, guidance_scale=4.0, frame_rate=24, image_cond_noise_scale=0.0
    )
    shape = latent_shape(one, family.parts["vae"], 8)
    torch.testing.assert_close(from_tokens(latents(family, [one])[VIDEO], shape), theirs, **CLOSE)


def test_ltx_2_draws_and_sounds_as_diffusers_does(tiny: Callable[[str], Path], studio: Callable[..., Studio]) -> None:
    one, family = order("ltx2", steps=2, shape=Shape(width_px=32, height_px=32)), studio("ltx2").family
    noise = family.begin([one]).streams[SOUND]
    theirs, heard = plain(
        studio("ltx2"), tiny("ltx2"), "LTX2Pipeline", one, guidance_scale=4.0, audio_guidance_scale=4.0, guidance_rescale=0.0,
        audio_guidance_rescale=0.0, stg_scale=0.0, audio_stg_scale=0.0, modality_scale=1.0, audio_modality_scale=1.0,
        frame_rate=24.0, audio_latents=noise, use_cross_timestep=False,
    )  # fmt: skip
    ours = latents(family, [one])
    shape = latent_shape(one, family.parts["vae"], 4)
    torch.testing.assert_close(from_tokens(ours[VIDEO], shape), theirs, **CLOSE)
    torch.testing.assert_close(ours[SOUND].unflatten(2, (-1, heard.shape[-1])).transpose(1, 2), heard, **CLOSE)


def test_ltx_2_is_heard_the_longer_the_longer_it_is_seen(studio: Callable[..., Studio]) -> None:
    lengths = {}
    for frames in (9, 25):
        (footage,) = studio("ltx2").make([order("ltx2", frames=frames)], Watch())
        assert len(list(footage.pictures)) == frames
        sound = footage.hear()
        assert sound is not None
        channels, lengths[frames] = sound.samples.shape
        assert channels == 2
        assert np.abs(sound.samples).max() > 0
    assert lengths[25] / lengths[9] == pytest.approx(25 / 9, rel=0.15)


def test_what_a_decoder_remembers_goes_when_nobody_wants_more_of_the_clip(studio: Callable[..., Studio]) -> None:
    family = studio("wan-ti2v").family
    vae: Any = family.parts["vae"]
    pictures = family.decode({VIDEO: draw_noise((8, 3, 6, 4), [order()], "cpu")}, order(), tiling=False)
    next(pictures)
    assert any(isinstance(kept, torch.Tensor) for kept in vae._feat_map)
    pictures.close()  # type: ignore[attr-defined]
    assert not any(isinstance(kept, torch.Tensor) for kept in vae._feat_map)


@pytest.mark.parametrize("name", ["wan-ti2v", "ltx", "ltx2"])
def test_what_is_given_is_kept_at_every_step(name: str, studio: Callable[..., Studio]) -> None:
    family = studio(name).family
    one = order(name, first=picture(1), last=picture(2) if family.takes[1] else None)
    start = family.begin([one])
    held = start.held[VIDEO]
    ours = latents(family, [one])[VIDEO]
    kept = (held.mask > 0).expand_as(ours)
    assert 0 < int(kept.sum()) < kept.numel()
    torch.testing.assert_close(ours[kept], held.clean[kept])
    assert float((ours[~kept] - start.streams[VIDEO][~kept]).abs().mean()) > 0.01


@pytest.mark.parametrize("name", ["wan-i2v", "ltx", "ltx2"])
def test_the_last_picture_changes_how_the_clip_goes(name: str, studio: Callable[..., Studio]) -> None:
    family = studio(name).family
    one = order(name, first=picture(1), last=picture(2))
    here, there = (latents(family, [each])[VIDEO] for each in (one, replace(one, last=picture(9))))
    clip = min(here.shape[1], latents(family, [order(name)])[VIDEO].shape[1])
    assert float((here[:, :clip] - there[:, :clip]).abs().max()) > 1e-4


@pytest.mark.parametrize("name", ["wan-ti2v", "wan-a14b", "wan-i2v", "ltx", "ltx2"])
def test_a_clip_is_the_same_whoever_is_drawn_beside_it(name: str, studio: Callable[..., Studio]) -> None:
    family = studio(name).family
    orders = [order(name, seed=3), order(name, seed=4, prompt="A lighthouse above the sea")]
    together = latents(family, orders)
    for number, one in enumerate(orders):
        alone = latents(family, [one])
        for stream, tensor in alone.items():
            torch.testing.assert_close(together[stream][number : number + 1], tensor, **CLOSE)
    assert float((together[VIDEO][0] - together[VIDEO][1]).abs().mean()) > 0.1


def test_wan_decodes_frame_by_frame_what_it_decodes_at_once(studio: Callable[..., Studio]) -> None:
    family = studio("wan-ti2v").family
    one = order()
    vae: Any = family.parts["vae"]
    noise = draw_noise((8, 3, 6, 4), [one], "cpu")
    streamed = torch.cat(list(family.decode({VIDEO: noise}, one, tiling=False)))
    whole = vae.decode(noise, return_dict=False)[0]
    expected = ((whole[0].permute(1, 2, 3, 0).clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8)
    assert streamed.shape == (9, 96, 64, 3)
    assert int((streamed.int() - expected.int()).abs().max()) <= 1


def test_the_experts_of_a14b_share_the_steps(studio: Callable[..., Studio]) -> None:
    family = studio("wan-a14b").family
    called: list[str] = []
    for name in ("transformer", "transformer_2"):
        family.parts[name].register_forward_pre_hook(lambda *_, name=name: called.append(name))
    when = latents(family, [order("wan-a14b", steps=STEPS)]) and family.begin([order("wan-a14b", steps=STEPS)]).solvers[VIDEO].timesteps
    noisy = int((when >= 875).sum())
    assert called == ["transformer"] * noisy + ["transformer_2"] * (STEPS - noisy)
    assert 0 < noisy < STEPS


def test_tokens_have_times_of_their_own_only_where_a_picture_is_held(studio: Callable[..., Studio]) -> None:
    here, seen = studio("wan-ti2v"), []
    picture = np.zeros((96, 64, 3), np.uint8)
    hook = here.family.parts["transformer"].register_forward_pre_hook(
        lambda _, __, given: seen.append(given["timestep"].ndim), with_kwargs=True
    )
    for first in (None, picture):
        here.make([order(first=first, steps=1)], Watch())
    hook.remove()
    assert seen == [1, 2]
