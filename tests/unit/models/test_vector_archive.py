"""Kokoro's voices written byte by byte: the publisher's own file, whatever wrote it."""

import hashlib
import os
import zipfile
from pathlib import Path

import numpy as np
import pytest
from kokoro_onnx import Kokoro

from aiprod.models.manifest import own_manifest
from aiprod.models.registry import Registry, default_folder
from aiprod.models.sources.vector_archive import write_vector_archive

STYLES = np.arange(3 * 256, dtype="<f4").reshape(3, 1, 256)


@pytest.fixture(scope="module")
def published() -> Path:
    registry = Registry(default_folder(os.environ))
    registry.fetch("kokoro-voices")
    registry.fetch("kokoro")
    return registry.path("kokoro-voices", "voices-v1.0.bin")


def test_the_published_voices_written_anew_are_the_same_bytes(tmp_path: Path, published: Path) -> None:
    with np.load(published) as voices:
        write_vector_archive(tmp_path / "voices.bin", [(name, voices[name].tobytes()) for name in voices], (1, 256))
    digest = hashlib.sha256((tmp_path / "voices.bin").read_bytes()).hexdigest()
    assert digest == own_manifest().model("kokoro-voices").file("voices-v1.0.bin").sha256


def test_the_bytes_do_not_come_from_pythons_zip_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_vector_archive(tmp_path / "one.npz", [("a", STYLES.tobytes())], (1, 256))
    monkeypatch.setattr(zipfile, "DEFAULT_VERSION", 63)
    monkeypatch.setattr(zipfile, "ZIP64_VERSION", 20)
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 1)
    monkeypatch.setattr(zipfile.ZipInfo, "FileHeader", None)
    monkeypatch.setattr(np.lib.format, "write_array", None)
    monkeypatch.setattr(os, "umask", None)
    write_vector_archive(tmp_path / "two.npz", [("a", STYLES.tobytes())], (1, 256))
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_an_archive_is_whole_and_gives_its_numbers_back(tmp_path: Path) -> None:
    path = tmp_path / "voices.npz"
    write_vector_archive(path, [("a", STYLES.tobytes()), ("voice_b", (STYLES * 2).tobytes())], (1, 256))
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert [entry.date_time for entry in archive.infolist()] == [(1980, 1, 1, 0, 0, 0)] * 2
    with np.load(path, allow_pickle=False) as arrays:
        assert list(arrays) == ["a", "voice_b"]
        np.testing.assert_array_equal(arrays["a"], STYLES)
        np.testing.assert_array_equal(arrays["voice_b"], STYLES * 2)


def test_kokoro_onnx_reads_the_voices_that_are_written(tmp_path: Path, published: Path) -> None:
    with np.load(published) as voices:
        heart = voices["af_heart"]
    path = tmp_path / "voices.bin"
    write_vector_archive(path, [("af_heart", heart.tobytes())], (1, 256))
    kokoro = Kokoro(str(published.parents[2] / "kokoro" / "1.0.0" / "kokoro-v1.0.int8.onnx"), str(path))
    assert kokoro.get_voices() == ["af_heart"]
    np.testing.assert_array_equal(kokoro.get_voice_style("af_heart"), heart)


@pytest.mark.parametrize("size", [0, 1000, 256 * 4 + 1])
def test_vectors_that_are_no_whole_styles_are_refused(tmp_path: Path, size: int) -> None:
    with pytest.raises(ValueError, match="multiple of 1024 bytes"):
        write_vector_archive(tmp_path / "voices.npz", [("a", bytes(size))], (1, 256))
