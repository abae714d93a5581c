"""What is to be seen and heard before there is a film: by the real engines, in children, made once, and never many."""

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from aiprod.bootstrap import open_app
from aiprod.media.probe import probe
from aiprod.settings import Settings
from backend.main import create_api, guard
from backend.previews import MOST_KEPT
from backend.services import open_services
from backend.settings import WebSettings
from tests.backend.conftest import Site, problem

VOICE = "espeak:en-gb"


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with the engines that make films."""
    home = tmp_path_factory.mktemp("previews")
    app = open_app(Settings(home=home), log_file=home / "logs" / "test.log")
    services = open_services(app, WebSettings(password_rounds=4))
    return Site(app, services, guard(create_api(services), secure=True))


def test_a_style_is_seen_in_each_shape_and_the_same_address_shows_the_same(studio) -> None:
    stranger = studio.client()
    answers = [stranger.get("/api/v1/styles/noir/frame?aspect=16:9") for _ in range(2)]
    assert answers[0].status_code == 200, answers[0].text
    assert answers[0].content == answers[1].content and answers[0].headers["content-type"] == "image/jpeg"
    assert answers[0].headers["cache-control"] == "public, max-age=86400"
    picture = Image.open(io.BytesIO(answers[0].content))
    assert picture.size == (640, 360) and len(answers[0].content) < 150_000
    assert picture.convert("L").getextrema()[1] > 60, "something is to be seen"


def test_a_voice_is_heard_made_once_however_many_ask(studio, tmp_path: Path) -> None:
    address = f"/api/v1/voices/{VOICE}/sample"
    client = studio.client()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: client.get(address), range(8)))
    assert {answer.status_code for answer in answers} == {200}, [answer.text for answer in answers if answer.status_code != 200]
    assert len({answer.content for answer in answers}) == 1 and answers[0].headers["content-type"] == "audio/mp4"
    file = tmp_path / "sample.m4a"
    file.write_bytes(answers[0].content)
    sound = probe(file).sound
    assert sound is not None and 1 < sound.seconds < 8 and len(answers[0].content) < 100_000
    assert len(list((studio.app.settings.home_folder / "previews").glob("*.m4a"))) == 1


def test_what_is_no_style_and_no_voice_is_told(studio) -> None:
    stranger = studio.client()
    problem(stranger.get("/api/v1/styles/ugly/frame"), 404, "not-found")
    problem(stranger.get("/api/v1/styles/noir/frame?aspect=2:1"), 422, "invalid-input")
    for voice in ("espeak:nobody", "gemini:Kore", "..%2f..%2fetc", "kokoro:--help"):
        problem(stranger.get(f"/api/v1/voices/{voice}/sample"), 404, "not-found")


def test_a_theme_of_one_s_own_is_for_who_is_signed_in_and_new_ones_are_counted(studio) -> None:
    problem(studio.client().get("/api/v1/styles/noir/frame?theme=The+sea"), 401, "not-signed-in")
    jane = studio.register()
    problem(jane("GET", "/styles/noir/frame?theme=..."), 422, "invalid-input")
    problem(jane("GET", f"/styles/noir/frame?theme={'x' * 121}"), 422, "invalid-input")
    for _ in range(30):
        studio.services.attempts.count(_limit(), jane.id)
    problem(jane("GET", "/styles/noir/frame?theme=The+sea"), 429, "too-many-requests")
    assert jane("GET", "/styles/noir/frame").status_code == 200, "the house's own frames are for everybody, always"
    name, _ = studio.services.previews.frame("noir", "9:16", "The moon")
    folder = studio.app.settings.home_folder / "previews"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(b"made before")
    assert jane("GET", "/styles/noir/frame?theme=The++moon").content == b"made before", "what is there costs nothing"


def _limit():
    from aiprod.accounts.attempts import Limit

    return Limit(kind="previews", most=30, window_seconds=60.0)


def test_the_folder_of_previews_holds_so_many_and_no_more(studio) -> None:
    import asyncio

    folder = studio.app.settings.home_folder / "previews"
    folder.mkdir(exist_ok=True)
    for number in range(MOST_KEPT + 5):
        (folder / f"{number}.jpg").write_bytes(b"x")

    def work(scratch: Path) -> Path:
        (scratch / "made").write_bytes(b"new")
        return scratch / "made"

    assert asyncio.run(studio.services.previews.make("newest.jpg", work)) == b"new"
    assert len(list(folder.iterdir())) == MOST_KEPT and (folder / "newest.jpg").read_bytes() == b"new"


def test_a_scene_s_picture_is_seen_as_soon_as_its_clip_is_there(premiere) -> None:
    jane, john, film = premiere.jane, premiere.john, premiere.film
    scene = jane("GET", f"/videos/{film}").json()["progress"]["scenes"][1]
    assert (scene["renderer"], scene["title"]) == ("motion", "") and "part 2" in scene["text"] and scene["visual"] == "the tide 2"
    path = scene["picture"].removeprefix("/api/v1")
    answer = jane("GET", path)
    assert answer.headers["content-type"] == "image/jpeg" and Image.open(io.BytesIO(answer.content)).size == (360, 640)
    again = jane("GET", path, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    problem(john("GET", path), 404, "not-found")
    problem(jane("GET", f"/videos/{film}/scenes/9/picture"), 404, "not-found")


def test_scenes_are_told_before_their_clips_are_there(jane, ask) -> None:
    script = "**VISUAL:** A calm sea.\n\n**VOICE OVER:** The tide goes out.\n"
    film = jane("POST", "/videos", json={"script": script, "profile": "draft"}).json()["id"]
    (scene,) = jane("GET", f"/videos/{film}").json()["progress"]["scenes"]
    assert (scene["status"], scene["text"], scene["visual"], scene["picture"]) == ("pending", "The tide goes out.", "A calm sea.", None)
    problem(jane("GET", f"/videos/{film}/scenes/1/picture"), 404, "not-found")
