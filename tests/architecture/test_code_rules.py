"""Rules of the house that a linter does not know."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def places(root: Path, paths: tuple[Path, ...], *, named: set[str]) -> list[str]:
    return [
        f"{path.relative_to(root)}:{call.lineno}"
        for path in paths
        for name, call in calls(ast.parse(path.read_text()))
        if name in named
    ]


def test_only_the_command_line_prints(root: Path, product: tuple[Path, ...]) -> None:
    library = tuple(path for path in product if not path.is_relative_to(root / "aiprod/cli"))
    assert places(root, library, named={"print"}) == []


def test_nothing_sleeps_to_wait_for_something(root: Path, product: tuple[Path, ...]) -> None:
    assert places(root, product, named={"time.sleep", "sleep"}) == []


def test_no_program_is_started_through_a_shell(root: Path, product: tuple[Path, ...]) -> None:
    assert places(root, product, named={"os.system", "os.popen", "subprocess.getoutput"}) == []
    shells = [
        str(path.relative_to(root))
        for path in product
        for _, call in calls(ast.parse(path.read_text()))
        if any(word.arg == "shell" for word in call.keywords)
    ]
    assert shells == []


def test_no_input_is_checked_by_assert(root: Path, product: tuple[Path, ...]) -> None:
    asserts = [
        f"{path.relative_to(root)}:{node.lineno}"
        for path in product
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Assert)
    ]
    assert asserts == []


def test_errors_are_never_swallowed(root: Path, product: tuple[Path, ...]) -> None:
    swallowed = []
    for path in product:
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.ExceptHandler):
                continue
            broad = node.type is None or ast.unparse(node.type) in ("Exception", "BaseException")
            silent = all(isinstance(inner, ast.Pass | ast.Continue) for inner in node.body)
            if node.type is None or (broad and silent):
                swallowed.append(f"{path.relative_to(root)}:{node.lineno}")
    assert swallowed == []


def test_only_the_state_machine_assigns_a_status(root: Path, product: tuple[Path, ...]) -> None:
    strangers = []
    for path in product:
        if path == root / "aiprod/video.py":
            continue
        strangers += [
            f"{path.relative_to(root)}:{call.lineno}"
            for _, call in calls(ast.parse(path.read_text()))
            for word in call.keywords
            if word.arg == "status" and re.match(r"(Clip)?Status\.", ast.unparse(word.value))
        ]
    assert strangers == []


def test_no_test_is_skipped_or_expected_to_fail(root: Path, tracked: tuple[Path, ...]) -> None:
    words = ("skip", "xfail", "importorskip", "skipif")
    tests = tuple(path for path in tracked if path.is_relative_to(root / "tests") and path.suffix == ".py")
    named = {f"pytest.{word}" for word in words} | {f"pytest.mark.{word}" for word in words}
    found = [
        f"{path.relative_to(root)}:{node.lineno}"
        for path in tests
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in named
    ]
    assert found == []


def test_what_needs_a_gpu_lies_where_its_names_are_read_from(root: Path, tracked: tuple[Path, ...]) -> None:
    tests = (path for path in tracked if path.is_relative_to(root / "tests") and path.suffix == ".py")
    marked = [path for path in tests if re.search(r"^(pytestmark = |@)pytest\.mark\.gpu", path.read_text(), re.MULTILINE)]
    assert {path.parent for path in marked} == {root / "tests/gpu"}
    assert "-m gpu tests/gpu" in (root / "scripts/test").read_text()


def test_tests_patch_none_of_our_own_code(root: Path, tracked: tuple[Path, ...]) -> None:
    tests = tuple(path for path in tracked if path.is_relative_to(root / "tests") and path.suffix == ".py")
    patched = []
    for path in tests:
        for name, call in calls(ast.parse(path.read_text())):
            first = ast.unparse(call.args[0]) if call.args else ""
            if name in ("patch", "mock.patch", "monkeypatch.setattr") and "aiprod" in first:
                patched.append(f"{path.relative_to(root)}:{call.lineno}")
    assert patched == []
