"""THE denoising loop, written once for all models: guided steps from noise to latents, watched, kept, taken up again.

Knows no model and no device. After each step it tells how far it is and whether time is left; every few steps it keeps
each clip's latents with what the solvers remember, so that a clip whose task is killed goes on where it was, with the same
pictures, alone or in another batch.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from aiprod.errors import Unavailable
from aiprod.models.diffusion.family import Family, Start, Tensors
from aiprod.models.diffusion.orders import Order
from aiprod.models.diffusion.solvers import restore_memory, solver_memory

if TYPE_CHECKING:
    import torch

KEEP_EVERY_STEPS = 5
KEEP_EVERY_SECONDS = 30.0
"""Where steps are slow, each is worth keeping."""


class Keep(Protocol):
    """Holds bytes by name where the next task finds them, whichever machine it runs on."""

    def get(self, name: str) -> bytes | None:
        """What was put last, after the most steps."""

    def put(self, name: str, done: int, content: bytes) -> None: ...

    def drop(self, name: str) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Who looks on: `told` hears the steps done of all, `now` is the clock in seconds, `until` when time is up."""

    told: Callable[[int, int], None] = lambda _done, _all: None
    now: Callable[[], float] = lambda: 0.0
    until: float = float("inf")
    keep: Keep | None = None
    keep_every: int = KEEP_EVERY_STEPS

    def check(self, done: int, steps: int) -> None:
        """Raises: Unavailable, when time is up."""
        if self.now() >= self.until:
            raise Unavailable(
                f"Expected the clip within its time, found {done} of {steps} steps done; the next try goes on from there"
                " (AIPROD_DIFFUSION_SECONDS gives more)."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What the prompts say, as tensors: the wanted, and (where a clip is guided) the unwanted."""

    wanted: Tensors
    unwanted: Tensors | None

    @property
    def text(self) -> Tensors:
        """Both in one batch, the unwanted first, so that each step is one call."""
        import torch

        if self.unwanted is None:
            return self.wanted
        unwanted = self.unwanted
        return {name: torch.cat([unwanted[name], tensor]) for name, tensor in self.wanted.items()}


def denoise(
    family: Family, orders: Sequence[Order], start: Start, guide: Guide, watch: Watch, names: Sequence[str] = ()
) -> dict[str, "torch.Tensor"]:
    """The latents of the orders, each kept under its name on the way. Raises: Unavailable (time is up)."""
    import torch

    streams = dict(start.streams)
    lead = next(iter(start.solvers.values()))
    timesteps = lead.timesteps
    steps = len(timesteps)
    done = _take_up(streams, start, [watch.keep.get(name) for name in names] if watch.keep else [])
    kept_at = watch.now()
    text = guide.text
    with torch.inference_mode():
        for step in range(done, steps):
            watch.check(step, steps)
            _hold(streams, start)
            headed = _guided(family, orders, streams, text, timesteps[step], start, guided=guide.unwanted is not None)
            for stream, velocity in headed.items():
                solver = start.solvers[stream]
                streams[stream] = solver.step(velocity, timesteps[step], streams[stream], return_dict=False)[0]
            due = (step + 1) % watch.keep_every == 0 or step + 1 == steps or watch.now() - kept_at >= KEEP_EVERY_SECONDS
            if watch.keep and due:
                for place, name in enumerate(names):
                    watch.keep.put(name, step + 1, _kept(streams, start, place))
                kept_at = watch.now()
            watch.told(step + 1, steps)
        _hold(streams, start)
    return streams


def steps_kept(keep: Keep | None, name: str) -> int:
    """How many steps of a clip are done, by what was kept of it."""
    content = keep.get(name) if keep else None
    return _steps(_read(content)) if content is not None else 0


def _guided(
    family: Family, orders: Sequence[Order], streams: Tensors, text: Tensors, timestep: "torch.Tensor", start: Start,
    *, guided: bool,
) -> Mapping[str, "torch.Tensor"]:  # fmt: skip
    """One prediction, led away from the unwanted."""
    import torch

    if not guided:
        return {name: one.float() for name, one in family.velocity(streams, text, timestep, start).items()}
    doubled = {name: torch.cat([stream, stream]) for name, stream in streams.items()}
    headed = {}
    scales = [family.guidance(order, float(timestep)) for order in orders]
    for name, both in family.velocity(doubled, text, timestep, start).items():
        unwanted, wanted = both.float().chunk(2)
        scale = torch.tensor([one[name] for one in scales], device=both.device).view(-1, *[1] * (wanted.ndim - 1))
        headed[name] = unwanted + scale * (wanted - unwanted)
    return headed


def _hold(streams: dict[str, "torch.Tensor"], start: Start) -> None:
    import torch

    for name, held in start.held.items():
        streams[name] = torch.where(held.mask > 0, held.clean, streams[name])


def _kept(streams: Tensors, start: Start, place: int) -> bytes:
    """What one of the clips goes on from, whoever is drawn beside it then."""
    from safetensors.torch import save

    tensors = {f"stream/{name}": stream for name, stream in streams.items()}
    for name, solver in start.solvers.items():
        tensors |= {f"solver/{name}/{key}": value for key, value in solver_memory(solver).items()}
    own = {name: value[place : place + 1] if value.ndim else value for name, value in tensors.items()}
    return save({name: value.detach().cpu().contiguous() for name, value in own.items()})


def _take_up(streams: dict[str, "torch.Tensor"], start: Start, kept: Sequence[bytes | None]) -> int:
    """Go on from what was kept of every clip, if it fits and all are equally far; how many steps are done."""
    import torch

    clips = [_read(content) for content in kept if content is not None]
    if not clips or len(clips) < len(kept) or len({_steps(clip) for clip in clips}) > 1:
        return start.begun
    tensors = {name: torch.cat([clip[name] for clip in clips]) if value.ndim else value for name, value in clips[0].items()}
    found = {name.removeprefix("stream/"): value for name, value in tensors.items() if name.startswith("stream/")}
    if {name: value.shape for name, value in found.items()} != {name: value.shape for name, value in streams.items()}:
        return start.begun
    for name, value in found.items():
        streams[name] = value.to(streams[name].device)
    for name, solver in start.solvers.items():
        prefix = f"solver/{name}/"
        memory = {key.removeprefix(prefix): value for key, value in tensors.items() if key.startswith(prefix)}
        restore_memory(solver, memory, str(streams[name].device))
    return _steps(clips[0])


def _read(content: bytes) -> dict[str, "torch.Tensor"]:
    from safetensors.torch import load

    return load(content)


def _steps(kept: Tensors) -> int:
    return next((int(value) for name, value in kept.items() if name.startswith("solver/") and name.endswith("/step")), 0)
