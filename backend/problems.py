"""Where an error meets an HTTP status: application/problem+json (RFC 9457) with a stable type, a sentence and an id.

The id is that of the request, which is on its log lines too. No other file of the backend names an error's status.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from aiprod import errors
from aiprod.logs import logger

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 60
MOST_FAULTS = 20


class Kind(NamedTuple):
    """A stable type of problem: its name in the type's address, its HTTP status, its title."""

    name: str
    status: int
    title: str

    @property
    def type(self) -> str:
        """What a program compares."""
        return f"/problems/{self.name}"


KINDS: Mapping[type[errors.AiprodError], Kind] = {
    error: Kind(error.kind, status, title)
    for error, status, title in (
        (errors.NotSignedIn, 401, "Not signed in"),
        (errors.NotAllowed, 403, "Not allowed"),
        (errors.QuotaSpent, 403, "Quota spent"),
        (errors.NotFound, 404, "Not found"),
        (errors.AlreadyExists, 409, "Already exists"),
        (errors.Conflict, 409, "Changed meanwhile"),
        (errors.InvalidInput, 422, "Input that cannot be used"),
        (errors.InvalidSetting, 500, "A setting is missing or wrong"),
        (errors.Throttled, 429, "Too many requests"),
        (errors.ContentRefused, 422, "Content refused"),
        (errors.EngineMissing, 503, "An engine is not installed"),
        (errors.StorageFull, 507, "No room is left"),
        (errors.Transient, 503, "Not available now"),
        (errors.Misuse, 409, "Not possible now"),
        (errors.Permanent, 422, "Cannot be done"),
    )
}
"""By the nearest class of an error; an error of ours that is none of these does not exist."""

FAULT = Kind(errors.OWN_FAULT, 500, "A fault of AIPROD's own")
NO_SUCH_PLACE = KINDS[errors.NotFound]
TOO_LARGE = Kind("too-large", 413, "Too large")
MALFORMED = Kind("malformed", 400, "Malformed request")
UNSATISFIABLE = Kind("range-not-satisfiable", 416, "No such range")
OTHERS = {
    404: NO_SUCH_PLACE,
    405: Kind("method-not-allowed", 405, "Method not allowed"),
    413: TOO_LARGE,
    416: UNSATISFIABLE,
    400: MALFORMED,
}


class SeveralFaults(errors.InvalidInput):
    """Input with more than one fault, a sentence each."""

    def __init__(self, source: str, faults: Sequence[errors.InvalidInput]) -> None:
        super().__init__(source, expected="no fault", found=f"{len(faults)}")
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return " ".join(f"{fault}." for fault in self.faults[:MOST_FAULTS])


class Problem(BaseModel):
    """What went wrong: compare `type`, show `detail`, quote `id` when asking for help."""

    type: str = Field(examples=["/problems/quota-spent"])
    title: str = Field(examples=["Quota spent"])
    status: int = Field(examples=[403])
    detail: str = Field(examples=["Expected fewer than 2 videos of this account, found 2."])
    id: str = Field(examples=["7f3c0b9e41d2"])
    faults: list[str] = Field(default=[], description="One sentence for each part of the request that is wrong.")


def kind_of(error: errors.AiprodError) -> Kind:
    """The type of problem that an error is."""
    return next(KINDS[kind] for kind in type(error).__mro__ if kind in KINDS)


def described(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems of a route, for OpenAPI."""
    titles = {kind.status: kind.title for kind in (*KINDS.values(), *OTHERS.values())}
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": titles[status], "content": content} for status in sorted(statuses)}


def answer(request: Request, kind: Kind, detail: str, faults: list[str] | None = None) -> JSONResponse:
    """A problem as a response."""
    problem = Problem(
        type=kind.type, title=kind.title, status=kind.status, detail=detail, id=request.scope.get("request_id", ""),
        faults=faults or [],
    )  # fmt: skip
    usual = {"Retry-After": str(RETRY_SECONDS)}
    headers = {429: usual, 503: usual, 401: {"WWW-Authenticate": "Bearer"}}.get(kind.status)
    return JSONResponse(problem.model_dump(), kind.status, headers=headers, media_type=MEDIA_TYPE)


def install(api: FastAPI) -> None:
    """Let every error be answered as a problem."""

    @api.exception_handler(errors.AiprodError)
    def ours(request: Request, error: errors.AiprodError) -> JSONResponse:
        kind = kind_of(error)
        if kind.status >= 500:
            logger().error("request failed", reason=str(error), kind=type(error).__name__)
        hidden = kind.status >= 500 and isinstance(error, errors.InvalidSetting)
        detail = "The service is not set up for this; tell its admin." if hidden else str(error)
        response = answer(request, kind, detail, _faults(error))
        if isinstance(error, errors.Throttled) and error.seconds is not None:
            response.headers["Retry-After"] = str(max(1, round(error.seconds)))
        return response

    @api.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        faults = [_fault(one) for one in error.errors()[:MOST_FAULTS]]
        return answer(request, KINDS[errors.InvalidInput], " ".join(faults), faults)

    @api.exception_handler(HTTPException)
    def foreign(request: Request, error: HTTPException) -> JSONResponse:
        kind = OTHERS.get(error.status_code, Kind("malformed", error.status_code, "Malformed request"))
        response = answer(request, kind, f"{error.detail}: {request.method} {request.url.path[:200]}.")
        response.headers.update(error.headers or {})
        return response

    @api.exception_handler(Exception)
    def fault(request: Request, error: Exception) -> JSONResponse:
        logger().error("fault", kind=type(error).__name__, exc_info=error)
        return answer(request, FAULT, "Something broke on our side; quote the id when asking for help.")


def _faults(error: errors.AiprodError) -> list[str]:
    """Each wrong part of what was sent, with its line where it has one."""
    if isinstance(error, SeveralFaults):
        told = [str(fault) for fault in error.faults[:MOST_FAULTS]]
        more = len(error.faults) - len(told)
        return [*told, *([f"and {more} more"] if more else [])]
    return [str(error)] if isinstance(error, errors.InvalidInput) else []


def _fault(error: Mapping[str, Any]) -> str:
    place = ".".join(str(part) for part in error["loc"][1:]) or str(error["loc"][0])
    message = str(error["msg"]).removeprefix("Value error, ")
    return f"{place[:100]}: {message}."
