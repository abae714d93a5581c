"""What tests of the stages look at together."""

from dataclasses import dataclass

import pytest

from aiprod.bootstrap import App
from aiprod.video import Status, Video
from tests.house import make, open_house


@dataclass(frozen=True)
class Finished:
    """A finished film of `tests.house.BRIEF`, in a house where nothing else happened."""

    app: App
    video: Video


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    app = open_house(tmp_path_factory.mktemp("finished") / "home")
    video = make(app)
    assert video.status is Status.COMPLETED, video.failure
    return Finished(app, video)
