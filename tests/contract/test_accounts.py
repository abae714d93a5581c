"""Accounts, quotas and the library keep their promises over each document store."""

import threading
from collections import Counter

import pytest

from aiprod.accounts.access_codes import AccessCodes
from aiprod.accounts.api_keys import ApiKeys
from aiprod.accounts.attempts import Attempts
from aiprod.accounts.passwords import Passwords
from aiprod.accounts.quota import Allowance, Quota
from aiprod.accounts.sessions import Sessions
from aiprod.accounts.tokens import Keyring, SigningKey
from aiprod.accounts.users import Users, any_admin
from aiprod.brief import Brief
from aiprod.errors import AlreadyExists, NotFound, NotSignedIn, QuotaSpent
from aiprod.ledger import Ledger
from aiprod.library import Library, Shelf
from aiprod.ports import Documents
from aiprod.video import ScriptStarted, StageGaveUp, create
from backend.watching import order_of
from tests.contract.conftest import Cloud, WallClock

PASSWORD = "correct horse battery"
HERE = "192.0.2.7"
TWO = Allowance(videos=2, at_work=0)


@pytest.fixture
def sessions(documents: Documents) -> Sessions:
    clock = WallClock()
    codes = AccessCodes(documents=documents, clock=clock)
    users = Users(documents=documents, passwords=Passwords(rounds=4), codes=codes, clock=clock)
    ring = Keyring(algorithm="HS256", keys=(SigningKey(id="one", secret="s" * 64),), clock=clock)
    attempts = Attempts(documents=documents, clock=clock)
    return Sessions(documents=documents, users=users, keyring=ring, attempts=attempts, clock=clock)


@pytest.fixture
def ledger(cloud: Cloud) -> Ledger:
    return Ledger(documents=cloud.documents, publisher=cloud.publisher, clock=WallClock())


def test_an_account_is_made_once_signs_in_and_out_and_goes(sessions: Sessions) -> None:
    users, codes = sessions.users, sessions.users.codes
    admin = sessions.register("root@mail.org", PASSWORD, codes.first_admin(), HERE)
    jane = sessions.register("jane@mail.org", PASSWORD, codes.current().code, HERE)
    assert (admin.admin, jane.admin, any_admin(users.documents)) == (True, False, True)
    with pytest.raises(AlreadyExists):
        sessions.register("jane@mail.org", PASSWORD, codes.current().code, HERE)
    _, token, claims = sessions.sign_in("jane@mail.org", PASSWORD, HERE)
    read = sessions.read(token)[0]
    assert (read.id, read.email) == (jane.id, "jane@mail.org")
    assert read.signed_in_at > jane.signed_in_at
    sessions.end(claims)
    with pytest.raises(NotSignedIn):
        sessions.read(token)
    first = users.all(limit=1)
    assert {user.id for user in (*first, *users.all(limit=9, after=first[0].id))} == {admin.id, jane.id}
    jack = sessions.register("jack@mail.org", PASSWORD, codes.current().code, HERE)
    assert [user.email for user in users.all(limit=9)] == ["jack@mail.org", "jane@mail.org", "root@mail.org"]
    assert users.all(limit=9, beginning=" JA") == (jack, users.get(jane.id)) and users.all(limit=9, beginning="mail.org") == ()
    assert users.all(limit=1, beginning="ja", after=jack.id) == (users.get(jane.id),)
    users.delete(jane)
    with pytest.raises(NotFound):
        users.get(jane.id)


def test_a_key_is_known_until_it_is_revoked(documents: Documents) -> None:
    keys = ApiKeys(documents=documents, clock=WallClock())
    key, text = keys.create("jane", "blog", ("videos:read",))
    assert keys.read(text) == key
    keys.revoke("jane", key.id)
    with pytest.raises(NotSignedIn):
        keys.read(text)


def test_requests_at_the_same_moment_get_what_the_account_may_have(documents: Documents, ledger: Ledger) -> None:
    outcomes: Counter[str] = Counter()
    start = threading.Barrier(8)

    def one(number: int) -> None:
        start.wait()
        try:
            Quota(documents=documents, ledger=ledger, clock=WallClock()).hold("jane", f"{number}a", TWO)
        except QuotaSpent:
            outcomes["refused"] += 1
        else:
            outcomes["held"] += 1

    threads = [threading.Thread(target=one, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == {"held": 2, "refused": 6}


def test_a_failed_video_is_given_back(documents: Documents, ledger: Ledger) -> None:
    quota = Quota(documents=documents, ledger=ledger, clock=WallClock())
    quota.hold("jane", "0a", TWO)
    ledger.open(create("0a", "jane", Brief(theme="tides"), 1.0))
    quota.settle(ledger.advance("0a", StageGaveUp(revision=1, at=2.0, sentence="No.")))
    assert quota.usage("jane").used == 0


def test_the_library_is_read_by_date_by_views_and_page_by_page(cloud: Cloud, ledger: Ledger) -> None:
    library = Library(documents=cloud.documents, objects=cloud.objects, ledger=ledger, clock=WallClock())
    for number in range(3):
        video = ledger.open(create(f"{number}b", "jane", Brief(theme="tides"), float(number)))
        library.add(video)
        library.publish(video.id, public=number != 2)
    for viewer in ("john", "jack", "john"):
        library.count_view("0b", viewer)
    pages = [library.page(Shelf(owner="jane"), limit=2), library.page(Shelf(owner="jane"), limit=2, after="1b")]
    assert [[entry.video for entry in page] for page in pages] == [["2b", "1b"], ["0b"]]
    assert [(entry.video, entry.views) for entry in library.page(Shelf(by_views=True), limit=9)] == [("0b", 2), ("1b", 0)]
    library.mark_favourite("john", "1b", favourite=True)
    assert library.favourites("john", limit=9) == ("1b",)
    cloud.objects.write("exports/1b/1/film.mp4", b"film")
    library.delete(ledger.advance("1b", StageGaveUp(revision=1, at=9.0, sentence="No.")))
    assert library.favourites("john", limit=9) == () and cloud.objects.under("exports/1b/") == ()


def test_the_number_of_a_document_s_write_grows(documents: Documents, ledger: Ledger) -> None:
    ledger.open(create("0c", "jane", Brief(theme="tides"), 1.0))
    numbers = []
    for fact in (ScriptStarted(revision=1, at=2.0), StageGaveUp(revision=1, at=3.0, sentence="No.")):
        ledger.advance("0c", fact)
        found = documents.get("videos", "0c")
        assert found is not None
        numbers.append(order_of(found))
    assert numbers[0] < numbers[1]
