"""A few sentences a language, spoken by Kokoro and heard by Whisper; what was made once is kept."""

from dataclasses import dataclass, field

import numpy as np
from scipy.signal import resample_poly

from aiprod.models.registry import Registry
from aiprod.ports import Samples, Speech
from aiprod.speech.ctranslate_whisper import CTranslateWhisper
from aiprod.speech.kokoro import KokoroVoice
from aiprod.story import Word

HEARING_HZ = 16_000

TEXTS = {
    "en": "In 1969, two people walked on the Moon. They stayed for about 21 hours, and gathered 21 kg of rock. "
    "Nobody has gone back since 1972.",
    "fr": "Les abeilles ont 5 yeux. Au XIXe siècle, on croyait qu'elles ne voyaient pas les couleurs. "
    "Elles volent pourtant à 25 km/h, d'une fleur à l'autre.",
    "es": "El desierto de Atacama es el lugar más seco del mundo. En algunas zonas no ha llovido durante 400 años.",
    "it": "La città di Venezia è costruita su 118 piccole isole. Più di 400 ponti le uniscono tra loro.",
    "pt": "O rio Amazonas é o maior rio do mundo. Ele leva para o mar mais água do que todos os outros juntos.",
    "de": "Der Große Panda lebt in den Bergen von China. Er frisst jeden Tag bis zu 14 Stunden lang Bambus. "
    "Die Bienen haben 5 Augen, und sie fliegen mit 25 km/h von einer Blume zur anderen.",
}


@dataclass(slots=True, kw_only=True)
class Studio:
    """A voice and an ear; what was said or heard once is kept."""

    registry: Registry
    voice: KokoroVoice
    ear: CTranslateWhisper
    said: dict[str, Speech] = field(default_factory=dict)
    heard: dict[str, tuple[str, tuple[Word, ...]]] = field(default_factory=dict)

    def speech(self, language: str) -> Speech:
        """The language's text at speed 1, by its best voice."""
        if language not in self.said:
            self.said[language] = self.voice.speak(TEXTS[language], voice="", language=language, speed=1.0)
        return self.said[language]

    def sound(self, language: str) -> Samples:
        """The same at the rate that Whisper hears."""
        return heard_at_16k(self.speech(language))

    def transcript(self, language: str) -> tuple[str, tuple[Word, ...]]:
        """What Whisper hears of it, without being told the language."""
        if language not in self.heard:
            self.heard[language] = self.ear.transcribe(self.sound(language), language="")
        return self.heard[language]


def heard_at_16k(speech: Speech) -> Samples:
    """A speech at the rate that Whisper hears."""
    samples: Samples = resample_poly(speech.samples, HEARING_HZ, speech.rate_hz).astype(np.float32)
    return samples


def loud_stretches(samples: Samples, rate_hz: int) -> np.ndarray:
    """For each hundredth of a second, whether there is sound: over a fortieth of the voice's usual level."""
    frame = rate_hz // 100
    count = len(samples) // frame
    levels = np.sqrt(np.mean(samples[: count * frame].reshape(count, frame).astype(np.float64) ** 2, axis=1))
    return levels > float(np.percentile(levels, 90)) / 40
