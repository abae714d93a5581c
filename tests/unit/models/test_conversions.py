"""A model that is another one rewritten: what happens where that one cannot be had or is not what it should be."""

from pathlib import Path

import msgspec
import pytest

from aiprod.errors import Unavailable
from aiprod.models.manifest import ConversionSource, Manifest
from aiprod.models.registry import Registry, Supply
from aiprod.models.sources.download import Patience
from tests.unit.models.conftest import CONTENT, Publisher, manifest_of

NOWHERE = "http://127.0.0.1:9/nothing"


def registry_of(folder: Path, published: str, *others: str) -> Registry:
    """Of a model called tiny, which is a conversion of `tiny-published`, or had at the other addresses."""
    source = ConversionSource(converter="voice-encoder-to-safetensors", model="tiny-published")
    tiny, origin = manifest_of(*others).model("tiny"), manifest_of(published).model("tiny")
    origin = msgspec.structs.replace(
        origin, name="tiny-published", files=(msgspec.structs.replace(origin.files[0], path="voice-encoder.bin"),),
        sources=tuple(msgspec.structs.replace(one, addresses={"voice-encoder.bin": published}) for one in origin.sources),
    )  # fmt: skip
    tiny = msgspec.structs.replace(tiny, sources=(source, *tiny.sources))
    return Registry(folder, Manifest(models=(tiny, origin)), Supply(patience=Patience(pause_seconds=0.01)))


def test_where_the_origin_of_a_conversion_cannot_be_had_the_next_source_is_asked(tmp_path: Path, publisher: Publisher) -> None:
    registry = registry_of(tmp_path, NOWHERE, publisher.address())
    registry.fetch("tiny")
    assert registry.path("tiny", "weights.bin").read_bytes() == CONTENT


def test_where_the_origin_of_a_conversion_is_something_else_the_next_source_is_asked(tmp_path: Path, publisher: Publisher) -> None:
    registry = registry_of(tmp_path, publisher.address(), publisher.address())
    registry.fetch("tiny")
    assert registry.path("tiny", "weights.bin").read_bytes() == CONTENT


def test_every_sources_reason_is_told_that_of_a_conversions_origin_among_them(tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as caught:
        registry_of(tmp_path, NOWHERE, "http://weights.invalid/b").fetch("tiny")
    sentence = str(caught.value)
    assert sentence.startswith("The model tiny could not be fetched from any of its sources (conversion of tiny-published: ")
    assert "127.0.0.1 could not be reached for voice-encoder.bin" in sentence
    assert "weights.invalid could not be reached for weights.bin" in sentence
    assert sentence.endswith("run `aiprod models fetch tiny` again.")
