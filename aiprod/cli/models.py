"""`aiprod models`: what weights there are, have them here, check them."""

import argparse
import json
from pathlib import Path

from aiprod.cli.exit_codes import ExitCode
from aiprod.cli.screen import error_console, output
from aiprod.errors import InvalidInput, WeightsBroken, WeightsMissing
from aiprod.models.registry import FetchStep, ModelState, Registry

DEFAULT_MODELS = ("kokoro", "kokoro-voices", "whisper-base", "wordnet", "wiktionnaire")
"""What a film needs with the default settings: the voice, the ear that checks it, and the dictionaries it is told from."""


def models(arguments: argparse.Namespace) -> int:
    """List, fetch or verify."""
    from aiprod.settings import read_settings

    registry = Registry(read_settings().models_folder)
    match arguments.action:
        case "list":
            return _list(registry, _chosen(registry, arguments), as_json=arguments.json)
        case "fetch":
            return _fetch(registry, _to_fetch(registry, arguments))
        case "verify":
            return _verify(registry, _chosen(registry, arguments))
        case other:
            raise InvalidInput("aiprod models", expected="list, fetch or verify", found=other)


def _chosen(registry: Registry, arguments: argparse.Namespace) -> tuple[ModelState, ...]:
    for name in arguments.names:
        registry.manifest.model(name)
    return tuple(state for state in registry.list() if not arguments.names or state.name in arguments.names)


def _to_fetch(registry: Registry, arguments: argparse.Namespace) -> tuple[str, ...]:
    named = list(arguments.names)
    if arguments.default:
        named += DEFAULT_MODELS
    if arguments.all:
        named += [state.name for state in registry.list()]
    if not named:
        raise InvalidInput("aiprod models fetch", expected="names of models, --default or --all", found="none")
    for name in named:
        registry.manifest.model(name)
    return tuple(dict.fromkeys(named))


def _list(registry: Registry, states: tuple[ModelState, ...], *, as_json: bool) -> int:
    if as_json:
        rows = [
            {
                "name": state.name, "version": state.version, "title": state.title, "licence": state.licence,
                "terms": state.terms, "bytes": state.size, "state": state.state, "folder": str(state.folder),
                "default": state.name in DEFAULT_MODELS,
            }
            for state in states
        ]  # fmt: skip
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return ExitCode.DONE
    from rich.table import Table

    table = Table("model", "state", "size", "licence", "what it is", box=None, pad_edge=False)
    for state in states:
        size = f"{state.size / 1e6:.0f} MB"
        table.add_row(state.name, state.state, size, state.licence, state.title)
    output().print(table)
    output().print(f"In {_short(registry.folder)}. Fetch with `aiprod models fetch NAME`.", highlight=False)
    return ExitCode.DONE


def _fetch(registry: Registry, names: tuple[str, ...]) -> int:
    present = {state.name for state in registry.list() if state.state == "present"}
    for name in names:
        if name in present:
            continue
        title = registry.manifest.model(name).title
        with error_console().status(f"Fetching {title}") as status:

            def tell(step: FetchStep, title: str = title) -> None:
                done = f"{step.done_bytes / 1e6:.0f} of {step.total_bytes / 1e6:.0f} MB"
                status.update(f"Fetching {title}: {done} from {step.source}")

            registry.fetch(name, tell)
        error_console().print(f"Fetched {title}.", highlight=False)
    return ExitCode.DONE


def _verify(registry: Registry, states: tuple[ModelState, ...]) -> int:
    """Every chosen model that is here is read and compared; the first sentences of what is wrong decide the code."""
    code = ExitCode.DONE
    named_missing = {state.name for state in states if state.state == "missing"}
    if len(named_missing) == len(states):
        raise WeightsMissing(f"Expected models in {registry.folder}, found none: run `aiprod models fetch --default`.")
    for state in states:
        if state.name in named_missing:
            output().print(f"{state.name}: not here", highlight=False)
            continue
        try:
            registry.verify(state.name)
        except (WeightsBroken, WeightsMissing) as error:
            code = ExitCode.MISSING
            output().print(f"{state.name}: broken. {error}", highlight=False)
        else:
            output().print(f"{state.name}: whole, every SHA-256 as published", highlight=False)
    return code


def _short(path: Path) -> str:
    home = str(Path.home())
    return str(path).replace(home, "~", 1) if str(path).startswith(home) else str(path)
