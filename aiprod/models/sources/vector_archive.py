"""NumPy archives (`.npz`) of float32 vectors, written byte by byte.

Knows the two file forms, ZIP and NPY, as far as Kokoro's published voices use them. Neither zipfile nor NumPy writes
here: what they put beside the numbers changes between their versions, and the archive's digest is to be that of the
publisher's own file.
"""

import struct
import zlib
from collections.abc import Iterable
from pathlib import Path

FLOAT_BYTES = 4

_NEEDS = 45
"""ZIP's version 4.5: sizes of 64 bits, which the published file writes whether it must or not."""
_UNIX = 3
_FIRST_OF_JANUARY_1980 = 0x0021
_OWNER_READS_AND_WRITES = 0o600 << 16
_HEADER_ALIGNMENT = 64
_LARGEST = (1 << 32) - 1


def write_vector_archive(target: Path, vectors: Iterable[tuple[str, bytes]], shape: tuple[int, int]) -> None:
    """Write float32 vectors by name, each an array of the shape (n, *shape) with n as its bytes say.

    Raises: ValueError (bytes that are no whole number of rows, or an archive over 4 GiB).
    """
    directory = b""
    count = 0
    with target.open("wb") as out:
        for name, content in vectors:
            member = _array_header(len(content), shape) + content
            place = out.tell()
            if place + len(member) > _LARGEST:
                raise ValueError("an archive of vectors is smaller than 4 GiB")
            path = f"{name}.npy".encode()
            checksum = zlib.crc32(member)
            out.write(_local_header(path, checksum, len(member)))
            out.write(member)
            directory += _directory_entry(path, checksum, len(member), place)
            count += 1
        start = out.tell()
        out.write(directory)
        out.write(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), start, 0))


def _array_header(size: int, shape: tuple[int, int]) -> bytes:
    """NPY's version 1.0: a Python dictionary, padded so that the numbers start at a multiple of 64."""
    row = FLOAT_BYTES * shape[0] * shape[1]
    if size == 0 or size % row:
        raise ValueError(f"vectors of {shape[0]} x {shape[1]} numbers are a multiple of {row} bytes, found {size}")
    described = f"{{'descr': '<f4', 'fortran_order': False, 'shape': ({size // row}, {shape[0]}, {shape[1]}), }}"
    opening = b"\x93NUMPY\x01\x00"
    # NumPy leaves room for the first number to grow to 21 digits.
    grown = 21 - len(str(size // row))
    padding = grown + -(len(opening) + 2 + len(described) + grown + 1) % _HEADER_ALIGNMENT
    line = f"{described}{' ' * padding}\n".encode()
    return opening + struct.pack("<H", len(line)) + line


def _local_header(path: bytes, checksum: int, size: int) -> bytes:
    wide = struct.pack("<2H2Q", 1, 16, size, size)
    return (
        struct.pack(
            "<4s2B4H3L2H", b"PK\x03\x04", _NEEDS, 0, 0, 0, 0, _FIRST_OF_JANUARY_1980, checksum, _LARGEST, _LARGEST,
            len(path), len(wide),
        )
        + path
        + wide
    )  # fmt: skip


def _directory_entry(path: bytes, checksum: int, size: int, place: int) -> bytes:
    return (
        struct.pack(
            "<4s4B4H3L5H2L", b"PK\x01\x02", _NEEDS, _UNIX, _NEEDS, 0, 0, 0, 0, _FIRST_OF_JANUARY_1980, checksum, size,
            size, len(path), 0, 0, 0, 0, _OWNER_READS_AND_WRITES, place,
        )
        + path
    )  # fmt: skip
