"""One drawing context for a file's tests."""

from collections.abc import Iterator

import pytest

from aiprod.visuals.motion.gpu import Gpu


@pytest.fixture(scope="module")
def gpu() -> Iterator[Gpu]:
    opened = Gpu()
    yield opened
    opened.close()
