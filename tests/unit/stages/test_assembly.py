"""The film's files, and clips that cannot be used."""

from collections.abc import Callable
from pathlib import Path

from aiprod import paths
from aiprod.manifests import FilmManifest
from aiprod.media.probe import probe
from aiprod.ports import Shot, Take
from aiprod.video import Status
from tests.doubles import ColourRenderer
from tests.house import engines_with, make, open_house


def test_a_theme_becomes_a_film_with_all_that_belongs_to_it(tmp_path: Path) -> None:
    app = open_house(tmp_path / "home")
    video = make(app)
    assert video.status is Status.COMPLETED, video.failure
    manifest = app.artefacts.read(FilmManifest, paths.film(video.id, 1))
    names = {export.name for export in manifest.exports}
    assert names >= {"film.mp4", "subtitles.srt", "subtitles.vtt", "thumbnail.jpg", "poster.jpg", "timeline.json"}
    facts = probe(app.objects.fetch(manifest.address("film.mp4"), tmp_path))
    assert facts.picture is not None
    assert facts.picture.frames == manifest.frames
    assert (facts.picture.width_px, facts.picture.height_px) == (360, 640)
    assert facts.sound is not None


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
