"""Films whose pictures come from others: made by the chain, with the real clients, from a replay of their services."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from aiprod import paths
from aiprod.bootstrap import App
from aiprod.brief import Brief
from aiprod.cli.summary import print_summary, summarise
from aiprod.expenses import Expenses
from aiprod.manifests import FilmManifest
from aiprod.models.gemini import GeminiAccess
from aiprod.story import Line, Scene, Script
from aiprod.video import Status, Video
from aiprod.visuals.hosted.breaker import Breaker
from aiprod.visuals.hosted.operations import Operations, Patience
from aiprod.visuals.hosted.records import Records
from aiprod.visuals.hosted.renderer import HostedRenderer
from aiprod.visuals.hosted.service import GoogleDoor
from aiprod.visuals.hosted.veo import Veo
from aiprod.visuals.stock.pexels import Pexels
from aiprod.visuals.stock.renderer import stock_renderer
from tests.doubles import PlainEngines
from tests.hosted.film_clips import make_clip
from tests.hosted.video_server import Asked, Reply, VideoServer, serving, veo_done, veo_started, write_login
from tests.house import make, open_house

SCRIPT = Script(
    title="Far walkers", language="en", writer="own",
    scenes=tuple(
        Scene(number=number, visual=visual, mood="calm", lines=(Line(text=text),))
        for number, (visual, text) in enumerate([
            ("An elephant walking in the savanna at sunset", "Elephants walk far for water."),
            ("A volcano erupting at night", "The mountain glows in the dark."),
        ], start=1)
    ),
)  # fmt: skip
QUICK = Patience(start_again=(0.01,), first_look=0.01, slowest_look=0.1)


def brief(renderer: str, budget_usd: float = 0.0) -> Brief:
    return Brief(script=SCRIPT, language="en", profile="draft", music="none", subtitles="plain", seed=3, renderer=renderer,
                 budget_usd=budget_usd)  # fmt: skip


@pytest.fixture
def server() -> Iterator[VideoServer]:
    with serving() as running:
        yield running


def manifest(app: App, video: Video) -> FilmManifest:
    return app.artefacts.read(FilmManifest, paths.film(video.id, video.revision))


def veo_house(home: Path, server: VideoServer) -> tuple[App, GoogleDoor]:
    """A house whose pictures Veo makes, and motion where Veo does not."""
    app = open_house(home)
    door = GoogleDoor(GeminiAccess(project="p", url=server.url), "")
    operations = Operations(
        service=Veo(door), records=Records(service="veo", documents=app.documents), objects=app.objects, clock=app.clock,
        breaker=Breaker(service="veo", documents=app.documents, clock=app.clock),
        expenses=Expenses(documents=app.documents, clock=app.clock), patience=QUICK,
    )  # fmt: skip
    assert isinstance(app.engines, PlainEngines)
    app.engines.renderers = {**app.engines.renderers, "veo": HostedRenderer(operations)}
    return app, door


def test_stock_footage_is_credited_in_the_films_manifest_and_its_summary(
    tmp_path: Path, server: VideoServer, capsys: pytest.CaptureFixture[str]
) -> None:
    clip = make_clip(tmp_path / "clip.mp4", seconds=5)

    def search(asked: Asked) -> Reply:
        if "elephant" not in asked.path:
            return Reply(body={"videos": []})
        return Reply(body={"videos": [{
            "url": "https://www.pexels.com/video/elephant-in-savanna-9/", "duration": 5,
            "user": {"name": "Ada", "url": "https://www.pexels.com/@ada"},
            "video_files": [{"link": f"{server.url}/files/9.mp4", "file_type": "video/mp4", "width": 180, "height": 320}],
        }]})  # fmt: skip

    server.says("/videos/search", search)
    server.says("/files/", Reply(body=clip))
    app = open_house(tmp_path / "home")
    assert isinstance(app.engines, PlainEngines)
    stock = stock_renderer((Pexels("key", url=server.url),), app.documents, app.clock)
    app.engines.renderers = {**app.engines.renderers, "stock": stock}
    video = make(app, brief("stock"))
    assert video.status is Status.COMPLETED, video.failure
    film = manifest(app, video)
    assert film.renderers == ("stock", "motion"), "where nothing was found, the next renderer draws"
    assert any("Footage by Ada (https://www.pexels.com/@ada) on Pexels" in line for line in film.credits)
    assert any("Scene 2 was made by motion, because stock failed: Expected footage" in note for note in film.notes)
    print_summary(summarise(app, video, None), as_json=False)
    assert "Footage by Ada" in capsys.readouterr().out.replace("\n", " ")


def test_a_film_by_veo_costs_what_was_bought_and_a_refused_scene_is_drawn_here(
    tmp_path: Path, server: VideoServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(write_login(tmp_path, server.url)))
    clip = make_clip(tmp_path / "clip.mp4", seconds=4)

    def start(asked: Asked) -> Reply:
        if "volcano" in str(asked.body["instances"]):
            return Reply(status=400, body={"error": {"code": 400, "message": "violates the usage guidelines", "status": "X"}})
        return veo_started()

    server.says(":predictLongRunning", start)
    server.says(":fetchPredictOperation", veo_done(clip))
    app, door = veo_house(tmp_path / "home", server)
    video = make(app, brief("veo", budget_usd=5.0))
    door.close()
    assert video.status is Status.COMPLETED, video.failure
    film = manifest(app, video)
    assert film.renderers == ("veo", "motion")
    assert any("because veo failed" in note and "filter" in note for note in film.notes)
    paid = Expenses(documents=app.documents, clock=app.clock).of(video.id)
    assert [(one.model, one.bought) for one in paid] == [("veo-3.1-fast-generate-001", "4 s at 720p")]


def test_veo_is_left_out_where_the_budget_does_not_allow_it(tmp_path: Path, server: VideoServer) -> None:
    app, _ = veo_house(tmp_path / "home", server)
    video = make(app, brief("veo"))
    assert video.status is Status.COMPLETED, video.failure
    assert manifest(app, video).renderers == ("motion", "motion")
    assert any("veo would cost about $" in note for note in video.notes)
    assert server.asked == [], "nobody was asked"
