"""Shots on the timeline, as pure functions: how long each clip is, what it shows, which renderer makes it, its KEY."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from aiprod import paths
from aiprod.brief import Brief
from aiprod.encoding import key_of
from aiprod.manifests import NarrationManifest, PlanManifest, PlannedShot, SceneSound, ScriptManifest
from aiprod.ports import FilmLook, Renderer, ShotBrief
from aiprod.profiles import find_profile
from aiprod.soundtrack import Soundtrack
from aiprod.story import NARRATOR, Phoneme, Scene, Word
from aiprod.timeline import SpokenScene, Timeline, lay
from aiprod.units import frames_to_seconds
from aiprod.video import Clip, ClipStatus, Video, ask


def plan_film(video: Video, script: ScriptManifest, narration: NarrationManifest) -> PlanManifest:
    """The exact timeline and each shot's length, media, words and phonemes."""
    profile = find_profile(video.brief.profile)
    spoken = [SpokenScene(number=sound.scene, seconds=sound.seconds, words=sound.words) for sound in narration.sounds]
    timeline = lay(spoken, script.transitions, profile.rate)
    track = Soundtrack(script=script, narration=narration, timeline=timeline, profile=profile)
    scenes = {scene.number: scene for scene in script.script.scenes}
    return PlanManifest(
        timeline=timeline,
        shots=tuple(
            _shot(timeline, sound, scenes[sound.scene], presenter=video.brief.presenter) for sound in narration.sounds
        ),
        work_shape=profile.work_shape(video.brief.aspect),
        style=video.brief.style,
        mix=paths.mix(video.id, video.revision, track.key),
    )


def _shot(timeline: Timeline, sound: SceneSound, scene: Scene, *, presenter: bool) -> PlannedShot:
    shot = timeline.shot(sound.scene)
    shift = shot.speech_start - frames_to_seconds(shot.start_frame, timeline.rate)
    return PlannedShot(
        scene=shot.scene, frames=shot.frames, media=scene.media,
        words=tuple(
            Word(text=word.text, start=word.start + shift, end=word.end + shift)
            for word in sound.words if not presenter or _is_told(word.start, sound, scene)
        ),
        phonemes=tuple(
            Phoneme(symbol=one.symbol, start=one.start + shift, end=one.end + shift)
            for one in sound.phonemes if not presenter or _is_told(one.start, sound, scene)
        ),
        sound=sound.address if presenter else "", sound_start=shift if presenter else Fraction(0),
    )  # fmt: skip


def _is_told(moment: Fraction, sound: SceneSound, scene: Scene) -> bool:
    """Whether the narrator speaks then, whom a film with a presenter shows: others of the scene are heard and not seen. In a
    scene without the narrator whoever speaks is taken to be seen."""
    speakers = [line.speaker for line in scene.lines]
    if NARRATOR not in speakers or len(sound.lines) != len(speakers):
        return True
    return speakers[max(0, bisect_right(sound.lines, moment) - 1)] == NARRATOR


def plan_clips(
    video: Video, script: ScriptManifest, plan: PlanManifest, renderers: Mapping[str, Renderer]
) -> tuple[Clip, ...]:
    """A clip for each scene, with the first renderer that can plan it; the user's own media go to `stills`."""
    scenes = script.script.scenes
    chain = script.renderers
    specs = plan_specs(script, video.brief, renderers[chain[0]])
    own = plan_specs(script, video.brief, renderers["stills"]) if any(scene.media for scene in scenes) else ()
    clips: list[Clip] = []
    for index, scene in enumerate(scenes):
        name, rest = ("stills", chain) if scene.media else (chain[0], chain[1:])
        spec = own[index] if scene.media else specs[index]
        clips.append(plan_clip(video, scene, plan, renderers[name], spec, rest))
    return tuple(clips)


def plan_specs(script: ScriptManifest, brief: Brief, renderer: Renderer) -> tuple[str, ...]:
    """One spec a scene, made together by a renderer."""
    briefs: Sequence[ShotBrief] = [
        ShotBrief(scene=scene.number, visual=scene.visual, text=scene.text, title=scene.title, mood=scene.mood,
                  take=scene.take, media=scene.media)
        for scene in script.script.scenes
    ]  # fmt: skip
    look = FilmLook(style=brief.style, language=script.script.language, seed=script.seed, presenter=brief.presenter)
    return renderer.plan(briefs, look)


def plan_clip(
    video: Video, scene: Scene, plan: PlanManifest, renderer: Renderer, spec: str, rest: tuple[str, ...]
) -> Clip:
    """One clip, with the KEY of all that it depends on."""
    shot = plan.shot(scene.number)
    seed = int(key_of("seed", video.brief.seed, scene.number, scene.take)[:7], 16)
    # The sound's own KEY ends its address: the same sound at another one is the same sound.
    spoken = (shot.phonemes or shot.words, shot.sound.rpartition("-")[2]) if video.brief.presenter else ()
    key = key_of(
        "clip", renderer.name, renderer.version, spec, shot.frames, plan.timeline.rate, plan.work_shape, seed,
        plan.style, shot.media, spoken,
    )  # fmt: skip
    return Clip(
        video=video.id, revision=video.revision, scene=scene.number, renderer=renderer.name, version=renderer.version,
        queue=f"render-{renderer.queue}", key=key, spec=spec, frames=shot.frames, seed=seed, renderers=rest,
    )  # fmt: skip


def reseed(clip: Clip) -> Clip:
    """Ask a failed clip's renderer for it again with another seed and so another KEY: the same ones each time."""
    if clip.status is not ClipStatus.FAILED:
        return clip
    seed = int(key_of("another seed", clip.seed)[:7], 16)
    key = key_of("another seed", clip.key, seed)
    return ask(replace(clip, seed=seed, key=key, reseeded=clip.reseeded + 1))
