"""The documentation says what is so."""

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from aiprod.cli.arguments import parse
from aiprod.writers.script_file import read_script

PAGES = ("README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/formats.md", "docs/performance.md", "docs/batch.md", "docs/models.md")


def fences(text: str, language: str) -> list[str]:
    """The code blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def shell_lines(root: Path) -> list[str]:
    blocks = [block for page in PAGES for block in fences((root / page).read_text(), "sh")]
    return [line.split("  #")[0].strip() for block in blocks for line in block.splitlines() if line.strip()]


def test_the_readme_maps_the_top_of_the_tree(root: Path, tracked: tuple[Path, ...]) -> None:
    here = {path.relative_to(root).parts[0] for path in tracked}
    block = fences((root / "README.md").read_text().split("## File map")[1], "text")[0]
    mapped = {line.split()[0].rstrip("/") for line in block.splitlines()}
    assert mapped == here


def test_every_command_in_the_documentation_is_one(root: Path) -> None:
    commands = [line for line in shell_lines(root) if line.startswith("aiprod ") and not line.endswith("--help")]
    assert len(commands) > 12
    for line in commands:
        words = shlex.split(line)[1:]
        assert parse(words).command == words[0], line


def test_every_script_in_the_documentation_exists(root: Path) -> None:
    scripts = [shlex.split(line)[0] for line in shell_lines(root) if line.startswith("scripts/")]
    assert len(scripts) >= 4
    assert [script for script in scripts if not (root / script).is_file()] == []


def test_every_command_and_every_option_of_make_is_in_the_readme_or_its_help(root: Path) -> None:
    readme = (root / "README.md").read_text()
    for command in ("make", "batch", "list", "show", "resume", "cancel", "retry", "worker", "doctor", "models"):
        assert f"aiprod {command}" in readme


def test_every_link_leads_somewhere(root: Path, tracked: tuple[Path, ...]) -> None:
    broken = [
        f"{page.relative_to(root)}: {target}"
        for page in tracked
        if page.suffix == ".md" and not page.is_relative_to(root / "examples")
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text())
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert broken == []


def test_the_tables_are_what_the_code_says(root: Path) -> None:
    run = subprocess.run([sys.executable, root / "scripts/document", "--check"], capture_output=True, text=True)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_the_example_scripts_of_the_formats_can_be_read(root: Path, tmp_path: Path) -> None:
    text = (root / "docs/formats.md").read_text()
    (tmp_path / "script.md").write_text(fences(text, "markdown")[0])
    (tmp_path / "script.json").write_text(fences(text, "json")[0])
    written, structured = read_script(tmp_path / "script.md").script, read_script(tmp_path / "script.json").script
    assert written.title == structured.title == "The first trees"
    assert [scene.visual for scene in written.scenes] == [scene.visual for scene in structured.scenes]
    assert [scene.text for scene in written.scenes] == [scene.text for scene in structured.scenes]
    assert written.scenes[1].transition == structured.scenes[1].transition == "dissolve"


def test_the_published_schema_is_that_of_the_reader(root: Path) -> None:
    from aiprod.script_format import schema_text

    assert (root / "docs/script.schema.json").read_text() == schema_text()


def test_the_architecture_has_one_diagram_and_names_every_stage(root: Path) -> None:
    text = (root / "docs/architecture.md").read_text()
    assert len(fences(text, "mermaid")) == 1
    for stage in ("script", "narration", "clips", "monitor", "assembly", "review", "notify"):
        assert f"\n| {stage} |" in text


def test_the_architecture_draws_the_layers_that_are_held(root: Path) -> None:
    contracts = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "one-direction")
    held = [set(re.findall(r"aiprod\.(\w+)", layer)) for layer in layers]
    lines = fences((root / "docs/architecture.md").read_text(), "text")[0].splitlines()
    assert [set(re.split(r" {3,}", line)[0].split()) for line in lines] == held


def test_every_decision_has_a_number_a_date_and_its_reasons(root: Path) -> None:
    decisions = sorted((root / "docs/adr").glob("*.md"))
    assert len(decisions) >= 5
    for number, page in enumerate(decisions, start=1):
        text = page.read_text()
        assert page.name.startswith(f"{number:04d}-")
        assert re.search(r"^Date: \d{4}-\d{2}-\d{2}$", text, re.MULTILINE), page.name
        for heading in ("## Decision", "## Why", "## What it costs"):
            assert heading in text, page.name
        assert len(text.split()) < 450, f"{page.name} is not short"


@pytest.mark.parametrize("page", ["LICENSE", "NOTICE", "THIRD_PARTY_LICENSES.md", "CHANGELOG.md", "docs/LOG.md"])
def test_the_pages_that_people_look_for_are_there(root: Path, page: str) -> None:
    assert len((root / page).read_text()) > 500
