"""`aiprod models`: what weights there are, have them here, check them, and decide which version films are made with."""

import argparse
import json
import re
from collections.abc import Callable
from pathlib import Path

from aiprod.cli.exit_codes import ExitCode
from aiprod.cli.screen import error_console, output
from aiprod.errors import AiprodError, InvalidInput, Unavailable, WeightsBroken, WeightsMissing
from aiprod.models.manifest import HubSource, split_label
from aiprod.models.opening import open_registry
from aiprod.models.promotion import TOLERANCE, Better, Promotions, Standing
from aiprod.models.registry import FetchStep, ModelState, Registry, size_if_known, size_of
from aiprod.settings import Settings, read_settings

DEFAULT_MODELS = ("kokoro", "kokoro-voices", "whisper-base", "wordnet", "wiktionnaire")
"""What a film needs with the default settings: the voice, the ear that checks it, and the dictionaries it is told from."""
WAYS: dict[str | None, Better] = {"higher": "higher", "lower": "lower"}
UNTOLD_BYTES = 1_000_000_000
"""What is larger, or of unknown size, is told before it is fetched, with its licence."""


def models(arguments: argparse.Namespace) -> int:
    """List, fetch, verify, measure, promote or roll back."""
    settings = read_settings()
    registry = open_registry(settings)
    actions: dict[str, Callable[[], int]] = {
        "list": lambda: _list(_promotions(settings, registry), _chosen(registry, arguments), as_json=arguments.json),
        "fetch": lambda: _fetch(registry, _to_fetch(registry, arguments), arguments.names),
        "verify": lambda: _verify(registry, _chosen(registry, arguments), arguments.names),
        "measure": lambda: _measure(_promotions(settings, registry), arguments),
        "promote": lambda: _promote(_promotions(settings, registry), arguments),
        "rollback": lambda: _roll_back(_promotions(settings, registry), arguments),
    }
    if arguments.action not in actions:
        raise InvalidInput("aiprod models", expected=f"one of {', '.join(actions)}", found=arguments.action)
    return actions[arguments.action]()


def _promotions(settings: Settings, registry: Registry) -> Promotions:
    from aiprod.bootstrap import open_app

    app = open_app(settings, log_file=settings.home_folder / "logs" / "command.log")
    return Promotions(documents=app.documents, registry=registry)


def _chosen(registry: Registry, arguments: argparse.Namespace) -> tuple[ModelState, ...]:
    wanted = [split_label(label) for label in arguments.names]
    for name, version in wanted:
        registry.manifest.model(name, version)
    return tuple(
        state
        for state in registry.list()
        if not wanted or (state.name, "") in wanted or (state.name, state.model.version) in wanted
    )


def _to_fetch(registry: Registry, arguments: argparse.Namespace) -> tuple[str, ...]:
    named = list(arguments.names)
    if arguments.default:
        named += DEFAULT_MODELS
    if arguments.all:
        named += [
            model.name for model in registry.manifest.models
            if not model.gpu_memory_gb and not all(isinstance(source, HubSource) for source in model.sources)
        ]  # fmt: skip
    if not named:
        raise InvalidInput("aiprod models fetch", expected="names of models, --default or --all", found="none")
    for label in named:
        registry.manifest.model(*split_label(label))
    return tuple(dict.fromkeys(named))


def _list(promotions: Promotions, states: tuple[ModelState, ...], *, as_json: bool) -> int:
    names = tuple(dict.fromkeys(state.name for state in states))
    try:
        standings = {name: promotions.standing(name) for name in names}
    except AiprodError as error:  # what is here can be listed without the cloud
        error_console().print(f"Stages as the manifest has them, for the team's could not be read: {error}", highlight=False, markup=False)
        standings = {name: Standing(production=promotions.registry.manifest.model(name).version) for name in names}
    if as_json:
        rows = [_row(promotions, state, standings[state.name]) for state in states]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return ExitCode.DONE
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    table.add_column("model", min_width=max(map(len, names), default=0))  # what the commands want, never cut short
    for heading in ("version", "stage", "state", "size", "licence", "what it is"):
        table.add_column(heading)
    for state in states:
        model, standing = state.model, standings[state.name]
        size = size_of(model.size) if model.size else "unknown"
        stage = str(standing.stage(model.version))
        share = f" ({standing.canary_percent} %)" if stage == "staging" and standing.canary_percent else ""
        sold = {"yes": "", "no": ", not for sale", "conditions": ", on conditions"}[model.commercial]
        table.add_row(model.name, model.version, stage + share, state.state, size, model.licence + sold, model.title)
    output().print(table)
    for state in states:
        for one in promotions.figures(state.name, state.model.version, standings[state.name]).values():
            told = f"{state.name} {state.model.version}: {one.measure} {one.value:g} ({one.better} is better; {one.source})"
            output().print(told, highlight=False, markup=False)
    output().print(f"In {_short(promotions.registry.folder)}. Fetch with `aiprod models fetch NAME`.", highlight=False)
    return ExitCode.DONE


def _row(promotions: Promotions, state: ModelState, standing: Standing) -> dict[str, object]:
    model = state.model
    figures = promotions.figures(model.name, model.version, standing).values()
    return {
        "name": model.name, "version": model.version, "stage": str(standing.stage(model.version)),
        "canary_percent": standing.canary_percent if model.version == standing.staging else 0, "title": model.title,
        "licence": model.licence, "commercial": model.commercial, "terms": model.terms, "excluded": model.excluded,
        "marks": model.marks, "memory_gb": model.memory_gb, "gpu_memory_gb": model.gpu_memory_gb, "bytes": model.size,
        "bytes_lacking": state.bytes_lacking, "lacking": [file.path for file in state.lacking], "state": state.state,
        "pinned": all(file.sha256 for file in model.files), "folder": str(state.folder),
        "default": model.name in DEFAULT_MODELS,
        "figures": [{"measure": one.measure, "value": one.value, "better": one.better, "source": one.source} for one in figures],
    }  # fmt: skip


def _fetch(registry: Registry, labels: tuple[str, ...], named: list[str]) -> int:
    """Each in turn: one that cannot be had keeps no other from coming. Raises: Unavailable, what one fetch does."""
    failed: list[Unavailable] = []
    for label in labels:
        try:
            _fetch_one(registry, label, asked_for=label in named)
        except Unavailable as error:
            failed.append(error)
    for other in failed[:-1]:
        error_console().print(str(other), highlight=False, markup=False)
    if failed:
        raise failed[-1]
    return ExitCode.DONE


def _fetch_one(registry: Registry, label: str, *, asked_for: bool) -> None:
    """What is here and right stays; whether it is, the registry looks, and not by sizes alone."""
    state = registry.state(*split_label(label))
    title = state.model.title
    if state.state != "present" and (state.model.commercial != "yes" or not 0 < state.bytes_lacking <= UNTOLD_BYTES):
        told = f"{title}: {size_if_known(state.bytes_lacking)} to fetch. Licence: {state.model.licence}. {state.model.terms}"
        error_console().print(told, highlight=False, markup=False)
    brought = False
    with error_console().status(f"Fetching {title}") as status:

        def tell(step: FetchStep) -> None:
            nonlocal brought
            brought = True
            done = size_of(step.done_bytes) + (f" of {size_of(step.total_bytes)}" if step.total_bytes else "")
            status.update(f"Fetching {title}: {done} from {step.source}")

        notes = registry.fetch(label, tell)
    for note in notes:
        error_console().print(note, highlight=False, markup=False)
    if brought:
        error_console().print(f"Fetched {title}.", highlight=False, markup=False)
    elif asked_for:
        error_console().print(f"{title} is here, and whole.", highlight=False, markup=False)


def _verify(registry: Registry, states: tuple[ModelState, ...], named: list[str]) -> int:
    """Every chosen model that is here is read and compared; one that was named, or of which a part is here, must be whole."""
    code = ExitCode.DONE
    if not named and all(_is_absent(state) for state in states):
        raise WeightsMissing(f"Expected models in {registry.folder}, found none: run `aiprod models fetch --default`.")
    for state in states:
        if not named and _is_absent(state):
            output().print(f"{state.name}: not here", highlight=False)
            continue
        try:
            registry.verify(state.name, state.model.version)
        except (WeightsBroken, WeightsMissing) as error:
            code = ExitCode.MISSING
            found = "not here" if _is_absent(state) else "broken"
            output().print(f"{registry.label(state.model)}: {found}. {error}", highlight=False, markup=False, soft_wrap=True)
        else:
            published = registry.manifest.model(state.name, state.model.version) == state.model
            whole = "as published" if published else "as published or pinned at the first fetch"
            output().print(f"{registry.label(state.model)}: whole, every SHA-256 {whole}", highlight=False)
    return code


def _is_absent(state: ModelState) -> bool:
    return state.state == "missing" and len(state.lacking) == len(state.model.files)


def _measure(promotions: Promotions, arguments: argparse.Namespace) -> int:
    """Keep figures that were measured here, as MEASURE=NUMBER, at the first time with :higher or :lower for which is better."""
    form = "MEASURE=NUMBER[:higher|:lower]"
    name, version, rest = _version_and_rest(arguments, f"NAME VERSION {form}...")
    if not rest:
        raise InvalidInput("aiprod models measure", expected=f"figures as {form}", found="none")
    figures = [re.fullmatch(r"([a-z][a-z0-9_-]*)=(-?\d+(?:\.\d+)?)(?::(higher|lower))?", word) for word in rest]
    for word, figure in zip(rest, figures, strict=True):
        if figure is None:
            raise InvalidInput("aiprod models measure", expected=f"figures as {form}", found=repr(word))
        promotions.record(name, version, figure[1], float(figure[2]), WAYS.get(figure[3]))
    output().print(f"Kept for {name} {version}: {', '.join(rest)}.", highlight=False, markup=False)
    return ExitCode.DONE


def _promote(promotions: Promotions, arguments: argparse.Namespace) -> int:
    name, version, rest = _version_and_rest(arguments, "NAME VERSION")
    if rest:
        raise InvalidInput("aiprod models promote", expected="NAME VERSION", found=" ".join(arguments.names))
    if not re.fullmatch(r"\d{1,2}", arguments.canary or "0"):
        raise InvalidInput("--canary", expected="0 to 99 percent of the videos", found=repr(arguments.canary))
    if not re.fullmatch(r"0?\.\d+|[01]", arguments.tolerance or str(TOLERANCE)):
        raise InvalidInput("--tolerance", expected="a part between 0 and 1", found=repr(arguments.tolerance))
    standing = promotions.promote(
        name, version, canary_percent=int(arguments.canary or 0), tolerance=float(arguments.tolerance or TOLERANCE)
    )
    return _tell(name, standing)


def _roll_back(promotions: Promotions, arguments: argparse.Namespace) -> int:
    if len(arguments.names) != 1:
        raise InvalidInput("aiprod models rollback", expected="one NAME", found=" ".join(arguments.names) or "none")
    return _tell(arguments.names[0], promotions.rollback(arguments.names[0]))


def _tell(name: str, standing: Standing) -> int:
    staged = f"; {standing.staging} in staging" if standing.staging else ""
    share = f" makes {standing.canary_percent} % of the videos" if standing.canary_percent else ""
    output().print(f"{name}: {standing.production} in production{staged}{share}.", highlight=False)
    return ExitCode.DONE


def _version_and_rest(arguments: argparse.Namespace, expected: str) -> tuple[str, str, list[str]]:
    """Name and version, as two words or as one with an @, and the words behind them. Raises: InvalidInput."""
    words = [part for word in arguments.names[:1] for part in word.split("@", 1)] + arguments.names[1:]
    if len(words) < 2:
        raise InvalidInput(f"aiprod models {arguments.action}", expected=expected, found=" ".join(words) or "none")
    return words[0], words[1], words[2:]


def _short(path: Path) -> str:
    home = str(Path.home())
    return str(path).replace(home, "~", 1) if str(path).startswith(home) else str(path)
