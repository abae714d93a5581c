"""Clips whose speaker's lips follow a voice: whose face, in which frames, without a seam; measured; in films of the real chain."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from aiprod import paths
from aiprod.encoding import from_json
from aiprod.errors import InvalidSetting, LicenceRefused
from aiprod.manifests import FilmManifest, PlanManifest, ScriptManifest
from aiprod.media.probe import probe
from aiprod.media.sounds import write_flac
from aiprod.models.licences import LicencePolicy
from aiprod.models.lipsync.opening import Lips, open_lips
from aiprod.models.registry import Registry, Supply
from aiprod.ports import FilmLook, Shot, ShotBrief, Take
from aiprod.shots import plan_clip
from aiprod.story import Word
from aiprod.video import Status
from aiprod.visuals.frames import read_pictures
from aiprod.visuals.lipsync.clips import plan_parts, sync_clip, synced_pictures
from aiprod.visuals.lipsync.order import read_order, run_order
from aiprod.visuals.lipsync.renderer import TELLER, LipsyncRenderer
from aiprod.visuals.lipsync.speaking import Speech, shares
from tests.doubles import ColourRenderer, PlainEngines, PlainWriter
from tests.house import BRIEF, make, open_house
from tests.tiny_weights.lips import draw_face, lips_registry, speak
from tests.unit.visuals.lipsync.clips import FRAMES, RATE, SHAPE, WORDS, border_gradient, write_clip


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    return lips_registry(tmp_path_factory.mktemp("lips"))


@pytest.fixture(scope="module")
def lips(registry: Registry) -> Lips:
    return open_lips(registry, "musetalk", "cpu")


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A person who says nothing, drifting a little."""
    path = tmp_path_factory.mktemp("clips") / "still.mp4"
    return write_clip(path, [draw_face(0.1, shift=0.3 * n) for n in range(FRAMES)])


def shot(**other: object) -> Shot:
    wanted: dict[str, object] = {"scene": 2, "spec": "{}", "frames": FRAMES, "rate": RATE, "shape": SHAPE, "seed": 1, "style": ""}
    return Shot(**{**wanted, **other})  # type: ignore[arg-type]


# --- clips -------------------------------------------------------------------------------------------------------------


def test_only_frames_in_which_a_face_speaks_are_changed_by_what_is_heard(still: Path, lips: Lips) -> None:
    speech = Speech(samples=speak(Fraction(FRAMES, 25)), words=WORDS)
    before = list(read_pictures(still))
    plan = plan_parts(before, shares(speech, FRAMES, RATE), SHAPE, lips.finder)
    assert [n for n, part in enumerate(plan) if part.speaks] == list(range(8, 28))
    made = list(synced_pictures(before, plan, speech, RATE, lips))
    assert len(made) == FRAMES
    for n, (one, other) in enumerate(zip(before, made, strict=True)):
        assert (one.tobytes() == other.tobytes()) == (n not in range(8, 28)), n
    other_words = list(synced_pictures(before, plan, replace(speech, samples=speak(Fraction(FRAMES, 25), seed=77)), RATE, lips))
    assert (other_words[15] != made[15]).any()
    part = plan[15]
    assert part.box is not None
    assert (made[15][: part.box.rows.start] == before[15][: part.box.rows.start]).all()
    assert abs(border_gradient(made[15], part.box) - border_gradient(before[15], part.box)) < 0.5


def test_every_frame_of_speech_gets_lips_also_beside_a_cut_and_at_the_end(lips: Lips) -> None:
    bright, dark = draw_face(0.1), draw_face(0.1, shift=30) // 2
    speech = Speech(samples=speak(Fraction(1)), words=(Word(text="ah", start=Fraction(0), end=Fraction(2)),))
    plan = plan_parts([bright] * 9 + [dark] * 9, shares(speech, 18, RATE), SHAPE, lips.finder)
    assert [n for n, part in enumerate(plan) if not part.speaks] == []
    assert plan[8].box is not None and plan[9].box is not None and plan[9].box.left > plan[8].box.left + 20


def test_a_clip_gets_lips_and_keeps_its_form_and_its_sound(still: Path, lips: Lips, tmp_path: Path) -> None:
    sounding = tmp_path / "sounding.mp4"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-i", str(still), "-f", "lavfi", "-i", "sine=d=1.44", "-c:v", "copy", "-c:a", "alac", str(sounding)],
        check=True,
    )  # fmt: skip
    speech = Speech(samples=speak(Fraction(FRAMES, 25)), words=WORDS)
    made = sync_clip(sounding, shot(), speech, tmp_path / "lips.mp4", lips)
    assert (made.frames, made.spoken) == (20, 20)
    assert made.before.correlation < 0.4
    assert made.score is None
    assert made.note.startswith("Scene 2: lips made in 20 of 20 frames with speech; they follow the voice by 0.")
    assert f"(before: {made.before.correlation:.2f})" in made.note and "not measured: Expected the model syncnet" in made.note
    assert made.note.endswith(" The processor did it, for there is no GPU here.")
    facts = probe(tmp_path / "lips.mp4")
    assert facts.picture is not None and facts.sound is not None
    assert (facts.picture.width_px, facts.picture.height_px, facts.picture.frames, facts.picture.rate) == (256, 256, FRAMES, RATE)
    changes = [float(np.abs(one.astype(int) - other).mean()) for one, other in zip(read_pictures(still), read_pictures(tmp_path / "lips.mp4"), strict=True)]
    assert max(changes[:8] + changes[28:]) < 1.0 < max(changes[10:25])
    sync_clip(sounding, shot(), speech, tmp_path / "again.mp4", lips)
    assert (tmp_path / "again.mp4").read_bytes() == (tmp_path / "lips.mp4").read_bytes()


def test_a_clip_without_a_face_or_without_words_stays_as_it_is(tmp_path: Path, still: Path, lips: Lips) -> None:
    bare = write_clip(tmp_path / "bare.mp4", [np.full((128, 128, 3), 40 + n, np.uint8) for n in range(FRAMES)])
    made = sync_clip(bare, shot(), Speech(samples=speak(Fraction(1)), words=WORDS), tmp_path / "lips.mp4", lips)
    assert made.frames == 0 and "no face is large enough" in made.note
    quiet = sync_clip(still, shot(), Speech(samples=np.zeros(16_000, np.float32)), tmp_path / "lips.mp4", lips)
    assert quiet.frames == 0 and "nobody speaks" in quiet.note
    assert not (tmp_path / "lips.mp4").exists()


def test_a_judge_scores_what_it_is_shown(still: Path, tmp_path: Path) -> None:
    judged = open_lips(lips_registry(tmp_path / "models", judge=True), "musetalk", "cpu")
    assert judged.judge is not None and judged.no_judge == ""
    made = sync_clip(still, shot(), Speech(samples=speak(Fraction(FRAMES, 25)), words=WORDS), tmp_path / "lips.mp4", judged)
    assert made.score is not None and made.score.distance > 0
    assert f"LSE-D {made.score.distance:.2f}, LSE-C {made.score.confidence:.2f}." in made.note


# --- films -------------------------------------------------------------------------------------------------------------


@dataclass
class FaceRenderer(ColourRenderer):
    """Draws a person who says nothing; some of the frames drawn twice, for speed."""

    def render(self, shot: Shot, folder: Path, progress: Callable[[int], None]) -> Take:
        self.rendered.append(shot.scene)
        shape = shot.shape
        drawn = [draw_face(0.1, rows=shape.height_px, columns=shape.width_px, scale=1.1, shift=2.0 * n) for n in range(3)]
        step = max(1, shot.frames // 3 + 1)
        progress(shot.frames)
        return Take(path=write_clip(folder / "face.mp4", [drawn[n // step] for n in range(shot.frames)], shot.rate))


def test_a_film_with_a_presenter_gets_lips_and_says_how_well(registry: Registry, tmp_path: Path) -> None:
    around = LipsyncRenderer(FaceRenderer(name="motion"), "musetalk", registry)
    renderers = {**PlainEngines().renderers, "motion": around}
    app = open_house(tmp_path, PlainEngines(writers={"outline": PlainWriter(scenes=1)}, renderers=renderers))
    video = make(app, replace(BRIEF, presenter=True))
    assert video.status is Status.COMPLETED, video.failure
    film = from_json(FilmManifest, app.objects.read(paths.film(video.id, 1)))
    told = " ".join(film.notes)
    assert "Scene 1: lips made in" in told and "they follow the voice by" in told
    assert "motion 1+musetalk@1.5.0+centerface@1.0.0+whisper-tiny@1.0.0+sd-vae-ft-mse@1.0.0/2" in film.models
    (stored,) = app.objects.under(f"clips/{video.id}/")
    pictures = list(read_pictures(app.objects.fetch(stored.address, tmp_path)))
    spoken = app.ledger.clips(video.id, 1)[0]
    assert len(pictures) == spoken.frames
    clean = {picture.tobytes() for picture in pictures}
    assert len(clean) > 6, "three pictures were drawn; every other one is a mouth's"
    # Another sound is another clip; the same sound at another address is the same.
    plan = from_json(PlanManifest, app.objects.read(paths.plan(video.id, 1)))
    scene = from_json(ScriptManifest, app.objects.read(paths.script(video.id, 1))).script.scenes[0]

    def key(address: str) -> str:
        heard = replace(plan, shots=(replace(plan.shots[0], sound=address),))
        return plan_clip(video, scene, heard, app.engines.renderers["motion"], spoken.spec, ()).key

    name = plan.shots[0].sound.rpartition("/")[2]
    assert key(plan.shots[0].sound) == spoken.key == key(f"sounds/other/7/{name}")
    assert key(f"sounds/{video.id}/1/01-other.flac") != spoken.key


@pytest.mark.parametrize("presenter", [False, True])
def test_without_a_presenter_or_without_weights_the_clip_is_as_it_was_drawn(presenter: bool, registry: Registry, tmp_path: Path) -> None:
    known = lips_registry(tmp_path / "models", lacking="musetalk") if presenter else registry
    renderer = LipsyncRenderer(ColourRenderer(), "musetalk", known)
    look = FilmLook(style="cinematic", language="en", seed=1, presenter=presenter)
    (spec,) = renderer.plan([ShotBrief(scene=1, visual="A volcano.", text="It sleeps.")], look)
    voice = write_flac(speak(Fraction(1)), 16_000, tmp_path / "voice.flac")
    take = renderer.render(shot(spec=spec, words=WORDS, sound=voice), tmp_path, lambda _: None)
    assert take.path == tmp_path / "take.mp4"
    assert ["lips left as they are" in note and "aiprod models fetch musetalk" in note for note in take.notes] == [True] * presenter


def test_scenes_of_a_presenter_show_who_speaks_and_own_media_stay_what_they_are(registry: Registry) -> None:
    renderer = LipsyncRenderer(ColourRenderer(), "musetalk", registry)
    briefs = [ShotBrief(scene=1, visual="A volcano.", text="It sleeps."), ShotBrief(scene=2, visual="A bridge", text="", media="uploads/a")]
    look = FilmLook(style="cinematic", language="en", seed=1)
    plain = renderer.plan(briefs, look)
    drawn, own = renderer.plan(briefs, replace(look, presenter=True))
    assert TELLER in drawn and '"speaks":true' in drawn
    assert TELLER not in own and '"speaks":true' in own
    assert plain == ColourRenderer().plan(briefs, look)


def test_a_model_that_a_film_for_sale_may_not_use_is_refused_when_it_is_planned(tmp_path: Path) -> None:
    registry = lips_registry(tmp_path, supply=Supply(policy=LicencePolicy(purpose="commercial")))
    with pytest.raises(LicenceRefused) as caught:
        LipsyncRenderer(ColourRenderer(), "musetalk", registry).check()
    assert "musetalk" in str(caught.value)


def test_lips_are_made_where_the_settings_say_so_and_before_the_clip_is_enlarged(tmp_path: Path) -> None:
    from aiprod.bootstrap import open_app
    from aiprod.settings import Settings

    plain = open_app(Settings(home=tmp_path), log_file=None).engines.renderers
    wished = open_app(Settings(home=tmp_path, lipsync="musetalk", upscale="lanczos"), log_file=None).engines.renderers
    for name in ("wan", "ltx", "stills"):
        assert "musetalk@1.5.0" in wished[name].version
        assert "musetalk" not in plain[name].version
    assert wished["wan"].version.index("musetalk") < wished["wan"].version.index("lanczos") < wished["wan"].version.index("rife-hd-v3")
    assert wished["motion"].version == plain["motion"].version


# --- the job -----------------------------------------------------------------------------------------------------------


def test_a_clip_in_storage_gets_lips_once_by_its_job(still: Path, registry: Registry, tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    app.objects.write("clips/v/1/01-a.mp4", still)
    app.objects.write("sounds/v/1/01-a.flac", write_flac(speak(Fraction(1), rate_hz=24_000), 24_000, tmp_path / "voice.flac"))
    order = read_order({
        "AIPROD_LIPSYNC_SOURCE": "clips/v/1/01-a.mp4", "AIPROD_LIPSYNC_SOUND": "sounds/v/1/01-a.flac",
        "AIPROD_LIPSYNC_TARGET": "takes/lips.mp4", "AIPROD_LIPSYNC_START": "0.4",
    })  # fmt: skip
    for _ in range(2):
        with app.scratch.open("lipsync") as folder:
            run_order(order, app.objects, registry, folder)
    made = read_pictures(app.objects.fetch("takes/lips.mp4", tmp_path))
    changes = [float(np.abs(one.astype(int) - other).mean()) for one, other in zip(read_pictures(still), made, strict=True)]
    assert max(changes[:7]) < 1.0 < max(changes[12:33])


def test_an_order_with_faults_names_them_all() -> None:
    with pytest.raises(InvalidSetting) as caught:
        read_order({"AIPROD_LIPSYNC_SOURCE": "a", "AIPROD_LIPSYNC_START": "soon"})
    for word in ("AIPROD_LIPSYNC_SOUND", "AIPROD_LIPSYNC_TARGET", "AIPROD_LIPSYNC_START ('soon')"):
        assert word in str(caught.value)


def test_the_job_of_the_entry_point_says_what_it_lacks(still: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    app = open_house(home)
    app.objects.write("clips/a.mp4", still)
    app.objects.write("sounds/a.flac", write_flac(speak(Fraction(1)), 16_000, tmp_path / "voice.flac"))
    run = subprocess.run(
        [sys.executable, "-m", "gpu_jobs.lipsync.main"], capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "AIPROD_HOME": str(home), "AIPROD_MODELS_DIR": str(tmp_path / "none"),
             "AIPROD_LIPSYNC_SOURCE": "clips/a.mp4", "AIPROD_LIPSYNC_SOUND": "sounds/a.flac", "AIPROD_LIPSYNC_TARGET": "takes/b.mp4"},
    )  # fmt: skip
    assert run.returncode != 0
    assert "aiprod models fetch musetalk" in run.stderr
