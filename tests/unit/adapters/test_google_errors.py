"""Foreign errors become ours, each with a sentence that says what to do."""

import errno
import importlib
import inspect
import pkgutil
import warnings
from collections.abc import Iterator
from http import HTTPStatus

import pytest

from aiprod.adapters.google_errors import is_named, translate, translated
from aiprod.errors import (
    AiprodError,
    AlreadyExists,
    Conflict,
    InvalidSetting,
    NotFound,
    Permanent,
    StorageFull,
    Throttled,
    Transient,
    Unavailable,
)  # fmt: skip

LIBRARIES = (
    "google.api_core", "google.auth", "google.oauth2", "google.resumable_media", "google.cloud.storage", "google.cloud.firestore",
    "google.cloud.firestore_v1", "google.cloud.pubsub_v1", "google.cloud.run_v2", "requests", "urllib3", "grpc",
)  # fmt: skip
NEVER_MET = (
    "grpc.",  # beside its public errors below: servers, asyncio and the retired face framework
    "google.api_core.retry",
)
PUBLIC_GRPC = {"grpc.RpcError", "grpc.FutureTimeoutError", "grpc.FutureCancelledError"}


def modules(root: str) -> Iterator[object]:
    """The library and what is in it, but for its data types and for what another package would have to be installed."""
    library = importlib.import_module(root)
    yield library
    if root == "grpc":
        return
    for found in pkgutil.walk_packages(library.__path__, root + "."):
        if ".types" in found.name or ".contrib" in found.name:
            continue
        try:
            yield importlib.import_module(found.name)
        except ImportError:
            continue


def exception_classes() -> dict[str, type[BaseException]]:
    found: dict[str, type[BaseException]] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for root in LIBRARIES:
            for module in modules(root):
                for _, kind in inspect.getmembers(module, inspect.isclass):
                    name = f"{kind.__module__}.{kind.__qualname__}"
                    ours = name in PUBLIC_GRPC or (name.startswith(LIBRARIES) and not name.startswith(NEVER_MET))
                    if ours and issubclass(kind, BaseException) and not issubclass(kind, Warning):
                        found[name] = kind
    return found


def test_every_exception_class_of_the_libraries_has_its_place() -> None:
    classes = exception_classes()
    assert len(classes) > 100 and "google.api_core.exceptions.Aborted" in classes
    assert [name for name, kind in sorted(classes.items()) if not is_named(kind)] == []


def google(name: str, message: str = "told so", **more: object) -> BaseException:
    return getattr(importlib.import_module("google.api_core.exceptions"), name)(message, **more)  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Aborted", Conflict),
        ("AlreadyExists", AlreadyExists),
        ("PreconditionFailed", Conflict),
        ("FailedPrecondition", Permanent),
        ("ResourceExhausted", Throttled),
        ("TooManyRequests", Throttled),
        ("ServiceUnavailable", Unavailable),
        ("DeadlineExceeded", Unavailable),
        ("InternalServerError", Unavailable),
        ("NotFound", NotFound),
        ("InvalidArgument", Permanent),
        ("Unauthenticated", InvalidSetting),
    ],
)
def test_an_answer_of_a_service_says_whether_to_try_again(name: str, expected: type[AiprodError]) -> None:
    ours = translate(google(name), "Reading videos/v in Firestore")
    assert type(ours) is expected and str(ours).startswith("Reading videos/v in Firestore failed")
    assert "told so" in str(ours)


def test_what_is_forbidden_names_the_role_to_grant() -> None:
    ours = translate(google("PermissionDenied"), "Writing videos/v", role="roles/datastore.user")
    assert type(ours) is Permanent and "grant it roles/datastore.user" in str(ours)


def test_what_ran_out_of_retries_for_want_of_quota_is_throttled() -> None:
    quota = translate(google("RetryError", cause=google("ResourceExhausted")), "Publishing")
    silence = translate(google("RetryError", cause=google("ServiceUnavailable")), "Publishing")
    assert (type(quota), type(silence)) == (Throttled, Unavailable)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (404, NotFound),
        (412, Conflict),
        (429, Throttled),
        (403, Permanent),
        (500, Unavailable),
        (503, Unavailable),
        (599, Unavailable),
    ],
)
def test_an_answer_without_a_class_of_its_own_is_known_by_its_status(status: int, expected: type[AiprodError]) -> None:
    from google.api_core.exceptions import GoogleAPICallError
    from google.resumable_media.common import InvalidResponse
    from requests import HTTPError, Response

    class Odd(GoogleAPICallError):
        code = HTTPStatus(status) if status != 599 else status

    response = Response()
    response.status_code = status
    bare = (Odd("odd"), InvalidResponse(response, "odd"), HTTPError("odd", response=response))
    assert [type(translate(error, "Asking")) for error in bare] == [expected] * 3


def test_a_grpc_error_is_known_by_its_code() -> None:
    import grpc

    class Told(grpc.RpcError):
        def __init__(self, code: grpc.StatusCode) -> None:
            super().__init__(code.name)
            self.code = lambda: code

    expected = {
        grpc.StatusCode.UNAVAILABLE: Unavailable, grpc.StatusCode.RESOURCE_EXHAUSTED: Throttled, grpc.StatusCode.ABORTED: Conflict,
        grpc.StatusCode.ALREADY_EXISTS: AlreadyExists, grpc.StatusCode.PERMISSION_DENIED: Permanent,
    }  # fmt: skip
    assert {code: type(translate(Told(code), "Asking")) for code in expected} == expected
    unknown = [code.name for code in grpc.StatusCode if translate(Told(code), "Asking") is None]
    assert unknown == []


def test_a_login_that_may_work_later_is_told_from_one_that_never_will() -> None:
    from google.auth.exceptions import DefaultCredentialsError, RefreshError

    later = translate(RefreshError("the metadata server is slow", retryable=True), "Asking")
    never = translate(RefreshError("invalid_grant"), "Asking")
    none = translate(DefaultCredentialsError("none found"), "Asking")
    assert (type(later), type(never), type(none)) == (Unavailable, InvalidSetting, InvalidSetting)
    assert "gcloud auth application-default login" in str(none)


def test_a_broken_network_is_transient_and_a_full_disk_is_told_apart() -> None:
    import socket
    import ssl

    broken = (
        ConnectionResetError("reset"),
        TimeoutError("slow"),
        socket.gaierror(-2, "unknown"),
        ssl.SSLError("handshake"),
    )
    assert [type(translate(error, "Asking")) for error in broken] == [Unavailable] * 4
    full = (OSError(errno.ENOSPC, "No space left on device"), OSError(errno.EDQUOT, "Disk quota exceeded"))
    assert [type(translate(error, "Fetching")) for error in full] == [StorageFull] * 2


def test_the_caller_may_know_better_what_an_answer_means() -> None:
    with pytest.raises(Conflict), translated("Writing", instead={"FailedPrecondition": Conflict}):
        raise google("FailedPrecondition")  # type: ignore[misc]


def test_our_own_errors_and_our_own_faults_pass_unchanged() -> None:
    with pytest.raises(KeyError), translated("Writing"):
        {}["absent"]  # type: ignore[index]
    with pytest.raises(Conflict, match=r"^mine$"), translated("Writing"):
        raise Conflict("mine")


def test_the_foreign_error_stays_the_cause() -> None:
    with pytest.raises(Transient) as caught, translated("Writing"):
        raise google("ServiceUnavailable")  # type: ignore[misc]
    assert type(caught.value.__cause__).__name__ == "ServiceUnavailable"
