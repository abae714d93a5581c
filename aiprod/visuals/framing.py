"""How a picture is cut to another shape without losing what it shows: where the eye goes, and the window that keeps it.

The eye is guessed from edges, from colours unlike the rest and from the middle; no face detector is needed. Knows no
file and no camera. Windows are in parts of the picture: 0..1 across and down.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
Attention = npt.NDArray[np.float32]

ATTENTION_SIDE_PX = 96
CENTRE_SHARE = 0.45
_SOFTNESS = 0.42


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A part of a picture; `attention` is the share of what draws the eye that lies inside."""

    left: float
    top: float
    width: float
    height: float
    attention: float = 1.0

    def scaled(self, factor: float, focus: tuple[float, float]) -> "Window":
        """A window `factor` times as large that keeps the focus where it is in the frame, inside the picture."""
        width, height = min(1.0, self.width * factor), min(1.0, self.height * factor)
        left = focus[0] - (focus[0] - self.left) * width / self.width
        top = focus[1] - (focus[1] - self.top) * height / self.height
        return self._inside(left, top, width, height)

    def moved(self, across: float, down: float) -> "Window":
        """The window shifted by parts of its own size, kept inside the picture."""
        return self._inside(self.left + across * self.width, self.top + down * self.height, self.width, self.height)

    def _inside(self, left: float, top: float, width: float, height: float) -> "Window":
        return Window(
            left=min(max(0.0, left), 1.0 - width), top=min(max(0.0, top), 1.0 - height), width=width, height=height,
            attention=self.attention,
        )  # fmt: skip


def find_attention(pixels: Pixels) -> Attention:
    """How much each part of a picture draws the eye, summing to 1. Shapes: (height, width, 3) RGB to a small map."""
    small = _reduced(pixels)
    light = small.mean(axis=2)
    edges = np.zeros_like(light)
    edges[:, 1:] += np.abs(np.diff(light, axis=1))
    edges[1:] += np.abs(np.diff(light, axis=0))
    border = np.concatenate([small[0], small[-1], small[:, 0], small[:, -1]])
    unlike = np.sqrt(((small - np.median(border, axis=0)) ** 2).sum(axis=2))
    drawn = _normal(_blurred(edges)) + _normal(_blurred(unlike))
    drawn = np.maximum(0.0, drawn - drawn.mean())
    height, width = drawn.shape
    down, across = np.mgrid[0:height, 0:width]
    far = ((down + 0.5) / height - CENTRE_SHARE) ** 2 + ((across + 0.5) / width - 0.5) ** 2
    weighted = drawn * (0.55 + 0.45 * np.exp(-far / (2 * _SOFTNESS**2)))
    total = float(weighted.sum())
    if total <= 1e-6:
        return np.full(drawn.shape, 1.0 / drawn.size, dtype=np.float32)
    return np.asarray(weighted / total, dtype=np.float32)


def find_focus(attention: Attention, window: Window) -> tuple[float, float]:
    """The point of the window that the eye rests on, across and down the picture."""
    inside = attention * _cover(attention.shape, window)
    held = inside[inside > 0]
    strong = np.where(inside >= np.quantile(held, 0.7), inside, 0.0) if held.size else inside
    total = float(strong.sum())
    if total <= 1e-9:
        return window.left + window.width / 2, window.top + window.height / 2
    height, width = attention.shape
    down, across = np.mgrid[0:height, 0:width]
    return (
        float((strong * (across + 0.5)).sum() / total / width),
        float((strong * (down + 0.5)).sum() / total / height),
    )


def attention_in(attention: Attention, window: Window) -> float:
    """The share of what draws the eye that a window holds."""
    return float((attention * _cover(attention.shape, window)).sum())


def find_window(attention: Attention, picture_aspect: float, frame_aspect: float) -> Window:
    """The largest window of the frame's aspect (width over height) that keeps most of what draws the eye."""
    if picture_aspect > frame_aspect:
        width = frame_aspect / picture_aspect
        start, share = _best_span(attention.sum(axis=0), width)
        return Window(left=start, top=0.0, width=width, height=1.0, attention=share)
    height = picture_aspect / frame_aspect
    start, share = _best_span(attention.sum(axis=1), height)
    return Window(left=0.0, top=start, width=1.0, height=height, attention=share)


def _best_span(profile: npt.NDArray[np.float32], size: float) -> tuple[float, float]:
    """Start and share of the span that holds most; of spans nearly as good, the one best centred on what it holds."""
    count = len(profile)
    edges = np.concatenate([[0.0], np.cumsum(profile, dtype=np.float64)])
    starts = np.linspace(0.0, 1.0 - size, 201)
    grid = np.linspace(0.0, 1.0, count + 1)
    shares = np.interp(starts + size, grid, edges) - np.interp(starts, grid, edges)
    first = float(starts[shares.argmax()])
    places = (np.arange(count) + 0.5) / count
    weights = np.where((places >= first) & (places <= first + size), profile, 0.0)
    weights = np.where(weights >= 0.25 * weights.max(initial=0.0), weights, 0.0)
    centre = float((weights * places).sum() / max(float(weights.sum()), 1e-9))
    good = np.flatnonzero(shares >= 0.94 * shares.max())
    best = int(good[np.argmin(np.abs(starts[good] + size / 2 - centre))])
    return float(starts[best]), float(shares[best])


def _cover(shape: tuple[int, ...], window: Window) -> npt.NDArray[np.float32]:
    """How much of each cell of a map a window covers, 0..1."""
    down = _overlap(shape[0], window.top, window.height)
    across = _overlap(shape[1], window.left, window.width)
    return np.asarray(down[:, None] * across[None, :], dtype=np.float32)


def _overlap(count: int, start: float, size: float) -> npt.NDArray[np.float64]:
    cells = np.arange(count)
    covered = np.minimum(cells + 1, (start + size) * count) - np.maximum(cells, start * count)
    return np.asarray(np.clip(covered, 0.0, 1.0), dtype=np.float64)


def _reduced(pixels: Pixels) -> npt.NDArray[np.float32]:
    step = max(1, max(pixels.shape[:2]) // ATTENTION_SIDE_PX)
    height, width = (side // step * step for side in pixels.shape[:2])
    blocks = pixels[:height, :width].reshape(height // step, step, width // step, step, 3)
    return np.asarray(blocks.mean(axis=(1, 3)), dtype=np.float32)


def _blurred(values: npt.NDArray[np.float32], radius: int = 3) -> npt.NDArray[np.float32]:
    for axis in (0, 1):
        padded = np.pad(values, [(radius, radius) if a == axis else (0, 0) for a in (0, 1)], mode="edge")
        window = np.lib.stride_tricks.sliding_window_view(padded, 2 * radius + 1, axis=axis)
        values = window.mean(axis=-1)
    return values


def _normal(values: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    top = float(np.quantile(values, 0.98))
    return np.clip(values / top, 0.0, 1.0) if top > 1e-6 else values * 0.0
