"""The finished files, from the store to the user's folder."""

import os
import re
import shutil
import tempfile
import unicodedata
from pathlib import Path

from aiprod import paths
from aiprod.bootstrap import App
from aiprod.errors import InvalidSetting
from aiprod.video import Video

LONGEST_NAME = 60


def film_folder(out: Path, video: Video) -> Path:
    """Where a video's files go: a folder named after its title, and its id so that no two meet."""
    plain = unicodedata.normalize("NFKD", video.title or video.brief.theme).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:LONGEST_NAME].rstrip("-")
    return out / f"{words or 'film'}-{video.id[:6]}"


def check_folder(out: Path) -> None:
    """Make the folder for films, before anything is started. Raises: InvalidSetting."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidSetting(f"Expected a folder for films at {out}, found none that can be made ({error.strerror}); "
                             "give another with --out.") from error  # fmt: skip
    if not os.access(out, os.W_OK):
        raise InvalidSetting(f"Expected a folder that can be written, found {out}; give another with --out.")


def deliver_files(app: App, video: Video, out: Path) -> Path:
    """Put every finished file of a completed video into its folder, each whole or not at all; the folder."""
    folder = film_folder(out, video)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".partial-") as scratch:
        for stored in app.objects.under(paths.export(video.id, video.revision, "")):
            name = stored.address.rpartition("/")[2]
            partial = Path(scratch) / f"copy-{name}"
            shutil.copyfile(app.objects.fetch(stored.address, Path(scratch)), partial)
            partial.replace(folder / name)
    return folder
