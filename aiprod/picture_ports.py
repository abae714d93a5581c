"""What judges the pictures of clips, as Protocols; `ports.py` has all the others.

Knows no model. Every method raises only errors of `aiprod.errors`.
"""

from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

Pictures: TypeAlias = npt.NDArray[np.uint8]
"""Shape: (count, height, width, 3), RGB."""


class PromptMatcher(Protocol):
    """Tells how well pictures show what English words say."""

    @property
    def name(self) -> str:
        """The model and its version, as `aiprod models` names them."""

    def check(self) -> None:
        """Raises: WeightsMissing, WeightsBroken, LicenceRefused."""

    def match(self, pictures: Pictures, text: str) -> float:
        """The mean cosine of the pictures with the text, -1 to 1. Raises: EngineMissing, WeightsBroken."""


class SafetyFilter(Protocol):
    """Tells whether pictures may be shown to everybody."""

    @property
    def name(self) -> str:
        """The model and its version, as `aiprod models` names them."""

    def check(self) -> None:
        """Raises: WeightsMissing, WeightsBroken, LicenceRefused."""

    def rate(self, pictures: Pictures) -> float:
        """How likely the worst of them may not, 0 to 1. Raises: EngineMissing, WeightsBroken."""
