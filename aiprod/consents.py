"""What a person says who lets their voice be imitated, and what is kept of it.

Knows the sentence in every language and the record; how a recording is heard and compared is `speech/lending.py`'s business.
"""

import time
from dataclasses import dataclass

from aiprod.errors import InvalidInput
from aiprod.story import LANGUAGES

MOST_NAME_LETTERS = 80
MOST_PURPOSE_LETTERS = 160

_SENTENCES = {
    "en": "My name is {speaker}. I agree that a computer imitates my voice from my recordings, for {purpose}.",
    "fr": "Je m'appelle {speaker}. J'accepte qu'un ordinateur imite ma voix à partir de mes enregistrements, pour {purpose}.",
    "es": "Me llamo {speaker}. Acepto que un ordenador imite mi voz a partir de mis grabaciones, para {purpose}.",
    "it": "Mi chiamo {speaker}. Accetto che un computer imiti la mia voce a partire dalle mie registrazioni, per {purpose}.",
    "pt": "Meu nome é {speaker}. Aceito que um computador imite a minha voz a partir das minhas gravações, para {purpose}.",
    "de": "Ich heiße {speaker}. Ich bin damit einverstanden, dass ein Computer meine Stimme aus meinen Aufnahmen nachahmt, "
    "für {purpose}.",
}
_PURPOSES = {
    "en": "the narration of films", "fr": "la narration de films", "es": "la narración de películas",
    "it": "la narrazione di filmati", "pt": "a narração de filmes", "de": "die Erzählung von Filmen",
}  # fmt: skip

AGREEING = {"en": "agree", "fr": "accept", "es": "acept", "it": "accett", "pt": "aceit", "de": "einverstanden"}
"""The part of a word without which nobody agrees."""
DENYING = {
    "en": ("not", "don't", "cannot", "can't", "won't", "never", "no", "refuse", "disagree"),
    "fr": ("ne", "pas", "jamais", "non", "refuse"), "es": ("no", "nunca", "jamás", "rechazo"),
    "it": ("non", "no", "mai", "rifiuto"), "pt": ("não", "nunca", "jamais", "recuso"),
    "de": ("nicht", "nie", "niemals", "kein", "nein"),
}  # fmt: skip
"""Words that turn the sentence round: one of them alone is a small part of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceConsent:
    """That `speaker` lets their voice be imitated as `voice` for `purpose`, in their own words.

    `sentence` was to be said and `heard` is what was heard of it; `likeness` is how near the two recordings' voices are
    (1: the same). Times are seconds since 1970 UTC; the digests are those of the recordings as they were brought.
    """

    voice: str
    speaker: str
    purpose: str
    language: str
    sentence: str
    heard: str
    word_error_rate: float
    likeness: float
    given_at: float
    sample_sha256: str
    consent_sha256: str


def default_purpose(language: str) -> str:
    """What a voice is lent for where nobody says otherwise. Raises: InvalidInput."""
    return _PURPOSES[_checked(language)]


def consent_sentence(speaker: str, purpose: str, language: str) -> str:
    """What the speaker has to say.

    Raises: InvalidInput.

    >>> consent_sentence("Ada Byron", "a school film", "en")
    'My name is Ada Byron. I agree that a computer imitates my voice from my recordings, for a school film.'
    """
    for place, text, most in (("speaker", speaker, MOST_NAME_LETTERS), ("purpose", purpose, MOST_PURPOSE_LETTERS)):
        if not any(letter.isalpha() for letter in text) or len(text) > most or not text.isprintable():
            raise InvalidInput(place, expected=f"1 to {most} letters in one line", found=repr(text[:60]))
    return _SENTENCES[_checked(language)].format(speaker=speaker, purpose=purpose.rstrip(". "))


def describe_use(consent: VoiceConsent) -> str:
    """A sentence for whoever sees the film."""
    return (
        f"The voice {consent.voice} imitates that of {consent.speaker}, who agreed to it on {day_of(consent.given_at)} for "
        f"{consent.purpose}."
    )


def day_of(seconds: float) -> str:
    """The day of a moment, UTC."""
    return time.strftime("%Y-%m-%d", time.gmtime(seconds))


def _checked(language: str) -> str:
    if language not in LANGUAGES:
        raise InvalidInput("language", expected=f"one of {', '.join(LANGUAGES)}", found=repr(language))
    return language
