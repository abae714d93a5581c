"""How the product is doing, for machines and for admins; and the audit trail, for everybody's own part of it."""

import asyncio
import hmac
import ipaddress
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response, WebSocket
from prometheus_client import CONTENT_TYPE_LATEST

from aiprod.accounts.audit import Entry, Wanted
from aiprod.encoding import to_fields
from aiprod.errors import NotAllowed, NotSignedIn
from backend.auth import Person, identify
from backend.conversing import converse
from backend.deps import SIGNED_IN, Admin, Given, InSession, admin, in_session, services_of, somebody
from backend.history import Point
from backend.metrics import exposition
from backend.problems import described
from backend.readings import Readings
from backend.routing import Route
from backend.schemas import operations as schemas
from backend.services import Services

router = APIRouter(route_class=Route, tags=["operations"])
ENTRY_ID = r"[0-9]{14}-[0-9a-f]{12}"
Cursor = Annotated[str, Query(pattern=f"^({ENTRY_ID})?$", description="`next` of the page before.")]
Limit = Annotated[int, Query(ge=1, le=200)]
PASSED_ON = ("forwarded", "x-forwarded-for", "via")
"""Headers by which a proxy tells that it is one."""
FEED_SECONDS = 2.0
REMOTE_FEED_SECONDS = 10.0


@router.get("/metrics", response_class=Response,
            responses={200: {"content": {"text/plain": {}}}, **described(401, 403, 503)})  # fmt: skip
def read_metrics(request: Request, services: Given) -> Response:
    """Everything that is counted, for Prometheus: with the token of AIPROD_WEB_METRICS_TOKEN, or from this machine."""
    _check_scraper(services, request)
    return Response(exposition(services.instruments.read()), media_type=CONTENT_TYPE_LATEST)


def _check_scraper(services: Services, request: Request) -> None:
    """Raises: NotSignedIn (another token), NotAllowed (from afar, and no token is set)."""
    token = services.settings.metrics_token.get_secret_value()
    if token:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not hmac.compare_digest(given.strip().encode(), token.encode()):
            raise NotSignedIn("Expected `Authorization: Bearer` with the token of metrics, found none or another one.")
        return
    try:
        near = request.client is not None and ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        near = False
    if not near or any(name in request.headers for name in PASSED_ON):
        raise NotAllowed("Expected a request of this machine, found one from elsewhere; set AIPROD_WEB_METRICS_TOKEN.")


# --- who did what ----------------------------------------------------------------------------------------------------


@router.get("/api/v1/account/audit", dependencies=SIGNED_IN, responses=described(401, 403, 422))
def list_own_acts(services: Given, person: InSession, limit: Limit = 50, cursor: Cursor = "") -> schemas.AuditTrail:
    """What was done with the account, the last first, and what was refused: also who else tried to sign in."""
    return _trail(services, Wanted(user=person.user.id), limit, cursor)


@router.get("/api/v1/admin/audit", dependencies=SIGNED_IN, responses=described(401, 403, 422))
def list_acts(
    services: Given,
    _: Admin,
    user: Annotated[str, Query(pattern=r"^[0-9a-f]{0,40}$")] = "",
    act: Annotated[str, Query(pattern=r"^[a-z_]{0,60}$", description="An operation of this description.")] = "",
    on: Annotated[str, Query(max_length=200, description="What was changed.")] = "",
    limit: Limit = 50,
    cursor: Cursor = "",
) -> schemas.AuditTrail:
    """What everybody did, the last first."""
    return _trail(services, Wanted(user=user, act=act, on=on), limit, cursor)


def _trail(services: Services, wanted: Wanted, limit: int, cursor: str) -> schemas.AuditTrail:
    found = services.audit.page(wanted, limit=limit, after=cursor)
    return schemas.AuditTrail(items=[_entry(one) for one in found], next=found[-1].id if len(found) == limit else None)


def _entry(entry: Entry) -> schemas.AuditEntry:
    return schemas.AuditEntry(
        id=entry.id, at=entry.at, user=entry.user, act=entry.act, on=entry.on, detail=entry.detail,
        address=entry.address, key=entry.key, refused=entry.refused,
    )  # fmt: skip


# --- how it goes -----------------------------------------------------------------------------------------------------


@router.get("/api/v1/admin/history", dependencies=SIGNED_IN, responses=described(401, 403))
def read_history(services: Given, _: Admin) -> schemas.HistoryOfDay:
    """The last 24 hours in points of five minutes, and the product now."""
    readings = services.instruments.read()
    points = services.history.points(readings)
    return schemas.HistoryOfDay(points=[_point(one) for one in points], now=_state(readings, points[-1]))


def _point(point: Point) -> schemas.Point:
    return schemas.Point.model_validate(to_fields(point))


def _state(readings: Readings, point: Point) -> schemas.State:
    return schemas.State(
        point=_point(point), videos=dict(readings.videos), oldest_seconds=readings.oldest_seconds,
        clips=dict(readings.clips), dead_letters=readings.dead_letters,
        queues=[
            schemas.QueueDepth(
                subscription=one.subscription, events=one.events, oldest_seconds=round(one.oldest_seconds, 1)
            )
            for one in readings.queues
        ],
    )  # fmt: skip


@router.websocket("/ws/admin")
async def watch_product(socket: WebSocket) -> None:
    """The product now, again and again, for admins: {"type": "state", "state"}, as `now` of the history."""
    services = services_of(socket)
    often = FEED_SECONDS if services.app.settings.cloud == "local" else REMOTE_FEED_SECONDS

    def may() -> Person:
        return admin(in_session(somebody(identify(services, socket))))

    async def send() -> None:
        pause = min(often, services.settings.heartbeat_seconds)
        while True:
            state = await asyncio.to_thread(_current, services)
            await socket.send_text(f'{{"type":"state","state":{state}}}')
            await asyncio.sleep(pause)

    await converse(services, socket, may, send)


def _current(services: Services) -> str:
    readings = services.instruments.shared()
    return _state(readings, services.history.now(readings)).model_dump_json()
