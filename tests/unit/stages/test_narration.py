"""How a script is spoken: once, fitted to its target, cut from the recording where the user gave one."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from aiprod import paths
from aiprod.bootstrap import App
from aiprod.errors import WeightsMissing
from aiprod.events import ObjectFinalized, VideoRequested
from aiprod.manifests import NarrationManifest, ScriptManifest
from aiprod.media.probe import read_samples
from aiprod.media.sounds import write_flac
from aiprod.ports import Speech, Voice, VoiceChoice
from aiprod.story import Line, Recording, Role, Scene, Script, Word
from aiprod.video import Status, Video
from tests.doubles import RATE_HZ, HummingVoice, OneVoice, PlainEngines
from tests.house import BRIEF, ThreadJobs, film_bytes, make, open_house
from tests.thin import drain_thin, make_thin
from tests.unit.stages.conftest import Finished


def test_every_word_of_the_script_is_spoken_in_order_and_lies_within_the_sound(finished: Finished) -> None:
    app, video = finished.app, finished.video
    narration = app.artefacts.read(NarrationManifest, paths.narration(video.id, 1))
    script = app.artefacts.read(ScriptManifest, paths.script(video.id, 1)).script
    for sound, scene in zip(narration.sounds, script.scenes, strict=True):
        assert " ".join(word.text for word in sound.words) == scene.text
        times = [moment for word in sound.words for moment in (word.start, word.end)]
        assert times == sorted(times)
        assert times[-1] <= Fraction(sound.samples, sound.rate_hz)


def test_a_scene_is_spoken_once_however_often_the_film_is_made(tmp_path: Path) -> None:
    voice = HummingVoice()
    app = open_house(tmp_path / "home", PlainEngines(voices=OneVoice(voice)))
    video = make_thin(app)
    app.retry(video.id, (2,))
    drain_thin(app)
    make_thin(app)
    assert len(voice.spoken) == len(set(voice.spoken)) == 3


@dataclass
class Interrupted(HummingVoice):
    """Its user cancels the video at the first word."""

    cancel: Callable[[], object] = object

    def speak(self, text: str, *, voice: str, language: str, speed: float) -> Speech:
        self.cancel()
        return super().speak(text, voice=voice, language=language, speed=speed)


def test_a_video_that_is_cancelled_while_it_is_spoken_is_spoken_no_further(tmp_path: Path) -> None:
    voice = Interrupted()
    app = open_house(tmp_path / "home", PlainEngines(voices=OneVoice(voice)))
    video = app.request(BRIEF)
    voice.cancel = lambda: app.cancel(video.id)
    drain_thin(app)
    assert len(voice.spoken) == 1
    assert app.ledger.get(video.id).status is Status.CANCELLED
    assert not app.artefacts.exists(paths.narration(video.id, 1))


def test_two_lines_of_a_scene_have_a_short_pause_between_them(tmp_path: Path) -> None:
    lines = (Line(text="Here it comes."), Line(text="There it goes."))
    script = Script(title="Tide", language="en", writer="own", scenes=(Scene(number=1, visual="the sea", lines=lines),))
    app = open_house(tmp_path / "home")
    video = make_thin(app, replace(BRIEF, theme="", script=script))
    words = app.artefacts.read(NarrationManifest, paths.narration(video.id, 1)).sounds[0].words
    assert [word.text for word in words] == ["Here", "it", "comes.", "There", "it", "goes."]
    assert words[3].start - words[2].end == Fraction(1, 4)


class NarrationJobs(ThreadJobs):
    """The job that speaks is a thread over the same store; the others are as ever."""

    def __init__(self, home: Path) -> None:
        super().__init__()
        self.home = home
        self.spoken: list[str] = []

    def run(self, job: str, *, tasks: int, environment: Mapping[str, str]) -> str:
        if job != "narration":
            return super().run(job, tasks=tasks, environment=environment)
        script = environment["AIPROD_NARRATION"]
        self.spoken.append(script)
        there = open_house(self.home, narration_job=environment["AIPROD_NARRATION_JOB"] == "true")
        speak = partial(there.deliveries.deliver, "narration", ObjectFinalized(address=script))
        thread = threading.Thread(target=speak, daemon=True)
        thread.start()
        self.threads.append(thread)
        return job


def test_a_script_is_spoken_by_the_job_where_there_is_one_and_the_film_is_the_same(finished: Finished, tmp_path: Path) -> None:
    app = open_house(tmp_path / "home", narration_job=True)
    jobs = NarrationJobs(tmp_path / "home")
    jobs.serve = lambda subscription: app.render_job().run(subscription)
    video = make(replace(app, jobs=jobs))
    assert video.status is Status.COMPLETED, video.failure
    assert jobs.spoken == [paths.script(video.id, 1)]
    assert film_bytes(app, video) == film_bytes(finished.app, finished.video)


class SlowNarrationJobs(NarrationJobs):
    """The job that speaks takes its time: it is only written down that it was started."""

    def run(self, job: str, *, tasks: int, environment: Mapping[str, str]) -> str:
        self.spoken.append(environment["AIPROD_NARRATION"])
        return job


def test_a_script_that_is_delivered_again_while_the_job_speaks_it_starts_no_other_job(tmp_path: Path) -> None:
    jobs = SlowNarrationJobs(tmp_path / "home")
    app = replace(open_house(tmp_path / "home", narration_job=True), jobs=jobs)
    video = app.request(BRIEF)
    app.deliveries.deliver("script", VideoRequested(video=video.id, owner="", brief=BRIEF))
    script = ObjectFinalized(address=paths.script(video.id, 1))
    started = []
    for scenes_spoken in (0, 1, 2, 2):
        for scene in range(1, scenes_spoken + 1):
            app.artefacts.make(paths.line_sound(video.id, 1, scene, "k"), "", lambda: b"sound")
        app.deliveries.deliver("narration", script)
        started.append(len(jobs.spoken))
    assert started == [1, 1, 1, 2], "a job that spoke nothing more was lost, and only then is another started"


def two_speakers(*cast: Role) -> Script:
    lines = (Line(text="Tide!", speaker="Ann"), Line(text="Tide!", speaker="Bob"))
    scene = Scene(number=1, visual="the sea", lines=lines)
    return Script(title="Tide", language="en", writer="own", scenes=(scene,), cast=cast)


def pitches(app: App, video: Video, tmp_path: Path) -> list[int]:
    """The loudest frequency of each word of the first scene."""
    sound = app.artefacts.read(NarrationManifest, paths.narration(video.id, 1)).sounds[0]
    samples = read_samples(app.objects.fetch(sound.address, tmp_path), sound.rate_hz)
    words = [samples[int(word.start * sound.rate_hz) : int(word.end * sound.rate_hz)] for word in sound.words]
    return [int(np.abs(np.fft.rfft(word)).argmax() * sound.rate_hz / len(word)) for word in words]


def test_each_speaker_of_a_scene_is_heard_with_a_voice_of_their_own(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    video = make_thin(app, replace(BRIEF, theme="", script=two_speakers()))
    assert video.status is Status.COMPLETED, video.failure
    ann, bob = pitches(app, video, tmp_path)
    assert bob == pytest.approx(2 * ann, rel=0.05)


def test_a_speaker_has_the_voice_that_the_script_gives_them(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    cast = (Role(speaker="Ann", voice="high"),)
    ann, bob = pitches(app, make_thin(app, replace(BRIEF, theme="", script=two_speakers(*cast))), tmp_path)
    assert ann == pytest.approx(2 * bob, rel=0.05)
    both = (*cast, Role(speaker="Bob", voice="high"))
    video = make_thin(app, replace(BRIEF, theme="", script=two_speakers(*both)))
    ann, bob = pitches(app, video, tmp_path)
    assert ann == bob, "the sound of the earlier cast is not taken again"
    assert "Ann and Bob sound alike: hum's voice high speaks for them; name others in the script's cast." in video.notes


def test_voices_of_different_sample_rates_speak_in_one_scene(tmp_path: Path) -> None:
    class SlowVoice(HummingVoice):
        def speak(self, text: str, *, voice: str, language: str, speed: float) -> Speech:
            said = super().speak(text, voice=voice, language=language, speed=speed)
            return replace(said, samples=said.samples[::2], rate_hz=RATE_HZ // 2)

    @dataclass
    class TwoEngines(OneVoice):
        other: SlowVoice = field(default_factory=lambda: SlowVoice(name="slow"))

        def choose(self, language: str, wanted: str) -> VoiceChoice:
            return VoiceChoice(voice=self.engine(wanted), name="low")

        def engine(self, name: str) -> Voice:
            return self.other if name == "slow" else self.voice

    app = open_house(tmp_path / "home", PlainEngines(voices=TwoEngines()))
    video = make_thin(app, replace(BRIEF, theme="", script=two_speakers(Role(speaker="Bob", voice="slow"))))
    assert video.status is Status.COMPLETED, video.failure
    ann, bob = pitches(app, video, tmp_path)
    assert ann == pytest.approx(bob, rel=0.05)


def test_a_recording_is_cut_to_the_sample_and_heard_in_the_film_as_it_is(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    rate = 48_000
    tone = np.sin(2 * np.pi * 440 * np.arange(4 * rate) / rate).astype(np.float32) * 0.4
    tone[: rate // 2] = 0
    app.objects.write("uploads/me/voice.flac", write_flac(tone, rate, tmp_path / "voice.flac"))
    words = (Word(text="Hum", start=Fraction(0), end=Fraction(2)),)
    recording = Recording(address="uploads/me/voice.flac", start=Fraction(1, 2), end=Fraction(7, 2), words=words)
    scene = Scene(number=1, visual="the sea", lines=(Line(text="Hum", recording=recording),))
    video = make(app, replace(BRIEF, theme="", script=Script(title="Hum", language="en", writer="own", scenes=(scene,))))
    assert video.status is Status.COMPLETED, video.failure
    sound = app.artefacts.read(NarrationManifest, paths.narration(video.id, 1)).sounds[0]
    assert (sound.rate_hz, sound.samples) == (rate, 3 * rate)
    kept = read_samples(app.objects.fetch(sound.address, tmp_path), rate)
    assert np.abs(kept[:200]).max() > 0.3, "the silence before the cut is not in it"


def test_the_words_of_a_voice_that_times_none_are_aligned(tmp_path: Path) -> None:
    class UntimedVoice(HummingVoice):
        def speak(self, text: str, *, voice: str, language: str, speed: float) -> Speech:
            return replace(super().speak(text, voice=voice, language=language, speed=speed), words=())

    app = open_house(tmp_path / "home", PlainEngines(voices=OneVoice(UntimedVoice())))
    video = make(app)
    assert video.status is Status.COMPLETED, video.failure
    captions = app.objects.read(paths.export(video.id, 1, "subtitles.srt")).decode("utf-8")
    assert "This is part 2 of the tide." in " ".join(captions.split())


@dataclass
class StrictVoice(HummingVoice):
    """Refuses a speed that is not comfortable to hear."""

    def speak(self, text: str, *, voice: str, language: str, speed: float) -> Speech:
        if not 0.8 <= speed <= 1.2:
            raise WeightsMissing(f"Expected a speed between 0.8 and 1.2, found {speed}.")
        return super().speak(text, voice=voice, language=language, speed=speed)


@pytest.mark.parametrize("seconds", [3, 60])
def test_the_speed_stays_comfortable_whatever_length_is_asked_for(tmp_path: Path, seconds: int) -> None:
    app = open_house(tmp_path / "home", PlainEngines(voices=OneVoice(StrictVoice())))
    video = make_thin(app, replace(BRIEF, seconds=seconds))
    assert video.status is Status.COMPLETED, video.failure


def test_the_voice_hums_at_the_rate_that_its_words_are_timed_in(finished: Finished, tmp_path: Path) -> None:
    app, video = finished.app, finished.video
    sound = app.artefacts.read(NarrationManifest, paths.narration(video.id, 1)).sounds[0]
    samples = read_samples(app.objects.fetch(sound.address, tmp_path), RATE_HZ)
    for word in sound.words:
        first, last = int(word.start * RATE_HZ), int(word.end * RATE_HZ)
        assert np.abs(samples[first:last]).argmax() == pytest.approx((last - first) / 2, rel=0.15)
