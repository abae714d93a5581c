"""The renderers `wan` and `ltx` behind `ports.Renderer`: specs planned from prompts, clips drawn by a model that stays loaded.

Knows the model's name, its settings and its device; `drawing.py` knows the order of the steps, `models/diffusion/` draws.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from aiprod.encoding import key_of
from aiprod.errors import AiprodError, EngineMissing, WeightsMissing
from aiprod.logs import logger
from aiprod.media.process import find_program
from aiprod.models.diffusion.devices import Device, find_device
from aiprod.models.diffusion.folders import check_packages
from aiprod.models.diffusion.loop import Watch
from aiprod.models.diffusion.loras import Lora, parse_lora
from aiprod.models.diffusion.orders import Order, fit_parts, fit_shape
from aiprod.models.diffusion.placement import Precision
from aiprod.models.diffusion.tuning import Options
from aiprod.models.diffusion.variants import Variant, find_variant
from aiprod.models.registry import Registry
from aiprod.models.resident import Resident
from aiprod.ports import Clock, FilmLook, Objects, Shot, ShotBrief, Take
from aiprod.sittings import Outcome, Sitting, only
from aiprod.units import frames_to_seconds
from aiprod.visuals.diffusion.drawing import Drawing, Session, Stretches
from aiprod.visuals.diffusion.keeping import KeptTakes, Meetings
from aiprod.visuals.diffusion.planning import decode_spec, plan_specs

if TYPE_CHECKING:
    from aiprod.models.diffusion.studio import Studio

VERSION = "3"


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
    batch: int = 0
    attention: str = ""
    loras: tuple[str, ...] = ()
    sound: bool = True
    cameras: bool = False
    elsewhere: bool = False

    @property
    def options(self) -> Options:
        """How the model is run. Raises: InvalidSetting."""
        return Options(
            precision=Precision(self.precision) if self.precision else None, quick=self.quick, cache=self.cache,
            batch=self.batch, attention=self.attention, loras=tuple(parse_lora(text) for text in self.loras),
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
        self._studio: Resident[Studio] = Resident()
        self._drawing = threading.Lock()

    @property
    def variant(self) -> Variant:
        """The model that is asked. Raises: InvalidSetting."""
        return find_variant(self.name, self._wishes.model)

    @property
    def version(self) -> str:
        """Changes when the same spec would look different."""
        wishes, model = self._wishes, self._registry.model(self.variant.model)
        drawn = (wishes.side_px or self.variant.side_px, wishes.steps or self.variant.steps, wishes.cache, wishes.precision, wishes.loras,
                 *sorted(self._cameras.values()))  # fmt: skip
        return f"{VERSION}/{model.label}/{key_of(*drawn)}"

    @property
    def _cameras(self) -> Mapping[str, str]:
        """The models that lead the camera, by its move, where they are wished for."""
        return self.variant.cameras if self._wishes.cameras else {}

    def check(self) -> None:
        """Raises: EngineMissing, WeightsMissing, WeightsBroken, LicenceRefused: one sentence for each thing that lacks."""
        if not self._wishes.elsewhere:
            self._ready()
        for model in (self.variant.model, *self._cameras.values()):
            self._registry.check_licence(model)

    def plan(self, briefs: Sequence[ShotBrief], look: FilmLook) -> tuple[str, ...]:
        """One spec a brief."""
        return plan_specs(briefs, look, sounding=self._wishes.sound and self.variant.sounds)

    def own_rate(self) -> Fraction | None:
        """The model's, if it has one. Raises: InvalidSetting."""
        return Fraction(self.variant.rate) if self.variant.rate else None

    def render(self, shot: Shot, folder: Path, progress: Callable[[int], None]) -> Take:
        """Draw the shot. Raises: EngineMissing, WeightsMissing, WeightsBroken, InvalidInput, MediaBroken, Transient."""
        return only(self.render_together([Sitting(shot=shot, folder=folder, progress=progress)]))

    def most_together(self) -> int:
        """By the settings, or by the memory that the loaded model leaves. Raises: what `check` does."""
        return self._open().together

    def company(self, shot: Shot) -> str:
        """By shape, rate, length and shared pictures. Raises: InvalidInput, what `check` does."""
        return key_of(self.version, *self._stretches(shot, self._open()).company(decode_spec(shot.spec)))

    def render_together(self, sittings: Sequence[Sitting]) -> Iterator[tuple[int, Outcome]]:
        """Draw the shots, after whatever another thread draws: networks remember between the frames that they decode.

        Raises: what `check` does, InvalidInput.
        """
        studio = self._open()
        drawings = [
            Drawing(
                sitting=one, spec=decode_spec(one.shot.spec), stretches=self._stretches(one.shot, studio),
                meetings=Meetings(self._objects, self.version), into=one.folder / f"{self.name}-{one.shot.scene:02d}.mp4",
                graphics=studio.device.name != "cpu",
            )
            for one in sittings
        ]  # fmt: skip
        with self._drawing:
            began = self._clock.now()
            studio.device.peak_bytes()
            for place, outcome in Session(drawings, studio, self._watch).outcomes():
                if isinstance(outcome, Take):
                    shot, drawn = sittings[place].shot, drawings[place].stretches.common.shape
                    logger().info(
                        "clip drawn", model=self.variant.model, scene=shot.scene, width_px=drawn.width_px,
                        height_px=drawn.height_px, frames=shot.frames, together=len(sittings),
                        seconds=round(self._clock.now() - began, 1), peak_gb=round(studio.device.peak_bytes() / 1e9, 1),
                    )  # fmt: skip
                yield place, outcome

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
            for model in self._cameras.values():
                self._registry.check(model)
        except (WeightsMissing, EngineMissing) as error:
            faults.append(error)
        find_program("ffmpeg")
        if len(faults) == 1:
            raise faults[0]
        if faults or device is None:
            raise EngineMissing(f"The renderer {self.name} cannot work here. {' '.join(map(str, faults))}")
        return device, folder

    def _open(self) -> "Studio":
        return self._studio.get(self._registry.model(self.variant.model).label, self._opened)

    def _opened(self) -> "Studio":
        from aiprod.models.diffusion.studio import Studio

        device, folder = self._ready()
        device.empty()  # what another version held
        began = self._clock.now()
        with ThreadPoolExecutor(max_workers=1) as reader:  # what is read for its digest is in memory for the model
            checked = reader.submit(self._registry.weights, self.variant.model)
            studio = Studio(folder, device, self._wishes.options)
            checked.result()
        placement = studio.placement
        logger().info(
            "model ready", model=self.variant.model, device=device.title, precision=placement.precision.value,
            offload=placement.offload.name.lower(), memory_gb=round(device.memory_bytes / 1e9, 1),
            seconds=round(self._clock.now() - began, 1),
        )  # fmt: skip
        return studio

    def _watch(self, told: Callable[[int, int], None]) -> Watch:
        """Who looks on while something is drawn, from now on."""
        now = self._clock.now
        return Watch(told=told, now=now, until=now() + self._wishes.seconds, keep=KeptTakes(self._objects))

    def _stretches(self, shot: Shot, studio: "Studio") -> Stretches:
        """What the shot asks for. Raises: InvalidInput."""
        wishes, variant, grid, spec = self._wishes, self.variant, studio.family.grid, decode_spec(shot.spec)
        side = min(shot.shape.width_px, shot.shape.height_px, wishes.side_px or variant.side_px)
        rate = grid.rate or shot.rate
        lead = self._cameras.get(spec.camera)
        common = Order(
            prompt=spec.prompt, negative=spec.negative, seed=shot.seed, shape=fit_shape(shot.shape, grid, side), frames=1,
            rate=rate, steps=wishes.steps or variant.steps, guidance=variant.guidance,
            loras=(Lora(path=_weights_in(self._registry.weights(lead)), weight=1.0),) if lead else (),
        )  # fmt: skip
        starts, ends = studio.family.takes
        parts = fit_parts(frames_to_seconds(shot.frames, shot.rate), rate, grid)
        return Stretches(common=common, parts=parts, rate=rate, starts=starts, ends=ends)


def _weights_in(files: Sequence[Path]) -> Path:
    return next(path for path in files if path.suffix == ".safetensors")
