"""The adapters that must keep the contracts."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from aiprod.adapters.embedded.database import Database
from aiprod.adapters.embedded.documents import EmbeddedDocuments
from aiprod.adapters.embedded.messages import EmbeddedMessages
from aiprod.adapters.embedded.objects import EmbeddedObjects
from aiprod.adapters.firestore import FirestoreDocuments
from aiprod.adapters.pubsub import PubSubMessages
from aiprod.adapters.storage import GcsObjects
from aiprod.adapters.topics import declare
from aiprod.ports import Documents, Objects, Publisher, Subscriber
from cloud_local.notifications import bucket_of


class WallClock:
    def now(self) -> float:
        return time.time()


@dataclass(kw_only=True)
class Cloud:
    """An adapter of each kind. `look_around` is what the scheduler's sweep does for messages that wait; an `exact` bus
    keeps order, priorities and back-off to the letter, and the reason why an event was given back."""

    documents: Documents
    objects: Objects
    publisher: Publisher
    subscriber: Subscriber
    look_around: Callable[[], object] = lambda: None
    exact: bool = True


@pytest.fixture
def embedded(tmp_path: Path) -> Cloud:
    database = Database(tmp_path / "cloud" / "store.sqlite3")
    messages = EmbeddedMessages(database=database, clock=WallClock(), backoff_scale=0.01)
    return Cloud(
        documents=EmbeddedDocuments(database=database),
        objects=EmbeddedObjects(database=database, folder=tmp_path / "cloud" / "objects", clock=WallClock()),
        publisher=messages,
        subscriber=messages,
    )


@pytest.fixture
def google(project: str) -> Cloud:
    """Firestore, Cloud Storage and Pub/Sub, every subscription pulled."""
    declare(project, lambda stage: "", backoff_scale=0.01)
    documents = FirestoreDocuments(project=project)
    messages = PubSubMessages(project=project, documents=documents, clock=WallClock(), pull_seconds=0.5)
    return Cloud(
        documents=documents,
        objects=GcsObjects(project=project, bucket=bucket_of(project)),
        publisher=messages,
        subscriber=messages,
        look_around=messages.release_due,
        exact=False,
    )


@pytest.fixture(params=["embedded", pytest.param("google", marks=pytest.mark.emulators)])
def cloud(request: pytest.FixtureRequest) -> Cloud:
    found: Cloud = request.getfixturevalue(request.param)
    return found


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
