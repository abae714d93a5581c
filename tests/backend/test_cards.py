"""What lists tell of each entry: how long a film is, why there is none, which tiers an account can have."""

from aiprod.video import StageGaveUp
from tests.backend.conftest import problem


def test_a_list_tells_how_long_each_film_is(premiere) -> None:
    (card,) = premiere.jane("GET", "/videos").json()["items"]
    assert card["seconds"] == premiere.jane("GET", f"/videos/{premiere.film}").json()["seconds"] > 1
    assert card["failure"] == ""


def test_a_list_tells_its_owner_why_a_film_failed(site, jane, ask) -> None:
    film = ask()
    video = site.app.ledger.get(film)
    site.app.ledger.advance(film, StageGaveUp(revision=video.revision, at=video.created_at, sentence="The narrator lost their voice."))
    (card,) = jane("GET", "/videos", params={"status": "failed"}).json()["items"]
    assert (card["seconds"], card["failure"]) == (None, "The narrator lost their voice.")


def test_admins_are_told_which_tiers_there_are(site, jane) -> None:
    root = site.register("root@mail.org", admin=True)
    tiers = root("GET", "/admin/users").json()["tiers"]
    assert tiers == list(site.services.settings.tiers) and "free" in tiers
    for tier in tiers:
        assert root("PUT", f"/admin/users/{jane.id}/tier", json={"tier": tier}).json()["tier"] == tier


def test_signing_out_everywhere_ends_every_session_and_no_key(site, jane) -> None:
    key = jane("POST", "/account/keys", json={"name": "blog", "scopes": ["videos:read"]}).json()["key"]
    other = {"Authorization": f"Bearer {site.services.sessions.open(site.services.users.get(jane.id))[0]}"}
    assert site.client().get("/api/v1/account", headers=other).status_code == 200
    answer = jane("DELETE", "/account/sessions")
    assert answer.status_code == 204 and "aiprod_session" in answer.headers["set-cookie"]
    for headers in (other, {"Authorization": f"Bearer {jane.token}"}):
        problem(site.client().get("/api/v1/account", headers=headers), 401, "not-signed-in")
    program = {"Authorization": f"Bearer {key}"}
    assert site.client().get("/api/v1/videos", headers=program).status_code == 200


def test_an_event_that_cannot_be_read_is_a_dead_letter_like_others(site) -> None:
    root = site.register("root@mail.org", admin=True)
    with site.app.messages.database.transaction() as connection:
        connection.execute("INSERT INTO dead_letters (subscription, payload, attempt, reason, at) VALUES ('script', ?, 5, 'too old', 9)", (b"{}",))
    (letter,) = root("GET", "/admin/dead-letters").json()
    assert (letter["event"], letter["video"], letter["reason"], letter["attempts"]) == ("", "", "too old", 5)
    assert root("GET", "/admin/history").json()["now"]["dead_letters"] == 1
