"""Asking a language model behind the OpenAI chat protocol (Ollama, vLLM, llama.cpp, LM Studio, a hosted one...).

Knows the protocol and its failures, each mapped to an error of ours; knows nothing of scripts. A server that refuses
an optional part of a request (a schema, a temperature) is asked again without it.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, NoReturn

import msgspec

from aiprod.encoding import learnt
from aiprod.errors import ContentRefused, EngineMissing, Throttled, Unavailable, WriterFailed
from aiprod.writers.authoring import Answer, Request
from aiprod.writers.spoken_text import clean

MAX_ANSWER_BYTES: Final = 4_000_000
CONNECT_SECONDS: Final = 10.0


class _Message(msgspec.Struct):
    content: str | None = None
    refusal: str | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Completion(msgspec.Struct):
    choices: list[_Choice]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatServer:
    """Where the model is. `timeout_seconds` is for a whole answer."""

    url: str
    model: str
    key: str = ""
    timeout_seconds: float = 180.0

    @property
    def endpoint(self) -> str:
        """The address that is posted to, whether or not `url` has it in full."""
        base = self.url.rstrip("/")
        return base if base.endswith("/chat/completions") else f"{base}/chat/completions"

    @property
    def title(self) -> str:
        """The model's name."""
        return self.model

    @property
    def advice(self) -> str:
        """What to try when the model writes badly."""
        return "Try again, use a larger model (AIPROD_WRITER_MODEL), or the writer outline."

    def ask(self, request: Request) -> Answer:
        """The model's answer.

        Raises: EngineMissing (no such server or model), WriterFailed (the server refuses us), ContentRefused, Throttled,
        Unavailable (no answer in time, or one that breaks off).
        """
        shape = "json_schema" if request.schema else ""
        while True:
            status, body = _post(self, _payload(self, request, shape))
            if status == 200:
                return _answer(self, body)
            reason = _reason(body)
            refused = reason.casefold()
            if status in (400, 415, 422, 500, 501) and shape and _is_about_shape(refused):
                shape = {"json_schema": "json_object", "json_object": ""}[shape]
            elif status in (400, 422) and request.temperature is not None and "temperature" in refused:
                request = replace(request, temperature=None)
            elif status in (400, 422) and request.seed is not None and "seed" in refused:
                request = replace(request, seed=None)
            elif status in (400, 422) and shape and "context" not in refused:
                shape = {"json_schema": "json_object", "json_object": ""}[shape]
            else:
                _fail(self, status, reason)


def _payload(server: ChatServer, request: Request, shape: str) -> bytes:
    payload: dict[str, object] = {
        "model": server.model,
        "messages": [{"role": turn.role, "content": turn.text} for turn in request.turns],
        "stream": False,
    }
    if request.temperature is not None:
        payload["temperature"] = request.temperature
    if request.seed is not None:
        payload["seed"] = request.seed
    if shape == "json_schema":
        form = {"name": "script", "strict": True, "schema": json.loads(request.schema)}
        payload["response_format"] = {"type": shape, "json_schema": form}
    elif shape:
        payload["response_format"] = {"type": shape}
    return json.dumps(payload).encode()


def _post(server: ChatServer, content: bytes) -> tuple[int, bytes]:
    """Status and body. The clock runs over the whole answer: a server that drips is cut off too."""
    import httpx

    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if server.key:
        headers["Authorization"] = f"Bearer {server.key}"
    deadline = time.monotonic() + server.timeout_seconds
    limits = httpx.Timeout(server.timeout_seconds, connect=min(CONNECT_SECONDS, server.timeout_seconds))
    received = bytearray()
    try:
        with (
            httpx.Client(timeout=limits) as client,
            client.stream("POST", server.endpoint, content=content, headers=headers) as response,
        ):
            for chunk in response.iter_bytes():
                received += chunk
                if len(received) > MAX_ANSWER_BYTES:
                    raise WriterFailed(
                        f"Expected an answer of at most {MAX_ANSWER_BYTES // 1_000_000} MB from {server.url}, found more."
                    )
                if time.monotonic() > deadline:
                    raise Unavailable(_too_slow(server))
            return response.status_code, bytes(received)
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError) as error:
        raise EngineMissing(
            f"Expected the address of a language model's server such as http://127.0.0.1:11434/v1 in AIPROD_WRITER_URL,"
            f" found {server.url!r} ({error})."
        ) from error
    except httpx.ConnectError as error:
        raise Unavailable(f"No language model's server answers at {server.url}; start it, or mend"
                          " AIPROD_WRITER_URL.") from error  # fmt: skip
    except httpx.TimeoutException as error:
        raise Unavailable(_too_slow(server)) from error
    except httpx.HTTPError as error:
        raise Unavailable(f"The language model's server at {server.url} broke off its answer ({error}).") from error


def _too_slow(server: ChatServer) -> str:
    return (
        f"The language model at {server.url} gave no whole answer within {server.timeout_seconds:g} s; use a smaller"
        " model, or raise AIPROD_WRITER_TIMEOUT_SECONDS."
    )


def _answer(server: ChatServer, body: bytes) -> Answer:
    try:
        completion = msgspec.json.decode(body, type=learnt(_Completion))
    except msgspec.MsgspecError as error:
        raise WriterFailed(
            f"Expected an OpenAI chat completion from {server.endpoint}, found something else ({error}); is"
            " AIPROD_WRITER_URL right?"
        ) from error
    if not completion.choices:
        raise Unavailable(f"The language model at {server.url} answered without any text.")
    choice = completion.choices[0]
    if choice.message.refusal:
        raise ContentRefused(f"The language model {server.model} will not write this: {_short(choice.message.refusal)}")
    if choice.finish_reason == "content_filter":
        raise ContentRefused(f"The language model {server.model} will not write this: its content filter stopped it.")
    return Answer(text=choice.message.content or "", cut_off=choice.finish_reason == "length")


def _fail(server: ChatServer, status: int, reason: str) -> NoReturn:
    said = f": {reason}" if reason else ""
    if status in (401, 403):
        raise WriterFailed(f"The language model's server at {server.url} does not accept the key in AIPROD_WRITER_KEY"
                           f" (status {status}{said}).")  # fmt: skip
    if status == 404:
        raise EngineMissing(f"There is no model {server.model!r} at {server.endpoint} (status 404{said}); fetch it"
                            " there, or mend AIPROD_WRITER_MODEL or AIPROD_WRITER_URL.")  # fmt: skip
    if status == 429:
        raise Throttled(f"The language model's server at {server.url} has no room for us now (status 429{said}).")
    if status >= 500 or status == 408:
        raise Unavailable(f"The language model's server at {server.url} failed (status {status}{said}).")
    raise WriterFailed(f"The language model's server at {server.url} refused the request (status {status}{said}).")


def _is_about_shape(reason: str) -> bool:
    words = ("response_format", "json_schema", "schema", "structured", "grammar", "json mode", "guided")
    return any(word in reason for word in words)


def _reason(body: bytes) -> str:
    """What the server says went wrong: OpenAI's, Ollama's or FastAPI's way of saying it, or the text itself."""
    try:
        value = json.loads(body)
    except ValueError:
        return _short(body[:500].decode("utf-8", "replace"))
    while isinstance(value, Mapping):
        value = next((value[name] for name in ("error", "message", "detail") if name in value), "")
    return _short(value if isinstance(value, str) else json.dumps(value))


def _short(text: str) -> str:
    plain = clean(text)
    return plain if len(plain) <= 300 else f"{plain[:297]}..."
