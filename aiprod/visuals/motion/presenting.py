"""The presenter on the screen: alone, a bust before the scene; beside a subject, a chart or a map, in a round window.

Knows where a presenter stands and how its window looks. Knows no voice: phonemes come with the shot.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import moderngl

from aiprod.profiles import Shape
from aiprod.story import Phoneme, Word
from aiprod.visuals.motion.gpu import Frame, Gpu, Target
from aiprod.visuals.motion.graphics.areas import Area, is_tall
from aiprod.visuals.motion.graphics.colours import accent_of
from aiprod.visuals.motion.graphics.easing import ease_out, part_of, spring
from aiprod.visuals.motion.graphics.writing import free_side, presenter_alone, presenter_window
from aiprod.visuals.motion.puppet import Look, Puppet
from aiprod.visuals.motion.world import Moment, World

if TYPE_CHECKING:
    from aiprod.visuals.motion.subjects.presenter import PresenterRig

_AWAY = 2.0
"""Metres to the presenter."""
_NEAREST = 0.05
_UNIT = {True: 0.56, False: 0.76}
_HEAD_AT = {True: 0.345, False: 0.10}
"""How long the rig's unit is and where its hair begins, in parts of the height, in tall and in wide pictures."""
_COMES_SECONDS = 0.5
_MOST_LETTERS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """What is heard during a shot, times from its first frame."""

    words: tuple[Word, ...] = ()
    phonemes: tuple[Phoneme, ...] = ()


SILENCE = Talk()


def mouth_sounds(talk: Talk) -> tuple[Phoneme, ...]:
    """The phonemes; where the voice gives none, each word's letters over its time."""
    if talk.phonemes:
        return talk.phonemes
    found = []
    for word in talk.words:
        letters = [letter for letter in word.text.casefold() if letter.isalpha()][:_MOST_LETTERS]
        each = (word.end - word.start) / max(1, len(letters))
        for index, letter in enumerate(letters):
            start = word.start + index * each
            found.append(Phoneme(symbol=letter, start=Fraction(start), end=Fraction(start + each)))
    return tuple(found)


def add_presenter(world: World, shape: Shape, talk: Talk) -> None:
    """Let the presenter say the words of the shot."""
    from aiprod.visuals.motion.subjects.presenter import PresenterRig

    rig, sounds = PresenterRig(_looks(world)), mouth_sounds(talk)
    puppet = Puppet(world.gpu, rig.rig)
    if presenter_alone(world.spec):
        _before_the_scene(world, shape, puppet, rig, sounds)
    else:
        window = _Window(world, shape, puppet, rig, sounds)
        world.overlay(window.draw)


def _looks(world: World) -> int:
    """One face for the whole film: the accent is the film's, and so are the presenter's looks."""
    return accent_of(world.spec.accent) % 9973


def _before_the_scene(
    world: World, shape: Shape, puppet: Puppet, rig: "PresenterRig", sounds: Sequence[Phoneme]
) -> None:
    tall = is_tall(shape)
    unit = 2 * _UNIT[tall] * _AWAY
    foot = (1 - 2 * (_HEAD_AT[tall] + _UNIT[tall])) * _AWAY
    aside = 0.0 if tall or world.spec.callout is None else 0.36 * (1 if free_side(world.spec) == "left" else -1)
    dark = world.mood.night and not world.setting.indoors
    look = Look(rim=1.3 if dark else 0.9, moonlit=0.12 if dark else 0.0, own_light=0.42)

    def draw(moment: Moment) -> None:
        scene = world.gpu.frame
        still = Frame(focal=1.0, aspect=scene.aspect, eye=(0.0, 0.0, 0.0), seconds=moment.seconds)
        world.gpu.use_frame(
            replace(scene, eye=still.eye, focal=still.focal, shift=still.shift, window=still.window, fog_density=0.0)
        )
        puppet.draw(rig.pose(moment.seconds, sounds), (aside * scene.aspect * _AWAY, foot, _AWAY), unit, look)
        world.gpu.use_frame(scene)

    world.add(_NEAREST, draw)


class _Window:
    """A round window near the picture's edge, above the subtitles."""

    def __init__(
        self, world: World, shape: Shape, puppet: Puppet, rig: "PresenterRig", sounds: Sequence[Phoneme]
    ) -> None:
        self._gpu: Gpu = world.gpu
        self._puppet, self._rig, self._sounds = puppet, rig, sounds
        self._area: Area = presenter_window(world.spec, shape)
        self._room = world.gpu.target(self._area.width, self._area.height)
        self._mesh = world.gpu.context.vertex_array(
            world.gpu.program("sheet", "window"), [(world.gpu.unit_quad, "2f", "corner")]
        )
        accent = accent_of(world.spec.accent)
        self._accent = tuple((accent >> shift & 255) / 255 for shift in (16, 8, 0))

    def draw(self, moment: Moment, target: Target) -> None:
        """Draw the presenter into its room, then the room as a disc over the picture."""
        gpu, scene = self._gpu, self._gpu.frame
        come = part_of(moment.seconds, 0.0, _COMES_SECONDS)
        gpu.use_frame(
            Frame(
                focal=1.0, aspect=1.0, eye=(0.0, 0.0, 0.0), seconds=moment.seconds, fog_density=0.0, sun_dir=(-0.4, 0.5, 0.77),
                key_dir=(-0.42, 0.52, -0.74), key_strength=1.1, sun_colour=(1.25, 1.18, 1.08), ambient=(0.50, 0.53, 0.60),
            )
        )  # fmt: skip
        self._room.framebuffer.use()
        self._room.framebuffer.clear(0.0, 0.0, 0.0, 0.0)
        unit = 1.86 * _AWAY
        self._puppet.draw(
            self._rig.pose(moment.seconds, self._sounds),
            (0.0, -0.97 * _AWAY, _AWAY),
            unit,
            Look(rim=0.5, own_light=0.35),
        )
        gpu.use_frame(scene)
        program = gpu.program("sheet", "window")
        side = self._area.width * (0.7 + 0.3 * spring(come))
        left = self._area.left + (self._area.width - side) / 2
        top = self._area.top + (self._area.height - side) / 2
        target.framebuffer.use()
        gpu.blend("over")
        gpu.bind(program, {"picture": self._room.texture})
        gpu.set(
            program,
            {
                "place": (left, top, side, side), "size": (target.width, target.height), "accent": self._accent,
                "opacity": ease_out(min(1.0, come * 2)), "softness": 2.0 / max(side, 1.0),
            },
        )  # fmt: skip
        self._mesh.render(moderngl.TRIANGLE_STRIP)
