"""The Python client against the real API: every address, every body, and what it does when things break."""

import ast
import re
import subprocess
import sys
import threading
from dataclasses import fields, is_dataclass, replace
from importlib import import_module
from pathlib import Path

import httpx
import pytest
from PIL import Image

from aiprod.client import Client, Problem, VideoRequest, bodies
from aiprod.client.connection import Call, Connection
from aiprod.client.media import MediaPart
from aiprod.client.videos import Search
from aiprod.errors import Unavailable
from tests.backend.conftest import PASSWORD, Premiere, Site, open_site, served
from tests.house import drain
from tests.thin import drain_thin

CLIENT = Path(bodies.__file__).parent
TIDE = VideoRequest(theme="the tide", language="en", profile="draft", music="none", subtitles="plain", seed=3)


def client_of(site: Site, token: str = "") -> Client:
    return Client(connection=Connection(http=site.client(), token=token, patience_seconds=0))


@pytest.fixture
def service(site: Site) -> Client:
    service = client_of(site)
    service.account.register("jane@mail.org", PASSWORD, site.services.codes.current().code)
    return service


def calls_of_the_client() -> set[tuple[str, str]]:
    trees = [ast.parse(path.read_text()) for path in CLIENT.glob("*.py")]
    made = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "Call"]
    literal = [call.args[:2] for call in made if all(isinstance(one, ast.Constant) for one in call.args[:2])]
    return {(str(method.value), str(path.value)) for method, path in literal}  # type: ignore[attr-defined]


def own_bodies() -> dict[str, type]:
    modules = [import_module(f"aiprod.client.{path.stem}") for path in CLIENT.glob("*.py")]
    return {name: one for module in modules for name, one in vars(module).items() if is_dataclass(one) and isinstance(one, type) and one.__module__ != Call.__module__}


def test_the_client_knows_every_address_of_the_api_and_no_other(site: Site) -> None:
    schema = site.client().get("/api/v1/openapi.json").json()
    served = {(method.upper(), path) for path, methods in schema["paths"].items() for method in methods}
    assert calls_of_the_client() == served, "say in aiprod/client what is asked for there"


def test_the_client_s_bodies_have_the_fields_that_the_api_describes(site: Site) -> None:
    schemas = site.client().get("/api/v1/openapi.json").json()["components"]["schemas"]
    compared = 0
    for name, described in schemas.items():
        own = own_bodies().get(name)
        if own is not None:
            assert {one.name for one in fields(own)} == set(described["properties"]), name
            compared += 1
    assert compared >= 20
    defaults = {name: one.get("default") for name, one in schemas["VideoRequest"]["properties"].items()}
    assert {one.name: getattr(VideoRequest(), one.name) for one in fields(VideoRequest)} == defaults


def test_an_account_from_its_first_to_its_last_day(site: Site, service: Client) -> None:
    account = service.account.read()
    assert account.email == "jane@mail.org" and account.quota.limit == 2
    assert service.account.mark().csrf_token
    key = service.account.create_key("blog", "videos:read")
    assert [one.name for one in service.account.list_keys()] == ["blog"]
    program = client_of(site, key.key)
    assert list(program.videos.all()) == []
    with pytest.raises(Problem, match="videos:write") as refused:
        program.videos.create(TIDE)
    assert (refused.value.type, refused.value.status) == ("/problems/not-allowed", 403)
    service.account.revoke_key(key.id)
    with pytest.raises(Problem, match="not-signed-in"):
        program.account.read()
    service.account.change_password(PASSWORD, "another password")
    service.account.sign_out()
    with pytest.raises(Problem, match="not-signed-in"):
        service.account.read()
    service.account.sign_in("jane@mail.org", "another password")
    service.account.delete("another password")
    with pytest.raises(Problem, match="not-signed-in"):
        service.account.sign_in("jane@mail.org", "another password")


def test_a_video_is_asked_for_once_by_its_key_and_each_call_has_its_own(service: Client) -> None:
    first = service.videos.create(TIDE, key="monday")
    assert service.videos.create(TIDE, key="monday").id == first.id
    assert service.videos.create(TIDE).id != first.id
    assert service.account.read().quota.used == 2
    with pytest.raises(Problem) as spent:
        service.videos.create(TIDE)
    assert spent.value.type == "/problems/quota-spent" and "2 videos" in spent.value.detail and spent.value.id


def test_every_fault_of_a_request_is_told(service: Client) -> None:
    with pytest.raises(Problem) as refused:
        service.videos.create(VideoRequest(theme="tide", style="ugly", seed=-1))
    assert len(refused.value.faults) == 2 and refused.value.type == "/problems/invalid-input"


def test_videos_are_listed_page_by_page_changed_and_deleted(site: Site, service: Client) -> None:
    site.services.users.set_tier(service.account.read().id, "pro")
    assert service.videos.estimate(TIDE).allowed
    ids = [service.videos.create(TIDE).id for _ in range(5)]
    assert [one.id for one in service.videos.all(Search(limit=2))] == ids[::-1]
    service.videos.remember(ids[0])
    assert [one.id for one in service.videos.all(Search(shelf="favourites"))] == ids[:1]
    service.videos.forget(ids[0])
    assert service.videos.page(Search(shelf="favourites")).items == ()
    assert service.videos.publish(ids[0]).public and not service.videos.publish(ids[0], public=False).public
    cancelled = service.videos.cancel(ids[1])
    assert cancelled.status == "cancelled" and cancelled.progress is not None and cancelled.progress.over
    service.videos.delete(ids[2])
    with pytest.raises(Problem, match="not-found"):
        service.videos.read(ids[2])


def test_a_finished_film_is_saved_in_all_its_forms(premiere: Premiere, tmp_path: Path) -> None:
    service = client_of(premiere.site, premiere.jane.token)
    film = service.videos.read(premiere.film)
    assert film.ready and film.progress is not None and film.progress.over and len(film.scenes) == 3
    saved = service.films.save(film.id, tmp_path / "tide.mp4")
    assert saved.read_bytes() == premiere.jane("GET", f"/videos/{film.id}/film").content
    files = service.films.save_all(film.id, film.files, tmp_path / "all")
    assert {file.name: file.stat().st_size for file in files} == {file.name: file.bytes for file in film.files}
    assert service.films.subtitles(film.id).startswith("1\n") and service.films.subtitles(film.id, "vtt").startswith("WEBVTT")
    assert service.films.thumbnail(film.id) and service.films.timeline(film.id).startswith(b"{")
    assert service.videos.count_view(film.id).views >= 1
    with pytest.raises(Problem, match="not-found"):
        service.films.save_file(film.id, "../film.mp4", tmp_path / "x")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all", "tide.mp4"]


def test_a_scene_of_a_finished_film_is_made_anew(site: Site, service: Client) -> None:
    film = service.videos.create(TIDE)
    drain_thin(site.app)
    assert service.videos.edit_scene(film.id, 2, text="The moon pulls the sea.").status == "rendering"
    drain_thin(site.app)
    assert service.videos.read(film.id).scenes[1].text == "The moon pulls the sea."
    assert service.videos.retry_scene(film.id, 1).status == "rendering"
    service.videos.cancel(film.id)
    with pytest.raises(Problem, match="not-possible-now"):
        service.videos.retry(film.id)


def test_a_video_is_watched_until_nothing_more_happens(tmp_path: Path) -> None:
    site = open_site(tmp_path)
    with served(site) as port, Client.at(f"http://127.0.0.1:{port}/api/v1") as service:
        service.account.register("jane@mail.org", PASSWORD, site.services.codes.current().code)
        film = service.videos.create(TIDE)
        making = threading.Thread(target=drain_thin, args=(site.app,))
        making.start()
        end = service.live.wait(film.id, seconds=60)
        making.join()
        assert end.status == "completed" and [step.status for step in end.history][-1] == "completed"
        assert list(service.live.watch(film.id, after=end.sequence, seconds=0.3)) == []
        service.videos.delete(film.id)
        with pytest.raises(Problem, match="not-found"):
            next(service.live.watch(film.id))


def test_a_batch_begins_as_places_come_free(site: Site, service: Client) -> None:
    requests = [replace(TIDE, seed=seed) for seed in range(2)]
    batch = service.batches.create(requests)
    assert batch.total == 2 and [line.line for line in batch.lines] == [1, 2]
    assert service.batches.create(requests).id == batch.id == service.batches.all()[0].id
    service.batches.close(batch.id)
    assert not service.batches.read(batch.id).open


def test_pictures_of_one_s_own_are_brought_and_shown(site: Site, service: Client, tmp_path: Path) -> None:
    picture = tmp_path / "sea.png"
    Image.new("RGB", (320, 240), "navy").save(picture)
    kept = service.media.upload(picture)
    assert (kept.kind, kept.name, kept.width_px) == ("picture", "sea.png", 320)
    assert [one.id for one in service.media.all().items] == [kept.id] == [service.media.read(kept.id).id]
    assert len(service.media.content(kept.id)) == kept.bytes
    in_parts = service.media.upload(picture, part_bytes=500)
    assert service.media.content(in_parts.id) == service.media.content(kept.id)
    service.media.delete(in_parts.id)
    script = "**VISUAL:** A calm sea.\n\n**VOICE OVER:** The tide goes out.\n"
    film = service.videos.create(VideoRequest(script=script, profile="draft", media={"1": kept.id}))
    with pytest.raises(Problem, match="not-possible-now"):
        service.media.delete(kept.id)
    service.videos.cancel(film.id)
    service.media.delete(kept.id)
    assert service.media.all().items == ()


def test_a_file_whose_line_broke_goes_on_with_the_parts_that_are_missing(site: Site, service: Client, tmp_path: Path) -> None:
    picture = tmp_path / "sea.png"
    Image.effect_noise((200, 200), 80).save(picture)
    size = picture.stat().st_size
    sent: list[int] = []

    def break_after_three(request: httpx.Request) -> None:
        if request.url.path.endswith("/parts") and request.method == "POST":
            sent.append(int(request.headers["Content-Length"]))
            if len(sent) == 4:
                raise httpx.ReadError("the line broke")

    http = service.connection.http
    http.event_hooks = {"request": [break_after_three]}
    with pytest.raises(Unavailable, match="the line broke"):
        service.media.upload(picture, part_bytes=5000)
    kept = service.media.upload(picture, part_bytes=5000)
    assert kept.kind == "picture" and sum(sent) == size + 5000, "the one that broke is sent twice, and no other"
    service.media.delete(kept.id)
    assert service.connection.ask(list[MediaPart], Call("GET", "/api/v1/media/parts")) == []
    with picture.open("rb") as content:
        service.connection.send(Call("POST", "/api/v1/media/parts", content=content.read(100)))
    assert service.media.all().used_bytes == 100
    service.media.drop_parts()
    assert service.media.all().used_bytes == 0


def test_a_file_whose_answer_was_lost_is_not_brought_a_second_time(site: Site, service: Client, tmp_path: Path) -> None:
    picture = tmp_path / "sea.png"
    Image.effect_noise((200, 200), 80).save(picture)
    lost: list[str] = []

    def lose_the_first(response: httpx.Response) -> None:
        if response.url.path.endswith("/whole") and not lost:
            lost.append(response.url.path)
            raise httpx.ReadError("the line broke")

    service.connection.http.event_hooks = {"response": [lose_the_first]}
    service.connection.patience_seconds = 1.0
    kept = service.media.upload(picture, part_bytes=20_000)
    assert lost and [one.id for one in service.media.all().items] == [kept.id]


def test_an_admin_runs_the_house(site: Site) -> None:
    admin = client_of(site)
    admin.account.register("root@mail.org", PASSWORD, site.services.codes.first_admin())
    before = admin.admin.access_code()
    assert admin.admin.rotate_access_code().before == before.code
    (own,) = admin.admin.users()
    assert own.admin and admin.admin.set_tier(own.id, "pro").tier == "pro"
    jane = site.register()
    assert [user.email for user in admin.admin.users(search="JA")] == ["jane@mail.org"]
    assert admin.admin.set_disabled(jane.id).disabled and not admin.admin.set_disabled(jane.id, disabled=False).disabled
    assert [entry.act for entry in admin.operations.acts(on=jane.id)] == ["set_disabled", "set_disabled"]
    assert "rotate_code" in [entry.act for entry in admin.operations.own_acts()]
    assert admin.operations.history().now.videos == {}
    assert admin.admin.queue().videos == {} and admin.admin.dead_letters() == []
    with pytest.raises(Problem, match="not-found"):
        admin.admin.replay("7")


def test_a_webhook_is_saved_with_another_address(tmp_path: Path) -> None:
    site = open_site(tmp_path, house={"webhook_private": True})
    service = client_of(site)
    service.account.register("jane@mail.org", PASSWORD, site.services.codes.current().code)
    made = service.webhooks.create("http://127.0.0.1/old")
    saved = service.webhooks.save(made.id, "http://127.0.0.1/new", "failed")
    assert (saved.id, saved.url, saved.events, saved.paused_at) == (made.id, "http://127.0.0.1/new", ("failed",), None)
    assert service.webhooks.all() == [saved]


def test_choices_are_for_everybody(site: Site) -> None:
    choices = client_of(site).resources
    for offered in (choices.styles(), choices.moods(), choices.languages(), choices.subtitles(), choices.aspects(), choices.profiles()):
        assert len(offered) > 1 and all(one.id for one in offered)
    assert [one.best for one in choices.voices("fr")][:1] == [True]
    assert choices.alive().status == choices.ready().status == "ok"


def test_the_documented_example_makes_a_film(tmp_path: Path) -> None:
    """The very lines of docs/api.md, with an address and a code of this test's."""
    text = (Path(__file__).parents[2] / "docs/api.md").read_text()
    (example,) = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    site = open_site(tmp_path / "site")
    with served(site) as port:
        making = threading.Thread(target=work, args=(site, stop := threading.Event()))
        making.start()
        try:
            code = site.services.codes.current().code
            program = example.replace("http://127.0.0.1:8000", f"http://127.0.0.1:{port}").replace("K7QH2XWP", code)
            run = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, timeout=90)
        finally:
            stop.set()
            making.join()
    assert (run.returncode, run.stderr) == (0, "")
    assert "completed" in run.stdout and (tmp_path / "pandas.mp4").read_bytes()[4:8] == b"ftyp"


def work(site: Site, stop: threading.Event) -> None:
    while not stop.wait(0.1):
        drain(site.app)
