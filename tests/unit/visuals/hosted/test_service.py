"""Every exception of the video services' clients has a meaning for whoever started a clip."""

import inspect

import google.auth.exceptions as login
import httpx
import pytest
from google.genai import _interactions as interactions
from google.genai import errors

from aiprod.errors import AiprodError, ContentRefused, EngineMissing, InvalidSetting, Permanent, Throttled, Unavailable
from aiprod.visuals.hosted.service import OperationGone, StartInDoubt, meaning, met

REQUEST = httpx.Request("POST", "http://127.0.0.1/")
RESPONSE = httpx.Response(500, request=REQUEST)
LIBRARIES = (errors, interactions, login, httpx)
NOT_OURS = {"FunctionInvocationError", "UnsupportedFunctionError", "UnknownFunctionCallArgumentError",
            "ContinuationInterruptedError", "CookieConflict"}  # fmt: skip
"""Of functions that models call, of streams, of cookies: nothing that is asked for here."""


def exceptions() -> list[type[Exception]]:
    found = {
        one for library in LIBRARIES for _, one in inspect.getmembers(library, inspect.isclass)
        if issubclass(one, Exception) and not issubclass(one, Warning) and one.__name__ not in NOT_OURS
    }  # fmt: skip
    return sorted(found, key=lambda one: (one.__module__, one.__name__))


def made(kind: type[Exception]) -> Exception:
    """An instance as its library makes it."""
    if issubclass(kind, errors.APIError):
        return kind(500, {"error": {"message": "broke"}})
    if issubclass(kind, interactions.APIStatusError):
        return kind("broke", response=RESPONSE, body=None)  # type: ignore[call-arg]
    if issubclass(kind, interactions.APIResponseValidationError):
        return kind(RESPONSE, None)  # type: ignore[call-arg]
    if issubclass(kind, interactions.APITimeoutError):
        return kind(REQUEST)
    if issubclass(kind, interactions.APIConnectionError):
        return kind(request=REQUEST)  # type: ignore[call-arg]
    if issubclass(kind, interactions.APIError):
        return kind("broke", REQUEST, body=None)  # type: ignore[call-arg]
    if issubclass(kind, httpx.HTTPStatusError):
        return kind("broke", request=REQUEST, response=RESPONSE)
    if issubclass(kind, httpx.StreamError) and kind is not httpx.StreamError:
        return kind() if kind is not httpx.ResponseNotRead else httpx.ResponseNotRead()
    return kind("broke")


@pytest.mark.parametrize("kind", exceptions(), ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
@pytest.mark.parametrize("starting", [True, False])
def test_whatever_a_client_raises_becomes_one_of_our_errors(kind: type[Exception], starting: bool) -> None:
    with pytest.raises(AiprodError) as ours, met("the clip", starting=starting):
        raise made(kind)
    assert "the clip" in str(ours.value) or "Google" in str(ours.value) or "AIPROD_" in str(ours.value)


@pytest.mark.parametrize(
    ("status", "message", "starting", "kind"),
    [
        (429, "RESOURCE_EXHAUSTED", True, Throttled),
        (404, "Publisher model not found", True, EngineMissing),
        (404, "Operation not found", False, OperationGone),
        (401, "", True, InvalidSetting),
        (403, "denied", False, InvalidSetting),
        (400, "violates our usage guidelines", True, ContentRefused),
        (400, "durationSeconds out of range", True, Permanent),
        (503, "overloaded", True, Unavailable),
        (500, "internal", True, StartInDoubt),
        (504, "deadline", True, StartInDoubt),
        (500, "internal", False, Unavailable),
    ],
)
def test_a_status_means_the_same_for_every_service(
    status: int, message: str, starting: bool, kind: type[AiprodError]
) -> None:
    error = meaning(status, message, "the clip", starting=starting)
    assert type(error) is kind


def test_only_a_start_that_may_have_begun_is_in_doubt() -> None:
    for lost, doubtful in ((httpx.ReadTimeout("late"), True), (httpx.ConnectError("refused"), False),
                           (httpx.ConnectTimeout("late"), False), (httpx.RemoteProtocolError("cut"), True)):  # fmt: skip
        with pytest.raises(Unavailable) as met_with, met("the clip", starting=True):
            raise lost
        assert isinstance(met_with.value, StartInDoubt) is doubtful
