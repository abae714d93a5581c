"""This machine's disk: its errors as ours. Knows no store."""

import errno

from aiprod.errors import AiprodError, StorageFull, Unavailable

FULL = (errno.ENOSPC, errno.EDQUOT)


def disk_error(error: OSError, doing: str) -> AiprodError:
    """A disk's error as one of ours."""
    if error.errno in FULL:
        return StorageFull(f"No room is left on the disk while {doing}; free some space, then resume.")
    return Unavailable(f"The disk refused {doing}: {error.strerror or error}.")
