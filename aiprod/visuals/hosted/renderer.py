"""The renderers `veo` and `omni` behind `ports.Renderer`: a scene's order placed, followed, fetched and fitted to its shot.

Nobody gets them unasked: they cost money, so a brief names one and allows its price. Knows the order of the steps;
`operations.py` sees that nothing is paid twice.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from aiprod.errors import EngineMissing, MediaBroken, NotFound
from aiprod.expenses import Expenses
from aiprod.media.contrast import contrast
from aiprod.media.process import find_program
from aiprod.media.stills import read_key_frames
from aiprod.models import hosted
from aiprod.models.gemini import GeminiAccess
from aiprod.ports import FilmLook, Objects, Shot, ShotBrief, Take
from aiprod.profiles import Shape
from aiprod.units import frames_to_seconds
from aiprod.visuals.clips import fit_clip
from aiprod.visuals.hosted.breaker import Breaker
from aiprod.visuals.hosted.joining import join_parts
from aiprod.visuals.hosted.operations import Operations
from aiprod.visuals.hosted.orders import decode_spec, nearest_aspect, orders_of, plan_spec, share_out
from aiprod.visuals.hosted.records import Records
from aiprod.visuals.hosted.service import GoogleDoor, VideoService

VERSION = "1"
RESOLUTION = "720p"
"""What films are drawn at: the segment is scaled once, when it is encoded."""
LEAST_CONTRAST = 0.02
_LOOK = Shape(width_px=64, height_px=64)
SURPLUS = {"veo": 1.35, "omni": 1.1}
"""Seconds bought for a second of film: clips come in whole lengths, and neighbours overlap by their transition."""


class HostedRenderer:
    """A renderer that a service serves, whose seconds are paid."""

    version = VERSION
    queue = "api"

    def __init__(self, operations: Operations, model: str = "") -> None:
        self._operations = operations
        self._model = model
        self.name = operations.service.name

    @cached_property
    def model(self) -> hosted.HostedModel:
        """The model that is asked. Raises: NotFound, when the settings name none that there is."""
        return hosted.model(self._model or self.name)

    @property
    def usd_per_second(self) -> float:
        """About what a second of film costs."""
        return self.model.usd_per_second(RESOLUTION) * SURPLUS[self.name]

    def check(self) -> None:
        """Raises: EngineMissing."""
        try:
            _ = self.model
        except NotFound as error:
            raise EngineMissing(f"{error} Mend AIPROD_{self.name.upper()}_MODEL.") from error
        self._operations.service.check()
        find_program("ffmpeg")
        find_program("ffprobe")

    def plan(self, briefs: Sequence[ShotBrief], look: FilmLook) -> tuple[str, ...]:
        """What to ask for, scene by scene. How long and in which shape is known when the shot is."""
        return tuple(plan_spec(brief, look, model=self.model.id, resolution=RESOLUTION) for brief in briefs)

    def render(self, shot: Shot, folder: Path, progress: Callable[[int], None]) -> Take:
        """Order, await and fit the shot's clips. Raises: ContentRefused, Permanent, Transient, MediaBroken, StorageFull."""
        spec = decode_spec(shot.spec)
        model = hosted.model(spec.model)
        cut = share_out(frames_to_seconds(shot.frames, shot.rate), model.seconds)
        orders = orders_of(spec, cut, nearest_aspect(shot.shape, model.aspects), shot.seed)
        for order in orders:
            self._operations.begin(order)
        parts = []
        for number, order in enumerate(orders, start=1):
            part = folder / f"{self.name}-{shot.scene:02d}-{number}.mp4"
            self._operations.finish(order, part)
            parts.append(part)
            progress(shot.frames * number // (len(orders) + 1))
        source = parts[0]
        if len(parts) > 1 or cut.slowing > 1:
            source = folder / f"{self.name}-{shot.scene:02d}-joined.mp4"
            join_parts(parts, cut.slowing, source, shot.rate)
        path = folder / f"{self.name}-{shot.scene:02d}.mp4"
        notes = fit_clip(source, shot, path)
        _see(path, shot.scene)
        progress(shot.frames)
        return Take(path=path, notes=notes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """Who pays, and where what is paid for is kept; `bucket` is "" where services cannot write into `objects`."""

    access: GeminiAccess
    bucket: str
    objects: Objects
    expenses: Expenses


def veo_renderer(accounts: Accounts, model: str = "") -> HostedRenderer:
    """Veo, by a project of Google Cloud; `model` "" is the table's first."""
    from aiprod.visuals.hosted.veo import Veo

    return _renderer(Veo(GoogleDoor(accounts.access, accounts.bucket)), accounts, model)


def omni_renderer(accounts: Accounts, model: str = "") -> HostedRenderer:
    """Gemini Omni, by a project of Google Cloud or a key of the Gemini API."""
    from aiprod.visuals.hosted.omni import Omni

    return _renderer(Omni(GoogleDoor(accounts.access, accounts.bucket)), accounts, model)


def _renderer(service: VideoService, accounts: Accounts, model: str) -> HostedRenderer:
    documents, clock = accounts.expenses.documents, accounts.expenses.clock
    operations = Operations(
        service=service, records=Records(service=service.name, documents=documents), objects=accounts.objects,
        clock=clock, breaker=Breaker(service=service.name, documents=documents, clock=clock),
        expenses=accounts.expenses, bucket=accounts.bucket,
    )  # fmt: skip
    return HostedRenderer(operations, model)


def _see(path: Path, scene: int) -> None:
    """Look at the clip's key frames: an empty one is not shown. Raises: MediaBroken."""
    seen = max(contrast(picture.mean(axis=2)) / 255 for picture in read_key_frames(path, _LOOK))
    if seen < LEAST_CONTRAST:
        raise MediaBroken(f"Expected a picture in the clip of scene {scene}, found an even one; redo the scene.")
