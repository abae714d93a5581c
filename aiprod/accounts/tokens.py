"""Tokens of sessions: JSON Web Tokens, signed by the newest key of a ring, checked by any of them. Knows no user.

The algorithm is the ring's own, never the token's; the key is named by the token's `kid` and must be in the ring.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from aiprod.errors import InvalidSetting, NotSignedIn
from aiprod.ports import Clock
from aiprod.units import DAY_SECONDS

ISSUER = "aiprod"
AUDIENCE = "aiprod-web"
DAYS = 7
LEEWAY_SECONDS = 5
MOST_REMEMBERED = 2048
LEAST_SECRET_CHARACTERS = 32
SIGN_IN_AGAIN = "Expected a token that counts, found one that is {found}; sign in again."


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """A key and its name: a secret for HS256, a private key in PEM for RS256 (or a public one, which only checks)."""

    id: str
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What a token says: whose session, which one, since and until when, and the epoch of the user's sessions."""

    user: str
    session: str
    epoch: int
    issued_at: float
    expires_at: float


@dataclass(frozen=True, kw_only=True)
class Keyring:
    """Signs with the first key; put a new one before it to rotate, and drop the old one a week later."""

    algorithm: str
    keys: tuple[SigningKey, ...]
    clock: Clock

    def __post_init__(self) -> None:
        if self.algorithm not in ("HS256", "RS256"):
            raise InvalidSetting(f"Expected the token algorithm HS256 or RS256, found {self.algorithm!r}.")
        if not self.keys or len({key.id for key in self.keys}) < len(self.keys):
            raise InvalidSetting("Expected signing keys, each with a name of its own, found none or two of one name.")
        if self.algorithm == "HS256" and any(len(key.secret) < LEAST_SECRET_CHARACTERS for key in self.keys):
            raise InvalidSetting(f"Expected signing secrets of at least {LEAST_SECRET_CHARACTERS} characters, found less.")

    def issue(self, user: str, epoch: int) -> tuple[str, Claims]:
        """A new token for a session of that user's."""
        import jwt

        now = int(self.clock.now())
        claims = Claims(
            user=user, session=secrets.token_hex(16), epoch=epoch, issued_at=now, expires_at=now + DAYS * DAY_SECONDS
        )
        payload: dict[str, object] = {
            "iss": ISSUER, "aud": AUDIENCE, "sub": user, "jti": claims.session, "epoch": epoch, "iat": now,
            "exp": int(claims.expires_at),
        }  # fmt: skip
        key = self.keys[0]
        return jwt.encode(payload, key.secret, algorithm=self.algorithm, headers={"kid": key.id}), claims

    def read(self, token: str) -> Claims:
        """What a token says, if it is ours and counts now. Raises: NotSignedIn."""
        claims = self._known(token)
        now = self.clock.now()
        if now >= claims.expires_at:
            raise NotSignedIn(SIGN_IN_AGAIN.format(found="expired"))
        if claims.issued_at > now + LEEWAY_SECONDS:
            raise NotSignedIn(SIGN_IN_AGAIN.format(found="not yet to be used"))
        return claims

    def mark(self, session: str) -> str:
        """What proves that a request with a session's cookie was made by our own page (against forged requests)."""
        secret = self.keys[-1].secret.encode("utf-8")
        return hmac.new(secret, f"csrf:{session}".encode(), hashlib.sha256).hexdigest()

    @cached_property
    def _known(self) -> Callable[[str], Claims]:
        """What tokens of ours say, those of late remembered: a signature that was right once stays so, the time does not."""
        return lru_cache(MOST_REMEMBERED)(self._signed)

    def _signed(self, token: str) -> Claims:
        """What a token says, if it is ours. Raises: NotSignedIn."""
        import jwt

        try:
            named = jwt.get_unverified_header(token).get("kid")
            if named not in self._checking:
                raise NotSignedIn(SIGN_IN_AGAIN.format(found="signed by a key that is not known here"))
            payload = jwt.decode(
                token, self._checking[named], algorithms=[self.algorithm], issuer=ISSUER, audience=AUDIENCE,
                options={"require": ["exp", "iat", "sub", "jti"], "verify_exp": False, "verify_iat": False},
            )  # fmt: skip
            return Claims(
                user=str(payload["sub"]), session=str(payload["jti"]), epoch=int(payload["epoch"]),
                issued_at=float(payload["iat"]), expires_at=float(payload["exp"]),
            )  # fmt: skip
        except (jwt.PyJWTError, KeyError, ValueError, TypeError) as error:
            raise NotSignedIn(SIGN_IN_AGAIN.format(found="not one of ours")) from error

    @cached_property
    def _checking(self) -> dict[str, str]:
        if self.algorithm == "HS256":
            return {key.id: key.secret for key in self.keys}
        return {key.id: _public(key.secret) for key in self.keys}


def _public(pem: str) -> str:
    """The public key of a private one; a public one is itself. Raises: InvalidSetting."""
    from cryptography.hazmat.primitives import serialization

    if "PUBLIC KEY" in pem:
        return pem
    try:
        private = serialization.load_pem_private_key(pem.encode("utf-8"), password=None)
    except (ValueError, TypeError) as error:
        raise InvalidSetting("Expected a private key in PEM for RS256, found text that is none.") from error
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return private.public_key().public_bytes(serialization.Encoding.PEM, form).decode("ascii")
