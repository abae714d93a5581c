"""Pictures made larger by a network: in tiles that overlap, in batches, each picture leaning on the one before it.

Knows memory and time; the networks are in `networks.py`, files and films are others' business.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aiprod.errors import Unavailable
from aiprod.models.cards import ran_out
from aiprod.models.pictures import Picture, choose_device, to_picture, to_tensor
from aiprod.models.upscale.networks import Compact, Dense, build, read_plan
from aiprod.models.weights.strict import build_empty, load_strict

if TYPE_CHECKING:
    import torch

STILL_LEVELS = 6.0
"""How much a pixel of the small picture may change, of 255 levels, and still count as the same."""
LEAST_TILE_PX = 32
CAST_PX = 17
"""How wide a light or a colour is spread, in pixels of the small picture, that is the picture's and not the network's to change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How the work is cut. `tile_px` is a tile's side without its surroundings, 0 for whole pictures; `overlap_px` is how
    much of its surroundings is looked at, `fade_px` in how much of them on either side it goes over into its neighbour: a large
    network sees farther than any surroundings, and neighbours do not meet. `steadiness` is the share that a still pixel takes from
    the picture before."""

    tile_px: int = 256
    overlap_px: int = 24
    fade_px: int = 8
    steadiness: float = 0.6


class Enlarger:
    """A network in memory, ready to enlarge."""

    def __init__(self, network: "torch.nn.Module", plan: Dense | Compact, device: str, effort: Effort) -> None:
        self._network = network
        self.device = device
        self._effort = effort
        self._tile_px = effort.tile_px
        self.scale = plan.scale

    def enlarge(self, pictures: Iterator[Picture]) -> Iterator[Picture]:
        """Each picture `scale` times as large, in order. What stands still from one to the next is not made anew from
        noise each time: it keeps a share of what it was. Raises: Unavailable (no memory, even for the least tile)."""
        before: tuple[torch.Tensor, torch.Tensor] | None = None
        for picture in pictures:
            small = to_tensor(picture, self.device)
            large = self._whole(small)
            if before is not None and before[0].shape == small.shape and self._effort.steadiness:
                large = self._steadied(large, small, *before)
            before = small, large
            yield to_picture(large)

    def _whole(self, small: "torch.Tensor") -> "torch.Tensor":
        """One picture through the network; in smaller tiles where the memory does not bear these."""
        import torch

        while True:
            try:
                with torch.inference_mode():
                    return _with_colours_of(small, self._tiled(small)).clamp(0, 1)
            except RuntimeError as error:
                if not ran_out(error):
                    raise
                side = self._tile_px or max(small.shape[-2:])
                if side // 2 < LEAST_TILE_PX:
                    raise Unavailable(
                        f"Expected memory for a tile of {side} pixels on {self.device}, found too little; try again alone."
                    ) from error
                self._tile_px = side // 2
            torch.cuda.empty_cache()  # not before the error has gone, which holds what the network had made

    def _tiled(self, small: "torch.Tensor") -> "torch.Tensor":
        """The picture from tiles, each looked at with its surroundings and faded into its neighbours."""
        rows, columns = int(small.shape[-2]), int(small.shape[-1])
        if not self._tile_px or max(rows, columns) <= self._tile_px:
            made: torch.Tensor = self._network(small)
            return made
        scale, margin = self.scale, self._effort.overlap_px
        large = small.new_zeros((1, 3, rows * scale, columns * scale))
        for used_rows, down in self._spans(rows):
            for used_columns, across in self._spans(columns):
                above, beside = max(0, used_rows.start - margin), max(0, used_columns.start - margin)
                seen = small[..., above : used_rows.stop + margin, beside : used_columns.stop + margin]
                tile = self._network(seen)[
                    ..., (used_rows.start - above) * scale : (used_rows.stop - above) * scale,
                    (used_columns.start - beside) * scale : (used_columns.stop - beside) * scale,
                ]  # fmt: skip
                share = down.to(tile)[:, None] * across.to(tile)[None, :]
                large[..., used_rows.start * scale : used_rows.stop * scale, used_columns.start * scale : used_columns.stop * scale] += (
                    tile * share
                )
        return large

    def _spans(self, side_px: int) -> "Iterator[tuple[range, torch.Tensor]]":
        """Tiles along a side: the pixels that each is used for, and how much it counts in each of them, enlarged."""
        import torch

        tile, fade = self._tile_px, min(self._effort.fade_px, self._tile_px // 2)
        for start in range(0, side_px, tile):
            used = range(max(0, start - fade), min(side_px, start + tile + fade))
            places = (torch.arange(len(used) * self.scale) + 0.5) / self.scale + used.start
            counts = torch.ones(len(places))
            if fade and start:
                counts *= ((places - start) / (2 * fade) + 0.5).clamp(0, 1)
            if fade and start + tile < side_px:
                counts *= ((start + tile - places) / (2 * fade) + 0.5).clamp(0, 1)
            yield used, counts

    def _steadied(
        self, large: "torch.Tensor", small: "torch.Tensor", small_before: "torch.Tensor", large_before: "torch.Tensor"
    ) -> "torch.Tensor":
        from torch.nn.functional import avg_pool2d, interpolate

        change = (small - small_before).abs().amax(dim=1, keepdim=True) * 255
        # One pixel's noise is no motion, and motion reaches a little around itself.
        around = avg_pool2d(change, 3, stride=1, padding=1, count_include_pad=False)
        still = (1 - around / STILL_LEVELS).clamp(0, 1)
        share = self._effort.steadiness * interpolate(still, scale_factor=float(self.scale), mode="bilinear")
        return large + share * (large_before - large)


def _with_colours_of(small: "torch.Tensor", large: "torch.Tensor") -> "torch.Tensor":
    """The large picture in the small one's light and colours wherever these are spread wide: networks darken and tint."""
    from torch.nn.functional import avg_pool2d, interpolate

    cast = small - interpolate(large, size=small.shape[-2:], mode="area")
    for _ in range(2):
        cast = avg_pool2d(cast, CAST_PX, stride=1, padding=CAST_PX // 2, count_include_pad=False)
    return large + interpolate(cast, size=large.shape[-2:], mode="bilinear")


def open_enlarger(path: Path, device: str = "", effort: Effort | None = None) -> Enlarger:
    """The network of a safetensors file on the device ("": a GPU where there is one).

    Raises: EngineMissing (no torch), WeightsMissing, WeightsBroken.
    """
    place = choose_device(device, "enlarging by a model")
    import torch

    plan = read_plan(path)
    # Half precision is for the cards that are made for it; a processor is slower with it.
    dtype = torch.float16 if place.startswith("cuda") else torch.float32
    network = load_strict(build_empty(lambda: build(plan)), [path], device=place, dtype=dtype)
    if dtype is torch.float16:
        network = _in_half(network)
    return Enlarger(network, plan, place, effort or Effort())


def _in_half(network: "torch.nn.Module") -> "torch.nn.Module":
    """A network of half precision behind doors of whole precision."""
    from torch import Tensor, nn

    class InHalf(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.network = network

        def forward(self, x: Tensor) -> Tensor:
            made: Tensor = self.network(x.half())
            return made.float()

    return InHalf()
