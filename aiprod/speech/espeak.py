"""espeak-ng: the last fallback, a synthetic voice that every machine can have.

Knows the program's command line; its words have no times of their own (an aligner finds them).
"""

import shutil
import subprocess
import wave
from functools import cached_property, lru_cache
from io import BytesIO

import numpy as np

from aiprod.errors import EngineMissing, InvalidInput, MediaBroken, NotFound
from aiprod.ports import Speech
from aiprod.speech.spoken import lasting_seconds, said_text

REVISION = 3
WORDS_A_MINUTE = 155
LETTERS_A_SECOND = {"en": 15.2, "fr": 18.0, "es": 15.1, "it": 14.7, "pt": 14.6, "de": 15.7}
"""Letters and spaces of spoken text said in a second at speed 1, pauses among them."""
TIMEOUT_SECONDS = 60

VOICES = {
    "en": ("en-us", "en-gb"),
    "fr": ("fr-fr",),
    "es": ("es",),
    "it": ("it",),
    "pt": ("pt-br", "pt"),
    "de": ("de",),
}


class EspeakVoice:
    """Speaks with the espeak-ng program."""

    name = "espeak"

    @cached_property
    def version(self) -> str:
        """Everything the sound depends on besides text, voice and speed."""
        return f"{_program_version()}, revision {REVISION}"

    def voices(self, language: str) -> tuple[str, ...]:
        """The voices of a language, the best first. Raises: NotFound."""
        if language not in VOICES:
            raise NotFound(f"espeak-ng is used for {', '.join(VOICES)}, and not for {language!r}.")
        return VOICES[language]

    def check(self, language: str) -> None:
        """Raises: NotFound, EngineMissing, when it cannot speak that language here."""
        self.voices(language)
        _program()

    def resolve(self, voice: str, language: str) -> str:
        """The voice's full name ("" picks the language's best). Raises: NotFound."""
        names = self.voices(language)
        wanted = voice.strip().lower() or names[0]
        if wanted in names:
            return wanted
        raise NotFound(f"espeak-ng's voices for {language} are {', '.join(names)}; found {voice!r}.")

    def estimate_seconds(self, text: str, language: str) -> float:
        """About how long the text lasts at speed 1. Raises: NotFound."""
        self.voices(language)
        return lasting_seconds(said_text(text, language), LETTERS_A_SECOND[language])

    def speak(self, text: str, *, voice: str, language: str, speed: float) -> Speech:
        """Say the text. Raises: InvalidInput (nothing to say), NotFound, EngineMissing, MediaBroken."""
        name = self.resolve(voice, language)
        said = said_text(text, language)
        if not said:
            raise InvalidInput("narration", expected="words to say", found=repr(text[:60]))
        command = [_program(), "-v", name, "-s", str(round(WORDS_A_MINUTE * speed)), "-b", "1", "--stdin", "--stdout"]
        try:
            done = subprocess.run(
                command, check=False, capture_output=True, input=said.encode(), timeout=TIMEOUT_SECONDS
            )
        except subprocess.TimeoutExpired as error:
            raise MediaBroken(
                f"Expected espeak-ng to speak within {TIMEOUT_SECONDS} s, found it still at work."
            ) from error
        if done.returncode != 0:
            raise MediaBroken(
                f"Expected sound of espeak-ng, found code {done.returncode}: {done.stderr.decode()[:120]}."
            )
        # The length in the header is unknown to a program that writes to a pipe: all that follows it is sound.
        with wave.open(BytesIO(done.stdout)) as sound:
            rate = sound.getframerate()
        pcm = np.frombuffer(done.stdout[44 : len(done.stdout) - len(done.stdout) % 2], dtype="<i2")
        return Speech(samples=pcm.astype(np.float32) / np.float32(32768), rate_hz=rate)


def _program() -> str:
    """Where espeak-ng is. Raises: EngineMissing."""
    found = shutil.which("espeak-ng")
    if found is None:
        raise EngineMissing("Expected the program espeak-ng, found none: run `apt-get install espeak-ng`.")
    return found


@lru_cache(maxsize=1)
def _program_version() -> str:
    """The program's name and version, without where its data lie."""
    said = subprocess.run([_program(), "--version"], check=False, capture_output=True, text=True, timeout=10).stdout
    return " ".join(said.split("Data at")[0].split())
