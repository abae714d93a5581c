"""Clips as services deliver them: 24 frames a second, moving, with a sound that the film will not use."""

import subprocess
from pathlib import Path


def make_clip(path: Path, *, seconds: float = 4, size: str = "180x320", source: str = "testsrc2", rate: int = 24) -> bytes:
    """A small clip's bytes."""
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", f"{source}=size={size}:rate={rate}:duration={seconds}",
         "-f", "lavfi", "-i", f"sine=duration={seconds}", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p",
         "-c:a", "aac", str(path)], check=True, timeout=60,
    )  # fmt: skip
    return path.read_bytes()
