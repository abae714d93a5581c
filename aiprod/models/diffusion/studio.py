"""One loaded model that stays loaded: orders in, pictures out, with less of the machine when memory runs out.

Knows the order of the steps (read, begin, denoise, decode) and the chain of `effort.py`; the loop, the families and the
devices do the rest. What gave way once stays so while the process lives, and each clip says so.
"""

import hashlib
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from aiprod.encoding import key_of
from aiprod.errors import WeightsBroken
from aiprod.models.diffusion.devices import Device, MemoryShort, seed_everything
from aiprod.models.diffusion.effort import Effort, Stage, Work, ease
from aiprod.models.diffusion.family import Sound
from aiprod.models.diffusion.folders import ModelFolder, check_packages
from aiprod.models.diffusion.likeness import begin
from aiprod.models.diffusion.loop import Guide, Keep, Watch, denoise, steps_kept
from aiprod.models.diffusion.loras import lent
from aiprod.models.diffusion.opening import choose_placement, open_family
from aiprod.models.diffusion.orders import Order, are_alike, check_order, fit_shape
from aiprod.models.diffusion.tuning import (
    Options,
    compiled_forms,
    denoisers,
    forget_steps,
    keep_kernels,
    kernels_name,
    restore_kernels,
)
from aiprod.models.pictures import Picture
from aiprod.profiles import Shape

if TYPE_CHECKING:
    import torch

MOST_READ = 64
"""Prompts whose tensors are remembered; films share their negative prompt."""


@dataclass(slots=True, kw_only=True)
class Footage:
    """What became of an order; `order` is as it was drawn. `pictures` decodes: it can be gone through once. `forget` lets go
    of the latents that were kept, when nobody needs to go on from them."""

    order: Order
    notes: tuple[str, ...]
    pictures: Iterator[Picture]
    hear: Callable[[], Sound | None]
    forget: Callable[[], None]


class Studio:
    """A model on a device."""

    def __init__(self, folder: Path, device: Device, options: Options | None = None) -> None:
        check_packages()
        self.device = device
        self._options = options or Options()
        self._folder = ModelFolder(folder)
        device.hold()
        self.placement = choose_placement(self._folder, device, self._options)
        self.family = open_family(self._folder, device, self.placement, self._options)
        self._effort = Effort(batch=self.placement.together, offload=self.placement.offload)
        self._notes = ["weights are read from their files at every step"] if self.placement.rereads else []
        self._read: dict[str, dict[str, torch.Tensor]] = {}
        self._kernels = kernels_name(folder.parent.name, device) if self._options.quick and device.name != "cpu" else ""
        self._forms: int | None = None

    @property
    def together(self) -> int:
        """How many orders have room at once, as far as is known."""
        return self._effort.batch

    def choose(self, orders: Sequence[Order], keep: Keep | None) -> tuple[int, ...]:
        """Places of the orders to be made together next: the first, and as many as have room that are alike and as far."""
        first, *others = (self._scaled(order) for order in orders)
        alike = [place for place, order in enumerate(others, start=1) if are_alike(first, order)]
        if not alike or self.together < 2:
            return (0,)
        far = steps_kept(keep, self._name(first))
        level = [place for place in alike if steps_kept(keep, self._name(others[place - 1])) == far]
        return (0, *level[: self.together - 1])

    def make(self, orders: Sequence[Order], watch: Watch) -> list[Footage]:
        """Draw orders that are alike; they are decoded when their pictures are asked for.

        Raises: InvalidInput, MemoryShort (nothing is left to give), Unavailable (time is up).
        """
        for order in orders:
            check_order(order, self.family.grid)
        made: list[Footage] = []
        if self._kernels and watch.keep and self._forms is None:
            restore_kernels(watch.keep, self._kernels)
            self._forms = 0
        while len(made) < len(orders):
            batch = [self._scaled(order) for order in orders[len(made) : len(made) + self._effort.batch]]
            try:
                latents = self._latents(batch, watch)
            except MemoryShort as short:
                self._ease(short)
                continue
            for number, order in enumerate(batch):
                own = {stream: tensor[number : number + 1].clone() for stream, tensor in latents.items()}
                made.append(self._footage(order, own, watch.keep))
        if self._kernels and watch.keep and (forms := compiled_forms()) != self._forms:
            keep_kernels(watch.keep, self._kernels, forms)
            self._forms = forms
        return made

    def _latents(self, batch: Sequence[Order], watch: Watch) -> dict[str, "torch.Tensor"]:
        first, family, attempt = batch[0], self.family, self.device.attempt
        seed_everything(first.seed)
        unwanted = [order.negative for order in batch] if first.guidance > 1 else []
        self._learn([order.prompt for order in batch] + unwanted)
        guide = Guide(wanted=self._stacked([order.prompt for order in batch]),
                      unwanted=self._stacked(unwanted) if unwanted else None)  # fmt: skip
        forget_steps(family.parts)
        start = attempt(self._work(Stage.START, batch), lambda: begin(family, batch))
        names = [self._name(order) for order in batch]
        with lent(denoisers(family.parts), first.loras, self._folder.kind):
            return attempt(self._work(Stage.DENOISING, batch), lambda: denoise(family, batch, start, guide, watch, names))

    def _learn(self, prompts: Sequence[str]) -> None:
        new = [prompt for prompt in dict.fromkeys(prompts) if prompt not in self._read]
        if not new:
            return
        work = Work(stage=Stage.TEXT, batch=len(new), frames=0, pixels=0, offload=self._effort.offload)
        read = self.device.attempt(work, lambda: self.family.read(new))
        if len(self._read) + len(new) > MOST_READ:
            self._read = {prompt: self._read[prompt] for prompt in self._read if prompt in prompts}
        self._read |= dict(zip(new, read, strict=True))

    def _stacked(self, prompts: Sequence[str]) -> dict[str, "torch.Tensor"]:
        import torch

        read = [self._read[prompt] for prompt in prompts]
        return {name: torch.cat([one[name] for one in read]) for name in read[0]}

    def _footage(self, order: Order, latents: Mapping[str, "torch.Tensor"], keep: Keep | None) -> Footage:
        def forget() -> None:
            if keep:
                keep.drop(self._name(order))

        def hear() -> Sound | None:
            while True:
                try:
                    return self.device.attempt(self._work(Stage.SOUND, [order]), lambda: self.family.sound(latents, order))
                except MemoryShort as short:
                    self._ease(short)

        notes = [f"{note[0].upper()}{note[1:]}, because memory was short." for note in self._notes]
        cut = self.family.count_tokens(order.prompt) - self.family.longest_tokens
        if cut > 0:
            notes.append(f"The model reads {self.family.longest_tokens} tokens of a prompt; the last {cut} were left out.")
        return Footage(order=order, notes=tuple(notes), pictures=self._decoded(order, latents), hear=hear, forget=forget)

    def _decoded(self, order: Order, latents: Mapping[str, "torch.Tensor"]) -> Iterator[Picture]:
        """One picture after the other; where memory runs out in between, decoded again with less and gone on from there."""
        given = 0
        while given < order.frames:
            pieces = self.family.decode(latents, order, tiling=self._effort.tiling)
            number = 0
            try:
                while (piece := self.device.attempt(self._work(Stage.DECODING, [order]), lambda: next(pieces, None))) is not None:  # noqa: B023
                    for picture in piece.cpu().numpy():
                        number += 1
                        if number > given:
                            given += 1
                            yield picture
            except MemoryShort as short:
                scale = self._effort.scale
                self._ease(short)
                if self._effort.scale != scale:
                    raise  # these latents are as large as they are: the next try draws smaller ones
                continue
            if given < order.frames:
                raise WeightsBroken(f"Expected {order.frames} pictures of the decoder, found {given}: fetch the model again.")

    def _ease(self, short: MemoryShort) -> None:
        eased = ease(self._effort, short.work.stage)
        if eased is None:
            raise short
        self._effort, note = eased
        self._notes.append(note)
        self.family.parts.ease(self._effort.offload)

    def _scaled(self, order: Order) -> Order:
        if self._effort.scale == 1:
            return order
        side = math.floor(min(order.shape.width_px, order.shape.height_px) * self._effort.scale)
        return replace(order, shape=fit_shape(order.shape, self.family.grid, side))

    def _work(self, stage: Stage, batch: Sequence[Order]) -> Work:
        shape: Shape = batch[0].shape
        return Work(
            stage=stage, batch=len(batch), frames=batch[0].frames, pixels=shape.width_px * shape.height_px,
            tiling=self._effort.tiling, offload=self._effort.offload,
        )  # fmt: skip

    def _name(self, order: Order) -> str:
        """What the order's latents are kept under: all that they follow from."""
        asked = (
            order.prompt, order.negative, order.seed, order.shape, order.frames, order.rate, order.steps, order.guidance,
            [_digest(picture) for picture in (order.first, order.last, order.like)], order.likeness,
            [(lora.path.name, lora.weight) for lora in order.loras],
        )  # fmt: skip
        options = replace(self._options, batch=0)
        model = (self._folder.path.parent.name, self._folder.path.name, self.placement.precision, options)
        return f"latents-{key_of(*model, asked)}"


def _digest(picture: Picture | None) -> str:
    return "" if picture is None else hashlib.sha256(picture.tobytes()).hexdigest()
