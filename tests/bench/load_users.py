"""The users of bench_load.py, by locust: a process of their own, since locust puts gevent beneath all that waits.

`python -m tests.bench.load_users API CODE USERS SECONDS` says `ready` when each user has an account and a video, and at the
end, as JSON, how many seconds the answers took, by act, and which answers were none.
"""

import json
import sys
from collections import defaultdict
from itertools import count
from typing import Any

from locust import FastHttpUser, between, task  # first: it replaces what others would have taken by then

# isort: split
import gevent
from gevent.event import Event
from gevent.lock import BoundedSemaphore
from locust.env import Environment

PASSWORD = "correct horse battery"
REQUEST = {"theme": "the tide", "language": "en", "profile": "draft"}
REGISTERED_AT_ONCE = 4
MOST_STARTED_A_SECOND = 100
REST_SECONDS = (1.0, 3.0)


class Creator(FastHttpUser):
    """Somebody with an account, a connection and a video. Of 200 acts 140 look how the video is."""

    wait_time = between(*REST_SECONDS)
    network_timeout = connection_timeout = 30.0
    code = ""
    wanted = 0
    seconds = 0.0
    numbers = count()
    turn = BoundedSemaphore(REGISTERED_AT_ONCE)
    there = 0
    all_there = Event()

    def on_start(self) -> None:
        """Register, then wait for the others."""
        number = next(self.numbers)
        self.email, self.video = f"user{number}@mail.org", ""
        self.headers = {"X-Forwarded-For": f"10.1.{number // 250}.{number % 250 + 1}"}
        with self.turn:
            self.enter("register", "/accounts", {"email": self.email, "password": PASSWORD, "code": self.code})
            self.create()
        Creator.there += 1
        if Creator.there == self.wanted:
            print("ready", flush=True)
            self.all_there.set()
            gevent.spawn_later(self.seconds, self.environment.runner.quit)
        self.all_there.wait()
        self.wait()

    def ask(self, act: str, method: str, path: str, body: object = None) -> dict[str, Any]:
        """The answer; nothing where there is none."""
        answer = self.client.request(method, path, name=act, json=body, headers=self.headers)
        return answer.json() if answer.status_code in (200, 201) else {}

    def enter(self, act: str, path: str, body: dict[str, str]) -> None:
        token = self.ask(act, "POST", path, body).get("token")
        if token:
            self.headers["Authorization"] = f"Bearer {token}"

    @task(140)
    def status(self) -> None:
        self.ask("status", "GET", f"/videos/{self.video}")

    @task(24)
    def mine(self) -> None:
        self.ask("mine", "GET", "/videos")

    @task(12)
    def public(self) -> None:
        self.ask("public", "GET", "/videos?shelf=public&sort=views")

    @task(12)
    def account(self) -> None:
        self.ask("account", "GET", "/account")

    @task(11)
    def create(self) -> None:
        self.video = self.ask("create", "POST", "/videos", REQUEST).get("id", self.video)
        # Cancelled at once: what is measured is the API, not the making of films beside it.
        self.ask("cancel", "POST", f"/videos/{self.video}/cancel")

    @task(1)
    def log_in(self) -> None:
        self.enter("log-in", "/session", {"email": self.email, "password": PASSWORD})


def main(api: str, code: str, users: int, seconds: float) -> None:
    took: dict[str, list[float]] = defaultdict(list)
    errors: list[str] = []

    def note(name: str, response_time: float, exception: Exception | None, response: Any, **_: object) -> None:
        if exception is not None:
            errors.append(f"{name}: {exception} {(response.text or '')[:200]}")
        elif Creator.all_there.is_set():
            took[name].append(response_time / 1000)

    Creator.host, Creator.code, Creator.wanted, Creator.seconds = api, code, users, seconds
    environment = Environment(user_classes=[Creator])
    environment.events.request.add_listener(note)
    runner = environment.create_local_runner()
    runner.start(users, spawn_rate=min(users, MOST_STARTED_A_SECOND))
    runner.greenlet.join()
    json.dump({"took": took, "errors": errors}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))
