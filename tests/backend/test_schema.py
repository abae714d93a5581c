"""The API does what its description says: generated requests, right and wrong ones, at every address of it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from aiprod.accounts.users import User
from backend.describing import describe
from backend.main import ROUTERS
from backend.problems import FAULT, KINDS, OTHERS
from tests.backend.conftest import REQUEST, Site, open_site
from tests.house import drain

schemathesis.serializer.alias("application/x-ndjson", "text/plain")
EXAMPLES = 8
"""Requests of each kind to each address."""
ALWAYS = [not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance, response_schema_conformance]
WITHOUT_END = "/api/v1/videos/{id}/events"


def description() -> dict[str, Any]:
    api = FastAPI(title="AIPROD", version="1")
    for room in ROUTERS:
        api.include_router(room.router)
    return describe(api)


DESCRIPTION = description()
OPERATIONS = [(method, path, one) for path, methods in DESCRIPTION["paths"].items() for method, one in methods.items()]
RIGHT, WRONG = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
ASKED = [
    (mode, method, path)
    for method, path, one in OPERATIONS
    for mode in (RIGHT, WRONG)
    if mode is RIGHT or one.get("parameters") or "requestBody" in one
]
"""What takes nothing can be asked for in no wrong way."""


@dataclass
class Stage:
    """A site with a finished film, and an admin to whom it belongs, whose password no example guesses."""

    site: Site
    admin: User
    film: str
    schema: Any

    def bearer(self) -> dict[str, str]:
        """A new session of the admin's, so that no request ends another's."""
        token, _ = self.site.services.sessions.open(self.site.services.users.get(self.admin.id))
        return {"Authorization": f"Bearer {token}"}

    def video(self, method: str) -> str:
        """The finished one to look at, or a new one to change."""
        if method == "get":
            return self.film
        return str(self.site.client().post("/api/v1/videos", json=REQUEST, headers=self.bearer()).json()["id"])


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    site = open_site(tmp_path_factory.mktemp("schema"))
    services = site.services
    admin = services.sessions.register("root@aiprod.test", "a password of its own", services.codes.first_admin(), "here")
    stage = Stage(site, admin, "", schemathesis.openapi.from_dict(json.loads(json.dumps(DESCRIPTION))))
    stage.film = stage.video("post")
    drain(site.app)
    return stage


@pytest.mark.parametrize(("mode", "method", "path"), ASKED, ids=[f"{mode.value} {method} {path}" for mode, method, path in ASKED])
def test_the_api_does_what_its_description_says(stage: Stage, mode: GenerationMode, method: str, path: str) -> None:
    operation = stage.schema[path][method.upper()]
    client, bearer = stage.site.client(), stage.bearer()
    id = "0" * 12 if path == WITHOUT_END else stage.video(method) if "{id}" in path else ""
    real = {"id": id} if id and mode is RIGHT else None
    checks = ALWAYS if mode is RIGHT else [*ALWAYS, negative_data_rejection]

    @given(case=operation.as_strategy(mode, path_parameters=real))
    @settings(max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    def ask(case: Case) -> None:
        sent = case.as_transport_kwargs(base_url="https://aiprod.test")
        sent["headers"] = {**{name: value for name, value in sent["headers"].items() if name.lower() != "authorization"}, **bearer}
        sent.pop("cookies", None)
        if isinstance(sent.get("data"), str | bytes):
            sent["content"] = sent.pop("data")
        answer = client.request(**sent)
        client.cookies.clear()
        case.validate_response(answer, checks=checks)

    ask()


def bodies() -> Iterator[tuple[str, dict[str, Any]]]:
    for method, path, one in OPERATIONS:
        told = {"asked": one.get("requestBody", {}), **{code: answer for code, answer in one["responses"].items() if int(code) < 300}}
        for name, part in told.items():
            if "application/json" in part.get("content", {}) and "$ref" in str(part["content"]["application/json"]["schema"]):
                yield f"{method} {path} {name}", part["content"]["application/json"]


def test_every_body_has_an_example_that_fits_it() -> None:
    tried = 0
    for place, content in bodies():
        whole = {**content["schema"], "components": DESCRIPTION["components"]}
        faults = [fault.message for fault in Draft202012Validator(whole).iter_errors(content["example"])]
        assert faults == [], place
        tried += 1
    assert tried > 40


def test_every_field_and_parameter_has_an_example_or_a_choice() -> None:
    known = {"examples", "default", "enum", "const", "$ref", "items"}
    fields = [(f"{name}.{field}", one) for name, part in DESCRIPTION["components"]["schemas"].items() for field, one in part.get("properties", {}).items()]
    fields += [(f"{path} {one['name']}", one["schema"]) for _, path, operation in OPERATIONS for one in operation.get("parameters", ())]
    without = [place for place, one in fields if not known & set(one) and not any("$ref" in choice for choice in one.get("anyOf", ()))]
    assert without == [], "give these an example in their Field, or their name one in backend/describing.py"


def test_every_address_names_its_problems_by_their_types_and_says_who_may_ask() -> None:
    types = {kind.type for kind in (*KINDS.values(), *OTHERS.values(), FAULT)}
    told: set[str] = set()
    for method, path, one in OPERATIONS:
        failures = {code: answer for code, answer in one["responses"].items() if int(code) >= 400}
        assert failures.keys() >= {"500"}, path
        for code, answer in failures.items():
            problem = DESCRIPTION["components"]["responses"][answer["$ref"].rsplit("/", 1)[1]]
            examples = [example["value"] for example in problem["content"]["application/problem+json"]["examples"].values()]
            assert {example["status"] for example in examples} == {int(code)}
            told |= {example["type"] for example in examples}
        security = one.get("security", [{}])
        assert ({} in security) or "401" in failures, (method, path)
    assert told <= types and len(told) > 12
    assert {} in DESCRIPTION["paths"]["/api/v1/videos/{id}/film"]["get"]["security"], "public films are for everybody"
    assert {} not in DESCRIPTION["paths"]["/api/v1/videos"]["post"]["security"]
