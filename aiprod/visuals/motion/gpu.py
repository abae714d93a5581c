"""A thin layer over the context: programs by name, targets, textures, and the block of values that all programs share.

Knows no scene. Everything that shaders compute is a function of what is set here, so equal calls give equal pixels.
"""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias

import moderngl
import numpy as np
import numpy.typing as npt

from aiprod.visuals.motion.context import open_context
from aiprod.visuals.motion.shaders import shader_source
from aiprod.visuals.motion.textures import make_grain, make_wisps

Vector: TypeAlias = tuple[float, ...]
Uniform: TypeAlias = float | int | Vector | Sequence[Vector]
Pixels: TypeAlias = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What all programs know of one moment; see `shaders/frame.glsl`."""

    eye: tuple[float, float, float] = (0.0, 1.5, 0.0)
    seconds: float = 0.0
    focal: float = 2.1
    shift: tuple[float, float] = (0.0, 0.0)
    aspect: float = 0.5625
    window: tuple[float, float, float, float] = (1.0, 1.0, 0.0, 0.0)
    sun_dir: tuple[float, float, float] = (0.0, 0.3, 1.0)
    key_dir: tuple[float, float, float] = (-0.5, 0.6, -0.6)
    key_strength: float = 1.0
    sun_colour: tuple[float, float, float] = (1.0, 1.0, 1.0)
    leaf_light: float = 1.0
    ambient: tuple[float, float, float] = (0.4, 0.4, 0.4)
    fog_colour: tuple[float, float, float] = (0.5, 0.5, 0.5)
    fog_density: float = 0.01
    fog_sun: tuple[float, float, float] = (0.6, 0.6, 0.6)
    fog_fall: float = 0.05

    def packed(self) -> bytes:
        """The block's bytes, in std140."""
        rows = (
            (*self.eye, self.seconds),
            (self.focal, *self.shift, self.aspect),
            self.window,
            (*self.sun_dir, 0.0),
            (*self.key_dir, self.key_strength),
            (*self.sun_colour, self.leaf_light),
            (*self.ambient, 0.0),
            (*self.fog_colour, self.fog_density),
            (*self.fog_sun, self.fog_fall),
        )
        return np.array(rows, dtype=np.float32).tobytes()


@dataclass(frozen=True, slots=True)
class Target:
    """A texture that can be drawn into."""

    texture: moderngl.Texture
    framebuffer: moderngl.Framebuffer
    width: int
    height: int


class Gpu:
    """The context and what is kept in it. Not to be shared between threads."""

    def __init__(self) -> None:
        self.context = open_context()
        self.frame = Frame()
        self._programs: dict[tuple[str, ...], moderngl.Program] = {}
        self._block = self.context.buffer(reserve=len(self.frame.packed()))
        self._block.bind_to_uniform_block(0)
        self._triangle = self._vertices([-1, -1, 3, -1, -1, 3])
        self.quad = self._vertices([-1, -1, 1, -1, -1, 1, 1, 1])
        self.unit_quad = self._vertices([0, 0, 1, 0, 0, 1, 1, 1])
        self._screens: dict[int, moderngl.VertexArray] = {}
        self.grain = self.texture(make_grain(), tiling=True)
        self.wisps = self.texture(make_wisps(), tiling=True)

    @contextmanager
    def current(self) -> Iterator[None]:
        """Draw with this context in this thread; afterwards it belongs to no thread."""
        with self.context:
            yield

    def collect(self) -> None:
        """Free the textures and buffers of scenes that are gone. Only while the context is current."""
        gc.collect()  # worlds and what they draw refer to each other
        self.context.gc()

    def close(self) -> None:
        """Give everything back to the driver."""
        self.context.release()

    def _vertices(self, numbers: Sequence[float]) -> moderngl.Buffer:
        return self.context.buffer(np.array(numbers, dtype=np.float32).tobytes())

    def program(self, vertex: str, fragment: str, *defines: str) -> moderngl.Program:
        """The compiled pair of shader files, kept for the next time."""
        key = (vertex, fragment, *defines)
        if key not in self._programs:
            program = self.context.program(
                vertex_shader=shader_source(f"{vertex}.vert", defines),
                fragment_shader=shader_source(f"{fragment}.frag", defines),
            )
            if "Frame" in program:
                block = program["Frame"]
                if isinstance(block, moderngl.UniformBlock):
                    block.binding = 0
            self._programs[key] = program
        return self._programs[key]

    def screen_program(self, fragment: str, *defines: str) -> moderngl.Program:
        """A program that runs on every pixel of a target."""
        return self.program("screen", fragment, *defines)

    def use_frame(self, frame: Frame) -> None:
        """Make `frame` what all programs see from now on."""
        self.frame = frame
        self._block.write(frame.packed())
        self._block.bind_to_uniform_block(0)

    def set(self, program: moderngl.Program, uniforms: Mapping[str, Uniform]) -> None:
        """Set those of `uniforms` that the program has (the compiler drops what it does not need)."""
        for name, value in uniforms.items():
            if name in program:
                member = program[name]
                if isinstance(member, moderngl.Uniform):
                    member.value = value

    def fill(
        self,
        program: moderngl.Program,
        target: Target,
        *,
        textures: Mapping[str, moderngl.Texture] | None = None,
        **uniforms: Uniform,
    ) -> None:
        """Run a screen program over the whole target."""
        target.framebuffer.use()
        self.bind(program, textures or {})
        self.set(program, uniforms)
        self.screen(program)

    def screen(self, program: moderngl.Program) -> None:
        """Run a screen program, its values set, over what is being drawn into."""
        key = id(program)
        if key not in self._screens:
            self._screens[key] = self.context.vertex_array(program, [(self._triangle, "2f", "corner")])
        self._screens[key].render(moderngl.TRIANGLES)

    def bind(self, program: moderngl.Program, textures: Mapping[str, moderngl.Texture | moderngl.TextureArray]) -> None:
        """Put each texture where the program's sampler of that name looks."""
        for unit, (name, texture) in enumerate(textures.items()):
            texture.use(unit)
            self.set(program, {name: unit})

    def blend(self, mode: str = "over") -> None:
        """How what is drawn meets what is there: "over" (premultiplied), "add" or "replace"."""
        if mode == "replace":
            self.context.disable(moderngl.BLEND)
            return
        self.context.enable(moderngl.BLEND)
        self.context.blend_func = (
            (moderngl.ONE, moderngl.ONE) if mode == "add" else (moderngl.ONE, moderngl.ONE_MINUS_SRC_ALPHA)
        )

    def target(self, width: int, height: int, kind: str = "f1") -> Target:
        """A new target; `kind` is "f1" (8 bits) or "f2" (half floats)."""
        width, height = max(2, width), max(2, height)
        texture = self.context.texture((width, height), 4, dtype=kind)
        texture.repeat_x = texture.repeat_y = False
        texture.filter = (moderngl.LINEAR, moderngl.LINEAR)
        framebuffer = self.context.framebuffer([texture])
        framebuffer.clear()
        return Target(texture, framebuffer, width, height)

    def texture(self, pixels: Pixels, *, tiling: bool = False, smooth: bool = True) -> moderngl.Texture:
        """Upload rows x columns x channels; mip-mapped where `smooth`."""
        rows, columns, channels = pixels.shape
        texture = self.context.texture((columns, rows), channels, np.ascontiguousarray(pixels).tobytes(), alignment=1)
        texture.repeat_x = texture.repeat_y = tiling
        texture.filter = (moderngl.LINEAR, moderngl.LINEAR)
        if smooth and not tiling:
            texture.build_mipmaps()
            texture.filter = (moderngl.LINEAR_MIPMAP_NEAREST, moderngl.LINEAR)
        return texture

    def pictures(self, pixels: Sequence[Pixels]) -> moderngl.TextureArray:
        """Upload equal pictures as one array with mip-maps."""
        rows, columns = pixels[0].shape[:2]
        stack = np.ascontiguousarray(np.stack(pixels))
        array = self.context.texture_array((columns, rows, len(pixels)), 4, stack.tobytes())
        array.repeat_x = array.repeat_y = False
        array.build_mipmaps()
        array.filter = (moderngl.LINEAR_MIPMAP_LINEAR, moderngl.LINEAR)
        return array

    def mesh(
        self,
        program: moderngl.Program,
        vertices: npt.NDArray[Any],
        layout: str,
        names: Sequence[str],
        indices: npt.NDArray[Any] | None = None,
    ) -> moderngl.VertexArray:
        """A vertex array of interleaved floats; `names` are the program's inputs in order."""
        buffer = self.context.buffer(np.ascontiguousarray(vertices, dtype=np.float32).tobytes())
        order = None if indices is None else self.context.buffer(indices.astype(np.int32).tobytes())
        return self.context.vertex_array(program, [(buffer, layout, *names)], order)
