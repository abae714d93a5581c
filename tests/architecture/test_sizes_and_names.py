"""Files stay small, and are called by what they are."""

import ast
import re
from pathlib import Path

LIMIT = 400
MODEL_LIMIT = 600
VAGUE = {
    "util", "utils", "helper", "helpers", "common", "manager", "managers", "base", "misc", "core", "v2", "new", "old",
    "temp", "stuff", "lib", "shared", "tools", "handler", "handlers", "processor",
}  # fmt: skip


def test_no_python_file_is_too_long_to_be_read(root: Path, tracked: tuple[Path, ...]) -> None:
    too_long = {}
    for path in tracked:
        limit = MODEL_LIMIT if path.is_relative_to(root / "aiprod/models") else LIMIT
        if path.suffix == ".py" and (lines := len(path.read_text().splitlines())) > limit:
            too_long[str(path.relative_to(root))] = lines
    assert too_long == {}


def test_no_file_or_folder_has_a_name_that_says_nothing(root: Path, tracked: tuple[Path, ...]) -> None:
    vague = [
        str(path.relative_to(root))
        for path in tracked
        for part in path.relative_to(root).parts
        if Path(part).stem.lower() in VAGUE
    ]
    assert vague == []


def test_no_class_or_function_has_a_name_that_says_nothing(root: Path, product: tuple[Path, ...]) -> None:
    ending = re.compile(r"(Manager|Helper|Utils?|Base|Impl|Misc|_helper|_util|_utils|_v2)$")
    vague = [
        f"{path.relative_to(root)}: {node.name}"
        for path in product
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and ending.search(node.name)
    ]
    assert vague == []


def test_every_module_opens_with_what_it_knows(root: Path, product: tuple[Path, ...]) -> None:
    silent = [
        str(path.relative_to(root))
        for path in product
        if path.read_text().strip() and ast.get_docstring(ast.parse(path.read_text())) is None
    ]
    assert silent == []


def test_python_files_are_called_by_nouns_in_lower_case(root: Path, tracked: tuple[Path, ...]) -> None:
    odd = [
        str(path.relative_to(root))
        for path in tracked
        if path.suffix == ".py" and not re.fullmatch(r"[a-z][a-z0-9_]*|__init__|__main__", path.stem)
    ]
    assert odd == []
