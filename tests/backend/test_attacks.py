"""Whoever has no right, or a false one, gets nowhere: every route with every kind of bad token."""

import base64
import json
import re
import time

import jwt
import pytest

from tests.backend.conftest import Browser, Site, problem

OPEN = {
    ("get", "/healthz"), ("get", "/readyz"), ("post", "/api/v1/accounts"), ("post", "/api/v1/session"),
    *(("get", f"/api/v1/{name}") for name in ("styles", "moods", "languages", "subtitles", "aspects", "profiles", "voices")),
}  # fmt: skip
"""Routes for which it does not matter who asks."""


def routes(site: Site) -> list[tuple[str, str]]:
    schema = site.client().get("/api/v1/openapi.json").json()
    return [(method, path) for path, methods in schema["paths"].items() for method in methods if (method, path) not in OPEN]


def bad_tokens(site: Site, jane: Browser) -> dict[str, str]:
    claims = jwt.decode(jane.token, options={"verify_signature": False})
    ring = site.services.sessions.keyring
    key = ring.keys[0]
    now = int(time.time())
    head, body, signature = jane.token.split(".")
    none = base64.urlsafe_b64encode(json.dumps({"alg": "none", "kid": key.id}).encode()).rstrip(b"=").decode()
    stranger = jwt.encode({**claims, "sub": "0" * 20}, key.secret, "HS256", {"kid": key.id})
    return {
        "expired": jwt.encode({**claims, "iat": now - 700_000, "exp": now - 1}, key.secret, "HS256", {"kid": key.id}),
        "forged": jwt.encode(claims, "f" * 64, "HS256", {"kid": key.id}),
        "changed": f"{head}.{body[:-4]}AAAA.{signature}",
        "unsigned": f"{none}.{body}.",
        "of another service": jwt.encode({**claims, "iss": "another"}, key.secret, "HS256", {"kid": key.id}),
        "of a key that is not known": jwt.encode(claims, key.secret, "HS256", {"kid": "unknown"}),
        "of an account that is gone": stranger,
        "no token": "hello",
        "a false key": f"aip_{'0' * 16}_{'x' * 43}",
    }


def test_no_route_takes_a_bad_token_as_bearer_or_as_cookie(site, jane, ask) -> None:
    video = ask()
    tried = 0
    for name, token in bad_tokens(site, jane).items():
        ways = [{"Authorization": f"Bearer {token}"}]
        if not token.startswith("aip_"):
            ways.append({"Cookie": f"aiprod_session={token}"})
        for method, path in routes(site):
            filled = re.sub(r"{\w+}", "1", path.replace("{id}", video))
            for headers in ways:
                answer = site.client().request(method.upper(), filled, headers=headers, json={})
                assert answer.status_code == 401, (name, method, path, answer.text)
                tried += 1
    assert tried > 400


def test_who_says_nothing_sees_only_what_is_public(site, ask) -> None:
    video = ask()
    for method, path in routes(site):
        filled = re.sub(r"{\w+}", "1", path.replace("{id}", video))
        answer = site.client().request(method.upper(), filled, json={})
        assert answer.status_code in (401, 404, 422), (method, path, answer.text)
        assert "the tide" not in answer.text


def test_no_account_makes_itself_an_admin(site, jane) -> None:
    body = {"email": "eve@mail.org", "password": "correct horse", "code": site.services.codes.current().code}
    for more in ({"admin": True}, {"tier": "enterprise"}, {"id": jane.id}, {"epoch": 0}):
        problem(site.client().post("/api/v1/accounts", json=body | more), 422, "invalid-input")
    for method, path in routes(site):
        if path.startswith("/api/v1/admin"):
            filled = path.replace("{user}", jane.id)
            problem(jane(method.upper(), filled.removeprefix("/api/v1"), json={"tier": "pro"}), 403, "not-allowed")


@pytest.mark.parametrize("value", ["a\r\nSet-Cookie: x=1", "a\nb", "\u2028", "<script>alert(1)</script>", "{\\pos(0,0)}", "'; DROP TABLE documents;--"])
def test_nothing_that_is_sent_becomes_a_header_or_code(jane, value) -> None:
    for path in ("/videos?search=", "/videos?style=", "/videos?cursor=", "/voices?language="):
        answer = jane("GET", path, params={path.split("?")[1].rstrip("="): value})
        assert answer.status_code in (200, 422) and "x=1" not in answer.headers.get("set-cookie", "")
        assert answer.headers["content-type"] in ("application/json", "application/problem+json")
    made = jane("POST", "/videos", json={"theme": f"sea {value}"})
    assert made.status_code in (201, 422)
    assert jane("GET", "/videos").status_code == 200


def test_a_code_cannot_be_guessed_in_an_hour(site) -> None:
    body = {"email": "eve@mail.org", "password": "correct horse"}
    tries = [site.client().post("/api/v1/accounts", json=body | {"code": f"AAAAAAA{number}"}) for number in range(1, 13)]
    assert [answer.status_code for answer in tries] == [403] * 10 + [429] * 2
