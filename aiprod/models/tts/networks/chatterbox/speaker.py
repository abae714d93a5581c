"""The part of Chatterbox that hears whose voice it is, for the painter: CAM++.

Knows bands and channels; nothing of text. Names are those of the published weights.
Source: Wang and others, CAM++ (arXiv 2303.00332).
"""

from collections import OrderedDict

import torch
from torch import Tensor, nn
from torch.nn import functional

from aiprod.models.tts.networks.chatterbox.filterbank import filterbank
from aiprod.models.tts.networks.chatterbox.sizes import BANDS, SpeakerSizes

NARROW = 4
"""How many times a layer's growth it is wide inside."""
DILATIONS = (1, 2, 2)
SEGMENT = 100
"""Moments that are heard together."""


class Residue(nn.Module):
    """Two convolutions over pitch and time, added to what was there; `stride` makes fewer bands."""

    def __init__(self, channels: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, stride=(stride, 1), padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        around = nn.Conv2d(channels, channels, 1, stride=(stride, 1), bias=False)
        self.shortcut = nn.Sequential(around, nn.BatchNorm2d(channels)) if stride > 1 else nn.Sequential()

    def forward(self, hidden: Tensor) -> Tensor:
        inner = functional.relu(self.bn1(self.conv1(hidden)))
        return functional.relu(self.bn2(self.conv2(inner)) + self.shortcut(hidden))


class Head(nn.Module):
    """Bands to an eighth as many, with channels."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, channels, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.layer1 = nn.Sequential(Residue(channels, 2), Residue(channels, 1))
        self.layer2 = nn.Sequential(Residue(channels, 2), Residue(channels, 1))
        self.conv2 = nn.Conv2d(channels, channels, 3, stride=(2, 1), padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)

    def forward(self, bands: Tensor) -> Tensor:
        hidden = self.layer2(self.layer1(functional.relu(self.bn1(self.conv1(bands[:, None])))))
        return functional.relu(self.bn2(self.conv2(hidden))).flatten(1, 2)


class Masked(nn.Module):
    """A convolution over time, each channel as loud as the moments around it ask for."""

    def __init__(self, inner: int, outer: int, dilation: int) -> None:
        super().__init__()
        self.linear_local = nn.Conv1d(inner, outer, 3, padding=dilation, dilation=dilation, bias=False)
        self.linear1 = nn.Conv1d(inner, inner // 2, 1)
        self.linear2 = nn.Conv1d(inner // 2, outer, 1)

    def forward(self, hidden: Tensor) -> Tensor:
        near = functional.avg_pool1d(hidden, SEGMENT, SEGMENT, ceil_mode=True).repeat_interleave(SEGMENT, dim=2)
        around = hidden.mean(dim=2, keepdim=True) + near[..., : hidden.shape[2]]
        mask = torch.sigmoid(self.linear2(functional.relu(self.linear1(around))))
        told: Tensor = self.linear_local(hidden) * mask
        return told


class Dense(nn.Module):
    """A narrow layer whose few channels are added beside those that were there."""

    def __init__(self, inner: int, growth: int, dilation: int) -> None:
        super().__init__()
        self.nonlinear1 = _normed(inner)
        self.linear1 = nn.Conv1d(inner, NARROW * growth, 1, bias=False)
        self.nonlinear2 = _normed(NARROW * growth)
        self.cam_layer = Masked(NARROW * growth, growth, dilation)

    def forward(self, hidden: Tensor) -> Tensor:
        added = self.cam_layer(self.nonlinear2(self.linear1(self.nonlinear1(hidden))))
        return torch.cat([hidden, added], dim=1)


class First(nn.Module):
    """Half as many moments."""

    def __init__(self, inner: int, outer: int) -> None:
        super().__init__()
        self.linear = nn.Conv1d(inner, outer, 5, stride=2, padding=2, bias=False)
        self.nonlinear = _normed(outer)

    def forward(self, hidden: Tensor) -> Tensor:
        made: Tensor = self.nonlinear(self.linear(hidden))
        return made


class Halved(nn.Module):
    """Half as many channels."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.nonlinear = _normed(channels)
        self.linear = nn.Conv1d(channels, channels // 2, 1, bias=False)

    def forward(self, hidden: Tensor) -> Tensor:
        made: Tensor = self.linear(self.nonlinear(hidden))
        return made


class Moments(nn.Module):
    """Mean and spread over time."""

    def forward(self, hidden: Tensor) -> Tensor:
        return torch.cat([hidden.mean(dim=2), hidden.std(dim=2)], dim=1)[..., None]


class Vector(nn.Module):
    """Mean and spread to the vector of the voice."""

    def __init__(self, inner: int, outer: int) -> None:
        super().__init__()
        self.linear = nn.Conv1d(inner, outer, 1, bias=False)
        self.nonlinear = nn.Sequential(OrderedDict(batchnorm=nn.BatchNorm1d(outer, affine=False)))

    def forward(self, hidden: Tensor) -> Tensor:
        made: Tensor = self.nonlinear(self.linear(hidden))
        return made


class SpeakerEncoder(nn.Module):
    """A vector of the voice that speaks."""

    def __init__(self, sizes: SpeakerSizes) -> None:
        super().__init__()
        self.head = Head(sizes.head)
        parts: OrderedDict[str, nn.Module] = OrderedDict(tdnn=First(sizes.head * BANDS // 8, sizes.first))
        width = sizes.first
        for number, (layers, dilation) in enumerate(zip(sizes.layers, DILATIONS, strict=True), start=1):
            names = ((f"tdnnd{place + 1}", Dense(width + place * sizes.growth, sizes.growth, dilation)) for place in range(layers))
            parts[f"block{number}"] = nn.Sequential(OrderedDict(names))
            width += layers * sizes.growth
            parts[f"transit{number}"] = Halved(width)
            width //= 2
        parts |= {"out_nonlinear": _normed(width), "stats": Moments(), "dense": Vector(2 * width, sizes.vector)}
        self.xvector = nn.Sequential(parts)

    def forward(self, samples: Tensor) -> Tensor:
        """Shapes: samples (n,) at 16 kHz, answer (vector,)."""
        vector: Tensor = self.xvector(self.head(filterbank(samples)))
        return vector[0, :, 0]


def _normed(channels: int) -> nn.Sequential:
    return nn.Sequential(OrderedDict(batchnorm=nn.BatchNorm1d(channels), relu=nn.ReLU()))
