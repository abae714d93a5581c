"""What an archetype says of its place before anything is built: where we stand, how we look, how thick the air is."""

from dataclasses import dataclass, field

from aiprod.visuals.motion.ground import HeightField, flat


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A place. Distances in metres from the camera's foot; `horizon` is where eye level stands in the picture (-1..1).

    A subject's depth 0..1 runs from `stage_near` to `stage_far` (in equal ratios). `reach` is how far the camera may
    travel, `fog` the air's density a metre and `fog_fall` how fast it thins with height. `sun_at` moves the mood's sun.
    `indoors` keeps weather out; `swims` lets subjects float at any height instead of standing on `heights`.
    """

    eye_height: float = 1.5
    focal: float = 2.1
    horizon: float = -0.2
    reach: float = 1.2
    shake: float = 1.0
    fog: float = 0.01
    fog_fall: float = 0.06
    stage_near: float = 3.4
    stage_far: float = 40.0
    sun_at: tuple[float, float] | None = None
    clouds: float = 1.0
    cloud_scale: float = 1.0
    leaf_light: float = 1.0
    heights: HeightField = field(default=flat)
    indoors: bool = False
    swims: bool = False
    sky: bool = True
