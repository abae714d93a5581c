"""ONNX's form, as far as a network's constant arrays and its nodes go: read without onnx or onnxruntime.

Knows protobuf's wire form and the numbers of ONNX's fields; no network. Source: onnx.proto3, IR version 8.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from aiprod.errors import WeightsBroken
from aiprod.models.weights.safetensors import Array

_KINDS = {1: "<f4", 2: "u1", 3: "i1", 6: "<i4", 7: "<i8"}
"""ONNX's numbers of the kinds of numbers that are read."""
_SIGNED, _WIDE = 5, 7
"""Fields that hold an array's whole numbers where it has no raw bytes."""
_FLOATS, _RAW = 4, 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One step of a network: what it does, its name, what it reads."""

    operator: str
    name: str
    inputs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """A network's steps, and its constant arrays by name."""

    nodes: tuple[Node, ...]
    arrays: Mapping[str, Array]


def read_graph(path: Path) -> Graph:
    """The network in a file. Raises: WeightsBroken."""
    try:
        model = memoryview(path.read_bytes())
        graph = next(_bytes(value) for field, value in _fields(model) if field == 7)
        parts = list(_fields(graph))
        nodes = tuple(_node(_bytes(value)) for field, value in parts if field == 1)
        arrays = dict(_array(_bytes(value)) for field, value in parts if field == 5)
    except (IndexError, ValueError, KeyError, StopIteration, UnicodeDecodeError) as error:
        raise WeightsBroken(f"Expected an ONNX network in {path.name}, found something else; fetch it again.") from error
    return Graph(nodes=nodes, arrays=arrays)


def _node(content: memoryview) -> Node:
    texts: dict[int, list[str]] = {1: [], 3: [""], 4: [""]}
    for field, value in _fields(content):
        if field in texts:
            texts[field].append(str(_bytes(value), "utf-8"))
    return Node(operator=texts[4][-1], name=texts[3][-1], inputs=tuple(texts[1]))


def _array(content: memoryview) -> tuple[str, Array]:
    shape: list[int] = []
    name, kind, raw = "", 0, memoryview(b"")
    numbers: list[int] = []
    for field, value in _fields(content):
        if field == 1 and isinstance(value, int):
            shape.append(value)
        elif field == 2 and isinstance(value, int):
            kind = value
        elif field == 8:
            name = str(_bytes(value), "utf-8")
        elif field in (_RAW, _FLOATS):
            raw = _bytes(value)
        elif field in (_SIGNED, _WIDE):
            numbers += [value] if isinstance(value, int) else _whole_numbers(_bytes(value))
    dtype = np.dtype(_KINDS[kind])
    if numbers:
        return name, np.array(numbers, dtype=np.uint64).astype(dtype).reshape(shape)
    return name, np.frombuffer(raw, dtype).reshape(shape)


def _fields(content: memoryview) -> Iterator[tuple[int, "int | memoryview"]]:
    """Each field's number and content, in order."""
    place = 0
    while place < len(content):
        tag, place = _number(content, place)
        kind = tag & 7
        if kind == 0:
            value, place = _number(content, place)
            yield tag >> 3, value
            continue
        size, place = _number(content, place) if kind == 2 else ({1: 8, 5: 4}[kind], place)
        if place + size > len(content):
            raise ValueError("cut off")
        yield tag >> 3, content[place : place + size]
        place += size


def _number(content: memoryview, place: int) -> tuple[int, int]:
    """A whole number of seven bits a byte, and where it ends."""
    number = shift = 0
    while True:
        byte = content[place]
        number |= (byte & 127) << shift
        place, shift = place + 1, shift + 7
        if byte < 128:
            return number, place


def _whole_numbers(content: memoryview) -> list[int]:
    numbers: list[int] = []
    place = 0
    while place < len(content):
        number, place = _number(content, place)
        numbers.append(number)
    return numbers


def _bytes(value: "int | memoryview") -> memoryview:
    if isinstance(value, int):
        raise ValueError("expected bytes, found a number")
    return value
