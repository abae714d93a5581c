"""The application: routes, problems, guard, over one product. Knows no cloud."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.types import ASGIApp

from aiprod import __version__
from aiprod.bootstrap import App
from backend import pages, problems
from backend.describing import Json, describe
from backend.guarding import Guard
from backend.keeping import keeping
from backend.observing import Observer
from backend.routes import (
    accounts,
    administration,
    batches,
    films,
    health,
    live,
    media,
    operations,
    previews,
    resources,
    videos,
    webhooks,
)
from backend.services import Services, open_services
from backend.settings import WebSettings

ROUTERS = (videos, films, accounts, webhooks, administration, media, batches, resources, previews, live, operations, health)
"""What is asked for most comes first: an address is looked for in one after the other."""
LARGER = {
    ("POST", "/api/v1/media"): media.MOST_BYTES, ("POST", "/api/v1/media/parts"): 25_000_000,
    ("POST", "/api/v1/batches"): 4_000_000,
}  # fmt: skip
"""Where more may be sent than anywhere else, in bytes."""


def create_api(services: Services) -> FastAPI:
    """The API over these services."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with keeping(services):
            yield
        await services.watch.looking.close()
        await services.board.looking.close()
        services.several.close()
        services.workshop.close()
        services.door.close()

    api = FastAPI(
        title="AIPROD", version=__version__, summary="Films from a theme: ask, watch them come to be, see them.",
        openapi_url="/api/v1/openapi.json", docs_url=None, redoc_url=None, lifespan=lifespan, redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
    )  # fmt: skip
    api.state.services = services
    for room in ROUTERS:
        api.include_router(room.router)
    problems.install(api)
    api.openapi = lambda: _description(api)  # type: ignore[method-assign]
    return api


def create_application(app: App, settings: WebSettings) -> ASGIApp:
    """All that a server needs."""
    api = create_api(open_services(app, settings))
    pages.install(api)
    return guard(api, secure=settings.secure_cookies)


def guard(api: FastAPI, *, secure: bool) -> ASGIApp:
    """The API behind its guard, observed."""
    services: Services = api.state.services
    return Observer(inside=Guard(inside=api, secure=secure, larger=LARGER), services=services)


def _description(api: FastAPI) -> Json:
    if api.openapi_schema is None:
        api.openapi_schema = describe(api)
    return api.openapi_schema
