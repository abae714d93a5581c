"""A name on a tag: over nobody's head or body, above the subtitles, tied to who bears it by a line that follows them."""

from dataclasses import replace

import numpy as np
import pytest

from aiprod.profiles import Shape
from aiprod.visuals.motion.gpu import Gpu
from aiprod.visuals.motion.graphics.areas import Area, subtitles_top
from aiprod.visuals.motion.graphics.graphic import Graphic
from aiprod.visuals.motion.graphics.standing import Seen, Sight, Stand, Stay
from aiprod.visuals.motion.graphics.tags import tag
from aiprod.visuals.motion.spec import Archetype, Callout, Composition, SceneSpec, SubjectSpec
from tests.unit.visuals.motion.pictures import STILL, draw

TALL, WIDE = Shape(width_px=360, height_px=640), Shape(width_px=640, height_px=360)
STAY = Stay(0.4, 3.6)


def body(left: float, top: float, right: float, bottom: float, name: str = "Ada") -> Seen:
    return Seen(left=left, top=top, right=right, bottom=bottom, head=((left + right) / 2, top), name=name)


def tags(*seen: Seen, text: str = "Ada · 1843", shape: Shape = TALL, sight: Sight | None = None) -> tuple[Graphic, ...]:
    return tag(text, Stand(shape=shape, accent=0xFFFFD23F, sight=sight or (lambda _: seen)), STAY)


def meets(area: Area, one: Seen) -> bool:
    return area.left < one.right and one.left < area.right and area.top < one.bottom and one.top < area.bottom


@pytest.mark.parametrize("shape", [TALL, WIDE])
@pytest.mark.parametrize("x", [0.25, 0.5, 0.78])
@pytest.mark.parametrize("top", [0.36, 0.5])
def test_a_name_covers_neither_its_bearer_nor_the_subtitles(shape: Shape, x: float, top: float) -> None:
    hero = body((x - 0.1) * shape.width_px, top * shape.height_px, (x + 0.1) * shape.width_px, 0.8 * shape.height_px)
    for graphic in tags(hero, shape=shape):
        assert graphic.area.bottom <= subtitles_top(shape)
    assert not meets(tags(hero, shape=shape)[-1].area, hero)


def test_a_line_ties_a_name_to_the_head_of_who_bears_it_and_a_place_has_none() -> None:
    hero = body(140, 280, 220, 500)
    line, plate = tags(hero)
    assert plate.area.bottom <= hero.top
    assert line.area.left <= hero.head[0] <= line.area.right
    assert plate.area.top <= line.area.top <= plate.area.bottom
    assert line.area.bottom == pytest.approx(hero.top, abs=12)
    assert len(tags(hero, text="Paris")) == 1


def test_the_line_goes_along_with_who_walks() -> None:
    def sight(seconds: float) -> tuple[Seen, ...]:
        return (body(80 + 40 * seconds, 300, 140 + 40 * seconds, 500),)

    line = tags(sight=sight)[0]
    first, last = line.show(1.0), line.show(3.0)
    assert first is not None
    assert last is not None
    assert first.content != last.content
    assert line.area.width > 60


def test_a_name_of_a_place_gives_way_to_everybody() -> None:
    crowd = (body(20, 250, 120, 560, "one"), body(130, 260, 230, 560, "two"), body(240, 255, 340, 560, "three"))
    (plate,) = tags(*crowd, text="Waterloo")
    assert not any(meets(plate.area, one) for one in crowd)


@pytest.mark.parametrize(("place", "icon", "composition", "scale"), [
    ("ruins", "king", "right", 0.33), ("interior", "scientist", "close", 0.6), ("mountains", "elephant", "center", 0.42),
])  # fmt: skip
def test_in_a_scene_the_tag_lies_beside_what_is_drawn(
    gpu: Gpu, place: Archetype, icon: str, composition: Composition, scale: float
) -> None:
    hero = SubjectSpec(icon=icon, name="Ada", scale=scale)
    later = Callout(kind="label", text="Ada", start=0.97, end=1.0)
    spec = SceneSpec(archetype=place, seed=3, composition=composition, camera=STILL, subjects=(hero,), callout=later)
    small = Shape(width_px=180, height_px=320)
    (untold,) = draw(gpu, spec, 2.0, shape=small)
    (told,) = draw(gpu, replace(spec, callout=replace(later, start=0.1)), 2.0, shape=small)
    (empty,) = draw(gpu, replace(spec, subjects=()), 2.0, shape=small)
    written = np.abs(told - untold).max(-1) > 0.25
    drawn = np.abs(untold - empty).max(-1) > 0.12
    assert written.sum() > 300
    assert drawn.sum() > 1000
    assert (written & drawn).sum() < 0.03 * written.sum()
