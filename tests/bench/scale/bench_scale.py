"""Simulates days of 1,000 to 1,000,000 videos; prints the tables of docs/scale.md.

    python -m tests.bench.scale.bench_scale            print them
    python -m tests.bench.scale.bench_scale --write    put them into docs/scale.md
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path

from tests.bench.scale import inputs
from tests.bench.scale.limits import cost, limits
from tests.bench.scale.simulation import Outcome, Plan, simulate

PAGE = Path(__file__).resolve().parents[3] / "docs/scale.md"
DAYS = (1_000, 10_000, 100_000, 1_000_000)
WAYS = {
    "a task a clip": {"pulls": False},
    "tasks that go on": {},
    "and draw four together": {"batch": 4},
}


def days() -> str:
    """The chain at each size, its clips drawn by tasks that go on."""
    rows = [
        "| videos a day | renderer | a film takes (95th) | tasks | instances | writes a second | of them progress | events a second |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for renderer in ("motion", "ltx"):
        for videos in DAYS:
            out = simulate(Plan(videos_a_day=videos, renderer=renderer))
            rows.append(
                f"| {videos:,} | {renderer} | {out.median_seconds:.0f} s ({out.late_seconds:.0f} s) | {out.most_tasks:,} "
                f"| {out.instances:,} | {out.writes_a_second:,.0f} | {out.hold_share:.0%} | {out.events_a_second:,.0f} |"
            )
    return "\n".join(rows)


def ways() -> str:
    """GPU-hours a film, by how tasks take clips."""
    rows = [
        "| videos a day | tasks | GPU-hours a film | of them drawing | starts a film | a film takes (95th) |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for videos in DAYS[:3]:
        for name, way in WAYS.items():
            out = simulate(Plan(videos_a_day=videos, renderer="ltx", **way))  # type: ignore[arg-type]
            rows.append(
                f"| {videos:,} | {name} | {out.paid_hours:.3f} | {out.busy_hours / out.paid_hours:.0%} "
                f"| {out.task_starts:.1f} | {out.median_seconds:.0f} s ({out.late_seconds:.0f} s) |"
            )
    return "\n".join(rows)


def first_limits() -> str:
    """What breaks, in order."""
    rows = ["| met at, videos a day (motion) | (ltx) | limit | lever |", "| --- | --- | --- | --- |"]
    motion = {limit.what: limit.videos_a_day for limit in limits("motion")}
    for limit in limits("ltx"):
        there = f"{_rough(motion[limit.what])}" if limit.what in motion else "never"
        rows.append(f"| {there} | {_rough(limit.videos_a_day)} | {limit.what} | {limit.lever} |")
    return "\n".join(rows)


def costs() -> str:
    """Dollars a film."""
    outcomes: dict[str, Outcome] = {
        renderer: simulate(Plan(videos_a_day=10_000, renderer=renderer)) for renderer in inputs.RENDERERS
    }
    found = {renderer: cost(outcome) for renderer, outcome in outcomes.items()}
    rows = [f"| dollars a film | {' | '.join(found)} |", f"| --- |{' --- |' * len(found)}"]
    rows += [f"| {part} | {' | '.join(f'{one[part]:.4f}' for one in found.values())} |" for part in found["motion"]]
    rows.append(f"| all | {' | '.join(f'{sum(one.values()):.4f}' for one in found.values())} |")
    return "\n".join(rows)


def _rough(number: float) -> str:
    """Two digits: no number here is known better."""
    digits = len(f"{number:.0f}") - 2
    return f"{round(number, -digits):,.0f}"


TABLES: dict[str, Callable[[], str]] = {
    "inputs": inputs.table, "days": days, "ways": ways, "limits": first_limits, "costs": costs,
}  # fmt: skip


def main() -> None:
    """Print the tables, or put them into the page."""
    page = PAGE.read_text() if "--write" in sys.argv else ""
    for name, make in TABLES.items():
        table = make()
        if page:
            page = re.sub(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", rf"\g<1>{table}\n\g<2>", page, flags=re.DOTALL)
        else:
            print(f"{table}\n")
    if page:
        PAGE.write_text(page)


if __name__ == "__main__":
    main()
