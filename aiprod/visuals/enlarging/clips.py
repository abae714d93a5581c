"""A clip made larger and smoother: its pictures one after the other, filled up to the film's rate, enlarged, written.

A network's enlargement is taken where it scores better than Lanczos' on a few pictures of the clip itself. No more than
a few pictures are held at a time.
"""

from dataclasses import dataclass
from pathlib import Path

from aiprod.errors import MediaBroken
from aiprod.logs import logger
from aiprod.models.cards import SLOW
from aiprod.models.interpolation.interpolator import Interpolator
from aiprod.models.upscale.enlarger import Enlarger
from aiprod.ports import Shot
from aiprod.profiles import Shape
from aiprod.visuals.enlarging.measures import Fidelity, Scores, can_measure_vmaf, compare, measure_fidelity
from aiprod.visuals.enlarging.smoothing import NETWORK, Smoothness, choose_way, read_smooth
from aiprod.visuals.footage import Source, open_footage
from aiprod.visuals.frames import picture_of, read_pictures, read_stretches, sounding_like


@dataclass(frozen=True, slots=True, kw_only=True)
class Enlarged:
    """How a clip was enlarged. `scores` is None where there was no network; `fidelity` is None where pictures were filled
    in, so that none has its own to compare with; `smoothness` says how they were, None where they were not."""

    by_network: bool
    scores: Scores | None
    fidelity: Fidelity | None
    note: str
    smoothness: Smoothness | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Networks:
    """Those that are there: what enlarges, what draws pictures in between."""

    enlarger: Enlarger | None = None
    interpolator: Interpolator | None = None


def enlarge_clip(source: Path, shot: Shot, into: Path, networks: Networks) -> Enlarged:
    """Write the clip at the shot's shape, rate and number of frames, with its own sound if it has any.

    Raises: MediaBroken, StorageFull, EngineMissing, Unavailable.
    """
    facts = picture_of(source)
    enlarger, interpolator = networks.enlarger, networks.interpolator
    small = Shape(width_px=facts.width_px, height_px=facts.height_px)
    scores = _judge(source, shot.shape, enlarger) if enlarger is not None else None
    rate = max(facts.rate, shot.rate)
    smoothness = choose_way(source, interpolator) if rate > facts.rate else None
    pictures = read_smooth(source, rate, smoothness.way, interpolator) if smoothness is not None else read_pictures(source)
    shape = small
    by_network = enlarger is not None and scores is not None and scores.better
    if enlarger is not None and by_network:
        pictures = enlarger.enlarge(pictures)
        shape = Shape(width_px=small.width_px * enlarger.scale, height_px=small.height_px * enlarger.scale)
    graphics = any(one is not None and one.device != "cpu" for one in (enlarger, interpolator))
    given = Source(shape=shape, rate=rate)
    with sounding_like(source, into) as silent, open_footage(given, shot, silent, graphics=graphics) as write:
        for picture in pictures:
            write(picture)
    fidelity = measure_fidelity(into, source) if facts.frames == shot.frames and rate == facts.rate else None
    note = _note(shot, small, scores, fidelity, smoothness)
    drawn_by = (enlarger if by_network else None, interpolator if smoothness is not None and smoothness.way == NETWORK else None)
    if any(one is not None and one.device == "cpu" for one in drawn_by):
        note += f" {SLOW}"
    enlarged = Enlarged(by_network=by_network, scores=scores, fidelity=fidelity, note=note, smoothness=smoothness)
    logger().info("clip enlarged", note=enlarged.note)
    return enlarged


def _judge(source: Path, shape: Shape, enlarger: Enlarger) -> Scores:
    """The network beside Lanczos on pairs of neighbours."""
    pairs = [(there[0], there[-1]) for _, there in read_stretches(source, 2) if there]
    if not pairs:
        raise MediaBroken(f"Expected pictures in {source.name}, found none that can be decoded; make the clip again.")
    large = [picture for pair in pairs for picture in enlarger.enlarge(iter(pair))]
    return compare([picture for pair in pairs for picture in pair], large, shape)


def _note(
    shot: Shot, small: Shape, scores: Scores | None, fidelity: Fidelity | None, smoothness: Smoothness | None
) -> str:
    smooth = f"brought to {float(shot.rate):g} pictures a second {smoothness.note}" if smoothness is not None else ""
    if small == shot.shape and smooth:
        return f"Scene {shot.scene}: {smooth}."
    way = "by Lanczos"
    if scores is not None:
        way = "by the network" if scores.better else "by Lanczos, which scored better than the network"
        way += (
            f" (sharpness {scores.sharpness:.2f} against {scores.sharpness_lanczos:.2f}, SSIM {scores.ssim:.3f} against "
            f"{scores.ssim_lanczos:.3f}, flicker {scores.flicker:.2f} against {scores.flicker_lanczos:.2f})"
        )
    measured = ""
    if fidelity is not None:
        vmaf = f"VMAF {fidelity.vmaf:.1f}" if fidelity.vmaf is not None else "no VMAF, for this ffmpeg has no libvmaf"
        measured = f"; made small again: SSIM {fidelity.ssim:.3f}, {vmaf}"
    elif not can_measure_vmaf():
        measured = "; this ffmpeg has no libvmaf"
    size = f"{small.width_px}x{small.height_px} to {shot.shape.width_px}x{shot.shape.height_px}"
    return f"Scene {shot.scene}: enlarged from {size} {way}{measured}{'; ' if smooth else ''}{smooth}."
