"""What Prometheus is told: true whichever process answers, of few series, and to whom it may be told."""

from collections.abc import Mapping

import pytest
from prometheus_client.parser import text_string_to_metric_families

from aiprod.encoding import to_fields
from aiprod.events import StatusChanged
from aiprod.gpus import GpuReading
from aiprod.machines import COLLECTION, Machine
from aiprod.ports import Write
from tests.backend.conftest import Premiere, Site, open_site, problem
from tests.house import drain

HERE = ("127.0.0.1", 50_000)


def scrape(site: Site) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    answer = site.client(client=HERE).get("/metrics")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/plain; version=")
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def value(found: Mapping[tuple[str, tuple[tuple[str, str], ...]], float], name: str, **labels: str) -> float:
    return sum(amount for (one, its), amount in found.items() if one == name and labels.items() <= dict(its).items())


def test_a_film_is_counted_from_the_request_to_its_end(premiere: Premiere) -> None:
    found = scrape(premiere.site)
    assert value(found, "aiprod_videos_total", status="queued") >= value(found, "aiprod_videos_total", status="completed") >= 1
    for stage in ("script", "narration", "clips", "assembly", "monitor", "review", "notify"):
        assert value(found, "aiprod_stage_seconds_count", stage=stage) >= 1, stage
        assert value(found, "aiprod_stage_seconds_bucket", stage=stage, le="+Inf") == value(found, "aiprod_stage_seconds_count", stage=stage)
    assert value(found, "aiprod_stage_seconds_sum", stage="review") > 0
    assert value(found, "aiprod_render_seconds_count", renderer="motion", queue="render-cpu") >= 3
    assert value(found, "aiprod_renderer_healthy", renderer="motion") == 1
    assert value(found, "aiprod_dead_letters") == 0
    assert value(found, "aiprod_http_request_seconds_count", method="POST", route="/api/v1/videos", status="201") >= 1


def test_every_process_tells_the_same_and_a_restart_loses_nothing(premiere: Premiere) -> None:
    other = open_site(premiere.site.app.settings.home_folder)
    other.client().get("/healthz")
    before = scrape(premiere.site)
    after = scrape(other)
    for name in ("aiprod_videos_total", "aiprod_stage_seconds_count", "aiprod_render_seconds_sum"):
        assert value(after, name) == value(before, name) > 0
    assert value(after, "aiprod_http_request_seconds_count", route="/healthz") >= 1


def test_labels_are_routes_and_never_what_somebody_typed(site, jane) -> None:
    for path in ("/videos/aaaaaaaaaaaa", "/videos/bbbbbbbbbbbb", "/nothing/at/all", "/voices?language=fr"):
        jane("GET", path)
    site.client().request("BREW", "/api/v1/coffee")
    found = scrape(site)
    requests = [dict(labels) for name, labels in found if name == "aiprod_http_request_seconds_count"]
    assert {"method": "GET", "route": "/api/v1/videos/{id}", "status": "404"} in requests
    assert {"method": "GET", "route": "none", "status": "404"} in requests
    assert {one["method"] for one in requests} <= {"GET", "POST", "other"}
    assert not any("aaaa" in one["route"] or "nothing" in one["route"] for one in requests)


def test_what_waits_is_counted_with_its_age(site, jane, ask) -> None:
    ask()
    found = scrape(site)
    assert value(found, "aiprod_queue_events", subscription="script") == 1
    assert 0 <= value(found, "aiprod_queue_oldest_seconds", subscription="script") < 60
    assert value(found, "aiprod_videos_at_work", status="queued") == 1


def test_a_change_that_is_told_twice_is_counted_once(site, jane, ask) -> None:
    film = ask()
    jane("POST", f"/videos/{film}/cancel")
    drain(site.app)
    video = site.app.ledger.get(film)
    again = StatusChanged(video=film, revision=1, status="cancelled", sentence="", at=video.history[-1].at)
    site.app.messages.publish("status-changes", again)
    drain(site.app)
    found = scrape(site)
    assert value(found, "aiprod_videos_total", status="cancelled") == 1
    assert value(found, "aiprod_videos_total", status="queued") == 1


def test_what_was_paid_to_others_is_counted_by_engine(site) -> None:
    site.app.tallies.add("cost usd", 0.25, engine="gemini")
    site.app.tallies.add("cost usd", 0.5, engine="gemini")
    assert value(scrape(site), "aiprod_cost_usd_total", engine="gemini") == 0.75


@pytest.mark.parametrize("headers", [{}, {"X-Forwarded-For": "127.0.0.1"}, {"Via": "1.1 proxy"}])
def test_without_a_token_only_this_machine_is_told_and_no_proxy_on_it(site, headers) -> None:
    near = {"client": HERE} if headers else {}
    problem(site.client(**near).get("/metrics", headers=headers), 403, "not-allowed")


def test_with_a_token_whoever_shows_it_is_told_from_anywhere(tmp_path) -> None:
    site = open_site(tmp_path, metrics_token="a token for the scraper")
    problem(site.client(client=HERE).get("/metrics"), 401, "not-signed-in")
    problem(site.client().get("/metrics", headers={"Authorization": "Bearer another"}), 401, "not-signed-in")
    assert site.client().get("/metrics", headers={"Authorization": "Bearer a token for the scraper"}).status_code == 200


def test_an_account_even_an_admins_opens_no_metrics(site) -> None:
    root = site.register("root@mail.org", admin=True)
    problem(site.client().get("/metrics", headers={"Authorization": f"Bearer {root.token}"}), 403, "not-allowed")


def test_each_gpu_that_works_is_shown_as_it_last_told(site: Site) -> None:
    reading = GpuReading(name="NVIDIA L4", number=0, used_bytes=3 << 30, memory_bytes=24 << 30, utilization=0.5, celsius=66.0)
    machine = Machine(name="run/render-gpu/x/0/0", job="render-gpu", at=site.app.clock.now(), gpus=(reading,))
    write = Write(collection=COLLECTION, id="one", fields=to_fields(machine), expected=None)
    site.app.documents.commit([write])
    found = scrape(site)
    labels = {"machine": machine.name, "job": "render-gpu", "gpu": "0", "model": "NVIDIA L4"}
    assert value(found, "aiprod_gpu_utilization_ratio", **labels) == 0.5
    assert value(found, "aiprod_gpu_memory_used_bytes", **labels) == 3 << 30
    assert value(found, "aiprod_gpu_memory_bytes", **labels) == 24 << 30
    assert value(found, "aiprod_gpu_temperature_celsius", **labels) == 66
    assert not [name for name, _ in found if name == "aiprod_gpu_power_watts"]
