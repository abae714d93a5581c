"""What a diffusion model is asked for: the scene's words, the film's style, the camera's move, pictures that scenes share."""

from dataclasses import replace

import pytest

from aiprod.brief import STYLES
from aiprod.errors import InvalidInput
from aiprod.models.diffusion.orders import LONGEST_PROMPT_CHARACTERS
from aiprod.ports import FilmLook, ShotBrief
from aiprod.visuals.diffusion.planning import DiffusionSpec, decode_spec, plan_specs

LOOK = FilmLook(style="cinematic", language="en", seed=7)
PANDA = ShotBrief(scene=1, visual="A giant panda eats bamboo in a misty forest, slow pan to the left", text="Pandas eat all day.")
AGAIN = ShotBrief(scene=2, visual="The giant panda sleeps in a forest", text="Then they sleep.", mood="calm")
SHIP = ShotBrief(scene=3, visual="A steamship crosses the sea at night", text="Far away, a ship.")


def planned(*briefs: ShotBrief, look: FilmLook = LOOK) -> list[DiffusionSpec]:
    return [decode_spec(text) for text in plan_specs(briefs, look)]


def test_a_prompt_says_what_is_seen_how_the_camera_goes_and_in_which_style() -> None:
    first, second, _ = planned(PANDA, AGAIN, SHIP)
    assert first.prompt == (
        "A giant panda eats bamboo in a misty forest, slow pan to the left. The camera pans slowly to the left. "
        "Cinematic film, soft light, shallow depth of field, natural grain."
    )
    assert second.prompt.endswith("calm mood.")
    assert "The camera" in second.prompt


@pytest.mark.parametrize("style", STYLES)
def test_every_style_says_what_it_is_and_what_it_is_not(style: str) -> None:
    (spec,) = planned(PANDA, look=replace(LOOK, style=style))
    assert "watermark" in spec.negative
    assert ("photograph" in spec.negative) == (style in ("anime", "sketch", "watercolor"))
    assert ("cartoon" in spec.negative) != ("photograph" in spec.negative)


@pytest.mark.parametrize(
    ("visual", "words"),
    [
        ("A panda, slow dolly out", "The camera slowly pulls back"),
        ("Un panda dans la forêt, travelling latéral vers la droite", "The camera tracks sideways to the right"),
        ("A panda, drone shot rising", "The camera rises on a crane"),
        ("A panda, static shot", "Static shot, fixed camera"),
    ],
)
def test_the_plans_moves_reach_the_prompt_in_words_that_models_know(visual: str, words: str) -> None:
    (spec,) = planned(replace(PANDA, visual=visual))
    assert words in spec.prompt


def test_neighbours_that_show_the_same_in_the_same_place_meet_on_one_picture() -> None:
    first, second, third = planned(PANDA, AGAIN, SHIP)
    assert first.last is not None
    assert first.last == second.first
    assert (second.last, third.first, third.last) == (None, None, None)
    assert "sleeps" in first.last.prompt


def test_what_leads_several_scenes_has_one_sheet_and_they_open_after_it() -> None:
    far = replace(AGAIN, scene=4, visual="A giant panda climbs in the snow")
    first, second, ship, fourth = planned(PANDA, AGAIN, SHIP, far)
    assert first.first is not None
    assert second.first is not None
    assert fourth.first is not None
    sheet = first.first.sheet
    assert sheet is not None
    assert sheet == second.first.sheet == fourth.first.sheet
    assert sheet.prompt.startswith("One panda by itself, whole, seen from the front")
    assert "natural grain" in sheet.prompt
    assert len({spec.first.seed for spec in (first, second, fourth) if spec.first}) == 3
    assert ship.first is None
    assert planned(PANDA, SHIP)[0].first is None
    young = planned(PANDA, replace(AGAIN, visual="A giant panda cub sleeps in a forest"))
    assert all(spec.first is None or spec.first.sheet is None for spec in young)


@pytest.mark.parametrize(
    ("visual", "taught"),
    [("A panda, slow dolly in", "dolly in"), ("A panda, static shot", "static"), ("A panda, drone shot rising", "jib up"),
     ("A panda, slow pan to the left", "")],
)  # fmt: skip
def test_a_move_that_camera_models_were_taught_goes_by_its_name(visual: str, taught: str) -> None:
    (spec,) = planned(replace(PANDA, visual=visual))
    assert spec.camera == taught


def test_editing_a_scene_leaves_those_alone_that_it_does_not_meet() -> None:
    before = plan_specs([PANDA, AGAIN, SHIP], LOOK)
    after = plan_specs([PANDA, AGAIN, replace(SHIP, visual="A lighthouse on a cliff above the sea")], LOOK)
    assert before[:2] == after[:2]
    assert before[2] != after[2]
    again = plan_specs([PANDA, replace(AGAIN, take=1), SHIP], LOOK)
    assert again[2] == before[2]
    assert planned(PANDA, replace(AGAIN, take=1))[0].last != planned(PANDA, AGAIN)[0].last


def test_a_long_visual_is_cut_at_a_sentence_and_the_style_stays() -> None:
    (spec,) = planned(replace(PANDA, visual="A panda eats bamboo in the forest. " * 200))
    assert len(spec.prompt) <= LONGEST_PROMPT_CHARACTERS
    assert spec.prompt.endswith("Cinematic film, soft light, shallow depth of field, natural grain.")
    assert "forest. The camera" in spec.prompt


def test_a_spec_of_another_renderer_is_refused() -> None:
    with pytest.raises(InvalidInput, match="diffusion spec"):
        decode_spec('{"archetype": "forest"}')


def test_clips_that_are_heard_are_asked_for_the_places_own_sound_without_speech_or_music() -> None:
    heard, still = (decode_spec(*plan_specs([PANDA], LOOK, sounding=sounding)) for sounding in (True, False))
    assert heard.sounding
    assert "nobody speaks" in heard.prompt
    assert "speech" in heard.negative
    assert not still.sounding
    assert "speaks" not in still.prompt
    assert "speech" not in still.negative
