"""The door to Google's video models: its client, and what its errors mean to whoever started a clip.

Knows google-genai and its exceptions. The client is told to try nothing again: a start that is tried twice may be paid
twice, so whether to try again is decided where starts are written down (`operations.py`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from aiprod.errors import (
    AiprodError,
    ContentRefused,
    EngineMissing,
    InvalidSetting,
    NotFound,
    Permanent,
    Throttled,
    Unavailable,
)  # fmt: skip
from aiprod.models.gemini import GeminiAccess
from aiprod.visuals.hosted.orders import Order

if TYPE_CHECKING:
    import httpx
    from google import genai

ANSWER_SECONDS = 60.0
_FILTERED = ("safety", "usage guidelines", "responsible ai", "prohibited", "sensitive", "violat", "content policy")


class StartInDoubt(Unavailable):
    """A start whose answer was lost: it may have begun, and may be paid."""


class OperationGone(NotFound):
    """The service does not know the operation (any more)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What an operation says: not `done`, or an address or the content of the clip, or why there is none:
    `refused` by a filter, `failed` otherwise."""

    done: bool
    uri: str = ""
    content: bytes = b""
    refused: str = ""
    failed: str = ""


class VideoService(Protocol):
    """A service that makes clips."""

    name: str

    def check(self) -> None:
        """Raises: EngineMissing, saying what to set."""

    def start(self, order: Order, prefix: str) -> str:
        """The name of the operation begun; its clip is to lie under `prefix` of the bucket, where there is one.

        Raises: StartInDoubt; Throttled, Unavailable (it has certainly not begun); ContentRefused, Permanent.
        """

    def look(self, name: str) -> Look:
        """Raises: OperationGone, Throttled, Unavailable, InvalidSetting."""

    def download(self, uri: str, into: Path) -> None:
        """The clip that lies at the service. Raises: OperationGone, Throttled, Unavailable."""


class GoogleDoor:
    """Google's client, opened once. With a project it answers by Agent Platform, else by a key of the Gemini API."""

    def __init__(self, access: GeminiAccess, bucket: str, *, timeout_seconds: float = ANSWER_SECONDS) -> None:
        self.access = access
        self.bucket = bucket
        self._timeout_seconds = timeout_seconds

    @property
    def by_project(self) -> bool:
        """Whether a project of Google Cloud pays."""
        return bool(self.access.project)

    def storage(self, prefix: str) -> str:
        """Address in the cloud's storage for a clip, "" where there is no bucket."""
        return f"gs://{self.bucket}/{prefix}" if self.bucket and self.by_project else ""

    @cached_property
    def _http(self) -> "httpx.Client":
        import httpx

        return httpx.Client(follow_redirects=True)

    @cached_property
    def client(self) -> "genai.Client":
        """The client. Raises: those of `met`."""
        from google import genai
        from google.genai import types

        options = types.HttpOptions(
            base_url=self.access.url or None, timeout=round(self._timeout_seconds * 1000),
            retry_options=types.HttpRetryOptions(attempts=1),
            httpx_client=self._http,  # given, so that the errors are of a library known here
        )  # fmt: skip
        if self.by_project:
            return genai.Client(
                enterprise=True, project=self.access.project, location=self.access.location, http_options=options
            )
        return genai.Client(enterprise=False, api_key=self.access.key, http_options=options)

    def close(self) -> None:
        """Let go of the connections."""
        if "client" in self.__dict__:
            self._http.close()
            del self.__dict__["client"], self.__dict__["_http"]

    def download(self, uri: str, into: Path) -> None:
        """A file that the Gemini API keeps for a while."""
        if self.by_project:
            raise InvalidSetting(f"Expected the clip in the bucket {self.bucket or '(none)'}, found it at {uri}.")
        with met("the file", starting=False):
            self.client.files.download(file=uri, destination=str(into))


@contextmanager
def met(what: str, *, starting: bool) -> Iterator[None]:
    """Whatever the client raises, as ours. `starting` tells that a lost answer leaves a start in doubt."""
    import google.auth.exceptions as login
    import httpx
    from google.genai import _interactions as interactions
    from google.genai import errors

    lost: type[Unavailable] = StartInDoubt if starting else Unavailable
    unreached = (httpx.ConnectError, httpx.ConnectTimeout)
    try:
        yield
    except errors.APIError as error:
        raise meaning(error.code, str(error.message or error.status or ""), what, starting=starting) from error
    except interactions.APIStatusError as error:
        raise meaning(error.response.status_code, str(error), what, starting=starting) from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise InvalidSetting(f"Expected an http address in AIPROD_GEMINI_URL, found another ({error}).") from error
    except (interactions.APIConnectionError, httpx.HTTPError, httpx.StreamError, OSError) as error:
        if any(isinstance(cause, unreached) for cause in _causes(error)):
            raise Unavailable(f"{what} could not be asked for ({error}); look at the network.") from error
        raise lost(f"The answer about {what} was lost ({_short(str(error)) or type(error).__name__}).") from error
    except login.TransportError as error:
        raise Unavailable(f"Google's login could not be reached ({_short(str(error))}); look at the network.") from error
    except login.GoogleAuthError as error:
        raise InvalidSetting(
            f"Expected credentials of Google Cloud, found none that serve ({_short(str(error))}); run `gcloud auth"
            " application-default login`."
        ) from error
    except (interactions.GeminiNextGenAPIClientError, ValueError, TypeError, LookupError, AttributeError) as error:
        # The client takes an answer apart without looking: one of another shape breaks it in any of these ways.
        raise lost(f"The answer about {what} cannot be read ({_short(str(error))}).") from error


def meaning(status: int | None, message: str, what: str, *, starting: bool) -> AiprodError:
    """Our error for an HTTP status."""
    said = f"status {status}: {_short(message)}" if message else f"status {status}"
    match status:
        case 429:
            return Throttled(f"The quota for {what} is spent for now ({said}); try later, or ask for a higher one.")
        case 404 if starting:
            return EngineMissing(f"There is no such model for {what} ({said}); ids change about once a year.")
        case 404 | 410:
            return OperationGone(f"{what} is not known to the service any more ({said}).")
        case 401 | 403:
            return InvalidSetting(
                f"Expected credentials that may ask for {what}, found others ({said}); give the service account"
                " roles/aiplatform.user, or mend AIPROD_GEMINI_KEY."
            )
        case 400 | 422 if is_filtered(message):
            return ContentRefused(f"{what} was refused by the service's filter ({said}); change what the scene shows.")
        case 503:
            return Unavailable(f"The service did not take {what} ({said}); try again.")
        case 408 | 499 | 500 | 502 | 504:
            kind = StartInDoubt if starting else Unavailable
            return kind(f"The service broke over {what} ({said}).")
        case _:
            return Permanent(f"The service will not take {what} ({said}).")


def is_filtered(message: str) -> bool:
    """Whether a service's message says that a content filter spoke."""
    return any(word in message.casefold() for word in _FILTERED)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 240 else f"{plain[:237]}..."
