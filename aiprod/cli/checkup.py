"""`aiprod doctor`: what is here, what is missing, how to get it."""

import argparse

from aiprod import logs
from aiprod.cli.exit_codes import ExitCode
from aiprod.cli.screen import output
from aiprod.doctor import Check, State, examine
from aiprod.encoding import to_readable_json
from aiprod.settings import read_settings

MARKS = {State.PRESENT: "[green]✓[/green]", State.ABSENT: "[yellow]·[/yellow]", State.MISSING: "[red]✗[/red]"}


def doctor(options: argparse.Namespace) -> int:
    """Look at everything, or at some groups of things; the exit code tells whether something needed is missing."""
    settings = read_settings()
    logs.configure(settings.log_level)  # until the store is open: standard output is for what is found
    checks: list[Check] = []
    for check in examine(settings, options.groups):
        checks.append(check)
        if not options.json:
            _say(check)
    missing = [check for check in checks if check.state is State.MISSING]
    if options.json:
        print(to_readable_json(checks).decode(), end="")
    elif missing:
        output().print(f"\n{len(missing)} things are missing.", highlight=False)
    elif not options.groups:
        output().print("\nAll that films need is here. What is marked · is optional.", highlight=False)
    return ExitCode.MISSING if missing else ExitCode.DONE


def _say(check: Check) -> None:
    from rich.markup import escape

    output().print(
        f"{MARKS[check.state]} {check.group:<9} {check.name:<18} {escape(check.found)}", highlight=False, soft_wrap=True
    )
