"""Our JSON fields as Firestore keeps them, and back, without loss.

Firestore takes JSON's values but for three things: a list may not hold a list, a number without a fraction has 64 bits,
and a document has at most a mebibyte. A list within a list is kept as the map `{"[]": [...]}`; a map of ours whose only
name looks like that gets one more `[]` on it. Lists that fields hold directly stay lists, so that queries on fields find
what they say (`outbox != []`). The field `expires_at`, seconds since 1970, becomes a time, to the microsecond, for
Firestore deletes by fields of that type alone. Document ids keep their order and may hold slashes and dots of ours: those that Firestore
would not take are percent-encoded. Knows no client.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import unquote

from aiprod.errors import InvalidInput
from aiprod.ports import Fields, Json

MOST_BYTES = 1_048_576
"""Source: Firestore's usage limits, "Maximum size for a document"."""
EXPIRES = "expires_at"
_LIST = "[]"
_INTEGERS = range(-(2**63), 2**63)


def to_kept(fields: Fields, name: str) -> dict[str, Json | datetime]:
    """The fields of a document to write; `name` says which, in an error. Raises: InvalidInput."""
    size = document_bytes(fields, name)
    if size > MOST_BYTES:
        raise InvalidInput(
            name,
            expected=f"a document of at most {MOST_BYTES:,} bytes",
            found=f"one of {size:,} bytes; long content belongs in an object",
        )
    return {field: field_to_kept(field, value, name) for field, value in fields.items()}


def from_kept(fields: Mapping[str, Json | datetime]) -> dict[str, Json]:
    """The fields of a document that was read."""
    return {
        field: value.timestamp() if isinstance(value, datetime) else _from_kept(value)
        for field, value in fields.items()
    }


def field_to_kept(field: str, value: Json, name: str) -> Json | datetime:
    """One field's value, to write or to compare with. Raises: InvalidInput."""
    if field == EXPIRES and isinstance(value, int | float):
        return datetime.fromtimestamp(value, UTC)
    return _to_kept(value, f"{name}, {field}")


def _to_kept(value: Json, name: str) -> Json:
    if isinstance(value, list | tuple):
        return [
            {_LIST: _to_kept(list(item), name)} if isinstance(item, list | tuple) else _to_kept(item, name)
            for item in value
        ]
    if isinstance(value, dict):
        kept = {key: _to_kept(item, name) for key, item in value.items()}
        only = _only_name(kept)
        return {only + _LIST: kept[only]} if only else kept
    if isinstance(value, int) and value not in _INTEGERS:
        raise InvalidInput(name, expected="a whole number of at most 64 bits", found=str(value))
    return value


def _from_kept(value: Json) -> Json:
    if isinstance(value, list):
        return [_from_kept(item) for item in value]
    if isinstance(value, dict):
        only = _only_name(value)
        if only == _LIST:
            return _from_kept(value[only])
        known = {key: _from_kept(item) for key, item in value.items()}
        return {only.removesuffix(_LIST): known[only]} if only else known
    return value


def _only_name(value: dict[str, Json]) -> str:
    """The map's only name where it is a list's mark, escaped or not; "" else."""
    name = next(iter(value)) if len(value) == 1 else ""
    return name if name and not name.replace(_LIST, "") else ""


def id_to_kept(id: str) -> str:
    """A document's id as Firestore takes it: no slash, not a dot or two, not between double underscores."""
    kept = id.replace("%", "%25").replace("/", "%2F")
    if kept in (".", ".."):
        return kept.replace(".", "%2E")
    return f"%5F{kept[1:]}" if kept.startswith("__") and kept.endswith("__") else kept


def id_from_kept(id: str) -> str:
    """The id that was kept."""
    return unquote(id)


def document_bytes(fields: Fields, name: str) -> int:
    """What Firestore counts for a document. Source: its storage size calculations."""
    path = sum(len(part.encode()) + 1 for part in name.split("/")) + 16
    return path + 32 + _map_bytes(fields)


def _map_bytes(fields: Fields) -> int:
    return sum(len(key.encode()) + 1 + _value_bytes(value) for key, value in fields.items())


def _value_bytes(value: Json) -> int:
    if isinstance(value, str):
        return len(value.encode()) + 1
    if isinstance(value, dict):
        return _map_bytes(value)
    if isinstance(value, list | tuple):
        return sum(_value_bytes(item) + (len(_LIST) + 1 if isinstance(item, list | tuple) else 0) for item in value)
    return 1 if value is None or isinstance(value, bool) else 8
