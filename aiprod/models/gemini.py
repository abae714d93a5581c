"""The door to Google's Gemini models: who pays, where they answer, and what their failures mean.

Knows google-genai's client and its exceptions, and what an answer says of itself (refused, cut off, so many tokens);
knows nothing of scripts, voices or pictures. The library is imported when a client is opened.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Final

from aiprod.errors import (
    AiprodError,
    ContentRefused,
    EngineMissing,
    InvalidSetting,
    Permanent,
    Throttled,
    Unavailable,
)  # fmt: skip

if TYPE_CHECKING:
    from google import genai
    from google.genai.types import GenerateContentResponse

TRIES: Final = 3
"""Requests the client makes before a quota or a fault of the server is ours to bear."""
LONGEST_WAIT_SECONDS: Final = 8.0

_REFUSALS: Final = {
    "SAFETY": "its safety filter stopped it",
    "PROHIBITED_CONTENT": "the content is prohibited",
    "BLOCKLIST": "it holds a word that is not allowed",
    "SPII": "it would hold personal data",
    "RECITATION": "it would repeat a protected text",
    "JAILBREAK": "the prompt was taken for an attempt to break the rules",
    "MODEL_ARMOR": "Model Armor, which the project has set up, stopped it",
    "ESCALATION": "a rule of the service stopped it",
    "IMAGE_SAFETY": "its safety filter stopped the picture",
    "IMAGE_PROHIBITED_CONTENT": "the picture's content is prohibited",
}
"""Why content is refused, by `finish_reason` or `block_reason`. Source: FinishReason, BlockedReason in google-genai."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GeminiAccess:
    """A key of the Gemini API, or (without one) a project of Google Cloud and the credentials of this machine.

    `url` replaces Google's own address (a proxy); `wait_seconds` is the first wait before a request is made again.
    """

    key: str = field(default="", repr=False)
    project: str = ""
    location: str = "global"
    url: str = ""
    wait_seconds: float = 1.0
    tries: int = TRIES

    @property
    def possible(self) -> bool:
        """Whether anybody is there to pay."""
        return bool(self.key or self.project)

    def check(self, engine: str) -> None:
        """Raises: EngineMissing, saying what `engine` needs."""
        if not self.possible:
            raise EngineMissing(
                f"{engine} needs a key of the Gemini API in AIPROD_GEMINI_KEY, or a project of Google Cloud in"
                " AIPROD_GOOGLE_PROJECT with `gcloud auth application-default login`; found neither."
            )
        try:
            version("google-genai")
        except PackageNotFoundError as error:
            raise EngineMissing(
                f"Expected google-genai for {engine}, found none: run `pip install google-genai`."
            ) from error

    @contextmanager
    def client(self, timeout_seconds: float) -> "Iterator[genai.Client]":
        """A client for one call; `timeout_seconds` is for all its tries. Raises: those of `translated`."""
        import httpx
        from google import genai
        from google.genai import types

        ends = 0.0

        def within_time(request: httpx.Request) -> None:
            # The client gives each try the whole time, so that three slow ones would outlast a stage.
            nonlocal ends
            ends = ends or time.monotonic() + timeout_seconds
            left = ends - time.monotonic()
            if left <= 0:
                raise Unavailable(f"Gemini gave no whole answer in time, {timeout_seconds:g} s; try again, or allow it longer.")
            request.extensions["timeout"] = dict.fromkeys(("connect", "read", "write", "pool"), left)

        # Given to the client, so that it uses the library whose errors are known here.
        with httpx.Client(follow_redirects=True, event_hooks={"request": [within_time]}) as http:
            options = types.HttpOptions(
                base_url=self.url or None, timeout=round(timeout_seconds * 1000), httpx_client=http,
                retry_options=types.HttpRetryOptions(
                    attempts=self.tries, initial_delay=self.wait_seconds, max_delay=LONGEST_WAIT_SECONDS,
                    jitter=self.wait_seconds,
                ),
            )  # fmt: skip
            if self.key:
                yield genai.Client(enterprise=False, api_key=self.key, http_options=options)
            else:
                yield genai.Client(
                    enterprise=True, project=self.project, location=self.location, http_options=options
                )


@contextmanager
def translated(model: str, failed: type[Permanent]) -> Iterator[None]:
    """What the client raises, as ours; a request that the service will not take is `failed`.

    Raises: InvalidSetting (key, project, credentials), EngineMissing (no such model), Throttled, Unavailable, `failed`.
    """
    import google.auth.exceptions as login
    import httpx
    from google.genai import errors

    try:
        yield
    except errors.APIError as error:
        raise _of_status(error.code, str(error.message or error.status or ""), model, failed) from error
    except httpx.TimeoutException as error:
        raise Unavailable(f"The model {model} gave no whole answer in time; try again, or allow it longer.") from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise InvalidSetting(f"Expected an http address in AIPROD_GEMINI_URL, found another ({error}).") from error
    except httpx.HTTPError as error:
        raise _unreached(model, error) from error
    except login.GoogleAuthError as error:
        if isinstance(error, login.TransportError) or error.retryable:
            raise _unreached(model, error) from error
        raise InvalidSetting(
            "Expected credentials of Google Cloud that Gemini accepts, found none"
            f" ({_short(str(error))}); run `gcloud auth application-default login`, or set AIPROD_GEMINI_KEY."
        ) from error
    except errors.ContinuationInterruptedError as error:
        raise Unavailable(f"The model {model} broke off a long answer ({_short(str(error))}); try again.") from error
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        # The client takes an answer apart without looking: one of another shape breaks it in any of these ways.
        raise Unavailable(f"The model {model} answered what its client cannot read ({_short(str(error))}).") from error


def refusal(response: "GenerateContentResponse") -> str:
    """Why the content is refused, in words; "" where it is not."""
    feedback = response.prompt_feedback
    blocked = feedback.block_reason if feedback is not None else None
    if feedback is not None and blocked is not None:
        return _REFUSALS.get(blocked.name) or feedback.block_reason_message or "the prompt was blocked"
    return _REFUSALS.get(finished(response), "")


def finished(response: "GenerateContentResponse") -> str:
    """The name of the first candidate's finish reason (STOP, MAX_TOKENS, OTHER...), "" where there is none."""
    candidate = next(iter(response.candidates or ()), None)
    return candidate.finish_reason.name if candidate is not None and candidate.finish_reason is not None else ""


def tokens(response: "GenerateContentResponse") -> tuple[int, int]:
    """Tokens paid for: read, and written (thoughts among them)."""
    usage = response.usage_metadata
    if usage is None:
        return 0, 0
    return usage.prompt_token_count or 0, (usage.candidates_token_count or 0) + (usage.thoughts_token_count or 0)


def _unreached(model: str, error: Exception) -> Unavailable:
    return Unavailable(
        f"The model {model} could not be reached, or broke off its answer ({_short(str(error))}); look at the network, and"
        " at AIPROD_GEMINI_URL where it is set."
    )


def _of_status(status: int, message: str, model: str, failed: type[Permanent]) -> AiprodError:
    said = f"status {status}: {_short(message)}" if message else f"status {status}"
    if status in (401, 403) or (status == 400 and "api key" in message.casefold()):
        return InvalidSetting(
            f"Expected a key or a project that may use the model {model}, found one that may not ({said}); mend"
            " AIPROD_GEMINI_KEY, or AIPROD_GOOGLE_PROJECT and its permissions (roles/aiplatform.user)."
        )
    if status == 404:
        return EngineMissing(f"There is no model {model} here ({said}); ids change about once a year: name another.")
    if status == 429:
        return Throttled(f"The quota of the model {model} is spent for now ({said}); try again later, or raise it.")
    if status in (408, 499) or status >= 500:
        return Unavailable(f"The model {model} failed ({said}); try again.")
    if any(word in message.casefold() for word in ("safety", "prohibited", "usage guidelines", "responsible ai")):
        return ContentRefused(f"The model {model} will not make this ({said}); ask for something else.")
    return failed(f"The model {model} refused the request ({said}).")


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 240 else f"{plain[:237]}..."
