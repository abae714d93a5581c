"""Chirp 3 HD, the voices of Cloud Text-to-Speech: hosted, paid by the character, spoken only where asked for by name.

Knows the service's client, its limits and what its failures mean. It gives no times of words: an aligner finds them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from aiprod.errors import (
    ContentRefused,
    EngineMissing,
    InvalidInput,
    InvalidSetting,
    NotFound,
    StageFailed,
    Throttled,
    Unavailable,
)  # fmt: skip
from aiprod.expenses import Expense, Expenses
from aiprod.models import hosted
from aiprod.models.hosted import HostedModel
from aiprod.ports import Speech
from aiprod.speech.google_voices import LETTERS_A_SECOND, LOCALES, OTHER_LOCALES, VOICES, find_voice, locale
from aiprod.speech.packages import require
from aiprod.speech.pcm import read_pcm
from aiprod.speech.spoken import lasting_seconds, said_text, spoken_words

if TYPE_CHECKING:
    from google.cloud.texttospeech_v1 import TextToSpeechClient

REVISION: Final = 1
KIND: Final = "chirp"
RATE_HZ: Final = 24_000
FAMILY: Final = "Chirp3-HD"
SLOWEST, FASTEST = 0.25, 2.0
"""Speaking rates. Source: Cloud Text-to-Speech, AudioConfig.speaking_rate."""
GLOBAL_URL: Final = "https://texttospeech.googleapis.com"
SCOPE: Final = "https://www.googleapis.com/auth/cloud-platform"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChirpVoice:
    """Speaks at the cost of a Google Cloud project, with this machine's credentials.

    `url` is a regional endpoint such as https://eu-texttospeech.googleapis.com; "" is the global one.
    """

    project: str
    expenses: Expenses
    url: str = ""
    timeout_seconds: float = 120.0
    wait_seconds: float = 1.0
    name: str = "chirp"

    @property
    def version(self) -> str:
        """The voices, and how they are asked."""
        return f"{self._row.id}, revision {REVISION}"

    def voices(self, language: str) -> tuple[str, ...]:
        """The voices of a language, the best first. Raises: NotFound."""
        return tuple(f"{locale(language, 'Chirp')}-{FAMILY}-{voice}" for voice in VOICES)

    def check(self, language: str) -> None:
        """Raises: NotFound, EngineMissing, when it cannot speak that language here."""
        locale(language, "Chirp")
        if not self.project:
            raise EngineMissing(
                "The voice chirp needs a project of Google Cloud with Cloud Text-to-Speech in AIPROD_GOOGLE_PROJECT, and"
                " `gcloud auth application-default login`; found no project."
            )
        require(("google-cloud-texttospeech",), "Chirp")

    def resolve(self, voice: str, language: str) -> str:
        """The voice's full name: "Kore", "en-GB-Kore" and "en-GB-Chirp3-HD-Kore" are understood. Raises: NotFound."""
        place = locale(language, "Chirp")
        for other in (*LOCALES.values(), *OTHER_LOCALES):
            if voice.casefold().startswith(f"{other.casefold()}-"):
                if other.split("-")[0] != language:
                    raise NotFound(f"Expected a Chirp voice that speaks {language}, found {voice!r}.")
                place, voice = other, voice[len(other) + 1 :]
        if voice.casefold().startswith(f"{FAMILY.casefold()}-"):
            voice = voice[len(FAMILY) + 1 :]
        return f"{place}-{FAMILY}-{find_voice(voice, 'Chirp')}"

    def estimate_seconds(self, text: str, language: str) -> float:
        """About how long the text lasts at speed 1. Raises: NotFound."""
        locale(language, "Chirp")
        return lasting_seconds(said_text(text, language), LETTERS_A_SECOND[language])

    def speak(self, text: str, *, voice: str, language: str, speed: float) -> Speech:
        """Say the text, without the times of words.

        Raises: InvalidInput (nothing to say, too much, a speed it has not), NotFound, EngineMissing, InvalidSetting,
        ContentRefused, Throttled, Unavailable, StageFailed (the service takes no such request).
        """
        name = self.resolve(voice, language)
        self.check(language)
        said = " ".join(word.written for word in spoken_words(text, language))
        if not said:
            raise InvalidInput("narration", expected="words to say", found=repr(text[:60]))
        if len(said.encode()) > self._row.most_input_bytes:
            raise InvalidInput("narration", expected=f"at most {self._row.most_input_bytes} bytes of text for Chirp",
                               found=f"{len(said.encode())}")  # fmt: skip
        if not SLOWEST <= speed <= FASTEST:
            raise InvalidInput("narration", expected=f"a speed of {SLOWEST} to {FASTEST}", found=f"{speed}")
        content = self._synthesise(said, name, speed)
        usd = self._row.usd_for_characters(len(said))
        self.expenses.record(Expense(engine=self.name, model=self._row.id, bought=f"{len(said):,} characters", usd=usd))
        samples, rate_hz = read_pcm(content, RATE_HZ, "Cloud Text-to-Speech")
        return Speech(samples=samples, rate_hz=rate_hz)

    @property
    def _row(self) -> HostedModel:
        return hosted.model(KIND)

    def _synthesise(self, text: str, voice: str, speed: float) -> bytes:
        with _translated(voice):
            from google.api_core import exceptions
            from google.api_core.retry import Retry, if_exception_type
            from google.cloud import texttospeech_v1 as service

            again = if_exception_type(exceptions.TooManyRequests, exceptions.InternalServerError,
                                      exceptions.ServiceUnavailable, exceptions.BadGateway)  # fmt: skip
            patient = Retry(
                predicate=again, initial=self.wait_seconds, maximum=8 * self.wait_seconds, timeout=12 * self.wait_seconds
            )
            request = service.SynthesizeSpeechRequest(
                input=service.SynthesisInput(text=text),
                voice=service.VoiceSelectionParams(language_code="-".join(voice.split("-")[:2]), name=voice),
                audio_config=service.AudioConfig(
                    audio_encoding=service.AudioEncoding.LINEAR16, sample_rate_hertz=RATE_HZ, speaking_rate=speed
                ),
            )
            with self._client() as client:
                answer = client.synthesize_speech(request, retry=patient, timeout=self.timeout_seconds)
        return answer.audio_content

    def _client(self) -> "TextToSpeechClient":
        """A client over REST: one call a line needs no lasting channel, and proxies let it through."""
        import google.auth
        from google.cloud import texttospeech_v1 as service
        from google.cloud.texttospeech_v1.services.text_to_speech.transports import TextToSpeechRestTransport

        place = urlsplit(self.url or GLOBAL_URL)
        if place.scheme not in ("http", "https") or not place.netloc:
            raise InvalidSetting(f"Expected an address such as {GLOBAL_URL} in AIPROD_CHIRP_URL, found {self.url!r}.")
        credentials, _ = google.auth.default(scopes=[SCOPE], quota_project_id=self.project)
        transport = TextToSpeechRestTransport(host=place.netloc, credentials=credentials, url_scheme=place.scheme)
        return service.TextToSpeechClient(transport=transport)


@contextmanager
def _translated(voice: str) -> Iterator[None]:
    """What the client raises, as ours."""
    import google.auth.exceptions as login
    from google.api_core import exceptions
    from google.protobuf.json_format import Error as NotJson

    try:
        yield
    except (login.GoogleAuthError, exceptions.Unauthorized, exceptions.Forbidden) as error:
        if isinstance(error, login.TransportError) or getattr(error, "retryable", False):
            raise _unreached(error) from error
        raise InvalidSetting(
            f"Expected credentials that may use Cloud Text-to-Speech, found none ({_short(error)}); run `gcloud auth"
            " application-default login`, and enable texttospeech.googleapis.com in AIPROD_GOOGLE_PROJECT."
        ) from error
    except OSError as error:  # what the library underneath, requests, raises
        raise _unreached(error) from error
    except exceptions.NotFound as error:
        raise EngineMissing(f"Cloud Text-to-Speech has no voice {voice} there ({_short(error)}); name another.") from error
    except exceptions.TooManyRequests as error:
        raise Throttled(f"The quota of Cloud Text-to-Speech is spent for now ({_short(error)}); try again.") from error
    except exceptions.RetryError as error:
        cause = error.cause
        kind = Throttled if isinstance(cause, exceptions.TooManyRequests) else Unavailable
        raise kind(f"Cloud Text-to-Speech did not answer after several tries ({_short(cause)}); try again.") from error
    except exceptions.ClientError as error:
        if any(word in str(error).casefold() for word in ("safety", "prohibited", "sensitive", "policy")):
            raise ContentRefused(f"The voice {voice} will not say this ({_short(error)}).") from error
        raise StageFailed(f"Cloud Text-to-Speech refused the request ({_short(error)}).") from error
    except (exceptions.GoogleAPIError, NotJson, ValueError) as error:
        raise Unavailable(f"Cloud Text-to-Speech failed ({_short(error)}); try again.") from error


def _unreached(error: Exception) -> Unavailable:
    return Unavailable(
        f"Cloud Text-to-Speech could not be reached, or gave no answer in time ({_short(error)}); look at the network, and"
        " at AIPROD_CHIRP_URL where it is set."
    )


def _short(error: object) -> str:
    plain = " ".join(str(error).split())
    return plain if len(plain) <= 200 else f"{plain[:197]}..."
