"""A finished film over HTTP: every file, ranges, and who may see it."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from aiprod.adapters.embedded.objects import EmbeddedObjects
from aiprod.adapters.storage import GcsObjects
from backend.main import create_api, guard
from backend.services import open_services
from backend.signing import Signer
from tests.backend.conftest import REQUEST, Site, open_site, problem
from tests.doubles import ColourRenderer
from tests.house import drain, engines_with
from tests.thin import drain_thin

FILES = ("film", "thumbnail", "subtitles/srt", "subtitles/vtt", "timeline", "files/script.json", "files/film.mp4")


def test_the_film_is_there_whole_and_counts_for_the_quota(premiere) -> None:
    video = premiere.jane("GET", f"/videos/{premiere.film}").json()
    assert video["status"] == "completed" and video["ready"] and video["seconds"] > 1
    assert {file["name"] for file in video["files"]} >= {"film.mp4", "subtitles.srt", "subtitles.vtt", "timeline.json"}
    assert len(video["scenes"]) == 3 and "tide" in video["scenes"][0]["text"]
    assert video["progress"]["scenes"][0]["status"] == "ready"
    assert premiere.jane("GET", "/account").json()["quota"] == {"used": 1, "limit": 2, "at_work": 0}


def test_it_is_streamed_in_ranges_that_join_to_the_whole(premiere) -> None:
    path = f"/videos/{premiere.film}/film"
    whole = premiere.jane("GET", path)
    assert whole.headers["content-type"] == "video/mp4" and whole.headers["accept-ranges"] == "bytes"
    assert whole.content[4:8] == b"ftyp"
    first = premiere.jane("GET", path, headers={"Range": "bytes=0-999"})
    rest = premiere.jane("GET", path, headers={"Range": "bytes=1000-", "If-Range": first.headers["etag"]})
    assert (first.status_code, rest.status_code) == (206, 206)
    assert first.headers["content-range"] == f"bytes 0-999/{len(whole.content)}"
    assert first.content + rest.content == whole.content


def test_ranges_that_cannot_be_are_told_as_problems(premiere) -> None:
    path = f"/videos/{premiere.film}/film"
    size = int(premiere.jane("HEAD", path).headers["content-length"])
    for asked in (f"bytes={size}-", f"bytes={size + 5}-{size + 9}", "bytes=0-1,999999999-"):
        answer = premiere.jane("GET", path, headers={"Range": asked})
        told = problem(answer, 416, "range-not-satisfiable")
        assert str(size) in told["detail"] and answer.headers["content-range"] == f"bytes */{size}"
    for asked in ("bytes", "lines=1-2", "bytes=5-2", "bytes=x-y"):
        problem(premiere.jane("GET", path, headers={"Range": asked}), 400, "malformed")
    assert premiere.jane("GET", path, headers={"Range": "bytes=-10"}).status_code == 206
    assert premiere.jane("GET", path, headers={"Range": "bytes=0-0,5-9"}).headers["content-type"].startswith("multipart/byteranges")


@dataclass(frozen=True, kw_only=True)
class SigningFolder(EmbeddedObjects):
    """A folder whose objects are read at another address, as those of Cloud Storage are."""

    signed: list[tuple[str, float, str]] = field(default_factory=list)

    def sign(self, address: str, seconds: float, *, save_as: str = "") -> str:
        self.signed.append((address, seconds, save_as))
        return f"https://storage.test/{address}?as={save_as}&number={len(self.signed)}"


def test_a_store_that_signs_addresses_delivers_films_itself(premiere) -> None:
    assert isinstance(GcsObjects(project="p", bucket="b"), Signer)
    app = premiere.site.app
    folder = SigningFolder(database=app.objects.database, folder=app.objects.folder, clock=app.clock)
    services = open_services(replace(app, objects=folder), premiere.site.services.settings)
    client = Site(app, services, guard(create_api(services), secure=True)).client(follow_redirects=False)

    def ask(method: str, file: str, token: str = premiere.jane.token):
        return client.request(method, f"/api/v1/videos/{premiere.film}/{file}", headers={"Authorization": f"Bearer {token}"})

    first, again, saved = ask("GET", "film"), ask("GET", "film"), ask("GET", "film?download=true")
    assert [answer.status_code for answer in (first, again, saved)] == [307] * 3
    assert first.headers["location"] == again.headers["location"] != saved.headers["location"]
    assert first.headers["location"].startswith(f"https://storage.test/exports/{premiere.film}/1/film.mp4")
    assert [(seconds, name) for _, seconds, name in folder.signed] == [(3600.0, ""), (3600.0, f"{premiere.film}-film.mp4")]
    assert "private" in first.headers["cache-control"] and "no-store" in first.headers["cache-control"]
    whole = premiere.jane("GET", f"/videos/{premiere.film}/film")
    head = ask("HEAD", "film")
    assert (head.status_code, head.headers["content-length"], head.content) == (200, whole.headers["content-length"], b"")
    subtitles = ask("GET", "subtitles/vtt")
    assert subtitles.status_code == 200 and subtitles.text.startswith("WEBVTT"), "pages read it, so it comes from here"
    assert ask("GET", "film", premiere.john.token).status_code == 404 and len(folder.signed) == 2


def test_a_player_may_ask_for_the_size_alone(premiere) -> None:
    whole = premiere.jane("GET", f"/videos/{premiere.film}/film")
    head = premiere.jane("HEAD", f"/videos/{premiere.film}/film")
    assert head.content == b"" and head.headers["content-length"] == str(len(whole.content))
    assert premiere.john("HEAD", f"/videos/{premiere.film}/film").status_code == 404


def test_it_is_shown_or_saved(premiere) -> None:
    shown = premiere.jane("GET", f"/videos/{premiere.film}/film")
    saved = premiere.jane("GET", f"/videos/{premiere.film}/film?download=true")
    assert shown.headers["content-disposition"].startswith("inline")
    assert saved.headers["content-disposition"] == f'attachment; filename="{premiere.film}-film.mp4"'


@pytest.mark.parametrize("file", FILES)
def test_every_file_is_for_its_owner_alone(premiere, file) -> None:
    path = f"/videos/{premiere.film}/{file}"
    answer = premiere.jane("GET", path)
    assert answer.status_code == 200 and len(answer.content) > 20
    assert answer.headers["cache-control"].startswith("private")
    problem(premiere.john("GET", path), 404, "not-found")
    problem(premiere.site.client().get(f"/api/v1{path}"), 404, "not-found")


@pytest.mark.parametrize(
    "name", ["...", "%2e%2e%2fx", "..%2f..%2fscripts", "%2e%2e%2f%2e%2e%2fstore.sqlite3", "film.mp4%00.json", "nothing.txt", "..\\film.mp4", ".hidden"]
)
def test_no_name_leads_out_of_the_film(premiere, name) -> None:
    answer = premiere.jane("GET", f"/videos/{premiere.film}/files/{name}")
    assert answer.status_code in (404, 422), answer.text
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("id", ["...", "%2e%2e%2fx", "0" * 41, "ABCDEF012345", "a" * 8 + "%2f..", "x"])
def test_no_id_leads_out_of_the_videos(premiere, id) -> None:
    for file in ("", "/film", "/files/film.mp4"):
        answer = premiere.jane("GET", f"/videos/{id}{file}")
        assert answer.status_code in (404, 405, 422), answer.text


def test_a_public_film_is_everybody_s_to_see_and_nobody_else_s_to_change(premiere) -> None:
    film, jane, john, stranger = premiere.film, premiere.jane, premiere.john, premiere.site.client()
    assert jane("PUT", f"/videos/{film}/visibility", json={"public": True}).json()["public"]
    try:
        seen = stranger.get(f"/api/v1/videos/{film}").json()
        assert seen["seconds"] and not seen["mine"]
        assert [seen[name] for name in ("theme", "notes", "cost_usd", "progress")] == [None] * 4
        assert stranger.get(f"/api/v1/videos/{film}/film", headers={"Range": "bytes=0-9"}).status_code == 206
        assert [item["id"] for item in stranger.get("/api/v1/videos?shelf=public").json()["items"]] == [film]
        assert john("PUT", f"/videos/{film}/favourite").status_code == 204
        (views,) = {john("POST", f"/videos/{film}/views").json()["views"] for _ in range(3)}
        assert stranger.post(f"/api/v1/videos/{film}/views").json()["views"] == views + 1
        for method, path, body in CHANGES:
            problem(john(method, path.format(film), json=body), 403, "not-allowed")
    finally:
        jane("PUT", f"/videos/{film}/visibility", json={"public": False})
    assert john("GET", "/videos?shelf=favourites").json()["items"] == []
    assert john("GET", "/videos?shelf=public").json()["items"] == []


CHANGES = (
    ("POST", "/videos/{}/cancel", None),
    ("POST", "/videos/{}/retry", None),
    ("POST", "/videos/{}/scenes/1/retry", None),
    ("PATCH", "/videos/{}/scenes/1", {"text": "Mine now."}),
    ("PUT", "/videos/{}/visibility", {"public": True}),
    ("DELETE", "/videos/{}", None),
    ("GET", "/videos/{}/events", None),
)


def test_whoever_has_a_network_of_addresses_is_one_viewer(premiere) -> None:
    premiere.jane("PUT", f"/videos/{premiere.film}/visibility", json={"public": True})
    try:
        places = [("2001:db8::1", 1), ("2001:db8::2", 2)]
        seen = [premiere.site.client(client=one).post(f"/api/v1/videos/{premiere.film}/views").json()["views"] for one in places]
        assert seen[0] == seen[1]
    finally:
        premiere.jane("PUT", f"/videos/{premiere.film}/visibility", json={"public": False})


def test_another_s_film_is_not_there_by_any_route(premiere) -> None:
    """Every route of the API with a video's id in it, so that none is forgotten."""
    schema = premiere.site.client().get("/api/v1/openapi.json").json()
    bodies = {(method, path): body for method, path, body in CHANGES}
    tried = 0
    for path, methods in schema["paths"].items():
        if "/videos/{id}" not in path:
            continue
        for method in methods:
            short = path.removeprefix("/api/v1").replace("{scene}", "1").replace("{form}", "srt").replace("{name}", "film.mp4")
            body = bodies.get((method.upper(), short.replace("{id}", "{}")))
            answer = premiere.john(method.upper(), short.replace("{id}", premiere.film), json=body)
            if (method, short) == ("delete", "/videos/{id}/favourite"):
                assert answer.status_code == 204  # one's own list
                continue
            problem(answer, 404, "not-found")
            tried += 1
    assert tried >= 15
    assert premiere.jane("GET", f"/videos/{premiere.film}").json()["status"] == "completed"


def test_the_next_estimate_knows_how_long_the_last_film_took(premiere) -> None:
    estimate = premiere.jane("POST", "/videos/estimate", json=REQUEST).json()
    assert 0 < estimate["making_seconds"] < 600


def test_what_is_worth_noting_of_a_film_is_told_once(tmp_path: Path) -> None:
    site = open_site(tmp_path, engines_with(motion=ColourRenderer(name="motion", notes=("Drawn by hand.",))))
    jane = site.register()
    film = jane("POST", "/videos", json=REQUEST).json()["id"]
    drain_thin(site.app)
    assert jane("GET", f"/videos/{film}").json()["notes"].count("Drawn by hand.") == 1


def test_what_a_browser_has_is_not_sent_again(premiere) -> None:
    path = f"/videos/{premiere.film}/thumbnail"
    first = premiere.jane("GET", path)
    again = premiere.jane("GET", path, headers={"If-None-Match": f'"x", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert premiere.jane("GET", path, headers={"If-None-Match": '"x"'}).status_code == 200


def test_an_edited_scene_makes_another_film_and_the_first_is_seen_until_then(site, jane, ask) -> None:
    film = ask()
    drain(site.app)
    before = jane("GET", f"/videos/{film}/film").content
    changed = jane("PATCH", f"/videos/{film}/scenes/2", json={"text": "The moon (pause) pulls the sea."})
    assert changed.json()["status"] == "rendering" and changed.json()["ready"]
    problem(jane("POST", f"/videos/{film}/scenes/1/retry"), 409, "not-possible-now")
    assert jane("GET", f"/videos/{film}/film").content == before
    drain(site.app)
    video = jane("GET", f"/videos/{film}").json()
    assert video["status"] == "completed" and video["progress"]["revision"] == 2
    assert [scene["text"] for scene in video["scenes"]][1] == "The moon pulls the sea."
    assert "moon pulls" in jane("GET", f"/videos/{film}/subtitles/srt").text.replace("\n", " ")
    assert jane("GET", f"/videos/{film}/film").content != before
    assert jane("GET", "/account").json()["quota"] == {"used": 1, "limit": 2, "at_work": 0}
    assert jane("DELETE", f"/videos/{film}").status_code == 204
    kept = [stored.address for stored in site.app.objects.under("") if film in stored.address]
    assert kept == [] and site.app.documents.query("clips") == []
    assert jane("GET", "/account").json()["quota"]["used"] == 1
