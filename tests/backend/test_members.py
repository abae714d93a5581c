"""What admins see of accounts, and who is let in nowhere."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from aiprod.accounts.access_codes import AccessCodes
from tests.backend.conftest import PASSWORD, problem
from tests.house import open_house
from tests.unit.accounts.conftest import MovableClock


def test_admins_see_quota_tier_and_the_last_sign_in(site, jane, ask) -> None:
    root = site.register("root@mail.org", admin=True)
    ask()
    site.client().post("/api/v1/session", json={"email": "jane@mail.org", "password": PASSWORD})
    users = {one["email"]: one for one in root("GET", "/admin/users").json()["items"]}
    hers = users["jane@mail.org"]
    assert (hers["tier"], hers["disabled"]) == ("free", False)
    assert hers["quota"] == {"used": 1, "limit": 2, "at_work": 1}
    assert hers["created_at"] < hers["signed_in_at"] <= site.app.clock.now()
    assert users["root@mail.org"]["quota"]["limit"] is None


def test_a_disabled_account_is_let_in_by_no_door_and_comes_back_with_its_videos(site, jane, ask) -> None:
    film = ask()
    key = jane("POST", "/account/keys", json={"name": "blog", "scopes": ["videos:read"]}).json()["key"]
    root = site.register("root@mail.org", admin=True)
    changed = root("PUT", f"/admin/users/{jane.id}/disabled", json={"disabled": True})
    assert changed.status_code == 200 and changed.json()["disabled"]
    problem(jane("GET", "/account"), 401, "not-signed-in")
    problem(site.client().get("/api/v1/videos", headers={"Authorization": f"Bearer {key}"}), 401, "not-signed-in")
    door = {"email": "jane@mail.org", "password": PASSWORD}
    assert "disabled" in problem(site.client().post("/api/v1/session", json=door), 403, "not-allowed")["detail"]
    wrong = problem(site.client().post("/api/v1/session", json={**door, "password": "another one here"}), 401, "not-signed-in")
    assert "disabled" not in wrong["detail"], "strangers are not told"
    root("PUT", f"/admin/users/{jane.id}/disabled", json={"disabled": False})
    problem(jane("GET", "/account"), 401, "not-signed-in")
    back = site.client().post("/api/v1/session", json=door)
    assert back.status_code == 200
    headers = {"Authorization": f"Bearer {back.json()['token']}"}
    assert [one["id"] for one in site.client().get("/api/v1/videos", headers=headers).json()["items"]] == [film]


def test_nobody_disables_themselves_nor_anybody_without_being_an_admin(site, jane) -> None:
    root = site.register("root@mail.org", admin=True)
    problem(root("PUT", f"/admin/users/{root.id}/disabled", json={"disabled": True}), 422, "invalid-input")
    problem(root("PUT", "/admin/users/abc/disabled", json={"disabled": True}), 404, "not-found")
    problem(jane("PUT", f"/admin/users/{root.id}/disabled", json={"disabled": True}), 403, "not-allowed")
    assert root("GET", "/account").status_code == 200


def test_processes_that_ask_at_the_same_moment_agree_on_the_code(tmp_path: Path) -> None:
    """Each process turns the code by itself when its hour is over; the documents decide whose counts."""
    program = (
        "import sys; from pathlib import Path; from tests.house import open_house; from aiprod.accounts.access_codes import AccessCodes\n"
        "from tests.unit.accounts.conftest import MovableClock\n"
        "app = open_house(Path(sys.argv[1])); print('ready', flush=True); sys.stdin.readline()\n"
        "print(AccessCodes(documents=app.documents, clock=MovableClock(at=float(sys.argv[2]))).current().code)"
    )
    first = AccessCodes(documents=open_house(tmp_path).documents, clock=MovableClock()).current()
    later = str(first.until + 1)
    started = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path), later], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    assert {process.stdout.readline() for process in started} == {"ready\n"}
    for process in started:
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [process.communicate(timeout=60)[0].strip() for process in started]
    assert len(set(told)) == 1 and told[0] != first.code and len(told[0]) == 8
    kept = AccessCodes(documents=open_house(tmp_path).documents, clock=MovableClock(at=first.until + 2))
    assert kept.current().code == told[0] and kept.accepts(first.code)


def test_many_who_ask_when_the_hour_is_over_are_told_one_code(tmp_path: Path) -> None:
    stores = [open_house(tmp_path).documents for _ in range(8)]
    clock = MovableClock()
    AccessCodes(documents=stores[0], clock=clock).current()
    clock.at += 4000
    gate = threading.Barrier(len(stores))

    def ask(documents: object) -> str:
        gate.wait()
        return AccessCodes(documents=documents, clock=clock).current().code  # type: ignore[arg-type]

    with ThreadPoolExecutor(len(stores)) as pool:
        assert len(set(pool.map(ask, stores))) == 1
