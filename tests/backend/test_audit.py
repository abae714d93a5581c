"""The audit trail: who did what, on what, from where; the own part for everybody, all of it for admins."""

from dataclasses import replace
from pathlib import Path

import pytest

from backend.main import ROUTERS
from backend.observing import PARTLY, QUIET
from tests.backend.conftest import PASSWORD, REQUEST, open_site, problem
from tests.thin import drain_thin
from tests.unit.accounts.conftest import MovableClock


def trail(browser, query: str = "", whose: str = "account") -> list[dict]:
    answer = browser("GET", f"/{whose}/audit{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def acts(browser, query: str = "", whose: str = "account") -> list[tuple[str, str, bool]]:
    return [(one["act"], one["on"], one["refused"]) for one in trail(browser, query, whose)]


def test_what_somebody_does_is_written_down_the_last_first(site, jane, ask) -> None:
    film = ask()
    jane("PUT", f"/videos/{film}/visibility", json={"public": True})
    key = jane("POST", "/account/keys", json={"name": "blog", "scopes": ["videos:write"]}).json()
    site.client().put(f"/api/v1/videos/{film}/favourite", headers={"Authorization": f"Bearer {key['key']}"})
    jane("DELETE", f"/account/keys/{key['id']}")
    jane("DELETE", f"/videos/{film}")
    found = trail(jane)
    assert [(one["act"], one["on"]) for one in found] == [
        ("delete_video", film), ("revoke_key", key["id"]), ("add_favourite", film), ("create_key", key["id"]),
        ("set_visibility", film), ("create_video", film), ("register", ""),
    ]  # fmt: skip
    assert {one["user"] for one in found} == {jane.id} and {one["address"] for one in found} == {"testclient"}
    assert found[4]["detail"] == "public"
    assert [one["key"] for one in found] == ["", "", key["id"], "", "", "", ""]
    assert [one["at"] for one in found] == sorted((one["at"] for one in found), reverse=True)


def test_sign_ins_that_failed_are_seen_by_whose_account_it_is(site, jane) -> None:
    stranger = site.client()
    for email, word in (("jane@mail.org", "not her password"), ("nobody@mail.org", "what I typed by mistake")):
        assert stranger.post("/api/v1/session", json={"email": email, "password": word}).status_code == 401
    stranger.post("/api/v1/session", json={"email": "jane@mail.org", "password": PASSWORD})
    assert acts(jane)[:2] == [("sign_in", "", False), ("sign_in", "", True)]
    root = site.register("root@mail.org", admin=True)
    nobodys = [one for one in trail(root, "?act=sign_in", "admin") if not one["user"]]
    assert len(nobodys) == 1 and nobodys[0]["refused"]


def test_what_was_refused_is_written_down_and_what_only_looks_is_not(site, jane, john, ask) -> None:
    film = ask(public=True)
    drain_thin(site.app)
    jane("PUT", f"/videos/{film}/visibility", json={"public": True})
    problem(john("DELETE", f"/videos/{film}"), 403, "not-allowed")
    problem(john("PUT", "/admin/users/x/tier", json={"tier": "pro"}), 403, "not-allowed")
    john("POST", f"/videos/{film}/views")
    john("POST", "/videos/estimate", json=REQUEST)
    john("GET", f"/videos/{film}")
    john("DELETE", "/videos/aaaaaaaaaaaa")
    assert acts(john) == [("set_tier", "x", True), ("delete_video", film, True), ("register", "", False)]


def test_who_may_not_bring_a_part_of_a_file_is_written_down(site, jane) -> None:
    key = jane("POST", "/account/keys", json={"name": "blog", "scopes": ["videos:read"]}).json()
    answer = site.client().post("/api/v1/media/parts", content=b"x", headers={"Authorization": f"Bearer {key['key']}"})
    problem(answer, 403, "not-allowed")
    assert jane("POST", "/media/parts", content=b"x").status_code == 201
    assert acts(jane)[:2] == [("upload_part", "", True), ("create_key", key["id"], False)]


def test_admins_see_everybodys_acts_by_user_act_and_thing_in_pages(site, jane) -> None:
    root = site.register("root@mail.org", admin=True)
    root("PUT", f"/admin/users/{jane.id}/tier", json={"tier": "pro"})
    root("POST", "/admin/access-code")
    assert [one["detail"] for one in trail(root, f"?on={jane.id}", "admin")] == ["pro"]
    assert acts(root, "?act=rotate_code", "admin") == [("rotate_code", "", False)]
    assert acts(root, f"?user={jane.id}", "admin") == [("register", "", False)]
    whole, pages, cursor = acts(root, "", "admin"), [], ""
    while True:
        page = root("GET", f"/admin/audit?limit=2&cursor={cursor}").json()
        pages += [(one["act"], one["on"], one["refused"]) for one in page["items"]]
        cursor = page["next"]
        if not cursor:
            break
    assert pages == whole and len(whole) == 4


def test_others_see_no_acts_but_their_own(site, jane, john) -> None:
    problem(jane("GET", "/admin/audit"), 403, "not-allowed")
    problem(site.client().get("/api/v1/account/audit"), 401, "not-signed-in")
    assert {one["user"] for one in trail(john)} == {john.id}


def test_no_entry_has_a_text_that_somebody_typed(site, jane, ask) -> None:
    ask(theme="my great secret", public=True)
    jane("PUT", "/account/password", json={"old": PASSWORD, "new": "another horse battery"})
    jane("POST", "/account/keys", json={"name": "my secret key", "scopes": ["videos:read"]})
    jane("POST", "/session", json={"email": "hunter2@mail.org", "password": "hunter2hunter2"})
    kept = repr([document.fields for document in site.app.documents.query("audit")])
    for secret in ("secret", "horse", "hunter2", jane.token, jane.session["csrf_token"], "jane@mail.org"):
        assert secret not in kept


def test_the_trail_is_only_ever_added_to(site, jane, ask) -> None:
    film = ask()
    before = {document.id: document.version for document in site.app.documents.query("audit")}
    jane("DELETE", f"/videos/{film}")
    assert jane("POST", "/account/delete", json={"password": PASSWORD}).status_code == 204
    after = {document.id: document.version for document in site.app.documents.query("audit")}
    assert before.items() < after.items() and len(after) == len(before) + 2


def test_an_entry_goes_when_its_days_are_over(tmp_path: Path) -> None:
    site = open_site(tmp_path, audit_days=1)
    site.register()
    (entry,) = site.app.documents.query("audit")
    assert float(str(entry.fields["expires_at"])) == pytest.approx(site.app.clock.now() + 86_400, abs=60)
    site.services.audit.forget_expired()
    assert len(site.app.documents.query("audit")) == 1
    later = replace(site.services.audit, clock=MovableClock(at=site.app.clock.now() + 86_401))
    later.forget_expired()
    assert site.app.documents.query("audit") == []


def test_every_route_that_changes_something_is_an_act() -> None:
    changing = {route.name for room in ROUTERS for route in room.router.routes if set(getattr(route, "methods", ())) - {"GET", "HEAD"}}
    assert changing >= QUIET | PARTLY and len(changing - QUIET - PARTLY) > 20
