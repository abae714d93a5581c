"""Measures the whole sound of a film: composition, player, ambience, mix, loudness, AAC.

    python tests/bench/bench_sound.py                 a film of 64 s
    python tests/bench/bench_sound.py --seconds 600   ten minutes

Writes a table to standard output. CPU is user and system time of this process and its children; the narration
(espeak-ng) is made first and not measured. Memory is the largest of each kind of process.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

from aiprod.media.ambience import AMBIENCE_KINDS, Stretch
from aiprod.media.mix import MixFacts, MixPlan, mix
from aiprod.media.music import play
from aiprod.media.score import ScorePlan, compose
from aiprod.units import SOUND_RATE_HZ

Made = TypeVar("Made")

SCENE_SECONDS = 8
LIMIT_CPU_RATIO = 8 / 64
SPEECH = "Deep in the misty mountains a quiet giant wakes, stretches, and looks for breakfast among the trees."


def main() -> None:
    """Make a film's sound once and print what each part took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=64)
    parser.add_argument("--mood", default="wonder")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        _measure(Path(scratch), arguments.seconds, arguments.mood)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmSound:
    """All that a film's sound is made of, for scenes of eight seconds."""

    score: ScorePlan
    mix: MixPlan


def film_sound(folder: Path, seconds: Fraction, mood: str = "wonder") -> FilmSound:
    """The plan of a film's sound, with a narration spoken into the folder; `mix.music` is where the music is to be."""
    speech = folder / "speech.wav"
    subprocess.run(["espeak-ng", "-v", "en-us", "-s", "150", "-w", str(speech), SPEECH], check=True, timeout=60)
    scenes = max(1, int(seconds) // SCENE_SECONDS)
    cuts = tuple(Fraction(SCENE_SECONDS * index) for index in range(1, scenes))
    starts = [int((SCENE_SECONDS * index + 0.4) * SOUND_RATE_HZ) for index in range(scenes)]
    edges = [int(cut * SOUND_RATE_HZ) for cut in (Fraction(0), *cuts, seconds)]
    end = seconds - Fraction(3, 2)
    return FilmSound(
        score=ScorePlan(mood=mood, seconds=seconds, cuts=cuts, scene_moods=(), last_word_end=end, seed=1),
        mix=MixPlan(
            seconds=seconds, narration=tuple((speech, start) for start in starts),
            music=folder / "music.wav", music_end=end,
            ambience=tuple(
                Stretch(kind=AMBIENCE_KINDS[index % len(AMBIENCE_KINDS)], start_sample=edges[index], end_sample=edges[index + 1])
                for index in range(scenes)
            ),
        ),
    )  # fmt: skip


def _measure(folder: Path, seconds: int, mood: str) -> None:
    sound = film_sound(folder, Fraction(seconds), mood)
    total = _cpu()
    midi = _timed("compose", lambda: compose(sound.score))
    _timed("play", lambda: play(midi, folder / "music.wav"))
    facts: MixFacts = _timed("ambience, mix, loudness, AAC", lambda: mix(sound.mix, folder / "sound.m4a"))
    cpu = _cpu() - total
    _say(f"{'together':32} {cpu:8.2f} s CPU   {cpu / seconds:.3f} x the film (limit {LIMIT_CPU_RATIO:.3f})")
    _say(
        f"{facts.loudness.integrated_lufs:.1f} LUFS, {facts.loudness.true_peak_dbtp:.1f} dBTP, "
        f"{facts.encodings} encoding(s), limiter {facts.limited_db:.1f} dB at most"
    )
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    _say(f"memory: {own} MB here, {children} MB in the largest child (fluidsynth holds the soundfont's samples)")


def _timed(name: str, work: Callable[[], Made]) -> Made:
    cpu, wall = _cpu(), time.monotonic()
    result = work()
    _say(f"{name:32} {_cpu() - cpu:8.2f} s CPU {time.monotonic() - wall:8.2f} s wall")
    return result


def _cpu() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
