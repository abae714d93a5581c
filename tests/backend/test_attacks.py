"""Whoever has no right, or a false one, gets nowhere: every route with every kind of bad token, page and path."""

import base64
import gzip
import json
import re
import time
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from tests.backend.conftest import PASSWORD, REQUEST, Browser, Site, open_site, problem

OPEN = {
    ("get", "/healthz"), ("get", "/readyz"), ("post", "/api/v1/accounts"), ("post", "/api/v1/session"),
    *(("get", f"/api/v1/{name}") for name in ("styles", "moods", "languages", "subtitles", "aspects", "profiles", "voices")),
}  # fmt: skip
"""Routes for which it does not matter who asks."""
METRICS = "/metrics"
"""For this machine, or for who has the word for it: nobody's account opens it."""


def routes(site: Site) -> list[tuple[str, str]]:
    schema = site.client().get("/api/v1/openapi.json").json()
    return [(method, path) for path, methods in schema["paths"].items() for method in methods if (method, path) not in OPEN]


def all_routes(site: Site) -> set[tuple[str, str]]:
    """Every route of the application, those that are not described too; sockets as the method WS."""
    api: Any = site.application
    while not isinstance(api, FastAPI):
        api = api.inside
    found = set()
    for context in iter_route_contexts(api.routes):
        methods = getattr(context.original_route, "methods", None) or {"WS"}
        found |= {(method, str(context.path)) for method in methods}
    return found


def filled(path: str, video: str, value: str = "1") -> str:
    known = path.replace("{id}", video).replace("{form}", "srt").replace("{name}", "film.mp4")
    return re.sub(r"{\w+}", value, known)


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
    places = [(method.upper(), filled(path, video), path) for method, path in routes(site)]
    strangers = {place: site.client().request(*place[:2], json={}).status_code for place in places}
    assert sum(status == 401 for status in strangers.values()) > 30
    for name, token in bad_tokens(site, jane).items():
        for method, address, path in places:
            answer = site.client().request(method, address, headers={"Authorization": f"Bearer {token}"}, json={})
            assert answer.status_code == (403 if path == METRICS else 401), (name, method, path, answer.text)
            if token.startswith("aip_"):
                continue
            # A cookie comes by itself: one that is nobody's opens what is open to everybody, and nothing else.
            answer = site.client().request(method, address, headers={"Cookie": f"aiprod_session={token}"}, json={})
            assert answer.status_code == strangers[method, address, path] >= 400, (name, method, path, answer.text)


def test_who_says_nothing_sees_only_what_is_public(site, ask) -> None:
    video = ask()
    for method, path in routes(site):
        answer = site.client().request(method.upper(), filled(path, video), json={})
        assert answer.status_code in ((403,) if path == METRICS else (401, 404, 422)), (method, path, answer.text)
        assert "the tide" not in answer.text


def test_no_account_makes_itself_an_admin(site, jane) -> None:
    body = {"email": "eve@mail.org", "password": "correct horse", "code": site.services.codes.current().code}
    for more in ({"admin": True}, {"tier": "enterprise"}, {"id": jane.id}, {"epoch": 0}):
        problem(site.client().post("/api/v1/accounts", json=body | more), 422, "invalid-input")
    for method, path in routes(site):
        if path.startswith("/api/v1/admin"):
            address = path.replace("{user}", jane.id).removeprefix("/api/v1")
            problem(jane(method.upper(), address, json={"tier": "pro"}), 403, "not-allowed")


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


def test_a_public_key_signs_nothing_and_a_token_s_own_key_is_not_asked(tmp_path: Path) -> None:
    """RS256: what everybody may know, used as a secret; keys that the token itself brings or points at."""
    own, foreign = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
    pem = own.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()
    public = own.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    site = open_site(tmp_path, token_algorithm="RS256", token_keys={"one": pem})
    jane = site.register()
    claims = jwt.decode(jane.token, options={"verify_signature": False})
    jwk = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(foreign.public_key()))
    tokens = [
        hand_made({"alg": "HS256", "typ": "JWT", "kid": "one"}, claims, public),
        hand_made({"alg": "HS256", "typ": "JWT", "kid": "one"}, claims, b""),
        jwt.encode(claims, foreign, "RS256", {"kid": "one"}),
        jwt.encode(claims, foreign, "RS256", {"kid": "one", "jwk": jwk}),
        jwt.encode(claims, foreign, "RS256", {"kid": "one", "jku": "http://127.0.0.1:1/keys", "x5u": "http://127.0.0.1:1/"}),
        jwt.encode(claims, foreign, "RS256", {"kid": "../../../dev/null"}),
        jwt.encode(claims, foreign, "RS256", {"kid": "one' OR '1'='1"}),
        *(hand_made({"alg": name, "kid": "one"}, claims, b"") for name in ("none", "None", "NONE", "")),
    ]
    for token in tokens:
        problem(site.client().get("/api/v1/account", headers={"Authorization": f"Bearer {token}"}), 401, "not-signed-in")
    assert site.client().get("/api/v1/account", headers={"Authorization": f"Bearer {jane.token}"}).status_code == 200


def hand_made(head: dict[str, str], claims: dict[str, object], secret: bytes) -> str:
    """A token that no honest library would sign."""
    import hashlib
    import hmac

    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in (head, claims)]
    signature = hmac.new(secret, b".".join(parts), hashlib.sha256).digest() if secret else b""
    return b".".join([*parts, base64.urlsafe_b64encode(signature).rstrip(b"=")]).decode()


def test_another_s_video_is_not_there_by_any_route_of_the_application(site, jane, john, ask) -> None:
    """From the application itself, so that a route which is not described is tried too."""
    video = ask()
    tried = set()
    for method, path in all_routes(site):
        if "{id}" not in path or method == "WS" or (method, path) == ("DELETE", "/api/v1/videos/{id}/favourite"):
            continue
        body = {"text": "Mine now."} if method == "PATCH" else {"public": True}
        answer = john(method, filled(path, video).removeprefix("/api/v1"), json=body)
        assert answer.status_code == 404, (method, path, answer.text)
        tried.add(path)
    described = {path for _, path in routes(site) if "{id}" in path}
    assert tried >= described and len(tried) > 12
    for path in (path for method, path in all_routes(site) if method == "WS"):
        headers = {"Authorization": f"Bearer {john.token}"}
        with site.client().websocket_connect(filled(path, video), headers=headers) as socket:
            heard = socket.receive()
        assert "the tide" not in str(heard), path
        assert heard["type"] == "websocket.close" or "{id}" not in path, heard
    assert jane("GET", f"/videos/{video}").json()["status"] == "queued"


ASTRAY = (
    "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e", "%2e%2e%2fstore.sqlite3", "..%5c..%5cx", "%2fetc%2fpasswd", "%00", "x%00.json", "%0d%0aX-Evil:%201",
    "....%2f%2f", "%c0%ae%c0%ae%c0%af", "~root", "file:%2f%2f%2fetc%2fpasswd", "*", "%25%32%65%25%32%65",
)  # fmt: skip


def test_no_part_of_any_address_leads_astray(site, ask) -> None:
    admin = site.register("root@mail.org", admin=True)
    video = ask()
    tried = 0
    for method, path in all_routes(site):
        for part in re.findall(r"{(\w+)(?::path)?}", path):
            for value in ASTRAY:
                address = filled(re.sub(rf"{{{part}(:path)?}}", value, path), video)
                if method == "WS":
                    continue
                answer = admin(method, address.removeprefix("/api/v1"), json={})
                assert answer.status_code in (204, 401, 404, 405, 409, 422), (method, address, answer.text)
                assert answer.status_code != 204 or path.endswith("/favourite"), (method, address)
                assert "x-evil" not in answer.headers and "root:" not in answer.text
                tried += 1
    assert tried > 300


def test_no_change_is_made_for_a_page_of_another_site(site, jane, ask) -> None:
    """Every route that changes something: a form posted by another page, with the cookie that the browser adds."""
    video = ask()
    as_forms = ({"Content-Type": "text/plain"}, {"Content-Type": "application/x-www-form-urlencoded"}, {"Content-Type": "application/json"})
    elsewhere = ({}, {"Origin": "https://evil.test"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://aiprod.test.evil.test"})
    for method, path in routes(site):
        if method == "get":
            continue
        address = filled(path, video).removeprefix("/api/v1")
        for headers in (given | origin for given in as_forms for origin in elsewhere):
            marked = bool(headers.keys() & {"Origin", "Sec-Fetch-Site"})
            answer = jane(method.upper(), address, marked=marked, headers=headers, content=b"{}")
            problem(answer, 403, "not-allowed")
    assert jane("GET", "/account").status_code == 200 and jane("GET", f"/videos/{video}").json()["status"] == "queued"


def test_no_other_site_reads_an_answer_and_nothing_is_redirected(site, jane, ask) -> None:
    video = ask()
    for method, path in all_routes(site):
        if method == "WS" or path.endswith("/events"):
            continue
        for address in {filled(path, video), filled(path, video) + "/", "//evil.test" + filled(path, video), filled(path, video) + "//evil.test/%2f.."}:
            headers = {"Origin": "https://evil.test", "X-Forwarded-Host": "evil.test", "Host": "evil.test"}
            answer = site.client(follow_redirects=False).request(method, address, headers=headers, json={})
            assert not 300 <= answer.status_code < 400, (method, address)
            assert not [name for name in answer.headers if name.startswith("access-control-")], (method, address)
            assert answer.headers["x-frame-options"] == "DENY" and "evil.test" not in str(answer.headers)
    preflight = {"Origin": "https://evil.test", "Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "x-csrf-token"}
    answer = site.client().options("/api/v1/account/password", headers=preflight)
    assert answer.status_code == 405 and not [name for name in answer.headers if name.startswith("access-control-")]


def test_a_small_body_does_not_become_a_large_one(jane) -> None:
    bomb = gzip.compress(b'{"theme": "' + b" " * 50_000_000 + b'"}')
    for coding in ("gzip", "gzip, gzip", "deflate", "br", "zstd"):
        started = time.process_time()
        answer = jane("POST", "/videos", content=bomb, headers={"Content-Type": "application/json", "Content-Encoding": coding})
        assert 400 <= answer.status_code < 500 and time.process_time() - started < 0.5


def test_a_theme_never_becomes_a_header(site, jane, premiere) -> None:
    for theme in ("tide\r\nSet-Cookie: a=b", "tide\u0085X: y", 'tide"; filename="evil.exe'):
        answer = jane("POST", "/videos", json=REQUEST | {"theme": theme})
        assert answer.status_code in (201, 422) and "a=b" not in str(answer.headers.get_list("set-cookie"))
    for query in ("?download=true", "?download=true%0d%0aX-Evil:%201"):
        answer = premiere.jane("GET", f"/videos/{premiere.film}/film{query}")
        assert "x-evil" not in answer.headers
        assert answer.headers.get("content-disposition", f'attachment; filename="{premiere.film}-film.mp4"') == f'attachment; filename="{premiere.film}-film.mp4"'


def test_who_has_no_account_is_answered_as_slowly_as_a_wrong_password(tmp_path: Path) -> None:
    site = open_site(tmp_path, password_rounds=10)
    site.register()
    client = site.client()

    def took(email: str) -> tuple[float, float]:
        """Seconds that the caller waits, and seconds of work."""
        waiting, working = time.perf_counter(), time.process_time()
        problem(client.post("/api/v1/session", json={"email": email, "password": "a wrong password"}), 401, "not-signed-in")
        return time.perf_counter() - waiting, time.process_time() - working

    took("nobody@mail.org")
    pairs = [(took("jane@mail.org"), took(f"nobody{number}@mail.org")) for number in range(9)]
    for clock in (0, 1):
        # Whatever else this machine does only adds to a time: the quickest answers are the ones to compare.
        known, unknown = (min(times[clock] for times in column) for column in zip(*pairs, strict=True))
        assert 0.75 < known / unknown < 1.33


def test_a_caller_does_not_name_its_own_address(site, jane) -> None:
    """Guesses from one place, each with another address in its headers, are counted together."""
    codes = []
    for number in range(52):
        headers = {"X-Forwarded-For": f"10.0.0.{number}", "Forwarded": f"for=10.0.0.{number}", "X-Real-IP": f"10.0.0.{number}"}
        body = {"email": f"jane{number}@mail.org", "password": "wrong"}
        codes.append(site.client().post("/api/v1/session", json=body, headers=headers).status_code)
    assert codes == [401] * 50 + [429] * 2
    right = site.client().post("/api/v1/session", json={"email": "jane@mail.org", "password": PASSWORD})
    problem(right, 429, "too-many-requests")
