"""From the errors of Google's libraries, and of what they stand on, to ours: one border for every adapter.

Knows the exceptions by their names, so that it imports none of those libraries; a test lists their classes and fails on
one that is not named here. An error is met by its nearest named class, a bare status (an answer without a class of its
own, a gRPC code) by its number. Knows nothing of what the adapters do: they say it in words.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from aiprod.adapters.disk import FULL
from aiprod.errors import (
    AiprodError,
    AlreadyExists,
    Conflict,
    InvalidSetting,
    NotFound,
    Permanent,
    StorageFull,
    Throttled,
    Unavailable,
)  # fmt: skip

_CALLS = "google.api_core.exceptions"
_LOGIN = "google.auth.exceptions"
_HTTP = "requests.exceptions"
_POOL = "urllib3.exceptions"

_Kind = tuple[type[AiprodError], str]
_UNAVAILABLE: _Kind = (Unavailable, "the service did not answer as it should, and may soon")
_UNREACHED: _Kind = (Unavailable, "the service could not be reached; look at the network and at the address")
_BROKEN_OFF: _Kind = (Unavailable, "the transfer broke off, and is to be made again")
_THROTTLED: _Kind = (Throttled, "a quota is spent for now; ask Google Cloud for a higher one if this lasts")
_CONFLICT: _Kind = (Conflict, "another writer was first")
_FULL: _Kind = (StorageFull, "no room is left on the disk")
_EXISTS: _Kind = (AlreadyExists, "the name is taken")
_ABSENT: _Kind = (NotFound, "there is no such thing; `terraform apply` makes what AIPROD needs")
_FORBIDDEN: _Kind = (Permanent, "this service account may not do it; grant it {role}")
_STATE: _Kind = (Permanent, "the service is not in the state that this needs")
_REFUSED: _Kind = (Permanent, "the service will never take this request")
_LOST: _Kind = (Permanent, "data were lost at the service")
_TOO_LARGE: _Kind = (Permanent, "the message is too large; an event carries addresses, never content")
_NO_LOGIN: _Kind = (
    InvalidSetting,
    "no usable credentials of Google Cloud were found; run `gcloud auth application-default login`, or give the service "
    "a service account",
)
_WRONG_ADDRESS: _Kind = (InvalidSetting, "the address of the service, or of a proxy before it, cannot be used")

_NAMED: tuple[tuple[_Kind, str, str], ...] = (
    (_UNAVAILABLE, _CALLS,
     "GoogleAPIError GoogleAPICallError ServerError InternalServerError Unknown BadGateway ServiceUnavailable "
     "GatewayTimeout DeadlineExceeded RetryError Cancelled TemporaryRedirect ResumeIncomplete"),
    (_BROKEN_OFF, _CALLS,
     "ResumableTransferError MissingStatusHeaderError TransferStalledError UnseekableStreamError UploadCancelledError"),
    (_THROTTLED, _CALLS, "TooManyRequests ResourceExhausted"),
    (_CONFLICT, _CALLS, "Conflict Aborted PreconditionFailed NotModified"),
    (_EXISTS, _CALLS, "AlreadyExists"),
    (_ABSENT, _CALLS, "NotFound"),
    (_FORBIDDEN, _CALLS, "Forbidden PermissionDenied"),
    (_NO_LOGIN, _CALLS, "Unauthorized Unauthenticated DuplicateCredentialArgs"),
    (_STATE, _CALLS, "FailedPrecondition"),
    (_REFUSED, _CALLS,
     "ClientError BadRequest InvalidArgument OutOfRange LengthRequired MethodNotAllowed RequestRangeNotSatisfiable "
     "MethodNotImplemented Redirection MovedPermanently AsyncRestUnsupportedParameterError"),
    (_LOST, _CALLS, "DataLoss"),
    (_UNAVAILABLE, "google.api_core.future.polling", "_OperationNotComplete"),
    (_UNAVAILABLE, "google.api_core.future.async_future", "_OperationNotComplete"),
    (_REFUSED, "google.api_core.iam", "InvalidOperationException"),
    (_REFUSED, "google.api_core._feature_gating_helpers", "FeatureGatingError"),
    (_NO_LOGIN, "google.api_core.universe", "EmptyUniverseError UniverseMismatchError"),
    (_NO_LOGIN, _LOGIN,
     "GoogleAuthError ClientCertError DefaultCredentialsError InvalidOperation InvalidResource InvalidType InvalidValue "
     "MalformedError MutualTLSChannelError OAuthError OSError ReauthFailError ReauthSamlChallengeFailError RefreshError "
     "UserAccessTokenError"),
    (_UNREACHED, _LOGIN, "TransportError TimeoutError ResponseError"),
    (_NO_LOGIN, "google.auth.transport._mtls_helper", "_MemfdCreationError"),
    (_REFUSED, "google.cloud.firestore_v1._helpers", "ReadAfterWriteError"),
    (_REFUSED, "google.cloud.firestore_v1.query_profile", "QueryExplainError"),
    (_THROTTLED, "google.cloud.pubsub_v1.publisher.exceptions", "FlowControlLimitError"),
    (_TOO_LARGE, "google.cloud.pubsub_v1.publisher.exceptions", "MessageTooLargeError"),
    (_UNAVAILABLE, "google.cloud.pubsub_v1.publisher.exceptions", "PublishError PublishToPausedOrderingKeyException"),
    (_UNAVAILABLE, "google.cloud.pubsub_v1.subscriber.exceptions", "AcknowledgeError"),
    (_BROKEN_OFF, "google.cloud.storage.exceptions", "DataCorruption InvalidResponse"),
    (_REFUSED, "google.cloud.storage.exceptions", "InvalidPathError"),
    (_BROKEN_OFF, "google.resumable_media.common", "DataCorruption InvalidResponse"),
    (_UNAVAILABLE, "grpc", "RpcError FutureTimeoutError FutureCancelledError"),
    (_UNREACHED, _HTTP,
     "RequestException ConnectionError ConnectTimeout ReadTimeout Timeout ProxyError SSLError RetryError HTTPError "
     "TooManyRedirects"),
    (_BROKEN_OFF, _HTTP,
     "ChunkedEncodingError ContentDecodingError InvalidJSONError JSONDecodeError StreamConsumedError "
     "UnrewindableBodyError"),
    (_WRONG_ADDRESS, _HTTP, "InvalidHeader InvalidProxyURL InvalidSchema InvalidURL MissingSchema URLRequired"),
    (_REFUSED, "requests.cookies", "CookieConflictError"),
    (_UNREACHED, _POOL,
     "HTTPError ClosedPoolError ConnectTimeoutError EmptyPoolError FullPoolError HostChangedError MaxRetryError "
     "NameResolutionError NewConnectionError PoolError ProxyError ReadTimeoutError RequestError SSLError TimeoutError"),
    (_BROKEN_OFF, _POOL,
     "BodyNotHttplibCompatible DecodeError HeaderParsingError IncompleteRead InvalidChunkLength ProtocolError "
     "ResponseError ResponseNotChunked TimeoutStateError UnrewindableBodyError"),
    (_WRONG_ADDRESS, _POOL,
     "InvalidHeader LocationParseError LocationValueError ProxySchemeUnknown ProxySchemeUnsupported URLSchemeUnknown"),
    (_UNREACHED, "urllib3.util.ssl_match_hostname", "CertificateError"),
    (_BROKEN_OFF, "http.client", "HTTPException"),
    (_UNREACHED, "ssl", "SSLError"),
    (_UNREACHED, "socket", "gaierror herror"),
    (_UNREACHED, "builtins", "ConnectionError TimeoutError"),
    (_UNAVAILABLE, "concurrent.futures._base", "CancelledError TimeoutError"),
)  # fmt: skip
_KINDS = MappingProxyType({f"{module}.{name}": kind for kind, module, names in _NAMED for name in names.split()})

_STATUSES: Mapping[str, _Kind] = MappingProxyType({
    "400": _REFUSED, "401": _NO_LOGIN, "403": _FORBIDDEN, "404": _ABSENT, "408": _UNAVAILABLE, "409": _CONFLICT,
    "412": _CONFLICT, "413": _REFUSED, "416": _REFUSED, "429": _THROTTLED, "501": _REFUSED,
    "CANCELLED": _UNAVAILABLE, "UNKNOWN": _UNAVAILABLE, "INVALID_ARGUMENT": _REFUSED, "DEADLINE_EXCEEDED": _UNAVAILABLE,
    "NOT_FOUND": _ABSENT, "ALREADY_EXISTS": _EXISTS, "PERMISSION_DENIED": _FORBIDDEN, "RESOURCE_EXHAUSTED": _THROTTLED,
    "FAILED_PRECONDITION": _STATE, "ABORTED": _CONFLICT, "OUT_OF_RANGE": _REFUSED, "UNIMPLEMENTED": _REFUSED,
    "INTERNAL": _UNAVAILABLE, "UNAVAILABLE": _UNAVAILABLE, "DATA_LOSS": _LOST, "UNAUTHENTICATED": _NO_LOGIN,
})  # fmt: skip
"""What a bare answer means, by its HTTP status or its gRPC code; any other of 500 and more is the service's fault."""
_BARE = frozenset({
    f"{_CALLS}.GoogleAPICallError", f"{_CALLS}.ClientError", f"{_CALLS}.ServerError", f"{_CALLS}.Redirection",
    "google.cloud.storage.exceptions.InvalidResponse", "google.resumable_media.common.InvalidResponse", "grpc.RpcError",
    f"{_HTTP}.HTTPError",
})  # fmt: skip
"""Classes that say less than the status that they carry."""


@contextmanager
def translated(
    doing: str, *, role: str = "the role it lacks", instead: Mapping[str, type[AiprodError]] = MappingProxyType({})
) -> Iterator[None]:
    """Raise foreign errors as ours. `doing` begins the sentence ("Reading videos/v in Firestore"); `role` is what a
    service account needs for it; `instead` says, by the foreign class's own name, what an error means here and nowhere
    else (`{"AlreadyExists": Conflict}`)."""
    try:
        yield
    except Exception as error:
        ours = translate(error, doing, role=role, instead=instead)
        if ours is None:
            raise
        raise ours from error


def translate(
    error: BaseException, doing: str, *, role: str = "the role it lacks",
    instead: Mapping[str, type[AiprodError]] = MappingProxyType({}),
) -> AiprodError | None:  # fmt: skip
    """Our error for a foreign one; None for one of ours, and for a fault that is no answer of a service."""
    kind = _kind_of(error)
    if kind is None:
        return None
    meaning, advice = kind
    meaning = next((instead[cls.__name__] for cls in type(error).__mro__ if cls.__name__ in instead), meaning)
    told = " ".join(str(error).split())[:300]
    said = f"{type(error).__name__}: {told}" if told else type(error).__name__
    if meaning is not kind[0]:
        return meaning(f"{doing} failed ({said}).")
    return meaning(f"{doing} failed: {advice.format(role=role)} ({said}).")


def is_named(kind: type[BaseException]) -> bool:
    """Whether this very class has its place in the table."""
    return _name(kind) in _KINDS


def _name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def _kind_of(error: BaseException) -> _Kind | None:
    if isinstance(error, AiprodError):
        return None
    if isinstance(error, OSError) and error.errno in FULL:
        return _FULL
    named = next((name for name in map(_name, type(error).__mro__) if name in _KINDS), None)
    if named is None:
        return None
    if named == f"{_CALLS}.RetryError":
        cause = getattr(error, "cause", None)
        found = _kind_of(cause) if isinstance(cause, BaseException) else None
        return _THROTTLED if found is _THROTTLED else _KINDS[named]
    if getattr(error, "retryable", False) and named.startswith(_LOGIN):
        return _UNREACHED
    return _by_status(error, _KINDS[named]) if named in _BARE else _KINDS[named]


def _by_status(error: BaseException, otherwise: _Kind) -> _Kind:
    code = getattr(error, "code", None)
    status = code() if callable(code) else code
    if status is None:
        status = getattr(getattr(error, "response", None), "status_code", None)
    text = str(getattr(status, "name", status) if not isinstance(status, int) else int(status))
    if text.isdigit() and int(text) >= 500 and text not in _STATUSES:
        return _UNAVAILABLE
    return _STATUSES.get(text, otherwise)
