"""The film's whole sound, from what the stages decided: narration on the timeline, music on the story, ambience on the
scenes. Knows the plan; `aiprod/media/` knows how sound is made.
"""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from aiprod.brief import MUSIC_MOODS
from aiprod.encoding import key_of
from aiprod.manifests import NarrationManifest, ScriptManifest
from aiprod.media.ambience import Stretch, ambience_kind
from aiprod.media.mix import MixPlan, mix
from aiprod.media.music import play
from aiprod.media.score import ScorePlan, compose
from aiprod.ports import Objects, Workspace
from aiprod.profiles import Profile
from aiprod.prompts import analyse
from aiprod.timeline import Timeline
from aiprod.units import SOUND_RATE_HZ, frames_to_samples_nearest, frames_to_seconds, seconds_to_samples_nearest

SOUNDTRACK_VERSION = 1
"""Changes when the same plan would sound different."""


def mix_key(script: ScriptManifest, narration: NarrationManifest, timeline: Timeline, profile: Profile) -> str:
    """KEY of the film's sound."""
    return key_of(
        "mix", SOUNDTRACK_VERSION, [sound.address.rpartition("-")[2] for sound in narration.sounds], timeline.rate,
        timeline.shots, timeline.frames, script.music, script.seed, profile.loudness_lufs, profile.true_peak_dbtp,
        profile.audio_bitrate_kbps, [(scene.mood, scene.visual) for scene in script.script.scenes],
    )  # fmt: skip


def make_mix(
    script: ScriptManifest, narration: NarrationManifest, timeline: Timeline, profile: Profile,
    objects: Objects, workspace: Workspace,
) -> bytes:  # fmt: skip
    """The sound as an .m4a exactly as long as the film. Raises: MediaBroken, EngineMissing, StorageFull."""
    with workspace.open("mix") as folder:
        voices = tuple(
            (
                objects.fetch(sound.address, folder),
                seconds_to_samples_nearest(timeline.shot(sound.scene).speech_start, SOUND_RATE_HZ),
            )
            for sound in narration.sounds
        )
        music = _music(script, timeline, objects, folder)
        into = folder / "mix.m4a"
        mix(
            MixPlan(
                seconds=timeline.seconds, narration=voices, music=music, ambience=_ambience(script, timeline),
                loudness_lufs=profile.loudness_lufs, true_peak_dbtp=profile.true_peak_dbtp,
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


def _cuts(timeline: Timeline) -> tuple[Fraction, ...]:
    """When the picture changes: the middle of each overlap of two shots."""
    middles: list[Fraction] = []
    for before, after in zip(timeline.shots, timeline.shots[1:], strict=False):
        frame = Fraction(before.start_frame + before.frames + after.start_frame, 2)
        middles.append(frame / timeline.rate)
    return tuple(middles)


def _ambience(script: ScriptManifest, timeline: Timeline) -> tuple[Stretch, ...]:
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
        kind = ambience_kind(seen.place, seen.weather, seen.time)
        if kind:
            stretches.append(Stretch(kind=kind, start_sample=start, end_sample=last))
        start = last
    return tuple(stretches)
