"""What is said of a written passage: Markdown, links and stage directions taken out, the words left as they are.

Knows Markdown's inline marks and the usual stage directions of six languages. Knows no file and no scene.
"""

import re
import unicodedata
from typing import Final

_DIRECTION_WORDS: Final = """
    pause silence beat music musique musica música musik sfx son sound sonido suono som ton fade fondu rire rires
    laugh laughs laughter laughing risa risas risata risate risos lachen applause applaudissements aplausos applausi
    soupir sigh sighs suspiro sospiro whisper whispers whispering chuchote murmure susurra voix voice voz voce stimme
    narrateur narratrice narrator narrador narratore sprecher intro outro jingle cut coupe zoom plan"""
DIRECTIONS: Final = frozenset(_DIRECTION_WORDS.split())
"""First words that make a parenthesis a stage direction."""

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_BRACKETS = re.compile(r"\[[^\[\]]*\]")
_PARENTHESES = re.compile(r"[*_]*\(([^()]*)\)[*_]*")
_ITALIC_DIRECTION = re.compile(r"(?<![*\w])([*_])\(([^()]*)\)\1(?![*\w])")
_STRONG = re.compile(r"(\*{1,3}|_{2,3}|~~|`+)(?=\S)(.+?)(?<=\S)\1")
_UNDERSCORE = re.compile(r"(?<!\w)_(?=\S)(.+?)(?<=\S)_(?!\w)")
_LEADING = re.compile(r"^[ \t]*(?:>+[ \t]*|[-*+•][ \t]+|#{1,6}[ \t]+)+", re.MULTILINE)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!~>|])")
_SPACES = re.compile(r"[ \t\r\n\f\v\u00a0\u202f\u2028\u2029]+")
_DIRECTION_MARKS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff")
_LETTER = re.compile(r"[^\W_]")


def clean(text: str) -> str:
    """The text in one line, without control characters; marks of Markdown are kept."""
    normal = unicodedata.normalize("NFC", text)
    kept = "".join(c for c in normal if c in "\n\t\r" or not _unwritable(c))
    return _SPACES.sub(" ", kept).strip()


def without_markdown(text: str) -> str:
    """The text in one line, without Markdown's marks, comments and tags; a link leaves its words."""
    text = _COMMENT.sub(" ", text)
    text = _PICTURE.sub(" ", text)
    text = _LINK.sub(r"\1", text)
    text = _TAG.sub(" ", text)
    text = _LEADING.sub("", text)
    held = _ESCAPED.sub(lambda match: chr(0xE000 + ord(match.group(1))), text)
    for _ in range(3):
        held = _STRONG.sub(r"\2", held)
    held = _UNDERSCORE.sub(r"\1", held)
    held = re.sub(r"\*+|`+|~~|(?<!\w)__+|__+(?!\w)", "", held)
    return clean("".join(chr(ord(c) - 0xE000) if 0xE000 <= ord(c) < 0xE080 else c for c in held))


def spoken(text: str) -> str:
    """What a narrator says of the text: no Markdown, no `[direction]`, no `(pause)`, no `*(laughs)*`."""
    text = _LINK.sub(r"\1", _PICTURE.sub(" ", _COMMENT.sub(" ", text)))
    text = _ITALIC_DIRECTION.sub(" ", text)
    text = _BRACKETS.sub(" ", text)
    text = _PARENTHESES.sub(_said_of_parenthesis, text)
    plain = without_markdown(text)
    plain = re.sub(r" +([,.…])", r"\1", plain)
    return re.sub(r"^[,.;:\s]+(?=\S)", "", plain)


def can_be_said(text: str) -> bool:
    """Whether there is at least one letter or digit to say."""
    return _LETTER.search(text) is not None


def _unwritable(character: str) -> bool:
    """Control, private and unassigned characters, and those that turn the direction of the text."""
    return unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn") or character in _DIRECTION_MARKS


def _said_of_parenthesis(match: re.Match[str]) -> str:
    words = re.findall(r"\w+", match.group(1).casefold())
    return " " if not words or words[0] in DIRECTIONS else match.group(0)
