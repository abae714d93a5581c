"""Documents in Firestore: the cloud's table of videos, clips and gates.

A document's version is the time of its last write. A commit is one batch of writes with preconditions, never a
transaction: contended transactions stall, a refused compare-and-set is simply decided again. Knows no stage. The client
is made at the first call; FIRESTORE_EMULATOR_HOST leads it to an emulator, as Google's library defines.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from aiprod.adapters.firestore_stream import TARGET, Stream
from aiprod.adapters.firestore_values import EXPIRES, field_to_kept, from_kept, id_from_kept, id_to_kept, to_kept
from aiprod.adapters.google_errors import translated
from aiprod.errors import Conflict, Misuse, Unavailable
from aiprod.ports import Condition, Document, Fields, Write
from aiprod.units import DAY_SECONDS

if TYPE_CHECKING:
    from google.api_core.retry import Retry
    from google.cloud.firestore import Client, DocumentReference, DocumentSnapshot, Query, WriteBatch
    from google.cloud.firestore_v1.types import Document as Kept
    from google.cloud.firestore_v1.types import ListenRequest

ROLE = "roles/datastore.user"
OPERATORS = ("==", "!=", "<", "<=", ">", ">=", "in")
KEPT_DAYS = {
    "gates": 60, "delayed": 60, "operations": 60, "searches": 2, "audit": 90, "webhook_deliveries": 30,
}  # fmt: skip
"""Documents that only keep something from happening twice, and records of what was; and how long after their last write
Firestore may delete them, unless they say themselves when: longer than an event or a dead letter is kept. Terraform tells
Firestore by which field (terraform/firestore.tf)."""
_OTHER_WRITER = {
    "AlreadyExists": Conflict, "FailedPrecondition": Conflict, "NotFound": Conflict, "Aborted": Conflict,
}  # fmt: skip
"""What a refused precondition is called: for a document to create, one that changed, one that is gone, one held."""


@dataclass(frozen=True, kw_only=True)
class FirestoreDocuments:
    """Implements ports.Documents, and `watch` for processes that live long. A call that is not answered is made again for
    `timeout_seconds` in all (the library's own patience is five minutes), then it is Unavailable."""

    project: str
    database: str = "(default)"
    timeout_seconds: float = 30.0

    @cached_property
    def client(self) -> "Client":
        """The library's client. Raises: InvalidSetting, without credentials."""
        from google.cloud.firestore import Client

        with translated("Opening Firestore", role=ROLE):
            return Client(project=self.project, database=self.database)

    @cached_property
    def _retry(self) -> "Retry":
        from google.api_core.exceptions import DeadlineExceeded, InternalServerError, ServiceUnavailable
        from google.api_core.retry import Retry, if_exception_type

        predicate = if_exception_type(DeadlineExceeded, InternalServerError, ServiceUnavailable)
        return Retry(predicate=predicate, initial=0.1, maximum=3.0, timeout=self.timeout_seconds)

    def get(self, collection: str, id: str) -> Document | None:
        with translated(f"Reading {collection}/{id} in Firestore", role=ROLE):
            return _document(collection, self._snapshot(collection, id))

    def commit(self, writes: Sequence[Write]) -> None:
        names = ", ".join(f"{write.collection}/{write.id}" for write in writes)
        batch = self.client.batch()
        for write in writes:
            self._add(batch, write)
        with translated(f"Writing {names} in Firestore", role=ROLE, instead=_OTHER_WRITER):
            batch.commit(retry=self._retry, timeout=self.timeout_seconds)

    def query(
        self, collection: str, conditions: Sequence[Condition] = (), *, order_by: str = "", descending: bool = False,
        limit: int = 0, after: str = "",
    ) -> list[Document]:  # fmt: skip
        if any(condition.operator == "in" and not condition.value for condition in conditions):
            return []
        query = self._conditioned(collection, conditions)
        if order_by or descending:
            query = query.order_by(order_by or "__name__", direction="DESCENDING" if descending else "ASCENDING")
        doing = f"Searching {collection} in Firestore"
        with translated(doing, role=ROLE, instead={"FailedPrecondition": Unavailable}):
            if after:
                last = self._snapshot(collection, after)
                if not last.exists:
                    return []
                query = query.start_after(last)
            if limit:
                query = query.limit(limit)
            stream = query.stream(retry=self._retry, timeout=self.timeout_seconds)
            found = [_document(collection, snapshot) for snapshot in stream]
        return [document for document in found if document is not None]

    def watch(
        self, collection: str, conditions: Sequence[Condition], tell: Callable[[dict[str, Document | None], bool], None]
    ) -> Callable[[], None]:
        """Tell which documents meet every condition now, then each that changes, in another thread and at once, until the
        function that is given back is called.

        `tell` hears documents by id, None for one that meets the conditions no more; and whether they are all that there
        are, as they are at first and whenever Firestore begins anew. Keeps a stream open, and reads nothing that
        does not change: for servers that live long, not for functions.
        """

        def hear(told: Mapping[str, "Kept | None"], whole: bool) -> None:
            tell({id_from_kept(_last_of(name)): _told(collection, kept) for name, kept in told.items()}, whole)

        def target() -> "ListenRequest":
            return self._target(collection, conditions)

        stream = Stream(name=collection, role=ROLE, target=target, listen=self._listen, tell=hear)
        stream.start()
        return stream.stop

    def close(self) -> None:
        """Give the connection back."""
        if "client" in self.__dict__:
            client: Any = self.client
            client.close()

    def _reference(self, collection: str, id: str) -> "DocumentReference":
        return self.client.collection(collection).document(id_to_kept(id))

    def _target(self, collection: str, conditions: Sequence[Condition]) -> "ListenRequest":
        from google.cloud.firestore_v1.types import ListenRequest, Target

        client: Any = self.client
        query: Any = self._conditioned(collection, conditions)
        parent, _ = client.collection(collection)._parent_info()
        asked = Target.QueryTarget(parent=parent, structured_query=query._to_protobuf())
        return ListenRequest(
            database=client._database_string, add_target=Target(query=asked, target_id=TARGET)
        )

    def _listen(self, requests: "Iterator[ListenRequest]") -> Any:
        client: Any = self.client  # which names the database to its own calls so, too
        return client._firestore_api.listen(requests=requests, retry=None, metadata=client._rpc_metadata)

    def _snapshot(self, collection: str, id: str) -> "DocumentSnapshot[Any]":
        return self._reference(collection, id).get(retry=self._retry, timeout=self.timeout_seconds)

    def _add(self, batch: "WriteBatch", write: Write) -> None:
        reference = self._reference(write.collection, write.id)
        name = f"{write.collection}/{write.id}"
        if write.fields is None and write.expected is None:
            raise Misuse(f"Expected the version of {name} to delete, found none.")
        fields: dict[str, Any] | None = None if write.fields is None else to_kept(_dated(write), name)
        if write.expected is None:
            batch.create(reference, fields or {})
            return
        unchanged = self.client.write_option(last_update_time=_time_of(write.expected, name))
        if fields is None:
            batch.delete(reference, option=unchanged)
            return
        batch.set(reference, fields)
        # `set` replaces the whole document, and takes no precondition although the protocol does; `update` takes one,
        # but leaves the fields that are gone and reads dots in names as paths.
        unchanged.modify_write(batch._write_pbs[-1])

    def _conditioned(self, collection: str, conditions: Sequence[Condition]) -> "Query":
        from google.cloud.firestore import FieldFilter, Query

        query: Query = Query(self.client.collection(collection))
        for condition in conditions:
            if condition.operator not in OPERATORS:
                raise Misuse(f"Expected an operator among {' '.join(OPERATORS)}, found {condition.operator!r}.")
            value = field_to_kept(condition.field, condition.value, collection)
            query = query.where(filter=FieldFilter(condition.field, condition.operator, value))
        return query


def _dated(write: Write) -> Fields:
    """The fields to keep, with when they may go."""
    days = KEPT_DAYS.get(write.collection)
    fields = write.fields or {}
    return {**fields, EXPIRES: fields.get(EXPIRES) or time.time() + days * DAY_SECONDS} if days else fields


def _document(collection: str, snapshot: "DocumentSnapshot[Any]") -> Document | None:
    if not snapshot.exists:
        return None
    return _read(collection, snapshot.id, snapshot.update_time, snapshot.to_dict() or {})


def _told(collection: str, kept: "Kept | None") -> Document | None:
    """A document as a stream tells it."""
    from google.cloud.firestore_v1._helpers import decode_dict

    if kept is None:
        return None
    fields: Any = decode_dict(kept.fields, None)
    return _read(collection, _last_of(kept.name), kept.update_time, fields)


def _last_of(name: str) -> str:
    return name.rpartition("/")[2]


def _read(collection: str, id: str, written: Any, found: dict[str, Any]) -> Document:
    fields = from_kept(found)
    if collection in KEPT_DAYS:
        fields.pop(EXPIRES, None)
    return Document(collection=collection, id=id_from_kept(id), version=written.rfc3339(), fields=fields)


def _time_of(version: str, name: str) -> Any:  # the library has no type of its own for what it takes here
    from google.api_core.datetime_helpers import DatetimeWithNanoseconds

    read: Any = DatetimeWithNanoseconds.from_rfc3339
    try:
        return read(version).timestamp_pb()
    except ValueError as error:
        raise Conflict(f"Expected a version of {name} that Firestore gave, found {version!r}.") from error
