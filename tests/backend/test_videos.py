"""Asking for videos, listing, changing and deleting them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from aiprod.bootstrap import open_app
from aiprod.ports import Shot, Take
from aiprod.settings import Settings
from aiprod.video import StageGaveUp
from backend.keeping import turn
from tests.backend.conftest import REQUEST, open_site, problem
from tests.doubles import ColourRenderer, PlainEngines
from tests.house import drain, engines_with
from tests.unit.stages.test_lent_voices import CONSENT

SCRIPT = "**VISUAL:** A calm sea.\n\n**VOICE OVER:** The tide goes out.\n"


def test_a_video_is_asked_for_and_held(jane, ask) -> None:
    id = ask()
    video = jane("GET", f"/videos/{id}").json()
    assert (video["title"], video["status"], video["mine"], video["ready"]) == ("the tide", "queued", True, False)
    assert video["progress"]["sequence"] > 0
    assert jane("GET", "/account").json()["quota"] == {"used": 1, "limit": 2, "at_work": 1}


def test_the_third_video_is_refused_until_one_is_given_back(site, jane, ask) -> None:
    first = ask()
    ask()
    assert "2 videos" in problem(jane("POST", "/videos", json=REQUEST), 403, "quota-spent")["detail"]
    assert jane("POST", f"/videos/{first}/cancel").json()["status"] == "cancelled"
    ask()


def test_a_failed_video_is_given_back_and_says_why(site, jane, ask) -> None:
    id = ask()
    site.app.ledger.advance(id, StageGaveUp(revision=1, at=0.0, sentence="The sea was out."))
    assert jane("GET", f"/videos/{id}").json()["progress"]["failure"] == "The sea was out."
    assert jane("GET", "/account").json()["quota"]["used"] == 0
    again = jane("POST", f"/videos/{id}/retry").json()
    assert again["status"] == "scripting" and again["progress"]["revision"] == 2
    assert jane("GET", "/account").json()["quota"]["used"] == 1


def test_fifty_requests_at_the_same_moment_get_two_videos(site, jane) -> None:
    site.services.users.set_tier(jane.id, "crowd")
    headers = {"Authorization": f"Bearer {jane.token}"}
    site.services.settings.tiers["crowd"] = site.services.settings.tiers["free"].model_copy(update={"requests_a_minute": 99})
    client = site.client()
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda _: client.post("/api/v1/videos", json=REQUEST, headers=headers), range(50)))
    assert sorted({answer.status_code for answer in answers}) == [201, 403]
    assert sum(answer.status_code == 201 for answer in answers) == 2
    assert len(site.app.ledger.all(owner=jane.id)) == 2


def test_the_same_key_asks_once_and_another_request_with_it_is_refused(jane) -> None:
    headers = {"Idempotency-Key": "monday-1"}
    first = jane("POST", "/videos", json=REQUEST, headers=headers)
    second = jane("POST", "/videos", json=REQUEST, headers=headers)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"] == first.headers["location"].rsplit("/", 1)[1]
    assert jane("GET", "/account").json()["quota"]["used"] == 1
    problem(jane("POST", "/videos", json=REQUEST | {"seed": 4}, headers=headers), 422, "invalid-input")


def test_the_same_key_of_somebody_else_is_another_video(jane, john) -> None:
    headers = {"Idempotency-Key": "monday-1"}
    ids = {person("POST", "/videos", json=REQUEST, headers=headers).json()["id"] for person in (jane, john)}
    assert len(ids) == 2


def test_a_script_is_taken_as_markdown_or_json(site, jane) -> None:
    id = jane("POST", "/videos", json={"script": SCRIPT, "profile": "draft"}).json()["id"]
    brief = site.app.ledger.get(id).brief
    assert brief.script is not None and brief.script.scenes[0].text == "The tide goes out."
    text = '{"version": 1, "scenes": [{"visual": "A sea", "text": "The tide comes in."}]}'
    assert jane("POST", "/videos", json={"script": text}).json()["scenes"][0]["text"] == "The tide comes in."


def test_a_script_has_its_voices_of_those_offered_none_that_was_lent_and_none_that_costs_money(tmp_path: Path) -> None:
    real = open_app(Settings(home=tmp_path, models_dir=tmp_path / "models", gemini_key="AIza"), log_file=tmp_path / "test.log")
    site = open_site(tmp_path, PlainEngines(voices=real.engines.voices))
    (tmp_path / "voice.wav").write_bytes(b"RIFF")
    site.app.cloned_voices.keep(CONSENT, "the tide", tmp_path / "voice.wav", tmp_path / "voice.wav")
    jane = site.register()
    for voice in ("anna", "qwen:anna", "gemini", "gemini:Kore", "nobody"):
        script = f"**CAST:** Ann: {voice}\n\n**VISUAL:** A calm sea.\n\n**VOICE OVER (Ann):** The tide goes out.\n"
        told = problem(jane("POST", "/videos", json={"script": script}), 422, "invalid-input")["detail"]
        assert told == f"script: expected a voice of /api/v1/voices for Ann, found {voice!r}"
    assert jane("POST", "/videos", json={"script": script.replace("nobody", "espeak:en-gb")}).status_code == 201


@pytest.mark.parametrize(
    "fields",
    [
        {}, {"theme": "a", "script": SCRIPT}, {"theme": "..."}, {"theme": "a\nb"}, {"theme": "a\x00b"}, {"theme": "x" * 301},
        {"theme": "\ud800"}, {"theme": "sea", "style": "ugly"}, {"theme": "sea", "profile": "cinema"}, {"theme": "sea", "seconds": 3},
        {"theme": "sea", "seconds": -1}, {"theme": "sea", "seed": 2**31}, {"theme": "sea", "language": "xx"},
        {"theme": "sea", "voice": "../../etc/passwd"}, {"theme": "sea", "voice": "gemini:Kore"}, {"theme": "sea", "music": "uploads/x/y.mp3"},
        {"theme": "sea", "aspect": "1:0"}, {"theme": "sea", "owner": "jane"}, {"theme": "sea", "recording": "uploads/a/b"},
        {"theme": "sea", "budget_usd": 5}, {"theme": "sea", "webhook": "http://127.0.0.1"}, {"theme": 7}, {"script": "no scene"},
        {"script": "{}"}, {"script": "{" * 5000}, {"script": SCRIPT, "scenes": 2}, {"script": "\x00"},
    ],
)  # fmt: skip
def test_what_cannot_be_a_film_is_refused_before_anything_is_held(jane, fields) -> None:
    import json

    answer = jane("POST", "/videos", content=json.dumps(fields), headers={"Content-Type": "application/json"})
    problem(answer, 422, "invalid-input")
    assert jane("GET", "/account").json()["quota"]["used"] == 0


def test_a_script_cannot_name_files_and_learns_nothing_of_them(tmp_path, jane) -> None:
    there = tmp_path / "there.jpg"
    there.write_bytes(b"x")
    details = set()
    for name in (there, tmp_path / "absent.jpg", "../x.png", "http://host/x.png"):
        script = f"**VISUAL:** A calm sea.\n\n**MEDIA:** {name}\n\n**VOICE OVER:** The tide goes out.\n"
        details.add(problem(jane("POST", "/videos", json={"script": script}), 422, "invalid-input")["detail"])
        as_json = f'{{"version": 1, "music": "{tmp_path}/x.mp3", "scenes": [{{"visual": "A sea", "text": "Tide.", "media": "{name}"}}]}}'
        details.add(problem(jane("POST", "/videos", json={"script": as_json}), 422, "invalid-input")["detail"])
    assert len(details) == 1


def test_an_estimate_holds_nothing_and_tells_when_the_quota_is_spent(jane, ask) -> None:
    estimate = jane("POST", "/videos/estimate", json=REQUEST | {"seconds": 40}).json()
    assert estimate == {"film_seconds": 40.0, "cost_usd": 0.0, "making_seconds": None, "allowed": True, "reason": ""}
    usual = jane("POST", "/videos/estimate", json=REQUEST).json()
    assert 64 <= usual["film_seconds"] <= 90, "what a story lasts for which no length is asked for"
    ask()
    ask()
    spent = jane("POST", "/videos/estimate", json=REQUEST).json()
    assert not spent["allowed"] and "2 videos" in spent["reason"]


def test_mine_are_listed_newest_first_page_by_page(site, jane, john) -> None:
    site.services.users.set_tier(jane.id, "pro")
    ids = [jane("POST", "/videos", json=REQUEST | {"theme": f"tide number {number}"}).json()["id"] for number in range(5)]
    john("POST", "/videos", json=REQUEST)
    seen, cursor = [], ""
    while cursor is not None:
        page = jane("GET", f"/videos?limit=2&cursor={cursor}").json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"]
    assert seen == ids[::-1]
    assert [item["id"] for item in jane("GET", "/videos?order=ascending&limit=2").json()["items"]] == ids[:2]
    assert [item["title"] for item in jane("GET", "/videos?search=NUMBER+3").json()["items"]] == ["tide number 3"]
    jane("POST", f"/videos/{ids[0]}/cancel")
    assert [item["id"] for item in jane("GET", "/videos?status=cancelled").json()["items"]] == [ids[0]]
    assert jane("GET", "/videos?style=noir").json()["items"] == []


def test_a_filtered_list_finds_what_lies_pages_away(site, jane) -> None:
    site.services.users.set_tier(jane.id, "enterprise")
    wanted = jane("POST", "/videos", json=REQUEST | {"style": "noir"}).json()["id"]
    for _ in range(6):
        jane("POST", "/videos", json=REQUEST)
    assert [item["id"] for item in jane("GET", "/videos?style=noir&limit=1").json()["items"]] == [wanted]


def test_a_deleted_video_is_gone_and_its_place_is_free(site, jane, ask) -> None:
    id = ask()
    site.app.objects.write(f"uploads/{id}/x.txt", b"x")
    assert jane("DELETE", f"/videos/{id}").status_code == 204
    problem(jane("GET", f"/videos/{id}"), 404, "not-found")
    problem(jane("DELETE", f"/videos/{id}"), 404, "not-found")
    assert site.app.objects.under(f"uploads/{id}/") == ()
    assert jane("GET", "/videos").json()["items"] == []
    assert jane("GET", "/account").json()["quota"]["used"] == 0


def test_a_deleted_video_is_not_begun_anew_by_its_request(site, jane, ask) -> None:
    id = ask()
    jane("DELETE", f"/videos/{id}")
    drain(site.app)
    assert site.app.objects.under(f"scripts/{id}/") == ()
    assert site.app.ledger.get(id).status == "cancelled"


def test_favourites_are_one_s_own(jane, john, ask) -> None:
    id = ask()
    assert jane("PUT", f"/videos/{id}/favourite").status_code == 204
    assert jane("PUT", f"/videos/{id}/favourite").status_code == 204
    assert [item["favourite"] for item in jane("GET", "/videos?shelf=favourites").json()["items"]] == [True]
    assert john("GET", "/videos?shelf=favourites").json()["items"] == []
    assert jane("DELETE", f"/videos/{id}/favourite").status_code == 204
    assert jane("GET", "/videos?shelf=favourites").json()["items"] == []


def test_too_many_requests_a_minute_are_refused(site, jane) -> None:
    site.services.settings.tiers["slow"] = site.services.settings.tiers["pro"].model_copy(update={"requests_a_minute": 1})
    site.services.users.set_tier(jane.id, "slow")
    assert jane("POST", "/videos", json=REQUEST).status_code == 201
    problem(jane("POST", "/videos", json=REQUEST), 429, "too-many-requests")


def test_a_scene_that_is_not_there_or_not_yet_cannot_be_changed(jane, ask) -> None:
    id = ask()
    problem(jane("POST", f"/videos/{id}/scenes/1/retry"), 404, "not-found")
    problem(jane("PATCH", f"/videos/{id}/scenes/1", json={}), 422, "invalid-input")
    problem(jane("POST", f"/videos/{id}/retry"), 409, "not-possible-now")


@dataclass
class Saboteur(ColourRenderer):
    """Deletes the video while it draws it, before or after its last frame; goes on drawing as if nothing were."""

    name: str = "motion"
    delete: Callable[[], object] = lambda: None
    early: bool = False

    def render(self, shot: Shot, folder: Path, progress: Callable[[int], None]) -> Take:
        if self.early:
            self.delete()
        take = super().render(shot, folder, progress)
        if not self.early:
            self.delete()
        return take


@pytest.mark.parametrize("early", [True, False])
def test_a_video_that_is_deleted_while_it_is_drawn_leaves_no_orphan(tmp_path: Path, early: bool) -> None:
    saboteur = Saboteur(early=early)
    site = open_site(tmp_path, engines_with(motion=saboteur))
    jane = site.register()
    id = jane("POST", "/videos", json=REQUEST).json()["id"]
    saboteur.delete = lambda: jane("DELETE", f"/videos/{id}")
    drain(site.app)
    assert saboteur.rendered, "it was drawn"
    assert [stored.address for stored in site.app.objects.under("")] == []
    left = [document for name in ("clips", "artefacts", "library") for document in site.app.documents.query(name)]
    assert left == [] and "the tide" not in str(site.app.documents.get("videos", id))
    problem(jane("GET", f"/videos/{id}"), 404, "not-found")
    assert jane("GET", "/account").json()["quota"]["used"] == 0


def test_a_deletion_that_broke_off_can_be_asked_for_again(site, jane, ask) -> None:
    id = ask()
    site.app.objects.write(f"uploads/{id}/x.txt", b"x")
    (site.app.settings.home_folder / "objects" / "uploads" / id).chmod(0o500)
    path = site.app.settings.home_folder / "objects" / "uploads" / id / "x.txt"
    path.unlink()
    path.mkdir()  # what cannot be removed as a file can
    assert jane("DELETE", f"/videos/{id}").status_code >= 500
    path.rmdir()
    assert jane("DELETE", f"/videos/{id}").status_code == 204
    problem(jane("DELETE", f"/videos/{id}"), 404, "not-found")


def test_what_comes_late_for_a_deleted_video_is_swept_away(site, jane, ask) -> None:
    """As by a job that may write and not delete, as on Google Cloud."""
    kept, deleted = ask(), ask()
    jane("DELETE", f"/videos/{deleted}")
    for id in (kept, deleted):
        site.app.objects.write(f"clips/{id}/1/01-aa.mp4", b"late")
    turn(site.services, -1)
    assert [stored.address for stored in site.app.objects.under("clips/")] == [f"clips/{kept}/1/01-aa.mp4"]
    assert site.app.ledger.is_erased(deleted) and site.app.documents.get("videos", deleted) is not None
    later = replace(site.services.library, clock=FixedClock(site.app.clock.now() + 9 * 86_400))
    later.sweep()
    assert site.app.documents.get("videos", deleted) is None and site.app.documents.get("videos", kept) is not None


@dataclass
class FixedClock:
    """Implements ports.Clock."""

    at: float

    def now(self) -> float:
        return self.at
