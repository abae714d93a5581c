"""What a step needs beside the weights, found without a GPU: every tensor of it is counted on torch's "meta" device."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from torch.multiprocessing.reductions import StorageWeakRef
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from aiprod.models.diffusion.folders import kept_in_float32
from aiprod.models.diffusion.full_size import RandomFolder
from aiprod.models.diffusion.opening import reckon
from aiprod.models.weights.safetensors import has_part

BF16, CLIPS = torch.bfloat16, 2
"""Wanted and unwanted are guided together."""


class Peak(TorchDispatchMode):
    """The most bytes that were alive at once, without those that were there before."""

    def __init__(self, before: Sequence[torch.Tensor]) -> None:
        super().__init__()
        self._before = {StorageWeakRef(one.untyped_storage()).cdata for one in before}
        self._alive: dict[int, tuple[StorageWeakRef, int]] = {}
        self.bytes = 0

    def __torch_dispatch__(self, func: Any, types: Any, args: Sequence[Any] = (), kwargs: Mapping[str, Any] | None = None) -> Any:
        answer = func(*args, **(kwargs or {}))
        for tensor in tree_leaves(answer):
            if isinstance(tensor, torch.Tensor):
                storage = tensor.untyped_storage()
                reference = StorageWeakRef(storage)
                if reference.cdata not in self._before:
                    self._alive[reference.cdata] = (reference, storage.nbytes())
        self._alive = {key: one for key, one in self._alive.items() if not one[0].expired()}
        self.bytes = max(self.bytes, sum(size for _, size in self._alive.values()))
        return answer


def attention(query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, **_: object) -> torch.Tensor:
    """A kernel that writes no table of all with all, as a GPU's does."""
    return query.new_empty((*query.shape[:-1], value.shape[-1]))


def wan(channels: int, frames: int, rows: int, columns: int, *, held: bool) -> Callable[[Any], object]:
    """A step of Wan. Units: latent pixels."""
    tokens = frames * (rows // 2) * (columns // 2)
    return lambda network: network(
        hidden_states=torch.empty(CLIPS, channels, frames, rows, columns, dtype=BF16),
        timestep=torch.empty(CLIPS, tokens) if held else torch.empty(CLIPS),
        encoder_hidden_states=torch.empty(CLIPS, 512, 4096, dtype=BF16), return_dict=False,
    )  # fmt: skip


def ltx(tokens: int) -> Callable[[Any], object]:
    """A step of LTX-Video that holds a picture."""
    return lambda network: network(
        hidden_states=torch.empty(CLIPS, tokens, 128, dtype=BF16), timestep=torch.empty(CLIPS, tokens),
        encoder_hidden_states=torch.empty(CLIPS, 256, 4096, dtype=BF16), video_coords=torch.empty(CLIPS, 3, tokens),
        encoder_attention_mask=torch.ones(CLIPS, 256, dtype=torch.int64), return_dict=False,
    )  # fmt: skip


def ltx2(tokens: int, heard: int) -> Callable[[Any], object]:
    """A step of LTX-2 that holds a picture."""
    words, mask, when = torch.empty(CLIPS, 1024, 3840, dtype=BF16), torch.ones(CLIPS, 1024, dtype=torch.int64), torch.empty(CLIPS)
    return lambda network: network(
        hidden_states=torch.empty(CLIPS, tokens, 128, dtype=BF16), audio_hidden_states=torch.empty(CLIPS, heard, 128, dtype=BF16),
        encoder_hidden_states=words, audio_encoder_hidden_states=words, timestep=torch.empty(CLIPS, tokens), audio_timestep=when,
        sigma=when, audio_sigma=when, encoder_attention_mask=mask, audio_encoder_attention_mask=mask, audio_num_frames=heard,
        video_coords=torch.empty(CLIPS, 3, tokens, 2), audio_coords=torch.empty(CLIPS, 1, heard, 2), use_cross_timestep=False,
        return_dict=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("model", "step"),
    [
        ("wan2.2-ti2v-5b", lambda: wan(48, 31, 44, 80, held=True)), ("wan2.2-t2v-a14b", lambda: wan(16, 21, 90, 160, held=False)),
        ("ltx-video-2b", lambda: ltx(33 * 22 * 40)), ("ltx-2", lambda: ltx2(16 * 22 * 40, 126)),
    ],
)  # fmt: skip
def test_what_is_planned_with_for_a_step_is_what_its_tensors_need(
    model: str, step: Callable[[], Callable[[Any], object]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = RandomFolder(model, tmp_path)
    planned = reckon(folder).activations
    folder._full = few_blocks(folder)
    network = folder._empty("transformer").to("meta")
    for name, parameter in network.named_parameters():
        parameter.data = parameter.data.to(torch.float32 if has_part(name, kept_in_float32(type(network))) else BF16)
    monkeypatch.setattr(torch.nn.functional, "scaled_dot_product_attention", attention)
    peak = Peak([*network.parameters(), *network.buffers()])
    with torch.device("meta"), torch.inference_mode(), peak:
        step()(network)
    assert 0.95 * planned <= peak.bytes <= planned


def few_blocks(folder: RandomFolder) -> Any:
    """The model with blocks enough to see what one leaves to the next."""
    networks = {**folder._full.networks, "transformer": {**folder._full.networks["transformer"], "num_layers": 3}}
    return replace(folder._full, networks=networks)
