"""The application: routes, problems, guard, over one product. Knows no cloud."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.types import ASGIApp

from aiprod import __version__
from aiprod.bootstrap import App
from backend import problems
from backend.guarding import Guard
from backend.routes import accounts, administration, films, health, live, resources, videos
from backend.services import Services, open_services
from backend.settings import WebSettings

ROUTERS = (accounts, administration, videos, films, resources, live, health)


def create_api(services: Services) -> FastAPI:
    """The API over these services."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await services.watch.close()

    api = FastAPI(
        title="AIPROD", version=__version__, summary="Films from a theme: ask, watch them come to be, see them.",
        openapi_url="/api/v1/openapi.json", docs_url=None, redoc_url=None, lifespan=lifespan,
        generate_unique_id_function=lambda route: route.name,
    )  # fmt: skip
    api.state.services = services
    for room in ROUTERS:
        api.include_router(room.router)
    problems.install(api)
    api.openapi = lambda: _described(api)  # type: ignore[method-assign]
    return api


def create_application(app: App, settings: WebSettings) -> ASGIApp:
    """All that a server needs."""
    return Guard(inside=create_api(open_services(app, settings)), secure=settings.secure_cookies)


def _described(api: FastAPI) -> dict[str, Any]:
    """OpenAPI, with problems where FastAPI would tell of its own errors."""
    if api.openapi_schema is None:
        schema = get_openapi(title=api.title, version=api.version, summary=api.summary, routes=api.routes)
        parts = schema["components"]["schemas"]
        for unused in ("HTTPValidationError", "ValidationError"):
            parts.pop(unused, None)
        for methods in schema["paths"].values():
            for operation in methods.values():
                if "application/json" in operation["responses"].get("422", {}).get("content", {}):
                    operation["responses"]["422"] = problems.described(422)[422]
        parts["Problem"] = problems.Problem.model_json_schema()
        api.openapi_schema = schema
    return api.openapi_schema
