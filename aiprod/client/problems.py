"""What the service says when it cannot do what was asked, as exceptions. Knows RFC 9457."""

import json
from dataclasses import dataclass

import httpx

from aiprod.errors import Misuse, Transient

WORTH_REPEATING = frozenset({429, 502, 503, 504})
FOR_NOW = WORTH_REPEATING | {507}
NOT_CURED_BY_WAITING = "/problems/engine-missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A problem as the service tells it: compare `type`, show `detail`, quote `id` when asking for help."""

    type: str
    title: str
    status: int
    detail: str
    id: str
    faults: tuple[str, ...] = ()


class Problem(Misuse):
    """The service will not do what was asked; the same call will be answered the same."""

    def __init__(self, report: Report, retry_after: float | None = None) -> None:
        self.type, self.title, self.status = report.type, report.title, report.status
        self.detail, self.id, self.faults = report.detail, report.id, report.faults
        self.retry_after = retry_after
        super().__init__(f"{report.detail} ({report.type}, {report.id})" if report.id else report.detail)


class NotNow(Transient, Problem):
    """The service cannot do it now; `retry_after` are the seconds that it asks to wait, None where it does not say."""


def problem_of(response: httpx.Response) -> Problem:
    """The problem that an answer is, its body read already."""
    report = _report(response)
    given = response.headers.get("retry-after", "")
    retry_after = float(given) if given.isdecimal() and len(given) < 7 else None
    waiting_helps = report.status in FOR_NOW and report.type != NOT_CURED_BY_WAITING
    return (NotNow if waiting_helps else Problem)(report, retry_after)


def _report(response: httpx.Response) -> Report:
    try:
        told = json.loads(response.content)
    except ValueError:
        told = {}
    told = told if isinstance(told, dict) else {}
    faults = told.get("faults")
    return Report(
        type=str(told.get("type", "about:blank")), title=str(told.get("title", response.reason_phrase)),
        status=response.status_code, id=str(told.get("id", response.headers.get("x-request-id", ""))),
        detail=str(told.get("detail", f"Expected an answer of AIPROD, found {response.status_code} {response.reason_phrase}.")),
        faults=tuple(str(fault) for fault in faults) if isinstance(faults, list) else (),
    )  # fmt: skip
