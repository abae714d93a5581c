"""Small true films for the media tests: made once, by ffmpeg."""

import subprocess
from fractions import Fraction
from pathlib import Path

import pytest

from aiprod.media.process import run_ffmpeg
from aiprod.profiles import Profile

TAGS = ("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv")

TINY = Profile(
    name="tiny", short_side_px=180, rate=Fraction(30), default_aspect="9:16", loudness_lufs=-14.0,
    loudness_tolerance_lu=0.5, true_peak_dbtp=-1.0, crf=12, preset="veryfast", audio_bitrate_kbps=128,
    gop_frames=30, work_scale=Fraction(1),
)  # fmt: skip
"""A profile whose films are 180x320 at 30 frames a second."""


def make_clip(into: Path, source: str, frames: int, *options: str) -> Path:
    """Encode `frames` frames of a lavfi source, nearly without loss."""
    run_ffmpeg(
        ["-y", "-f", "lavfi", "-i", source, "-frames:v", str(frames), "-c:v", "libx264", "-preset", "veryfast",
         "-crf", "4", "-pix_fmt", "yuv420p", *(options or TAGS), str(into)],
        about="Making a clip for a test", timeout_seconds=60,
    )  # fmt: skip
    return into


def decodes(path: Path) -> bool:
    """Whether the whole file can be decoded without a fault."""
    command = ["ffmpeg", "-v", "error", "-xerror", "-err_detect", "explode", "-i", str(path), "-f", "null", "-"]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    return done.returncode == 0 and not done.stderr.strip()


@pytest.fixture(scope="session")
def tiny() -> Profile:
    return TINY


@pytest.fixture(scope="session")
def counting_clips(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two clips of 60 frames whose luma says which frame it is: 40 + 2n in the first, 180 - 2n in the second."""
    folder = tmp_path_factory.mktemp("clips")
    size = "color=black:s=180x320:r=30,format=yuv420p"
    return (
        make_clip(folder / "rising.mp4", f"{size},geq=lum='40+2*N':cb=128:cr=128", 60),
        make_clip(folder / "falling.mp4", f"{size},geq=lum='180-2*N':cb=128:cr=128", 60),
    )


@pytest.fixture(scope="session")
def scenery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clip of 60 moving, colourful frames."""
    return make_clip(tmp_path_factory.mktemp("scenery") / "scenery.mp4", "testsrc2=s=180x320:r=30", 60)
