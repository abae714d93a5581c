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
from aiprod.manifests import FilmManifest
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
    manifest = app.artefacts.read(FilmManifest, paths.film(video.id, video.revision))
    folder = film_folder(out, video)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".partial-") as scratch:
        for export in manifest.exports:
            fetched = app.objects.fetch(export.address, Path(scratch))
            partial = Path(scratch) / f"copy-{export.name}"
            shutil.copyfile(fetched, partial)
            partial.replace(folder / export.name)
    report = paths.review(video.id, video.revision)
    if app.objects.stat(report) is not None:
        (folder / "review.json").write_bytes(app.objects.read(report))
    return folder
