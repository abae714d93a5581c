"""Every query that AIPROD makes has the index that Firestore wants for it, and no index is there for nothing.

Firestore answers a query by the indexes of single fields when it compares any number of fields for equality, or only one
field in any way. Everything else needs a composite index: the fields compared for equality, then the ordered one.
Source: Firestore's documentation, "Index types".
"""

import ast
import itertools
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

import pytest

from aiprod.accounts.audit import Audit, Wanted
from aiprod.accounts.deliveries import WebhookDeliveries
from aiprod.accounts.quota import Quota
from aiprod.accounts.users import Users
from aiprod.accounts.webhooks import RegisteredWebhooks, Webhook
from aiprod.adapters.addresses import Gate, is_any
from aiprod.adapters.firestore import KEPT_DAYS
from aiprod.adapters.firestore_values import EXPIRES
from aiprod.adapters.pubsub import PubSubMessages
from aiprod.adapters.webhooks import HttpWebhooks
from aiprod.batches import Batches
from aiprod.brief import Brief
from aiprod.events import Event
from aiprod.expenses import Expenses
from aiprod.ledger import Ledger
from aiprod.library import Library, Shelf
from aiprod.ports import Condition, Document, StoredObject, Write
from aiprod.video import ClipStatus, create
from backend.at_work import AT_WORK
from tests.terraform.fixtures import Resource

ROOT = Path(__file__).resolve().parents[2]
EQUAL = ("==", "in")


@dataclass(frozen=True)
class Query:
    """A query as it was asked."""

    collection: str
    conditions: tuple[Condition, ...]
    order_by: str
    descending: bool

    @property
    def index(self) -> tuple[str, tuple[tuple[str, str], ...]] | None:
        """The composite index that it needs: collection, then fields with their orders."""
        equal = sorted({one.field for one in self.conditions if one.operator in EQUAL})
        others = sorted({one.field for one in self.conditions if one.operator not in EQUAL} - {self.order_by})
        ordered = [self.order_by] if self.order_by and self.order_by not in equal else []
        if (not ordered and not others) or (not equal and len(ordered) + len(others) == 1):
            return None
        way = "DESCENDING" if self.descending else "ASCENDING"
        fields = [(name, "ASCENDING") for name in equal]
        fields += [(name, way) for name in ordered] + [(name, "ASCENDING") for name in others]
        return self.collection, tuple(fields)


@dataclass
class RecordingDocuments:
    """Implements ports.Documents: it is empty, and remembers what it was asked and by which line."""

    queries: list[Query] = field(default_factory=list)
    askers: set[tuple[str, int]] = field(default_factory=set)

    def get(self, collection: str, id: str) -> Document | None:
        return None

    def commit(self, writes: Sequence[Write]) -> None:
        return

    def query(
        self, collection: str, conditions: Sequence[Condition] = (), *, order_by: str = "", descending: bool = False,
        limit: int = 0, after: str = "",
    ) -> list[Document]:  # fmt: skip
        frame = sys._getframe(1)
        self.askers.add((Path(frame.f_code.co_filename).name, frame.f_lineno))
        self.queries.append(Query(collection, tuple(conditions), order_by, descending))
        return []


class Silence:
    """Implements ports.Publisher, ports.Clock, and as much of ports.Objects as an empty folder needs."""

    def publish(
        self, topic: str, event: Event, *, priority: int = 0, delay_seconds: float = 0.0, trace: str = ""
    ) -> None:
        return

    def now(self) -> float:
        return 1.0

    def under(self, prefix: str) -> tuple[StoredObject, ...]:
        return ()


def asked() -> RecordingDocuments:
    """Every query of the product, asked once."""
    documents, silence = RecordingDocuments(), Silence()
    video = create("video", "someone", Brief(theme="the tide"), 1.0)
    ledger = Ledger(documents=documents, publisher=silence, clock=silence)
    ledger.all()
    ledger.all(owner="someone", limit=10)
    ledger.counted("someone", 1.0)
    ledger.at_work()
    ledger.clips("video", 1)
    ledger.clips_in("render-cpu", ClipStatus.REQUESTED, 10)
    ledger.count_at_work("someone", but="video", limit=3)
    Expenses(documents=documents, clock=silence).of("video")
    library = Library(documents=documents, objects=silence, ledger=ledger, clock=silence)
    quota = Quota(documents=documents, ledger=ledger, clock=silence)
    Batches(ledger=ledger, quota=quota, library=library, ask=lambda *_: video).feed("someone")
    for owner, by_views, ascending in itertools.product(("", "someone"), (False, True), (False, True)):
        library.page(Shelf(owner=owner, by_views=by_views, ascending=ascending), limit=10)
    library.favourites("someone", limit=10)
    library.delete(video)
    library.forget("someone")
    library.sweep()
    Users(documents=documents, passwords=silence, codes=silence, clock=silence).all(limit=10, beginning="ja")
    audit = Audit(documents=documents, clock=silence, kept_days=1)
    audit.page(Wanted(user="someone", act="sign_in", on="video"), limit=10)
    audit.forget_expired()
    network = HttpWebhooks(secret="", gate=Gate(permits=is_any), clock=silence)
    registered = RegisteredWebhooks(documents=documents, network=network, clock=silence)
    deliveries = WebhookDeliveries(
        documents=documents, registered=registered, publisher=silence, network=network, clock=silence, waits=()
    )
    webhook = Webhook(id="1", user="someone", url="https://example.com", events=(), secret="", created_at=1.0)
    deliveries.of(webhook, limit=10)
    deliveries.forget_expired()
    PubSubMessages(project="project", documents=documents, clock=silence).release_due()
    return documents


def plain(call: ast.Call) -> bool:
    """Whether a query compares one field at most, or only orders by one: that needs no index of its own."""
    conditions = call.args[1] if len(call.args) > 1 else ast.List(elts=[])
    ordered = sum(word.arg in ("order_by", "conditions") for word in call.keywords)
    return isinstance(conditions, ast.List) and len(conditions.elts) + ordered < 2


def queries_in_the_code() -> set[tuple[str, int, int]]:
    """Where the product asks more of documents than one field: file, first and last line of the call."""
    places = set()
    for path in (ROOT / "aiprod").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("documents.query") and not plain(node):
                places.add((path.name, node.lineno, node.end_lineno or node.lineno))
    return places


def queries_of_the_web() -> Iterator[Query]:
    """What the backend asks for itself, read from its code: a query is taken to have every condition of its function."""
    for path in (ROOT / "backend").rglob("*.py"):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        constants = vars(import_module(module))
        for function in ast.walk(ast.parse(path.read_text())):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
            named = [{word.arg: word.value for word in call.keywords} for call in calls if ast.unparse(call.func) == "Condition"]
            conditions = tuple(
                Condition(field=ast.literal_eval(one["field"]), operator=ast.literal_eval(one["operator"]), value="")
                for one in named
            ) + tuple(known for node in ast.walk(function) if isinstance(known := constants.get(getattr(node, "id", "")), Condition))
            for call in calls:
                if ast.unparse(call.func).endswith(("documents.query", "documents.watch")):
                    words = {word.arg: word.value for word in call.keywords}
                    order, down = (words.get(name, ast.Constant(value)) for name, value in (("order_by", ""), ("descending", False)))
                    first = call.args[0]
                    collection = constants[first.id] if isinstance(first, ast.Name) else ast.literal_eval(first)
                    yield Query(collection, conditions, ast.literal_eval(order), ast.literal_eval(down))


def test_the_web_asks_for_nothing_that_has_no_index() -> None:
    found = list(queries_of_the_web())
    assert Query("videos", (AT_WORK,), "", False) in found
    assert {"videos", "clips", "history"} <= {query.collection for query in found}
    ordered = {query.index for query in found} - {None}
    assert ordered
    assert ordered <= {query.index for query in asked().queries}


def test_no_query_of_the_code_is_left_out_here() -> None:
    askers = asked().askers
    left_out = [
        place for place in queries_in_the_code()
        if not any(name == place[0] and place[1] <= line <= place[2] for name, line in askers)
    ]  # fmt: skip
    assert left_out == []


@pytest.mark.terraform
def test_declared_indexes_are_those_that_the_queries_need(applied: tuple[Resource, ...]) -> None:
    declared = {
        (one.values["collection"], tuple((part["field_path"], part["order"]) for part in one.values["fields"]))
        for one in applied
        if one.type == "google_firestore_index"
    }
    assert declared == {query.index for query in asked().queries} - {None}


@pytest.mark.terraform
def test_no_field_that_is_asked_for_goes_without_its_index(applied: tuple[Resource, ...]) -> None:
    unindexed = {
        (one.values["collection"], one.values["field"])
        for one in applied
        if one.type == "google_firestore_field" and not one.values["index_config"][0]["indexes"]
    }
    named = {
        (query.collection, name)
        for query in asked().queries
        for name in (*(one.field for one in query.conditions), query.order_by)
    }
    assert len(unindexed) > 4
    assert unindexed & named == set()


@pytest.mark.terraform
def test_what_the_adapter_dates_is_what_firestore_deletes(applied: tuple[Resource, ...]) -> None:
    expiring = {
        (one.values["collection"], one.values["field"])
        for one in applied
        if one.type == "google_firestore_field" and one.values["ttl_config"]
    }
    assert expiring == {(collection, EXPIRES) for collection in KEPT_DAYS}
