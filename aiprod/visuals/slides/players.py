"""The subjects of a scene, cut out and set in motion: the same rigs as the motion engine's, drawn flat by Skia.

Knows rigs by what they say of themselves. Knows no landscape.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiprod.errors import AiprodError
from aiprod.visuals.motion.spec import SceneSpec, SubjectSpec
from aiprod.visuals.motion.subjects import find_subject
from aiprod.visuals.motion.subjects.loading import load_rig
from aiprod.visuals.motion.subjects.rig import Rig
from aiprod.visuals.slides.paper import Paper, clear, glow
from aiprod.visuals.slides.things import TABLE_TOP

if TYPE_CHECKING:
    import skia

_MOST_SPEED = 0.16
"""How much of the frame's width a subject may cross in the whole shot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """A subject ready to be drawn: `feet` on the sheet in the middle of the shot, `height` in pixels."""

    subject: SubjectSpec
    rig: Rig
    atlas: "skia.Image"
    feet: tuple[float, float]
    height: float
    speed: float
    rests: bool

    @property
    def distance(self) -> float:
        """How far it is, 0 near to 1 far."""
        return self.subject.depth

    def draw(self, canvas: "skia.Canvas", paper: Paper, seconds: float, middle: float) -> None:
        """Draw everyone of a group at a time of the shot."""
        for number in range(self.subject.count):
            self._draw_one(canvas, paper, number, seconds, middle)

    def _draw_one(self, canvas: "skia.Canvas", paper: Paper, number: int, seconds: float, middle: float) -> None:
        import skia

        chance = paper.scatter("member", self.subject.icon, number)
        way = -1.0 if self.rig.faces_left else 1.0
        row = (number + 1) // 2 * (1 if number % 2 else -1)
        aside = row * self.height * max(0.5, self.rig.width) * chance.uniform(0.75, 1.0)
        size = self.height * (1.0 if number == 0 else chance.uniform(0.78, 0.95))
        x = self.feet[0] + aside + way * self.speed * (seconds - middle)
        y = self.feet[1] + (0 if number == 0 else chance.uniform(-0.16, 0.04) * self.height)
        if self.rig.grounded or self.rests:
            canvas.save()
            canvas.translate(x, y)
            canvas.scale(1.0, 0.16)
            reach = size * max(0.4, self.rig.width * 0.55)
            shadow = skia.ColorSetARGB(120, 0, 0, 0)
            canvas.drawCircle(0, 0, reach, glow((0, 0), reach, shadow, clear(shadow)))
            canvas.restore()
        light = [min(1.0, a + 0.5 * s) for a, s in zip(paper.mood.ambient, paper.mood.sun, strict=True)]
        strength = [max(0.3, part ** (1 / 2.2)) for part in light]
        paint = skia.Paint(
            AntiAlias=True,
            ColorFilter=skia.ColorFilters.Blend(
                skia.ColorSetARGB(255, *(min(255, round(255 * part)) for part in strength)), skia.kModulate
            ),
        )  # fmt: skip
        canvas.save()
        canvas.translate(x, y)
        canvas.scale(size, size)
        sampling = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kNone)
        across, down = self.atlas.width(), self.atlas.height()
        for pose in self.rig.pose(seconds, chance.random()):
            part = self.rig.parts[pose.part]
            a, b, c, d, e, f = pose.matrix
            left, bottom, right, top = part.box
            u0, v0, u1, v1 = part.uv
            canvas.save()
            canvas.concat(skia.Matrix.MakeAll(a, -c, e, -b, d, -f, 0, 0, 1))
            paint.setAlphaf(pose.opacity)
            canvas.drawImageRect(
                self.atlas, skia.Rect(u0 * across, v0 * down, u1 * across, v1 * down),
                skia.Rect(left, -top, right, -bottom), sampling, paint,
            )  # fmt: skip
            canvas.restore()
        canvas.restore()


def call_players(paper: Paper, seconds: float) -> tuple[tuple[Player, ...], tuple[str, ...]]:
    """The scene's subjects, far ones first, and notes on those that cannot be drawn."""
    players: list[Player] = []
    notes: list[str] = []
    for subject in paper.spec.subjects:
        try:
            rig = load_rig(subject, paper.spec.seed)
        except AiprodError as error:
            notes.append(f"A subject was left out: {error}")
            continue
        players.append(_player(paper, subject, rig, seconds))
    return tuple(sorted(players, key=lambda player: -player.distance)), tuple(notes)


def _player(paper: Paper, subject: SubjectSpec, rig: Rig, seconds: float) -> Player:
    import skia

    height = subject.scale * paper.frame.height_px
    height = min(height, 0.78 * paper.frame.width_px / max(0.3, rig.width))
    below = paper.margin + paper.frame.height_px - paper.horizon
    feet_y = paper.horizon + below * (0.62 - 0.55 * min(1.0, subject.depth * 1.4))
    rests = rests_on_a_table(paper.spec) and paper.spec.archetype in ("interior", "laboratory")
    if rests:
        feet_y = paper.margin + paper.frame.height_px * (TABLE_TOP + 0.05)
    elif paper.spec.archetype in ("space", "planet", "blackhole", "sky", "underwater") or not rig.grounded:
        middle = 0.42 if subject.gait == "fly" else 0.5
        feet_y = paper.margin + paper.frame.height_px * middle + height * 0.5
    elif subject.scale > 0.5:
        feet_y += 0.12 * height
    half = min(0.48 * paper.frame.width_px, 0.5 * height * rig.width)
    x = subject.x * paper.frame.width_px
    if subject.role == "hero" and subject.count == 1:
        x = min(max(x, half), paper.frame.width_px - half)
    natural = rig.stride_per_second * height
    most = _MOST_SPEED * paper.frame.width_px / max(0.5, seconds)
    pixels = max(
        (part.uv[3] - part.uv[1]) * rig.atlas.shape[0] / max(1e-6, part.box[3] - part.box[1]) for part in rig.parts
    )
    atlas = skia.Image.fromarray(rig.atlas, colorType=skia.kRGBA_8888_ColorType)
    shrink = min(1.0, 1.15 * height / pixels)
    if shrink < 0.9:
        smooth = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
        atlas = atlas.withDefaultMipmaps().resize(
            max(1, round(atlas.width() * shrink)), max(1, round(atlas.height() * shrink)), smooth
        )  # fmt: skip
    return Player(
        subject=subject, rig=rig, atlas=atlas, height=height, speed=min(natural, most),
        feet=(paper.margin + x, feet_y), rests=rests,
    )  # fmt: skip


def rests_on_a_table(spec: SceneSpec) -> bool:
    """Whether what is shown is a thing, not a living being: indoors it lies on a table."""
    first = next(iter(spec.subjects), None)
    return first is not None and find_subject(first.icon).category not in ("animal", "person")
