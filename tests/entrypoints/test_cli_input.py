"""What a person is told about input that cannot be used: one sentence, its place, what was expected."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]

SCRIPT = """# Pandas

**VISUAL:** A panda eats bamboo in a misty forest, soft morning light, slow dolly
**VOICE OVER:** Pandas eat bamboo for twelve hours a day.

**VISUAL:** A panda climbs a tree, golden light, low angle
**VOICE OVER:** They climb from the age of six months.
"""


def complaint(run: "subprocess.CompletedProcess[str]") -> str:
    """The only line of standard error."""
    assert run.stdout == ""
    lines = run.stderr.strip().splitlines()
    assert len(lines) == 1, run.stderr
    return lines[0]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "aiprod: aiprod: expected words as `aiprod --help` shows, found "),
        (("build", "Pandas"), "aiprod: aiprod: expected words as `aiprod --help` shows, found "),
        (("make",), "aiprod: aiprod make: expected one of a theme, --script FILE, --audio FILE, found none of them"),
        (("make", "Pandas", "--script", "pandas.md"), "found a theme and --script"),
        (("make", "Pandas", "--colour", "red"), "found unrecognized arguments: --colour red"),
        (("make", "Pandas", "--style", "baroque"), "aiprod: --style: expected one of cinematic, realistic, anime,"),
        (("make", "Pandas", "--language", "jp"), "--language: expected one of en, fr, es, it, pt, de, found 'jp'"),
        (("make", "Pandas", "--aspect", "21:9"), "--aspect: expected one of 9:16, 16:9, 1:1, 4:5, found '21:9'"),
        (("make", "Pandas", "--profile", "imax"), "profile: expected one of social, web, broadcast, draft, found imax"),
        (("make", "Pandas", "--subtitles", "huge"), "--subtitles: expected one of karaoke,"),
        (("make", "Pandas", "--seconds", "soon"), "--seconds: expected a whole number from 5 to 3600, found 'soon'"),
        (("make", "Pandas", "--scenes", "0"), "--scenes: expected a whole number from 1 to 60, found '0'"),
        (("make", "Pandas", "--seed", "-1"), "--seed: expected a whole number"),
        (("make", "Pandas", "--budget", "much"), "--budget: expected an amount in dollars such as 2.50, found 'much'"),
        (("make", "Pandas", "--music", "polka"), "--music: expected none, a sound file, or one of calm, wonder,"),
        (("make", "One\nTwo"), "theme: expected one line (a longer text goes into a file, with --script), found 2"),
        (("make", "?!"), "theme: expected words that say what the film is about, found '?!'"),
        (("make", "x" * 301), "theme: expected at most 300 characters, found 301"),
        (("make", "Pandas", "--webhook", "https://example.org/x"), "set AIPROD_WEBHOOK_SECRET"),
        (("make", "Pandas", "--writer", "openai-compatible"), "set AIPROD_WRITER_URL"),
        (("list", "--limit", "many"), "--limit: expected a whole number, 0 for all, found 'many'"),
        (("models", "burn"), "aiprod: aiprod models: expected one of list, fetch, verify, measure, promote, rollback, found burn"),
        (("models", "fetch"), "expected names of models, --default or --all, found none"),
    ],
)
def test_an_option_that_cannot_be_used_is_named_with_what_was_expected(
    aiprod: Run, words: tuple[str, ...], sentence: str
) -> None:
    run = aiprod(*words)
    assert sentence in complaint(run)
    assert run.returncode == 2


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("make", "--script", "gone.md"), "aiprod: There is no script at gone.md; check the path."),
        (("make", "--audio", "gone.wav"), "aiprod: There is no file gone.wav; --audio takes a sound file."),
        (("make", "Pandas", "--music", "gone.mp3"), "aiprod: There is no file gone.mp3; --music takes a sound file."),
        (("make", "Pandas", "--media", "gone"), "aiprod: There is no folder gone;"),
        (("make", "Pandas", "--renderer", "crayon"), "aiprod: Expected a renderer among ltx, motion, omni, slideshow,"),
        (("make", "Pandas", "--writer", "poet"), "Expected a writer among gemini, openai-compatible, outline, found 'poet'"),
        (("make", "Pandas", "--voice", "ghost"), "ghost"),
        (("models", "fetch", "gpt"), "aiprod: Expected a model among kokoro,"),
        (("show", "nothing"), "aiprod: Expected a video, found none with id nothing; `aiprod list` shows"),
        (("resume", "nothing"), "found none with id nothing"),
        (("cancel", "nothing"), "found none with id nothing"),
        (("retry", "nothing"), "found none with id nothing"),
    ],
)
def test_what_does_not_exist_is_said_to_be_missing(aiprod: Run, words: tuple[str, ...], sentence: str) -> None:
    run = aiprod(*words)
    assert sentence in complaint(run)
    assert run.returncode == 5


def test_a_mistake_in_a_script_is_told_with_its_line(aiprod: Run, tmp_path: Path) -> None:
    (tmp_path / "pandas.md").write_text(SCRIPT.replace("**VOICE OVER:** They climb", "**VISUAL:** They climb"))
    run = aiprod("make", "--script", "pandas.md")
    assert complaint(run).startswith("aiprod: pandas.md, line 7: expected **VOICE OVER:**")
    assert run.returncode == 2


def test_a_mistake_in_json_is_told_with_its_line(aiprod: Run, tmp_path: Path) -> None:
    lines = ("{", '  "version": 1,', '  "scenes": [', '    {"visual": 7, "text": "Hello."}', "  ]", "}")
    (tmp_path / "script.json").write_text("\n".join(lines))
    run = aiprod("make", "--script", "script.json")
    assert complaint(run) == "aiprod: script.json, line 4: expected `str` in scenes[0].visual, found `int`"
    assert run.returncode == 2


def test_a_text_is_not_taken_for_a_sound(aiprod: Run, tmp_path: Path) -> None:
    (tmp_path / "narration.mp3").write_text("Pandas eat bamboo.")
    run = aiprod("make", "--audio", "narration.mp3")
    assert "narration.mp3" in complaint(run)
    assert run.returncode == 2


def test_own_pictures_must_say_their_scene(aiprod: Run, tmp_path: Path, picture: Path) -> None:
    folder = tmp_path / "media"
    folder.mkdir()
    picture.rename(folder / "panda.png")
    run = aiprod("make", "Pandas", "--media", "media")
    assert complaint(run) == (
        "aiprod: panda.png: expected a name that starts with a scene's number, such as 03-panda.jpg, found no number"
    )
    assert run.returncode == 2


def test_own_pictures_must_be_for_a_scene_of_the_script(aiprod: Run, tmp_path: Path, picture: Path) -> None:
    folder = tmp_path / "media"
    folder.mkdir()
    picture.rename(folder / "03.png")
    (tmp_path / "pandas.md").write_text(SCRIPT)
    run = aiprod("make", "--script", "pandas.md", "--media", "media")
    assert complaint(run) == "aiprod: 03.png: expected the number of a scene from 1 to 2, found 3"
    assert run.returncode == 2


def test_a_setting_that_cannot_be_used_is_named(aiprod: Run) -> None:
    run = aiprod("list", AIPROD_WORKERS="several")
    assert "AIPROD_WORKERS" in complaint(run)
    assert run.returncode == 2


def test_bad_input_starts_nothing(aiprod: Run) -> None:
    assert aiprod("make", "Pandas", "--style", "baroque").returncode == 2
    assert aiprod("make", "Pandas", "--voice", "ghost").returncode == 5
    assert json.loads(aiprod("list", "--json").stdout) == []


def test_the_trace_is_shown_when_asked_for(aiprod: Run) -> None:
    run = aiprod("make", "Pandas", "--style", "baroque", "--debug")
    assert "Traceback (most recent call last)" in run.stderr
    assert run.stderr.strip().splitlines()[-1].startswith("aiprod: --style: expected one of")
    assert run.returncode == 2
