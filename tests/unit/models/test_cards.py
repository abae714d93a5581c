"""Which device work comes to: a card where there is one, never the processor beside a card that cannot be used."""

import re
from pathlib import Path

import pytest
import structlog
import torch

from aiprod.errors import EngineMissing
from aiprod.models.cards import card_or_processor, require_card
from aiprod.models.pictures import choose_device
from aiprod.models.tts.devices import check_device

A_CARD = "beside the card nvidia0" if torch.version.cuda is None else "the card nvidia0, which PyTorch for CUDA .* cannot use"


@pytest.fixture(autouse=True)
def _no_cuda(monkeypatch: pytest.MonkeyPatch) -> None:
    """torch uses no card, on a machine that has one too."""
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)


@pytest.fixture
def devices(tmp_path: Path) -> Path:
    """What the driver shows of one card."""
    for name in ("nvidia0", "nvidiactl", "nvidia-uvm"):
        (tmp_path / name).touch()
    return tmp_path


def test_the_processor_works_where_there_is_no_card_and_the_log_says_so(tmp_path: Path) -> None:
    (tmp_path / "nvidiactl").touch()
    with structlog.testing.capture_logs() as told:
        assert card_or_processor("lips", tmp_path) == "cpu"
    (line,) = told
    assert line == {"event": "processor works in place of a GPU", "work": "lips", "log_level": "warning"}


def test_beside_a_card_that_cannot_be_used_nothing_is_begun_on_the_processor(devices: Path) -> None:
    with pytest.raises(EngineMissing) as refused:
        card_or_processor("enlarging by a model", devices)
    said = str(refused.value)
    assert said.startswith("Expected an NVIDIA GPU for enlarging by a model, found ")
    assert re.search(A_CARD, said)
    assert said.endswith("(or set CUDA_VISIBLE_DEVICES=-1 to have the processor do it, which takes hours).")


@pytest.mark.parametrize("hidden", ["", "-1"])
def test_a_card_that_is_hidden_is_left_alone(hidden: str, devices: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", hidden)
    assert card_or_processor("lips", devices) == "cpu"


def test_a_card_that_is_asked_for_is_given_or_refused_with_what_mends_it(devices: Path, tmp_path: Path) -> None:
    with pytest.raises(EngineMissing, match=A_CARD):
        require_card("", "leave it", devices)
    with pytest.raises(EngineMissing, match=r"run scripts/setup gpu on a machine with one \(or leave it\)\."):
        require_card("", "leave it", tmp_path / "none")
    with pytest.raises(EngineMissing, match=r"GPU for AIPROD_VOICE_DEVICE=cuda, found .* \(or leave it empty\)\."):
        check_device("cuda")


def test_a_driver_that_is_too_old_is_told_in_cudas_own_words(devices: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def start() -> None:
        raise RuntimeError("The NVIDIA driver on your system is too old (found version 11040). Please update your GPU driver by ...")

    monkeypatch.setattr(torch.version, "cuda", "12.8")
    monkeypatch.setattr(torch.cuda, "init", start)
    with pytest.raises(EngineMissing) as refused:
        require_card("", "leave it", devices)
    assert str(refused.value) == (
        "Expected an NVIDIA GPU, found the card nvidia0, which PyTorch for CUDA 12.8 cannot use (The NVIDIA driver on your system is"
        " too old (found version 11040)); update NVIDIA's driver or install PyTorch's build for it (or leave it)."
    )


def test_who_names_a_device_gets_it_and_no_word() -> None:
    with structlog.testing.capture_logs() as told:
        assert choose_device("cpu", "lips") == "cpu"
    assert told == []
