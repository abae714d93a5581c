"""SyncNet: how far apart a mouth and a voice are, as a network of lip readers measures it (LSE-D and LSE-C).

Knows its two towers under the names of its published weights, and the spectra that it hears; which faces it is shown is
others' business. It judges, and makes nothing. Source: Chung and Zisserman, "Out of time: automated lip sync in the wild"
(2016); the scores as Prajwal et al. (2020) define them. Shapes: F pictures of 224 by 224, 25 a second; sound at 16 kHz.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from aiprod.models.lipsync.ears import RATE_HZ
from aiprod.models.pictures import Picture
from aiprod.models.weights.strict import build_empty, load_strict
from aiprod.ports import Samples

if TYPE_CHECKING:
    import torch
    from torch import nn

RATE = 25
SIDE_PX = 224
FRAMES, SPECTRA = 5, 20
"""What is seen and heard at once: a fifth of a second."""
SPECTRA_A_FRAME = 4
MOST_SHIFT = 15
"""Frames by which sound and picture are shifted against each other."""
TOGETHER = 16
_WINDOW, _STEP, _BINS, _FILTERS, _CEPSTRA, _LIFTER, _EMPHASIS = 400, 160, 512, 26, 13, 22, 0.97
_FULL_SCALE = 32_768

Spectra = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class LipScore:
    """`distance` is LSE-D (less is better), `confidence` LSE-C (more is better), `shift` the frames at which they agree best."""

    distance: float
    confidence: float
    shift: int


class LipJudge:
    """The network in memory, ready to judge."""

    def __init__(self, network: "nn.Module", device: str) -> None:
        self._network = network
        self._device = device

    def judge(self, faces: Sequence[Picture], samples: Samples) -> LipScore | None:
        """The score of faces and of the sound from the first of them on; None where they are too short to be judged."""
        import torch
        from torch.nn.functional import pad, pairwise_distance

        heard = torch.from_numpy(spectra(samples))
        count = min(len(faces) - FRAMES + 1, (heard.shape[1] - SPECTRA) // SPECTRA_A_FRAME + 1)
        if count < 2 * FRAMES:
            return None
        lips, voices = [], []
        with torch.inference_mode():
            for first in range(0, count, TOGETHER):
                numbers = range(first, min(count, first + TOGETHER))
                # Blue comes first: the network was taught with pictures as OpenCV reads them.
                views = [np.stack(faces[n : n + FRAMES])[..., ::-1].transpose(3, 0, 1, 2) for n in numbers]
                lips.append(self._features("lip", torch.from_numpy(np.stack(views))))
                starts = [SPECTRA_A_FRAME * n for n in numbers]
                voices.append(self._features("aud", torch.stack([heard[None, :, at : at + SPECTRA] for at in starts])))
        mouth, voice = torch.cat(lips), pad(torch.cat(voices), (0, 0, MOST_SHIFT, MOST_SHIFT))
        apart = torch.stack([pairwise_distance(mouth, voice[shift : shift + count]).mean() for shift in range(2 * MOST_SHIFT + 1)])
        best = int(apart.argmin())
        return LipScore(
            distance=float(apart[best]), confidence=float(apart.median() - apart[best]), shift=MOST_SHIFT - best
        )

    def _features(self, tower: str, content: "torch.Tensor") -> "torch.Tensor":
        across: torch.Tensor = getattr(self._network, f"netcnn{tower}")(content.float().to(self._device))
        told: torch.Tensor = getattr(self._network, f"netfc{tower}")(across.flatten(1))
        return told.cpu()


def spectra(samples: Samples) -> Spectra:
    """Mel cepstra of a sound, a hundred a second, loudness in place of the first. Shapes: (n,) to (13, t).

    Source: Davis and Mermelstein (1980), with the parameters that SyncNet was taught with.
    """
    from scipy.fft import dct

    sound = samples.astype(np.float64) * _FULL_SCALE
    sound = np.append(sound[:1], sound[1:] - _EMPHASIS * sound[:-1])
    count = 1 + max(0, -(-(len(sound) - _WINDOW) // _STEP))
    sound = np.pad(sound, (0, max(0, (count - 1) * _STEP + _WINDOW - len(sound))))
    pieces = np.lib.stride_tricks.sliding_window_view(sound, _WINDOW)[::_STEP][:count]
    powers = np.abs(np.fft.rfft(pieces, _BINS)) ** 2 / _BINS
    least = np.finfo(np.float64).eps
    cepstra = dct(np.log(np.maximum(powers @ _filters().T, least)), type=2, axis=1, norm="ortho")[:, :_CEPSTRA]
    cepstra *= 1 + _LIFTER / 2 * np.sin(np.pi * np.arange(_CEPSTRA) / _LIFTER)
    cepstra[:, 0] = np.log(np.maximum(powers.sum(axis=1), least))
    found: Spectra = cepstra.T.astype(np.float32)
    return found


def _filters() -> npt.NDArray[np.float64]:
    """Triangles of equal width in mels. Shapes: (26, 257)."""
    top = 2595 * np.log10(1 + RATE_HZ / 2 / 700)
    edges = np.floor((_BINS + 1) * 700 * (10 ** (np.linspace(0, top, _FILTERS + 2) / 2595) - 1) / RATE_HZ)
    bins = np.arange(_BINS // 2 + 1)
    before, middle, after = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    rising = (bins - before) / (middle - before)
    falling = (after - bins) / (after - middle)
    triangles: npt.NDArray[np.float64] = np.where(bins < middle, rising, falling) * ((bins >= before) & (bins < after))
    return triangles


def open_judge(path: Path, device: str) -> LipJudge:
    """The published network. Raises: WeightsMissing, WeightsBroken."""
    import torch

    return LipJudge(load_strict(build_empty(build_syncnet), [path], device=device, dtype=torch.float32), device)


def build_syncnet() -> "nn.Module":
    """The two towers, without weights."""
    from torch import nn

    def normed(layer: nn.Module, norm: nn.Module) -> list[nn.Module]:
        norm.num_batches_tracked = None  # type: ignore[assignment]  # of no use once it is taught
        return [layer, norm, nn.ReLU()]

    def heard(inside: int, outside: int, size: tuple[int, int] = (3, 3), *, edge: int = 1) -> list[nn.Module]:
        return normed(nn.Conv2d(inside, outside, size, padding=edge), nn.BatchNorm2d(outside))

    def seen(inside: int, outside: int, size: tuple[int, int, int], stride: int = 1, *, edge: int = 0) -> list[nn.Module]:
        layer = nn.Conv3d(inside, outside, size, (1, stride, stride), (0, edge, edge))
        return normed(layer, nn.BatchNorm3d(outside))

    def smaller(edge: int = 0) -> nn.Module:
        return nn.MaxPool3d((1, 3, 3), (1, 2, 2), (0, edge, edge))

    def told() -> nn.Sequential:
        return nn.Sequential(*normed(nn.Linear(512, 512), nn.BatchNorm1d(512)), nn.Linear(512, 1024))

    class SyncNet(nn.Module):
        """A tower for the voice, one for the lips. Shapes: (B, 1, 13, 20) and (B, 3, 5, 224, 224) to (B, 1024)."""

        def __init__(self) -> None:
            super().__init__()
            self.netcnnaud = nn.Sequential(
                *heard(1, 64), nn.MaxPool2d(1), *heard(64, 192), nn.MaxPool2d((3, 3), (1, 2)), *heard(192, 384),
                *heard(384, 256), *heard(256, 256), nn.MaxPool2d((3, 3), (2, 2)), *heard(256, 512, (5, 4), edge=0),
            )  # fmt: skip
            self.netfcaud = told()
            self.netfclip = told()
            self.netcnnlip = nn.Sequential(
                *seen(3, 96, (5, 7, 7), 2), smaller(), *seen(96, 256, (1, 5, 5), 2, edge=1), smaller(1),
                *seen(256, 256, (1, 3, 3), edge=1), *seen(256, 256, (1, 3, 3), edge=1), *seen(256, 256, (1, 3, 3), edge=1),
                smaller(), *seen(256, 512, (1, 6, 6)),
            )  # fmt: skip

    return SyncNet()
