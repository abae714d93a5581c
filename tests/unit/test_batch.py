"""Lines of a batch file: what may stand in them, what is said of what may not, and what they are called."""

import json
import re
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest

from aiprod.batch import FIELDS, BatchLine, Sender, attributes_of, line_schema, message_schema, read_lines, video_id
from aiprod.brief import Brief
from aiprod.cli.arguments import parse
from aiprod.events import VideoRequested, decode, encode
from aiprod.story import Line, Recording, Scene, Script

ROOT = Path(__file__).resolve().parents[2]
GOOD = (
    {"theme": "The tide"},
    {"theme": "Bees", "style": "noir", "seconds": 30, "scenes": 4, "budget": 2.5, "presenter": True, "seed": 0},
    {"script": "script.md", "aspect": "1:1", "subtitles": "none", "music": "calm", "voice": "espeak:"},
    {"audio": "told.mp3", "media": "pictures", "profile": "web", "language": "fr", "budget": 3},
)
BAD = (
    ('{"theme": "Bees", "style": "baroque"}', 'as "style", found "baroque"'),
    ('{"theme": "Bees", "stile": "noir"}', 'expected "style", found "stile"'),
    ('{"theme": "Bees", "zebra": 1}', 'expected one of the fields theme, script, audio'),
    ('{"theme": "Bees", "scenes": "3"}', 'expected a whole number as "scenes", found "3"'),
    ('{"theme": "Bees", "scenes": true}', 'expected a whole number as "scenes", found true'),
    ('{"theme": "Bees", "scenes": 0}', 'expected a whole number from 1 to 60 as "scenes", found 0'),
    ('{"theme": "Bees", "seconds": 4000}', 'expected a whole number from 5 to 3600 as "seconds", found 4000'),
    ('{"theme": "Bees", "presenter": 1}', 'expected true or false as "presenter", found 1'),
    ('{"theme": "Bees", "budget": -1}', 'expected a number from 0 to 999999 as "budget", found -1'),
    ('{"theme": "Bees", "budget": NaN}', 'expected a number from 0 to 999999 as "budget", found NaN'),
    ('{"theme": ""}', 'expected 1 to 300 characters as "theme", found ""'),
    ('{"theme": 7}', 'expected a text as "theme", found 7'),
    ('{"style": "noir"}', 'expected one of "theme", "script", "audio", found none of them'),
    ('{"theme": "Bees", "script": "a.md"}', 'expected one of "theme", "script", "audio", found "theme" and "script"'),
    ('{"theme": "Bees", "theme": "Owls"}', 'expected each field once, found "theme" twice'),
    ('{"theme": "Bees"', "expected a JSON object, found text that is none (Expecting ',' delimiter, column 17)"),
    ('["Bees"]', 'expected a JSON object such as {"theme": "The tide"}, found ["Bees"]'),
    ("Bees", "expected a JSON object, found text that is none"),
)  # fmt: skip


def content(*lines: str) -> bytes:
    return "\n".join(lines).encode()


@pytest.mark.parametrize("fields", GOOD, ids=lambda fields: next(iter(fields)))
def test_a_right_line_is_read_as_it_stands_and_meets_the_schema(fields: dict[str, object]) -> None:
    lines, faults = read_lines(content(json.dumps(fields)), "films.jsonl")
    assert (lines, faults) == ((BatchLine(number=1, fields=fields),), ())  # type: ignore[arg-type]
    jsonschema.validate(fields, json.loads(line_schema()))


@pytest.mark.parametrize(("line", "sentence"), BAD)
def test_a_wrong_line_is_told_with_its_number_what_was_expected_and_what_was_found(line: str, sentence: str) -> None:
    lines, (fault,) = read_lines(content('{"theme": "The tide"}', "", line), "films.jsonl")
    assert len(lines) == 1
    assert str(fault).startswith("films.jsonl, line 3: expected ")
    assert sentence in str(fault)


@pytest.mark.parametrize(("line", "sentence"), [one for one in BAD if one[0].startswith('{"') and "NaN" not in one[0] and not one[0].endswith(('"Bees"', '"Owls"}'))])
def test_the_schema_refuses_what_the_reader_refuses(line: str, sentence: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(json.loads(line), json.loads(line_schema()))
    assert sentence


def test_every_fault_of_a_file_is_told() -> None:
    lines, faults = read_lines(content('{"theme": 1}', '{"theme": "Bees"}', "no", '{"theme": "Owls", "seed": -1}'), "f")
    assert [line.number for line in lines] == [2]
    assert [fault.line for fault in faults] == [1, 3, 4]


def test_a_line_that_another_says_too_is_a_fault_whatever_the_order_of_its_fields() -> None:
    _, (fault,) = read_lines(content('{"theme": "Bees", "seed": 1}', '{"seed": 1, "theme": "Bees"}'), "films.jsonl")
    assert str(fault) == (
        "films.jsonl, line 2: expected a video of its own (another seed gives another film), found the same as line 1"
    )


def test_bytes_that_are_no_text_are_told() -> None:
    _, (fault,) = read_lines(b'{"theme": "Pand\xe9s"}', "films.jsonl")
    assert str(fault) == "films.jsonl, line 1: expected text in UTF-8, found the byte 0xe9 at column 16"


def test_a_deep_nest_of_brackets_is_a_fault_and_not_a_crash() -> None:
    _, (fault,) = read_lines(b"[" * 100_000, "films.jsonl")
    assert fault.line == 1


def test_a_file_with_a_mark_windows_ends_and_blank_lines_is_read() -> None:
    lines, faults = read_lines(b'\xef\xbb\xbf{"theme": "Bees"}\r\n\r\n{"theme": "Owls"}\r\n', "films.jsonl")
    assert ([line.number for line in lines], faults) == ([1, 3], ())


@pytest.mark.parametrize("nothing", [b"", b"\n \n"])
def test_an_empty_file_is_a_fault(nothing: bytes) -> None:
    assert str(read_lines(nothing, "films.jsonl")[1][0]) == "films.jsonl: expected a JSON object a line, found an empty file"


def test_an_id_is_the_lines_the_owners_and_the_files() -> None:
    tide = BatchLine(number=1, fields={"theme": "The tide", "seed": 1})
    moved = BatchLine(number=9, fields={"seed": 1, "theme": "The tide"})
    again = video_id("ana", tide, ["a"])
    assert again == video_id("ana", moved, ["a"])
    others = {video_id("bob", tide, ["a"]), video_id("ana", tide, ["b"]),
              video_id("ana", BatchLine(number=1, fields={"theme": "The tide", "seed": 2}), ["a"])}  # fmt: skip
    assert len(others | {again}) == 4


def test_the_fields_are_the_options_of_make() -> None:
    options = vars(parse(["make", "Bees"]))
    assert set(options) - {"command", "debug", "json", "queue", "out"} == set(FIELDS)


def test_a_request_says_who_sends_it_and_for_whom() -> None:
    sender = Sender(account="batch@example.iam.gserviceaccount.com", owner="ana", quota=50)
    found = attributes_of(sender, "4f", "b1", 12)
    assert found == {
        "type": "VideoRequested", "schema": "1", "sender": "batch@example.iam.gserviceaccount.com", "owner": "ana",
        "quota": "50", "video": "4f", "batch": "b1", "line": "12",
    }  # fmt: skip
    assert attributes_of(Sender(account="a", owner="ana"), "4f", "b1", 12)["quota"] == ""


def test_the_published_schemas_are_those_of_the_code() -> None:
    assert (ROOT / "docs/batch.schema.json").read_text() == line_schema()
    assert (ROOT / "docs/video-request.schema.json").read_text() == message_schema()


def test_a_message_that_is_sent_meets_its_schema() -> None:
    recording = Recording(address="uploads/4f/told.flac", start=Fraction(1, 3), end=Fraction(7, 2))
    script = Script(title="Tide", language="en", writer="own",
                    scenes=(Scene(number=1, visual="sea", lines=(Line(text="The sea.", recording=recording),)),))  # fmt: skip
    for brief in (Brief(theme="The tide", budget_usd=2.5), Brief(script=script)):
        sent = json.loads(encode(VideoRequested(video="4f", owner="ana", brief=brief)))
        jsonschema.validate(sent, json.loads(message_schema()))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"type": "VideoRequested", "content": {"video": "4f", "owner": ""}}, json.loads(message_schema()))


def test_the_message_that_the_documentation_shows_can_be_read() -> None:
    shown = re.findall(r'^\{"type": .*$', (ROOT / "docs/batch.md").read_text(), re.MULTILINE)
    assert decode(shown[0].encode()) == VideoRequested(video="9f31c05e7ad2", owner="ana", brief=Brief(theme="The tide"))


def test_the_lines_that_the_documentation_shows_can_be_read() -> None:
    block = (ROOT / "docs/batch.md").read_text().split("```json\n")[1].split("```")[0]
    lines, faults = read_lines(block.encode(), "docs/batch.md")
    assert (len(lines), faults) == (3, ())
