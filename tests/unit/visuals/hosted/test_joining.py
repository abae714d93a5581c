"""Clips joined into one keep their colours and dissolve into each other."""

from fractions import Fraction
from pathlib import Path

import numpy as np

from aiprod.media.probe import probe
from aiprod.media.stills import read_key_frames
from aiprod.profiles import Shape
from aiprod.visuals.hosted.joining import join_parts
from tests.hosted.film_clips import make_clip

SMALL = Shape(width_px=32, height_px=32)


def colours(path: Path) -> list[list[int]]:
    pictures = read_key_frames(path, SMALL)
    return [[int(value) for value in np.median(picture, axis=(0, 1))] for picture in pictures]


def test_joined_clips_last_what_they_should_and_keep_their_colours(tmp_path: Path) -> None:
    for name, colour in (("one", "0xC04020"), ("two", "0x2060C0")):
        make_clip(tmp_path / f"{name}.mp4", seconds=2, source="color", colour=colour)
    into = tmp_path / "joined.mp4"
    join_parts([tmp_path / "one.mp4", tmp_path / "two.mp4"], Fraction(6, 5), into, Fraction(30))
    picture = probe(into).picture
    assert picture is not None
    assert abs(picture.seconds - (Fraction(48, 10) - Fraction(1, 2))) < Fraction(1, 10)
    assert (picture.colour_matrix, picture.colour_transfer) == ("bt709", "bt709")
    first = colours(into)[0]
    assert max(abs(one - two) for one, two in zip(first, (0xC0, 0x40, 0x20), strict=True)) <= 6
