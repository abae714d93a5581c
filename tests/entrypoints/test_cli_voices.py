"""Voices that people lend, on the command line."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import soundfile

from aiprod.bootstrap import open_app
from aiprod.settings import Settings
from tests.unit.stages.test_lent_voices import CONSENT

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def test_the_sentence_to_say_is_shown_in_the_speakers_language(aiprod: Run) -> None:
    run = aiprod("voices", "sentence", "--speaker", "Claire Martin", "--language", "fr")
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() == (
        "Je m'appelle Claire Martin. J'accepte qu'un ordinateur imite ma voix à partir de mes enregistrements, pour la narration de"
        " films."
    )


def test_a_program_reads_the_sentence_with_what_it_is_made_of(aiprod: Run) -> None:
    run = aiprod("voices", "sentence", "--speaker", "Anna Miller", "--json")
    told = json.loads(run.stdout)
    assert (told["speaker"], told["purpose"], told["language"]) == ("Anna Miller", "the narration of films", "en")
    assert told["sentence"].startswith("My name is Anna Miller. I agree")


def test_a_voice_of_a_scripts_cast_that_is_not_there_is_told_before_anything_starts(aiprod: Run, tmp_path: Path) -> None:
    script = "# Tide\n\n**LANGUAGE:** English\n**CAST:** Ann: ghost\n\n**VISUAL:** the sea\n**VOICE OVER (Ann):** The tide.\n"
    (tmp_path / "tide.md").write_text(script)
    run = aiprod("make", "--script", "tide.md", "--queue")
    assert run.returncode == 5
    assert "The voice of Ann in the script's cast, ghost, cannot be had" in run.stderr
    (tmp_path / "films.jsonl").write_text('{"script": "tide.md"}\n')
    run = aiprod("batch", "films.jsonl", "--queue")
    assert run.returncode == 2
    assert "films.jsonl, line 1" in run.stderr and "The voice of Ann" in run.stderr
    assert json.loads(aiprod("list", "--json").stdout) == []


def test_what_lacks_is_told_before_anything_is_heard(aiprod: Run, tmp_path: Path) -> None:
    run = aiprod("voices", "add", "anna", "--speaker", "Anna Miller")
    assert (run.returncode, run.stdout) == (2, "")
    assert "expected NAME --speaker NAME --sample FILE --consent FILE" in run.stderr
    soundfile.write(tmp_path / "voice.wav", np.zeros(16_000), 16_000)
    words = ("--speaker", "Anna Miller", "--sample", "voice.wav", "--consent", "voice.wav")
    run = aiprod("voices", "add", "siwis", *words)
    assert run.returncode == 2
    assert "Expected a name that no voice has, found siwis" in run.stderr


def test_a_voice_is_listed_until_it_is_removed_and_then_refused_by_name(aiprod: Run, home: Path, tmp_path: Path) -> None:
    soundfile.write(tmp_path / "voice.wav", np.zeros(16_000), 16_000)
    app = open_app(Settings(home=home), log_file=tmp_path / "test.log")
    app.cloned_voices.keep(CONSENT, "the tide", tmp_path / "voice.wav", tmp_path / "voice.wav")
    (listed,) = json.loads(aiprod("voices", "list", "--json").stdout)
    assert (listed["voice"], listed["speaker"], listed["sample_sha256"]) == ("anna", "Anna Miller", "a" * 64)
    run = aiprod("voices", "remove", "anna")
    assert run.stdout.strip() == "Removed: no film will use anna any more, and its recordings are gone."
    told = aiprod("voices", "list").stdout
    assert "No voice was lent yet" in told
    assert "chatterbox cannot speak in lent voices yet. Expected the model chatterbox-multilingual@3.0.0" in told
    assert "qwen cannot speak in lent voices yet. Expected the model qwen3-tts-0.6b@1.0.0" in told
    run = aiprod("make", "the tides", "--voice", "anna")
    assert run.returncode == 2
    assert "The voice anna may not be used: the consent of Anna Miller was withdrawn on 20" in run.stderr
    assert aiprod("voices", "remove", "bob").returncode == 5
