"""What Firestore does beside the contract: what it keeps, what it refuses, and what it tells those who watch."""

import os
import queue
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import grpc
import pytest
from google.cloud.firestore_v1.types import Document as Kept
from google.cloud.firestore_v1.types import DocumentChange, ListenRequest, ListenResponse, TargetChange, Value
from hypothesis import given
from hypothesis import strategies as st

from aiprod.adapters.firestore import FirestoreDocuments
from aiprod.adapters.firestore_stream import TARGET
from aiprod.adapters.firestore_values import MOST_BYTES, from_kept, id_from_kept, id_to_kept, to_kept
from aiprod.errors import Conflict, InvalidInput, Misuse, Unavailable
from aiprod.ports import Condition, Document, Fields, Json, Write
from cloud_local.emulators import Emulators

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "[]", "[][]", "é"]), inner, max_size=2)
    ),
    max_leaves=12,
)


@pytest.fixture
def store(project: str) -> Iterator[FirestoreDocuments]:
    documents = FirestoreDocuments(project=project)
    yield documents
    documents.close()


def put(store: FirestoreDocuments, id: str, fields: Fields, expected: str | None = None) -> Document:
    store.commit([Write(collection="things", id=id, fields=fields, expected=expected)])
    found = store.get("things", id)
    assert found is not None
    return found


def lists_within_lists(value: Json) -> bool:
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return (isinstance(value, list) and any(isinstance(item, list) for item in value)) or any(
        map(lists_within_lists, inner)
    )


@given(st.dictionaries(st.text("ab[]", min_size=1, max_size=4), JSON, max_size=3))
def test_whatever_json_is_kept_comes_back_the_same(fields: dict[str, Json]) -> None:
    kept = to_kept(fields, "things/one")
    assert not lists_within_lists(dict(kept))
    assert from_kept(kept) == fields


@given(st.text("a%/._ é", min_size=1, max_size=6), st.text("a%/._ é", min_size=1, max_size=6))
def test_whatever_id_is_kept_comes_back_the_same_and_no_two_meet(one: str, other: str) -> None:
    assert id_from_kept(id_to_kept(one)) == one and "/" not in id_to_kept(one)
    assert (id_to_kept(one) == id_to_kept(other)) == (one == other)


@pytest.mark.emulators
@pytest.mark.parametrize("id", ["v/1", "..", "__v__", "50%", "v.1.assembly"])
def test_every_id_of_ours_names_a_document_of_its_own(store: FirestoreDocuments, id: str) -> None:
    assert put(store, id, {"n": 1}).id == id
    assert [found.id for found in store.query("things")] == [id]


@pytest.mark.emulators
def test_names_with_dots_and_lists_within_lists_survive_a_rewrite(store: FirestoreDocuments) -> None:
    first = put(
        store, "one", {"gone": 1, "outbox": [["v-1", {"topic": "t", "grid": [[1.0, 2], []]}]], "a.b": {"c.d": 1}}
    )
    second = put(store, "one", {**first.fields, "outbox": [], "gone": None}, first.version)
    third = put(store, "one", {"a.b": first.fields["a.b"], "outbox": first.fields["outbox"]}, second.version)
    assert third.fields == {"a.b": {"c.d": 1}, "outbox": [["v-1", {"topic": "t", "grid": [[1.0, 2], []]}]]}


@pytest.mark.emulators
def test_a_document_with_a_message_left_is_found_by_its_outbox(store: FirestoreDocuments) -> None:
    pair: Json = ["v-1", {"topic": "sweeps"}]
    put(store, "done", {"outbox": []})
    put(store, "left", {"outbox": [pair]})
    waiting = store.query("things", [Condition(field="outbox", operator="!=", value=[])])
    same = store.query("things", [Condition(field="outbox", operator="==", value=[pair])])
    assert [found.id for found in waiting] == [found.id for found in same] == ["left"]


@pytest.mark.emulators
def test_a_document_that_is_too_long_is_refused_with_its_length_before_it_is_sent(store: FirestoreDocuments) -> None:
    with pytest.raises(
        InvalidInput, match=r"things/long: expected a document of at most 1,048,576 bytes, found one of 1,04\d,\d\d\d"
    ):
        put(store, "long", {"text": "é" * (MOST_BYTES // 2)})
    kept = put(store, "long", {"text": "é" * (MOST_BYTES // 2 - 100)})
    assert len(str(kept.fields["text"])) == MOST_BYTES // 2 - 100


@pytest.mark.emulators
def test_the_time_to_delete_a_document_is_a_time_for_firestore_and_a_number_for_us(store: FirestoreDocuments) -> None:
    put(store, "soon", {"expires_at": 1_800_000_000.25, "inner": {"expires_at": 1.5}})
    put(store, "late", {"expires_at": 1_900_000_000})
    kept = store.client.collection("things").document("soon").get().to_dict() or {}
    assert isinstance(kept["expires_at"], datetime) and kept["inner"] == {"expires_at": 1.5}
    (found,) = store.query("things", [Condition(field="expires_at", operator="<", value=1_850_000_000)])
    assert found.fields == {"expires_at": 1_800_000_000.25, "inner": {"expires_at": 1.5}}


@pytest.mark.emulators
def test_a_number_that_would_be_cut_is_refused(store: FirestoreDocuments) -> None:
    assert put(store, "largest", {"n": 2**63 - 1}).fields["n"] == 2**63 - 1
    with pytest.raises(InvalidInput, match=r"things/one, n: expected a whole number of at most 64 bits"):
        put(store, "one", {"n": 2**63})


@pytest.mark.emulators
def test_a_version_that_firestore_never_gave_is_nobodys_version(store: FirestoreDocuments) -> None:
    put(store, "one", {"n": 1})
    with pytest.raises(Conflict):
        put(store, "one", {"n": 2}, "17")
    with pytest.raises(Misuse):
        store.commit([Write(collection="things", id="one", fields=None, expected=None)])


Told = tuple[dict[str, Document | None], bool]
SMALL = Condition(field="n", operator="<", value=10)


@pytest.mark.emulators
def test_a_watcher_hears_what_is_there_then_every_change_until_it_stops(store: FirestoreDocuments) -> None:
    heard: queue.Queue[Told] = queue.Queue()
    first, _ = put(store, "one", {"n": 1, "pairs": [[1, 2]]}), put(store, "large", {"n": 10})
    stop = store.watch("things", [SMALL], lambda documents, whole: heard.put((documents, whole)))
    there: dict[str, Document] = {}

    def see(expected: dict[str, Document]) -> None:
        documents, whole = heard.get(timeout=10)
        kept = {} if whole else {id: found for id, found in there.items() if id not in documents}
        there.clear()
        there.update(kept | {id: found for id, found in documents.items() if found is not None})
        assert there == expected

    see({"one": first})
    second = put(store, "a/b", {"n": 2})
    see({"one": first, "a/b": second})
    third = put(store, "one", {"n": 3}, first.version)
    see({"one": third, "a/b": second})
    grown = put(store, "one", {"n": 11}, third.version)
    see({"a/b": second})
    store.commit([Write(collection="things", id="a/b", fields=None, expected=second.version)])
    see({})
    stop()
    put(store, "one", {"n": 3}, grown.version)
    with pytest.raises(queue.Empty):
        heard.get(timeout=0.5)


@pytest.mark.emulators
def test_a_watcher_that_fails_once_hears_everything_again(store: FirestoreDocuments) -> None:
    heard: queue.Queue[Told] = queue.Queue()

    def listen(documents: dict[str, Document | None], whole: bool) -> None:
        heard.put((documents, whole))
        if not documents:
            raise RuntimeError("nothing to show yet")

    stop = store.watch("things", [], listen)
    assert heard.get(timeout=10) == ({}, True)
    written = put(store, "one", {"n": 1})
    assert heard.get(timeout=10) == ({"one": written}, True)
    stop()


class Breaking(grpc.GenericRpcHandler):
    """A server of Firestore whose first stream breaks when it has told all; a document of it is not in the next one."""

    def __init__(self) -> None:
        self.streams = 0

    def service(self, _: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler:
        return grpc.stream_stream_rpc_method_handler(
            self._listen, request_deserializer=ListenRequest.deserialize, response_serializer=ListenResponse.serialize
        )

    def _listen(self, requests: Iterator[Any], context: grpc.ServicerContext) -> Iterator[ListenResponse]:
        self.streams += 1
        kind, noon = TargetChange.TargetChangeType, datetime(2026, 1, 1, 12, tzinfo=UTC)
        name = f"{next(requests).database}/documents/things/{self.streams}"
        yield ListenResponse(target_change=TargetChange(target_change_type=kind.ADD, target_ids=[TARGET]))
        document = Kept(name=name, fields={"n": Value(integer_value=7)}, create_time=noon, update_time=noon)
        yield ListenResponse(document_change=DocumentChange(document=document, target_ids=[TARGET]))
        yield ListenResponse(target_change=TargetChange(target_change_type=kind.CURRENT, target_ids=[TARGET]))
        yield ListenResponse(target_change=TargetChange(target_change_type=kind.NO_CHANGE, read_time=noon))
        if self.streams == 1:
            context.abort(grpc.StatusCode.INTERNAL, "found a fault of its own")
        next(requests, None)


def test_a_stream_that_breaks_is_opened_again_and_tells_what_went_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    breaking = Breaking()
    server = grpc.server(ThreadPoolExecutor(2), handlers=[breaking])
    monkeypatch.setenv("FIRESTORE_EMULATOR_HOST", f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}")
    server.start()
    store = FirestoreDocuments(project="nobody")
    heard: queue.Queue[Told] = queue.Queue()
    stop = store.watch("things", [], lambda documents, whole: heard.put((documents, whole)))
    kept = {"version": "2026-01-01T12:00:00.000000Z", "fields": {"n": 7}}
    assert heard.get(timeout=10) == ({"1": Document(collection="things", id="1", **kept)}, True)
    assert heard.get(timeout=10) == ({"2": Document(collection="things", id="2", **kept)}, True)
    assert breaking.streams == 2
    stop()
    store.close()
    server.stop(None).wait()


@pytest.mark.emulators
def test_a_line_that_is_cut_is_an_error_within_its_time_and_mends_itself(
    store: FirestoreDocuments, emulators: Emulators, project: str
) -> None:
    first = put(store, "one", {"n": 1})
    hasty = FirestoreDocuments(project=project, timeout_seconds=1.0)
    assert hasty.get("things", "one") == first
    emulators.firestore.pause()
    try:
        asked_at = time.monotonic()
        with pytest.raises(Unavailable):
            hasty.get("things", "one")
        with pytest.raises(Unavailable):
            hasty.commit([Write(collection="things", id="one", fields={"n": 2}, expected=first.version)])
        assert time.monotonic() - asked_at < 10
    finally:
        emulators.firestore.resume()
    written = False
    while not written:  # the write without an answer may still come, once
        found = store.get("things", "one")
        assert found is not None and found.fields["n"] in (1, 2)
        with suppress(Conflict):
            written = put(store, "one", {"n": 3}, found.version).fields == {"n": 3}
    hasty.close()


def test_a_firestore_that_does_not_answer_is_unavailable_within_its_time() -> None:
    before = os.environ.get("FIRESTORE_EMULATOR_HOST")
    os.environ["FIRESTORE_EMULATOR_HOST"] = "127.0.0.1:9"
    asked_at = time.monotonic()
    try:
        store = FirestoreDocuments(project="nobody", timeout_seconds=0.5)
        with pytest.raises(Unavailable, match=r"Reading things/one in Firestore failed"):
            store.get("things", "one")
        with pytest.raises(Unavailable, match=r"Writing things/one in Firestore failed"):
            store.commit([Write(collection="things", id="one", fields={}, expected=None)])
        with pytest.raises(Unavailable, match=r"Searching things in Firestore failed"):
            store.query("things")
        store.close()
    finally:
        os.environ.pop("FIRESTORE_EMULATOR_HOST")
        if before is not None:
            os.environ["FIRESTORE_EMULATOR_HOST"] = before
    assert time.monotonic() - asked_at < 10
