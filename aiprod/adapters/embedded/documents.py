"""Documents with versions in a table: the embedded cloud's Firestore."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from aiprod.adapters.embedded.database import INDEXED, Database
from aiprod.errors import Conflict, Misuse
from aiprod.ports import Condition, Document, Write

_OPERATORS = {"==": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedDocuments:
    """Implements ports.Documents."""

    database: Database

    def get(self, collection: str, id: str) -> Document | None:
        rows = self.database.read(
            "SELECT version, fields FROM documents WHERE collection = ? AND id = ?", collection, id
        )
        return _document(collection, id, *rows[0]) if rows else None

    def commit(self, writes: Sequence[Write]) -> None:
        with self.database.transaction() as connection:
            for write in writes:
                found = connection.execute(
                    "SELECT version FROM documents WHERE collection = ? AND id = ?", (write.collection, write.id)
                ).fetchone()
                there = None if found is None else str(found[0])
                if there != write.expected:
                    raise Conflict(
                        f"Expected {write.collection}/{write.id} at version {write.expected or 'none'}, "
                        f"found {there or 'none'}."
                    )
                if write.fields is None:
                    connection.execute(
                        "DELETE FROM documents WHERE collection = ? AND id = ?", (write.collection, write.id)
                    )
                    continue
                version = connection.execute("UPDATE versions SET last = last + 1 RETURNING last").fetchone()[0]
                connection.execute(
                    "INSERT OR REPLACE INTO documents (collection, id, version, fields) VALUES (?, ?, ?, ?)",
                    (write.collection, write.id, version, json.dumps(write.fields, ensure_ascii=False)),
                )

    def query(
        self, collection: str, conditions: Sequence[Condition] = (), *, order_by: str = "", descending: bool = False,
        limit: int = 0, after: str = "",
    ) -> list[Document]:  # fmt: skip
        order = f"json_extract(fields, '$.{_name(order_by)}')" if order_by else "id"
        direction = "DESC" if descending else "ASC"
        where = ["collection = ?"]
        values: list[object] = [collection]
        for condition in conditions:
            clause, more = _clause(condition)
            where.append(clause)
            values += more
        if after:
            sign = "<" if descending else ">"
            where.append(f"({order}, id) {sign} (SELECT {order}, id FROM documents WHERE collection = ? AND id = ?)")
            values += [collection, after]
        sql = f"SELECT id, version, fields FROM documents {_index(conditions)} WHERE " + " AND ".join(where)
        sql += f" ORDER BY {order} {direction}, id {direction}"
        if limit:
            sql += f" LIMIT {int(limit)}"
        return [_document(collection, str(row[0]), row[1], row[2]) for row in self.database.read(sql, *values)]


def _document(collection: str, id: str, version: object, fields: object) -> Document:
    return Document(collection=collection, id=id, version=str(version), fields=json.loads(str(fields)))


def _index(conditions: Sequence[Condition]) -> str:
    """The index to look into, which SQLite would pass by: without statistics it prefers to walk the collection."""
    for condition in conditions:
        if condition.field in INDEXED and condition.operator in ("==", "in") and condition.value:
            return f"INDEXED BY documents_by_{condition.field}"
    return ""


def _name(field: str) -> str:
    if not field.replace("_", "").replace(".", "").isalnum():
        raise Misuse(f"Expected a field name of letters, digits, dots and underscores, found {field!r}.")
    return field


def _clause(condition: Condition) -> tuple[str, list[object]]:
    path = f"json_extract(fields, '$.{_name(condition.field)}')"
    if condition.operator == "in" and isinstance(condition.value, list):
        marks = ", ".join("?" for _ in condition.value)
        return f"{path} IN ({marks})", [_value(value) for value in condition.value]
    if condition.operator not in _OPERATORS:
        raise Misuse(f"Expected an operator among in {' '.join(_OPERATORS)}, found {condition.operator!r}.")
    return f"{path} {_OPERATORS[condition.operator]} ?", [_value(condition.value)]


def _value(value: object) -> object:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return value
