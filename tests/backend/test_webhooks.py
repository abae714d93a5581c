"""Webhooks of users: told what they asked for, signed, tried again, looked at, told again; and nobody else's."""

import hashlib
import hmac
import json
from dataclasses import replace
from pathlib import Path

import pytest

from aiprod.events import StatusChanged, WebhookDue
from tests.backend.conftest import PASSWORD, REQUEST, Site, open_site, problem
from tests.house import BRIEF, drain, open_house
from tests.receivers import receiving
from tests.thin import drain_thin


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return open_site(tmp_path, house={"webhook_private": True})


def register(browser, url: str, *events: str) -> dict:
    answer = browser("POST", "/account/webhooks", json={"url": url, **({"events": events} if events else {})})
    assert answer.status_code == 201, answer.text
    return answer.json()


def told(browser, hook: dict) -> list[dict]:
    return browser("GET", f"/account/webhooks/{hook['id']}/deliveries").json()["items"]


def test_a_finished_film_is_told_once_signed_with_the_secret_that_was_told_once(site, jane) -> None:
    with receiving() as receiver:
        hook = register(jane, receiver.url)
        assert hook["events"] == ["completed", "failed"]
        assert "secret" not in jane("GET", "/account/webhooks").json()[0]
        film = jane("POST", "/videos", json=REQUEST).json()["id"]
        drain_thin(site.app)
        # The chain may tell a change twice; the webhook hears of it once.
        video = site.app.ledger.get(film)
        ended = video.history[-1]
        again = StatusChanged(video=film, revision=1, status="completed", sentence="", at=ended.at)
        site.app.messages.publish("status-changes", again)
        drain(site.app)
    ((headers, body),) = receiver.calls
    content = json.loads(body)["content"]
    assert (content["video"], content["status"]) == (film, "completed")
    at, _, given = headers["aiprod-signature"].partition(",v1=")
    assert given == hmac.new(hook["secret"].encode(), f"{at[2:]}.".encode() + body, hashlib.sha256).hexdigest()
    (delivery,) = told(jane, hook)
    assert delivery["id"] == headers["aiprod-delivery"] and delivery["state"] == "delivered" and delivery["video"] == film
    assert [(one["status"], one["answer"]) for one in delivery["tries"]] == [(200, "")] and delivery["next_at"] is None


def test_the_events_that_were_chosen_are_told_and_no_other_users(site, jane, john) -> None:
    with receiving() as hers, receiving() as his:
        register(jane, hers.url, "cancelled", "completed")
        register(john, his.url, "queued", "cancelled")
        film = jane("POST", "/videos", json=REQUEST).json()["id"]
        jane("POST", f"/videos/{film}/cancel")
        drain(site.app)
    assert hers.statuses() == ["cancelled"] and his.calls == []


def test_a_receiver_that_stumbles_is_called_three_times_and_the_log_says_what_it_answered(site, jane) -> None:
    with receiving([503, 500, 200]) as receiver:
        hook = register(jane, receiver.url)
        assert jane("POST", f"/account/webhooks/{hook['id']}/test").status_code == 202
        drain(site.app)
        (delivery,) = told(jane, hook)
    assert [one["status"] for one in delivery["tries"]] == [503, 500, 200] and delivery["state"] == "delivered"
    assert len({headers["aiprod-delivery"] for headers, _ in receiver.calls}) == 1


def test_after_three_tries_it_is_given_up_and_may_be_told_again(site, jane) -> None:
    with receiving([500] * 3) as receiver:
        hook = register(jane, receiver.url)
        jane("POST", f"/account/webhooks/{hook['id']}/test")
        drain(site.app)
        (failed,) = told(jane, hook)
        assert failed["state"] == "failed" and len(failed["tries"]) == 3
        again = jane("POST", f"/account/webhooks/{hook['id']}/deliveries/{failed['id']}/replay")
        assert again.status_code == 202 and again.json()["state"] == "pending"
        drain(site.app)
        newest, oldest = told(jane, hook)
    assert newest["state"] == "delivered" and newest["body"] == failed["body"] and oldest["id"] == failed["id"]
    assert len(receiver.calls) == 4


def test_a_refusal_is_not_repeated(site, jane) -> None:
    with receiving([404]) as receiver:
        hook = register(jane, receiver.url)
        jane("POST", f"/account/webhooks/{hook['id']}/test")
        drain(site.app)
        (delivery,) = told(jane, hook)
    assert delivery["state"] == "failed" and len(receiver.calls) == 1


@pytest.fixture
def calm(tmp_path: Path) -> Site:
    """Its second try comes late enough for a worker to end before, however busy the machine is."""
    return open_site(tmp_path, house={"webhook_private": True, "webhook_retry_seconds": (1.5, 0.1)})


def test_what_waits_for_its_next_try_survives_a_restart(calm, tmp_path) -> None:
    """The first process dies after a try; another one, which shares nothing but the store, goes on with the second."""
    jane = calm.register()
    with receiving([503]) as receiver:
        hook = register(jane, receiver.url)
        jane("POST", f"/account/webhooks/{hook['id']}/test")
        calm.app.worker().run(until=lambda: bool(receiver.calls))
        (waiting,) = told(jane, hook)
        assert waiting["state"] == "pending" and waiting["next_at"] and len(waiting["tries"]) == 1
        drain(open_house(tmp_path, webhook_private=True))
        (delivery,) = told(jane, hook)
    assert delivery["state"] == "delivered" and len(receiver.calls) == 2


def test_a_try_whose_event_comes_twice_is_made_once_and_the_next_is_not_lost(site, jane) -> None:
    with receiving([503]) as receiver:
        hook = register(jane, receiver.url)
        delivery = jane("POST", f"/account/webhooks/{hook['id']}/test").json()["id"]
        due = WebhookDue(video="", delivery=delivery, attempt=1)
        waits = replace(site.services.webhooks, waits=(0.0, 0.0))
        for _ in range(3):
            waits.attempt(due)
        assert len(receiver.calls) == 1
        drain(site.app)
    assert len(receiver.calls) == 2 and told(jane, hook)[0]["state"] == "delivered"


def deliver(site, browser, hook: dict, times: int) -> None:
    """So many deliveries, which end as the receiver answers them."""
    for _ in range(times):
        site.services.webhooks.test(site.services.webhooks.registered.get(browser.id, hook["id"]))
    drain(site.app)


def tell(site, browser) -> None:
    """A change that webhooks for `cancelled` hear of."""
    film = browser("POST", "/videos", json=REQUEST).json()["id"]
    browser("POST", f"/videos/{film}/cancel")
    drain(site.app)


def test_a_webhook_where_nobody_listens_is_paused_says_so_and_goes_on_after_a_test_that_is_taken(site, jane) -> None:
    with receiving([404] * 21) as receiver:
        hook = register(jane, receiver.url, "cancelled")
        assert hook["paused_at"] is None
        deliver(site, jane, hook, 19)
        assert jane("GET", "/account/webhooks").json()[0]["paused_at"] is None
        tell(site, jane)
        paused = jane("GET", "/account/webhooks").json()[0]["paused_at"]
        assert paused and len(receiver.calls) == 20
        tell(site, jane)
        missed = told(jane, hook)[0]
        assert len(receiver.calls) == 20 and missed["state"] == "failed" and missed["next_at"] is None
        assert [one["status"] for one in missed["tries"]] == [None] and "paused" in missed["tries"][0]["answer"]
        # A test calls all the same, and ends the pause only when somebody takes it.
        jane("POST", f"/account/webhooks/{hook['id']}/test")
        drain(site.app)
        assert len(receiver.calls) == 21 and jane("GET", "/account/webhooks").json()[0]["paused_at"] == paused
        jane("POST", f"/account/webhooks/{hook['id']}/test")
        drain(site.app)
        assert jane("GET", "/account/webhooks").json()[0]["paused_at"] is None
        jane("POST", f"/account/webhooks/{hook['id']}/deliveries/{missed['id']}/replay")
        tell(site, jane)
    assert len(receiver.calls) == 24 and all(one["state"] == "delivered" for one in told(jane, hook)[:3])


def test_a_delivery_that_is_taken_lets_the_count_begin_anew(site, jane) -> None:
    with receiving([404] * 19 + [200] + [404] * 19) as receiver:
        hook = register(jane, receiver.url, "cancelled")
        deliver(site, jane, hook, 19)
        deliver(site, jane, hook, 1)  # by itself: of two that are called at the same time either may be counted first
        deliver(site, jane, hook, 19)
        assert len(receiver.calls) == 39 and jane("GET", "/account/webhooks").json()[0]["paused_at"] is None


def test_saving_a_webhook_ends_its_pause_and_keeps_its_secret(site, jane, john) -> None:
    with receiving([404] * 20) as deaf, receiving() as receiver:
        hook = register(jane, deaf.url, "completed")
        deliver(site, jane, hook, 20)
        change = {"url": receiver.url, "events": ["cancelled"]}
        problem(john("PUT", f"/account/webhooks/{hook['id']}", json=change), 404, "not-found")
        problem(jane("PUT", f"/account/webhooks/{hook['id']}", json=change | {"url": "ftp://mail.org/"}), 422, "invalid-input")
        assert jane("GET", "/account/webhooks").json()[0]["paused_at"]
        saved = jane("PUT", f"/account/webhooks/{hook['id']}", json=change).json()
        assert (saved["id"], saved["url"], saved["events"], saved["paused_at"]) == (hook["id"], receiver.url, ["cancelled"], None)
        tell(site, jane)
    ((headers, body),) = receiver.calls
    at, _, given = headers["aiprod-signature"].partition(",v1=")
    assert given == hmac.new(hook["secret"].encode(), f"{at[2:]}.".encode() + body, hashlib.sha256).hexdigest()


def test_a_deleted_webhook_is_called_no_more_and_its_log_is_gone(calm) -> None:
    jane = calm.register()
    with receiving([503]) as receiver:
        hook = register(jane, receiver.url)
        jane("POST", f"/account/webhooks/{hook['id']}/test")
        calm.app.worker().run(until=lambda: bool(receiver.calls))
        assert jane("DELETE", f"/account/webhooks/{hook['id']}").status_code == 204
        drain(calm.app)
    assert len(receiver.calls) == 1 and jane("GET", "/account/webhooks").json() == []
    assert calm.app.documents.query("webhook_deliveries") == []


def test_with_the_account_its_webhooks_go(site, jane) -> None:
    with receiving() as receiver:
        register(jane, receiver.url)
    assert jane("POST", "/account/delete", json={"password": PASSWORD}).status_code == 204
    assert site.app.documents.query("webhooks") == []


def test_nobody_reads_tests_or_deletes_anothers_webhook(site, jane, john) -> None:
    with receiving() as receiver:
        hook = register(jane, receiver.url)
        jane("POST", f"/account/webhooks/{hook['id']}/test")
        drain(site.app)
    delivery = told(jane, hook)[0]["id"]
    place = f"/account/webhooks/{hook['id']}"
    for method, path in (("DELETE", place), ("POST", f"{place}/test"), ("GET", f"{place}/deliveries"), ("POST", f"{place}/deliveries/{delivery}/replay")):
        problem(john(method, path), 404, "not-found")
    own = register(john, receiver.url)
    problem(john("POST", f"/account/webhooks/{own['id']}/deliveries/{delivery}/replay"), 404, "not-found")
    assert len(receiver.calls) == 1


def test_programs_may_not_change_webhooks(site, jane) -> None:
    key = jane("POST", "/account/keys", json={"name": "blog", "scopes": ["videos:write"]}).json()["key"]
    answer = site.client().get("/api/v1/account/webhooks", headers={"Authorization": f"Bearer {key}"})
    problem(answer, 403, "not-allowed")


def test_deliveries_come_in_pages_the_last_first(site, jane) -> None:
    with receiving() as receiver:
        hook = register(jane, receiver.url)
        asked = [jane("POST", f"/account/webhooks/{hook['id']}/test").json()["id"] for _ in range(3)]
    seen, cursor = [], ""
    for _ in range(3):
        page = jane("GET", f"/account/webhooks/{hook['id']}/deliveries?limit=2&cursor={cursor}").json()
        seen += [one["id"] for one in page["items"]]
        cursor = page["next"] or ""
        if not cursor:
            break
    assert sorted(seen) == seen and set(seen) == set(asked) and len(seen) == 3


def test_private_addresses_are_refused_where_they_are_not_allowed(tmp_path: Path) -> None:
    jane = open_site(tmp_path).register()
    for url in ("http://127.0.0.1/x", "http://2130706433/", "http://[::ffff:10.0.0.1]/", "http://0.0.0.0/", "ftp://example.com/x", "http://nobody.invalid/"):
        problem(jane("POST", "/account/webhooks", json={"url": url}), 422, "invalid-input")


@pytest.mark.parametrize("body", [{"url": "http://127.0.0.1/", "events": []}, {"url": "http://127.0.0.1/", "events": ["eaten"]}, {"events": ["failed"]}])
def test_what_is_no_webhook_is_refused(jane, body) -> None:
    problem(jane("POST", "/account/webhooks", json=body), 422, "invalid-input")


def test_there_are_at_most_ten(site, jane) -> None:
    for _ in range(10):
        register(jane, "http://127.0.0.1/hook")
    problem(jane("POST", "/account/webhooks", json={"url": "http://127.0.0.1/hook"}), 422, "invalid-input")


def test_the_webhook_of_a_brief_goes_the_same_way(tmp_path: Path) -> None:
    """One sender: a request's own webhook is tried, kept and given up like a registered one."""
    app = open_house(tmp_path, webhook_private=True, webhook_secret="both know it")
    with receiving([500] * 99) as receiver:
        app.cancel(app.request(replace(BRIEF, webhook=receiver.url)).id)
        drain(app)
    kept = [one.fields for one in app.documents.query("webhook_deliveries")]
    assert {one["event"] for one in kept} == {"queued", "cancelled"}
    assert all(one["state"] == "failed" and len(one["tries"]) == 3 for one in kept)
    assert len(receiver.calls) == 3 * len(kept) and len(app.dead_letters.look()) == 0
