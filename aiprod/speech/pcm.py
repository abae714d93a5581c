"""Sound as speech services send it: WAV files and bare samples of 16 bits.

Knows those two forms; a sound that breaks off is told from a whole one. Knows no service.
"""

import struct

import numpy as np

from aiprod.errors import Unavailable
from aiprod.ports import Samples

FULL_SCALE = 32_768


def read_pcm(content: bytes, rate_hz: int, sender: str) -> tuple[Samples, int]:
    """Mono samples in -1..1 and their rate; `rate_hz` is that of bare samples (a WAV file says its own).

    Raises: Unavailable (nothing, a broken-off file, or not 16-bit mono).
    """
    sound = content
    if content[:4] == b"RIFF":
        rate_hz, sound = _unwrapped(content, sender)
    if not sound or len(sound) % 2:
        raise Unavailable(f"The sound that {sender} sent breaks off after {len(content)} bytes; try again.")
    samples: Samples = np.frombuffer(sound, dtype="<i2").astype(np.float32) / np.float32(FULL_SCALE)
    return samples, rate_hz


def _unwrapped(content: bytes, sender: str) -> tuple[int, bytes]:
    """Rate and samples of a WAV file. Source: Multimedia Programming Interface and Data Specifications 1.0, RIFF."""
    at, rate_hz = 12, 0
    while at + 8 <= len(content):
        name, size = struct.unpack_from("<4sI", content, at)
        body = content[at + 8 : at + 8 + size]
        if name == b"fmt " and len(body) >= 16:
            form, channels, rate_hz, _, _, bits = struct.unpack_from("<HHIIHH", body)
            if (form, channels, bits) not in ((1, 1, 16), (0xFFFE, 1, 16)):
                raise Unavailable(
                    f"Expected 16-bit mono sound from {sender}, found format {form} with {channels} channels of {bits} bits."
                )
        elif name == b"data" and rate_hz:
            # A writer to a pipe does not know the length and says 0 or the largest; then all that follows is sound.
            if size in (0, 0xFFFFFFFF):
                return rate_hz, content[at + 8 :]
            if len(body) < size:
                raise Unavailable(f"The sound that {sender} sent breaks off after {len(body)} of {size} bytes; try again.")
            return rate_hz, body
        at += 8 + size + size % 2
    raise Unavailable(f"Expected a WAV file with sound from {sender}, found one without; try again.")
