"""The thirty voices that Google's speech models share, and which languages AIPROD has them speak.

Knows names and locales; knows no service. Source: Cloud Text-to-Speech, Chirp 3 HD; Gemini API, speech generation
(both read 2026-11-21: the same thirty names, each in every language).
"""

from aiprod.errors import NotFound

LOCALES = {"en": "en-US", "fr": "fr-FR", "es": "es-ES", "it": "it-IT", "pt": "pt-BR", "de": "de-DE"}
"""A language's usual locale (BCP 47)."""

OTHER_LOCALES = ("en-GB", "en-AU", "en-IN", "fr-CA", "es-US")
"""Further accents of these languages."""

VOICES = (
    "Charon", "Kore", "Rasalgethi", "Aoede", "Sulafat", "Iapetus", "Achernar", "Achird", "Algenib", "Algieba", "Alnilam",
    "Autonoe", "Callirrhoe", "Despina", "Enceladus", "Erinome", "Fenrir", "Gacrux", "Laomedeia", "Leda", "Orus",
    "Pulcherrima", "Puck", "Sadachbia", "Sadaltager", "Schedar", "Umbriel", "Vindemiatrix", "Zephyr", "Zubenelgenubi",
)  # fmt: skip
"""The first is what speaks when none is named: Charon, whom Google calls informative."""

LETTERS_A_SECOND = {"en": 15.5, "fr": 16.5, "es": 16.5, "it": 16.0, "pt": 16.0, "de": 15.0}
"""Letters and spaces of spoken text in a second at speed 1: of narrators in general, not measured on these voices."""


def locale(language: str, engine: str) -> str:
    """The usual locale. Raises: NotFound."""
    if language not in LOCALES:
        raise NotFound(f"{engine} speaks {', '.join(LOCALES)}, and not {language!r}.")
    return LOCALES[language]


def find_voice(name: str, engine: str) -> str:
    """The voice of that name in any case; "" is the first. Raises: NotFound."""
    wanted = name.strip().casefold()
    for voice in VOICES:
        if wanted in ("", voice.casefold()):
            return voice
    raise NotFound(f"{engine}'s voices are {', '.join(VOICES)}; found {name!r}.")
