"""How Chatterbox speaks in somebody's voice: the prompt that shows it how they speak, and code after code drawn by chance.

Knows the prompt's form and the drawing; the networks are beside it. Source: the prompt's order and the settings are those of the
published code (github.com/resemble-ai/chatterbox).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from aiprod.models.tts.networks.chatterbox.reader import Reader
from aiprod.models.tts.networks.chatterbox.sizes import ReaderSizes
from aiprod.models.tts.networks.chatterbox.sound import Heard
from aiprod.models.tts.networks.drawing import draw, unrepeated

FEELING = 0.5
GUIDANCE = 0.5
TEMPERATURE = 0.8
REPETITION_PENALTY = 1.2
LEAST_SHARE = 0.05
"""Of the likeliest code's chance: what is less likely is not drawn. Source: arXiv 2407.01082."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How somebody speaks: their vector and the codes of a sample for the reader, and what is heard of it for the sound."""

    vector: Tensor
    codes: Tensor
    heard: Heard


def speak(
    reader: Reader, sizes: ReaderSizes, shown: Shown, words: Sequence[int], chance: torch.Generator, most_codes: int
) -> Tensor | None:
    """The codes of what is said, (n,); None when it came to no end."""
    from transformers import DynamicCache

    device = shown.codes.device
    manner = reader.cond_enc(shown.vector, reader.codes(shown.codes), FEELING).expand(2, -1, -1)
    start = reader.codes(torch.tensor([sizes.start], device=device)).expand(2, -1, -1)
    # The mark of the start is read twice, as it was in the training.
    places = torch.cat([manner, reader.text(torch.tensor(words, device=device)), start, start], dim=1)
    memory = DynamicCache()
    drawn = [sizes.start]
    while len(drawn) <= most_codes:
        led, free = reader.read(places, memory).float().cpu()
        scores = unrepeated(led + GUIDANCE * (led - free), drawn, REPETITION_PENALTY) / TEMPERATURE
        code = draw(_likely(scores), chance)
        if code == sizes.stop:
            spoken = [one for one in drawn if one < sizes.codes]
            return torch.tensor(spoken, dtype=torch.int64, device=device)
        drawn.append(code)
        places = reader.codes(torch.tensor([code], device=device), len(drawn) - 1).expand(2, -1, -1)
    return None


def _likely(scores: Tensor) -> Tensor:
    shares = scores.softmax(dim=0)
    return scores.masked_fill(shares < LEAST_SHARE * shares.max(), -torch.inf)
