"""The models' registry: fetched once, checked, resumed, refused when wrong; over a real server on this machine."""

import hashlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from pathlib import Path

import pytest

from aiprod.errors import InvalidInput, NotFound, Unavailable, WeightsBroken, WeightsMissing
from aiprod.models.manifest import Manifest, own_manifest, parse_manifest
from aiprod.models.registry import FetchStep, Registry, default_folder

CONTENT = bytes(range(256)) * 4000


@dataclass
class Publisher:
    """A web server with one file, which may stop half-way once, ignore ranges, or give other bytes."""

    address: str = ""
    content: bytes = CONTENT
    stop_after: int | None = None
    ranges: bool = True
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    facts = Publisher()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers.get("Range", "")
            facts.asked.append(wanted)
            start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and facts.ranges else 0
            body = facts.content[start:]
            self.send_response(206 if start else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if facts.stop_after is not None:
                body, facts.stop_after = body[: facts.stop_after], None
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    facts.address = f"http://127.0.0.1:{server.server_port}/weights"
    yield facts
    server.shutdown()
    thread.join()
    server.server_close()


def manifest_of(*addresses: str, content: bytes = CONTENT) -> Manifest:
    sources = "".join(
        f'[[models.sources]]\nkind = "url"\n[models.sources.addresses]\n"weights.bin" = "{address}"\n'
        for address in addresses
    )
    return parse_manifest(
        '[[models]]\nname = "tiny"\nversion = "1.0.0"\ntitle = "A tiny model"\nlicence = "CC0-1.0"\nterms = ""\n'
        f'[[models.files]]\npath = "weights.bin"\nsize = {len(content)}\n'
        f'sha256 = "{hashlib.sha256(content).hexdigest()}"\n{sources}'
    )


def test_a_model_is_fetched_then_used_offline(tmp_path: Path, publisher: Publisher) -> None:
    steps: list[FetchStep] = []
    registry = Registry(tmp_path, manifest_of(publisher.address))
    assert registry.list()[0].state == "missing"
    registry.fetch("tiny", steps.append)
    assert registry.path("tiny", "weights.bin").read_bytes() == CONTENT
    registry.verify("tiny")
    assert steps[-1].done_bytes == steps[-1].total_bytes == len(CONTENT)
    assert registry.list()[0].state == "present"
    registry.fetch("tiny")
    assert len(publisher.asked) == 1


def test_an_interrupted_download_goes_on_where_it_stopped(tmp_path: Path, publisher: Publisher) -> None:
    publisher.stop_after = 300_000
    registry = Registry(tmp_path, manifest_of(publisher.address))
    with pytest.raises(Unavailable):
        registry.fetch("tiny")
    registry.fetch("tiny")
    assert registry.path("tiny", "weights.bin").read_bytes() == CONTENT
    start = int(publisher.asked[1].removeprefix("bytes=").rstrip("-"))
    assert 0 < start <= 300_000


def test_a_server_that_cannot_resume_is_read_from_the_start(tmp_path: Path, publisher: Publisher) -> None:
    publisher.stop_after, publisher.ranges = 300_000, False
    registry = Registry(tmp_path, manifest_of(publisher.address))
    with pytest.raises(Unavailable):
        registry.fetch("tiny")
    registry.fetch("tiny")
    assert registry.path("tiny", "weights.bin").read_bytes() == CONTENT


def test_content_with_another_digest_is_refused_and_not_kept(tmp_path: Path, publisher: Publisher) -> None:
    publisher.content = CONTENT[:-1] + b"!"
    registry = Registry(tmp_path, manifest_of(publisher.address))
    with pytest.raises(Unavailable) as caught:
        registry.fetch("tiny")
    assert "another SHA-256, refused" in str(caught.value)
    with pytest.raises(WeightsMissing):
        registry.path("tiny", "weights.bin")
    publisher.content = CONTENT
    registry.fetch("tiny")
    assert registry.path("tiny", "weights.bin").read_bytes() == CONTENT


def test_the_next_source_is_used_when_one_fails(tmp_path: Path, publisher: Publisher) -> None:
    registry = Registry(tmp_path, manifest_of("http://127.0.0.1:9/nothing", publisher.address))
    registry.fetch("tiny")
    registry.verify("tiny")


def test_without_a_network_one_sentence_tells_each_source_and_the_command(tmp_path: Path) -> None:
    registry = Registry(tmp_path, manifest_of("http://127.0.0.1:9/a", "http://weights.invalid/b"))
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
    registry = Registry(tmp_path, manifest_of(publisher.address))
    registry.fetch("tiny")
    path = registry.path("tiny", "weights.bin")
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(CONTENT[:500] if damage == "truncated" else b"x" + CONTENT[1:])
    with pytest.raises(WeightsMissing if damage == "missing" else WeightsBroken) as caught:
        registry.verify("tiny")
    assert "run `aiprod models fetch tiny`" in str(caught.value)
    registry.fetch("tiny")
    registry.verify("tiny")


def test_processes_that_want_a_model_at_once_fetch_it_once(tmp_path: Path, publisher: Publisher) -> None:
    context = get_context("spawn")
    workers = [context.Process(target=_fetch, args=(tmp_path, publisher.address)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert len(publisher.asked) == 1
    Registry(tmp_path, manifest_of(publisher.address)).verify("tiny")


def _fetch(folder: Path, address: str) -> None:
    Registry(folder, manifest_of(address)).fetch("tiny")


def test_an_unknown_model_or_file_is_told_with_those_there_are(tmp_path: Path) -> None:
    registry = Registry(tmp_path)
    with pytest.raises(NotFound) as caught:
        registry.fetch("kokro")
    assert "kokoro-voices" in str(caught.value)
    with pytest.raises(NotFound):
        registry.path("kokoro", "other.bin")


def test_a_manifest_with_a_mistake_says_where() -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_manifest('[[models]]\nname = "tiny"\n')
    assert "version" in str(caught.value)


def test_every_model_has_a_licence_terms_and_a_source_for_each_file() -> None:
    for model in own_manifest().models:
        assert model.licence
        assert model.terms
        assert len(model.version.split(".")) == 3
        assert model.sources
        for file in model.files:
            assert len(file.sha256) == 64
            assert file.size > 0


def test_the_folder_is_the_settings_or_the_users_cache() -> None:
    assert default_folder({"AIPROD_MODELS_DIR": "/models"}) == Path("/models")
    assert default_folder({}).parts[-3:] == (".cache", "aiprod", "models")
