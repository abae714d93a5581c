"""Calls of strangers' servers: signed, to public addresses alone, within their time."""

import hashlib
import hmac
import ipaddress
import threading
import time
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler

import pytest

from aiprod.adapters.addresses import Address, Gate, is_any, is_public, resolve
from aiprod.adapters.webhooks import HttpWebhooks
from aiprod.errors import InvalidInput, InvalidSetting, Permanent, Unavailable
from aiprod.ports import WebhookCall
from tests.contract.conftest import WallClock
from tests.receivers import receiving, redirect

FIRST = ipaddress.ip_address("127.0.0.1")


def caller(**choices: object) -> HttpWebhooks:
    options: dict[str, object] = {"secret": "ours", "gate": Gate(permits=is_any), "clock": WallClock(), "timeout_seconds": 5.0}
    return HttpWebhooks(**{**options, **choices})  # type: ignore[arg-type]


def only_first(address: Address) -> bool:
    return address == FIRST


def call(url: str, **choices: str) -> WebhookCall:
    return WebhookCall(id="d-1", url=url, body=b'{"film": "done"}', **choices)


def test_a_call_is_signed_with_its_own_secret_and_says_which_delivery_it_is() -> None:
    with receiving() as receiver:
        answer = caller().send(call(receiver.url, secret="theirs"))
    ((headers, body),) = receiver.calls
    assert answer.status == 200 and body == b'{"film": "done"}'
    at, _, given = headers["aiprod-signature"].partition(",v1=")
    assert given == hmac.new(b"theirs", at.removeprefix("t=").encode() + b"." + body, hashlib.sha256).hexdigest()
    assert abs(int(at.removeprefix("t=")) - time.time()) < 5
    assert headers["aiprod-delivery"] == "d-1" and headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "127.8.9.1", "0.0.0.0", "10.0.0.8", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
     "255.255.255.255", "198.18.0.1", "192.0.2.1", "240.0.0.1", "::", "::1", "fe80::1", "fc00::1", "fd12::9", "fec0::1", "ff02::1",
     "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
     "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1", "2001:db8::1", "2001:0:7f00:1::80ff:fffe", "100::1"],
)  # fmt: skip
def test_an_address_that_is_not_of_the_open_internet_is_none(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2a00:1450::1"])
def test_an_address_of_the_open_internet_is_one(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/", "http://0/", "http://0.0.0.0/",
     "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[0:0:0:0:0:ffff:7f00:1]/", "http://[::]/", "http://localhost/",
     "http://[fe80::1%25lo]/"],
)  # fmt: skip
def test_every_way_to_write_this_machine_is_seen_through(url: str) -> None:
    with pytest.raises((InvalidInput, Unavailable)):
        caller(gate=Gate(permits=is_public)).check_address(url)
    with pytest.raises((InvalidInput, Unavailable)):
        caller(gate=Gate(permits=is_public)).send(call(url))


@pytest.mark.parametrize("url", ["http://h/\r\nX: 1", "http://h:99999/", "http://h:0/", "http://[::1/", "file:///etc/passwd", "http://h/a b"])
def test_what_is_no_address_is_refused_before_anybody_is_called(url: str) -> None:
    with pytest.raises(InvalidInput):
        caller().send(call(url))


def test_the_address_that_was_checked_is_the_one_that_is_called() -> None:
    """A name that answers the check with one address and every later question with another gains nothing."""
    asked: list[str] = []

    def rebinding(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) % 2 else ["127.0.0.2"]

    with receiving() as good, receiving(host="127.0.0.2") as bad:
        port = good.url.rsplit(":", 1)[1]
        webhooks = caller(gate=Gate(permits=only_first, look_up=rebinding))
        webhooks.check_address(f"http://hook.example:{port}")
        with pytest.raises(InvalidInput, match=r"127\.0\.0\.2"):
            webhooks.send(call(f"http://hook.example:{port}"))
        assert webhooks.send(call(f"http://hook.example:{port}")).status == 200
    assert asked == ["hook.example"] * 3, "one question for each connection"
    assert bad.calls == [] and good.calls[0][0]["host"].startswith("hook.example")


def test_a_name_with_one_private_address_among_others_is_refused() -> None:
    both = Gate(permits=only_first, look_up=lambda host, port: ["127.0.0.1", "127.0.0.2"])
    with receiving() as receiver, pytest.raises(InvalidInput):
        caller(gate=both).send(call(receiver.url))
    assert receiver.calls == []


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_followed_where_that_is_allowed_too(status: int) -> None:
    with receiving() as second, receiving([redirect(status, second.url)]) as first:
        assert caller().send(call(first.url)).status == 200
    assert second.calls[0][1] == first.calls[0][1] and "aiprod-signature" in second.calls[0][0]


def test_a_redirect_to_a_private_address_calls_nobody() -> None:
    with (
        receiving(host="127.0.0.2") as inside,
        receiving([redirect(307, inside.url)]) as outside,
        pytest.raises(InvalidInput, match="public address"),
    ):
        caller(gate=Gate(permits=only_first)).send(call(outside.url))
    assert len(outside.calls) == 1 and inside.calls == []


@pytest.mark.parametrize("target", ["file:///etc/passwd", "gopher://127.0.0.1/x", "http://user:word@127.0.0.1/"])
def test_a_redirect_to_what_is_no_address_of_the_web_is_refused(target: str) -> None:
    with receiving([redirect(302, target)]) as receiver, pytest.raises(InvalidInput):
        caller().send(call(receiver.url))


def test_redirects_in_a_circle_end() -> None:
    with receiving() as receiver:
        receiver.answers = [redirect(307, receiver.url)] * 9
        with pytest.raises(Permanent, match="redirects"):
            caller().send(call(receiver.url))
    assert len(receiver.calls) == 4


def test_a_server_that_sends_a_byte_now_and_then_is_left_when_the_time_is_over() -> None:
    over = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not over.wait(0.05):
            handler.wfile.write(b"x")
            handler.wfile.flush()

    with receiving([drip]) as receiver:
        started = time.monotonic()
        with pytest.raises(Unavailable, match="did not answer"):
            caller(timeout_seconds=0.4).send(call(receiver.url))
        assert time.monotonic() - started < 2
        over.set()


def test_of_a_huge_answer_only_the_beginning_is_read() -> None:
    sent = []

    def flood(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(2000):
            handler.wfile.write(b"y" * 100_000)
            sent.append(100_000)

    with receiving([flood]) as receiver:
        answer = caller().send(call(receiver.url))
    assert answer.status == 200 and answer.text == "y" * 2000
    assert sum(sent) < 50_000_000


def test_a_server_that_says_no_http_is_unavailable() -> None:
    with receiving([lambda handler: handler.wfile.write(b"hello there\r\n\r\n") and None]) as receiver, pytest.raises(Unavailable):
        caller().send(call(receiver.url))
    with pytest.raises(Unavailable):
        caller().send(call(receiver.url))


def test_without_any_secret_nobody_is_called() -> None:
    with receiving() as receiver, pytest.raises(InvalidSetting, match="AIPROD_WEBHOOK_SECRET"):
        caller(secret="").send(call(receiver.url))
    assert receiver.calls == []


def test_a_real_name_is_looked_up() -> None:
    assert set(resolve("localhost", 80)) & {"127.0.0.1", "::1"}
