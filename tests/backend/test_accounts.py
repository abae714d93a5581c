"""Accounts over HTTP: cookies, marks, keys, and what admins do."""

import threading
import time

import pytest

from tests.backend.conftest import PASSWORD, REQUEST, problem


def test_a_newcomer_is_signed_in_and_sees_the_quota(jane) -> None:
    account = jane("GET", "/account").json()
    assert account["email"] == "jane@mail.org" and account["tier"] == "free" and not account["admin"]
    assert account["quota"] == {"used": 0, "limit": 2, "at_work": 0}


def test_the_token_s_cookie_is_out_of_reach_of_scripts_and_other_sites(site) -> None:
    code = site.services.codes.current().code
    answer = site.client().post("/api/v1/accounts", json={"email": "jane@mail.org", "password": PASSWORD, "code": code})
    session, mark = sorted(answer.headers.get_list("set-cookie"), reverse=True)
    assert session.startswith("aiprod_session=") and mark.startswith("aiprod_csrf=")
    for part in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"):
        assert part in session
    assert "HttpOnly" not in mark and "SameSite=strict" in mark


def test_the_cookie_of_a_session_that_was_ended_elsewhere_hides_nothing_that_everybody_may_see(site, jane) -> None:
    site.services.users.end_sessions(site.services.users.get(jane.id))
    assert jane("GET", "/videos", params={"shelf": "public"}).status_code == 200
    for path in ("/account", "/videos"):
        problem(jane("GET", path), 401, "not-signed-in")
    problem(jane("POST", "/videos", json=REQUEST), 401, "not-signed-in")


def test_a_wrong_code_is_refused_in_a_sentence(site) -> None:
    body = {"email": "jane@mail.org", "password": PASSWORD, "code": "AAAAAAAA"}
    assert "access code" in problem(site.client().post("/api/v1/accounts", json=body), 403, "not-allowed")["detail"]


def test_an_address_has_one_account(site, jane) -> None:
    body = {"email": "Jane@mail.org", "password": PASSWORD, "code": site.services.codes.current().code}
    problem(site.client().post("/api/v1/accounts", json=body), 409, "already-exists")


def test_a_stranger_and_a_wrong_password_get_the_same_answer(site, jane) -> None:
    answers = [
        site.client().post("/api/v1/session", json={"email": email, "password": "wrong password"})
        for email in ("jane@mail.org", "nobody@mail.org")
    ]
    details = {problem(answer, 401, "not-signed-in")["detail"] for answer in answers}
    assert len(details) == 1


def test_guessing_is_slowed_down_with_the_time_to_wait(site, jane) -> None:
    guesses = [site.client().post("/api/v1/session", json={"email": "jane@mail.org", "password": "wrong"}) for _ in range(11)]
    assert [answer.status_code for answer in guesses] == [401] * 10 + [429]
    problem(guesses[-1], 429, "too-many-requests")
    assert 800 < int(guesses[-1].headers["retry-after"]) <= 900, "as long as the guesses count"


def test_ten_wrong_log_ins_of_a_stranger_do_not_keep_the_owner_out(site, jane) -> None:
    stranger = site.client(client=("198.51.100.9", 4711))
    for _ in range(12):
        stranger.post("/api/v1/session", json={"email": "jane@mail.org", "password": "wrong password"})
    body = {"email": "jane@mail.org", "password": PASSWORD}
    problem(stranger.post("/api/v1/session", json=body), 429, "too-many-requests")
    assert site.client().post("/api/v1/session", json=body).status_code == 200


def test_a_caller_s_network_counts_as_one_address(site, jane) -> None:
    tries = [
        site.client(client=(f"2001:db8::{number:x}", 1)).post("/api/v1/session", json={"email": "jane@mail.org", "password": "wrong"})
        for number in range(1, 12)
    ]
    assert [answer.status_code for answer in tries] == [401] * 10 + [429]


def test_signing_out_ends_the_token_too(site, jane) -> None:
    assert jane("DELETE", "/session").status_code == 204
    problem(jane("GET", "/account"), 401, "not-signed-in")
    bearer = {"Authorization": f"Bearer {jane.token}"}
    problem(site.client().get("/api/v1/account", headers=bearer), 401, "not-signed-in")


def test_a_change_by_cookie_needs_the_mark_and_a_page_of_ours(jane) -> None:
    change = {"json": {"name": "k", "scopes": ["videos:read"]}}
    problem(jane("POST", "/account/keys", marked=False, **change), 403, "not-allowed")
    problem(jane("POST", "/account/keys", headers={"X-CSRF-Token": "0" * 64}, **change), 403, "not-allowed")
    problem(jane("POST", "/account/keys", headers={"Origin": "https://evil.test"}, **change), 403, "not-allowed")
    problem(jane("POST", "/account/keys", headers={"Sec-Fetch-Site": "cross-site"}, **change), 403, "not-allowed")
    assert jane("POST", "/account/keys", headers={"Origin": "https://aiprod.test"}, **change).status_code == 201
    assert jane("GET", "/session").json() == {"csrf_token": jane.session["csrf_token"]}


def test_another_site_cannot_sign_somebody_in(site, jane) -> None:
    body = {"email": "jane@mail.org", "password": PASSWORD}
    answer = site.client().post("/api/v1/session", json=body, headers={"Origin": "https://evil.test"})
    problem(answer, 403, "not-allowed")
    as_a_form = site.client().post("/api/v1/session", data=body)
    problem(as_a_form, 422, "invalid-input")


def test_a_mark_of_another_session_does_not_count(site, jane, john) -> None:
    answer = jane("DELETE", "/session", headers={"X-CSRF-Token": john.session["csrf_token"]})
    problem(answer, 403, "not-allowed")


def test_a_token_as_bearer_needs_no_mark(site, jane) -> None:
    headers = {"Authorization": f"Bearer {jane.token}"}
    assert site.client().post("/api/v1/videos", json=REQUEST, headers=headers).status_code == 201


def test_a_new_password_ends_the_other_sessions_and_keeps_this_browser_in(site, jane) -> None:
    problem(jane("PUT", "/account/password", json={"old": "wrong", "new": "another password"}), 403, "not-allowed")
    answer = jane("PUT", "/account/password", json={"old": PASSWORD, "new": "another password"})
    assert answer.status_code == 200
    assert jane("GET", "/account").status_code == 200
    old = site.client().get("/api/v1/account", headers={"Authorization": f"Bearer {jane.token}"})
    problem(old, 401, "not-signed-in")


def test_an_api_key_does_what_its_scopes_say_and_nothing_to_the_account(site, jane) -> None:
    made = jane("POST", "/account/keys", json={"name": "blog", "scopes": ["videos:read"]}).json()
    headers = {"Authorization": f"Bearer {made['key']}"}
    program = site.client()
    assert program.get("/api/v1/videos", headers=headers).status_code == 200
    problem(program.post("/api/v1/videos", json=REQUEST, headers=headers), 403, "not-allowed")
    problem(program.get("/api/v1/account/keys", headers=headers), 403, "not-allowed")
    problem(program.post("/api/v1/account/delete", json={"password": PASSWORD}, headers=headers), 403, "not-allowed")
    assert "key" not in jane("GET", "/account/keys").json()[0]
    assert jane("DELETE", f"/account/keys/{made['id']}").status_code == 204
    problem(program.get("/api/v1/videos", headers=headers), 401, "not-signed-in")


def test_a_key_of_somebody_else_cannot_be_revoked(jane, john) -> None:
    made = jane("POST", "/account/keys", json={"name": "blog", "scopes": ["videos:write"]}).json()
    problem(john("DELETE", f"/account/keys/{made['id']}"), 404, "not-found")


def test_an_account_goes_with_its_films_and_keys(site, jane, ask) -> None:
    video = ask()
    key = jane("POST", "/account/keys", json={"name": "blog", "scopes": ["videos:read"]}).json()["key"]
    problem(jane("POST", "/account/delete", json={"password": "wrong"}), 403, "not-allowed")
    assert jane("POST", "/account/delete", json={"password": PASSWORD}).status_code == 204
    for text in (jane.token, key):
        problem(site.client().get("/api/v1/account", headers={"Authorization": f"Bearer {text}"}), 401, "not-signed-in")
    everything = [document for name in ("users", "emails", "quotas", "library", "api_keys") for document in site.app.documents.query(name)]
    assert everything == []
    assert "the tide" not in str(site.app.documents.get("videos", video))
    assert site.register("jane@mail.org").id != jane.id


def test_only_an_admin_sees_and_turns_the_code(site, jane) -> None:
    admin = site.register("root@mail.org", admin=True)
    for method, path in (("GET", "/admin/access-code"), ("POST", "/admin/access-code"), ("GET", "/admin/users")):
        problem(jane(method, path), 403, "not-allowed")
    first = admin("GET", "/admin/access-code").json()["code"]
    turned = admin("POST", "/admin/access-code").json()
    assert turned["code"] != first and turned["before"] == first
    assert [user["email"] for user in admin("GET", "/admin/users?limit=1").json()["items"]] != []


def test_pages_of_accounts_follow_each_other(site, jane, john) -> None:
    admin = site.register("root@mail.org", admin=True)
    seen, cursor = [], ""
    while cursor is not None:
        page = admin("GET", f"/admin/users?limit=2&cursor={cursor}").json()
        seen += [user["email"] for user in page["items"]]
        cursor = page["next"]
    assert sorted(seen) == ["jane@mail.org", "john@mail.org", "root@mail.org"]


def test_another_tier_gives_more_videos_and_an_admin_has_no_limit(site, jane) -> None:
    admin = site.register("root@mail.org", admin=True)
    assert admin("GET", "/account").json()["quota"]["limit"] is None
    assert admin("PUT", f"/admin/users/{jane.id}/tier", json={"tier": "pro"}).status_code == 200
    assert jane("GET", "/account").json()["quota"]["limit"] == 100
    problem(admin("PUT", f"/admin/users/{jane.id}/tier", json={"tier": "royal"}), 422, "invalid-input")


@pytest.mark.parametrize("header", ["Basic amFuZTp4", "Bearer", "Bearer  ", "bearer x", "Bearer aip_x_y", "Token x"])
def test_what_is_no_token_is_refused(site, header) -> None:
    problem(site.client().get("/api/v1/account", headers={"Authorization": header}), 401, "not-signed-in")


def test_admins_find_accounts_by_how_their_addresses_begin(site, jane, john) -> None:
    admin = site.register("root@mail.org", admin=True)
    site.register("Jack@mail.org")

    def found(query: str) -> list[str]:
        return [user["email"] for user in admin("GET", f"/admin/users?{query}").json()["items"]]

    assert found("") == ["jack@mail.org", "jane@mail.org", "john@mail.org", "root@mail.org"]
    assert found("search=JA") == ["jack@mail.org", "jane@mail.org"] and found("search=%20john") == ["john@mail.org"]
    assert found("search=mail") == [] and found("search=j%25") == []
    page = admin("GET", "/admin/users?search=j&limit=2").json()
    assert [user["email"] for user in page["items"]] == ["jack@mail.org", "jane@mail.org"]
    assert found(f"search=j&limit=2&cursor={page['next']}") == ["john@mail.org"]
    problem(admin("GET", f"/admin/users?search={'j' * 255}"), 422, "invalid-input")


def test_a_rush_at_the_door_holds_up_nobody_who_is_in(site, jane) -> None:
    opened = threading.Event()
    try:
        for _ in range(60):
            site.services.door.begin(opened.wait)
        assert jane("GET", "/account").status_code == 200
        answer = site.client().post("/api/v1/session", json={"email": "jane@mail.org", "password": PASSWORD})
        problem(answer, 429, "too-many-requests")
    finally:
        opened.set()
    over = time.monotonic() + 10
    while site.services.door.in_hand and time.monotonic() < over:
        time.sleep(0.01)
    assert site.client().post("/api/v1/session", json={"email": "jane@mail.org", "password": PASSWORD}).status_code == 200
