"""Clips that others' models and libraries made are shown to the models that judge pictures, and what follows from it."""

import subprocess
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from aiprod import paths
from aiprod.brief import OwnMedia
from aiprod.errors import EngineMissing, WeightsBroken, WeightsMissing
from aiprod.manifests import FilmManifest, ReviewReport
from aiprod.media.clip_pictures import read_pictures
from aiprod.picture_ports import Pictures
from aiprod.screening import Safety, Screened, Screening, what_is_shown
from aiprod.story import Scene
from aiprod.video import Clip, Status
from tests.doubles import RED, ColourRenderer, PlainEngines, PlainMatcher, RedFilter, SpoilingRenderer
from tests.house import BRIEF, engines_with, make, open_house

WAN = replace(BRIEF, renderer="wan")
NOT_FOR_ALL = "Expected pictures for everybody (nudity at most 80% likely), found "
ABSENT = WeightsMissing("None of its files is here.")


def red(name: str = "wan", spoiled: int = 99) -> SpoilingRenderer:
    return SpoilingRenderer(name=name, filter=RED, spoiled=spoiled)


def test_a_clip_that_is_not_for_everybody_is_drawn_again_with_another_seed_then_by_the_next_renderer(tmp_path: Path) -> None:
    wan = red()
    app = open_house(tmp_path / "home", engines_with(wan=wan), safety="block")
    video = make(app, WAN)
    assert video.status is Status.COMPLETED, video.failure
    assert len(set(wan.seeds)) == 2
    first, second = (note for note in video.notes if NOT_FOR_ALL in note)
    assert first.startswith(f"Scene 2 was drawn again with another seed: {NOT_FOR_ALL}")
    assert second.startswith(f"Scene 2 was made by motion, because wan failed: {NOT_FOR_ALL}")
    assert [clip.renderer for clip in app.ledger.clips(video.id, 1)] == ["wan", "motion", "wan"]


def test_where_nobody_else_can_draw_it_the_film_fails_with_that_reason(tmp_path: Path) -> None:
    absent = {name: ColourRenderer(name=name, missing=EngineMissing("Not here.")) for name in ("motion", "slideshow")}
    app = open_house(tmp_path / "home", PlainEngines(renderers={**absent, "wan": red()}), safety="block")
    video = make(app, WAN)
    assert video.status is Status.FAILED
    assert video.failure.startswith(f"Scene 2 could not be made: {NOT_FOR_ALL}")
    assert not app.objects.under(f"segments/{video.id}/1/001-"), "a segment shows what must not be shown"


def test_the_users_own_pictures_are_not_shown_either_where_nothing_unfit_may_be(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home", engines_with(stills=red("stills")), safety="block")
    app.objects.write("uploads/me/red.png", b"a picture that only its renderer reads")
    video = make(app, replace(BRIEF, media=(OwnMedia(scene=2, address="uploads/me/red.png"),)))
    assert video.status is Status.COMPLETED, video.failure
    assert app.ledger.clip(f"{video.id}.1.02").renderer == "motion"
    assert any(f"because stills failed: {NOT_FOR_ALL}" in note for note in video.notes)


def test_scores_of_models_are_kept_with_their_models_and_a_model_that_is_not_here_is_said_once(tmp_path: Path) -> None:
    engines = replace(engines_with(wan=ColourRenderer(name="wan")), prompt_matcher=PlainMatcher(missing=ABSENT))
    app = open_house(tmp_path / "home", engines)
    video = make(app, WAN)
    assert video.status is Status.COMPLETED, video.failure
    told = "Prompt match was not measured: fetch its model with `aiprod models fetch plain-eye@1.0.0`."
    assert video.notes.count(told) == 1
    report = app.artefacts.read(ReviewReport, paths.review(video.id, 1))
    for clip in report.clips:
        scores = dict(clip.scores)
        assert 0 < scores["unsafe by red-filter@1.0.0"] < 0.8
        assert not any(name.startswith("prompt match") for name in scores), "a number that nobody measured"
    manifest = app.artefacts.read(FilmManifest, paths.film(video.id, 1))
    assert (manifest.models[-1], told in manifest.notes) == ("red-filter@1.0.0", True)


# --- one clip, looked at

SCENE = Scene(number=1, visual="A red fox in the snow", lines=())
FRAMES = 45


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clip all in red."""
    into = tmp_path_factory.mktemp("clip") / "red.mp4"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", f"testsrc2=s=180x320:r=15:d={FRAMES / 15},{RED}", "-c:v", "libx264",
         "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-threads", "1", str(into)],
        check=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return into


@dataclass
class Judges:
    """The models, and what is looked for."""

    eye: PlainMatcher = field(default_factory=PlainMatcher)
    red: RedFilter = field(default_factory=RedFilter)

    def look(self, file: Path, safety: Safety = "flag", renderer: str = "wan", scene: Scene = SCENE, **clip: object) -> Screened:
        asked = Clip(video="v", revision=1, scene=1, renderer=renderer, queue="q", key="k", spec="{}", frames=FRAMES, seed=1)
        screening = Screening(matcher=self.eye, safety_filter=self.red, safety=safety)
        return screening.look(file, replace(asked, **clip), scene, "en", 1.0)  # type: ignore[arg-type]


LAST: dict[str, object] = {"reseeded": 1, "renderers": ()}


def test_what_is_flagged_is_taken_where_nobody_draws_it_better_and_the_user_is_told(drawn: Path) -> None:
    assert Judges().look(drawn, renderers=("motion",)).unfit
    last = Judges().look(drawn, **LAST)
    assert (last.refused, last.unfit) == (False, False)
    assert last.notes[0].startswith(f"Scene 1 is as good as its renderers could make it: {NOT_FOR_ALL}")
    assert Judges().look(drawn, safety="block", **LAST).unfit


def test_where_nobody_wants_to_know_nothing_is_looked_at(drawn: Path) -> None:
    judges = Judges()
    assert not judges.look(drawn, safety="off").refused
    assert judges.red.looked == 0


@pytest.mark.parametrize("renderer", ["motion", "slideshow"])
def test_what_this_house_draws_itself_is_shown_to_no_model(drawn: Path, renderer: str) -> None:
    judges = Judges()
    screened = judges.look(drawn, safety="block", renderer=renderer)
    assert (screened.refused, screened.notes, judges.red.looked, judges.eye.texts) == (False, (), 0, [])


def test_the_users_own_pictures_are_judged_by_what_they_show_and_only_for_others(drawn: Path) -> None:
    judges, own = Judges(), replace(SCENE, media="uploads/me/fox.png")
    assert not judges.look(drawn, renderer="stills", scene=own).refused
    assert (judges.red.looked, judges.eye.texts) == (0, [])
    assert judges.look(drawn, safety="block", renderer="stills", scene=own).unfit
    assert judges.eye.texts == [], "whoever gives a picture knows what it shows"


def test_a_clip_that_does_not_show_what_was_asked_for_is_not_good_enough(drawn: Path) -> None:
    judges = Judges(eye=PlainMatcher(match_found=0.05))
    screened = judges.look(drawn, safety="off", renderers=("motion",))
    assert screened.unfit
    assert screened.faults == ('Expected pictures of "A red fox in the snow" (a match of at least 0.15), found 0.05.',)
    assert judges.eye.texts == ["A red fox in the snow"]


def test_what_must_be_looked_at_and_cannot_be_is_not_shown(drawn: Path) -> None:
    judges = Judges(red=RedFilter(missing=ABSENT))
    told = "Whether everybody may see the pictures was not measured: fetch its model with `aiprod models fetch red-filter@1.0.0`."
    assert judges.look(drawn).notes == (told,)
    blocked = judges.look(drawn, safety="block", **LAST)
    assert (blocked.unfit, blocked.faults) == (True, (told,))


class BrokenEye(PlainMatcher):
    """Its file is here, and is no network."""

    def match(self, pictures: Pictures, text: str) -> float:
        raise WeightsBroken("Expected a network, found what cannot be read.")


class BrokenFilter(RedFilter):
    """The same."""

    def rate(self, pictures: Pictures) -> float:
        raise WeightsBroken("Expected a network, found what cannot be read.")


def test_models_that_cannot_be_read_measure_nothing_and_the_film_goes_on(drawn: Path) -> None:
    judges = Judges(eye=BrokenEye(), red=BrokenFilter())
    seen, blocked = judges.look(drawn), judges.look(drawn, safety="block", **LAST)
    assert not seen.refused
    assert seen.notes[0] == "Prompt match was not measured: Expected a network, found what cannot be read."
    assert [note.partition(" was ")[0] for note in seen.notes] == ["Prompt match", "Whether everybody may see the pictures"]
    assert blocked.unfit


def test_judges_see_a_picture_a_second_and_four_of_a_short_clip(drawn: Path) -> None:
    assert read_pictures(drawn).shape == (4, 456, 256, 3)
    red, green, _ = read_pictures(drawn).mean(axis=(0, 1, 2))
    assert red > 5 * green


@pytest.mark.parametrize(
    ("visual", "language", "shown"),
    [
        ("A panda eats bamboo, golden light, slow dolly in", "en", "A panda eats bamboo, golden light, slow dolly in"),
        ("Un panda mange dans une forêt de bambous, lumière douce, travelling avant", "fr", "panda in a bamboo forest"),
        ("A panda eats bamboo in the forest", "fr", "A panda eats bamboo in the forest"),
        ("Die Gerechtigkeit", "de", ""),
        ("熊猫", "zh", ""),
    ],
)
def test_models_read_english_and_are_asked_in_it(visual: str, language: str, shown: str) -> None:
    assert what_is_shown(Scene(number=1, visual=visual, lines=()), language) == shown
