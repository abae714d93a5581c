"""What only keeps something from happening twice goes by itself, and nobody who reads it sees when."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from aiprod.adapters.firestore import KEPT_DAYS, FirestoreDocuments
from aiprod.ports import Write

pytestmark = pytest.mark.emulators


@pytest.fixture
def store(project: str) -> Iterator[FirestoreDocuments]:
    documents = FirestoreDocuments(project=project)
    yield documents
    documents.close()


@pytest.mark.parametrize("collection", sorted(KEPT_DAYS))
def test_it_is_written_with_the_time_when_it_may_go(store: FirestoreDocuments, collection: str) -> None:
    store.commit([Write(collection=collection, id="one", fields={"at": 1.0}, expected=None)])
    kept = store.client.collection(collection).document("one").get().to_dict() or {}
    goes = datetime.now(UTC) + timedelta(days=KEPT_DAYS[collection])
    assert abs(kept["expires_at"] - goes) < timedelta(minutes=5)
    found = store.get(collection, "one")
    assert found is not None and found.fields == {"at": 1.0}
    store.commit([Write(collection=collection, id="one", fields=None, expected=found.version)])
    assert store.get(collection, "one") is None


def test_what_lasts_has_no_such_time(store: FirestoreDocuments) -> None:
    store.commit([Write(collection="videos", id="one", fields={"at": 1.0}, expected=None)])
    assert store.client.collection("videos").document("one").get().to_dict() == {"at": 1.0}
