"""The breaker, as every task of every machine sees it."""

import pytest

from aiprod.errors import Permanent
from aiprod.visuals.hosted.breaker import FAILURES_TO_OPEN, FIRST_REST_SECONDS, LONGEST_REST_SECONDS
from tests.unit.visuals.hosted.conftest import Studio


def test_it_opens_after_several_failures_running_and_another_machine_sees_it(studio: Studio) -> None:
    here, there = studio.breaker("veo"), studio.breaker("veo")
    for _ in range(FAILURES_TO_OPEN - 1):
        here.failed()
    here.succeeded()
    for _ in range(FAILURES_TO_OPEN - 1):
        here.failed()
    there.admit()
    here.failed()
    with pytest.raises(Permanent) as shut:
        there.admit()
    assert "veo failed 5 times running" in str(shut.value)
    studio.breaker("omni").admit()


def test_after_a_rest_one_may_try_and_the_others_wait_for_what_comes_of_it(studio: Studio) -> None:
    breaker = studio.breaker("veo")
    for _ in range(FAILURES_TO_OPEN):
        breaker.failed()
    studio.clock.pause(FIRST_REST_SECONDS + 1)
    breaker.admit()
    assert breaker.read().state == "half-open"
    with pytest.raises(Permanent):
        studio.breaker("veo").admit()
    breaker.failed()
    assert breaker.read().rest_seconds == 2 * FIRST_REST_SECONDS
    studio.clock.pause(FIRST_REST_SECONDS + 1)
    with pytest.raises(Permanent):
        breaker.admit()
    studio.clock.pause(FIRST_REST_SECONDS)
    breaker.admit()
    breaker.succeeded()
    studio.breaker("veo").admit()
    assert breaker.read().state == "closed"


def test_a_probe_that_dies_lets_another_try_and_the_rest_has_an_end(studio: Studio) -> None:
    breaker = studio.breaker("veo")
    for _ in range(FAILURES_TO_OPEN):
        breaker.failed()
    for _ in range(8):
        studio.clock.pause(LONGEST_REST_SECONDS + 1)
        breaker.admit()
        breaker.failed()
    assert breaker.read().rest_seconds == LONGEST_REST_SECONDS
    studio.clock.pause(LONGEST_REST_SECONDS + 1)
    breaker.admit()
    studio.clock.pause(301)
    breaker.admit()
