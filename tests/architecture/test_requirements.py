"""Locks are exact, complete and portable."""

import re
from pathlib import Path

PIN = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>[^\s;\\]+)(?P<rest>.*)$", re.M)


def pins(path: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for match in PIN.finditer(path.read_text()):
        found.setdefault(match["name"], set()).add(match["version"])
    return found


def test_every_locked_package_has_its_hashes(root: Path) -> None:
    for lock in (root / "requirements").glob("*.lock"):
        blocks = re.split(r"\n(?=[a-z0-9])", lock.read_text())
        unhashed = [block.splitlines()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block]
        assert unhashed == [], lock.name


def test_the_tests_and_the_cloud_run_on_the_very_versions_that_films_are_made_with(root: Path) -> None:
    names = ("runtime", "cloud", "web", "gpu", "dev")
    runtime, cloud, web, gpu, dev = (pins(root / f"requirements/{name}.lock") for name in names)
    assert len(runtime) > 30
    assert {name: cloud.get(name) for name in runtime} == runtime
    assert {name: web.get(name) for name in cloud} == cloud
    assert {name: gpu.get(name) for name in cloud} == cloud
    assert {name: dev.get(name) for name in web} == web
    assert {name: dev.get(name) for name in gpu} == gpu


def test_torch_is_apart_and_nothing_of_a_gpu_is_locked(root: Path) -> None:
    assert (root / "requirements/torch.txt").read_text().split() == ["torch==2.13.0"]
    locked = {name for lock in (root / "requirements").glob("*.lock") for name in pins(lock)}
    assert [name for name in locked if re.match(r"torch|triton|nvidia(?!-ml-py)|cuda", name)] == []  # NVML is read by a few lines of Python


def test_every_declared_package_is_locked(root: Path) -> None:
    for name in ("runtime", "cloud", "web", "gpu", "dev"):
        declared = re.findall(r"^([a-z][a-z0-9-]*)", (root / f"requirements/{name}.in").read_text(), re.M)
        locked = pins(root / f"requirements/{name}.lock")
        assert [package for package in declared if package not in locked] == []
