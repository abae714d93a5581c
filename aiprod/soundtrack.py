"""The film's whole sound, from what the stages decided: narration on the timeline, music on the story, ambience on the
scenes, or the sounds that clips bring along. Knows the plan; `aiprod/media/` knows how sound is made.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from aiprod.brief import MUSIC_MOODS
from aiprod.encoding import from_json, key_of
from aiprod.manifests import NarrationManifest, ScriptManifest
from aiprod.media.ambience import Stretch, ambience_kind
from aiprod.media.mix import MixPlan, mix
from aiprod.media.music import play
from aiprod.media.scene_sounds import EDGE_SAMPLES, LaidSound, read_sound
from aiprod.media.score import ScorePlan, compose
from aiprod.ports import Objects, Workspace
from aiprod.profiles import Profile
from aiprod.prompts import analyse
from aiprod.timeline import Timeline
from aiprod.units import SOUND_RATE_HZ, frames_to_samples_nearest, frames_to_seconds, seconds_to_samples_nearest

SOUNDTRACK_VERSION = 2
"""Changes when the same plan would sound different."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Soundtrack:
    """All that a film's sound is made from; `clips` are the addresses of the clips that bring their own, by scene."""

    script: ScriptManifest
    narration: NarrationManifest
    timeline: Timeline
    profile: Profile
    clips: Mapping[int, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """KEY of the sound: what the clips bring is a part of it, and films whose clips are silent keep theirs."""
        script, timeline, profile = self.script, self.timeline, self.profile
        return key_of(
            "mix", SOUNDTRACK_VERSION, [_key_in(sound.address) for sound in self.narration.sounds], timeline.rate,
            timeline.shots, timeline.frames, script.music, script.seed, profile.loudness_lufs, profile.true_peak_dbtp,
            profile.audio_bitrate_kbps, [(scene.mood, scene.visual) for scene in script.script.scenes],
            *((scene, _key_in(address)) for scene, address in sorted(self.clips.items())),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    sounding: bool = False


def is_sounding(spec: str) -> bool:
    """Whether a renderer's plan says that the clip brings its own sound."""
    return from_json(_Heard, spec, source="a clip's plan").sounding


def make_mix(track: Soundtrack, objects: Objects, workspace: Workspace) -> bytes:
    """The sound as an .m4a exactly as long as the film. Raises: MediaBroken, EngineMissing, StorageFull."""
    script, timeline, profile = track.script, track.timeline, track.profile
    with workspace.open("mix") as folder:
        voices = tuple(
            (
                objects.fetch(sound.address, folder),
                seconds_to_samples_nearest(timeline.shot(sound.scene).speech_start, SOUND_RATE_HZ),
            )
            for sound in track.narration.sounds
        )
        music = _music(script, timeline, objects, folder)
        sounds = _sounds(track, objects, folder)
        into = folder / "mix.m4a"
        mix(
            MixPlan(
                seconds=timeline.seconds, narration=voices, music=music, ambience=_ambience(script, timeline, sounds),
                sounds=tuple(sounds.values()), loudness_lufs=profile.loudness_lufs, true_peak_dbtp=profile.true_peak_dbtp,
                bitrate_kbps=profile.audio_bitrate_kbps, seed=script.seed,
            ),
            into,
        )  # fmt: skip
        return into.read_bytes()


def _music(script: ScriptManifest, timeline: Timeline, objects: Objects, folder: Path) -> Path | None:
    if script.music == "none":
        return None
    if script.music not in MUSIC_MOODS:
        return objects.fetch(script.music, folder)
    plan = ScorePlan(
        mood=script.music, seconds=timeline.seconds, cuts=_cuts(timeline),
        scene_moods=tuple(scene.mood or script.music for scene in script.script.scenes),
        last_word_end=timeline.words[-1].end if timeline.words else timeline.seconds, seed=script.seed,
    )  # fmt: skip
    return play(compose(plan), folder / "music.wav")


def _sounds(track: Soundtrack, objects: Objects, folder: Path) -> dict[int, LaidSound]:
    """The clips' sounds by scene, each heard for as long as its clip is seen; clips that are silent bring none."""
    shots, rate = track.timeline.shots, track.timeline.rate

    def sample(frame: int) -> int:
        return frames_to_samples_nearest(frame, rate, SOUND_RATE_HZ)

    ends = [shot.start_frame + shot.frames for shot in shots]
    found: dict[int, LaidSound] = {}
    for number, shot in enumerate(shots):
        if shot.scene not in track.clips:
            continue
        raw = folder / f"scene-{shot.scene:02d}.raw"
        if read_sound(objects.fetch(track.clips[shot.scene], folder), raw):
            before = sample(ends[number - 1] - shot.start_frame) if number else 0
            after = sample(ends[number] - shots[number + 1].start_frame) if number + 1 < len(shots) else 0
            start = sample(shot.start_frame)
            found[shot.scene] = LaidSound(
                raw=raw, start_sample=start, samples=sample(ends[number]) - start,
                rising=max(EDGE_SAMPLES, before), falling=max(EDGE_SAMPLES, after),
            )  # fmt: skip
    return found


def _cuts(timeline: Timeline) -> tuple[Fraction, ...]:
    """When the picture changes: the middle of each overlap of two shots."""
    middles: list[Fraction] = []
    for before, after in zip(timeline.shots, timeline.shots[1:], strict=False):
        frame = Fraction(before.start_frame + before.frames + after.start_frame, 2)
        middles.append(frame / timeline.rate)
    return tuple(middles)


def _ambience(script: ScriptManifest, timeline: Timeline, sounding: Collection[int]) -> tuple[Stretch, ...]:
    """Composed ambience for the scenes whose clips bring no sound."""
    stretches: list[Stretch] = []
    ends: Sequence[Fraction] = (*_cuts(timeline), frames_to_seconds(timeline.frames, timeline.rate))
    start = 0
    for scene, end in zip(script.script.scenes, ends, strict=True):
        seen = analyse(scene.visual, script.script.language)
        last = (
            frames_to_samples_nearest(timeline.frames, timeline.rate, SOUND_RATE_HZ)
            if end is ends[-1]
            else seconds_to_samples_nearest(end, SOUND_RATE_HZ)
        )
        kind = "" if scene.number in sounding else ambience_kind(seen.place, seen.weather, seen.time)
        if kind:
            stretches.append(Stretch(kind=kind, start_sample=start, end_sample=last))
        start = last
    return tuple(stretches)


def _key_in(address: str) -> str:
    return address.rpartition("-")[2]
