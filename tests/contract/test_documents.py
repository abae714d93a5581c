"""What every document store promises, asked of each adapter."""

import threading
from collections.abc import Sequence

import pytest

from aiprod.errors import Conflict, Misuse
from aiprod.ports import Condition, Documents, Write


def put(documents: Documents, id: str, fields: dict[str, object], expected: str | None = None) -> None:
    documents.commit([Write(collection="things", id=id, fields=fields, expected=expected)])  # type: ignore[arg-type]


def test_a_document_comes_back_as_it_was_written(documents: Documents) -> None:
    fields = {"text": "Été «🐼»", "number": 7, "ratio": 0.5, "flag": True, "none": None, "list": [1, {"a": "b"}]}
    put(documents, "one", fields)
    found = documents.get("things", "one")
    assert found is not None and found.fields == fields


def test_there_is_nothing_where_nothing_was_written(documents: Documents) -> None:
    assert documents.get("things", "absent") is None


def test_a_document_is_created_only_once(documents: Documents) -> None:
    put(documents, "one", {"n": 1})
    with pytest.raises(Conflict):
        put(documents, "one", {"n": 2})
    found = documents.get("things", "one")
    assert found is not None and found.fields == {"n": 1}


def test_a_write_against_an_old_version_changes_nothing(documents: Documents) -> None:
    put(documents, "one", {"n": 1})
    first = documents.get("things", "one")
    assert first is not None
    put(documents, "one", {"n": 2}, first.version)
    with pytest.raises(Conflict):
        put(documents, "one", {"n": 3}, first.version)
    found = documents.get("things", "one")
    assert found is not None and found.fields == {"n": 2}


def test_a_deleted_and_recreated_document_has_another_version(documents: Documents) -> None:
    put(documents, "one", {"n": 1})
    first = documents.get("things", "one")
    assert first is not None
    documents.commit([Write(collection="things", id="one", fields=None, expected=first.version)])
    put(documents, "one", {"n": 1})
    with pytest.raises(Conflict):
        put(documents, "one", {"n": 2}, first.version)


def test_a_batch_is_written_whole_or_not_at_all(documents: Documents) -> None:
    put(documents, "taken", {"n": 1})
    with pytest.raises(Conflict):
        documents.commit(
            [
                Write(collection="things", id="fresh", fields={"n": 1}, expected=None),
                Write(collection="things", id="taken", fields={"n": 2}, expected=None),
            ]
        )
    assert documents.get("things", "fresh") is None


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Condition(field="colour", operator="==", value="red"), ["a", "c"]),
        (Condition(field="colour", operator="!=", value="red"), ["b"]),
        (Condition(field="size", operator=">", value=1), ["b", "c"]),
        (Condition(field="size", operator="<=", value=2), ["a", "b"]),
        (Condition(field="colour", operator="in", value=["blue", "green"]), ["b"]),
        (Condition(field="inner.flag", operator="==", value=True), ["a"]),
    ],
)
def test_a_query_finds_what_meets_its_condition(
    documents: Documents, condition: Condition, expected: Sequence[str]
) -> None:
    put(documents, "a", {"colour": "red", "size": 1, "inner": {"flag": True}})
    put(documents, "b", {"colour": "blue", "size": 2, "inner": {"flag": False}})
    put(documents, "c", {"colour": "red", "size": 3, "inner": {"flag": False}})
    assert sorted(document.id for document in documents.query("things", [condition])) == list(expected)


def test_a_rewrite_leaves_nothing_of_what_was_there(documents: Documents) -> None:
    put(documents, "one", {"kept": {"a": 1, "b": 2}, "gone": 1})
    first = documents.get("things", "one")
    assert first is not None
    put(documents, "one", {"kept": {"b": 2}}, first.version)
    found = documents.get("things", "one")
    assert found is not None and found.fields == {"kept": {"b": 2}} and found.version != first.version


def test_what_is_gone_is_neither_rewritten_nor_deleted(documents: Documents) -> None:
    put(documents, "one", {"n": 1})
    first = documents.get("things", "one")
    assert first is not None
    documents.commit([Write(collection="things", id="one", fields=None, expected=first.version)])
    assert documents.get("things", "one") is None
    with pytest.raises(Conflict):
        put(documents, "one", {"n": 2}, first.version)
    with pytest.raises(Conflict):
        documents.commit([Write(collection="things", id="one", fields=None, expected=first.version)])
    assert documents.query("things") == []


def test_a_deletion_against_an_old_version_deletes_nothing(documents: Documents) -> None:
    put(documents, "one", {"n": 1})
    first = documents.get("things", "one")
    assert first is not None
    put(documents, "one", {"n": 2}, first.version)
    with pytest.raises(Conflict):
        documents.commit([Write(collection="things", id="one", fields=None, expected=first.version)])
    assert documents.get("things", "one") is not None


def test_lists_of_pairs_come_back_and_are_found_by_not_being_empty(documents: Documents) -> None:
    outbox = [["v-1", {"topic": "sweeps"}], ["v-2", {"topic": "t", "grid": [[1, 2.5], []]}]]
    put(documents, "done", {"outbox": []})
    put(documents, "left", {"outbox": outbox})
    (found,) = documents.query("things", [Condition(field="outbox", operator="!=", value=[])])
    assert (found.id, found.fields) == ("left", {"outbox": outbox})


@pytest.mark.parametrize("id", ["a b", "v.1.rendering.redelivery-3", "é", "clips/v/1", "50%"])
def test_every_id_names_its_own_document(documents: Documents, id: str) -> None:
    put(documents, id, {"n": 1})
    put(documents, "another", {"n": 2})
    found = documents.get("things", id)
    assert found is not None and (found.id, found.fields) == (id, {"n": 1})
    assert {document.id for document in documents.query("things")} == {id, "another"}


def test_every_condition_must_be_met(documents: Documents) -> None:
    for number in range(8):
        put(documents, f"d{number}", {"owner": "ab"[number % 2], "rank": number, "status": "xyz"[number % 3]})
    found = documents.query(
        "things",
        [
            Condition(field="owner", operator="==", value="a"),
            Condition(field="status", operator="in", value=["x", "y"]),
            Condition(field="rank", operator=">=", value=2),
        ],
        order_by="rank",
    )
    assert [document.id for document in found] == ["d4", "d6"]


def test_what_has_no_such_field_or_no_value_to_be_among_is_not_found(documents: Documents) -> None:
    put(documents, "without", {"size": 1})
    put(documents, "with", {"colour": "red"})
    assert [
        found.id for found in documents.query("things", [Condition(field="colour", operator="!=", value="blue")])
    ] == ["with"]
    assert documents.query("things", [Condition(field="colour", operator="in", value=[])]) == []
    with pytest.raises(Misuse):
        documents.query("things", [Condition(field="colour", operator="like", value="r%")])


@pytest.mark.parametrize("descending", [False, True])
def test_documents_of_equal_rank_come_in_the_order_of_their_ids(documents: Documents, descending: bool) -> None:
    for id, rank in (("c", 1), ("a", 1), ("d", 0), ("b", 1)):
        put(documents, id, {"rank": rank, "owner": "o"})
    owned = [Condition(field="owner", operator="==", value="o")]
    order = ["d", "a", "b", "c"]
    wanted = order[::-1] if descending else order
    pages, after = [], ""
    while page := documents.query("things", owned, order_by="rank", descending=descending, limit=2, after=after):
        pages.append([document.id for document in page])
        after = page[-1].id
    assert pages == [wanted[:2], wanted[2:]]
    assert [document.id for document in documents.query("things")] == ["a", "b", "c", "d"]


def test_nothing_follows_a_document_that_is_not_there(documents: Documents) -> None:
    put(documents, "one", {"rank": 1})
    assert documents.query("things", order_by="rank", after="absent") == []


def test_pages_of_a_query_follow_each_other_without_gap_or_overlap(documents: Documents) -> None:
    for number in range(10):
        put(documents, f"d{number}", {"rank": number // 2})
    seen: list[str] = []
    after = ""
    while page := documents.query("things", order_by="rank", descending=True, limit=3, after=after):
        seen += [document.id for document in page]
        after = page[-1].id
    assert len(seen) == 10 and len(set(seen)) == 10
    ranks = [int(name[1:]) // 2 for name in seen]
    assert ranks == sorted(ranks, reverse=True)


def test_sixteen_writers_at_once_lose_no_increment(documents: Documents) -> None:
    put(documents, "counter", {"n": 0})

    def increment() -> None:
        for _ in range(5):
            while True:
                found = documents.get("things", "counter")
                assert found is not None
                number = found.fields["n"]
                assert isinstance(number, int)
                try:
                    put(documents, "counter", {"n": number + 1}, found.version)
                except Conflict:
                    continue
                break

    threads = [threading.Thread(target=increment) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = documents.get("things", "counter")
    assert found is not None and found.fields["n"] == 80
