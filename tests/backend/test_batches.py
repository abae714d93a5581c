"""Many films by one request: all or none at first, then one after the other as the account may have them."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from aiprod.accounts.quota import Quota
from aiprod.batches import Batches
from aiprod.video import Video
from tests.backend.conftest import PASSWORD, REQUEST, Browser, problem
from tests.thin import drain_thin

SHORT = {"theme": "", "script": "**VISUAL:** A calm sea.\n\n**VOICE OVER:** The tide goes out.\n"}
"""A film of one scene."""


def lines(*fields: dict[str, object]) -> bytes:
    return "\n".join(json.dumps(REQUEST | one) for one in fields).encode()


def send(person: Browser, content: bytes):
    return person("POST", "/batches", content=content, headers={"Content-Type": "application/x-ndjson"})


def states(person: Browser, id: str) -> list[str]:
    return [line["status"] for line in person("GET", f"/batches/{id}").json()["lines"]]


def test_a_batch_begins_what_may_be_at_work_and_goes_on_as_films_are_finished(site, jane) -> None:
    site.services.settings.tiers["three"] = site.services.settings.tiers["free"].model_copy(update={"videos": 5, "at_work": 1})
    site.services.users.set_tier(jane.id, "three")
    answer = send(jane, lines(SHORT | {"seed": 1}, SHORT | {"seed": 2, "public": True}, SHORT | {"seed": 3}))
    assert answer.status_code == 201, answer.text
    id = answer.json()["id"]
    assert [line["line"] for line in answer.json()["lines"]] == [1, 2, 3]
    assert states(jane, id) == ["queued", "waiting", "waiting"]
    assert jane("GET", "/account").json()["quota"] | {"used": 1, "at_work": 1} == jane("GET", "/account").json()["quota"]
    first, second, third = (line["video"] for line in answer.json()["lines"])
    jane("POST", f"/videos/{first}/cancel")
    drain_thin(site.app)
    assert states(jane, id) == ["cancelled", "completed", "completed"], "each film's end began the next, with no one looking"
    assert jane("GET", f"/videos/{second}").json()["public"] and not jane("GET", f"/videos/{third}").json()["public"]
    assert [one["id"] for one in jane("GET", "/batches").json()["items"]] == [id]
    assert not jane("GET", f"/batches/{id}").json()["open"]
    assert jane("GET", "/account").json()["quota"]["used"] == 2


def test_nothing_is_begun_where_one_line_is_wrong_and_each_fault_has_its_line(site, jane) -> None:
    site.services.users.set_tier(jane.id, "enterprise")
    good = json.dumps(REQUEST)
    script = json.dumps({"script": "**VISUAL:** A sea.\n\n**VISUAL:** Another.\n"})
    wrong = [good, '{"theme": "sea"', "", '{"theme": "sea", "style": "ugly"}', "[]", "{}", good, script, '{"theme": "x", "media": {"1": "' + "0" * 20 + '"}}']
    told = problem(send(jane, "\n".join(wrong).encode()), 422, "invalid-input")
    assert [fault.split(":")[0] for fault in told["faults"]] == [f"batch, line {number}" for number in (2, 4, 5, 6, 7, 8, 9)]
    assert "style" in told["faults"][1] and "line 1" in told["faults"][4] and "script, line 3" in told["faults"][5]
    assert problem(send(jane, b"\xff\xfe\n"), 422, "invalid-input")["faults"][0].startswith("batch, line 1")
    problem(send(jane, b""), 422, "invalid-input")
    problem(send(jane, b"\n".join(b'{"theme": "sea", "seed": %d}' % seed for seed in range(501))), 422, "invalid-input")
    assert jane("GET", "/videos").json()["items"] == [] and jane("GET", "/batches").json()["items"] == []
    assert jane("GET", "/account").json()["quota"]["used"] == 0


def test_a_batch_larger_than_the_quota_is_refused_whole(jane, ask) -> None:
    ask()
    told = problem(send(jane, lines({"seed": 11}, {"seed": 12})), 403, "quota-spent")
    assert "1 more" in told["detail"] and "2 in the batch" in told["detail"]
    assert len(jane("GET", "/videos").json()["items"]) == 1


def test_the_same_lines_are_the_same_batch_and_a_closed_one_begins_nothing_more(site, jane) -> None:
    site.services.settings.tiers["one"] = site.services.settings.tiers["free"].model_copy(update={"videos": 9, "at_work": 1})
    site.services.users.set_tier(jane.id, "one")
    content = lines({"seed": 1}, {"seed": 2})
    first, second = send(jane, content).json(), send(jane, content).json()
    assert first["id"] == second["id"] and first["lines"] == second["lines"]
    assert len(jane("GET", "/videos").json()["items"]) == 1
    assert jane("DELETE", f"/batches/{first['id']}").status_code == 204
    jane("POST", f"/videos/{first['lines'][0]['video']}/cancel")
    assert states(jane, first["id"]) == ["cancelled", "waiting"]
    assert jane("DELETE", f"/videos/{first['lines'][0]['video']}").status_code == 204
    assert states(jane, first["id"]) == ["deleted", "waiting"]


def test_another_s_batch_is_not_there_and_goes_with_its_account(site, jane, john) -> None:
    site.services.settings.tiers["one"] = site.services.settings.tiers["free"].model_copy(update={"at_work": 1})
    site.services.users.set_tier(jane.id, "one")
    id = send(jane, lines({"seed": 1}, {"seed": 2})).json()["id"]
    assert len(site.app.documents.query("batch_lines")) == 1
    for method in ("GET", "DELETE"):
        problem(john(method, f"/batches/{id}"), 404, "not-found")
    assert john("GET", "/batches").json()["items"] == []
    assert jane("POST", "/account/delete", json={"password": PASSWORD}).status_code == 204
    assert site.app.documents.query("batches") == site.app.documents.query("batch_lines") == []


def test_batches_at_the_same_moment_begin_no_more_than_may_be_at_work(site, jane) -> None:
    crowd = site.services.settings.tiers["free"].model_copy(update={"videos": 9, "at_work": 2, "requests_a_minute": 99})
    site.services.settings.tiers["crowd"] = crowd
    site.services.users.set_tier(jane.id, "crowd")
    client, headers = site.client(), {"Authorization": f"Bearer {jane.token}"}
    files = [lines(*({"seed": 10 * number + seed} for seed in range(4))) for number in range(2)] * 12
    with ThreadPoolExecutor(24) as pool:
        answers = list(pool.map(lambda content: client.post("/api/v1/batches", content=content, headers=headers), files))
    assert {answer.status_code for answer in answers} == {201}, [answer.text for answer in answers if answer.status_code != 201]
    assert len({answer.json()["id"] for answer in answers}) == 2
    assert len(jane("GET", "/videos").json()["items"]) == 2 == jane("GET", "/account").json()["quota"]["at_work"]


def test_too_many_lines_are_told_before_any_is_looked_into(site, jane) -> None:
    told = problem(send(jane, b"{}\n\n" * 501), 422, "invalid-input")
    assert told["faults"] == ["batch: expected at most 500 lines, found 501"]


@dataclass(frozen=True, kw_only=True)
class QuickNotify(Quota):
    """The quota, with a worker beside it that hears of each end at once, as the notify stage does."""

    batches: Batches

    def settle(self, video: Video) -> None:
        super().settle(video)
        self.batches.feed(video.owner)


def test_no_film_of_a_batch_is_begun_for_an_account_that_is_being_deleted(site, jane) -> None:
    site.services.settings.tiers["one"] = site.services.settings.tiers["free"].model_copy(update={"videos": 9, "at_work": 1})
    site.services.users.set_tier(jane.id, "one")
    send(jane, lines(*({"seed": seed} for seed in range(4))))
    quota = QuickNotify(documents=site.app.documents, ledger=site.app.ledger, clock=site.app.clock, batches=site.app.batches)
    replace(site.services, quota=quota).delete_user(site.services.users.get(jane.id))
    assert site.app.ledger.all(owner=jane.id) == ()
    assert site.app.documents.query("library") == []
