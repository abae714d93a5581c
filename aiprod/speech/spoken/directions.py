"""What of a text is for the voice: Markdown, stage directions and emoji are taken out.

Pure; what is left is what the reader of the subtitles sees.
"""

import re

_FENCE = re.compile(r"^\s*(```|~~~).*$", re.MULTILINE)
_RULE = re.compile(r"^\s*([-*_=]\s*){3,}$", re.MULTILINE)
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$", re.MULTILINE)
_QUOTE = re.compile(r"^\s*>+\s?", re.MULTILINE)
_BULLET = re.compile(r"^\s*(?:[-*+•]|\d{1,2}[.)])\s+(?=\S)", re.MULTILINE)
_SPEAKER = re.compile(
    r"^\s*(?:\*\*|__)?\s*(?:voix[ -]?off|voice[ -]?over|v\.?o\.?|narrat(?:eur|rice|or|ion)|"
    r"(?:scène|scene|escena|scena|cena|szene|shot)\s*\d+|"
    r"voz en off|voce fuori campo|"
    r"erzähler|sprecher|texte?|dialogue)(?:\s*\([^)]*\))?\s*(?:\*\*|__)?\s*[:：]\s*(?:\*\*|__)?",
    re.IGNORECASE | re.MULTILINE,
)
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]+)\]\((?:[^)\s]+)(?:\s+\"[^\"]*\")?\)")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,80}>")
_SQUARE = re.compile(r"\[[^\[\]\n]{1,120}\]")
_DIRECTION_WORDS = "|".join(
    (
        r"rires?|rit|riant|sourires?|souriant|soupir\w*|pauses?|silences?|musique|(?:un )?temps|applaudissements",
        r"chuchot\w+|murmur\w+|toux|tousse|hésit\w+|bruit\w*|voix\b[^)*]*|ton\b[^)*]*",
        r"laugh\w*|sigh\w*|smil\w+|beat|(?:long|short) pause|music|applause|whisper\w*|cough\w*|gasps?|chuckl\w+",
        r"clears throat|sound\b[^)*]*|sfx\b[^)*]*|voice[ -]?over|v\.?o\.?|off|o\.s\.",
        r"risas?|ríe|suspir\w+|pausa\w*|silencio|música|aplausos",
        r"ride|risata|sospir\w+|silenzio|musica|applausi",
        r"lacht|lachen|seufz\w+|stille|musik|beifall",
        r"risos?|silêncio",
    )
)
_WHO = r"(?:(?:il|elle|on|ils|elles|he|she|they)\s+)?"
_ROUND = re.compile(
    rf"\(\s*{_WHO}(?:{_DIRECTION_WORDS})(?:\s*[,.;:-][^()\n]{{0,60}}|\s+[^()\n]{{0,40}})?\s*\)", re.IGNORECASE
)
_STARRED = re.compile(
    rf"(?<![\w*])\*\s*{_WHO}(?:{_DIRECTION_WORDS})(?:\s+[^*\n]{{0,40}})?\s*\*(?![\w*])", re.IGNORECASE
)
_STRESSED = re.compile(r"(\*{1,3}|~~)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_UNDERLINED = re.compile(r"(?<!\w)(_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)", re.DOTALL)
_CODE = re.compile(r"`+([^`]*)`+")
_PICTURES = re.compile(
    "[\U0001f000-\U0001faff\U00002600-\U000027bf\U00002b00-\U00002bff\U00002300-\U000023ff\U000fe000-\U000fefff"
    "\ufe0e\ufe0f\u200d\u20e3\u2190-\u21ff\u25a0-\u25ff\U000e0000-\U000e007f]"
)
_SPACE_BEFORE_STOP = re.compile(r"(?<=\w)\s+([,.])(?=\s|$)")
_ORPHAN_STOPS = re.compile(r"(?<=[.!?…]\s)[,.](?=\s|$)|^\s*[,.;:](?=\s|$)")


def heard_text(text: str) -> str:
    """The text without Markdown, stage directions, speakers' names and emoji, its white space made single.

    >>> heard_text("**VOIX OFF:** *soupir* Le **grand** panda 🐼 [pause] dort.")
    'Le grand panda dort.'
    """
    text = text.replace("\r\n", "\n").replace("\u00ad", "").replace("\u200b", "")
    for pattern in (_FENCE, _RULE, _IMAGE, _HEADING):
        text = pattern.sub(" ", text)
    text = _BULLET.sub("", _QUOTE.sub("", text))
    text = _SPEAKER.sub("", text)
    text = _LINK.sub(r"\1", text)
    for pattern in (_TAG, _SQUARE, _ROUND, _STARRED):
        text = pattern.sub(" ", text)
    for pattern in (_STRESSED, _UNDERLINED):
        text = pattern.sub(r"\2", pattern.sub(r"\2", text))
    text = _PICTURES.sub(" ", _CODE.sub(r"\1", text)).replace("*", " ")
    text = _ORPHAN_STOPS.sub("", _SPACE_BEFORE_STOP.sub(r"\1", text))
    return " ".join(text.split())
