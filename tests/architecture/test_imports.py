"""Imports point one way, and importing AIPROD costs nothing."""

import ast
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

HEAVY = (
    "torch", "diffusers", "transformers", "onnxruntime", "moderngl", "skia", "google.api_core", "google.auth", "google.genai", "faster_whisper", "whisper", "kokoro_onnx",
    "ctranslate2", "fastapi", "bcrypt", "jwt", "scipy.signal",
)  # fmt: skip
DRAWING = "aiprod.visuals.motion."
"""Inside this room everything draws with OpenGL; only these of its modules are met before something is drawn."""
DOORS = ("renderer", "planner", "spec")
NETWORKS = "aiprod.models.tts.networks"
"""Made of torch from the first line; met when something is to be said with it."""
OPTIONAL = {"torch", "diffusers", "transformers", "safetensors", "whisper", "piper", "pynvml"}
"""Imported where an engine that is not installed by default is asked for; its error says how to get it."""


def module_name(root: Path, path: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_every_import_contract_is_kept(root: Path) -> None:
    command = [Path(sys.executable).parent / "lint-imports", "--no-logo", "--no-cache"]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def test_importing_any_module_loads_nothing_heavy_and_says_nothing(root: Path, product: tuple[Path, ...]) -> None:
    names = [module_name(root, path) for path in product if path.is_relative_to(root / "aiprod")]
    doors = tuple(f"{DRAWING}{door}" for door in DOORS)
    names = [name for name in names if not name.endswith("__main__") and not name.startswith(f"{NETWORKS}.")]
    names = [name for name in names if not name.startswith(DRAWING) or name.startswith(doors)]
    assert len(names) > 50
    program = f"""
import importlib, sys, threading
for name in {names!r}:
    importlib.import_module(name)
    heavy = [found for found in {HEAVY!r} if found in sys.modules]
    if heavy:
        sys.exit(f"importing {{name}} loads {{heavy}}")
if threading.active_count() > 1:
    sys.exit("importing starts a thread")
"""
    run = subprocess.run([sys.executable, "-W", "ignore", "-c", program], cwd=root, capture_output=True, text=True)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_the_help_needs_none_of_the_library_that_makes_films(root: Path) -> None:
    program = """
import sys
from aiprod.cli.main import run
try:
    run(["make", "--help"])
except SystemExit:
    pass
print(",".join(sorted(name for name in ("numpy", "pydantic", "rich", "msgspec", "structlog") if name in sys.modules)))
"""
    run = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == ""


def test_every_foreign_import_is_declared(root: Path, product: tuple[Path, ...]) -> None:
    declared = {
        line.split("#")[0].split(">")[0].split("=")[0].strip().lower().replace("_", "-")
        for name in ("runtime", "cloud", "web")
        for line in (root / f"requirements/{name}.in").read_text().splitlines()
    }
    providers = packages_distributions()
    own = {"aiprod", "functions", "gpu_jobs", "backend", "__future__"}
    undeclared: dict[str, str] = {}
    for path in product:
        for imported in imported_modules(path):
            top = imported.split(".")[0]
            if top in sys.stdlib_module_names or top in own or top in OPTIONAL:
                continue
            found = {name.lower().replace("_", "-") for name in providers.get(top, ())}
            if not found & declared:
                undeclared[top] = str(path.relative_to(root))
    assert undeclared == {}


def imported_modules(path: Path) -> list[str]:
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.append(node.module)
    return names


def test_only_the_rooms_that_may_import_torch_and_ffmpeg_do(root: Path, product: tuple[Path, ...]) -> None:
    rooms = {
        "torch": ("aiprod/models", "aiprod/train", "gpu_jobs"),
        "diffusers": ("aiprod/models", "aiprod/train"),
        "transformers": ("aiprod/models", "aiprod/train"),
        "whisper": ("aiprod/speech", "aiprod/models"),
        "ffmpeg": ("aiprod/media", "aiprod/visuals"),
        "sqlite3": ("aiprod/adapters",),
        "google": ("aiprod/adapters", "aiprod/models", "aiprod/speech", "aiprod/visuals", "aiprod/writers"),
        "google_crc32c": ("aiprod/adapters",),
        "fastapi": ("backend",),
        "starlette": ("backend",),
        "uvicorn": ("backend",),
        "bcrypt": ("aiprod/accounts",),
        "jwt": ("aiprod/accounts",),
        "moderngl": ("aiprod/visuals", "aiprod/doctor.py"),
        "skia": ("aiprod/visuals",),
    }
    strangers = [
        f"{path.relative_to(root)} imports {imported}"
        for path in product
        for imported in imported_modules(path)
        for top in [imported.split(".")[0]]
        if top in rooms and not any(path.is_relative_to(root / room) for room in rooms[top])
    ]
    assert strangers == []


def test_the_contracts_name_every_module_at_the_top_of_the_library(root: Path) -> None:
    contracts = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = " ".join(next(contract["layers"] for contract in contracts if contract["id"] == "one-direction"))
    named = set(layers.replace("(", " ").replace(")", " ").replace("|", " ").replace(":", " ").split())
    here = {
        f"aiprod.{path.stem}"
        for path in (root / "aiprod").iterdir()
        if (path.suffix == ".py" and path.stem != "__init__") or (path / "__init__.py").is_file()
    }
    assert here - named == set()
