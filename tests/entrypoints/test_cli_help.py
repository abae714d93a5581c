"""The help says what there is, at once."""

import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from aiprod.cli.exit_codes import MEANINGS

Run = Callable[..., "subprocess.CompletedProcess[str]"]
COMMANDS = ("make", "batch", "list", "show", "resume", "cancel", "retry", "worker", "doctor", "models")


def test_the_help_names_every_command_and_every_exit_code(aiprod: Run) -> None:
    run = aiprod("--help")
    assert run.returncode == 0
    for command in COMMANDS:
        assert f"\n    {command} " in run.stdout
    for code, meaning in MEANINGS.items():
        assert f"  {int(code):<3} {meaning}" in run.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(aiprod: Run, command: str) -> None:
    run = aiprod(command, "--help")
    assert run.returncode == 0
    assert f"usage: aiprod {command}" in run.stdout
    assert "--debug" in run.stdout


def test_make_offers_every_option_that_was_promised(aiprod: Run) -> None:
    shown = aiprod("make", "--help").stdout
    for option in (
        "--script", "--audio", "--language", "--voice", "--style", "--profile", "--aspect", "--scenes", "--seconds",
        "--music", "--subtitles", "--seed", "--renderer", "--budget", "--out", "--json", "--media",
    ):  # fmt: skip
        assert option in shown


def test_the_help_comes_in_less_than_three_tenths_of_a_second() -> None:
    times = []
    for _ in range(6):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "aiprod", "--help"], capture_output=True, check=True)
        times.append(time.perf_counter() - started)
    assert min(times) < 0.3


def test_the_version_is_that_of_the_package(aiprod: Run) -> None:
    from importlib.metadata import version

    assert aiprod("--version").stdout == f"aiprod {version('aiprod')}\n"
