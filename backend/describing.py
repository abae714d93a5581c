"""The OpenAPI description, whole: an example of every body and parameter, every problem by its type, who may ask.

Knows what FastAPI says of the routes, and completes it. A field's example is its own, or what its name means everywhere.
"""

import re
from collections.abc import Iterator
from http import HTTPStatus
from inspect import unwrap
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute, iter_route_contexts

from backend.deps import somebody
from backend.problems import FAULT, KINDS, MEDIA_TYPE, OTHERS, Problem

Json = dict[str, Any]
ANY_TIME = 1795286400.0
BY_NAME: dict[str, object] = {
    "admin": False, "allowed": True, "answer": "ok", "asked": 4, "at": ANY_TIME, "at_work": 1, "attempt": 1,
    "attempts": 5, "before": "9PLM4TRB", "before_until": ANY_TIME + 600, "best": True,
    "body": '{"video": "3f0c9a51be77", "status": "completed"}', "bytes": 18_734_211, "cancelled": 0,
    "clips": {"render-cpu": 3, "render-gpu": 0, "render-api": 0}, "clips_waiting": 3, "completed": 3, "cost_usd": 0.0,
    "created_at": ANY_TIME, "credits": ["Music: AIPROD"], "csrf_token": "5d41402abc4b2a76b9719d911017c592",
    "dead_letters": 0, "default_aspect": "9:16", "detail": "free -> pro", "disabled": False, "email": "jane@mail.org",
    "engine": "kokoro", "event": "ClipRequested", "events": 12, "expires_at": ANY_TIME + 604_800, "failed": 1,
    "failure": "", "favourite": False, "film_seconds": 60.0, "frames": 96, "frames_a_second": 30.0, "frames_done": 40,
    "gpu_seconds": 0.0, "height_px": 1920, "id": "3f0c9a51be77",
    "key": "aip_1f2e3d4c5b6a7980_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "language": "en", "letter": "17",
    "limit_bytes": 1_000_000_000, "making_seconds": 190.0,
    "median_seconds": {"script": 2.1, "narration": 14.0, "render motion": 21.5}, "mine": True, "name": "my blog",
    "next": "3f0c9a51be77", "next_at": None, "notes": [], "oldest_seconds": 12.5, "on": "users/8d2a6f0b1c4e5a7d9f30",
    "password": "correct horse battery", "profile": "social", "public": False, "queue_events": 2,
    "queue_oldest_seconds": 1.5, "ready": True, "reason": "", "refused": False, "renderer": "motion",
    "renderers": {"motion": True}, "revision": 1, "scene": 1, "scopes": ["videos:read"], "seconds": 61.4,
    "secret": "whs_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "sequence": 4102, "short_side_px": 1080,
    "signed_in_at": ANY_TIME, "status": "completed", "style": "cinematic", "subscription": "narration",
    "success_rate": 0.75, "text": "Bamboo is nearly all that a panda eats.", "theme": "Giant pandas", "tier": "free",
    "title": "Giant pandas", "token": "eyJhbGciOiJIUzI1NiJ9.e30.signature", "until": ANY_TIME + 3600,
    "url": "/api/v1/videos/3f0c9a51be77/files/film.mp4", "used_bytes": 12_400_000, "user": "8d2a6f0b1c4e5a7d9f30",
    "video": "3f0c9a51be77", "videos": {"queued": 2, "rendering": 1}, "views": 12,
    "visual": "A panda in misty bamboo", "width_px": 1080,
}  # fmt: skip
"""What a field of that name holds, for example, where its own description gives none."""


def describe(api: FastAPI) -> Json:
    """The description of all routes."""
    schema = get_openapi(title=api.title, version=api.version, summary=api.summary, routes=api.routes)
    parts = schema["components"]
    for foreign in ("HTTPValidationError", "ValidationError"):
        parts["schemas"].pop(foreign, None)
    parts["schemas"]["Problem"] = Problem.model_json_schema()
    parts["responses"] = {_name(status): _problems(status) for status in sorted(_statuses())}
    for one in parts["schemas"].values():
        for name, field in one.get("properties", {}).items():
            _give_example(name, field)
    open_to_all = set(_open_to_all(api))
    for path, method, operation in _operations(schema):
        if (path, method.upper()) in open_to_all and "security" in operation:
            operation["security"].append({})
        for parameter in operation.get("parameters", ()):
            _give_example(parameter["name"], parameter["schema"])
        _complete_answers(operation, parts["schemas"], cared_for=path.startswith("/api/"))
    return schema


def _operations(schema: Json) -> Iterator[tuple[str, str, Json]]:
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _open_to_all(api: FastAPI) -> Iterator[tuple[str, str]]:
    for context in iter_route_contexts(api.routes):
        route = context.original_route
        if isinstance(route, APIRoute) and not _asks_who(route.dependant):
            yield from ((str(context.path), method) for method in route.methods or ())


def _asks_who(dependant: Dependant) -> bool:
    return any((inner.call is not None and unwrap(inner.call) is somebody) or _asks_who(inner) for inner in dependant.dependencies)


def _complete_answers(operation: Json, schemas: Json, *, cared_for: bool) -> None:
    answers = operation["responses"]
    usual = {500, 503} if cared_for else {500}
    if "requestBody" in operation:
        usual |= {400, 413, 422}
        _complete_bodies(operation["requestBody"]["content"], schemas)
    for status in {int(code) for code in answers if int(code) >= 400} | usual:
        answers[str(status)] = {"$ref": f"#/components/responses/{_name(status)}"}
    for code, told in answers.items():
        if int(code) < 300:
            _complete_bodies(told.get("content", {}), schemas)


def _complete_bodies(contents: Json, schemas: Json) -> None:
    for media_type, content in contents.items():
        if media_type == "application/json" and not {"example", "examples"} & set(content):
            content["example"] = example_of(content["schema"], schemas)


def example_of(schema: Json, schemas: Json) -> object:
    """A value that fits a schema, made of the examples of its fields."""
    if "$ref" in schema:
        return example_of(schemas[schema["$ref"].rsplit("/", 1)[1]], schemas)
    for known in ("const", "default"):
        if known in schema:
            return schema[known]
    for several in ("examples", "enum"):
        if schema.get(several):
            return schema[several][0]
    for one in schema.get("anyOf", ()):
        return example_of(one, schemas)
    if "properties" in schema:
        return {name: example_of(field, schemas) for name, field in schema["properties"].items()}
    if schema.get("type") == "array":
        return [example_of(schema["items"], schemas)]
    return {} if schema.get("type") == "object" else None


def _give_example(name: str, field: Json) -> None:
    known = {"examples", "enum", "const", "$ref", "items", "default"} & set(field)
    nested = any("$ref" in one for one in field.get("anyOf", ()))
    texts = field.get("items", {}).get("type") == "string" or "enum" in field.get("items", {})
    if name in BY_NAME and (not known or (known == {"items"} and texts)) and not nested:
        field["examples"] = [BY_NAME[name]]


def _statuses() -> set[int]:
    return {kind.status for kind in (*KINDS.values(), *OTHERS.values(), FAULT)}


def _name(status: int) -> str:
    return "".join(word.capitalize() for word in re.findall(r"\w+", HTTPStatus(status).phrase))


def _problems(status: int) -> Json:
    """A status's answer: each type of problem that it may be."""
    kinds = sorted({kind for kind in (*KINDS.values(), *OTHERS.values(), FAULT) if kind.status == status})
    examples = {
        kind.name: {"summary": kind.title, "value": Problem(
            type=kind.type, title=kind.title, status=status, detail="Expected something, found something else.", id="7f3c0b9e41d2"
        ).model_dump()}
        for kind in kinds
    }  # fmt: skip
    answer: Json = {
        "description": "; ".join(f"{kind.title} (`{kind.type}`)" for kind in kinds) + ".",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": examples}},
        "headers": {"X-Request-Id": {"description": "The problem's id.", "schema": {"type": "string"}}},
    }
    if status in (429, 503):
        answer["headers"]["Retry-After"] = {
            "description": "Seconds to wait.",
            "schema": {"type": "integer", "minimum": 1},
        }
    return answer
