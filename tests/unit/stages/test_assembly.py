"""The film's files, and clips that cannot be used."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from aiprod import paths
from aiprod.manifests import FilmManifest
from aiprod.media.probe import probe
from aiprod.ports import Objects, Shot, StoredObject, Take
from aiprod.video import Status
from tests.doubles import ColourRenderer
from tests.house import engines_with, make, open_house
from tests.unit.stages.conftest import Finished


def test_a_theme_becomes_a_film_with_all_that_belongs_to_it(finished: Finished, tmp_path: Path) -> None:
    app = finished.app
    manifest = app.artefacts.read(FilmManifest, paths.film(finished.video.id, 1))
    names = {export.name for export in manifest.exports}
    assert names >= {"film.mp4", "subtitles.srt", "subtitles.vtt", "thumbnail.jpg", "poster.jpg", "timeline.json"}
    facts = probe(app.objects.fetch(manifest.address("film.mp4"), tmp_path))
    assert facts.picture is not None
    assert facts.picture.frames == manifest.frames
    assert (facts.picture.width_px, facts.picture.height_px) == (360, 640)
    assert facts.sound is not None


@dataclass
class Outrun:
    """A store where the same is written a moment before, by an equal delivery."""

    objects: Objects

    def write(self, address: str, content: bytes | Path) -> StoredObject:
        self.objects.write(address, content)
        return self.objects.write(address, content)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.objects, name)


def test_a_film_whose_every_artefact_another_delivery_lands_first_is_finished(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    outrun: Any = Outrun(app.objects)
    app = replace(app, objects=outrun, artefacts=replace(app.artefacts, objects=outrun))
    video = make(app)
    assert (video.status, video.failure, video.notes) == (Status.COMPLETED, "", ())


def test_a_clip_cut_short_is_refused_and_rendered_again(tmp_path: Path) -> None:
    class CuttingRenderer(ColourRenderer):
        def render(self, shot: Shot, folder: Path, progress: Callable[[int], None]) -> Take:
            take = super().render(shot, folder, progress)
            if shot.scene == 2 and self.rendered.count(2) == 1:
                content = take.path.read_bytes()
                take.path.write_bytes(content[: len(content) // 2])
            return take

    renderer = CuttingRenderer(name="motion")
    app = open_house(tmp_path / "home", engines_with(motion=renderer))
    video = make(app)
    assert video.status is Status.COMPLETED, video.failure
    assert renderer.rendered.count(2) == 2
