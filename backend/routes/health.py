"""Whether the service lives, and whether it can serve."""

from fastapi import APIRouter

from backend.deps import Given
from backend.problems import described
from backend.routing import Route
from backend.schemas.health import Health

router = APIRouter(route_class=Route, tags=["operations"])


@router.get("/healthz")
def live() -> Health:
    """Alive: the process answers."""
    return Health(status="ok")


@router.get("/readyz", responses=described(503))
def ready(services: Given) -> Health:
    """Ready: the documents answer too."""
    services.app.documents.get("users", "nobody")
    return Health(status="ok")
