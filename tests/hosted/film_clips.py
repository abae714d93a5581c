"""Clips as services deliver them: 24 frames a second, moving, with a sound that the film will not use."""

import subprocess
from pathlib import Path


def make_clip(path: Path, *, seconds: float = 4, source: str = "testsrc2", colour: str = "") -> bytes:
    """A small upright clip's bytes: a test picture, or (source "color") one colour."""
    picture = f"{source}=size=180x320:rate=24:duration={seconds}" + (f":color={colour}" if colour else "")
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", picture,
         "-f", "lavfi", "-i", f"sine=duration={seconds}", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p",
         "-c:a", "aac", str(path)], check=True, timeout=60,
    )  # fmt: skip
    return path.read_bytes()
