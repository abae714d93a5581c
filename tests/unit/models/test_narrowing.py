"""Weights that are published in four bytes a number and kept in two: rewritten once, whatever a fetch is interrupted at."""

import hashlib
import json
import os
import signal
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save

from aiprod.errors import StorageFull, Unavailable, WeightsBroken, WeightsMissing
from aiprod.models.manifest import Manifest, parse_manifest
from aiprod.models.registry import Registry, Supply
from aiprod.models.sources.addresses import Access
from aiprod.models.sources.download import Patience
from aiprod.models.weights.narrowing import ORIGIN, is_wide, to_bf16, write_narrow
from aiprod.models.weights.safetensors import read_header
from aiprod.models.weights.strict import load_strict
from tests.unit.models.conftest import Publisher

KEPT = ("norm2",)
FIRST, SECOND, PLAIN = "transformer/net-1.safetensors", "transformer/net-2.safetensors", "vae/net.safetensors"
ROOT = "/makers/large/resolve/main/"


def tensors(seed: int) -> dict[str, torch.Tensor]:
    draw = torch.Generator().manual_seed(seed)
    return {
        f"blocks.{seed}.attn.weight": torch.randn(3, 5, generator=draw), f"blocks.{seed}.norm2.weight": torch.randn(7, generator=draw),
        f"blocks.{seed}.count": torch.tensor([seed]), f"blocks.{seed}.half": torch.randn(3, generator=draw).half(),
    }  # fmt: skip


FILES = {FIRST: save(tensors(1), {"format": "pt"}), SECOND: save(tensors(2), {"format": "pt"}), PLAIN: save(tensors(3))}


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def manifest(*, known: bool = False, about_gb: float = 0.0) -> Manifest:
    files = "".join(
        f'[[models.files]]\npath = "{path}"\nsize = {len(content)}\nsha256 = "{digest(content)}"\n' for path, content in FILES.items()
    )
    folders = 'folders = ["transformer", "vae"]\n'
    return parse_manifest(
        '[[models]]\nname = "large"\nversion = "1.0.0"\ntitle = "L"\nlicence = "MIT"\ncommercial = "yes"\nterms = ""\n'
        f"{'' if known else folders}{files if known else ''}"
        f'[models.narrowing]\nfolders = ["transformer"]\nfloat32 = ["norm2"]\nabout_gb = {about_gb}\n'
        '[[models.sources]]\nkind = "hub"\nrepository = "makers/large"\nrevision = "main"\n'
    )


def publish(publisher: Publisher) -> None:
    publisher.files = {f"{ROOT}{path}": content for path, content in FILES.items()}
    publisher.files["/api/models/makers/large/tree/main?recursive=true"] = json.dumps([
        {"type": "file", "path": path, "size": len(content), "lfs": {"oid": digest(content), "size": len(content)}}
        for path, content in FILES.items()
    ]).encode()  # fmt: skip


def registry(folder: Path, url: str, *, mirror: str = "", known: bool = False) -> Registry:
    patience = Patience(tries=1, pause_seconds=0.01, connect_seconds=1)
    return Registry(folder, manifest(known=known), Supply(access=Access(hub_url=url, mirror=mirror), patience=patience))


def asked(publisher: Publisher) -> list[str]:
    return sorted(one.path.removeprefix(ROOT) for one in publisher.asked if one.path.startswith(ROOT))


def test_numbers_are_rounded_as_torch_rounds_them() -> None:
    bits = np.random.default_rng(1).integers(0, 2**32, 200_000, dtype=np.uint32)
    special = np.array([0, 1 << 31, 0x7F800000, 0xFF800000, 0x7F7FFFFF, 0x7FC00000, 0x7F800001, 0xFFFFFFFF, 1, 0x00008000], np.uint32)
    values = np.concatenate([bits, special]).view(np.float32)
    ours = torch.from_numpy(to_bf16(values).view(np.int16)).view(torch.bfloat16)
    theirs = torch.from_numpy(values).bfloat16()
    assert torch.equal(ours.isnan(), theirs.isnan())
    real = ~theirs.isnan()
    assert torch.equal(ours[real].view(torch.int16), theirs[real].view(torch.int16))


def test_a_file_is_rewritten_but_for_what_stays_and_says_what_it_was_made_of(tmp_path: Path) -> None:
    path, target = tmp_path / "wide.safetensors", tmp_path / "narrow.safetensors"
    path.write_bytes(FILES[FIRST])
    assert is_wide(path, KEPT)
    assert write_narrow(path, target, KEPT, "a" * 64) == (target.stat().st_size, digest(target.read_bytes()))
    before, after = tensors(1), load_file(target)
    assert {key: tensor.dtype for key, tensor in after.items()} == {
        "blocks.1.attn.weight": torch.bfloat16, "blocks.1.norm2.weight": torch.float32, "blocks.1.count": torch.int64,
        "blocks.1.half": torch.float16,
    }  # fmt: skip
    assert all(torch.equal(tensor, before[key].to(tensor.dtype)) for key, tensor in after.items())
    header = read_header(target)
    assert header.metadata == {"format": "pt", ORIGIN: "a" * 64}
    assert not is_wide(target, KEPT)
    layer = torch.nn.Linear(5, 3, bias=False)
    (tmp_path / "one.safetensors").write_bytes(save({"weight": before["blocks.1.attn.weight"]}))
    write_narrow(tmp_path / "one.safetensors", target, (), "")
    assert torch.equal(load_strict(layer, [target], dtype=torch.bfloat16).weight, before["blocks.1.attn.weight"].bfloat16())


@pytest.mark.parametrize("known", [True, False])
def test_what_is_published_as_float32_is_kept_as_bf16(known: bool, tmp_path: Path, publisher: Publisher) -> None:
    publish(publisher)
    here = registry(tmp_path, publisher.url, known=known)
    notes = here.fetch("large")
    assert "2 files of large@1.0.0 that are published as float32 are kept as bf16, " in notes[0]
    assert str(tmp_path / "models.lock") in notes[0]
    home = here.check("large")
    here.verify("large")
    assert len(here.weights("large")) == 3
    assert load_file(home / FIRST)["blocks.1.attn.weight"].dtype is torch.bfloat16
    assert (home / PLAIN).read_bytes() == FILES[PLAIN]
    file = here.model("large").file(FIRST)
    assert (file.size, file.sha256) == ((home / FIRST).stat().st_size, digest((home / FIRST).read_bytes()))
    assert file.made_of is not None
    assert (file.made_of.size, file.made_of.sha256) == (len(FILES[FIRST]), digest(FILES[FIRST]))
    publisher.asked.clear()
    assert here.fetch("large") == ()
    assert publisher.asked == []
    assert not list(tmp_path.glob(".partial/*/*"))
    (home / FIRST).write_bytes((home / FIRST).read_bytes()[::-1])
    with pytest.raises(WeightsBroken, match="Expected SHA-256"):
        here.verify("large")
    assert here.fetch("large") != ()
    assert asked(publisher) == [FIRST]
    here.verify("large")


def test_another_file_than_the_published_one_is_refused_before_it_is_rewritten(tmp_path: Path, publisher: Publisher) -> None:
    publish(publisher)
    publisher.files[ROOT + FIRST] = FILES[FIRST][:-1] + b"x"
    with pytest.raises(Unavailable, match="with another SHA-256, refused"):
        registry(tmp_path, publisher.url, known=True).fetch("large")
    assert not list(tmp_path.rglob("net-1*"))


def test_a_fetch_that_was_cut_goes_on_with_what_was_rewritten_and_with_what_was_not(tmp_path: Path, publisher: Publisher) -> None:
    publish(publisher)
    missing = publisher.files.pop(ROOT + PLAIN)
    with pytest.raises(Unavailable, match="answered 404"):
        registry(tmp_path, publisher.url, known=True).fetch("large")
    publisher.files[ROOT + PLAIN] = missing
    scratch = tmp_path / ".partial" / "large-1.0.0"
    (scratch / "transformer").mkdir(parents=True, exist_ok=True)
    (scratch / SECOND).write_bytes(FILES[SECOND])  # killed before it was rewritten
    (scratch / f"{SECOND}.narrow").write_bytes(b"half")
    write_narrow_of = registry(tmp_path / "other", publisher.url, known=True)
    write_narrow_of.fetch("large")
    for suffix in ("", ".made"):  # killed after it was
        (scratch / f"{FIRST}{suffix}").unlink(missing_ok=True)
    (scratch / FIRST).write_bytes((write_narrow_of.check("large") / FIRST).read_bytes())
    pin = json.loads((tmp_path / "other" / "models.lock").read_text())["large@1.0.0"][FIRST]
    (scratch / f"{FIRST}.made").write_text(json.dumps(pin))
    publisher.asked.clear()
    here = registry(tmp_path, publisher.url, known=True)
    here.fetch("large")
    assert asked(publisher) == [PLAIN]
    here.verify("large")
    assert not scratch.exists()


def fetch_and_be_killed(folder: Path, url: str, at: str) -> None:
    """A fetch that is killed when it renames a file to that name, or would pin."""
    real, replace = os.kill, Path.replace

    def dying(self: Path, target: str | Path) -> Path:
        if str(target).endswith(at):
            real(os.getpid(), signal.SIGKILL)
        return replace(self, target)

    Path.replace = dying  # type: ignore[method-assign]
    registry(folder, url, known=True).fetch("large")


@pytest.mark.parametrize("at", [f".partial/large-1.0.0/{FIRST}", "models.lock", f"large/1.0.0/{SECOND}", "large/1.0.0/.receipt.json"])
def test_a_fetch_that_is_killed_loses_nothing(at: str, tmp_path: Path, publisher: Publisher) -> None:
    publish(publisher)
    killed = get_context("spawn").Process(target=fetch_and_be_killed, args=(tmp_path, publisher.url, at))
    killed.start()
    killed.join(60)
    assert killed.exitcode == -signal.SIGKILL
    publisher.asked.clear()
    here = registry(tmp_path, publisher.url, known=True)
    here.fetch("large")
    here.verify("large")
    assert here.state("large").state == "present"
    if at != f".partial/large-1.0.0/{FIRST}":  # where a file that has just come is renamed too
        assert asked(publisher) == []


@pytest.mark.parametrize("known", [True, False])
def test_what_was_fetched_before_is_rewritten_without_the_hub(known: bool, tmp_path: Path, publisher: Publisher) -> None:
    publish(publisher)
    here = registry(tmp_path, publisher.url, known=known)
    here.fetch("large")
    home = here.check("large")
    for path, content in FILES.items():
        (home / path).write_bytes(content)
    lock = {path: {"size": len(content), "sha256": digest(content)} for path, content in FILES.items()}
    (tmp_path / "models.lock").write_text(json.dumps({"large@1.0.0": {} if known else lock}))
    with pytest.raises(WeightsBroken, match=r"found 2 of its 3 files broken.*Run `aiprod models fetch large`"):
        here.check("large")
    publisher.asked.clear()
    here.fetch("large")
    assert publisher.asked == []
    here.verify("large")
    assert load_file(here.check("large") / SECOND)["blocks.2.attn.weight"].dtype is torch.bfloat16


@pytest.mark.parametrize("known", [True, False])
def test_a_mirror_has_files_as_they_lie_here_or_as_they_were_published(known: bool, tmp_path: Path, publisher: Publisher) -> None:
    publish(publisher)
    first = registry(tmp_path / "first", publisher.url, known=known)
    first.fetch("large")
    kept = {path: path.read_bytes() for path in first.folder.rglob("*") if path.is_file() and ".locks" not in path.parts}
    publisher.files |= {f"/ours/{path.relative_to(first.folder).as_posix()}": content for path, content in kept.items()}
    publisher.files |= {f"/older/large/1.0.0/{path}": content for path, content in FILES.items()}
    publisher.files["/older/models.lock"] = json.dumps({
        "large@1.0.0": {path: {"size": len(content), "sha256": digest(content)} for path, content in FILES.items()}
    }).encode()  # fmt: skip
    for mirror in ("ours", "older"):
        other = registry(tmp_path / mirror, "http://127.0.0.1:9", mirror=f"{publisher.url}/{mirror}", known=known)
        other.fetch("large")
        other.verify("large")
        assert other.model("large").files == first.model("large").files


def test_the_room_that_is_asked_for_is_that_of_what_stays(tmp_path: Path, publisher: Publisher) -> None:
    publish(publisher)
    with pytest.raises(StorageFull, match="free some"):
        Registry(tmp_path, manifest(known=True, about_gb=10**9), Supply(access=Access(hub_url=publisher.url))).fetch("large")
    told = Registry(tmp_path, manifest(known=True, about_gb=68))
    with pytest.raises(WeightsMissing, match="About 68 GB of it stay, for float32 is kept as bf16"):
        told.check("large")
