"""What breaks first: at how many videos a day each limit is met in the busiest hour, and what a film costs."""

from dataclasses import dataclass

from tests.bench.scale.inputs import CLOUD, FILM, RENDERERS
from tests.bench.scale.simulation import DAY_SECONDS, Outcome, Plan, simulate

SAMPLE_VIDEOS = 10_000
"""The day from which it is read how many videos and clips are at the renderers at once for each film a second."""
OBJECTS = 52
"""Objects written for a film of eight scenes; tests/bench/scale/counting.py."""
EVENTS = 35 + 8
"""Events handled for a film of eight scenes, and its requests for clips; tests/bench/scale/counting.py."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A limit and the videos a day at which the busiest hour meets it."""

    what: str
    videos_a_day: float
    lever: str


def limits(renderer: str) -> tuple[Limit, ...]:
    """Every limit with that renderer, the first to be met first."""
    sample = simulate(Plan(videos_a_day=SAMPLE_VIDEOS, renderer=renderer))
    rate = SAMPLE_VIDEOS / DAY_SECONDS * CLOUD.peak_factor.value
    clips = FILM.clips.value
    seconds = RENDERERS[renderer].seconds.value
    sweep = sweep_seconds(sample) / rate

    def day(films_a_second: float) -> float:
        return films_a_second * DAY_SECONDS / CLOUD.peak_factor.value

    found = [
        Limit(
            what="the monitor's sweep, one loop over all videos at work, takes longer than the minute between two",
            videos_a_day=day(CLOUD.sweep_every_seconds.value / sweep),
            lever="sweep by parts of the ids, in parallel",
        ),
        Limit(
            what="the index of `created_at`, which only grows: 500 new videos a second",
            videos_a_day=day(CLOUD.index_writes_a_second.value),
            lever="none needed",
        ),
    ]
    if renderer != "motion":
        found.append(
            Limit(
                what=f"{CLOUD.gpu_tasks.value:.0f} GPUs, which a new project is given",
                videos_a_day=day(CLOUD.gpu_tasks.value / (clips * seconds)),
                lever="ask for more months before; a paid API or the motion renderer take what is over",
            )
        )
    return tuple(sorted(found, key=lambda limit: limit.videos_a_day))


def sweep_seconds(outcome: Outcome) -> float:
    """How long one sweep takes in the busiest hour: for each video at the renderers one query and three looks into the
    storage (the tasks of an execution are asked for once)."""
    return outcome.rendering_videos * (CLOUD.firestore_seconds.value + 3 * CLOUD.storage_seconds.value)


def cost(outcome: Outcome) -> dict[str, float]:
    """Dollars a film, by what they are spent on."""
    film, renderer = FILM, RENDERERS[outcome.plan.renderer]
    core = CLOUD.cpu_dollars.value + 2 * CLOUD.memory_dollars.value
    cores = film.speech_cpu_seconds.value + film.segment_cpu_seconds.value + film.review_cpu_seconds.value
    counted = film.video_writes.value + film.clips.value * film.clip_writes.value + film.artefact_writes.value + 1
    holds = film.clips.value * renderer.seconds.value / film.hold_seconds.value
    reads = film.document_reads.value + holds + film.clips.value * film.claim_reads.value
    return {
        "renderers": outcome.paid_hours * renderer.dollars_an_hour.value,
        "functions": (cores + film.script_seconds.value + film.join_seconds.value) * core,
        "documents": (counted + holds) * CLOUD.write_dollars.value + reads * CLOUD.read_dollars.value,
        "messages": EVENTS * CLOUD.message_dollars.value,
        "objects": (OBJECTS + 4 * film.segments.value) * CLOUD.operation_dollars.value,
        "a month of storage": film.megabytes.value * CLOUD.storage_dollars.value,
    }
