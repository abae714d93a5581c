"""Whether pictures may be shown to everybody, by Yahoo's open_nsfw: it tells nudity and sex, and nothing else.

Knows the network's own preparation of pictures; how likely is too likely is decided elsewhere.
Source: Mahadeokar and Pesavento, Open sourcing a deep learning solution for detecting NSFW images, 2016.
"""

from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from aiprod.models.sight.judge import Judge
from aiprod.picture_ports import Pictures

if TYPE_CHECKING:
    import onnxruntime

MODEL = "open-nsfw"
NETWORK = "open-nsfw.onnx"
SQUARE_PX, SIDE_PX = 256, 224
"""A picture is pressed into a square, whatever its shape, and the square's rim is left out."""
MEAN = np.array([104, 117, 123], np.float32)
"""Of blue, green and red."""


class OpenNsfwFilter(Judge):
    """Implements picture_ports.SafetyFilter."""

    model = MODEL

    def rate(self, pictures: Pictures) -> float:
        network = self._network
        (entry,) = network.get_inputs()
        (leaving,) = network.get_outputs()
        return max(float(network.run([leaving.name], {entry.name: prepared(one)})[0][0, 1]) for one in pictures)

    @property
    def _network(self) -> "onnxruntime.InferenceSession":
        return self._open(NETWORK)


def prepared(picture: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """The picture as the network wants it. Shape: (1, 224, 224, 3), blue, green, red."""
    from PIL import Image

    rim = (SQUARE_PX - SIDE_PX) // 2
    square = Image.fromarray(picture).resize((SQUARE_PX, SQUARE_PX), Image.Resampling.BILINEAR)
    with BytesIO() as content:  # as its publishers have it: all that it was taught with had been a JPEG
        square.crop((rim, rim, rim + SIDE_PX, rim + SIDE_PX)).save(content, format="JPEG")
        levels = np.asarray(Image.open(content), np.float32)
    return np.ascontiguousarray(levels[None, ..., ::-1] - MEAN)
