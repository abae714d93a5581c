"""Mono sounds to lossless files. Knows FLAC; knows nothing of speech."""

from pathlib import Path

from aiprod.ports import Samples


def write_flac(samples: Samples, rate_hz: int, into: Path) -> Path:
    """Write mono samples (float32 in -1..1, shape (n,)) as 24-bit FLAC; equal samples give equal bytes."""
    import soundfile

    soundfile.write(into, samples, rate_hz, format="FLAC", subtype="PCM_24")
    return into
