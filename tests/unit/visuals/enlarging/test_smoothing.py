"""Clips brought to a film's rate: by whoever draws what was left out best, and never across a cut."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from math import ceil
from pathlib import Path

import numpy as np
import pytest

from aiprod.media.probe import PictureFacts, probe
from aiprod.media.scene_sounds import add_sound
from aiprod.models.interpolation.interpolator import Interpolator, open_interpolator
from aiprod.models.manifest import Manifest, parse_manifest
from aiprod.models.pictures import Picture
from aiprod.models.registry import Registry
from aiprod.ports import Shot, Take
from aiprod.profiles import Shape
from aiprod.sittings import Sitting
from aiprod.visuals.cuts import is_cut
from aiprod.visuals.enlarging.clips import Networks, enlarge_clip
from aiprod.visuals.enlarging.renderer import EnlargingRenderer, Wish
from aiprod.visuals.enlarging.smoothing import NETWORK, SEARCH, TWICE, choose_way, fill
from tests.doubles import ColourRenderer
from tests.unit.models.interpolation.tiny import BLUE, LEVELS, write_moving, write_random

STEP_PX, BLUER = 6, 8
PIXELS_FOR_LEVELS = STEP_PX * LEVELS / BLUER
"""What a network must know of the cloud."""
SHAPE = Shape(width_px=224, height_px=160)


def texture(seed: int) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    """A wide cloud of soft spots."""
    from scipy.ndimage import gaussian_filter

    noise = np.random.default_rng(seed).standard_normal((SHAPE.height_px, 600, 3))
    soft = gaussian_filter(noise, (3, 3, 0))
    return np.asarray(128 + 45 * soft / soft.std())


def moving(seed: int, frames: int) -> list[Picture]:
    """A cloud that goes to the right and turns blue, `BLUER` levels a frame."""
    cloud = texture(seed).clip(0, 255).round().astype(np.uint8)
    cut = [cloud[:, 300 - STEP_PX * number : 300 - STEP_PX * number + SHAPE.width_px].copy() for number in range(frames)]
    for number, picture in enumerate(cut):
        picture[..., BLUE] = 20 + BLUER * number
    return cut


def write(pictures: Sequence[Picture], into: Path, rate: int = 15) -> Path:
    command = ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{SHAPE.width_px}x{SHAPE.height_px}", "-r", str(rate),
               "-i", "-", "-vf", "scale=out_color_matrix=bt709:out_range=limited", "-c:v", "libx264", "-qp", "4", "-preset", "ultrafast",
               "-pix_fmt", "yuv444p", "-colorspace", "bt709", str(into)]  # fmt: skip
    subprocess.run(command, input=b"".join(one.tobytes() for one in pictures), check=True)
    return into


def facts_of(path: Path) -> PictureFacts:
    facts = probe(path).picture
    assert facts is not None
    return facts


@pytest.fixture
def knowing(tmp_path: Path) -> Interpolator:
    """Knows the clip's motion."""
    return open_interpolator(write_moving(tmp_path / "moving.safetensors", PIXELS_FOR_LEVELS), "cpu")


@dataclass
class Counting(Interpolator):
    """Counts what it draws."""

    inner: Interpolator
    moments: list[Fraction] = field(default_factory=list)

    def between(self, first: Picture, second: Picture, moments: Sequence[Fraction]) -> list[Picture]:
        self.moments += moments
        return self.inner.between(first, second, moments)


def test_who_draws_what_was_left_out_best_is_chosen_by_measures(tmp_path: Path, knowing: Interpolator) -> None:
    clip = write(moving(1, 24), tmp_path / "clip.mp4")
    chosen = choose_way(clip, knowing)
    fits = dict(chosen.fits)
    assert set(fits) == {NETWORK, SEARCH, TWICE}
    assert fits[SEARCH].ssim > fits[TWICE].ssim
    assert (chosen.way == NETWORK) == (fits[NETWORK].ssim > fits[SEARCH].ssim), chosen.note
    random = open_interpolator(write_random(tmp_path / "random.safetensors", strength=0.8), "cpu")
    other = choose_way(clip, random)
    assert other.way == SEARCH
    assert "motion search" in other.note
    assert choose_way(clip, None).way == SEARCH
    still = write([moving(1, 1)[0]] * 24, tmp_path / "still.mp4")
    assert choose_way(still, None).fits[0][1].ssim > 0.99
    short = write(moving(1, 4), tmp_path / "short.mp4")
    assert choose_way(short, knowing).way == TWICE


def test_pictures_in_between_lie_where_the_motion_has_them(knowing: Interpolator) -> None:
    clip = moving(1, 6)
    filled = list(fill(iter(clip), Fraction(1, 2), knowing))
    assert len(filled) == 11
    assert all(np.array_equal(filled[2 * number], clip[number]) for number in range(6))
    cloud = texture(1)
    shift = 300 - STEP_PX * 2 - STEP_PX // 2
    there = cloud[:, shift : shift + SHAPE.width_px].clip(0, 255)
    assert np.abs(filled[5][48:-48, 48:-48, :BLUE] - there[48:-48, 48:-48, :BLUE]).max() < 5


@pytest.mark.parametrize(("given", "wanted"), [(16, 30), (24, 30), (24, 25)])
def test_every_rate_keeps_the_clips_time(given: int, wanted: int, knowing: Interpolator) -> None:
    clip = moving(2, 9)
    counting = Counting(inner=knowing)
    filled = list(fill(iter(clip), Fraction(given, wanted), counting))
    assert len(filled) == ceil(8 * wanted / given) + 1  # the last picture too
    assert all(0 < moment < 1 for moment in counting.moments)
    for number, picture in enumerate(filled):
        place = Fraction(number * given, wanted)
        if place.denominator == 1:
            assert np.array_equal(picture, clip[int(place)])


def test_nothing_is_drawn_across_a_cut(knowing: Interpolator) -> None:
    dark = [one // 4 for one in moving(3, 4)]
    clip = moving(1, 4) + dark
    assert is_cut(clip[3], clip[4])
    assert not any(is_cut(*pair) for pair in pairwise(clip[:4]))
    counting = Counting(inner=knowing)
    filled = list(fill(iter(clip), Fraction(1, 4), counting))
    assert len(counting.moments) == 3 * 6
    assert all(any(np.array_equal(one, clip[place]) for place in (3, 4)) for one in filled[12:17])


def test_a_clip_is_filled_up_with_its_sound_and_the_note_says_how(tmp_path: Path, knowing: Interpolator) -> None:
    silent = write(moving(1, 24), tmp_path / "silent.mp4")
    noise = np.random.default_rng(1).standard_normal((2, 48_000 * 24 // 15)).astype(np.float32) * 0.1
    add_sound(silent, noise, 48_000, tmp_path / "clip.mp4")
    shot = Shot(scene=4, spec="{}", frames=45, rate=Fraction(30), shape=SHAPE, seed=1, style="")
    made = enlarge_clip(tmp_path / "clip.mp4", shot, tmp_path / "smooth.mp4", Networks(interpolator=knowing))
    found = probe(tmp_path / "smooth.mp4")
    assert found.picture is not None
    assert found.sound is not None
    assert (found.picture.frames, found.picture.rate, found.sound.seconds) == (45, 30, Fraction(3, 2))
    assert made.smoothness is not None
    assert f"Scene 4: brought to 30 pictures a second by {made.smoothness.way} (every second picture drawn anew: the network" in made.note


@dataclass
class SlowRenderer(ColourRenderer):
    """Draws ten pictures a second, whatever is asked."""

    asked: list[Shot] = field(default_factory=list)

    def own_rate(self) -> Fraction | None:
        return Fraction(10)

    def render(self, shot: Shot, folder: Path, progress: object) -> Take:
        self.asked.append(shot)
        return super().render(shot, folder, lambda _: None)


def test_a_slow_renderers_shots_are_filled_up_and_its_version_says_so(tmp_path: Path) -> None:
    registry = Registry(tmp_path, Manifest(models=parse_manifest(
        '[[models]]\nname = "rife"\nversion = "4.6.0"\ntitle = "RIFE"\nlicence = "MIT"\nterms = ""\ncommercial = "yes"\nfiles = [{ path = "a" }]\n'
    ).models))  # fmt: skip
    slow = SlowRenderer()
    around = EnlargingRenderer(slow, Wish(interpolation="rife"), registry)
    shot = Shot(scene=1, spec="{}", frames=30, rate=Fraction(15), shape=Shape(width_px=96, height_px=64), seed=1, style="")
    ((_, take),) = around.render_together([Sitting(shot=shot, folder=tmp_path, progress=lambda _: None)])
    assert isinstance(take, Take)
    assert (slow.asked[0].rate, slow.asked[0].frames, slow.asked[0].shape) == (10, 21, shot.shape)
    facts = facts_of(take.path)
    assert (facts.frames, facts.rate) == (30, 15)
    assert any("aiprod models fetch rife" in note for note in take.notes)
    assert any("brought to 15 pictures a second" in note for note in take.notes)
    assert around.version == "1+rife@4.6.0/2"
    assert EnlargingRenderer(slow, replace(Wish(), interpolation=""), registry).version == "1"
    plain = EnlargingRenderer(ColourRenderer(), Wish(interpolation="rife"), registry)
    assert plain.version == "1"
