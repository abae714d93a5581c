"""What the doctor says of memory and of disks, where this machine has no such thing to show."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from aiprod import doctor
from aiprod.doctor import State, examine
from aiprod.errors import InvalidInput
from aiprod.gpus import GpuReading
from aiprod.settings import Settings


@dataclass
class Read:
    """Cards as they were read once."""

    readings: tuple[GpuReading, ...] = ()

    def read(self) -> tuple[GpuReading, ...]:
        return self.readings


def settings_in(folder: Path) -> Settings:
    return Settings(home=folder / "home", models_dir=folder / "models")


def test_weights_that_are_only_read_lack_nothing_and_a_store_that_is_only_read_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An image's weights belong to root, and whoever runs it is another user."""
    monkeypatch.setattr(os, "access", lambda *_: False)
    store, weights = examine(settings_in(tmp_path), ("disk",))
    assert (store.state, weights.state) == (State.MISSING, State.PRESENT)
    assert "what is there is used, and nothing can be fetched" in weights.found


def test_only_the_groups_that_are_asked_for_are_looked_at(tmp_path: Path) -> None:
    names = [(check.group, check.name) for check in examine(settings_in(tmp_path), ("memory", "disk"))]
    assert names[0] == ("memory", "machine")
    assert names[-2:] == [("disk", "store"), ("disk", "weights")]
    assert {check.group for check in examine(settings_in(tmp_path), ("store",))} == {"store"}
    with pytest.raises(InvalidInput, match="expected groups among python, media"):
        list(examine(settings_in(tmp_path), ("moon",)))


def test_a_card_whose_driver_no_longer_answers_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    card = GpuReading(name="NVIDIA L4", number=0, used_bytes=9 << 30, memory_bytes=24 << 30, celsius=71.0)
    assert [check.state for check in doctor._memory(Read(), tmp_path)] == [State.PRESENT, State.ABSENT]
    (tmp_path / "nvidia0").touch()
    (tmp_path / "nvidiactl").touch()
    _, answering = doctor._memory(Read((card,)), tmp_path)
    assert (answering.state, answering.found) == (State.PRESENT, "NVIDIA L4: 16.1 of 25.8 GB are free, 71 °C")
    _, silent = doctor._memory(Read(), tmp_path)
    assert silent.state is State.MISSING
    assert silent.found.startswith("nvidia0 cannot be read")


def test_memory_that_is_free_is_no_more_than_a_container_leaves_and_copies_of_files_count_as_free(tmp_path: Path) -> None:
    whole = doctor._free_bytes(tmp_path)
    assert whole > 1 << 26
    (tmp_path / "memory.max").write_text(f"{64 << 20}\n")
    (tmp_path / "memory.current").write_text(f"{60 << 20}\n")
    (tmp_path / "memory.stat").write_text(f"anon {20 << 20}\ninactive_file {40 << 20}\n")
    assert doctor._free_bytes(tmp_path) == 44 << 20
    (tmp_path / "memory.max").write_text("max\n")
    assert doctor._free_bytes(tmp_path) > 1 << 26
