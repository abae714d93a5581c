"""What is asked of a hosted service: one clip of a length that it sells, and how a shot is made of such clips.

A shot shorter than the clip is cut; one a little longer is slowed, which viewers do not see in a moving landscape;
a longer one is asked as several views that dissolve into each other. Pure: knows no service and no file.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from itertools import combinations_with_replacement

from aiprod.errors import InvalidInput
from aiprod.ports import FilmLook, ShotBrief
from aiprod.profiles import Shape
from aiprod.visuals.styles import NEGATIVE, style_words

MOST_SLOWING = Fraction(6, 5)
MOST_PARTS = 4
JOIN_SECONDS = Fraction(1, 2)
LONGEST_PROMPT_CHARACTERS = 2_000
VIEWS = ("", "The same scene a moment later, seen closer.", "The same scene, seen from afar.",
         "The same scene, a detail of it.")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class HostedSpec:
    """A scene's plan: what to ask for, of which model, at which resolution. Length and shape come with the shot."""

    prompt: str
    negative: str
    model: str
    resolution: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One clip to be asked for; its content is its identity: equal orders are one operation."""

    prompt: str
    negative: str
    model: str
    resolution: str
    aspect: str
    seconds: int
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """How a shot is made: the lengths of its clips, in order, and how much slower they are shown (1: not)."""

    parts: tuple[int, ...]
    slowing: Fraction

    @property
    def seconds(self) -> Fraction:
        """How long the clips last, joined and slowed."""
        return _joined(self.parts) * self.slowing


def plan_spec(brief: ShotBrief, look: FilmLook, *, model: str, resolution: str) -> str:
    """The spec of a scene as JSON."""
    mood = f"{brief.mood} mood" if brief.mood else ""
    parts = [brief.visual.strip().rstrip("."), style_words(look.style), mood, "No text in the picture"]
    prompt = ". ".join(part for part in parts if part)[:LONGEST_PROMPT_CHARACTERS]
    spec = HostedSpec(prompt=f"{prompt}.", negative=NEGATIVE, model=model, resolution=resolution)
    return json.dumps(asdict(spec), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def decode_spec(text: str) -> HostedSpec:
    """The spec of a text. Raises: InvalidInput."""
    try:
        fields = json.loads(text)
        return HostedSpec(**{name: str(fields[name]) for name in ("prompt", "negative", "model", "resolution")})
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidInput("hosted spec", expected="JSON with prompt, negative, model, resolution", found=text[:60]) from error


def share_out(wanted: Fraction, lengths: Sequence[int]) -> Cut:
    """The fewest clips that fill `wanted` seconds, of these the cheapest, of these the least slowed.

    >>> share_out(Fraction(46, 10), (4, 6, 8))
    Cut(parts=(4,), slowing=Fraction(23, 20))
    >>> share_out(Fraction(12), (4, 6, 8)).parts
    (4, 8)
    """
    for count in range(1, MOST_PARTS + 1):
        enough = [
            parts for parts in combinations_with_replacement(sorted(lengths), count)
            if _joined(parts) * MOST_SLOWING >= wanted
        ]  # fmt: skip
        if enough:
            parts = min(enough, key=lambda parts: (sum(parts), -_joined(parts)))
            return Cut(parts=parts, slowing=max(Fraction(1), wanted / _joined(parts)))
    return Cut(parts=(max(lengths),) * MOST_PARTS, slowing=MOST_SLOWING)


def nearest_aspect(shape: Shape, aspects: Sequence[str]) -> str:
    """Of the aspects that a model draws, the one of which least is cut away."""

    def kept(aspect: str) -> Fraction:
        across, down = (int(part) for part in aspect.split(":"))
        ratio = Fraction(across, down) / Fraction(shape.width_px, shape.height_px)
        return min(ratio, 1 / ratio)

    return max(aspects, key=kept)


def orders_of(spec: HostedSpec, cut: Cut, aspect: str, seed: int) -> tuple[Order, ...]:
    """One order a clip; each shows the scene in another view, so that their join looks meant."""
    return tuple(
        Order(
            prompt=f"{spec.prompt} {VIEWS[number]}".strip(), negative=spec.negative, model=spec.model,
            resolution=spec.resolution, aspect=aspect, seconds=seconds, seed=seed + number,
        )
        for number, seconds in enumerate(cut.parts)
    )  # fmt: skip


def _joined(parts: Sequence[int]) -> Fraction:
    return sum(parts) - (len(parts) - 1) * JOIN_SECONDS
