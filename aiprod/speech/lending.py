"""Whether somebody lets their voice be imitated: what they said is heard, and compared with the sample of their voice.

Knows recordings, words and voices; where a lent voice is kept is `cloned_voices.py`'s business.
"""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from aiprod.cloned_voices import ClonedVoice, ClonedVoices, digest_of
from aiprod.consents import AGREEING, DENYING, VoiceConsent, consent_sentence
from aiprod.errors import AlreadyExists, ContentRefused, EngineMissing, InvalidInput, MediaBroken, NotAllowed, NotFound
from aiprod.media.probe import probe, read_samples
from aiprod.ports import Clock, Samples, Transcriber, VoiceChooser
from aiprod.speech.likeness import Likeness
from aiprod.speech.spoken import spoken_words
from aiprod.speech.wer import plain_word, word_error_rate
from aiprod.story import LANGUAGES

HEARING_HZ = 16_000
SHORTEST_SAMPLE_SECONDS, LONGEST_SAMPLE_SECONDS = 5, 60
SHORTEST_CONSENT_SECONDS, LONGEST_CONSENT_SECONDS = 3, 60
MOST_WORD_ERRORS = 0.25
"""Of the sentence's words: names are often heard otherwise than they are written."""
SHORT_WORD = 4
"""Letters of a word that may be part of another; a longer one may have been heard as two."""
LEAST_LIKENESS = 0.86
"""Two recordings of one voice are above it, of two voices below. Measured: docs/voices.md."""
LEAST_DBFS = -60
"""How loud the louder tenth of a recording is at least; somebody who speaks near a microphone has -30."""
MOST_LEVEL = 1000.0
"""A recording of floating-point numbers may go beyond 1, and not this far."""
FRAME = HEARING_HZ // 100
SUFFIXES = (".wav", ".mp3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A voice as it is brought: under which name, whose, what for, and the two recordings. `said` is what the sample says
    ("": as it is heard)."""

    voice: str
    speaker: str
    purpose: str
    language: str
    sample: Path
    consent: Path
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceLending:
    """Takes voices that people lend; `chooser` knows the names that engines' own voices have."""

    voices: ClonedVoices
    chooser: VoiceChooser
    ear: Transcriber
    likeness: Likeness
    clock: Clock

    def take(self, offer: Offer) -> ClonedVoice:
        """Keep the voice if its speaker said the sentence, in the same voice.

        Raises: InvalidInput, AlreadyExists, NotFound (no such recording), MediaBroken, ContentRefused (the sentence was not
        said, or by another voice), EngineMissing, WeightsMissing, WeightsBroken, Transient.
        """
        sentence = consent_sentence(offer.speaker, offer.purpose, offer.language)
        self.voices.check_free(offer.voice)
        self._check_unlike_engines(offer.voice)
        self.ear.check()
        self.likeness.check()
        sample = _sound("sample", offer.sample, SHORTEST_SAMPLE_SECONDS, LONGEST_SAMPLE_SECONDS)
        spoken = _sound("consent", offer.consent, SHORTEST_CONSENT_SECONDS, LONGEST_CONSENT_SECONDS)
        digests = digest_of(offer.sample), digest_of(offer.consent)
        if digests[0] == digests[1]:
            raise InvalidInput("sample", expected="another recording than the consent's", found="the same one")
        heard = self._heard(spoken, offer.language)
        errors = word_error_rate(sentence, heard, offer.language)
        if errors > MOST_WORD_ERRORS:
            raise ContentRefused(
                f"The voice {offer.voice} was not taken: expected {offer.speaker} to say {sentence!r}, heard {heard!r} "
                f"({errors:.0%} of the words otherwise); record the sentence again."
            )
        if not _is_agreed(sentence, offer, heard):
            raise ContentRefused(
                f"The voice {offer.voice} was not taken: expected {offer.speaker} to agree, to {offer.purpose!r}, heard {heard!r}; "
                f"record the sentence as it is: {sentence!r}."
            )
        likeness = self.likeness.compare(sample, spoken)
        if likeness < LEAST_LIKENESS:
            raise ContentRefused(
                f"The voice {offer.voice} was not taken: expected one person in both recordings (likeness {LEAST_LIKENESS} and "
                f"more), found {likeness:.2f}; record both with the same voice, near the microphone, without noise."
            )
        consent = VoiceConsent(
            voice=offer.voice, speaker=offer.speaker, purpose=offer.purpose, language=offer.language, sentence=sentence,
            heard=heard, word_error_rate=round(errors, 3), likeness=round(likeness, 3), given_at=self.clock.now(),
            sample_sha256=digests[0], consent_sha256=digests[1],
        )  # fmt: skip
        said = offer.said or self._heard(sample, offer.language)
        if not spoken_words(said, offer.language):
            raise InvalidInput("sample", expected="words that it says", found=repr(said[:40]) if said else "none that were heard")
        return self.voices.keep(consent, said, offer.sample, offer.consent)

    def _check_unlike_engines(self, name: str) -> None:
        """A name that an engine or a voice of its own has would be heard as that one. Raises: AlreadyExists."""
        with suppress(NotFound):
            self.chooser.engine(name)
            raise AlreadyExists(f"Expected a name that no voice has, found {name}, an engine's name.")
        for language in LANGUAGES:
            try:
                choice = self.chooser.choose(language, name)
            except (NotFound, NotAllowed):
                continue
            except EngineMissing as error:
                raise AlreadyExists(f"Expected a name that no voice has, found {name}: {error}") from error
            raise AlreadyExists(f"Expected a name that no voice has, found {name}, a voice of {choice.voice.name}.")

    def _heard(self, samples: Samples, language: str) -> str:
        _, words = self.ear.transcribe(samples, language=language)
        return " ".join(word.text for word in words)


def _is_agreed(sentence: str, offer: Offer, heard: str) -> bool:
    """Whether the words that matter were heard: agreement, no word against it, and half of what for."""
    expected, purpose, found = (
        [plain_word(word) for word in text.replace("’", "'").split()] for text in (sentence, offer.purpose, heard)
    )
    against = {plain_word(word) for word in DENYING[offer.language]}.difference(expected)
    agreed = any(AGREEING[offer.language] in word for word in found)
    together = "".join(found)
    told = [word in found or (len(word) > SHORT_WORD and word in together) for word in purpose]
    return agreed and against.isdisjoint(found) and sum(told) * 2 >= len(told)


def _sound(place: str, file: Path, shortest: int, longest: int) -> Samples:
    """The recording's sound. Raises: InvalidInput, NotFound, MediaBroken."""
    if file.suffix.lower() not in SUFFIXES:
        raise InvalidInput(place, expected=f"a recording in {' or '.join(SUFFIXES)}", found=file.name)
    facts = probe(file)
    if facts.sound is None:
        raise InvalidInput(place, expected="a recording of a voice", found=f"no sound in {file.name}")
    samples = read_samples(file, HEARING_HZ)
    seconds = len(samples) / HEARING_HZ
    if not shortest <= seconds <= longest:
        raise InvalidInput(place, expected=f"{shortest} to {longest} s of speech", found=f"{seconds:.1f} s in {file.name}")
    _check_level(place, samples, file)
    return samples


def _check_level(place: str, samples: Samples, file: Path) -> None:
    """Whether it has the loudness of a voice: networks that imitate hear it as it is. Raises: InvalidInput, MediaBroken."""
    if not float(np.abs(samples).max()) < MOST_LEVEL:
        raise MediaBroken(f"Expected a recording of a voice in {file.name}, found numbers that are no sound; record it again.")
    frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME).astype(np.float64)
    level = 10 * np.log10(np.percentile(np.mean(frames**2, axis=1), 90) + 1e-12)
    if level < LEAST_DBFS:
        found = f"next to no sound in {file.name} ({level:.0f} dBFS)"
        raise InvalidInput(place, expected=f"a voice near the microphone ({LEAST_DBFS} dBFS and more)", found=found)
