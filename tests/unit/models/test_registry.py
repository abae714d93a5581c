"""The models' registry: fetched once, checked, refused when wrong, pinned where nobody knew; over a real server."""

import json
import shutil
from multiprocessing import get_context
from pathlib import Path

import pytest

from aiprod.errors import InvalidInput, NotFound, StorageFull, Unavailable, WeightsBroken, WeightsMissing
from aiprod.models.manifest import BucketSource, HubSource, Manifest, own_manifest, parse_manifest
from aiprod.models.registry import FetchStep, Registry, Supply, default_folder
from aiprod.models.sources.addresses import Access
from aiprod.models.sources.download import Patience
from tests.unit.models.conftest import CONTENT, Fault, Publisher, manifest_of

QUICK = Patience(pause_seconds=0.01)


def registry_of(folder: Path, manifest: Manifest, access: Access | None = None) -> Registry:
    return Registry(folder, manifest, Supply(access=access or Access(), patience=QUICK))


def test_a_model_is_fetched_then_used_offline(tmp_path: Path, publisher: Publisher) -> None:
    steps: list[FetchStep] = []
    registry = registry_of(tmp_path, manifest_of(publisher.address()))
    assert registry.list()[0].state == "missing"
    assert registry.fetch("tiny", steps.append) == ()
    assert registry.path("tiny", "weights.bin").read_bytes() == CONTENT
    registry.verify("tiny")
    assert steps[-1].done_bytes == steps[-1].total_bytes == len(CONTENT)
    assert registry.list()[0].state == "present"
    registry.fetch("tiny")
    assert len(publisher.asked) == 1


def test_content_with_another_digest_is_refused_and_not_kept(tmp_path: Path, publisher: Publisher) -> None:
    publisher.files["/weights.bin"] = CONTENT[:-1] + b"!"
    registry = registry_of(tmp_path, manifest_of(publisher.address()))
    with pytest.raises(Unavailable) as caught:
        registry.fetch("tiny")
    assert "another SHA-256, refused" in str(caught.value)
    with pytest.raises(WeightsMissing):
        registry.path("tiny", "weights.bin")
    publisher.files["/weights.bin"] = CONTENT
    registry.fetch("tiny")
    assert registry.path("tiny", "weights.bin").read_bytes() == CONTENT


def test_the_next_source_is_used_when_one_fails(tmp_path: Path, publisher: Publisher) -> None:
    registry = registry_of(tmp_path, manifest_of("http://127.0.0.1:9/nothing", publisher.address()))
    registry.fetch("tiny")
    registry.verify("tiny")


def test_a_mirror_is_asked_before_the_models_own_sources(tmp_path: Path, publisher: Publisher) -> None:
    publisher.files["/ours/tiny/1.0.0/weights.bin"] = CONTENT
    registry = registry_of(
        tmp_path, manifest_of("http://127.0.0.1:9/nothing"), Access(mirror=f"{publisher.url}/ours")
    )
    registry.fetch("tiny")
    assert [one.path for one in publisher.asked] == ["/ours/tiny/1.0.0/weights.bin"]


def test_a_bucket_is_asked_by_its_own_addresses(tmp_path: Path, publisher: Publisher) -> None:
    inside = "/storage/v1/b/our-bucket/o/weights%2Ftiny%2F1.0.0%2Fweights.bin?alt=media"
    publisher.files[inside] = CONTENT
    access = Access(mirror="gs://our-bucket/weights/", storage_url=publisher.url)
    registry_of(tmp_path, manifest_of(), access).fetch("tiny")
    assert publisher.asked[0].path == inside
    assert str(BucketSource(address="gs://our-bucket/weights")) == "gs://our-bucket/weights"


def test_a_hub_is_asked_at_the_revision_with_the_token(tmp_path: Path, publisher: Publisher) -> None:
    hub = HubSource(repository="makers/tiny", revision="abc123", members={"weights.bin": "a folder/model.bin"})
    manifest = Manifest(models=(_with_sources(manifest_of(publisher.address()), hub),))
    publisher.files["/makers/tiny/resolve/abc123/a%20folder/model.bin"] = CONTENT
    registry_of(tmp_path, manifest, Access(hub_url=publisher.url, hub_token="secret")).fetch("tiny")
    assert publisher.asked[0].authorization == "Bearer secret"


def _with_sources(manifest: Manifest, *sources: object):  # type: ignore[no-untyped-def]
    import msgspec

    return msgspec.structs.replace(manifest.model("tiny"), sources=sources)


def test_without_a_network_one_sentence_tells_each_source_and_the_command(tmp_path: Path) -> None:
    registry = registry_of(tmp_path, manifest_of("http://127.0.0.1:9/a", "http://weights.invalid/b"))
    with pytest.raises(Unavailable) as caught:
        registry.fetch("tiny")
    sentence = str(caught.value)
    assert "127.0.0.1 could not be reached" in sentence
    assert "weights.invalid could not be reached" in sentence
    assert sentence.endswith("run `aiprod models fetch tiny` again.")
    assert "\n" not in sentence


@pytest.mark.parametrize("damage", ["missing", "truncated", "altered"])
def test_a_broken_file_is_told_with_the_command_and_mended_by_it(
    tmp_path: Path, publisher: Publisher, damage: str
) -> None:
    registry = registry_of(tmp_path, manifest_of(publisher.address()))
    registry.fetch("tiny")
    path = registry.path("tiny", "weights.bin")
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(CONTENT[:500] if damage == "truncated" else b"x" + CONTENT[1:])
    with pytest.raises(WeightsMissing if damage == "missing" else WeightsBroken) as caught:
        registry.verify("tiny")
    assert "un `aiprod models fetch tiny`" in str(caught.value)
    registry.fetch("tiny")
    registry.verify("tiny")


def test_what_is_here_and_right_needs_no_folder_that_can_be_written(tmp_path: Path, publisher: Publisher) -> None:
    registry = registry_of(tmp_path, manifest_of(publisher.address()))
    registry.fetch("tiny")
    shutil.rmtree(tmp_path / ".locks")
    assert registry.fetch("tiny") == ()
    assert not (tmp_path / ".locks").exists()


def test_a_file_is_hashed_again_only_when_it_has_changed(tmp_path: Path, publisher: Publisher) -> None:
    registry = registry_of(tmp_path, manifest_of(publisher.address()))
    registry.fetch("tiny")
    home = registry.home(registry.model("tiny"))
    receipt = json.loads((home / ".receipt.json").read_bytes())
    assert receipt["weights.bin"]["size"] == len(CONTENT)
    path = home / "weights.bin"
    before = path.stat().st_mtime_ns
    path.write_bytes(b"x" + CONTENT[1:])
    assert path.stat().st_mtime_ns != before
    registry.fetch("tiny")
    assert path.read_bytes() == CONTENT


def test_processes_that_want_a_model_at_once_fetch_it_once(tmp_path: Path, publisher: Publisher) -> None:
    context = get_context("spawn")
    workers = [context.Process(target=_fetch, args=(tmp_path, publisher.address())) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert len(publisher.asked) == 1
    Registry(tmp_path, manifest_of(publisher.address())).verify("tiny")


def _fetch(folder: Path, address: str) -> None:
    Registry(folder, manifest_of(address)).fetch("tiny")


def test_what_nobody_knew_is_pinned_at_the_first_fetch_and_held_to_from_then_on(tmp_path: Path, publisher: Publisher) -> None:
    registry = registry_of(tmp_path, manifest_of(publisher.address(), pinned=False))
    (note,) = registry.fetch("tiny")
    assert "No digest of weights.bin of tiny@1.0.0 was known" in note
    assert "is pinned in" in note
    assert registry.state("tiny").state == "present"
    registry.verify("tiny")
    registry.path("tiny", "weights.bin").unlink()
    publisher.files["/weights.bin"] = CONTENT[::-1]
    with pytest.raises(Unavailable) as caught:
        registry.fetch("tiny")
    assert "another SHA-256, refused" in str(caught.value)


def test_what_the_hub_states_is_held_against_what_it_sends(tmp_path: Path, publisher: Publisher) -> None:
    publisher.redirects["/weights.bin"] = publisher.address("/elsewhere")
    publisher.headers["/weights.bin"] = {"X-Linked-ETag": f'"{"0" * 64}"'}
    publisher.files["/elsewhere"] = CONTENT
    for pinned, said in ((True, "states another SHA-256"), (False, "with another SHA-256")):
        with pytest.raises(Unavailable) as caught:
            registry_of(tmp_path, manifest_of(publisher.address(), pinned=pinned)).fetch("tiny")
        assert said in str(caught.value)


def listing(*entries: tuple[str, bytes, bool]) -> bytes:
    import hashlib

    return json.dumps([
        {"type": "file", "path": path, "size": len(content), "oid": "0" * 40,
         **({"lfs": {"oid": hashlib.sha256(content).hexdigest(), "size": len(content)}} if large else {})}
        for path, content, large in entries
    ]).encode()  # fmt: skip


HUB_MODEL = """
[[models]]
name = "large"
version = "1.0.0"
title = "A large model"
licence = "Apache-2.0"
commercial = "yes"
terms = "By its makers."
gpu_memory_gb = 24
folders = ["", "transformer"]
about_gb = 12
[[models.sources]]
kind = "hub"
repository = "makers/large"
revision = "main"
"""


def test_a_model_whose_files_are_not_known_is_listed_by_its_hub_then_pinned(tmp_path: Path, publisher: Publisher) -> None:
    registry = registry_of(tmp_path, parse_manifest(HUB_MODEL), Access(hub_url=publisher.url))
    with pytest.raises(WeightsMissing) as missing:
        registry.check("large")
    for word in ("top folder, transformer", "makers/large", "about 12 GB", "Apache-2.0", "`aiprod models fetch large`"):
        assert word in str(missing.value)
    first = "/api/models/makers/large/tree/main?recursive=true"
    publisher.files[first] = listing(
        ("model_index.json", b"{}", False), ("whole.safetensors", b"w" * 99, True), ("transformer/net.bin", b"p", True),
        ("../out.json", b"{}", False), ("other/net.safetensors", b"o", True),
    )  # fmt: skip
    publisher.headers[first] = {"Link": f'<{publisher.url}/next>; rel="next"'}
    publisher.files["/next"] = listing(("transformer/net.safetensors", CONTENT, True))
    root = "/makers/large/resolve/main"
    publisher.files[f"{root}/model_index.json"] = b"{}"
    publisher.files[f"{root}/transformer/net.safetensors"] = CONTENT
    notes = registry.fetch("large")
    assert [("as the hub states" in note) for note in sorted(notes)] == [False, True]
    folder = registry.check("large")
    kept = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    assert kept == [".receipt.json", "model_index.json", "transformer/net.safetensors"]
    assert registry.weights("large", "transformer") == (folder / "transformer/net.safetensors",)
    asked = len(publisher.asked)
    registry.fetch("large")
    assert len(publisher.asked) == asked
    (folder / "transformer/net.safetensors").write_bytes(CONTENT[::-1])
    with pytest.raises(WeightsBroken) as broken:
        registry.weights("large", "transformer")
    assert "Expected SHA-256" in str(broken.value)


def test_what_a_team_has_pinned_comes_from_its_mirror_without_the_hub(tmp_path: Path, publisher: Publisher) -> None:
    manifest = parse_manifest(HUB_MODEL.replace('"", "transformer"', '"transformer"'))
    publisher.files["/api/models/makers/large/tree/main?recursive=true"] = listing(("transformer/net.safetensors", CONTENT, True))
    publisher.files["/makers/large/resolve/main/transformer/net.safetensors"] = CONTENT
    first = registry_of(tmp_path / "first", manifest, Access(hub_url=publisher.url))
    first.fetch("large")
    publisher.files = {
        f"/ours/{path.relative_to(first.folder).as_posix()}": path.read_bytes()
        for path in first.folder.rglob("*") if path.is_file() and ".locks" not in path.parts
    }  # fmt: skip
    away = Access(hub_url="http://127.0.0.1:9", mirror=f"{publisher.url}/ours")
    second = registry_of(tmp_path / "second", manifest, away)
    (note,) = second.fetch("large")
    assert "as the mirror states" in note
    assert second.weights("large", "transformer")[0].read_bytes() == CONTENT
    publisher.files["/ours/large/1.0.0/transformer/net.safetensors"] = CONTENT[::-1]
    with pytest.raises(Unavailable) as caught:
        registry_of(tmp_path / "third", manifest, away).fetch("large")
    assert "another SHA-256" in str(caught.value)
    del publisher.files["/ours/models.lock"]
    with pytest.raises(Unavailable) as unlisted:
        registry_of(tmp_path / "fourth", manifest, away).fetch("large")
    assert "answered 404 for models.lock" in str(unlisted.value)


def test_a_hub_without_safetensors_or_with_a_locked_door_is_a_short_reason(tmp_path: Path, publisher: Publisher) -> None:
    registry = registry_of(tmp_path, parse_manifest(HUB_MODEL), Access(hub_url=publisher.url))
    first = "/api/models/makers/large/tree/main?recursive=true"
    publisher.files[first] = listing(("transformer/net.bin", b"p", True))
    with pytest.raises(Unavailable) as caught:
        registry.fetch("large")
    assert "makers/large has no safetensors" in str(caught.value)
    publisher.headers[first] = {"Link": f'<{publisher.url}{first}>; rel="next"'}
    with pytest.raises(Unavailable) as endless:
        registry.fetch("large")
    assert "lists its files on more than 50 pages" in str(endless.value)
    del publisher.headers[first]
    publisher.faults.append(Fault(status=401))
    with pytest.raises(Unavailable) as locked:
        registry.fetch("large")
    assert "wants a token" in str(locked.value)
    publisher.files[first] = b"<html>"
    with pytest.raises(Unavailable) as nonsense:
        registry.fetch("large")
    assert "gave no list of files" in str(nonsense.value)


def test_a_model_that_cannot_fit_is_told_before_it_is_asked_for(tmp_path: Path, publisher: Publisher) -> None:
    manifest = manifest_of(publisher.address())
    huge = json.loads(json.dumps(len(CONTENT))) * 10**12
    text = f'[[models]]\nname = "tiny"\nversion = "1.0.0"\ntitle = "T"\nlicence = "MIT"\ncommercial = "yes"\nterms = ""\n[[models.files]]\npath = "weights.bin"\nsize = {huge}\n[[models.sources]]\nkind = "url"\n[models.sources.addresses]\n"weights.bin" = "{publisher.address()}"\n'
    assert manifest.model("tiny").size < huge
    with pytest.raises(StorageFull) as caught:
        registry_of(tmp_path, parse_manifest(text)).fetch("tiny")
    assert "free some or set AIPROD_MODELS_DIR" in str(caught.value)
    assert publisher.asked == []


def test_a_large_model_that_is_not_here_is_told_file_by_file(tmp_path: Path) -> None:
    with pytest.raises(WeightsMissing) as caught:
        Registry(tmp_path).check("wan2.2-ti2v-5b")
    sentence = str(caught.value)
    for word in ("20 of its 20 files missing", "34.2 GB", "text_encoder/model-00002-of-00003.safetensors (5.0 GB)",
                 "and 17 more", "Apache-2.0", "run `aiprod models fetch wan2.2-ti2v-5b`"):  # fmt: skip
        assert word.lower() in sentence.lower(), sentence


def test_a_single_file_that_is_not_here_is_told_as_a_whole_model_is(tmp_path: Path) -> None:
    registry = Registry(tmp_path)
    told: list[str] = []
    for ask in (lambda: registry.path("whisper-base", "model.bin"), lambda: registry.check("whisper-base")):
        with pytest.raises(WeightsMissing) as caught:
            ask()
        told.append(str(caught.value))
    assert told[0] == told[1]
    for word in ("4 of its 4 files missing, 147.9 MB", "Licence: MIT", "Run `aiprod models fetch whisper-base`."):
        assert word in told[0]


def test_versions_of_a_model_lie_side_by_side(tmp_path: Path, publisher: Publisher) -> None:
    newer = CONTENT[::-1]
    publisher.files["/newer.bin"] = newer
    older, later = manifest_of(publisher.address()), manifest_of(publisher.address("/newer.bin"), content=newer, version="1.1.0")
    registry = registry_of(tmp_path, Manifest(models=(*older.models, *later.models)))
    registry.fetch("tiny")
    with pytest.raises(WeightsMissing) as caught:
        registry.path("tiny", "weights.bin", "1.1.0")
    assert "`aiprod models fetch tiny@1.1.0`" in str(caught.value)
    registry.fetch("tiny@1.1.0")
    assert registry.path("tiny", "weights.bin").read_bytes() == CONTENT
    assert registry.path("tiny", "weights.bin", "1.1.0").read_bytes() == newer
    with pytest.raises(NotFound) as unknown:
        registry.fetch("tiny@2.0.0")
    assert "1.0.0, 1.1.0" in str(unknown.value)


def test_an_unknown_model_or_file_is_told_with_those_there_are(tmp_path: Path) -> None:
    registry = Registry(tmp_path)
    with pytest.raises(NotFound) as caught:
        registry.fetch("kokro")
    assert "kokoro-voices" in str(caught.value)
    with pytest.raises(NotFound):
        registry.path("kokoro", "other.bin")


ENTRY = '[[models]]\nname = "tiny"\nversion = "1.0.0"\ntitle = "T"\nlicence = "MIT"\ncommercial = "yes"\nterms = ""\nsources = []\nfiles = [{ path = "a" }]\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[models]]\nname = "tiny"\n', "version"),
        (ENTRY.replace("1.0.0", "newest"), "version"),
        (ENTRY.replace('"yes"', '"perhaps"'), "commercial"),
        (ENTRY.replace('path = "a"', 'path = "../a"'), "inside the folder"),
        (ENTRY.replace('path = "a"', 'path = "/a"'), "inside the folder"),
        (ENTRY.replace('path = "a"', 'path = "a", sha256 = "12"'), "sha256"),
        (ENTRY.replace('files = [{ path = "a" }]\n', ""), "neither"),
        (ENTRY + ENTRY, "tiny@1.0.0 again"),
    ],
)  # fmt: skip
def test_a_manifest_with_a_mistake_says_where(text: str, said: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_manifest(text)
    assert said in str(caught.value)


UNPINNED = ("musetalk", "syncnet", "ltx-2-camera", "chatterbox-multilingual")
"""Models whose publishers state no digest: the first fetch pins what it got."""


def test_every_model_says_what_it_may_be_used_for_and_where_it_is_had() -> None:
    for model in own_manifest().models:
        assert model.licence
        assert model.terms
        assert model.sources
        assert model.files or model.folders
        assert model.commercial != "conditions" or len(model.terms) > 40
        for file in model.files:
            if model.name.startswith(UNPINNED):
                assert (file.sha256, file.size) == ("", 0), f"{model.name}: {file.path} is known by half"
                continue
            assert len(file.sha256) == 64, f"{model.name}: {file.path}"
            assert file.size > 0


def test_every_model_that_draws_is_safetensors_alone() -> None:
    for model in own_manifest().models:
        if model.gpu_memory_gb:
            assert all(file.path.endswith((".safetensors", ".json", ".model")) for file in model.files), model.name


def test_the_folder_is_the_settings_or_the_users_cache() -> None:
    assert default_folder({"AIPROD_MODELS_DIR": "/models"}) == Path("/models")
    assert default_folder({}).parts[-3:] == (".cache", "aiprod", "models")
