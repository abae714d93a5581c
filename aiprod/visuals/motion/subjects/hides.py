"""The scaly hide of great reptiles: light above, dark below, grained.

Knows Skia through `ink.py`. Knows no animal.
"""

from typing import TYPE_CHECKING

import numpy as np

from aiprod.visuals.motion.subjects.ink import Colour, darker, lighter, mix, oval, paint, path, ramp, shade_under

if TYPE_CHECKING:
    import skia


def hide(canvas: "skia.Canvas", form: "skia.Path", tone: Colour, seed: int) -> None:
    """Fill a form with hide."""
    bounds = form.getBounds()
    canvas.drawPath(form, ramp([(0.0, darker(tone, 0.45)), (0.45, tone), (1.0, lighter(tone, 0.12))],
                               (0.0, bounds.top()), (0.0, bounds.bottom())))  # fmt: skip
    random = np.random.default_rng(seed)
    canvas.save()
    canvas.clipPath(form, doAntiAlias=True)
    for _ in range(round(240 * bounds.width())):
        x, y = random.uniform(bounds.left(), bounds.right()), random.uniform(bounds.top(), bounds.bottom())
        shade = mix(darker(tone, 0.4), lighter(tone, 0.3), float(random.random()))
        canvas.drawPath(path(oval((x, y), 0.013, 0.009)), paint(shade, 0.35))
    canvas.restore()
    shade_under(canvas, form, tone, 0.05, strength=0.5)
