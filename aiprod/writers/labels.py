"""The labels of a Markdown script, in the words that people of six languages write them with.

Knows vocabulary only: which word means which field, which transition, which music. Knows no file.
"""

import re
import unicodedata
from typing import Final, Literal, TypeAlias

from aiprod.story import LANGUAGES

Field: TypeAlias = Literal[
    "visual", "voice", "media", "music", "mood", "transition", "duration", "language", "title", "scene", "cast",
]  # fmt: skip

_WORDS: Final[dict[Field, str]] = {
    "visual": "visual|visuals|visuel|visuels|visivo|visuale|visuell|bild|imagen|imagem|immagine|image",
    "voice": "voice over|voiceover|voice|voix off|voix|narration|narrator|narrateur|narratrice|voz en off|voz off|voz"
    "|narracion|narracao|narrador|locucao|voce fuori campo|voce narrante|voce off|voce|narrazione|narratore"
    "|sprecher|sprecherin|off stimme|off text|stimme|erzahler",
    "media": "media|medium|file|fichier|archivo|arquivo|datei|photo|foto|clip",
    "music": "music|musique|musica|musik",
    "mood": "mood|ambiance|humeur|atmosphere|atmosfera|ambiente|humor|umore|stimmung|emotion|emocion|emocao|emozione",
    "transition": "transition|transicion|transicao|transizione|ubergang",
    "duration": "duration|duree|duracion|duracao|durata|dauer|length|time|temps|tiempo|tempo",
    "language": "language|langue|idioma|lingua|sprache|lang",
    "title": "title|titre|titulo|titolo|titel",
    "scene": "scene|escena|cena|scena|szene|plan|shot",
    "cast": "cast|voices|distribution|personnages|reparto|voces|elenco|vozes|personaggi|voci|besetzung|stimmen",
}

LABELS: Final[dict[str, Field]] = {word: field for field, words in _WORDS.items() for word in words.split("|")}
"""Every label, folded (no case, no accents, single spaces), and the field it means."""

EXPECTED: Final = "**VISUAL:**, **VOICE OVER:**, **MEDIA:**, **MUSIC:**, **MOOD:**, **TRANSITION:** or **DURATION:**"
"""The labels a message offers."""

TRANSITIONS: Final[dict[str, str]] = {
    word: kind
    for kind, words in {
        "cut": "cut|coupe|coupe franche|corte|taglio|stacco|schnitt|none|aucune",
        "dissolve": "dissolve|fondu enchaine|cross dissolve|crossfade|cross fade|disolvencia|dissolvenza|dissolvencia"
        "|fundido encadenado|uberblendung",
        "fade": "fade|fondu|fondu au noir|fade to black|fundido|fundido a negro|dissolvenza al nero|fade out|abblende",
        "wipe": "wipe|volet|balayage|cortinilla|tendina|cortina|wischblende",
        "match": "match|match cut|raccord|raccord de mouvement",
    }.items()
    for word in words.split("|")
}
"""Names of transitions, folded, and the timeline's name."""

MUSIC: Final[dict[str, str]] = {
    word: mood
    for mood, words in {
        "calm": "calm|calme|doux|douce|tranquilo|tranquila|calmo|calma|ruhig|peaceful|paisible",
        "wonder": "wonder|emerveillement|merveilleux|asombro|meraviglia|maravilha|staunen|magique|magical",
        "epic": "epic|epique|epico|epica|episch|grandiose",
        "tense": "tense|tendu|tendue|tension|tenso|tensa|teso|gespannt|suspense",
        "playful": "playful|joyeux|joyeuse|amusant|ludique|alegre|giocoso|verspielt|funny|happy",
        "sad": "sad|triste|melancolique|melancholic|traurig|melancolico|malinconico",
        "mystery": "mystery|mystere|mysterieux|mysterieuse|misterio|mistero|misterioso|mysterious|geheimnisvoll",
        "hopeful": "hopeful|espoir|plein d'espoir|esperanza|esperanca|speranza|hoffnungsvoll|inspiring|inspirant",
        "none": "none|aucune|aucun|sans|ninguna|nessuna|nenhuma|keine|non|no",
    }.items()
    for word in words.split("|")
}
"""Names of music moods, folded, and the brief's name."""

LANGUAGE_NAMES: Final[dict[str, str]] = {
    **{code: code for code in LANGUAGES},
    **{
        word: code
        for code, words in {
            "en": "english|anglais|ingles|inglese|englisch",
            "fr": "french|francais|frances|francese|franzosisch",
            "es": "spanish|espagnol|espanol|spagnolo|espanhol|spanisch|castellano",
            "it": "italian|italien|italiano|italienisch",
            "pt": "portuguese|portugais|portugues|portoghese|portugiesisch",
            "de": "german|allemand|aleman|tedesco|alemao|deutsch",
        }.items()
        for word in words.split("|")
    },
}
"""Names of languages, folded, and their codes."""


def fold(text: str) -> str:
    """The text without case, accents, and with single spaces: what two ways of writing one word share."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("’", "'").replace("\u00ad", ""))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return re.sub(r"[\s_\-‐-―]+", " ", bare).strip()


def language_code(text: str) -> str:
    """The language that a name or code ("fr", "fr-FR", "Français") means, or "" when it is none of ours."""
    folded = fold(text)
    return LANGUAGE_NAMES.get(folded) or LANGUAGE_NAMES.get(folded.split(" ")[0], "")
