"""The table of hosted models: every row is whole, and its age is said aloud."""

import datetime
from importlib.resources import files

import pytest

from aiprod.errors import InvalidInput, NotFound
from aiprod.models import hosted

ROW = """
[[models]]
id = "m-1"
kind = "veo"
title = "M"
usd = { second_720p = 0.1 }
seconds = [4, 8]
resolutions = ["720p"]
aspects = ["9:16"]
source = "the vendor's page"
certainty = "published"
read = 2026-11-21
"""


def test_the_table_is_whole_and_its_age_is_said_aloud(capsys: pytest.CaptureFixture[str]) -> None:
    table = hosted.parse_table(files("aiprod.models").joinpath("hosted.toml").read_text(encoding="utf-8"))
    assert {row.kind for row in table.models} >= {"gemini", "gemini-tts", "chirp", "veo", "omni"}
    assert max(row.read for row in table.models) <= datetime.datetime.now(datetime.UTC).date()
    old = table.old_on(datetime.datetime.now(datetime.UTC).date())
    if old:
        with capsys.disabled():
            print(f"\nLook up again in aiprod/models/hosted.toml, for they are old or retired: {', '.join(row.id for row in old)}")


def test_a_row_is_old_after_120_days_and_when_its_model_is_retired() -> None:
    table = hosted.parse_table(ROW)
    assert table.old_on(datetime.date(2027, 3, 21)) == ()
    assert [row.id for row in table.old_on(datetime.date(2027, 3, 22))] == ["m-1"]
    retiring = hosted.parse_table(ROW + "retires = 2026-12-01\n")
    assert [row.id for row in retiring.old_on(datetime.date(2026, 12, 1))] == ["m-1"]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (("usd = { second_720p = 0.1 }", "usd = { second_720p = -0.1 }"), "prices above 0"),
        (("usd = { second_720p = 0.1 }", "usd = { second_1080p = 0.1 }"), "a price for a second at 720p"),
        (("usd = { second_720p = 0.1 }", "usd = { hour = 0.1 }"), "hour"),
        (("seconds = [4, 8]", "seconds = [8, 4]"), "rising lengths"),
        (('aspects = ["9:16"]', ""), "together"),
        (('source = "the vendor\'s page"', 'source = " "'), "a source"),
        (('certainty = "published"', 'certainty = "heard"'), "certainty"),
        (("read = 2026-11-21", ""), "read"),
        (("read = 2026-11-21", f"read = 2026-11-21\n{ROW}"), "one row an id"),
    ],
)  # fmt: skip
def test_a_malformed_row_is_not_taken(fault: tuple[str, str], said: str) -> None:
    with pytest.raises(InvalidInput) as broken:
        hosted.parse_table(ROW.replace(*fault))
    assert said in str(broken.value)


def test_a_model_is_found_by_its_kind_or_its_id_and_priced() -> None:
    assert hosted.model("veo").kind == "veo"
    assert hosted.model("gemini-omni-1.2-flash").kind == "omni"
    assert hosted.model("veo").usd_per_second("720p") == 0.10
    assert hosted.model("gemini").usd_for_tokens(1_000_000, 1_000_000) == pytest.approx(4.5)
    assert hosted.model("chirp").usd_for_characters(1_000) == pytest.approx(0.03)
    for ask in (
        lambda: hosted.model("veo-2"), lambda: hosted.model("veo").usd_per_second("8k"),
        lambda: hosted.model("chirp").usd_for_tokens(1, 1), lambda: hosted.model("veo").usd_for_characters(1),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            ask()
