"""How every clip is written, whoever draws it: quick, nearly lossless, tagged BT.709, the same bytes each time.

A clip is an intermediate, encoded again with its film. Knows the encoder's options, no picture and no scene.
"""

from fractions import Fraction

from aiprod.media import colour, graph
from aiprod.timeline import TRANSITION_STEP_SECONDS

PROCESSOR: dict[str, graph.Option] = {"vcodec": "libx264", "preset": "ultrafast", "crf": 13, "threads": 1}


def clip_options(rate: Fraction) -> dict[str, graph.Option]:
    """Options of a clip's file at `rate` frames a second, but for its encoder.

    A segment that starts inside the clip decodes from the key frame before it: wherever a transition ends there is one.
    """
    ticks = 1 if rate.numerator >= 10_000 else 512  # every frame starts on a whole tick
    return {
        "f": "mp4", "r": rate, "g": max(1, round(rate * TRANSITION_STEP_SECONDS)), "fflags": "+bitexact",
        "flags:v": "+bitexact", "map_metadata": -1, "video_track_timescale": rate.numerator * ticks, **colour.OUTPUT_TAGS,
    }  # fmt: skip
