"""The renderers `wan` and `ltx` behind `ports.Renderer`: specs planned from prompts, clips drawn by a model that stays loaded.

Knows the order of the steps; `models/diffusion/` draws. What scenes share, and what a killed task had done, lies under
`takes/`, so that any machine goes on from there.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from aiprod import paths
from aiprod.encoding import key_of
from aiprod.errors import AiprodError, AlreadyExists, EngineMissing, NotAllowed, Permanent, WeightsMissing
from aiprod.logs import logger
from aiprod.media.process import find_program
from aiprod.models.diffusion.devices import Device, find_device
from aiprod.models.diffusion.folders import check_packages
from aiprod.models.diffusion.loop import Watch
from aiprod.models.diffusion.loras import parse_lora
from aiprod.models.diffusion.orders import Grid, Order, Picture, fit_parts, fit_shape
from aiprod.models.diffusion.placement import Precision
from aiprod.models.diffusion.tuning import Options
from aiprod.models.diffusion.variants import Variant, find_variant
from aiprod.models.registry import Registry
from aiprod.ports import Clock, FilmLook, Objects, Shot, ShotBrief, Take
from aiprod.profiles import Shape
from aiprod.units import frames_to_seconds
from aiprod.visuals.diffusion.footage import Source, write_footage
from aiprod.visuals.diffusion.planning import DiffusionSpec, Meeting, decode_spec, plan_specs

if TYPE_CHECKING:
    from aiprod.models.diffusion.studio import Studio

VERSION = "1"
DRAWING_SHARE = 0.95
"""Of a clip's time, about; the rest is decoding and encoding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the settings say about drawing; 0 and "" leave it to the model. `elsewhere` tells that clips are drawn by jobs of
    another cloud, so that this machine need not be able to."""

    model: str = ""
    device: str = "cuda"
    side_px: int = 0
    steps: int = 0
    seconds: float = 3000.0
    precision: str = ""
    quick: bool = False
    cache: float = 0.0
    attention: str = ""
    loras: tuple[str, ...] = ()
    elsewhere: bool = False

    @property
    def options(self) -> Options:
        """How the model is run. Raises: InvalidSetting."""
        return Options(
            precision=Precision(self.precision) if self.precision else None, quick=self.quick, cache=self.cache,
            attention=self.attention, loras=tuple(parse_lora(text) for text in self.loras),
        )  # fmt: skip


class DiffusionRenderer:
    """Draws scenes with a diffusion model. One instance serves one process; the model is loaded when it first draws."""

    queue = "gpu"
    usd_per_second = 0.0

    def __init__(self, name: str, wishes: Wishes, registry: Registry, objects: Objects, clock: Clock) -> None:
        self.name = name
        self._wishes = wishes
        self._registry = registry
        self._objects = objects
        self._clock = clock
        self._studio: Studio | None = None

    @property
    def variant(self) -> Variant:
        """The model that is asked. Raises: InvalidSetting."""
        return find_variant(self.name, self._wishes.model)

    @property
    def version(self) -> str:
        """Changes when the same spec would look different."""
        wishes, model = self._wishes, self._registry.model(self.variant.model)
        drawn = (wishes.side_px or self.variant.side_px, wishes.steps or self.variant.steps, wishes.cache, wishes.precision, wishes.loras)
        return f"{VERSION}/{model.label}/{key_of(*drawn)}"

    def check(self) -> None:
        """Raises: EngineMissing, WeightsMissing, WeightsBroken, LicenceRefused: one sentence for each thing that lacks."""
        if not self._wishes.elsewhere:
            self._ready()

    def plan(self, briefs: Sequence[ShotBrief], look: FilmLook) -> tuple[str, ...]:
        """One spec a brief."""
        return plan_specs(briefs, look)

    def render(self, shot: Shot, folder: Path, progress: Callable[[int], None]) -> Take:
        """Draw the shot. Raises: EngineMissing, WeightsMissing, WeightsBroken, InvalidInput, MediaBroken, Transient."""
        studio = self._open()
        began = self._clock.now()
        studio.device.peak_bytes()
        drawing = _Drawing(renderer=self, studio=studio, shot=shot, progress=progress)
        path = folder / f"{self.name}-{shot.scene:02d}.mp4"
        pictures = drawing.pictures(decode_spec(shot.spec))
        opening = next(pictures)
        source = Source(shape=Shape(width_px=opening.shape[1], height_px=opening.shape[0]), rate=drawing.rate)
        write_footage(chain([opening], pictures), source, shot, path, graphics=studio.device.name != "cpu")
        logger().info(
            "clip drawn", model=self.variant.model, width_px=source.shape.width_px, height_px=source.shape.height_px,
            frames=shot.frames, seconds=round(self._clock.now() - began, 1), peak_gb=round(studio.device.peak_bytes() / 1e9, 1),
        )  # fmt: skip
        progress(shot.frames)
        return Take(path=path, notes=tuple(dict.fromkeys(drawing.notes)))

    def _ready(self) -> tuple[Device, Path]:
        """The device and the model's folder. Raises: what `check` does."""
        faults: list[AiprodError] = []
        folder, device = Path(), None
        try:
            check_packages()
            device = find_device(self._wishes.device)
        except EngineMissing as error:
            faults.append(error)
        try:
            folder = self._registry.check(self.variant.model)
        except (WeightsMissing, EngineMissing) as error:
            faults.append(error)
        find_program("ffmpeg")
        if len(faults) == 1:
            raise faults[0]
        if faults or device is None:
            raise EngineMissing(f"The renderer {self.name} cannot work here. {' '.join(map(str, faults))}")
        return device, folder

    def _open(self) -> "Studio":
        if self._studio is None:
            from aiprod.models.diffusion.studio import Studio

            device, folder = self._ready()
            began = self._clock.now()
            with ThreadPoolExecutor(max_workers=1) as reader:  # what is read for its digest is in memory for the model
                checked = reader.submit(self._registry.weights, self.variant.model)
                studio = Studio(folder, device, self._wishes.options)
                checked.result()
            self._studio, placement = studio, studio.placement
            logger().info(
                "model ready", model=self.variant.model, device=device.title, precision=placement.precision.value,
                offload=placement.offload.name.lower(), memory_gb=round(device.memory_bytes / 1e9, 1),
                seconds=round(self._clock.now() - began, 1),
            )  # fmt: skip
        return self._studio

    def meet(self, meetings: Sequence[Meeting], order: Order, studio: "Studio") -> dict[Meeting, Picture]:
        """The pictures that scenes share: fetched, or drawn together and kept. Whoever keeps one first, all have that."""
        like = (self.version, order.shape, order.negative, order.steps, order.guidance)
        places = {one: f"{paths.takes(f'meeting-{key_of(one, *like)}')}picture.png" for one in meetings}
        lacking = [one for one, place in places.items() if self._objects.stat(place) is None]
        alone = [replace(order, prompt=one.prompt, seed=one.seed, frames=1, first=None, last=None) for one in lacking]
        for one, footage in zip(lacking, studio.make(alone, self.watch(lambda _done, _all: None)), strict=True):
            with suppress(AlreadyExists):
                self._objects.write(places[one], _write_picture(next(footage.pictures)))
        return {one: _read_picture(self._objects.read(place)) for one, place in places.items()}

    def watch(self, told: Callable[[int, int], None]) -> Watch:
        """Who looks on while something is drawn, from now on."""
        now = self._clock.now
        return Watch(told=told, now=now, until=now() + self._wishes.seconds, keep=KeptTakes(self._objects))

    def blank(self, shot: Shot, grid: Grid) -> Order:
        """What all orders of a shot have in common."""
        wishes, variant = self._wishes, self.variant
        side = min(shot.shape.width_px, shot.shape.height_px, wishes.side_px or variant.side_px)
        return Order(
            prompt="", negative="", seed=shot.seed, shape=fit_shape(shot.shape, grid, side), frames=1,
            rate=grid.rate or shot.rate, steps=wishes.steps or variant.steps, guidance=variant.guidance,
        )  # fmt: skip


@dataclass(slots=True, kw_only=True)
class _Drawing:
    """One shot being drawn: a stretch after the other, each going on from the last picture of the one before."""

    renderer: DiffusionRenderer
    studio: "Studio"
    shot: Shot
    progress: Callable[[int], None]
    notes: list[str] = field(default_factory=list)

    @property
    def rate(self) -> Fraction:
        """Pictures a second as they are drawn."""
        return self.studio.family.grid.rate or self.shot.rate

    def pictures(self, spec: DiffusionSpec) -> Iterator[Picture]:
        """Every picture of the shot, in the shape of the first; what was drawn smaller later on is scaled."""
        shot, studio, grid = self.shot, self.studio, self.studio.family.grid
        starts, ends = studio.family.takes
        parts = fit_parts(frames_to_seconds(shot.frames, shot.rate), self.rate, grid)
        common = replace(self.renderer.blank(shot, grid), prompt=spec.prompt, negative=spec.negative)
        shared = [one for one in (spec.first, spec.last) if one and ends and parts[-1] > 1]
        met = self.renderer.meet(shared, common, studio)
        before = met.get(spec.first) if spec.first else None
        shape = None
        for number, frames in enumerate(parts):
            closing = met.get(spec.last) if spec.last and number == len(parts) - 1 else None
            order = replace(
                common, frames=frames, seed=common.seed + number, first=before if starts else None, last=closing
            )
            footage = studio.make([order], self.renderer.watch(self._told(number, len(parts))))[0]
            self.notes.extend(f"Scene {shot.scene}: {note[0].lower()}{note[1:]}" for note in footage.notes)
            for place, picture in enumerate(footage.pictures):
                shape = shape or footage.order.shape
                before = picture
                if number == 0 or place > 0 or not starts:
                    yield sized(picture, shape)

    def _told(self, number: int, count: int) -> Callable[[int, int], None]:
        def told(done: int, steps: int) -> None:
            self.progress(int(self.shot.frames * DRAWING_SHARE * (number + done / steps) / count))

        return told


@dataclass(frozen=True, slots=True)
class KeptTakes:
    """Implements loop.Keep over the objects: an address for each step that is kept, the last of them counts."""

    objects: Objects

    def get(self, name: str) -> bytes | None:
        kept = sorted(one.address for one in self.objects.under(paths.takes(name)))
        return self.objects.read(kept[-1]) if kept else None

    def put(self, name: str, done: int, content: bytes) -> None:
        with suppress(AlreadyExists):  # a task that was taken for dead kept the same
            self.objects.write(f"{paths.takes(name)}{done:04d}.safetensors", content)

    def drop(self, name: str) -> None:
        for one in self.objects.under(paths.takes(name)):
            try:
                self.objects.delete(one.address)
            except (NotAllowed, Permanent) as error:
                logger().info("latents left to the bucket's own rules", address=one.address, reason=str(error))
                return


def sized(picture: Picture, shape: Shape) -> Picture:
    """The picture at that size."""
    if (picture.shape[1], picture.shape[0]) == (shape.width_px, shape.height_px):
        return picture
    resized = Image.fromarray(picture).resize((shape.width_px, shape.height_px), Image.Resampling.LANCZOS)
    return np.asarray(resized)


def _read_picture(content: bytes) -> Picture:
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB"))


def _write_picture(picture: Picture) -> bytes:
    content = io.BytesIO()
    Image.fromarray(picture).save(content, format="png")
    return content.getvalue()
