"""What this machine remembers of files survives everybody who writes at once."""

import threading
from pathlib import Path

from aiprod.models.manifest import parse_manifest
from aiprod.models.pins import LOCK, RECEIPT, Pin, Pins, Receipts

WRITERS = 24
MODEL = """
[[models]]
name = "model-{number}"
version = "1.0.0"
title = "A model"
licence = "Apache-2.0"
commercial = "yes"
terms = "By its makers."
files = [{{ path = "net.safetensors" }}]
[[models.sources]]
kind = "url"
addresses = {{ "net.safetensors" = "https://models.example/net.safetensors" }}
"""


def test_pins_of_models_fetched_at_the_same_moment_are_all_kept(tmp_path: Path) -> None:
    manifest = parse_manifest("".join(MODEL.format(number=number) for number in range(WRITERS)))
    ready = threading.Barrier(WRITERS)

    def fetched(number: int) -> None:
        ready.wait()
        Pins(tmp_path).add(manifest.model(f"model-{number}"), {"net.safetensors": Pin(size=9, sha256=f"{number:064}")})

    threads = [threading.Thread(target=fetched, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = [Pins(tmp_path).completed(model).files[0].sha256 for model in manifest.models]
    assert kept == [f"{number:064}" for number in range(WRITERS)]


def test_what_one_user_fetched_another_users_job_can_read(tmp_path: Path) -> None:
    manifest = parse_manifest(MODEL.format(number=1))
    Pins(tmp_path).add(manifest.model("model-1"), {"net.safetensors": Pin(size=9, sha256=f"{1:064}")})
    (tmp_path / "net.safetensors").write_bytes(b"numbers")
    plain = (tmp_path / "net.safetensors").stat().st_mode
    Receipts(tmp_path).digest("net.safetensors")
    assert [(tmp_path / name).stat().st_mode for name in (LOCK, RECEIPT)] == [plain, plain]
