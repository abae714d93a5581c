"""What the routes are given: the product, and the rooms of the accounts over its documents. Knows no HTTP."""

import hashlib
import os
import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from aiprod.accounts.access_codes import AccessCodes
from aiprod.accounts.api_keys import ApiKeys
from aiprod.accounts.attempts import Attempts, Limit
from aiprod.accounts.audit import Audit
from aiprod.accounts.deliveries import WebhookDeliveries
from aiprod.accounts.passwords import Passwords
from aiprod.accounts.quota import Allowance, Quota
from aiprod.accounts.sessions import Sessions
from aiprod.accounts.tokens import Keyring, SigningKey
from aiprod.accounts.users import User, Users
from aiprod.bootstrap import App
from aiprod.errors import InvalidSetting
from aiprod.library import Library
from aiprod.uploads import Uploads
from backend.briefs import Asker
from backend.estimates import Paces
from backend.films import Films
from backend.history import History
from backend.news import Board
from backend.places import Places
from backend.previews import Previews
from backend.readings import Instruments
from backend.scripts import Scripts
from backend.settings import ADMIN, Tier, WebSettings
from backend.several import Several
from backend.signing import Signatures
from backend.watching import Watch
from backend.workshop import Workshop

MOST_UPLOADING = 3
MOST_AT_THE_DOOR = 60
MOST_READING = 32


@dataclass(frozen=True, kw_only=True)
class Services:
    """The whole product, as the web sees it."""

    app: App
    settings: WebSettings
    users: Users
    codes: AccessCodes
    sessions: Sessions
    keys: ApiKeys
    attempts: Attempts
    quota: Quota
    library: Library
    webhooks: WebhookDeliveries
    audit: Audit
    instruments: Instruments
    history: History
    scripts: Scripts
    films: Films
    several: Several
    watch: Watch
    board: Board
    uploads: Uploads
    uploading: Places
    watching: Places
    signatures: Signatures
    workshop: Workshop
    door: Workshop
    previews: Previews
    paces: Paces

    def tier(self, user: User) -> Tier:
        """What an account may have."""
        return ADMIN if user.admin else self.settings.tiers.get(user.tier, self.settings.tiers["free"])

    def allowance(self, user: User) -> Allowance:
        """How many videos an account may have."""
        tier = self.tier(user)
        return Allowance(videos=tier.videos, at_work=tier.at_work)

    def asker(self, user: User) -> Asker:
        """Who asks for a film."""
        return Asker(app=self.app, user=user.id, tier=self.tier(user), uploads=self.uploads)

    def count_request(self, user: User) -> None:
        """Count a request that costs work. Raises: Throttled."""
        limit = Limit(kind="requests", most=self.tier(user).requests_a_minute, window_seconds=60.0)
        self.attempts.count(limit, user.id)

    def delete_video(self, id: str) -> None:
        """Stop and delete a video. Raises: NotFound."""
        before = self.watch.look(id)
        video = self.app.cancel(id)
        self.quota.settle(video)
        self.library.delete(video)
        if before.video.over:
            self.board.lose(before.video, before.sequence + 1)

    def delete_user(self, user: User) -> None:
        """Delete an account: its batches, videos, files, keys, webhooks, favourites, what it used, itself."""
        # A batch goes on as soon as a place is free: it goes first, and what it began meanwhile goes too.
        self.app.batches.forget(user.id)
        while videos := self.app.ledger.all(owner=user.id):
            for video in videos:
                self.delete_video(video.id)
        self.keys.revoke_all(user.id)
        self.webhooks.delete_all(user.id)
        self.library.forget(user.id)
        self.uploads.forget(user.id)
        self.quota.forget(user.id)
        self.users.delete(user)


def open_services(app: App, settings: WebSettings) -> Services:
    """The product with its accounts. Raises: InvalidSetting."""
    documents, clock = app.documents, app.clock
    codes = AccessCodes(documents=documents, clock=clock)
    attempts = Attempts(documents=documents, clock=clock)
    users = Users(
        documents=documents, passwords=Passwords(rounds=settings.password_rounds), codes=codes, clock=clock
    )
    workshop, scripts = Workshop(), Scripts(artefacts=app.artefacts)
    keyring = Keyring(algorithm=settings.token_algorithm, keys=_signing_keys(app, settings), clock=clock)
    return Services(
        app=app, settings=settings, users=users, codes=codes, attempts=attempts,
        sessions=Sessions(documents=documents, users=users, keyring=keyring, attempts=attempts, clock=clock),
        keys=ApiKeys(documents=documents, clock=clock), quota=app.quota,
        library=app.library,
        webhooks=app.webhook_deliveries,
        audit=Audit(documents=documents, clock=clock, kept_days=settings.audit_days),
        instruments=Instruments(app=app), history=History(documents=documents),
        scripts=scripts, films=Films(artefacts=app.artefacts),
        several=Several(at_once=1 if app.settings.cloud == "local" else MOST_READING),
        watch=Watch(app=app, look_seconds=settings.look_seconds, scripts=scripts),
        board=Board(app=app, look_seconds=settings.look_seconds),
        uploads=Uploads(documents=documents, objects=app.objects, clock=clock), signatures=Signatures(),
        uploading=Places(most=MOST_UPLOADING, what="uploads of an account"),
        watching=Places(most=settings.connections, what="live connections of an account"),
        workshop=workshop, door=_door(), previews=Previews(app=app, workshop=workshop), paces=Paces(app=app),
    )  # fmt: skip


def _door() -> Workshop:
    """Where passwords are hashed: on half of the processors at most, or everybody would wait for those who sign in."""
    at_once = max(1, (os.cpu_count() or 1) // 2)
    return Workshop(pool=ThreadPoolExecutor(at_once, "door"), most_waiting=MOST_AT_THE_DOOR)


def _signing_keys(app: App, settings: WebSettings) -> tuple[SigningKey, ...]:
    given = tuple(SigningKey(id=id, secret=key.get_secret_value()) for id, key in settings.token_keys.items())
    if given:
        return given
    if app.settings.cloud != "local" or settings.token_algorithm != "HS256":
        raise InvalidSetting("Expected the keys that sign session tokens, found none; set AIPROD_WEB_TOKEN_KEYS.")
    secret = _own_secret(app.settings.home_folder / "web-token-key")
    return (SigningKey(id=hashlib.sha256(secret.encode()).hexdigest()[:8], secret=secret),)


def _own_secret(file: Path) -> str:
    """This machine's secret, made at the first start; nobody but its user can read it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as target:
        target.write(secrets.token_hex(32))
    try:
        os.link(fresh, file)
    except FileExistsError:
        return file.read_text(encoding="ascii").strip()
    finally:
        fresh.unlink()
    return file.read_text(encoding="ascii").strip()
