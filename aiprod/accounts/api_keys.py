"""Keys for programs: named, with scopes, kept as a digest, revoked by deleting them.

A key is random, so a plain digest is enough to keep it; it is shown once, when it is made.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from aiprod.compare_and_set import remove
from aiprod.encoding import from_fields, to_fields
from aiprod.errors import InvalidInput, NotFound, NotSignedIn
from aiprod.ports import Clock, Condition, Documents, Write

COLLECTION = "api_keys"
PREFIX = "aip"
SCOPES = ("videos:read", "videos:write")
MOST_KEYS = 20
MOST_NAME_CHARACTERS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key, without what opens the door."""

    id: str
    user: str
    name: str
    scopes: tuple[str, ...]
    digest: str
    created_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKeys:
    """Everybody's keys."""

    documents: Documents
    clock: Clock

    def create(self, user: str, name: str, scopes: tuple[str, ...]) -> tuple[ApiKey, str]:
        """A new key and its secret text. Raises: InvalidInput."""
        if not 1 <= len(name.strip()) <= MOST_NAME_CHARACTERS or not name.isprintable():
            raise InvalidInput("name", expected=f"1 to {MOST_NAME_CHARACTERS} characters", found=repr(name[:80]))
        if not scopes or not set(scopes) <= set(SCOPES):
            raise InvalidInput("scopes", expected=f"some of {', '.join(SCOPES)}", found=", ".join(scopes) or "none")
        if len(self.of(user)) >= MOST_KEYS:
            raise InvalidInput("keys", expected=f"at most {MOST_KEYS}; revoke one first", found=str(MOST_KEYS))
        id, secret = secrets.token_hex(8), secrets.token_urlsafe(32)
        key = ApiKey(
            id=id, user=user, name=name.strip(), scopes=tuple(dict.fromkeys(scopes)), digest=_digest(secret),
            created_at=self.clock.now(),
        )  # fmt: skip
        self.documents.commit([Write(collection=COLLECTION, id=id, fields=to_fields(key), expected=None)])
        return key, f"{PREFIX}_{id}_{secret}"

    def read(self, text: str) -> ApiKey:
        """Whose key it is. Raises: NotSignedIn."""
        parts = text.split("_", 2)
        id, secret = (parts[1], parts[2]) if len(parts) == 3 and parts[0] == PREFIX else ("", "")
        found = self.documents.get(COLLECTION, id) if id.isalnum() and len(id) <= 32 else None
        key = from_fields(ApiKey, found.fields, source="API key") if found else None
        if key is None or not hmac.compare_digest(key.digest, _digest(secret)):
            raise NotSignedIn("Expected an API key that counts, found one that is wrong or revoked; make another.")
        return key

    def of(self, user: str) -> tuple[ApiKey, ...]:
        """A user's keys, the oldest first."""
        found = self.documents.query(COLLECTION, [Condition(field="user", operator="==", value=user)])
        keys = (from_fields(ApiKey, document.fields, source="API key") for document in found)
        return tuple(sorted(keys, key=lambda key: key.created_at))

    def revoke(self, user: str, id: str) -> None:
        """Raises: NotFound, also where the key is somebody else's."""
        if id not in {key.id for key in self.of(user)}:
            raise NotFound(f"Expected an API key of yours, found none with id {id[:40]}.")
        remove(self.documents, COLLECTION, id)

    def revoke_all(self, user: str) -> None:
        """With the account."""
        for key in self.of(user):
            remove(self.documents, COLLECTION, key.id)


def is_api_key(text: str) -> bool:
    """Whether a text has the form of a key, rather than of a token."""
    return text.startswith(f"{PREFIX}_")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8")).hexdigest()
