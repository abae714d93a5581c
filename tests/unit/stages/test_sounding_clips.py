"""Films whose clips bring their own sound: heard in its scene instead of what is composed, and mixed when all is there."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

import numpy as np

from aiprod import paths
from aiprod.bootstrap import App
from aiprod.errors import Permanent
from aiprod.manifests import FilmManifest, NarrationManifest, PlanManifest, ScriptManifest
from aiprod.media.probe import read_samples
from aiprod.media.scene_sounds import add_sound
from aiprod.ports import FilmLook, Samples, Shot, ShotBrief, Take
from aiprod.profiles import find_profile
from aiprod.soundtrack import Soundtrack, is_sounding
from aiprod.story import Line, Scene, Script
from aiprod.timeline import SpokenScene, lay
from aiprod.units import SOUND_RATE_HZ
from aiprod.video import Status, Video
from tests.doubles import ColourRenderer, PlainEngines
from tests.house import BRIEF, engines_with, make, open_house

FOREST = replace(BRIEF, theme="a forest of birds", subtitles="none")


@dataclass
class SoundingRenderer(ColourRenderer):
    """Plain colours with a tone of 9 kHz in some scenes."""

    sounding: tuple[int, ...] = ()
    level: float = 0.2
    asked: list[str] = field(default_factory=list)

    def plan(self, briefs: Sequence[ShotBrief], look: FilmLook) -> tuple[str, ...]:
        return tuple(json.dumps({"visual": brief.visual, "sounding": brief.scene in self.sounding}) for brief in briefs)

    def render(self, shot: Shot, folder: Path, progress: Callable[[int], None]) -> Take:
        take = super().render(shot, folder, progress)
        if shot.scene not in self.sounding:
            return take
        times = np.arange(int(float(shot.frames / shot.rate) * SOUND_RATE_HZ)) / SOUND_RATE_HZ
        line = (self.level * np.sin(2 * np.pi * 9_000 * times)).astype(np.float32)
        add_sound(take.path, np.stack([line, line]), SOUND_RATE_HZ, folder / "heard.mp4")
        return replace(take, path=folder / "heard.mp4")


def film_of(home: Path, engines: PlainEngines) -> tuple[App, Video, Samples, PlanManifest]:
    app = open_house(home, engines)
    video = make(app, FOREST)
    assert video.status is Status.COMPLETED, video.failure
    manifest = app.artefacts.read(FilmManifest, paths.film(video.id, 1))
    plan = app.artefacts.read(PlanManifest, paths.plan(video.id, 1))
    return app, video, read_samples(app.objects.fetch(manifest.address("film.mp4"), home), rate_hz=SOUND_RATE_HZ), plan


def mixes(app: App, video: Video) -> set[str]:
    return {one.address for one in app.objects.under(f"mixes/{video.id}/")}


def between_words(plan: PlanManifest, scene: int, line: Samples) -> Samples:
    """What is heard of a scene after its last word, and before the next scene."""
    shot = plan.timeline.shot(scene)
    end = shot.speech_start + shot.speech_seconds
    return line[int(float(end) * SOUND_RATE_HZ) : int((float(end) + 0.2) * SOUND_RATE_HZ)]


def band(line: Samples, low_hz: float, high_hz: float) -> float:
    spectrum = np.abs(np.fft.rfft(line.astype(np.float64) * np.hanning(len(line)))) ** 2
    at = np.fft.rfftfreq(len(line), 1 / SOUND_RATE_HZ)
    return float(10 * np.log10(spectrum[(at > low_hz) & (at < high_hz)].sum() / len(line) ** 2 + 1e-14))


def test_a_clips_sound_takes_the_place_of_the_ambience_in_its_scene_alone(tmp_path: Path) -> None:
    app, video, line, plan = film_of(tmp_path / "a", engines_with(motion=SoundingRenderer(name="motion", sounding=(2,))))
    tones = {scene: band(between_words(plan, scene, line), 8_900, 9_100) for scene in (1, 2, 3)}
    assert tones[2] > max(tones[1], tones[3]) + 10
    composed = {scene: band(between_words(plan, scene, line), 100, 8_000) for scene in (1, 2, 3)}
    assert composed[2] < min(composed[1], composed[3]) - 6
    assert len(mixes(app, video)) == 2
    assert plan.mix in mixes(app, video)


def test_a_scene_that_its_sounding_renderer_could_not_draw_has_its_ambience(tmp_path: Path) -> None:
    broken = SoundingRenderer(name="motion", sounding=(1, 2, 3), missing=None, faults={n: [Permanent("Not this one.")] for n in (1, 2, 3)})
    app, video, line, plan = film_of(tmp_path / "a", engines_with(motion=broken, slideshow=ColourRenderer(name="slideshow")))
    assert mixes(app, video) == {plan.mix}
    assert band(between_words(plan, 2, line), 8_900, 9_100) < band(between_words(plan, 2, line), 100, 8_000)


def test_a_clip_that_was_to_sound_and_is_silent_leaves_the_ambience(tmp_path: Path) -> None:
    still = SoundingRenderer(name="motion", sounding=(2,), level=0.0)
    _, _, line, plan = film_of(tmp_path / "a", engines_with(motion=still))
    levels = [band(between_words(plan, scene, line), 100, 8_000) for scene in (1, 2, 3)]
    assert max(levels) - min(levels) < 12


def test_another_sound_in_a_clip_is_another_sound_of_the_film() -> None:
    manifest = script_of("a forest of birds")
    narration = NarrationManifest(sounds=())
    timeline = lay([SpokenScene(number=1, seconds=Fraction(1), words=())], [], Fraction(30))
    track = Soundtrack(script=manifest, narration=narration, timeline=timeline, profile=find_profile("draft"))
    keys = {track.key, *(replace(track, clips={1: f"clips/v/1/01-{name}.mp4"}).key for name in ("a", "b"))}
    assert len(keys) == 3
    assert is_sounding('{"sounding": true, "prompt": "x"}')
    assert not is_sounding('{"prompt": "x"}')


def script_of(visual: str) -> ScriptManifest:
    scene = Scene(number=1, visual=visual, mood="calm", lines=(Line(text="Birds sing."),))
    return ScriptManifest(
        script=Script(title="Birds", language="en", writer="plain", scenes=(scene,)), engine="hum", voice="low", speed=1.0,
        renderers=("motion",), transitions=(), music="none", seed=1, estimate_usd=0.0,
    )  # fmt: skip
