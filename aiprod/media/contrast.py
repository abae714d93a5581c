"""How much there is to see in a picture. Knows one rule, for whoever has to say that a picture is blank."""

from typing import Any

import numpy as np
import numpy.typing as npt

FEW_PERCENT = 0.1
"""A night sky's stars are no more of its pixels than this."""
FEW_COUNT_FOR = 1 / 8
"""How much what stands out in so few pixels counts, beside what is spread over all of them."""


def contrast(rows: npt.NDArray[Any]) -> float:
    """The spread of a picture's levels, in those levels; where little but a few lighter or darker points is seen (stars, a bird
    in a bright sky), how far these stand out. Shape: (height, width)."""
    darkest, middle, lightest = np.percentile(rows, (FEW_PERCENT, 50, 100 - FEW_PERCENT))
    return max(float(rows.std()), FEW_COUNT_FOR * float(max(lightest - middle, middle - darkest)))
