"""What is asked of a diffusion model: one stretch of pictures, in the shape and length that the model can draw.

Pure: knows neither torch nor any model. `Grid` says what a model can draw, the functions fit a wish to it.
"""

import math
from dataclasses import dataclass
from fractions import Fraction

from aiprod.errors import InvalidInput
from aiprod.models.diffusion.loras import Lora
from aiprod.models.pictures import Picture
from aiprod.profiles import Shape

LONGEST_PROMPT_CHARACTERS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """What a model can draw: sides in multiples of `step_px`, `stride` * n + 1 frames, at most `longest` of them, at
    `rate` (None: at the rate that is asked for)."""

    step_px: int
    stride: int
    longest: int
    rate: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Order:
    """One stretch to draw. `first` and `last` are the pictures that it starts from and ends on, where it must. A stretch of one
    picture may be drawn after another, `like`: then that part of the steps, `likeness` (0..1), and those in which nothing of it
    would show, are left out at the beginning. `loras` are added for this stretch alone."""

    prompt: str
    negative: str
    seed: int
    shape: Shape
    frames: int
    rate: Fraction
    steps: int
    guidance: float
    first: Picture | None = None
    last: Picture | None = None
    like: Picture | None = None
    likeness: float = 0.0
    loras: tuple[Lora, ...] = ()


def are_alike(one: Order, other: Order) -> bool:
    """Whether the two can be drawn together: whatever they show, their latents have one shape and go one way."""
    return _form(one) == _form(other)


def _form(order: Order) -> tuple[object, ...]:
    given = (order.first is not None, order.last is not None, order.like is not None, order.likeness)
    return order.shape, order.frames, order.rate, order.steps, order.guidance > 1, given, order.loras


def check_order(order: Order, grid: Grid) -> None:
    """Raises: InvalidInput, when the model cannot draw that."""
    sides = (order.shape.width_px, order.shape.height_px)
    if any(side < grid.step_px or side % grid.step_px for side in sides):
        raise InvalidInput("order", expected=f"sides in multiples of {grid.step_px} px", found=f"{sides[0]}x{sides[1]}")
    if not 1 <= order.frames <= grid.longest or (order.frames - 1) % grid.stride:
        raise InvalidInput(
            "order", expected=f"{grid.stride}n+1 frames, at most {grid.longest}", found=f"{order.frames} frames"
        )
    if not order.prompt.strip() or len(order.prompt) > LONGEST_PROMPT_CHARACTERS:
        expected = f"a prompt of 1 to {LONGEST_PROMPT_CHARACTERS} characters"
        raise InvalidInput("order", expected=expected, found=f"{len(order.prompt)} characters")
    if order.like is not None and order.frames > 1:
        raise InvalidInput("order", expected="one picture that is like another", found=f"{order.frames} frames")
    if order.steps < 1:
        raise InvalidInput("order", expected="at least one step", found=str(order.steps))


def fit_shape(wanted: Shape, grid: Grid, side_px: int = 0) -> Shape:
    """The shape nearest to the wanted aspect whose smaller side is about `side_px` (0: the wanted one's).

    >>> grid = Grid(step_px=32, stride=4, longest=121, rate=Fraction(24))
    >>> fit_shape(Shape(width_px=720, height_px=1280), grid)
    Shape(width_px=704, height_px=1248)
    """
    short = side_px or min(wanted.width_px, wanted.height_px)
    scale = Fraction(short, min(wanted.width_px, wanted.height_px))
    aspect = Fraction(wanted.width_px, wanted.height_px)
    area = wanted.width_px * wanted.height_px * scale * scale

    def steps(side: Fraction) -> tuple[int, ...]:
        whole = math.floor(side / grid.step_px)
        return tuple(max(1, count) * grid.step_px for count in (whole, whole + 1))

    across, down = steps(wanted.width_px * scale), steps(wanted.height_px * scale)
    choices = [(width, height) for width in across for height in down if width * height <= area]
    choices = choices or [(across[0], down[0])]

    def fault(choice: tuple[int, int]) -> tuple[float, int]:
        width, height = choice
        squeeze = abs(math.log(width / height / aspect))
        return round(squeeze + 0.5 * abs(math.log(width * height / area)), 9), -width * height

    width, height = min(choices, key=fault)
    return Shape(width_px=width, height_px=height)


def fit_parts(seconds: Fraction, rate: Fraction, grid: Grid) -> tuple[int, ...]:
    """Frames of the stretches that together last `seconds`: as few as can be, as equal as can be.

    Each after the first starts on the last picture of the one before, which is shown once.

    >>> fit_parts(Fraction(3), Fraction(24), Grid(step_px=32, stride=4, longest=121, rate=Fraction(24)))
    (73,)
    >>> fit_parts(Fraction(8), Fraction(24), Grid(step_px=32, stride=4, longest=121, rate=Fraction(24)))
    (97, 97)
    """
    needed = max(1, math.ceil(seconds * rate))
    strides = math.ceil((needed - 1) / grid.stride)
    most = (grid.longest - 1) // grid.stride
    count = max(1, math.ceil(strides / most))
    shares = [strides // count + (number < strides % count) for number in range(count)]
    return tuple(share * grid.stride + 1 for share in shares)
