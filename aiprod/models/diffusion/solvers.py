"""The solvers of the denoising equation, and their memory of earlier steps as tensors, so that a clip can be taken up again.

Knows diffusers' schedulers; a model's folder says which one it was trained for.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from aiprod.errors import WeightsBroken, WeightsMissing

if TYPE_CHECKING:
    import torch

Solver: TypeAlias = Any
"""A scheduler of diffusers, its timesteps set."""

KNOWN = ("FlowMatchEulerDiscreteScheduler", "UniPCMultistepScheduler")
SLOW_SHARE = 0.025
"""Of the noise: what goes in the slow half of the steps."""
BASE_TOKENS, BASE_SHIFT, MOST_TOKENS, MOST_SHIFT = 256, 0.5, 4096, 1.15


def open_solver(folder: Path, *, steps: int, device: str, tokens: int = 0) -> Solver:
    """The model's solver for that many steps; `tokens` is the length of the sequence, of models that see one (0: others).

    A sequence is denoised later the longer it is, where the model's settings say so, else by halves (`_by_halves`).

    Raises: WeightsMissing, WeightsBroken.
    """
    import diffusers
    import numpy as np

    path = folder / "scheduler" / "scheduler_config.json"
    try:
        fields = json.loads(path.read_bytes())
        kind = fields["_class_name"]
    except FileNotFoundError as error:
        raise WeightsMissing(f"Expected the solver's settings in {path}, found no such file: fetch the model again.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise WeightsBroken(f"Expected a solver's settings in {path}, found something else: fetch the model again.") from error
    if kind not in KNOWN:
        raise WeightsBroken(f"Expected a solver among {', '.join(KNOWN)} in {path}, found {kind!r}: fetch the model again.")
    solver: Solver = getattr(diffusers, kind).from_config(fields)
    if kind == "FlowMatchEulerDiscreteScheduler" and tokens:
        shifted = bool(solver.config.use_dynamic_shifting)
        sigmas = np.linspace(1.0, 1 / steps, steps) if shifted else np.array(_by_halves(steps))
        solver.set_timesteps(sigmas=sigmas, mu=_shift(fields, tokens) if shifted else None, device=device)
    else:
        solver.set_timesteps(steps, device=device)
    solver.set_begin_index(0)
    return solver


def solver_memory(solver: Solver) -> dict[str, "torch.Tensor"]:
    """All that the solver remembers of the steps done."""
    import torch

    kept: dict[str, torch.Tensor] = {"step": torch.tensor(solver.step_index or 0)}
    for name in ("lower_order_nums", "this_order"):
        if hasattr(solver, name):
            kept[name] = torch.tensor(getattr(solver, name))
    if getattr(solver, "last_sample", None) is not None:
        kept["last_sample"] = solver.last_sample
    for name in ("model_outputs", "timestep_list"):
        for place, value in enumerate(getattr(solver, name, ())):
            if value is not None:
                kept[f"{name}.{place}"] = torch.as_tensor(value)
    return kept


def restore_memory(solver: Solver, kept: dict[str, "torch.Tensor"], device: str) -> None:
    """Make a new solver remember what another did."""
    solver._step_index = int(kept["step"])
    for name, value in kept.items():
        field, _, place = name.partition(".")
        if place:
            getattr(solver, field)[int(place)] = value.to(device)
        elif field in ("lower_order_nums", "this_order"):
            setattr(solver, field, int(value))
        elif field == "last_sample":
            solver.last_sample = value.to(device)


def _by_halves(steps: int) -> list[float]:
    """How much noise there is before each step: hardly less in the first half of them, then falling ever faster, without a
    bend. LTX-Video 0.9.5 was taught so. Source: Polyak et al., "Movie Gen" (2024)."""
    slow = steps // 2
    if not slow:
        return [1.0] * steps
    begun, fast = SLOW_SHARE / slow, steps - slow
    bend = (1 - SLOW_SHARE - begun * fast) / fast**2
    gone = [begun * step + bend * max(0, step - slow) ** 2 for step in range(steps)]
    return [1 - one for one in gone]


def _shift(fields: dict[str, float], tokens: int) -> float:
    """How much later a longer sequence is denoised: a line through two points that the settings give."""
    few, many = fields.get("base_image_seq_len", BASE_TOKENS), fields.get("max_image_seq_len", MOST_TOKENS)
    low, high = fields.get("base_shift", BASE_SHIFT), fields.get("max_shift", MOST_SHIFT)
    return low + (high - low) * (tokens - few) / (many - few)
