"""Frames to look at while an archetype is made: `python -m aiprod.visuals.motion.contact_sheet forest OUT.png`.

Options are fields of the spec, several values each, every combination drawn:
`time_of_day=day,night weather=clear,rain seed=1,2 size=202x360`.
"""

import itertools
import sys
import time

import msgspec
import numpy as np
from PIL import Image

from aiprod.profiles import Shape
from aiprod.visuals.motion.gpu import Gpu, Pixels
from aiprod.visuals.motion.spec import SceneSpec
from aiprod.visuals.motion.staging import stage_scene


def draw_frame(gpu: Gpu, spec: SceneSpec, shape: Shape, seconds: float = 4.0, at: float = 0.6) -> Pixels:
    """One frame of a scene, rows x columns x 3."""
    world = stage_scene(gpu, spec, shape, seconds)
    picture = world.render(seconds * at, 0)
    rows = np.frombuffer(picture.framebuffer.read(components=3, alignment=1), np.uint8)
    return rows.reshape(shape.height_px, shape.width_px, 3)


def main(arguments: list[str]) -> None:
    """Draw the sheet."""
    names, out = arguments[0].split(","), arguments[1]
    options: dict[str, str] = {}
    for argument in arguments[2:]:
        key, _, value = argument.partition("=")
        options[key] = value
    width, height = (int(side) for side in options.pop("size", "202x360").split("x"))
    at = float(options.pop("at", "0.6"))
    columns = int(options.pop("columns", "7"))
    choices = [[(key, value) for value in values.split(",")] for key, values in options.items()]
    gpu, pictures = Gpu(), []
    for name, *chosen in itertools.product(names, *choices):
        fields: dict[str, object] = {"seed": 1, **{k: int(v) if k in ("seed", "variant") else v for k, v in chosen}}
        if "camera" in fields:
            fields["camera"] = {"kind": fields["camera"]}
        if "subject" in fields:
            icon = str(fields.pop("subject"))
            icon, _, gait = icon.partition(":")
            fields["subjects"] = [{"icon": icon, "name": icon, "gait": gait or "walk", "scale": 0.26}]
        spec = msgspec.convert({"archetype": name, **fields}, SceneSpec)
        started = time.perf_counter()
        pictures.append(draw_frame(gpu, spec, Shape(width_px=width, height_px=height), at=at))
        sys.stderr.write(
            f"{name} {' '.join('='.join(pair) for pair in chosen)} {time.perf_counter() - started:.2f} s\n"
        )
    rows = (len(pictures) + columns - 1) // columns
    sheet = Image.new("RGB", (min(columns, len(pictures)) * (width + 4), rows * (height + 4)))
    for i, picture in enumerate(pictures):
        sheet.paste(Image.fromarray(picture), (i % columns * (width + 4), i // columns * (height + 4)))
    sheet.save(out)


if __name__ == "__main__":
    main(sys.argv[1:])
