"""The numbers that the simulation starts from, each with where it comes from. `python -m tests.bench.scale.inputs`
prints them as the table of docs/scale.md."""

from dataclasses import dataclass, fields
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A number with its unit and its source; `assumed` where nobody measured it for this product."""

    value: float
    unit: str
    source: str
    assumed: bool = False


def _film(value: float, unit: str, what: str) -> Fact:
    return Fact(value=value, unit=unit, source=f"{what}; docs/performance.md, a whole film")


def _counted(value: float, what: str) -> Fact:
    return Fact(value=value, unit="", source=f"counted ({what}); tests/bench/scale/counting.py")


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """A film from its theme, with no fault."""

    seconds: Fact
    clips: Fact
    segments: Fact
    render_cpu_seconds: Fact
    segment_cpu_seconds: Fact
    speech_cpu_seconds: Fact
    review_cpu_seconds: Fact
    script_seconds: Fact
    join_seconds: Fact
    megabytes: Fact
    video_writes: Fact
    clip_writes: Fact
    artefact_writes: Fact
    gate_writes: Fact
    document_reads: Fact
    notifications: Fact
    claim_reads: Fact
    hold_seconds: Fact


FILM: Final = Film(
    seconds=Fact(value=60, unit="s", source="the film that docs/performance.md measures"),
    clips=Fact(value=8, unit="", source="the same film"),
    segments=Fact(value=13, unit="", source="the same film: eight bodies, five transitions"),
    render_cpu_seconds=_film(193 + 19, "s of a core", "motion renderer 193, its pipe into the clips 19"),
    segment_cpu_seconds=_film(67, "s of a core", "all segments"),
    speech_cpu_seconds=_film(45, "s of a core", "narration and music"),
    review_cpu_seconds=_film(21, "s of a core", "Whisper hears the film, the pictures are measured"),
    script_seconds=_film(2, "s", "script"),
    join_seconds=_film(3, "s", "from the last segment to the finished film"),
    megabytes=Fact(value=60, unit="MB", source="film, clips, segments and sounds at 1080x1920", assumed=True),
    video_writes=_counted(14, "seven statuses, each written with its outbox, then cleared of it"),
    clip_writes=_counted(4, "a clip: created, asked for, claimed, delivered"),
    artefact_writes=_counted(38, "an index entry for each sound, clip, segment and mix"),
    gate_writes=_counted(3, "the gate before assembly, and those by which a request and an end are counted once"),
    document_reads=_counted(255, "documents read by id or by query, eight scenes"),
    notifications=_counted(7, "events handled by notify"),
    claim_reads=Fact(value=400, unit="", source="the most a task reads to choose whose turn it is: 100 clips that wait, 100 being drawn, their videos; aiprod/dispatching.py"),
    hold_seconds=Fact(value=2, unit="s", source="a renderer writes its progress so often; aiprod/rendering/leases.py"),
)  # fmt: skip
"""Of 60 s: eight clips, thirteen segments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Renderer:
    """What draws a clip of 7.5 s; `batch_share` is the part of a clip's time that a batch of equal shapes pays once."""

    name: str
    seconds: Fact
    dollars_an_hour: Fact
    cold_seconds: Fact
    batch_share: Fact


_ALONE = Fact(value=0.0, unit="", source="one clip at a time")
_BATCH = Fact(value=0.1, unit="of a clip's time", assumed=True,
              source="paid once by clips of one shape drawn together; part D measures it")  # fmt: skip

RENDERERS: Final = {
    "motion": Renderer(
        name="motion on one core",
        seconds=Fact(value=(193 + 19) / 8, unit="s a clip", source="212 s of a core for eight clips, the pipe with them; docs/performance.md"),
        dollars_an_hour=Fact(value=3600 * (0.000024 + 2 * 0.0000025), unit="$", source="1 vCPU at $0.000024 (secondary source), 2 GiB at $0.0000025 a second", assumed=True),
        cold_seconds=Fact(value=15, unit="s", source="container with 0.7 GB of packages and 0.3 GB of weights", assumed=True),
        batch_share=_ALONE,
    ),
    "ltx": Renderer(
        name="LTX-2 fp8 on a 96 GB card",
        seconds=Fact(value=75, unit="s a clip", source="50 s for 5 s of picture on an RTX 5090 (secondary source), 7.5 s wanted"),
        dollars_an_hour=Fact(value=4.0, unit="$", source="no price of RTX PRO 6000 was found", assumed=True),
        cold_seconds=Fact(value=5 + 27 + 10, unit="s", source="5 s for drivers (documented), 27 GB of weights at 1 GB/s, 10 s onto the card", assumed=True),
        batch_share=_BATCH,
    ),
    "wan": Renderer(
        name="Wan 2.2 5B on an L4",
        seconds=Fact(value=535 * 1.5 * 2.5, unit="s a clip", source="535 s for 5 s of picture on an RTX 4090 (published), 7.5 s wanted, an L4 taken as 2.5 times slower (estimate)"),
        dollars_an_hour=Fact(value=1.40, unit="$", source="L4 with 8 vCPU and 32 GiB (secondary source)"),
        cold_seconds=Fact(value=5 + 23 + 10, unit="s", source="5 s for drivers (documented), 23 GB of weights at 1 GB/s, 10 s onto the card", assumed=True),
        batch_share=_ALONE,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloud:
    """What Google Cloud allows, takes and costs."""

    peak_factor: Fact
    index_writes_a_second: Fact
    firestore_seconds: Fact
    storage_seconds: Fact
    gpu_tasks: Fact
    sweep_every_seconds: Fact
    function_cold_seconds: Fact
    function_idle_seconds: Fact
    cpu_dollars: Fact
    memory_dollars: Fact
    write_dollars: Fact
    read_dollars: Fact
    message_dollars: Fact
    operation_dollars: Fact
    storage_dollars: Fact


CLOUD: Final = Cloud(
    peak_factor=Fact(value=2.5, unit="", source="the busiest hour beside the mean hour", assumed=True),
    index_writes_a_second=Fact(value=500, unit="/s", source="a collection with an indexed field that only grows (documented)"),
    firestore_seconds=Fact(value=0.015, unit="s", source="a read or a query within a region", assumed=True),
    storage_seconds=Fact(value=0.05, unit="s", source="a read or a list of Cloud Storage within a region", assumed=True),
    gpu_tasks=Fact(value=3, unit="", source="L4 cards that a new project is given (general knowledge)", assumed=True),
    sweep_every_seconds=Fact(value=60, unit="s", source="Cloud Scheduler's shortest period"),
    function_cold_seconds=Fact(value=5, unit="s", source="the light image listens 1.4 s after its start and takes 2 s longer for its first script (measured); the rest is the container's own", assumed=True),
    function_idle_seconds=Fact(value=600, unit="s", source="how long an idle instance stays", assumed=True),
    cpu_dollars=Fact(value=0.000024, unit="$ a vCPU-s", source="request-based (secondary source)"),
    memory_dollars=Fact(value=0.0000025, unit="$ a GiB-s", source="general knowledge", assumed=True),
    write_dollars=Fact(value=0.09 / 100_000, unit="$", source="a document written, one region (general knowledge)", assumed=True),
    read_dollars=Fact(value=0.03 / 100_000, unit="$", source="a document read, one region (general knowledge)", assumed=True),
    message_dollars=Fact(value=40 / 2**40 * 1024 * 2, unit="$", source="1 KB in and out at $40 a TiB (general knowledge)", assumed=True),
    operation_dollars=Fact(value=0.005 / 1000, unit="$", source="an object written or listed (general knowledge)", assumed=True),
    storage_dollars=Fact(value=0.02 / 1000, unit="$ a MB and month", source="standard storage (general knowledge)", assumed=True),
)  # fmt: skip


def table() -> str:
    """Every number, its unit and its source."""
    rows = ["| number | value | source |", "| --- | --- | --- |"]
    for group in (FILM, CLOUD):
        rows += [_row(one.name.replace("_", " "), getattr(group, one.name)) for one in fields(group)]
    for renderer in RENDERERS.values():
        rows += [_row(f"{renderer.name}: {name}", fact) for name, fact in (
            ("time", renderer.seconds), ("price an hour", renderer.dollars_an_hour), ("cold start", renderer.cold_seconds))]  # fmt: skip
    return "\n".join(rows)


def _row(name: str, fact: Fact) -> str:
    mark = " **Assumed.**" if fact.assumed else ""
    return f"| {name} | {fact.value:.4g} {fact.unit} | {fact.source}.{mark} |"


if __name__ == "__main__":
    print(table())
