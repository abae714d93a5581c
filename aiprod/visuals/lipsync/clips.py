"""A clip whose speaker's lips follow a voice: looked at once for faces, then made anew where somebody speaks.

A picture in which nobody speaks, or no face is large enough, is given on as it is. No more than a few pictures are held at a
time; where there is a judge, the faces that it is shown are held too, small.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice
from pathlib import Path

import numpy as np

from aiprod.logs import logger
from aiprod.models.cards import SLOW
from aiprod.models.lipsync.detector import FaceFinder
from aiprod.models.lipsync.ears import RATE_HZ, windows
from aiprod.models.lipsync.opening import Lips
from aiprod.models.lipsync.syncnet import RATE as JUDGED_RATE
from aiprod.models.lipsync.syncnet import SIDE_PX as JUDGED_PX
from aiprod.models.lipsync.syncnet import LipScore
from aiprod.models.pictures import Picture
from aiprod.ports import Shot
from aiprod.profiles import Shape
from aiprod.visuals.cuts import is_cut
from aiprod.visuals.footage import Source, open_footage
from aiprod.visuals.frames import picture_of, read_pictures, sounding_like
from aiprod.visuals.lipsync.blending import blend, cut_out
from aiprod.visuals.lipsync.measures import Following, Patch, measure_following, mouth_patch
from aiprod.visuals.lipsync.speaking import Speech, ease, loudness, shares
from aiprod.visuals.lipsync.tracking import Box, follow

LOOK_EVERY = 2
"""Frames from one look for faces to the next within a shot; between two, a face is where it was on its way."""
TOGETHER = 16
"""Pictures that are held, and whose mouths are painted at once."""
JUDGED_ABOVE, JUDGED_BELOW, JUDGED_BESIDE = 1.0, 1.8, 1.4
"""How far SyncNet sees from the middle of a face, in halves of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a frame gets: whose face, and how much of a made mouth."""

    box: Box | None
    share: float

    @property
    def speaks(self) -> bool:
        """Whether the frame is changed at all."""
        return self.box is not None and self.share > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Synced:
    """How a clip's lips were made: in so many of its frames in which somebody speaks. `score` is None where there was no judge,
    or too little to be judged."""

    frames: int
    spoken: int
    before: Following
    after: Following
    score: LipScore | None
    note: str


@dataclass(slots=True)
class _Record:
    """Mouths as they were and as they became, and what a judge sees of them."""

    before: dict[int, Patch] = field(default_factory=dict)
    after: dict[int, Patch] = field(default_factory=dict)
    judged: dict[int, Picture] = field(default_factory=dict)


def sync_clip(source: Path, shot: Shot, speech: Speech, into: Path, lips: Lips) -> Synced:
    """Write the clip, with its own sound if it has any, and lips that follow the voice; where no frame has any, nothing is
    written and `frames` is 0.

    Raises: MediaBroken, StorageFull, EngineMissing, Unavailable.
    """
    facts = picture_of(source)
    given = Source(shape=Shape(width_px=facts.width_px, height_px=facts.height_px), rate=facts.rate)
    spoken = shares(speech, facts.frames, facts.rate)
    plan = plan_parts(read_pictures(source), spoken, given.shape, lips.finder)
    record = _Record()
    if any(part.speaks for part in plan):
        graphics = lips.painter.device != "cpu"
        with sounding_like(source, into) as silent, open_footage(given, shot, silent, graphics=graphics) as write:
            for picture in synced_pictures(read_pictures(source), plan, speech, facts.rate, lips, record):
                write(picture)
    voice = loudness(speech, facts.frames, facts.rate)
    before, after = (measure_following(patches, voice, facts.rate) for patches in (record.before, record.after))
    frames, heard = sum(part.speaks for part in plan), sum(share > 0 for share in spoken)
    score = _judged(record.judged, speech, facts.rate, lips)
    note = _note(shot.scene, frames, heard, (before, after), score, lips)
    logger().info("lips made", note=note)
    return Synced(frames=frames, spoken=heard, before=before, after=after, score=score, note=note)


def plan_parts(
    pictures: Iterable[Picture], spoken: Sequence[float], shape: Shape, finder: FaceFinder
) -> tuple[Part, ...]:
    """Each frame's part. Faces are looked for in every second frame, from the first spoken one to the last, and wherever a shot
    begins or ends: only between two looks is known where a face is."""
    numbers = [frame for frame, share in enumerate(spoken) if share]
    heard = range(numbers[0], numbers[-1] + 1) if numbers else range(0)
    begun, seen = set(), []
    for frame, (picture, begins, ends) in enumerate(_in_shots(pictures)):
        if begins:
            begun.add(frame)
        looked_at = frame in heard and (begins or ends or frame == heard[-1] or (frame - heard[0]) % LOOK_EVERY == 0)
        seen.append(finder.find(picture) if looked_at else ())
    places = follow(seen, begun, shape)
    eased = ease(places, begun)
    return tuple(Part(box=box, share=min(share, most)) for box, share, most in zip(places, spoken, eased, strict=False))


def _in_shots(pictures: Iterable[Picture]) -> Iterator[tuple[Picture, bool, bool]]:
    """Each picture, whether it begins a shot, and whether it ends one."""
    held, begins = None, True
    for picture in pictures:
        if held is not None:
            ends = is_cut(held, picture)
            yield held, begins, ends
            begins = ends
        held = picture
    if held is not None:
        yield held, begins, True


def synced_pictures(
    pictures: Iterable[Picture], plan: Sequence[Part], speech: Speech, rate: Fraction, lips: Lips, record: _Record | None = None
) -> Iterator[Picture]:
    """The pictures in order, made mouths in those that speak; the others are the very ones that came."""
    record = record or _Record()
    heard = lips.ears.hear(speech.samples)
    numbered = enumerate(pictures)
    while held := list(islice(numbered, TOGETHER)):
        parts = {frame: plan[frame] for frame, _ in held if frame < len(plan)}
        faces = {frame: cut_out(picture, box) for frame, picture in held if frame in parts and (box := parts[frame].box)}
        speaking = [frame for frame in faces if parts[frame].speaks]
        moments = [Fraction(frame) / rate - speech.start for frame in speaking]
        made = lips.painter.paint([faces[frame] for frame in speaking], windows(heard, moments)) if speaking else []
        painted = dict(zip(speaking, made, strict=True))
        for frame, picture in held:
            shown, box = picture, parts[frame].box if frame in parts else None
            if box is not None:
                if frame in painted:
                    shown = blend(picture, box, painted[frame], parts[frame].share)
                record.before[frame] = mouth_patch(picture, box)
                record.after[frame] = mouth_patch(shown, box)
                if lips.judge is not None:
                    record.judged[frame] = _as_judged(shown, box)
            yield shown


def _as_judged(picture: Picture, box: Box) -> Picture:
    """A face as SyncNet was taught: with more of what is below it and beside it."""
    half = max(box.right - box.left, box.bottom - box.top) / 2
    middle_x, middle_y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    around = Box(
        left=middle_x - JUDGED_BESIDE * half, right=middle_x + JUDGED_BESIDE * half,
        top=middle_y - JUDGED_ABOVE * half, bottom=middle_y + JUDGED_BELOW * half,
    )  # fmt: skip
    return cut_out(picture, around, JUDGED_PX)


def _judged(faces: dict[int, Picture], speech: Speech, rate: Fraction, lips: Lips) -> LipScore | None:
    """The score of the longest stretch in which the face is always there, at the rate that the judge knows."""
    if lips.judge is None or not faces:
        return None
    frames = np.array(sorted(faces))
    runs = np.split(frames, np.flatnonzero(np.diff(frames) > 1) + 1)
    run = max(runs, key=len)
    count = int(len(run) / rate * JUDGED_RATE)
    shown = [faces[int(run[min(len(run) - 1, round(n * rate / JUDGED_RATE))])] for n in range(count)]
    first = round((Fraction(int(run[0])) / rate - speech.start) * RATE_HZ)
    length = count * RATE_HZ // JUDGED_RATE
    sound = np.zeros(length, dtype=np.float32)
    inside = speech.samples[max(0, first) : max(0, first + length)]
    sound[max(0, -first) : max(0, -first) + len(inside)] = inside
    return lips.judge.judge(shown, sound)


def _note(
    scene: int, frames: int, heard: int, following: tuple[Following, Following], score: LipScore | None, lips: Lips
) -> str:
    if not heard:
        return f"Scene {scene}: lips left as they are, nobody speaks."
    if not frames:
        return f"Scene {scene}: lips left as they are, no face is large enough while somebody speaks."
    before, after = following
    told = (
        f"Scene {scene}: lips made in {frames} of {heard} frames with speech; they follow the voice by "
        f"{after.correlation:.2f} (before: {before.correlation:.2f}), {abs(after.lag_frames)} frames "
        f"{'late' if after.lag_frames > 0 else 'early' if after.lag_frames < 0 else 'off'}"
    )
    slow = f" {SLOW}" if lips.painter.device == "cpu" else ""
    if score is not None:
        return f"{told}; LSE-D {score.distance:.2f}, LSE-C {score.confidence:.2f}.{slow}"
    return f"{told}; LSE-D and LSE-C not measured: {lips.no_judge or 'the stretch is too short.'}{slow}"
