"""Gemini's voices: hosted, paid by the token, spoken only where somebody asks for them by name.

Knows how Gemini is asked to speak and what its answer holds. It gives no times of words (an aligner finds them) and takes
no pace, so that the sound is stretched here. Who pays and what failures mean is in `aiprod/models/gemini.py`.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from aiprod.errors import ContentRefused, InvalidInput, StageFailed, Unavailable
from aiprod.expenses import Expense, Expenses
from aiprod.media.tempo import change_tempo
from aiprod.models import hosted
from aiprod.models.gemini import GeminiAccess, finished, refusal, tokens, translated
from aiprod.models.hosted import HostedModel
from aiprod.ports import Samples, Speech
from aiprod.speech.google_voices import LETTERS_A_SECOND, VOICES, find_voice, locale
from aiprod.speech.pcm import read_pcm
from aiprod.speech.spoken import lasting_seconds, said_text, spoken_words

if TYPE_CHECKING:
    from google.genai.types import GenerateContentResponse

REVISION: Final = 1
KIND: Final = "gemini-tts"
STYLE: Final = "a calm, warm narrator of a documentary, unhurried, clear"
RATE_HZ: Final = 24_000
"""Of bare samples. Source: Gemini API, speech generation (read 2026-11-21); 3.8 sends a WAV file that says its own."""
SHORTEST_PART: Final = 0.4
"""A sound shorter than this part of what the text should last breaks off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GeminiVoice:
    """Speaks with a Gemini model: `model` is its id ("": the first of the table)."""

    access: GeminiAccess
    expenses: Expenses
    model: str = ""
    timeout_seconds: float = 120.0
    name: str = "gemini"

    @property
    def version(self) -> str:
        """The model, and how it is asked."""
        return f"{self._row.id}, revision {REVISION}"

    def voices(self, language: str) -> tuple[str, ...]:
        """The voices of a language, the best first. Raises: NotFound."""
        locale(language, "Gemini")
        return VOICES

    def check(self, language: str) -> None:
        """Raises: NotFound, EngineMissing, when it cannot speak that language here."""
        locale(language, "Gemini")
        self.access.check("The voice gemini")
        self._row.usd_for_tokens(0, 0)

    def resolve(self, voice: str, language: str) -> str:
        """The voice's full name. Raises: NotFound."""
        locale(language, "Gemini")
        return find_voice(voice, "Gemini")

    def estimate_seconds(self, text: str, language: str) -> float:
        """About how long the text lasts at speed 1. Raises: NotFound."""
        locale(language, "Gemini")
        return lasting_seconds(said_text(text, language), LETTERS_A_SECOND[language])

    def speak(self, text: str, *, voice: str, language: str, speed: float) -> Speech:
        """Say the text, without the times of words.

        Raises: InvalidInput (nothing to say), NotFound, EngineMissing, InvalidSetting, ContentRefused, Throttled,
        Unavailable, StageFailed (the service takes no such request).
        """
        name = self.resolve(voice, language)
        self.check(language)
        words = [word.written for word in spoken_words(text, language)]
        if not words:
            raise InvalidInput("narration", expected="words to say", found=repr(text[:60]))
        # All text is read out, and what stands in angle brackets is performed: a script has no business there.
        response = self._ask(re.sub(r"<[^<>]*>|[<>]", " ", " ".join(words)), name, locale(language, "Gemini"))
        samples, rate_hz = self._sound(response)
        expected = self.estimate_seconds(text, language)
        if len(samples) / rate_hz < SHORTEST_PART * expected:
            raise Unavailable(
                f"The sound that {self._row.id} sent lasts {len(samples) / rate_hz:.1f} s where about {expected:.1f} s were"
                " expected: it breaks off; try again."
            )
        return Speech(samples=change_tempo(samples, rate_hz, speed), rate_hz=rate_hz)

    @property
    def _row(self) -> HostedModel:
        return hosted.model(self.model or KIND)

    def _ask(self, text: str, voice: str, language: str) -> "GenerateContentResponse":
        row = self._row
        with translated(row.id, StageFailed):
            from google.genai import types

            prebuilt = types.VoiceConfig(prebuilt_voice_config=types.PrebuiltVoiceConfig(voice_name=voice))
            config = types.GenerateContentConfig(
                response_modalities=["AUDIO"],
                speech_config=types.SpeechConfig(voice_config=prebuilt, language_code=language),
            )
            part = types.Part(text=text, speech_metadata=types.SpeechMetadata(style=STYLE))
            with self.access.client(self.timeout_seconds) as client:
                response = client.models.generate_content(
                    model=row.id, contents=[types.Content(role="user", parts=[part])], config=config
                )
        read, written = tokens(response)
        if read or written:
            bought = f"{read:,} tokens in, {written:,} of sound"
            usd = row.usd_for_tokens(read, written)
            self.expenses.record(Expense(engine=self.name, model=row.id, bought=bought, usd=usd))
        return response

    def _sound(self, response: "GenerateContentResponse") -> tuple[Samples, int]:
        """Samples and their rate."""
        sender = self._row.id
        if reason := refusal(response):
            raise ContentRefused(f"The voice model {sender} will not say this: {reason}. Change the scene's text.")
        if finished(response) == "MAX_TOKENS":
            raise Unavailable(f"The voice model {sender} spoke without an end and was cut off; try again.")
        candidate = next(iter(response.candidates or ()), None)
        parts = (candidate.content.parts or []) if candidate is not None and candidate.content is not None else []
        sounds = [part.inline_data for part in parts if part.inline_data is not None and part.inline_data.data]
        if not sounds:
            end = finished(response) or "no reason given"
            raise Unavailable(f"The voice model {sender} answered without any sound ({end}); try again.")
        said_rate = re.search(r"rate=(\d+)", sounds[0].mime_type or "")
        content = b"".join(sound.data or b"" for sound in sounds)
        return read_pcm(content, int(said_rate[1]) if said_rate else RATE_HZ, sender)
