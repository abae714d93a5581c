import contextlib
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aiprod.errors import InvalidInput
from aiprod.story import Line, Role
from aiprod.writers.markdown import parse_markdown
from aiprod.writers.script_file import ScriptFile


def parse(text: str, folder: Path = Path("nowhere")) -> ScriptFile:
    return parse_markdown(text, source="film.md", folder=folder)


def fault(text: str, folder: Path = Path("nowhere")) -> str:
    with pytest.raises(InvalidInput) as caught:
        parse(text, folder)
    return str(caught.value)


ONE = "**VISUEL:** Un panda mange du bambou dans la brume, lumière douce.\n**VOIX OFF:** Le panda mange toute la journée.\n"


@pytest.mark.parametrize(
    ("visual", "voice"),
    [
        ("**VISUEL:**", "**VOIX OFF:**"),
        ("**VISUAL:**", "**VOICE OVER:**"),
        ("**Visuel :**", "**Voix-off :**"),
        ("**VISUEL**:", "**VOIX OFF** :"),
        ("**visuel** :", "**voix off**:"),
        ("__VISUAL:__", "__Voice-Over:__"),
        ("*Visual:*", "*Voiceover:*"),
        ("- **VISUEL:**", "- **VOIX OFF:**"),
        ("> **VISUAL:**", "> **NARRATION:**"),
        ("1. **Visuel:**", "   2. **Voix off:**"),
        ("VISUEL:", "VOIX OFF:"),
        ("**VISUAL:**", "**VOZ EN OFF:**"),
        ("**Visivo:**", "**Voce narrante:**"),
        ("**Visual:**", "**Narração:**"),
        ("**BILD:**", "**SPRECHER:**"),
        ("***VISUEL :***", "***VOIX OFF :***"),
        ("**VISUEL\u00a0:**", "**VOIX\u00a0OFF\u00a0:**"),
        ("### **VISUEL:**", "### **VOIX OFF:**"),
        ("**VISUEL：**", "**VOIX OFF：**"),
    ],
)
def test_labels_are_read_however_they_are_written(visual: str, voice: str) -> None:
    found = parse(
        f"{visual} A panda eats bamboo.\n\n{voice} Pandas eat all day.\n{visual} A river.\n{voice} Then they drink."
    )
    assert [(s.visual, s.text) for s in found.script.scenes] == [
        ("A panda eats bamboo.", "Pandas eat all day."),
        ("A river.", "Then they drink."),
    ]


def test_a_whole_script_with_everything(tmp_path: Path) -> None:
    (tmp_path / "panda.jpg").write_bytes(b"picture")
    (tmp_path / "song.mp3").write_bytes(b"sound")
    found = parse(
        "# La vie du panda\n\n"
        "**LANGUE:** français\n**MUSIQUE:** song.mp3\n**DURÉE:** 1:04\n\n"
        "## SCÈNE 1: Le réveil (0-8s)\n"
        "**VISUEL:** Un panda\ns'éveille **doucement**.\n\nLumière d'aube.\n"
        "**VOIX OFF:** Le panda\nse réveille.\n"
        "**AMBIANCE:** calme\n**TRANSITION:** fondu enchaîné\n**MEDIA:** panda.jpg\n\n---\n\n"
        "## SCÈNE 2 — Le repas\n"
        "**VOIX OFF (Lina):** Et il mange.\n**VOIX OFF (Paul):** Beaucoup !\n"
        "**VISUEL:** Un panda mange.\n",
        tmp_path,
    )
    script = found.script
    assert (script.title, script.language, found.seconds) == ("La vie du panda", "fr", 64)
    assert found.music == str(tmp_path / "song.mp3")
    assert found.media == {1: tmp_path / "panda.jpg"}
    first, second = script.scenes
    assert first.visual == "Un panda s'éveille doucement. Lumière d'aube."
    assert (first.title, first.text, first.mood) == ("Le réveil", "Le panda se réveille.", "calme")
    assert first.transition == "dissolve"
    assert second.title == "Le repas"
    assert second.lines == (Line(text="Et il mange.", speaker="Lina"), Line(text="Beaucoup !", speaker="Paul"))


TWO_SPEAK = "**VISUAL:** a tree\n**VOICE OVER (Ann):** Hello.\n**VOICE OVER (Bob):** Good day.\n"


@pytest.mark.parametrize(
    "cast",
    [
        "**CAST:** Ann: bf_emma, Bob: espeak:en, narrator: bm_george",
        "**VOICES:**\n- Ann: bf_emma\n- **Bob**: espeak:en\n- Narrator: bm_george",
        "**DISTRIBUTION :** Ann : bf_emma ; Bob : espeak:en ; Narrateur : bm_george",
    ],
)
def test_speakers_are_given_voices(cast: str) -> None:
    assert parse(f"{cast}\n\n{TWO_SPEAK}").script.cast == (
        Role(speaker="Ann", voice="bf_emma"),
        Role(speaker="Bob", voice="espeak:en"),
        Role(speaker="narrator", voice="bm_george"),
    )


@pytest.mark.parametrize(
    ("cast", "told"),
    [
        ("Ann", "line 1: expected speakers and their voices, such as Anna: bf_emma, found 'Ann'"),
        ("Ann: two words", "line 1: expected speakers and their voices"),
        ("Eve: bf_emma", "line 1: expected speakers of the script (Ann, Bob), found a voice for 'Eve'"),
        ("Ann: bf_emma, Ann: bm_george", "line 1: expected one voice for Ann, found two"),
    ],
)
def test_a_wrong_cast_is_told(cast: str, told: str) -> None:
    assert told in fault(f"**CAST:** {cast}\n\n{TWO_SPEAK}")


def test_front_matter_gives_title_language_and_music() -> None:
    found = parse(f"---\ntitle: Mes pandas\nlang: fr-FR\nmusic: epic\nauthor: me\n---\n{ONE}")
    assert (found.script.title, found.script.language, found.music) == ("Mes pandas", "fr", "epic")


def test_the_language_is_guessed_when_it_is_not_said() -> None:
    assert parse(ONE).script.language == "fr"


def test_durations_of_all_scenes_add_up() -> None:
    assert parse((ONE + "**DURÉE:** 8 secondes\n") * 3).seconds == 24


def test_markdown_directions_and_comments_are_never_spoken() -> None:
    found = parse(
        "**VISUAL:** A *wolf* in `snow`\n"
        "**VOICE OVER:** (pause) The **wolf** [howls] runs *(laughs)* to the [hill](http://x.y). <!-- cut -->It is\\* free"
        " (since 1950).\n"
    )
    assert found.script.scenes[0].text == "The wolf runs to the hill. It is* free (since 1950)."
    assert found.script.scenes[0].visual == "A wolf in snow"


def test_a_colon_inside_the_spoken_text_stays() -> None:
    text = "**VISUAL:** A clock\n**VOICE OVER:** Remember:\n**one thing:** time flies: always.\n"
    assert parse(text).script.scenes[0].text == "Remember: one thing: time flies: always."


def test_a_fence_and_a_greeting_around_the_script_are_left_out_and_told() -> None:
    found = parse(f"Voici votre script :\n\n```markdown\n{ONE}```\n")
    assert len(found.script.scenes) == 1
    assert "line 1" in found.script.notes[0]


def test_windows_line_ends_and_tabs_are_read() -> None:
    assert parse(ONE.replace("\n", "\r\n").replace("\r\n", "\n\t\n")).script.scenes[0].text.endswith("journée.")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Just a text.", "film.md: expected scenes of **VISUAL:** and **VOICE OVER:**, found no **VISUAL:** at all"),
        ("**VISUAL:** a\n\n**VISUAL:** b\n", "film.md, line 3: expected **VOICE OVER:** after **VISUAL:** for scene 1"),
        (ONE + "**VISUAL:** a\n", "for scene 2 (line 3), found the end of the file"),
        ("**VOICE OVER:** a\n**VISUAL:** b", "film.md, line 1: expected **VISUAL:** first (what the scene shows)"),
        ("## Scene 1\n**VOICE OVER:** a\n\n## Scene 2\n", "line 4: expected **VISUAL:** for scene 1 (line 1)"),
        (
            "## Scene 1\n" + ONE + "## Scene 3\n" + ONE,
            "line 4: expected scene 2 (scenes are numbered 1, 2, 3 in order)",
        ),
        (ONE + "**VOX OFF:** a", "line 3: expected **VISUAL:**, **VOICE OVER:**, **MEDIA:**"),
        (ONE + "**VOX OFF:** a", "did you mean **VOIX OFF:**?"),
        ("**VISUAL:**\n**VOICE OVER:** a\n", "line 1: expected what the scene shows after **VISUAL:**, found nothing"),
        ("**VISUAL:** a\n**VOICE OVER:** [music]\n", "line 2: expected words to say after **VOICE OVER:**"),
        (ONE + "**TRANSITION:** boom", "line 3: expected a transition among cut, dissolve, fade, wipe, match"),
        (ONE + "**DURATION:** long", "line 3: expected a duration such as 8 s, found 'long'"),
        (ONE + "**MUSIC:** heavy metal", "line 3: expected a music mood among calm"),
        (ONE + "**MEDIA:** cat.jpg", "line 3: expected a file named cat.jpg in nowhere, found none"),
        (ONE + "**MEDIA:** http://x.y/cat.jpg", "line 3: expected a file on this machine"),
        (ONE + "**MEDIA:** /etc/passwd", "line 3: expected a file name ending in one of .jpg"),
        (ONE + "**MOOD:** sad\n**MOOD:** calm", "line 4: expected one **MOOD:** a scene, found a second one"),
        ("**LANGUAGE:** Klingon\n" + ONE, "line 1: expected a language among en, fr, es, it, pt, de, found 'Klingon'"),
        (ONE + "---\nVoulez-vous une autre version ?", "line 4: expected **VISUAL:**"),
        ("**VISUAL:** a\n**VOICE OVER:** " + "word " * 500, "expected at most 2000 characters said in scene 1"),
        (ONE * 201, "line 401: expected at most 200 scenes, found 201 scenes"),
    ],
)
def test_bad_scripts_are_told_by_line_with_what_was_expected(text: str, told: str) -> None:
    assert told in fault(text)


WORDS = st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "Zs")), min_size=1).map(
    lambda text: "a " + " ".join(text.split())
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=12))
def test_what_is_written_in_the_form_is_read_back_in_order(pairs: list[tuple[str, str]]) -> None:
    text = "\n\n".join(f"**VISUAL:** {visual}\n**VOICE OVER:** {voice}" for visual, voice in pairs)
    found = parse(text).script.scenes
    assert [scene.number for scene in found] == list(range(1, len(pairs) + 1))
    assert len(found) == len(pairs)
    for scene, (visual, voice) in zip(found, pairs, strict=True):
        assert scene.visual.split() == _plain(visual)
        assert scene.text.split() == _plain(voice)


def _plain(text: str) -> list[str]:
    import unicodedata

    return unicodedata.normalize("NFC", text).split()


PIECES = st.sampled_from(
    ["**VISUAL:**", "**VOICE OVER:**", "**", "*", ":", "\n", "\n\n", "# ", "## Scene 1", "## Scène 2: x", "---", "```",
     "<!--", "-->", "[", "]", "(", ")", "**MEDIA:** x.jpg", "**MUSIC:** calm", "mot", "8s", "\\", "_", "é", "\u202e", " "]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=40).map("".join))
def test_any_text_is_a_script_or_a_told_fault(text: str) -> None:
    try:
        found = parse(text)
    except InvalidInput as error:
        assert "expected" in str(error)
    else:
        for scene in found.script.scenes:
            assert scene.visual.strip()
            assert scene.text.strip()
            assert "**" not in scene.text
            assert "\u202e" not in scene.text


@pytest.mark.parametrize(
    "hostile",
    ["1" * 20_000 + "x", "*" * 20_000, "**" + "a" * 20_000, "[" * 20_000, "(" * 20_000, "_a" * 10_000, "1:" * 10_000 + "x",
     "<a" * 10_000, "**VISUAL" * 3_000, "- " * 10_000 + "x"],
)  # fmt: skip
def test_hostile_lines_take_no_time(hostile: str) -> None:
    started = time.process_time()
    for line in (hostile, hostile[:5_900]):
        for text in (line, ONE + line, f"## Scene 1\n{line}", f"**VISUAL:** {line}\n**VOICE OVER:** {line}"):
            with contextlib.suppress(InvalidInput):
                parse(text)
    assert time.process_time() - started < 5
