"""Pictures of scenes to look at in tests: drawn small, as rows x columns x 3 in 0..1."""

from functools import cache

import numpy as np
import numpy.typing as npt

from aiprod.profiles import Shape
from aiprod.visuals.motion.gpu import Gpu
from aiprod.visuals.motion.spec import CameraMove, SceneSpec, TimeOfDay
from aiprod.visuals.motion.staging import stage_scene

SMALL = Shape(width_px=90, height_px=160)
STILL = CameraMove(kind="static", amount=0.0)
FRAMES_A_SECOND = 20

Picture = npt.NDArray[np.float32]


def draw(gpu: Gpu, spec: SceneSpec, *moments: float, shape: Shape = SMALL, seconds: float = 4.0) -> list[Picture]:
    """The scene at each moment, in seconds."""
    world = stage_scene(gpu, spec, shape, seconds)
    frames = []
    for moment in moments:
        raw = world.render(moment, round(moment * FRAMES_A_SECOND)).framebuffer.read(components=3, alignment=1)
        rows = np.frombuffer(raw, np.uint8).reshape(shape.height_px, shape.width_px, 3)
        frames.append(np.asarray(rows, dtype=np.float32) / 255)
    return frames


@cache
def place_at(place: str, hour: TimeOfDay) -> tuple[Picture, Picture]:
    """A place early in a shot that moves in, and three seconds later."""
    spec = SceneSpec(archetype=place, seed=3, time_of_day=hour, camera=CameraMove(kind="dolly", amount=0.6))  # type: ignore[arg-type]
    gpu = Gpu()
    first, later = draw(gpu, spec, 0.4, 3.4)
    gpu.close()
    return first, later


def brightness(picture: Picture) -> npt.NDArray[np.float32]:
    """What an eye takes for light, a value a pixel."""
    return np.asarray(picture @ np.array((0.2126, 0.7152, 0.0722), np.float32), dtype=np.float32)


def thumbnail(picture: Picture, cell: int = 10) -> Picture:
    """Means of square cells: what a picture shows, whatever the rounding of a driver."""
    rows, columns = picture.shape[0] // cell * cell, picture.shape[1] // cell * cell
    cells = picture[:rows, :columns].reshape(rows // cell, cell, columns // cell, cell, 3)
    return np.asarray(cells.mean((1, 3)), dtype=np.float32)


def colourfulness(picture: Picture) -> float:
    """0 for greys."""
    return float((picture.max(-1) - picture.min(-1)).mean())
