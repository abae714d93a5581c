"""Whose face speaks, in which frames, how a mouth is put back without a seam, and how well it follows a voice."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from aiprod.models.lipsync.detector import Face, open_finder
from aiprod.profiles import Shape
from aiprod.story import Word
from aiprod.visuals.cuts import is_cut
from aiprod.visuals.lipsync.blending import blend, cut_out
from aiprod.visuals.lipsync.measures import Following, measure_following, mouth_patch
from aiprod.visuals.lipsync.speaking import Speech, ease, loudness, shares
from aiprod.visuals.lipsync.tracking import Box, follow
from tests.tiny_weights.lips import draw_face, finder_weights, speak
from tests.unit.visuals.lipsync.clips import RATE, SHAPE, WORDS, border_gradient

BOX = Box(left=86, top=70, right=170, bottom=184)


def face(left: float, top: float, size: float, score: float = 0.9) -> Face:
    return Face(left=left, top=top, right=left + size, bottom=top + 1.3 * size, eyes=top + 0.45 * size, nose=top + 0.75 * size, score=score)


# --- whose face --------------------------------------------------------------------------------------------------------


def test_the_face_that_shows_the_most_is_followed_steadily_and_gaps_are_filled() -> None:
    draw = np.random.default_rng(3)
    seen: list[tuple[Face, ...]] = []
    for n in range(30):
        trembling = face(100 + n + draw.normal(0, 1), 80 + draw.normal(0, 1), 90)
        seen.append(() if n in (12, 13, 14) else (face(300, 60, 60, 0.99), trembling))
    places = follow(seen, (), Shape(width_px=480, height_px=320))
    assert all(places)
    lefts = np.array([place.left for place in places if place])
    assert (np.abs(lefts - np.arange(100, 130)) <= 3).all()
    assert np.abs(np.diff(lefts, 2)).mean() < 0.2
    middle = places[10]
    assert middle is not None
    assert middle.bottom > 80 + 1.3 * 90
    nose_bridge = 80 + 0.65 * 90
    assert abs((middle.top + middle.bottom) / 2 - nose_bridge) < 3


def test_a_cut_ends_a_face_and_a_glimpse_is_none() -> None:
    shape = Shape(width_px=480, height_px=320)
    one, other = [(face(60, 60, 100),)] * 10, [(face(70, 60, 100),)] * 10
    cut = follow([*one, *other], {10}, shape)
    assert [round(place.left) for place in cut if place] == [60] * 10 + [70] * 10
    flowing = follow([*one, *other], (), shape)
    assert len({round(place.left) for place in flowing if place}) > 2
    assert not any(follow([(), (face(60, 60, 100),), (face(60, 60, 100),), (), ()], (), shape))


def test_a_face_that_was_hidden_or_left_speaks_again_and_nobody_beside_it_does() -> None:
    shape = Shape(width_px=480, height_px=320)
    speaker, listener = face(60, 60, 100), face(300, 90, 60)
    hidden = follow([(speaker,)] * 20 + [()] * 10 + [(face(200, 60, 96),)] * 12, (), shape)
    assert [round(place.left) if place else None for place in hidden] == [60] * 20 + [None] * 10 + [200] * 12
    beside = follow([(speaker, listener)] * 20 + [(listener,)] * 20, (), shape)
    assert [place is not None for place in beside] == [True] * 20 + [False] * 20
    alone = follow([(speaker,)] * 20 + [()] * 10 + [(listener,)] * 12, (), shape)
    assert not any(alone[20:]), "another's, who is farther off"


def test_a_face_about_as_large_as_it_must_be_does_not_go_on_and_off() -> None:
    trembling = [(face(100, 100, 56 + 1.5 * np.sin(n / 3)),) for n in range(60)]
    assert all(follow(trembling, (), Shape(width_px=480, height_px=320)))


@pytest.mark.parametrize("seen", [face(100, 100, 40), face(-70, 100, 120), face(100, 260, 120)])
def test_a_face_that_is_small_or_mostly_out_of_the_picture_keeps_its_lips(seen: Face) -> None:
    assert not any(follow([(seen,)] * 10, (), Shape(width_px=480, height_px=320)))


def test_a_cut_is_told_from_motion() -> None:
    assert not any(is_cut(*pair) for pair in pairwise(draw_face(0.1, shift=4.0 * n) for n in range(4)))
    assert is_cut(draw_face(0.1), 255 - draw_face(0.1))


# --- when --------------------------------------------------------------------------------------------------------------


def test_lips_move_with_the_words_and_not_in_the_pauses() -> None:
    far = Word(text="three", start=Fraction(2), end=Fraction(11, 5))
    found = shares(Speech(samples=speak(Fraction(3)), words=(*WORDS, far)), 75, RATE)
    spoken = [n for n, share in enumerate(found) if share]
    assert spoken == [*range(8, 28), *range(48, 58)]
    assert found[8] == pytest.approx(1 / 3) and found[9] == pytest.approx(2 / 3)
    assert all(share == 1 for share in found[10:25])
    assert found[27] == pytest.approx(1 / 3)


def test_a_mouth_does_not_come_or_go_at_once_where_a_face_is_found_or_lost_but_at_a_cut_it_does() -> None:
    places = [None, *[BOX] * 7, None, *[BOX] * 3]
    third = pytest.approx(1 / 3), pytest.approx(2 / 3)
    assert ease(places, {0, 9}) == (0, *third, 1, 1, 1, third[1], third[0], 0, 1, 1, 1)
    assert ease(places, {0, 8}) == (0, *third, 1, 1, 1, 1, 1, 0, *third, 1)
    assert ease([BOX] * 3, {0}) == (1, 1, 1)


def test_without_words_the_sound_says_when() -> None:
    samples = np.concatenate([np.zeros(16_000), 0.3 * np.sin(np.arange(16_000) / 5), np.zeros(16_000)]).astype(np.float32)
    found = shares(Speech(samples=samples, start=Fraction(1, 5)), 80, RATE)
    spoken = [n for n, share in enumerate(found) if share]
    assert 26 <= spoken[0] <= 30 and 56 <= spoken[-1] <= 60
    assert shares(Speech(samples=np.zeros(16_000, np.float32)), 25, RATE) == (0.0,) * 25


def test_loudness_lies_where_the_sound_begins() -> None:
    samples = np.concatenate([np.zeros(8_000), np.full(8_000, 0.25)]).astype(np.float32)
    levels = loudness(Speech(samples=samples, start=Fraction(1)), 60, RATE)
    assert levels[:37].max() == 0 and levels[38:50].min() == pytest.approx(0.5) and levels[51:].max() == 0


# --- blending ----------------------------------------------------------------------------------------------------------


def test_a_mouth_of_other_colours_and_light_is_put_back_without_a_seam() -> None:
    picture = draw_face(0.0)
    box = BOX
    made = np.clip(cut_out(draw_face(1.0), box).astype(float) * [1.12, 1.0, 0.86] + [10, 4, -8], 0, 255).astype(np.uint8)
    mixed = blend(picture, box, made, 1.0)
    outside = np.ones(picture.shape[:2], bool)
    outside[70:184, 86:170] = False
    assert (mixed[outside] == picture[outside]).all()
    assert (mixed[70:115] == picture[70:115]).all(), "the eyes are another's"
    assert abs(border_gradient(mixed, box) - border_gradient(picture, box)) < 0.5
    pasted = picture.copy()
    from PIL import Image

    pasted[70:184, 86:170] = np.asarray(Image.fromarray(made).resize((84, 114)))
    assert border_gradient(pasted, box) > border_gradient(picture, box) + 5
    # The mouth itself is that of the open face, in the picture's own light.
    mouth = (slice(140, 170), slice(112, 144))
    wanted = draw_face(1.0)[mouth].astype(float)
    assert np.abs(mixed[mouth].astype(float).mean((0, 1)) - wanted.mean((0, 1))).max() < 9
    assert np.abs(mixed[mouth].astype(float) - wanted).mean() < 0.5 * np.abs(picture[mouth].astype(float) - wanted).mean()
    # No step inside either: the steepest edge is no steeper than those of the two faces.
    steepest = max(float(np.abs(np.diff(one.astype(float), axis=0)).max()) for one in (picture, draw_face(1.0)))
    assert float(np.abs(np.diff(mixed[100:].astype(float), axis=0)).max()) <= 1.25 * steepest


def test_half_a_share_is_half_way_and_a_box_may_reach_over_the_edge() -> None:
    picture, box = draw_face(0.0), BOX
    made = cut_out(draw_face(1.0), box)
    whole, half = (blend(picture, box, made, share).astype(float) for share in (1.0, 0.5))
    assert np.abs(half - (whole + picture) / 2).max() <= 1
    assert (blend(picture, box, made, 0.0) == picture).all()
    over = Box(left=200, top=180, right=300, bottom=300)
    assert cut_out(picture, over).shape == (256, 256, 3)
    changed = blend(picture, over, 255 - cut_out(picture, over), 1.0)
    assert changed.shape == picture.shape and (changed != picture).any()


# --- measures ----------------------------------------------------------------------------------------------------------


def test_a_mouth_that_opens_with_the_voice_follows_it_and_a_still_one_does_not() -> None:
    finder = open_finder(finder_weights())
    seconds, late = Fraction(2), 2
    speech = Speech(samples=speak(seconds))
    voice = loudness(speech, 50, RATE)
    opened = 0.7 * voice / voice.max()

    def following(openness: Sequence[float], light: float = 0.0) -> Following:
        noise = np.random.default_rng(2)
        pictures = [
            np.clip(draw_face(float(one), shift=0.4 * n) + light * np.sin(n) + noise.normal(0, 1.5, (256, 256, 3)), 0, 255).astype(np.uint8)
            for n, one in enumerate(openness)
        ]
        looked_at = {*range(0, 50, 2), 49}
        places = follow([finder.find(picture) if n in looked_at else () for n, picture in enumerate(pictures)], (), SHAPE)
        patches = {n: mouth_patch(pictures[n], place) for n, place in enumerate(places) if place}
        assert len(patches) == 50
        return measure_following(patches, voice, RATE)

    delayed = np.concatenate([np.zeros(late), opened[:-late]])
    talking = following(delayed)
    assert talking.correlation > 0.95 and talking.lag_frames == late
    assert following(np.zeros(50), light=6.0).correlation < 0.4
    assert following(np.random.default_rng(8).permutation(opened)).correlation < 0.55


def test_too_few_pictures_or_a_mouth_that_stands_still_are_no_measure() -> None:
    patch = mouth_patch(draw_face(0.3), BOX)
    voice = loudness(Speech(samples=speak(Fraction(2))), 50, RATE)
    assert measure_following(dict.fromkeys(range(50), patch), voice, RATE) == Following(correlation=0.0, lag_frames=0)
    assert measure_following({}, voice, RATE).correlation == 0
