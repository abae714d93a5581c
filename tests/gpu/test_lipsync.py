"""On a GPU: mouths are painted as elsewhere, and at full size quicker than a film shows them."""

import json
import time
from pathlib import Path

import numpy as np
import pytest
import torch

from aiprod.models.lipsync.opening import open_lips
from aiprod.models.lipsync.painter import MouthPainter
from aiprod.models.weights.strict import build_empty
from tests.tiny_weights.lips import UNET, draw_face, lips_registry

pytestmark = pytest.mark.gpu
FULL = {
    **UNET, "block_out_channels": [320, 640, 1280, 1280], "layers_per_block": 2, "cross_attention_dim": 384, "attention_head_dim": 8,
    "norm_num_groups": 32, "down_block_types": ["CrossAttnDownBlock2D"] * 3 + ["DownBlock2D"],
    "up_block_types": ["UpBlock2D"] + ["CrossAttnUpBlock2D"] * 3,
}  # fmt: skip
FRAMES_A_SECOND = 25


def test_mouths_look_as_those_that_a_processor_paints(tmp_path: Path) -> None:
    registry = lips_registry(tmp_path)
    faces, heard = [draw_face(0.2 * n) for n in range(4)], torch.randn(4, 50, 16, generator=torch.Generator().manual_seed(1))
    here, elsewhere = (open_lips(registry, "musetalk", device).painter.paint(faces, heard) for device in ("cuda", "cpu"))
    assert np.abs(np.int16(here) - np.int16(elsewhere)).mean() < 4


def test_networks_of_full_size_paint_faster_than_a_film_runs() -> None:
    from diffusers import AutoencoderKL, UNet2DConditionModel

    coder = AutoencoderKL(
        block_out_channels=(128, 256, 512, 512), down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4,
        layers_per_block=2,
    )  # fmt: skip
    network = build_empty(lambda: UNet2DConditionModel.from_config(json.loads(json.dumps(FULL)))).to_empty(device="cuda").half()
    for weight in network.parameters():
        torch.nn.init.normal_(weight, std=0.02)
    painter = MouthPainter(network, coder.eval().half().cuda(), "cuda", torch.float16)
    faces, heard = [draw_face(0.5)] * 64, torch.randn(64, 50, 384)
    painter.paint(faces[:16], heard[:16])
    began = time.perf_counter()
    painter.paint(faces, heard)
    assert 64 / (time.perf_counter() - began) > FRAMES_A_SECOND
