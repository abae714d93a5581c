"""How a next code is drawn by chance, whatever network scores it. Knows scores; neither text nor sound."""

from collections.abc import Sequence

import torch
from torch import Tensor


def unrepeated(scores: Tensor, drawn: Sequence[int], penalty: float) -> Tensor:
    """What was drawn before is made less likely. Source: arXiv 1909.05858."""
    if not drawn:
        return scores
    before = torch.tensor(sorted(set(drawn)))
    changed = scores.clone()
    changed[before] = torch.where(scores[before] < 0, scores[before] * penalty, scores[before] / penalty)
    return changed


def draw(scores: Tensor, chance: torch.Generator) -> int:
    """A place by chance, the likelier the higher its score."""
    return int(torch.multinomial(scores.softmax(dim=0), 1, generator=chance))
