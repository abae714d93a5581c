"""Values to JSON and back, strictly: dataclasses, tuples, enums and exact fractions ("31/30").

Knows no type of its own; a value that does not fit its type is an InvalidInput with the path to the fault.
"""

import hashlib
import threading
from fractions import Fraction
from pathlib import PurePath
from typing import Any, TypeVar, cast

import msgspec

from aiprod.errors import InvalidInput

T = TypeVar("T")


def _from_foreign(value: object) -> object:
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, PurePath):
        return str(value)
    raise TypeError(f"Expected a value that JSON can carry, found {type(value).__name__}.")


def _to_foreign(type_: type, value: object) -> object:
    if type_ is Fraction and isinstance(value, str | int):
        return Fraction(value)
    raise TypeError(f"Expected {type_.__name__}, found {type(value).__name__}.")


_learning = threading.Lock()
_learnt: set[object] = set()


def learnt(type_: type[T]) -> type[T]:
    """The same type, which msgspec knows from now on: it learns one at its first use, and ends the process where two threads
    let it do so at once."""
    if type_ not in _learnt:
        with _learning:
            msgspec.json.Decoder(type_, dec_hook=_to_foreign)
            _learnt.add(type_)
    return type_


_ENCODER = msgspec.json.Encoder(enc_hook=_from_foreign, order="sorted")


def to_fields(value: object) -> dict[str, Any]:
    """A dataclass as the plain JSON object that documents store."""
    return cast("dict[str, Any]", msgspec.to_builtins(value, enc_hook=_from_foreign))


def from_fields(type_: type[T], fields: object, *, source: str = "document") -> T:
    """A dataclass from a plain JSON object. Raises: InvalidInput."""
    try:
        return msgspec.convert(fields, learnt(type_), dec_hook=_to_foreign, strict=True)
    except (msgspec.ValidationError, ValueError) as error:
        raise InvalidInput(source, expected=f"a {type_.__name__}", found=str(error)) from error


def to_json(value: object) -> bytes:
    """Canonical JSON: keys sorted, no space, so that equal values are equal bytes."""
    return _ENCODER.encode(value)


def to_readable_json(value: object) -> bytes:
    """The same content, indented for people, with a last newline."""
    return msgspec.json.format(_ENCODER.encode(value), indent=2) + b"\n"


def from_json(type_: type[T], text: bytes | str, *, source: str = "JSON") -> T:
    """A dataclass from JSON text. Raises: InvalidInput."""
    try:
        return msgspec.json.decode(text, type=learnt(type_), dec_hook=_to_foreign, strict=True)
    except (msgspec.MsgspecError, ValueError) as error:
        raise InvalidInput(source, expected=f"a {type_.__name__}", found=str(error)) from error


def key_of(*parts: object) -> str:
    """The KEY of an artefact: a hash of everything it depends on, 20 hexadecimal digits."""
    return hashlib.sha256(to_json(list(parts))).hexdigest()[:20]
