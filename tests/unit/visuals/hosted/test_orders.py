"""What is asked of a model: the prompt, and how a shot is shared out over the lengths that it sells."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiprod.errors import InvalidInput
from aiprod.models import hosted
from aiprod.ports import FilmLook, ShotBrief
from aiprod.profiles import Shape
from aiprod.visuals.hosted.orders import (
    MOST_PARTS,
    MOST_SLOWING,
    decode_spec,
    nearest_aspect,
    plan_spec,
    share_out,
)  # fmt: skip

VEO = hosted.model("veo").seconds
OMNI = hosted.model("omni").seconds


@given(st.fractions(min_value=1, max_value=30), st.sampled_from([VEO, OMNI]))
def test_clips_fill_the_shot_and_are_never_slowed_beyond_what_looks_natural(
    wanted: Fraction, lengths: tuple[int, ...]
) -> None:
    cut = share_out(wanted, lengths)
    assert cut.seconds >= wanted
    assert 1 <= cut.slowing <= MOST_SLOWING
    assert len(cut.parts) <= MOST_PARTS and set(cut.parts) <= set(lengths)


@given(st.fractions(min_value=4, max_value=30))
def test_what_is_bought_stays_near_what_is_shown(wanted: Fraction) -> None:
    assert sum(share_out(wanted, OMNI).parts) <= wanted + 1
    assert sum(share_out(wanted, VEO).parts) <= Fraction(5, 4) * wanted + 1


def test_one_clip_is_preferred_to_two_and_slowing_to_a_longer_one() -> None:
    assert share_out(Fraction(9), VEO).parts == (8,)
    assert share_out(Fraction(46, 10), VEO).parts == (4,)
    assert share_out(Fraction(14), OMNI).parts == (12,)
    assert share_out(Fraction(40), OMNI).parts[0] >= 3


def test_an_upright_film_gets_upright_pictures() -> None:
    assert nearest_aspect(Shape(width_px=720, height_px=1280), ("16:9", "9:16")) == "9:16"
    assert nearest_aspect(Shape(width_px=720, height_px=900), ("16:9", "9:16")) == "9:16"
    assert nearest_aspect(Shape(width_px=1280, height_px=720), ("16:9", "9:16")) == "16:9"


def test_a_prompt_says_the_scene_the_style_and_the_mood_and_editing_one_scene_changes_no_other() -> None:
    briefs = [
        ShotBrief(scene=1, visual="An owl over a frozen lake.", text="It hunts by ear.", mood="mystery"),
        ShotBrief(scene=2, visual="Un hibou dans la grange", text="Il dort."),
    ]
    look = FilmLook(style="watercolor", language="en", seed=1)
    first, second = (plan_spec(brief, look, model="veo-3.1-fast-generate-001", resolution="720p") for brief in briefs)
    spec = decode_spec(first)
    assert spec.prompt.startswith("An owl over a frozen lake. Animated watercolour painting")
    assert "mystery mood" in spec.prompt and "No text in the picture" in spec.prompt
    assert decode_spec(second).prompt.startswith("Un hibou dans la grange. ")
    edited = replace(briefs[0], visual="A fox in the snow")
    assert plan_spec(edited, look, model=spec.model, resolution="720p") != first
    assert plan_spec(briefs[1], look, model=spec.model, resolution="720p") == second
    with pytest.raises(InvalidInput):
        decode_spec('{"prompt": "only this"}')
