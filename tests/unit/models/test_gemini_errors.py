"""Every exception of the clients behind hosted scripts and voices has its meaning for us: none escapes as it is."""

import inspect
from types import ModuleType

import google.api_core.exceptions
import google.auth.exceptions
import google.genai.errors
import google.protobuf.json_format
import httpx
import pytest
import requests.exceptions

from aiprod.errors import AiprodError, InvalidSetting, Transient, WriterFailed
from aiprod.models.gemini import translated
from aiprod.speech import chirp

NEVER_MET = {google.api_core.exceptions.AsyncRestUnsupportedParameterError}
"""Raised by asynchronous clients alone."""


def exceptions_of(module: ModuleType) -> list[type[Exception]]:
    found = {thing for thing in vars(module).values() if inspect.isclass(thing) and issubclass(thing, Exception)}
    own = {one for one in found if one.__module__.startswith(module.__name__.split(".")[0])} - NEVER_MET
    return sorted((one for one in own if not issubclass(one, Warning)), key=lambda one: one.__name__)


def raised(kind: type[Exception]) -> Exception:
    """An instance, whatever its constructor wants."""
    error = kind.__new__(kind)
    Exception.__init__(error, "what went wrong")
    if isinstance(error, google.genai.errors.APIError):
        error.code, error.message, error.status, error.details = 418, "what went wrong", "UNKNOWN", {}
    if isinstance(error, google.auth.exceptions.GoogleAuthError):
        error._retryable = False
    if isinstance(error, google.api_core.exceptions.GoogleAPICallError | google.api_core.exceptions.RetryError):
        error.__dict__.update(_message="what went wrong", message="what went wrong", _cause=None, _errors=(), _details=(), _response=None)
    return error


@pytest.mark.parametrize("kind", [
    *exceptions_of(google.genai.errors), *exceptions_of(google.auth.exceptions),
    *[one for one in exceptions_of(httpx) if issubclass(one, httpx.HTTPError | httpx.InvalidURL)],
])  # fmt: skip
def test_whatever_geminis_client_raises_is_ours(kind: type[Exception]) -> None:
    with pytest.raises(AiprodError) as caught, translated("gemini-0", WriterFailed):
        raise raised(kind)
    assert str(caught.value).endswith((".", "again."))


@pytest.mark.parametrize("kind", [
    *exceptions_of(google.api_core.exceptions), *exceptions_of(google.auth.exceptions), *exceptions_of(requests.exceptions),
    *exceptions_of(google.protobuf.json_format),
])  # fmt: skip
def test_whatever_chirps_client_raises_is_ours(kind: type[Exception]) -> None:
    with pytest.raises(AiprodError), chirp._translated("en-US-Chirp3-HD-Kore"):
        raise raised(kind)


@pytest.mark.parametrize("translation", [lambda: translated("gemini-0", WriterFailed), lambda: chirp._translated("voice")])
def test_a_login_that_may_serve_later_is_tried_again(translation) -> None:  # type: ignore[no-untyped-def]
    for error, kind in (
        (google.auth.exceptions.RefreshError("busy", retryable=True), Transient),
        (google.auth.exceptions.TransportError("no network"), Transient),
        (google.auth.exceptions.RefreshError("invalid_grant"), InvalidSetting),
    ):
        with pytest.raises(kind), translation():
            raise error
