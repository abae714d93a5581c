"""Many users at once: `python -m tests.bench.bench_load [USERS [SECONDS]]`.

The server is a process of its own; the users share this one, each with an account, a connection and a video. They look at
its status, at lists and at their account, log in again, ask for a video and cancel it. Every answer is waited for.
"""

import asyncio
import random
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import httpx

from tests.serving import PASSWORD, Serving, serving

PAUSE_SECONDS = (1.0, 3.0)
ACTS = {"status": 0.70, "mine": 0.12, "public": 0.06, "account": 0.06, "create": 0.055, "log-in": 0.005}
REGISTERED_AT_ONCE = 4
WARM_SECONDS = 10
REQUEST = {"theme": "the tide", "language": "en", "profile": "draft"}


@dataclass(kw_only=True)
class Load:
    """So many users for so long, and what they met: seconds that answers took, by act; answers that were none."""

    users: int
    seconds: float
    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    memory_kilobytes: list[int] = field(default_factory=list)
    processor_seconds: float = 0.0

    def within(self, act: str, share: float) -> float:
        """The time within which that share of the answers came."""
        ordered = sorted(self.took[act])
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]

    @property
    def growth(self) -> float:
        """Memory in the last third of the time, of that in the first."""
        third = max(1, len(self.memory_kilobytes) // 3)
        return median(self.memory_kilobytes[-third:]) / median(self.memory_kilobytes[:third])


@dataclass(kw_only=True)
class User:
    """Somebody with an account."""

    email: str
    load: Load
    http: httpx.AsyncClient
    video: str = ""

    async def ask(self, act: str, method: str, path: str, **options: object) -> httpx.Response | None:
        """Ask, and note how long it took."""
        started = time.perf_counter()
        try:
            answer = await self.http.request(method, path, **options)  # type: ignore[arg-type]
        except httpx.TransportError as error:
            self.load.errors.append(f"{act}: {type(error).__name__}")
            return None
        self.load.took[act].append(time.perf_counter() - started)
        if answer.status_code >= 400:
            self.load.errors.append(f"{act}: {answer.status_code} {answer.text[:200]}")
        return answer

    async def register(self, code: str) -> None:
        body = {"email": self.email, "password": PASSWORD, "code": code}
        answer = await self.http.post("/accounts", json=body)
        answer.raise_for_status()
        self.http.headers["Authorization"] = f"Bearer {answer.json()['token']}"
        await self.create()

    async def create(self) -> None:
        answer = await self.ask("create", "POST", "/videos", json=REQUEST)
        if answer is not None and answer.status_code == 201:
            self.video = answer.json()["id"]
            # Cancelled at once: what is measured is the API, not the making of films beside it.
            await self.ask("cancel", "POST", f"/videos/{self.video}/cancel")

    async def log_in(self) -> None:
        answer = await self.ask("log-in", "POST", "/session", json={"email": self.email, "password": PASSWORD})
        if answer is not None and answer.status_code == 200:
            self.http.headers["Authorization"] = f"Bearer {answer.json()['token']}"

    async def live(self, until: float, chance: random.Random) -> None:
        """Do as people do, until the time is over."""
        await asyncio.sleep(chance.uniform(0, PAUSE_SECONDS[1]))
        while time.monotonic() < until:
            (act,) = chance.choices(list(ACTS), list(ACTS.values()))
            if act == "status":
                await self.ask(act, "GET", f"/videos/{self.video}")
            elif act == "mine":
                await self.ask(act, "GET", "/videos")
            elif act == "public":
                await self.ask(act, "GET", "/videos?shelf=public&sort=views")
            elif act == "account":
                await self.ask(act, "GET", "/account")
            elif act == "create":
                await self.create()
            else:
                await self.log_in()
            await asyncio.sleep(chance.uniform(*PAUSE_SECONDS))


async def run(server: Serving, load: Load) -> Load:
    """All users, from their registration on; what they met after it."""
    users = [
        User(email=f"user{number}@mail.org", load=load, http=httpx.AsyncClient(
            base_url=server.api, timeout=30, verify=False, headers={"X-Forwarded-For": f"10.1.{number // 250}.{number % 250 + 1}"},
        ))
        for number in range(load.users)
    ]  # fmt: skip
    turn = asyncio.Semaphore(REGISTERED_AT_ONCE)

    async def register(user: User) -> None:
        async with turn:
            await user.register(server.code)

    await asyncio.gather(*(register(user) for user in users))
    load.took.clear()
    before = server.processor_seconds()
    until = time.monotonic() + load.seconds
    watching = asyncio.create_task(_watch_memory(server, load, until))
    await asyncio.gather(*(user.live(until, random.Random(number)) for number, user in enumerate(users)))
    await watching
    load.processor_seconds = server.processor_seconds() - before
    await asyncio.gather(*(user.http.aclose() for user in users))
    return load


async def _watch_memory(server: Serving, load: Load, until: float) -> None:
    await asyncio.sleep(min(WARM_SECONDS, load.seconds / 4))
    while time.monotonic() < until:
        load.memory_kilobytes.append(server.resident_kilobytes())
        await asyncio.sleep(1)


def under(load: Load, home: Path, **settings: str) -> Load:
    """A server of its own under that load."""
    with serving(home, AIPROD_WEB_TRUSTED_PROXIES="127.0.0.1", **settings) as server:
        return asyncio.run(run(server, load))


def main(users: int, seconds: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        load = under(Load(users=users, seconds=seconds), Path(folder))
    total = sum(len(times) for times in load.took.values())
    print(f"{users} users, {seconds:.0f} s: {total} answers ({total / seconds:.0f} a second), {len(load.errors)} errors")
    print(f"processor time of the server: {load.processor_seconds:.1f} s, {load.processor_seconds / total * 1000:.2f} ms an answer")
    for act, times in sorted(load.took.items()):
        at = ", ".join(f"{share:.0%} within {load.within(act, share) * 1000:.0f} ms" for share in (0.5, 0.95, 0.99))
        print(f"{act}: {len(times)}, {at}")
    print(f"memory {load.memory_kilobytes[0] // 1024} to {load.memory_kilobytes[-1] // 1024} MB, {load.growth:.2f} times")
    for error in sorted(set(load.errors))[:20]:
        print(error)
    sys.exit(bool(load.errors) or load.within("status", 0.99) > 0.1 or load.growth > 1.1)


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:3]]
    main(*(given + [300, 120][len(given) :]))
