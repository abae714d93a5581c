"""Films through the real chain, their scenes drawn by tiny models with the code that draws with real ones."""

from pathlib import Path

import pytest

from aiprod import paths
from aiprod.bootstrap import App
from aiprod.brief import Brief
from aiprod.media.probe import probe
from aiprod.models.registry import Registry
from aiprod.video import Status, Video
from aiprod.visuals.diffusion.renderer import DiffusionRenderer, Wishes
from tests.doubles import PlainEngines
from tests.house import drain, open_house

BRIEF = Brief(theme="the giant panda", language="en", profile="draft", music="none", subtitles="none", seed=3, scenes=2)


def open_studio_house(home: Path, registry: Registry, name: str, wishes: Wishes) -> App:
    """A house whose renderer of that name draws on the processor."""
    app = open_house(home)
    renderer = DiffusionRenderer(name, wishes, registry, app.objects, app.clock)
    engines = PlainEngines(renderers={**PlainEngines().renderers, name: renderer})
    return open_house(home, engines)


def small(model: str) -> Wishes:
    return Wishes(model=model, device="cpu", side_px=64, steps=2)


def made(app: App, renderer: str) -> Video:
    video = app.request(Brief(**{**{f: getattr(BRIEF, f) for f in BRIEF.__slots__}, "renderer": renderer}))
    drain(app)
    return app.ledger.get(video.id)


@pytest.mark.parametrize("model", ["wan2.2-ti2v-5b"])
def test_a_film_is_drawn_by_a_diffusion_model(model: str, registry: Registry, tmp_path: Path) -> None:
    app = open_studio_house(tmp_path, registry, "wan", small(model))
    video = made(app, "wan")
    assert (video.status, video.failure) == (Status.COMPLETED, "")
    clips = app.ledger.clips(video.id, video.revision)
    assert {clip.renderer for clip in clips} == {"wan"}
    film = tmp_path / "film.mp4"
    film.write_bytes(app.objects.read(paths.export(video.id, video.revision, "film.mp4")))
    picture = probe(film).picture
    assert picture is not None
    assert (picture.width_px, picture.height_px, picture.rate) == (360, 640, 15)
