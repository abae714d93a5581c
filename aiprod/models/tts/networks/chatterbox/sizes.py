"""How large each part of Chatterbox is: as published, for no settings come with its weights, or as a file says of itself.

Knows three files of weights and what a file of another size states; no torch.
"""

from pathlib import Path
from typing import TypeVar

import msgspec

from aiprod.errors import WeightsBroken
from aiprod.models.weights.safetensors import read_header

Sizes = TypeVar("Sizes", bound=msgspec.Struct)
STATED = "sizes"
"""Under this word a file of weights states sizes other than the published ones."""
BANDS = 80
"""Bands of pitch in which sound is drawn, and in which the speaker is heard."""
CODES_A_SECOND = 25
FINE_HZ, COARSE_HZ = 24_000, 16_000
"""At which sound is made, and at which it is heard as codes."""
LANGUAGES_TEXT_TOKENS = 2454
"""Words of text, and parts of words, that the reader of many languages knows."""


class ReaderSizes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The part that goes from text to codes of sound; `codes` are those of sound, marks beside them."""

    width: int = 1024
    inner: int = 4096
    layers: int = 30
    heads: int = 16
    text_tokens: int = 704
    text_places: int = 2050
    codes: int = 6561
    sound_tokens: int = 8194
    sound_places: int = 4100
    voice: int = 256
    queries: int = 32
    query_heads: int = 4

    @property
    def start(self) -> int:
        """The mark before the first code."""
        return self.codes

    @property
    def stop(self) -> int:
        """The mark after the last code."""
        return self.codes + 1


class VoiceSizes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The part that hears whose voice it is, for the reader."""

    hidden: int = 256
    voice: int = 256


class TokenSizes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From sound to codes, each of `digits` numbers that are 0, 1 or 2."""

    width: int = 1280
    heads: int = 20
    layers: int = 6
    digits: int = 8


class SpeakerSizes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The part that hears whose voice it is, for the painter."""

    head: int = 32
    first: int = 128
    growth: int = 32
    layers: tuple[int, int, int] = (12, 24, 16)
    vector: int = 192


class StretcherSizes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From codes to twice as many moments."""

    width: int = 512
    inner: int = 2048
    heads: int = 8
    layers: int = 6
    late_layers: int = 4


class PainterSizes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From noise to bands, by what the moments say."""

    width: int = 256
    heads: int = 8
    head: int = 64
    blocks: int = 4
    middle: int = 12


class SoundSizes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of `s3gen.safetensors`; `vocoder` and `pitch` are the widths from bands to samples and to pitch."""

    tokens: TokenSizes = TokenSizes()
    speaker: SpeakerSizes = SpeakerSizes()
    stretcher: StretcherSizes = StretcherSizes()
    painter: PainterSizes = PainterSizes()
    vocoder: int = 512
    pitch: int = 512

    @property
    def codes(self) -> int:
        """How many codes there are."""
        return int(3**self.tokens.digits)


def read_sizes(path: Path, published: Sizes) -> Sizes:
    """Those that the file of weights states, else the published ones. Raises: WeightsMissing, WeightsBroken."""
    stated = read_header(path).metadata.get(STATED)
    if stated is None:
        return published
    try:
        return msgspec.json.decode(stated, type=type(published))
    except (msgspec.MsgspecError, ValueError) as error:
        raise WeightsBroken(f"{path.name}: expected the sizes of Chatterbox, found otherwise: {error}.") from error
