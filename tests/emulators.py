"""Google's emulators for tests: one set a run, a project of its own for each test (cloud_local/emulators.py starts them).

Where the emulators are absent, tests marked `emulators` are counted and named, never silent.
"""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from cloud_local.emulators import Emulators, absent, started

NOT_RUN = pytest.StashKey[int]()


@pytest.fixture(scope="session")
def emulators(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulators]:
    """The running emulators; a test that asks for them bears the mark `emulators`."""
    with started(tmp_path_factory.mktemp("emulators")) as running:
        yield running


@pytest.fixture
def project(emulators: Emulators) -> str:
    """A Google Cloud project of the test's own, with its work bucket (`cloud_local.notifications.bucket_of`), empty."""
    from google.cloud.storage import Client

    from cloud_local.notifications import bucket_of

    name = f"test-{uuid.uuid4().hex[:12]}"
    with Client(project=name) as client:
        client.create_bucket(bucket_of(name))
    return name


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "emulators: needs the Google Cloud CLI's emulators; the end of the run counts what was left out"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what cannot run here, and remember how much that was."""
    marked = [item for item in items if item.get_closest_marker("emulators") is not None]
    if marked and absent():
        items[:] = [item for item in items if item not in marked]
        config.hook.pytest_deselected(items=marked)
        config.stash[NOT_RUN] = len(marked)
        if hasattr(config, "workeroutput"):
            config.workeroutput["not_run"] = len(marked)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """Every worker of pytest-xdist collects all tests: the count of any is the count."""
    node.config.stash[NOT_RUN] = getattr(node, "workeroutput", {}).get("not_run", 0)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    count = config.stash.get(NOT_RUN, 0)
    if count:
        terminalreporter.write_line(
            f"{count} test{'s were' if count > 1 else ' was'} not run: {absent()}.", yellow=True
        )
