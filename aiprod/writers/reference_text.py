"""Making an encyclopedia's text speakable: notes and parentheses out, sentences apart, long ones cut short.

Knows punctuation and abbreviations of English, French and Spanish. Only takes away: no word comes in that the text
has not, but for a capital letter at the start and a full stop at the end.
"""

import re
from collections import Counter
from typing import Final

MOST_SEEN: Final = 300
_BRACKETS = re.compile(r"\s*\[[^\[\]]{0,80}\]")
_PARENTHESES = re.compile(r"\s*\([^()]*\)")
_SLASHED = re.compile(r"\s*/[^/\s][^/\n]{1,40}[ˈəɛʁɔɑɪʊʃʒθðŋɾ][^/\n]{0,40}/")
_SPACES = re.compile(r"[ \t\u00a0\u2002-\u200a\u202f\u205f\u3000]+")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_FOREIGN = re.compile(r"[\u0370-\u1fff\u2e80-\ud7af\U00010000-\U0001ffff]")
_ABBREVIATIONS: Final = (
    "Mr|Mrs|Ms|Dr|St|Ste|Prof|Sr|Sra|Jr|No|vs|cf|ca|c|e\\.g|i\\.e|U\\.S|U\\.K|U\\.N|D\\.C|a\\.m|p\\.m|Inc|Ltd|Co|Mt|Ft"
    "|Gen|Col|Capt|Lt|fl|approx|est|av|apr|env|art|[Vv]ol|v|[Oo]p|éd|hab|Mme|Mlle|M|Cie|a\\. ?C|d\\. ?C|EE|UU|aprox|núm|pág|Lic|Ing|J\\.-C"
    "|[A-Z]|a|d"
)
_END = re.compile(r"(?P<stop>[.!?…]+[\"”»]?)\s+(?=[\"“«¿¡]?\s?[A-ZÀ-ÝŒ0-9])")
_LOST_FIGURE = re.compile(
    r"\b(?:de|environ|of|about|approximately|aproximadamente|unos) (?:parsecs|km|kg|m|mètres|metros|metres|meters|habitant\w*)\b"
)
_UNSPEAKABLE = re.compile(r"[^\W\d_]{30,}")
_ITEM = re.compile(r"(?:[^\W\d_]+[ -]){1,4}[^\W\d_]+ : (?!(?:il|elle|ce|on)\b)[a-zà-ÿ]+ ")
"""An item of a list: "Moteur électrique : fonctionne à l'aide..."."""
_BEFORE_STOP = re.compile(rf"(?:^|[\s(\"“«'’-])(?:{_ABBREVIATIONS})$")
_STARTER = re.compile(
    r"(?:The|This|These|It|Its|He|She|They|His|Her|Their|In|On|At|During|After|Before|Although|While|"
    r"Les?|La|Il|Elle|Ils|Elles|Ce|Cette|Son|Sa|Ses|Dans|En|Au|Après|Pendant|"
    r"El|Los|Las|Su|Sus|Se|Es|Está|Fue|Era|Tiene|Durante|Desde|Tras|Con|Por|Entre|Este|Esta)\s"
)
"""Words that only a sentence starts with a capital: what stood before them has ended, even in an abbreviation."""
_GLUED = re.compile(r"(?<=[a-zà-ÿ]{2}[.!?])(?=[A-ZÀ-Ý][a-zà-ÿ])")


def clean_extract(text: str) -> str:
    """The text without notes, pronunciations, parentheses and invisible signs; one space between words."""
    text = _INVISIBLE.sub("", text)
    text = re.sub(r"[\u2010\u2011]", "-", text)
    text = _SPACES.sub(" ", text)
    for _ in range(3):
        text = _PARENTHESES.sub("", _BRACKETS.sub("", text))
    text = _SLASHED.sub("", text)
    text = _GLUED.sub(" ", text)
    text = re.sub(r"\s(?:escuchar|Écouter|écouter)\b(?=[ ,;])", "", text)
    text = re.sub(r" +([,.;)])", r"\1", text)
    text = re.sub(r"([,;])(?:\s*[,;])+", r"\1", text)
    text = re.sub(r",(?=[.;:])", "", text)
    text = re.sub(r"^([^,.;]{2,60}), (?=(?:is|are|was|were|est|sont|était|fut|es|son|fue|era)\b)", r"\1 ", text)
    text = re.sub(
        r"^([^,.;]{3,60}, (?:better|commonly|professionally) known (?:as|by) [^,.;]{3,40}?) (?=(?:is|was)\b)",
        r"\1, ",
        text,
    )
    text = re.sub(r'\s"\s[^"\n]*"', "", text)
    text = re.sub(r"\bav\. J\.-C\.", "avant J.-C.", text)
    text = re.sub(r"\bapr\. J\.-C\.", "après J.-C.", text)
    text = re.sub(r"\b(?:c\.|circa) ?(?=\d)", "about " if " the " in text else "vers ", text)
    text = re.sub(r"(?<=\d{3}) – (?:about |vers )?(?=\d)", "–", text)
    text = re.sub(r"(?<=\d )[Mm]ya\b", "million years ago", text)
    text = re.sub(r"(?<=\d )Ma\b", "millions d'années", text)
    return re.sub(r" *\n *", "\n", text).strip()


def sentences(text: str) -> tuple[str, ...]:
    """The whole sentences of a cleaned text; what has no end, letters of a foreign script or a formula is left out."""
    found: list[str] = []
    for paragraph in text.split("\n"):
        start = 0
        for match in _END.finditer(paragraph):
            before = paragraph[start : match.start()]
            if match["stop"] == "." and _BEFORE_STOP.search(before) and not _STARTER.match(paragraph, match.end()):
                continue
            found.append(paragraph[start : match.end("stop")].strip())
            start = match.end()
        found.append(paragraph[start:].strip())
    return tuple(sentence for sentence in found if _whole(sentence))


def _whole(sentence: str) -> bool:
    if not re.search(r"[.!?][\"”»]?$", sentence) or len(sentence.split()) < 4:
        return False
    if _FOREIGN.search(sentence) or re.search(r"[=<>☉∈∑√^{}|\\•*]|\s[−+]\s", sentence):
        return False
    if _LOST_FIGURE.search(sentence) or _UNSPEAKABLE.search(sentence) or _ITEM.match(sentence):
        return False
    return sentence.count("(") == sentence.count(")") and sentence.count('"') % 2 == 0


def words(text: str) -> int:
    """How many words are said."""
    return len(re.findall(r"[^\W_]+(?:['’.,\-][^\W_]+)*", text))


def finished(text: str) -> str:
    """The text as a sentence: a capital first, a full stop last."""
    text = re.sub(r"(?:,?\s+(?:e\.g|i\.e|par ex|p\. ej)\.?)?[\s,;:–—-]*$", "", text.strip())
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if re.search(r"[.!?…][\"”»]?$", text) else f"{text}."


def words_before(text: bytes, word: str) -> Counter[str]:
    """Which words stand right before the word in a text, and how often; the first few hundred times are enough."""
    found: Counter[str] = Counter()
    needle = f" {word} ".encode()
    start = text.find(needle)
    while start >= 0 and found.total() < MOST_SEEN:
        found[text[text.rfind(b" ", 0, start) + 1 : start].decode("utf-8", "replace")] += 1
        start = text.find(needle, start + 1)
    return found
