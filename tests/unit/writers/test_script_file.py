import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from aiprod import script_format
from aiprod.brief import Brief
from aiprod.errors import InvalidInput, NotFound
from aiprod.story import Role
from aiprod.writers import script_json
from aiprod.writers.draft import seconds_of
from aiprod.writers.outline import OutlineWriter
from aiprod.writers.script_file import read_script

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = sorted((ROOT / "examples").iterdir())
LONG = [path for path in EXAMPLES if not path.name.startswith("short-")]


def parse(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, indent=1)
    with pytest.raises(InvalidInput) as caught:
        script_json.parse_json(text, source="script.json", folder=Path("nowhere"))
    return str(caught.value)


def test_the_published_schema_is_the_one_that_is_read() -> None:
    assert (ROOT / "docs" / "script.schema.json").read_text(encoding="utf-8") == script_format.schema_text()


def test_the_published_schema_is_a_schema_and_accepts_the_json_example() -> None:
    schema = json.loads(script_format.schema_text())
    Draft202012Validator.check_schema(schema)
    example = json.loads((ROOT / "examples" / "short-volcano.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(example)
    del example["scenes"][0]["visual"]
    assert not Draft202012Validator(schema).is_valid(example)


def test_a_dozen_examples_in_five_languages_five_of_them_french() -> None:
    languages = [read_script(path).script.language for path in LONG]
    assert len(languages) >= 12
    assert languages.count("fr") >= 5
    assert set(languages) == {"en", "fr", "es", "it", "pt"}


@pytest.mark.parametrize("path", LONG, ids=lambda path: path.name)
def test_an_example_is_a_film_of_about_a_minute_with_rich_pictures(path: Path) -> None:
    script = read_script(path).script
    assert len(script.scenes) == 8
    assert 60 <= seconds_of(" ".join(s.text for s in script.scenes), script.language) + 8 * 0.7 <= 90
    for scene in script.scenes:
        assert scene.title
        assert len(scene.visual.split()) >= 10
    assert len({scene.visual for scene in script.scenes}) == 8


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_a_script_written_as_json_is_read_back_the_same(path: Path) -> None:
    script = read_script(path).script
    again = script_json.parse_json(script_format.write_json(script).decode(), source="x", folder=path.parent).script
    assert again == script


def test_short_examples_last_a_few_seconds() -> None:
    for path in EXAMPLES:
        if path.name.startswith("short-"):
            script = read_script(path).script
            assert 3 <= len(script.scenes) <= 4
            assert all(seconds_of(scene.text, script.language) < 4 for scene in script.scenes)


def test_json_has_speakers_media_and_music(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"x")
    path = tmp_path / "script.json"
    path.write_text(
        json.dumps({"version": 1, "music": "epic", "seconds": 12, "scenes": [
            {"visual": "A tree", "lines": [{"text": "Who *is* there?", "speaker": "Ann"}, {"text": "Me."}], "media": "a.png"}
        ]})
    )  # fmt: skip
    found = read_script(path)
    assert [(line.speaker, line.text) for line in found.script.scenes[0].lines] == [
        ("Ann", "Who is there?"),
        ("narrator", "Me."),
    ]
    assert (found.music, found.seconds, found.media) == ("epic", 12, {1: tmp_path / "a.png"})
    assert found.script.language == "en"


def test_json_says_whose_voice_a_speaker_has_and_keeps_it(tmp_path: Path) -> None:
    path = tmp_path / "script.json"
    path.write_text(
        json.dumps({"version": 1, "cast": [{"speaker": "Ann", "voice": "kokoro:bf_emma"}], "scenes": [
            {"visual": "A tree", "lines": [{"text": "Who is there?", "speaker": "Ann"}, {"text": "Me."}]}
        ]})
    )  # fmt: skip
    script = read_script(path).script
    assert script.cast == (Role(speaker="Ann", voice="kokoro:bf_emma"),)
    again = script_json.parse_json(script_format.write_json(script).decode(), source="x", folder=tmp_path).script
    assert again.cast == script.cast


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"version": 1,\n "scenes": [{"visual": "a"\n "text": "b"}]}', "script.json, line 3: expected JSON"),
        ('{"version": 1,\n "scenes": [\n{"visual": "a",\n"text": 3}]}', "line 4: expected `str` in scenes[0].text, found `int`"),
        ('{"version": 1,\n "scenes": [{"visual": "a",\n"texte": "b"}]}', 'line 3: expected only the fields of the format in scenes[0], found "texte"'),
        ('{"version": 1,\n "scenes": [{"visual": "a", "text": "b"},\n{"text": "b"}]}', 'line 3: expected "visual" in scenes[1]'),
        ('{"version": 1, "scenes": [{"visual": "a",\n "text": "b",\n "transition": "zap"}]}', "line 3: expected one of the values"),
        ('{"version": 1, "scenes": [\n{"visual": "a"}]}', 'line 2: expected either "text" or "lines" in scene 1, found neither'),
        ('{"version": 1, "scenes": [\n{"visual": "a", "text": "[music]"}]}', "line 2: expected words to say in scene 1"),
        ('{"version": 1, "scenes": []}', "expected `array` of length >= 1 in scenes"),
        ('{"version": 2, "scenes": []}', "found version 2, which a newer AIPROD reads"),
        ('{"scenes": [{"visual": "a", "text": "b"}]}', 'expected "version"'),
        ('{"version": 1, "scenes": [{"visual": "a", "text": "b"}],\n"cast": [{"speaker": "Ana", "voice": "x"}]}',
         "line 2: expected speakers of the script (narrator), found a voice for 'Ana'"),
        ("[1]", "expected a JSON object with version and scenes, found list"),
        ("[" * 100_000, "out of all measure"),
        ('{"version": 1, "seconds": -4, "scenes": [{"visual": "a", "text": "b"}]}', "in seconds"),
    ],
)  # fmt: skip
def test_bad_json_is_told_by_line(text: str, told: str) -> None:
    assert told in parse(text)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "expected a script with at least one scene, found an empty file"),
        (b"  \n\n \t", "found an empty file"),
        (
            "**VISUAL:** é".encode("latin-1"),
            "line 1: expected a script in UTF-8 text (Markdown or JSON), found the byte 0xe9",
        ),
        (b"ok\n\xff", "line 2: expected a script in UTF-8"),
        ("**VISUAL:** a".encode("utf-16"), "found UTF-16 text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "found a picture"),
        (b"%PDF-1.7 ...", "found a PDF document"),
        (b"PK\x03\x04 word", "found a Word or ZIP file"),
        (b"abc\n\x00def", "line 2: expected a script in UTF-8 text (Markdown or JSON), found a zero byte"),
        (b"a" * 10_000_000, "expected a script of at most 2 MB, found a file of 10.0 MB"),
    ],
)
def test_files_that_are_no_script_are_told_apart(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "film.md"
    path.write_bytes(content)
    with pytest.raises(InvalidInput) as caught:
        read_script(path)
    assert told in str(caught.value)


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "film.md"
    path.write_bytes(b"\xef\xbb\xbf**VISUAL:** A tree\n**VOICE OVER:** It grows.")
    assert read_script(path).script.scenes[0].text == "It grows."


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no script at"):
        read_script(tmp_path / "none.md")
    with pytest.raises(InvalidInput, match="found a folder"):
        read_script(tmp_path)


def test_the_script_beside_a_film_is_one_that_makes_the_film_again(tmp_path: Path) -> None:
    """A creator edits a sentence of script.json and gives it back with --script."""
    script = OutlineWriter().write(Brief(theme="The giant panda", language="en", scenes=4))
    (tmp_path / "script.json").write_bytes(script_format.write_json(script))
    again = read_script(tmp_path / "script.json").script
    assert [(scene.visual, scene.text, scene.title) for scene in again.scenes] == [
        (scene.visual, scene.text, scene.title) for scene in script.scenes
    ]
    assert (again.title, again.language, again.writer, again.sources) == (script.title, script.language, script.writer, script.sources)
