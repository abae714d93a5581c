"""Weights enter a network only if every key, shape and kind of number fits, and they enter it without a second copy."""

import io
import json
import pickle
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from aiprod.errors import WeightsBroken, WeightsMissing
from aiprod.models.weights.safetensors import Array, read_arrays, read_header, write_arrays
from aiprod.models.weights.strict import build_empty, load_strict


class Net(torch.nn.Module):
    """A projection, a norm, an embedding used twice, and a table that it computes for itself."""

    def __init__(self) -> None:
        super().__init__()
        self.project = torch.nn.Linear(3, 2)
        self.norm = torch.nn.LayerNorm(2)
        self.words = torch.nn.Embedding(5, 2)
        self.again = torch.nn.Embedding(5, 2)
        self.again.weight = self.words.weight
        self.register_buffer("table", torch.empty(4).copy_(torch.arange(4)), persistent=False)
        self.register_buffer("count", torch.zeros(1, dtype=torch.int64))


def arrays() -> dict[str, Array]:
    draw = np.random.default_rng(7)
    shapes = {"project.weight": (2, 3), "project.bias": (2,), "norm.weight": (2,), "norm.bias": (2,), "words.weight": (5, 2)}
    held: dict[str, Array] = {key: draw.standard_normal(shape).astype(np.float32) for key, shape in shapes.items()}
    return held | {"count": np.array([4], dtype=np.int64)}


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    path = tmp_path / "net.safetensors"
    write_arrays(path, arrays(), {"format": "pt"})
    return path


def test_every_parameter_has_its_content_and_what_the_network_computes_stays(weights: Path) -> None:
    net = build_empty(Net)
    assert net.project.weight.is_meta
    assert not net.table.is_meta
    load_strict(net, [weights])
    for key, array in arrays().items():
        assert torch.equal(net.state_dict()[key], torch.from_numpy(np.array(array)))
    assert net.again.weight is net.words.weight
    assert net.table.tolist() == [0, 1, 2, 3]
    assert not any(parameter.requires_grad for parameter in net.parameters())
    assert not net.training


def test_numbers_are_loaded_in_the_precision_asked_for_but_for_the_parts_that_need_more(weights: Path) -> None:
    net = load_strict(build_empty(Net), [weights], dtype=torch.bfloat16, float32=("norm",))
    assert net.project.weight.dtype == net.words.weight.dtype == torch.bfloat16
    assert net.norm.weight.dtype == torch.float32
    assert net.count.dtype == torch.int64
    assert torch.equal(net.project.weight, torch.from_numpy(np.array(arrays()["project.weight"])).to(torch.bfloat16))


def test_shards_are_read_by_their_index(tmp_path: Path) -> None:
    held = arrays()
    places = {key: f"net-{1 + (key > 'norm.weight')}-of-2.safetensors" for key in held}
    for shard in set(places.values()):
        write_arrays(tmp_path / shard, {key: held[key] for key in held if places[key] == shard}, {})
    index = tmp_path / "net.safetensors.index.json"
    index.write_text(json.dumps({"weight_map": places}))
    net = load_strict(build_empty(Net), [index])
    assert torch.equal(net.project.bias, torch.from_numpy(np.array(held["project.bias"])))
    index.write_text(json.dumps({"weight_map": places | {"count": places["words.weight"]}}))
    with pytest.raises(WeightsBroken) as caught:
        load_strict(build_empty(Net), [index])
    assert "count" in str(caught.value)
    index.write_text(json.dumps({"weight_map": places}))
    (tmp_path / "net-2-of-2.safetensors").unlink()
    with pytest.raises(WeightsMissing) as missing:
        load_strict(build_empty(Net), [index])
    assert "net-2-of-2.safetensors" in str(missing.value)
    index.write_text(json.dumps({"weight_map": {"count": "../elsewhere.safetensors"}}))
    with pytest.raises(WeightsBroken) as outside:
        load_strict(build_empty(Net), [index])
    assert "beside the index" in str(outside.value)


def changed(key: str, array: Array | None) -> Callable[[dict[str, Array]], None]:
    def change(held: dict[str, Array]) -> None:
        held.pop(key, None)
        if array is not None:
            held[key] = array

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (changed("project.bias", None), ["project.bias", "expected [2]", "found nothing"]),
        (changed("head.weight", np.zeros((9, 1), np.float32)), ["head.weight", "expected no such key", "F32 [9, 1]"]),
        (changed("project.weight", np.zeros((3, 2), np.float32)), ["project.weight", "expected the shape [2, 3]", "found [3, 2]"]),
        (changed("count", np.zeros(1, np.float32)), ["count", "expected numbers of torch.int64", "found torch.float32"]),
        (changed("project.bias", np.zeros(2, np.int64)), ["project.bias", "torch.float32", "torch.int64"]),
        (changed("project.bias", np.zeros(2, np.float16)), ["project.bias", "torch.float32", "torch.float16"]),
        (changed("again.weight", np.ones((5, 2), np.float32)), ["again.weight", "equal to words.weight"]),
    ],
)  # fmt: skip
def test_a_key_that_does_not_fit_is_told_with_its_file_and_what_was_found(
    tmp_path: Path, change: Callable[[dict[str, Array]], None], told: list[str]
) -> None:
    held = arrays()
    change(held)
    path = tmp_path / "net.safetensors"
    write_arrays(path, held, {})
    with pytest.raises(WeightsBroken) as caught:
        load_strict(build_empty(Net), [path])
    sentence = str(caught.value)
    assert all(words in sentence for words in ["net.safetensors", *told]), sentence
    assert "\n" not in sentence


def test_many_faults_are_counted_and_not_all_told(tmp_path: Path) -> None:
    path = tmp_path / "net.safetensors"
    write_arrays(path, {f"other.{n}": np.zeros(1, np.float32) for n in range(9)}, {})
    with pytest.raises(WeightsBroken) as caught:
        load_strict(build_empty(Net), [path])
    assert "and 11 more" in str(caught.value)


def test_a_network_with_something_that_nobody_fills_is_refused(weights: Path) -> None:
    class Hollow(Net):
        def __init__(self) -> None:
            super().__init__()
            self.register_buffer("hollow", torch.empty(3, device="meta"), persistent=False)

    with pytest.raises(WeightsBroken) as caught:
        load_strict(build_empty(Hollow), [weights])
    assert "hollow" in str(caught.value)


def header(described: object, body: bytes = b"") -> bytes:
    text = json.dumps(described).encode()
    return struct.pack("<Q", len(text)) + text + body


def one(dtype: object = "F32", shape: object = (1,), offsets: object = (0, 4)) -> dict[str, object]:
    return {"a": {"dtype": dtype, "shape": shape, "data_offsets": offsets}}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "0 bytes"),
        (b"<!doctype html><html>", "begin otherwise"),
        (struct.pack("<Q", 1 << 60), "begin otherwise"),
        (struct.pack("<Q", 4) + b"what", "a JSON header"),
        (struct.pack("<Q", 400_000) + b"[" * 200_000 + b"]" * 200_000, "a JSON header"),
        (header(one(shape=(1,) * 70), b"1234"), "a shape and two offsets of a"),
        (header([1]), "a JSON header"),
        (header(one(), b"123"), "found 11"),
        (header(one(), b"12345"), "something behind its arrays"),
        (header(one("F31"), b"1234"), "'F31'"),
        (header(one(shape=(2,)), b"1234"), "8 bytes of a (F32, [2])"),
        (header(one(shape=(-1,)), b"1234"), "a shape and two offsets of a"),
        (header(one(offsets=(4, 8)), b"12345678"), "a at byte"),
        (header(one() | {"b": one()["a"]}, b"1234"), "b at byte"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_whole_safetensors_is_told(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "net.safetensors"
    path.write_bytes(content)
    with pytest.raises(WeightsBroken) as caught:
        read_header(path)
    assert "net.safetensors" in str(caught.value)
    assert told.replace("found 11", "cut off") in str(caught.value)


def test_a_header_of_gigabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "net.safetensors"
    with path.open("wb") as out:
        out.write(struct.pack("<Q", 2 << 30))
        out.truncate((2 << 30) + 8)
    with pytest.raises(WeightsBroken, match="a header of at most 100000000 bytes, found one of 2147483648"):
        read_header(path)


@pytest.mark.parametrize("content", ["[", "[" * 200_000, "{}", '{"weight_map": {"count": 5}}', '{"weight_map": ["count"]}'])
def test_an_index_that_names_no_shards_is_told(tmp_path: Path, content: str) -> None:
    index = tmp_path / "net.safetensors.index.json"
    index.write_text(content)
    with pytest.raises(WeightsBroken, match="expected an index with a weight_map"):
        load_strict(build_empty(Net), [index])


def test_every_cut_of_a_file_is_noticed(weights: Path) -> None:
    whole = weights.read_bytes()
    for length in range(0, len(whole), 7):
        weights.write_bytes(whole[:length])
        with pytest.raises(WeightsBroken):
            load_strict(build_empty(Net), [weights])


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("archive/data.pkl", b"cos\nsystem\n")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("net.bin", b"anything"), ("net.pt", b""), ("net.ckpt", b"x"), ("net.pth", b"x"),
        ("net.safetensors", zipped()), ("net.safetensors", pickle.dumps({"a": [1.5] * 900}, protocol=4)),
        ("net.safetensors", pickle.dumps({"a": 1}, protocol=2)),
    ],
)  # fmt: skip
def test_a_pickle_is_refused_by_its_name_and_by_its_content(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(WeightsBroken) as caught:
        load_strict(build_empty(Net), [path])
    assert "pickle" in str(caught.value)
    assert name in str(caught.value)


def test_arrays_that_lie_at_odd_bytes_are_read_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "odd.safetensors"
    numbers = np.array([1.5, -2.0], dtype=np.float32)
    path.write_bytes(header({"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}, "__metadata__": {"b": "c"}}, numbers.tobytes()))
    assert read_header(path).entries["a"].start % 4
    assert read_arrays(path)[0]["a"].tolist() == [1.5, -2.0]

    class Two(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.a = torch.nn.Parameter(torch.empty(2))

    assert load_strict(build_empty(Two), [path]).a.tolist() == [1.5, -2.0]


MEASURED = """
import sys
from pathlib import Path
import torch
from aiprod.models.weights.strict import build_empty, load_strict

def anonymous():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon"))

build_empty(lambda: torch.nn.Linear(8, 8))
before = anonymous()
net = build_empty(lambda: torch.nn.Linear(4096, 8192, bias=False))
load_strict(net, [Path(sys.argv[1])], dtype=getattr(torch, sys.argv[2]))
print(anonymous() - before, float(net.weight.double().sum(dim=1)[0]))
"""


@pytest.mark.parametrize(("kind", "copies"), [("float32", 0.0), ("bfloat16", 0.5)])
def test_loading_makes_no_second_copy_in_memory(tmp_path: Path, kind: str, copies: float) -> None:
    path = tmp_path / "large.safetensors"
    write_arrays(path, {"weight": np.full((8192, 4096), 0.5, dtype=np.float32)}, {})
    run = subprocess.run([sys.executable, "-c", MEASURED, str(path), kind], capture_output=True, text=True, check=True)
    grown_kib, total = run.stdout.split()
    assert float(total) == 2048.0
    size_kib = path.stat().st_size / 1024
    assert abs(int(grown_kib) - copies * size_kib) < 0.3 * size_kib
