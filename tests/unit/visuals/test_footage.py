"""Pictures of a model into a clip, as the graphics card encodes them."""

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import pytest

from aiprod.ports import Shot
from aiprod.profiles import Shape
from aiprod.visuals import footage


@pytest.mark.parametrize("rate", [8, 10, 24])
def test_the_card_encodes_groups_of_pictures_however_short_they_are(rate: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[dict[str, object]] = []

    @contextmanager
    def pipe(*_: object, **options: object) -> Iterator[None]:
        given.append(options)
        yield None

    monkeypatch.setattr(footage, "nvenc_works", lambda: True)
    monkeypatch.setattr(footage, "open_pipe", pipe)
    shape = Shape(width_px=64, height_px=64)
    shot = Shot(scene=1, spec="", frames=rate, rate=Fraction(rate), shape=shape, seed=1, style="")
    with footage.open_footage(footage.Source(shape=shape, rate=Fraction(rate)), shot, tmp_path / "clip.mp4", graphics=True):
        pass
    (options,) = given
    assert options["vcodec"] == "h264_nvenc"
    assert options["bf"] == 0


@pytest.mark.parametrize("works", [True, False])
def test_the_card_encodes_where_a_trial_of_it_succeeds(works: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "ffmpeg"
    program.write_text(f'#!/bin/sh\nprintf "%s " "$@" > {tmp_path}/asked\nexit {0 if works else 1}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    footage.nvenc_works.cache_clear()
    try:
        assert footage.nvenc_works() is works
    finally:
        footage.nvenc_works.cache_clear()
    assert "-vcodec h264_nvenc" in (tmp_path / "asked").read_text()
