"""The adapters that must keep the contracts."""

import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from aiprod.adapters.embedded.database import Database
from aiprod.adapters.embedded.documents import EmbeddedDocuments
from aiprod.adapters.embedded.messages import EmbeddedMessages
from aiprod.adapters.embedded.objects import EmbeddedObjects
from aiprod.ports import Documents, Objects, Publisher, Subscriber


class WallClock:
    def now(self) -> float:
        return time.time()


@dataclass
class Cloud:
    documents: Documents
    objects: Objects
    publisher: Publisher
    subscriber: Subscriber


@pytest.fixture
def cloud(tmp_path: Path) -> Cloud:
    database = Database(tmp_path / "cloud" / "store.sqlite3")
    messages = EmbeddedMessages(database=database, clock=WallClock(), backoff_scale=0.01)
    return Cloud(
        documents=EmbeddedDocuments(database=database),
        objects=EmbeddedObjects(database=database, folder=tmp_path / "cloud" / "objects", clock=WallClock()),
        publisher=messages,
        subscriber=messages,
    )


@pytest.fixture
def documents(cloud: Cloud) -> Documents:
    return cloud.documents


@pytest.fixture
def objects(cloud: Cloud) -> Objects:
    return cloud.objects


@pytest.fixture
def publisher(cloud: Cloud) -> Publisher:
    return cloud.publisher


@pytest.fixture
def subscriber(cloud: Cloud) -> Subscriber:
    return cloud.subscriber
