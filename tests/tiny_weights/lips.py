"""Tiny networks that make lips, in the forms that their publishers use; a drawn face that CenterFace sees; a voice.

From fixed seeds; what the networks paint is no mouth. `lips_registry` has them all under the product's names.
"""

import json
import os
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from safetensors.torch import load_file, save_file

from aiprod.models.lipsync.syncnet import build_syncnet
from aiprod.models.manifest import ModelFile, own_manifest
from aiprod.models.pictures import Picture
from aiprod.models.registry import Registry, Supply, default_folder
from aiprod.models.weights.torch_archive import PUBLISHED, SETTINGS, write_from_torch
from aiprod.ports import Samples

UNET: dict[str, Any] = {
    "_class_name": "UNet2DConditionModel", "sample_size": 64, "in_channels": 8, "out_channels": 4, "block_out_channels": [8, 16],
    "down_block_types": ["CrossAttnDownBlock2D", "DownBlock2D"], "up_block_types": ["UpBlock2D", "CrossAttnUpBlock2D"],
    "layers_per_block": 1, "cross_attention_dim": 16, "attention_head_dim": 2, "norm_num_groups": 4,
}  # fmt: skip
OLD_NAMES = {"to_q": "query", "to_k": "key", "to_v": "value", "to_out.0": "proj_attn"}
"""What the published autoencoder's file calls its attention."""
Spot = tuple[tuple[slice, slice], npt.NDArray[np.float64]]
"""Where something is painted, and how much of it."""


def write_unet(folder: Path, *, seed: int = 1) -> Path:
    """MuseTalk's kind of network as its publisher has it (a pickle and a settings file), and as it becomes."""
    from diffusers import UNet2DConditionModel

    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(seed)
    torch.save(UNet2DConditionModel.from_config(UNET).state_dict(), folder / PUBLISHED)
    (folder / SETTINGS).write_text(json.dumps(UNET))
    target = folder / "musetalk.safetensors"
    write_from_torch(folder, target)
    return target


def write_coder(folder: Path) -> Path:
    """An autoencoder of eight times eight pixels a latent, under the names of years ago."""
    from diffusers import AutoencoderKL

    torch.manual_seed(2)
    AutoencoderKL(
        block_out_channels=(4, 4, 8, 8), norm_num_groups=4, down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4, layers_per_block=1,
    ).save_pretrained(folder)  # fmt: skip
    path = folder / "diffusion_pytorch_model.safetensors"
    renamed = {}
    for key, tensor in load_file(path).items():
        for now, before in OLD_NAMES.items():
            key = key.replace(f"attentions.0.{now}.", f"attentions.0.{before}.")
        renamed[key] = tensor.clone()
    save_file(renamed, path, {"format": "pt"})
    return folder


def write_ears(folder: Path) -> Path:
    """A Whisper with three layers' hearings of sixteen numbers."""
    from transformers import WhisperConfig, WhisperModel

    torch.manual_seed(3)
    settings = WhisperConfig(
        vocab_size=40, d_model=16, encoder_layers=2, decoder_layers=1, encoder_attention_heads=2, decoder_attention_heads=2,
        encoder_ffn_dim=16, decoder_ffn_dim=16, pad_token_id=0, bos_token_id=1, eos_token_id=2, decoder_start_token_id=1,
    )  # fmt: skip
    WhisperModel(settings).save_pretrained(folder)
    return folder


def write_judge(folder: Path) -> Path:
    """SyncNet as its publisher has it (the older row of pickles), and as it becomes."""
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(4)
    torch.save(build_syncnet().state_dict(), folder / PUBLISHED, _use_new_zipfile_serialization=False)
    target = folder / "syncnet.safetensors"
    write_from_torch(folder, target)
    return target


def finder_weights() -> Path:
    """CenterFace, fetched once."""
    published = Registry(default_folder(os.environ))
    published.fetch("centerface")
    return published.path("centerface", "centerface.onnx")


def lips_registry(folder: Path, *, judge: bool = False, lacking: str = "", supply: Supply | None = None) -> Registry:
    """A registry with tiny models in place of the published ones, and CenterFace itself."""
    import shutil

    from msgspec.structs import replace

    homes: dict[str, Callable[[Path], Path]] = {"musetalk": write_unet, "sd-vae-ft-mse": write_coder, "whisper-tiny": write_ears}
    if judge:
        homes["syncnet"] = write_judge
    manifest = own_manifest()
    models = []
    for model in manifest.models:
        home = folder / model.name / model.version
        if model.name in homes and model.name != lacking:
            homes[model.name](home)
            files = tuple(ModelFile(path=path.name) for path in home.iterdir() if path.suffix in (".safetensors", ".json"))
            model = replace(model, files=files, folders=())
        elif model.name == "centerface":
            home.mkdir(parents=True)
            shutil.copy(finder_weights(), home)
        models.append(model)
    return Registry(folder, replace(manifest, models=tuple(models)), supply)


def draw_face(openness: float, *, rows: int = 256, columns: int = 256, scale: float = 0.7, shift: float = 0.0) -> Picture:
    """A person seen from the front, its mouth open from 0 to 1."""
    y, x = (np.arange(rows) - rows * 0.48) / scale, (np.arange(columns) - columns / 2 - shift) / scale
    picture = np.ones((rows, columns, 3)) * np.array([70, 90, 110.0])

    def spot(down: float, across: float, high: float, wide: float, soft: float) -> Spot:
        reach = 1 + soft / 2
        rows_in = slice(*np.searchsorted(y, (down - reach * high, down + reach * high)))
        columns_in = slice(*np.searchsorted(x, (across - reach * wide, across + reach * wide)))
        distance = np.hypot((y[rows_in, None] - down) / high, (x[None, columns_in] - across) / wide)
        return (rows_in, columns_in), np.clip((1 - distance) / soft + 0.5, 0, 1)[..., None]

    def paint(where: Spot, colour: tuple[int, int, int], strength: float = 1.0) -> None:
        place, dark = where
        picture[place] = picture[place] * (1 - strength * dark) + np.array(colour, float) * strength * dark

    paint(spot(150, 0, 60, 110, 0.15), (60, 40, 90))
    paint(spot(90, 0, 50, 26, 0.3), (176, 126, 100))
    paint(spot(-20, 0, 92, 72, 0.1), (40, 26, 18))
    skin = spot(2, 0, 84, 60, 0.08)
    paint(skin, (222, 172, 144))
    (down, across), dark = skin
    light = 0.28 * np.clip(np.abs(x[None, across]) / 60, 0, 1) ** 2 + 0.12 * np.clip(y[down, None] / 90, -1, 1)
    picture[down, across] *= 1 - dark * light[..., None]
    paint(spot(-66, 0, 26, 58, 0.4), (40, 26, 18))
    for eye in (-25, 25):
        paint(spot(-16, eye, 13, 19, 0.8), (120, 80, 62), 0.55)
        paint(spot(-14, eye, 5.5, 12, 0.2), (235, 230, 226))
        paint(spot(-14, eye, 5.5, 5.5, 0.2), (60, 40, 25))
        paint(spot(-20.5, eye, 2.2, 13, 0.6), (40, 25, 18), 0.9)
        paint(spot(-31, eye, 4, 17, 0.7), (52, 34, 24), 0.85)
    paint(spot(0, -7, 26, 4, 0.9), (190, 140, 114), 0.5)
    paint(spot(20, 0, 7, 13, 0.8), (186, 128, 104), 0.7)
    for nostril in (-6, 6):
        paint(spot(23, nostril, 2.6, 3.6, 0.8), (80, 40, 30), 0.8)
    paint(spot(46, 0, 7 + 12 * openness, 24, 0.25), (170, 78, 74))
    paint(spot(46, 0, 1 + 10 * openness, 19, 0.3), (52, 14, 14))
    return np.clip(picture, 0, 255).astype(np.uint8)


def speak(seconds: Fraction, *, rate_hz: int = 16_000, seed: int = 5) -> Samples:
    """Syllables of different loudness, about four a second."""
    draw = np.random.default_rng(seed)
    count = int(seconds * rate_hz)
    times = np.arange(count) / rate_hz
    steps = np.arange(0, float(seconds) + 0.5, 0.125)
    levels = np.interp(times, steps, draw.uniform(0, 1, len(steps)))
    return (0.4 * levels**2 * np.sin(2 * np.pi * 140 * times) + 0.001 * draw.standard_normal(count)).astype(np.float32)
