"""One thread: networks this small lose more by waiting for each other's threads than they gain."""

import pytest
import torch


@pytest.fixture(autouse=True)
def one_thread() -> None:
    torch.set_num_threads(1)
