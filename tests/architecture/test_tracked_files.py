"""What is under version control speaks of AIPROD alone, and is small."""

import re
from pathlib import Path

MEGABYTE = 1_000_000
HOSTS = ("py" + "pi.org", "pythonhosted" + ".org", "registry.np" + "mjs.org", "deb.debi" + "an.org", "np" + "mjs.com/")
MACHINE_PATHS = re.compile(r"(?<![\w.$}\"'])/(wo" + r"rk|ro" + r"ot|ho" + r"me/[a-z]+)/")
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|NotImplemented" + r"Error|\b[Pp]lace" + r"holder\b")


def texts(paths: tuple[Path, ...]) -> list[tuple[Path, str]]:
    found = []
    for path in paths:
        content = path.read_bytes()
        if b"\0" not in content[:8000]:
            found.append((path, content.decode("utf-8")))
    return found


def matching_lines(root: Path, paths: tuple[Path, ...], pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(root)}:{number}: {line.strip()[:100]}"
        for path, text in texts(paths)
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_file_names_a_package_registry(root: Path, tracked: tuple[Path, ...]) -> None:
    hosts = re.compile("|".join(re.escape(host) for host in HOSTS))
    assert matching_lines(root, tracked, hosts) == []


def test_no_file_names_a_path_of_one_machine(root: Path, tracked: tuple[Path, ...]) -> None:
    assert matching_lines(root, tracked, MACHINE_PATHS) == []


def test_nothing_in_the_product_is_left_for_later(root: Path, product: tuple[Path, ...]) -> None:
    assert matching_lines(root, product, UNFINISHED) == []


def test_no_file_is_over_a_megabyte(root: Path, tracked: tuple[Path, ...]) -> None:
    big = {str(path.relative_to(root)): path.stat().st_size for path in tracked if path.stat().st_size > MEGABYTE}
    assert big == {}


def test_scripts_can_be_run_and_stop_at_the_first_error(root: Path) -> None:
    scripts = [path for path in (root / "scripts").iterdir() if path.is_file()]
    assert scripts
    for script in [*scripts, root / ".ci/run"]:
        text = script.read_text()
        assert script.stat().st_mode & 0o111, f"{script.name} cannot be executed"
        assert "set -euo pipefail" in text or text.startswith("#!/usr/bin/env python3"), script.name
