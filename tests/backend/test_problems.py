"""Errors, headers, limits and the description of the API."""

import itertools
import json
import re

import pytest

from aiprod import errors
from backend.problems import KINDS, kind_of
from tests.backend.conftest import REQUEST, problem


def all_errors(kind: type = errors.AiprodError) -> list[type]:
    return [kind, *itertools.chain.from_iterable(all_errors(one) for one in kind.__subclasses__())]


def test_every_error_has_a_status_and_no_type_means_two_things() -> None:
    for kind in all_errors():
        if kind is not errors.AiprodError:
            assert 400 <= kind_of(kind.__new__(kind)).status < 600
    assert len({kind.name for kind in KINDS.values()}) == len(KINDS)


def test_health_needs_nobody(site) -> None:
    for path in ("/healthz", "/readyz"):
        assert site.client().get(path).json() == {"status": "ok"}


def test_not_ready_where_the_store_does_not_answer(site) -> None:
    (site.app.settings.home_folder / "store.sqlite3").mkdir()
    problem(site.client().get("/readyz"), 503, "unavailable")
    assert site.client().get("/healthz").status_code == 200


@pytest.mark.parametrize("path", ["/", "/api/v1/nothing", "/docs", "/api/v1/videos/aaaaaaaa", "/healthz"])
def test_browsers_are_told_to_be_careful_with_every_answer(site, path) -> None:
    headers = site.client().get(path).headers
    assert headers["x-content-type-options"] == "nosniff" and headers["x-frame-options"] == "DENY"
    assert "default-src 'none'" in headers["content-security-policy"] and "unsafe" not in headers["content-security-policy"]
    assert headers["strict-transport-security"].startswith("max-age=")
    assert headers["referrer-policy"] == "no-referrer" and headers["cache-control"] == "no-store"
    assert re.fullmatch(r"[0-9a-f]{12}", headers["x-request-id"])


def test_a_place_or_a_method_that_is_not_there_is_a_problem_too(site) -> None:
    problem(site.client().get("/api/v1/nothing"), 404, "not-found")
    problem(site.client().post("/healthz"), 405, "method-not-allowed")


def test_what_is_too_large_is_refused_before_it_is_read(site, jane) -> None:
    problem(jane("POST", "/videos", json={"script": "x" * 1_100_000}), 413, "too-large")
    parts = (b"x" * 100_000 for _ in range(12))
    problem(jane("POST", "/videos", content=parts, headers={"Content-Type": "application/json"}), 413, "too-large")
    problem(jane("POST", "/videos", content=b"x", headers={"Content-Length": "-1"}), 413, "too-large")


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 20_000, b"null", b'"x"', b'{"theme": "\\ud800"}', b'{"seed": 1e999}', b'{"seed": ' + b"9" * 5000 + b"}"])
def test_what_is_no_json_of_ours_is_a_problem_of_theirs(jane, content) -> None:
    answer = jane("POST", "/videos", content=content, headers={"Content-Type": "application/json"})
    assert 400 <= answer.status_code < 500, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_every_fault_of_a_request_is_told_at_once_and_no_password_with_it(site) -> None:
    body = {"email": 7, "password": ["secret word"], "code": "x" * 30, "more": 1}
    told = problem(site.client().post("/api/v1/accounts", json=body), 422, "invalid-input")
    assert len(told["faults"]) == 4 and "secret word" not in json.dumps(told)


def test_a_fault_of_ours_tells_its_id_and_nothing_of_us(site, jane) -> None:
    site.app.documents.commit([broken_entry("aaaaaaaaaaaa")])
    answer = jane("GET", "/videos/aaaaaaaaaaaa")
    assert answer.status_code >= 400
    assert "Traceback" not in answer.text and str(site.app.settings.home_folder) not in answer.text
    assert answer.json()["id"] == answer.headers["x-request-id"]
    assert answer.headers["x-frame-options"] == "DENY"


def broken_entry(id: str):
    from aiprod.ports import Write

    return Write(collection="library", id=id, fields={"video": id, "views": "many"}, expected=None)


def test_no_log_line_tells_a_password_a_token_or_a_theme(site, jane) -> None:
    jane("POST", "/videos", json=REQUEST | {"theme": "my great secret"})
    jane("GET", "/account", headers={"Authorization": "Bearer abc.def.ghi"})
    log = (site.app.settings.home_folder / "logs" / "test.log").read_text()
    assert '"event": "request"' in log and jane.id in log
    for secret in ("correct horse", jane.token, "my great secret", "abc.def.ghi", jane.session["csrf_token"]):
        assert secret not in log


def test_the_description_is_whole(site) -> None:
    schema = site.client().get("/api/v1/openapi.json").json()
    operations = [(method, path, one) for path, methods in schema["paths"].items() for method, one in methods.items()]
    assert len(operations) > 40
    assert len({one["operationId"] for _, _, one in operations}) == len(operations)
    for method, path, one in operations:
        assert one["summary"] and one["description"], path
        assert not {"application/json"} & set(one["responses"].get("422", {}).get("content", {})), path
        if method != "get":
            assert one["responses"].keys() & {"401", "403"}, path
    references = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(schema)))
    assert references <= set(schema["components"]["schemas"])
    assert set(schema["components"]["securitySchemes"]) == {"bearer", "cookie"}


def test_no_route_breaks_on_odd_values(site, jane) -> None:
    """Every route with every odd value in every part of its address and its query: a fault of theirs, never of ours."""
    schema = site.client().get("/api/v1/openapi.json").json()
    odd = ["0", "-1", "9" * 30, "a" * 8, "%00", "%ff", "\u00e9", "'\"<>", "null", "a" * 300]
    for path, methods in schema["paths"].items():
        for method, one in methods.items():
            if path.endswith("/events") or path.startswith(("/api/v1/account", "/api/v1/session")):
                continue
            for value in odd:
                filled = re.sub(r"{\w+}", value, path).removeprefix("/api/v1")
                names = [part["name"] for part in one.get("parameters", ()) if part["in"] == "query"]
                query = "&".join(f"{name}={value}" for name in names)
                address = filled if path.startswith("/api") else ""
                answer = jane(method.upper(), f"{address}?{query}", json={value[:20]: value})
                assert answer.status_code < 500, (method, path, value, answer.text)
