"""Films whose clips wait in a queue, without the stages before and after."""

from collections.abc import Sequence
from fractions import Fraction

from aiprod import paths
from aiprod.bootstrap import App
from aiprod.brief import Brief
from aiprod.events import ClipFailed, ClipRequested
from aiprod.manifests import PlanManifest, PlannedShot
from aiprod.profiles import Shape
from aiprod.timeline import SpokenScene, lay
from aiprod.video import Clip, ask, create

QUEUE = "render-cpu"
SHAPE = Shape(width_px=96, height_px=160)


def queue_film(app: App, video: str, clips: Sequence[Clip], *, owner: str = "", tickets: bool = True) -> None:
    """A video whose plan is there and whose clips are asked for, in turn."""
    app.ledger.open(create(video, owner, Brief(theme="the tide"), app.clock.now()))
    spoken = [SpokenScene(number=clip.scene, seconds=Fraction(1), words=()) for clip in clips]
    plan = PlanManifest(
        timeline=lay(spoken, ["cut"] * (len(clips) - 1), Fraction(15)), work_shape=SHAPE, style="cinematic", mix="",
        shots=tuple(PlannedShot(scene=clip.scene, frames=clip.frames, media="", words=()) for clip in clips),
    )  # fmt: skip
    app.artefacts.write_manifest(paths.plan(video, 1), plan)
    app.ledger.create_clips([ask(clip) for clip in clips])
    for clip in clips if tickets else ():
        ticket(app, clip)


def ticket(app: App, clip: Clip) -> None:
    """Ask for a clip."""
    app.messages.publish(clip.queue, ClipRequested(video=clip.video, revision=1, scene=clip.scene))


def clip(video: str, scene: int, *, renderer: str = "crowd", **more: object) -> Clip:
    """One scene's clip."""
    fields: dict[str, object] = {"queue": QUEUE, "key": f"{video}k{scene}", "spec": "{}", "frames": 15, "seed": scene}
    return Clip(video=video, revision=1, scene=scene, renderer=renderer, **{**fields, **more})  # type: ignore[arg-type]


def address(one: Clip) -> str:
    """Where the clip is to be."""
    return paths.clip(one.video, one.revision, one.scene, one.key)


def there(app: App, clips: Sequence[Clip]) -> list[int]:
    """Scenes of the clips that are there."""
    return [one.scene for one in clips if app.objects.stat(address(one)) is not None]


def failures(app: App) -> list[ClipFailed]:
    """What the monitor is told of clips that failed."""
    told = []
    while (delivery := app.messages.pull("monitor", lease_seconds=30.0)) is not None:
        app.messages.acknowledge(delivery)
        if isinstance(delivery.event, ClipFailed):
            told.append(delivery.event)
    return sorted(told, key=lambda failed: failed.scene)
