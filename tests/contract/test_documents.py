"""What every document store promises, asked of each adapter."""

import threading
from collections.abc import Sequence

import pytest

from aiprod.errors import Conflict
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
