"""A clip made larger: its pictures one after the other, interpolated to the film's rate, enlarged, written.

A network's enlargement is taken where it scores better than Lanczos' on a few pictures of the clip itself. No more than
a few pictures are held at a time.
"""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from aiprod.errors import MediaBroken
from aiprod.logs import logger
from aiprod.media import colour, graph
from aiprod.media.probe import PictureFacts, probe
from aiprod.media.process import find_program
from aiprod.models.upscale.enlarger import Enlarger, Picture
from aiprod.ports import Shot
from aiprod.profiles import Shape
from aiprod.visuals.diffusion.footage import Source, open_footage
from aiprod.visuals.enlarging.measures import Fidelity, Scores, can_measure_vmaf, compare, measure_fidelity

LOOKS = (Fraction(1, 6), Fraction(1, 2), Fraction(5, 6))
"""Where in a clip neighbouring pictures are compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enlarged:
    """How a clip was enlarged. `scores` is None where there was no network; `fidelity` is None where pictures were
    interpolated, so that none has its own to compare with."""

    by_network: bool
    scores: Scores | None
    fidelity: Fidelity | None
    note: str


def enlarge_clip(source: Path, shot: Shot, into: Path, enlarger: Enlarger | None) -> Enlarged:
    """Write the clip at the shot's shape, rate and number of frames. Raises: MediaBroken, StorageFull, EngineMissing,
    Unavailable."""
    facts = probe(source).picture
    if facts is None or not facts.rate:
        raise MediaBroken(f"Expected pictures in {source.name}, found none; make the clip again.")
    small = Shape(width_px=facts.width_px, height_px=facts.height_px)
    scores = _judge(source, facts, shot.shape, enlarger) if enlarger is not None else None
    rate = max(facts.rate, shot.rate)
    pictures = read_pictures(source, facts, rate)
    shape = small
    by_network = enlarger is not None and scores is not None and scores.better
    if enlarger is not None and by_network:
        pictures = enlarger.enlarge(pictures)
        shape = Shape(width_px=small.width_px * enlarger.scale, height_px=small.height_px * enlarger.scale)
    graphics = enlarger is not None and enlarger.device != "cpu"
    with open_footage(Source(shape=shape, rate=rate), shot, into, graphics=graphics) as write:
        for picture in pictures:
            write(picture)
    fidelity = measure_fidelity(into, source) if facts.frames == shot.frames and rate == facts.rate else None
    enlarged = Enlarged(by_network=by_network, scores=scores, fidelity=fidelity, note=_note(shot, small, scores, fidelity))
    logger().info("clip enlarged", note=enlarged.note)
    return enlarged


def read_pictures(source: Path, facts: PictureFacts, rate: Fraction) -> Iterator[Picture]:
    """The clip's pictures as RGB, at its own rate or, by motion interpolation, at a higher one. Raises: MediaBroken."""
    stream = graph.read(source).video
    if rate > facts.rate:
        stream = stream.filter("tpad", stop_mode="clone", stop_duration="1").filter(
            "minterpolate", fps=f"{rate.numerator}/{rate.denominator}", mi_mode="mci", mc_mode="aobmc", me_mode="bidir",
            vsbmc=1,
        )  # fmt: skip
    rows = stream.filter(
        "scale", in_color_matrix="bt709" if colour.matrix_of(facts) == "bt709" else "bt601", in_range="limited",
        out_range="full", flags="bicubic+accurate_rnd+full_chroma_int+bitexact",
    )  # fmt: skip
    arguments = graph.write_arguments([rows], "pipe:", f="rawvideo", pix_fmt="rgb24", fps_mode="passthrough")
    command = [find_program("ffmpeg"), "-hide_banner", "-nostdin", "-loglevel", "error", *arguments]
    count = facts.width_px * facts.height_px * 3
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        if process.stdout is None:
            raise MediaBroken("ffmpeg was started without its pipe.")
        try:
            while len(content := process.stdout.read(count)) == count:
                yield np.frombuffer(content, dtype=np.uint8).reshape(facts.height_px, facts.width_px, 3)
        finally:
            process.kill()
    if content:
        raise MediaBroken(f"Expected whole pictures in {source.name}, found one cut off; make the clip again.")


def _judge(source: Path, facts: PictureFacts, shape: Shape, enlarger: Enlarger) -> Scores:
    """The network beside Lanczos on pairs of neighbours."""
    firsts = {min(max(0, facts.frames - 2), int(part * facts.frames)) for part in LOOKS}
    wanted = sorted({number for first in firsts for number in (first, min(first + 1, facts.frames - 1))})
    kept = {number: picture for number, picture in enumerate(read_pictures(source, facts, facts.rate)) if number in wanted}
    pairs = [(kept[first], kept[min(first + 1, max(kept))]) for first in sorted(firsts) if first in kept]
    if not pairs:
        raise MediaBroken(f"Expected {facts.frames} pictures in {source.name}, found none that can be decoded.")
    large = [picture for pair in pairs for picture in enlarger.enlarge(iter(pair))]
    return compare([picture for pair in pairs for picture in pair], large, shape)


def _note(shot: Shot, small: Shape, scores: Scores | None, fidelity: Fidelity | None) -> str:
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
    return f"Scene {shot.scene}: enlarged from {size} {way}{measured}."
