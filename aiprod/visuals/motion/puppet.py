"""A rig's parts in textures, drawn in any pose.

A part is lit once for each turn it takes (a step of a few degrees) and kept; after that it is a picture like any other.
The light must not change while a puppet lives, as it does not within a shot. Knows no species and no place.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import moderngl

from aiprod.visuals.motion.gpu import Frame, Gpu, Target, Vector
from aiprod.visuals.motion.subjects.rig import Matrix, Part, PartPose, Rig

_STEP_DEGREES = 3.0
_SPARE = 1.25
"""How much finer a lit part is than it is first seen: the camera may come nearer."""
_UNSEEN_PX = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a scene shows its subjects: strength of the rim of light, colour lost to the night (0..1), mirrored in
    water or not, and whether they float (in or on water, in air) and so cast no shadow. `own_light` is how much they
    show of their own colours whatever the light (0..1)."""

    rim: float = 1.0
    moonlit: float = 0.0
    own_light: float = 0.0
    reflected: bool = False
    floating: bool = False


@dataclass(frozen=True, slots=True)
class _Turn:
    """How a transform turns a part's two axes, in whole steps."""

    across: int
    up: int

    @property
    def matrix(self) -> Vector:
        """Both axes, each of length 1."""
        right, top = (math.radians(steps * _STEP_DEGREES) for steps in (self.across, self.up))
        return math.cos(right), math.sin(right), math.cos(top), math.sin(top)


class Puppet:
    """A rig's parts in textures, drawn in any pose."""

    def __init__(self, gpu: Gpu, rig: Rig) -> None:
        self._gpu, self._rig = gpu, rig
        self._atlas, self._normals = gpu.texture(rig.atlas), gpu.texture(rig.normals)
        self._lit: dict[tuple[int, _Turn], Target] = {}
        self._meshes = {
            mirror: gpu.context.vertex_array(self._program(mirror), [(gpu.unit_quad, "2f", "corner")])
            for mirror in (False, True)
        }

    def draw(
        self, poses: Sequence[PartPose], origin: tuple[float, float, float], height: float, look: Look, *,
        mirror: bool = False,
    ) -> None:  # fmt: skip
        """Draw the parts, the rig's (0, 0) at `origin`, its unit `height` metres long."""
        gpu = self._gpu
        pixels = _pixels_a_metre(gpu, origin[2]) * height
        lit = [self._light(pose, pixels, look) for pose in poses]
        program = self._program(mirror)
        gpu.blend("over")
        gpu.set(
            program,
            {
                "origin": origin,
                "size": (height, height),
                "ground": origin[1],
                "tall": height,
                "clip": 0.0 if look.reflected else -1e6,  # what is under the water is not seen
                "multiply": (0.74, 0.775, 0.81) if mirror else (1.0, 1.0, 1.0),
            },
        )
        for pose, picture in zip(poses, lit, strict=True):
            if picture is None:
                continue
            a, b, c, d, e, f = pose.matrix
            gpu.bind(program, {"picture": picture.texture})
            gpu.set(
                program,
                {
                    "box": self._rig.parts[pose.part].box,
                    "transform": (a, b, 0.0, c, d, 0.0, e, f, 1.0),
                    "opacity": pose.opacity * (0.45 if mirror else 1.0),
                },
            )
            self._meshes[mirror].render(moderngl.TRIANGLE_STRIP)

    def _program(self, mirror: bool) -> moderngl.Program:
        return self._gpu.program("part", "part", *(("MIRROR",) if mirror else ()))

    def _light(self, pose: PartPose, pixels: float, look: Look) -> Target | None:
        """The part as the light falls on it in this pose; None where it is too small to be seen."""
        turn = _turn(pose.matrix)
        kept = self._lit.get((pose.part, turn))
        if kept is not None:
            return kept
        part = self._rig.parts[pose.part]
        size = _lit_size(part, pose.matrix, pixels, self._atlas.size)
        if size is None:
            return None
        gpu, frame, before = self._gpu, self._gpu.frame, self._gpu.context.fbo
        target = gpu.target(*size)
        gpu.blend("replace")
        gpu.fill(
            gpu.screen_program("lit"), target, textures={"picture": self._atlas, "normals": self._normals},
            source=part.uv, turn=turn.matrix, own_light=look.own_light, rim_strength=look.rim, moonlit=look.moonlit,
            **_lights(frame),
        )  # fmt: skip
        before.use()
        self._lit[pose.part, turn] = target
        return target


def _lights(frame: Frame) -> dict[str, Vector]:
    """The moment's light as it falls on what stands upright."""
    grey = sum(frame.ambient) / 3
    away = math.hypot(*frame.sun_dir[:2]) + 1e-4
    return {
        "key_dir": (frame.key_dir[0], frame.key_dir[1], -frame.key_dir[2]),
        "sky_light": tuple(0.55 * tone + 0.45 * grey for tone in frame.ambient),
        "sun_light": frame.sun_colour,
        "sun_side": (frame.sun_dir[0] / away, frame.sun_dir[1] / away),
    }


def _turn(matrix: Matrix) -> _Turn:
    a, b, c, d, _, _ = matrix
    across, up = (math.degrees(math.atan2(y, x)) for x, y in ((a, b), (c, d)))
    return _Turn(round(across / _STEP_DEGREES), round(up / _STEP_DEGREES))


def _pixels_a_metre(gpu: Gpu, z: float) -> float:
    """How high a metre at that distance is seen, in pixels of what is being drawn into."""
    frame = gpu.frame
    away = max(z - frame.eye[2], 0.2)
    return float(frame.focal / away * frame.window[1] * gpu.context.fbo.viewport[3] / 2)


def _lit_size(part: Part, matrix: Matrix, pixels: float, atlas: tuple[int, int]) -> tuple[int, int] | None:
    """Pixels for a lit part: as many as will be seen, at most those painted."""
    a, b, c, d, _, _ = matrix
    left, bottom, right, top = part.box
    wide, tall = (right - left) * math.hypot(a, b) * pixels, (top - bottom) * math.hypot(c, d) * pixels
    if wide < _UNSEEN_PX or tall < _UNSEEN_PX:
        return None
    painted = ((part.uv[2] - part.uv[0]) * atlas[0], (part.uv[3] - part.uv[1]) * atlas[1])
    return math.ceil(min(wide * _SPARE, painted[0])), math.ceil(min(tall * _SPARE, painted[1]))
