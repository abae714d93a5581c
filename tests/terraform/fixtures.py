"""Terraform for tests (tests/conftest.py names this module as a plugin): a test that asks for it bears the mark `terraform`.

Where the program is absent, those tests are left out, counted and named at the end of the run.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from tests.sharing import made_once
from tests.terraform.offline import Terraform, absent, offline

NOT_RUN = pytest.StashKey[int]()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A resource as it was applied to a cloud that is not there: what is computed is random text."""

    type: str
    address: str
    values: Mapping[str, Any]


@pytest.fixture(scope="session")
def terraform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terraform]:
    """The folder terraform/, initialised offline."""
    with offline(tmp_path_factory.mktemp("terraform")) as running:
        yield running


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of Terraform's own tests: the runs of each file that passed, what was said of those that did not, and
    every resource of a whole environment."""

    passed: Mapping[str, tuple[str, ...]]
    faults: str
    resources: tuple[Resource, ...]


@pytest.fixture(scope="session")
def outcome(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """Terraform's own tests, run once."""

    def run() -> str:
        terraform: Terraform = request.getfixturevalue("terraform")
        return terraform.run("test", "-json", "-verbose").stdout

    told = [json.loads(line) for line in made_once(tmp_path_factory, "terraform-tests.jsonl", run).splitlines()]
    ended = [one["test_run"] for one in told if one["type"] == "test_run" and one["test_run"].get("status") == "pass"]
    files = {one["path"] for one in ended}
    whole = [
        one["test_state"] for one in told
        if one["type"] == "test_state" and one["@testfile"].endswith("stages.tftest.hcl") and one["@testrun"] == "the_whole"
    ]  # fmt: skip
    return Outcome(
        passed={file: tuple(one["run"] for one in ended if one["path"] == file) for file in files},
        faults="\n".join(json.dumps(one["diagnostic"], indent=1) for one in told if one["type"] == "diagnostic"),
        resources=tuple(_resources(whole[0]["root_module"])) if whole else (),
    )


@pytest.fixture(scope="session")
def applied(outcome: Outcome) -> tuple[Resource, ...]:
    """Every resource of a whole environment."""
    return outcome.resources


def _resources(module: Mapping[str, Any]) -> Iterator[Resource]:
    for one in module.get("resources", ()):
        if one["mode"] == "managed":
            yield Resource(type=one["type"], address=one["address"], values=one["values"])
    for inner in module.get("child_modules", ()):
        yield from _resources(inner)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "terraform: needs the program terraform; the end of the run counts what was left out")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what cannot run here, and remember how much that was."""
    marked = [item for item in items if item.get_closest_marker("terraform") is not None]
    if marked and absent():
        items[:] = [item for item in items if item not in marked]
        config.hook.pytest_deselected(items=marked)
        config.stash[NOT_RUN] = len(marked)
        if hasattr(config, "workeroutput"):
            config.workeroutput["terraform_not_run"] = len(marked)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """Every worker of pytest-xdist collects all tests: the count of any is the count."""
    node.config.stash[NOT_RUN] = getattr(node, "workeroutput", {}).get("terraform_not_run", 0)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    count = config.stash.get(NOT_RUN, 0)
    if count:
        terminalreporter.write_line(
            f"{count} test{'s' if count > 1 else ''} of terraform/ not run: {absent()}.", yellow=True
        )
