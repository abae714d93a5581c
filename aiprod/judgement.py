"""What a finished film must be, as a pure judgement of what was measured on its file.

Knows the profile's promises and how much error is tolerable; measures nothing itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from aiprod.manifests import Finding, ReviewReport
from aiprod.media.loudness import Loudness
from aiprod.media.quality import FilmQuality, Stretch
from aiprod.profiles import Profile, Shape
from aiprod.timeline import Timeline

WORST_WORD_ERROR_RATE = 0.45
"""Whisper base itself errs by a tenth to a fifth on good French; above this, something else was said."""
PLAIN_VOICES = ("espeak",)
"""Engines whose words Whisper hears badly (French: three in five wrong): they are told, and judged only by being there."""
FEWEST_WORDS = 8
"""In fewer words than this, one name that Whisper cannot spell decides the rate: it is told, not judged."""
LONGEST_BLACK_SECONDS = 1.0
LONGEST_FROZEN_SECONDS = 2.5
LONGEST_SILENT_SECONDS = 4.0
LONGEST_CANCELLING_SECONDS = 1.0
LEAST_BITS_PER_PIXEL = 0.002
"""Bits a pixel and frame: below, an encoder was starved."""
MOST_ALIKE = 0.985
"""Likeness of two neighbouring scenes' pictures, 0 to 1."""
LEAST_CAPTIONS = 0.6
"""Part of the looked-at subtitles whose letters must be found in the picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that was measured on one film. `quiet`: no music was wanted, so that pauses are silent;
    `uncaptioned` counts spoken words that no caption file carries; `engine` is the name of who spoke; `own` are the scenes
    that show the user's own pictures."""

    profile: Profile
    shape: Shape
    timeline: Timeline
    quality: FilmQuality
    loudness: Loudness
    word_error_rate: float
    heard: str
    uncaptioned: int
    quiet: bool
    seconds: float
    engine: str = ""
    own: frozenset[int] = frozenset()


def judge(evidence: Evidence) -> ReviewReport:
    """Approve; redo the scenes at fault where every fault has a scene; else fail."""
    scenes = (_allowed(finding) if finding.scene in evidence.own else finding for finding in _scenes(evidence))
    findings = (*_file(evidence), *_picture(evidence), *_sound(evidence), *scenes)
    faults = [finding for finding in findings if not finding.passed]
    verdict = "approve" if not faults else "redo" if all(finding.scene for finding in faults) else "fail"
    return ReviewReport(
        verdict=verdict, scenes=tuple(sorted({finding.scene for finding in faults if finding.scene})), findings=findings,
        word_error_rate=evidence.word_error_rate, heard=evidence.heard, seconds=evidence.seconds,
    )  # fmt: skip


def _allowed(finding: Finding) -> Finding:
    """Nobody else can make the user's own pictures other than they are: how they look is told, and no fault."""
    return replace(finding, passed=True, expected=f"{finding.expected}, or the user's own pictures")


def _finding(check: str, passed: bool, expected: object, found: object, scene: int = 0) -> Finding:
    return Finding(check=check, passed=passed, expected=str(expected), found=str(found), scene=scene)


def _file(evidence: Evidence) -> Iterator[Finding]:
    quality = evidence.quality
    container = quality.facts.container
    yield _finding("container", "mp4" in container.split(","), "mp4", container)
    there = "first" if quality.index_first else "last"
    yield _finding("index", quality.index_first, "it first, so that playing starts at once", f"it {there}")
    yield _finding("decoding", not quality.faults, "no fault", quality.faults[0] if quality.faults else "none")
    missing = evidence.uncaptioned
    yield _finding(
        "captions", missing == 0, "every spoken word", f"{missing} words without" if missing else "every one"
    )
    share = quality.caption_share
    if share is not None:
        yield _finding(
            "subtitles", share >= LEAST_CAPTIONS, f"letters in {LEAST_CAPTIONS:.0%} of the looks", f"{share:.0%}"
        )


def _picture(evidence: Evidence) -> Iterator[Finding]:
    picture, profile, shape = evidence.quality.facts.picture, evidence.profile, evidence.shape
    if picture is None:
        yield _finding("picture", passed=False, expected="a picture", found="none")
        return
    codec = f"{picture.codec} {picture.profile}"
    yield _finding("video codec", codec == "h264 High", "h264 High", codec)
    size, wanted = (picture.width_px, picture.height_px), (shape.width_px, shape.height_px)
    yield _finding("size", size == wanted, "{}x{}".format(*wanted), "{}x{}".format(*size))
    yield _finding("rate", picture.rate == profile.rate, f"{profile.rate} frames a second", picture.rate)
    yield _finding(
        "duration", picture.frames == evidence.timeline.frames, f"{evidence.timeline.frames} frames", picture.frames
    )
    tags = " ".join((picture.colour_matrix, picture.colour_primaries, picture.colour_transfer))
    yield _finding("colour", tags == "bt709 bt709 bt709", "bt709 bt709 bt709", tags)
    least = LEAST_BITS_PER_PIXEL * shape.width_px * shape.height_px * float(profile.rate)
    rate = picture.bit_rate
    yield _finding("bitrate", rate >= least, f"at least {least / 1000:.0f} kb/s", f"{rate / 1000:.0f} kb/s")


def _sound(evidence: Evidence) -> Iterator[Finding]:
    quality, profile, loudness = evidence.quality, evidence.profile, evidence.loudness
    sound = quality.facts.sound
    if sound is None:
        yield _finding("sound", passed=False, expected="a sound", found="none")
        return
    codec = f"{sound.codec} at {sound.rate_hz} Hz"
    yield _finding("audio codec", codec == "aac at 48000 Hz", "aac at 48000 Hz", codec)
    off = abs(loudness.integrated_lufs - profile.loudness_lufs)
    expected = f"{profile.loudness_lufs:.1f} LUFS within {profile.loudness_tolerance_lu}"
    yield _finding("loudness", off <= profile.loudness_tolerance_lu, expected, f"{loudness.integrated_lufs:.1f} LUFS")
    expected = f"at most {profile.true_peak_dbtp:.1f} dBTP"
    yield _finding(
        "true peak", loudness.true_peak_dbtp <= profile.true_peak_dbtp, expected, f"{loudness.true_peak_dbtp:.1f} dBTP"
    )
    apart = max(abs(quality.sound_start_offset), abs(quality.sound_end_offset))
    expected = f"less than a frame ({1000 / float(profile.rate):.0f} ms) apart"
    yield _finding("sound against picture", apart < 1 / profile.rate, expected, f"{float(apart) * 1000:.1f} ms")
    if not evidence.quiet:
        longest = max((_length(stretch) for stretch in quality.silent), default=0.0)
        yield _finding(
            "silence", longest <= LONGEST_SILENT_SECONDS, f"at most {LONGEST_SILENT_SECONDS:.0f} s", f"{longest:.1f} s"
        )
    lost = max((_length(stretch) for stretch in quality.cancelling), default=0.0)
    cancels = lost > LONGEST_CANCELLING_SECONDS
    expected = f"left and right opposed for at most {LONGEST_CANCELLING_SECONDS:.0f} s"
    yield _finding("sound cancels in mono", not cancels, expected, f"{lost:.1f} s")
    if cancels:
        return  # the transcriber hears one channel: what it missed is this fault again
    few = len(evidence.timeline.words) < FEWEST_WORDS
    if evidence.engine in PLAIN_VOICES:
        found = f"{evidence.word_error_rate:.0%} wrong" if evidence.heard.strip() else "none"
        yield _finding("spoken words", few or found != "none", f"words, by the plain voice of {evidence.engine}", found)
        return
    fair = few or evidence.word_error_rate <= WORST_WORD_ERROR_RATE
    expected = f"a word error rate of at most {WORST_WORD_ERROR_RATE:.0%}"
    yield _finding("spoken words", fair, expected, f"{evidence.word_error_rate:.0%}")


def _scenes(evidence: Evidence) -> Iterator[Finding]:
    quality, timeline = evidence.quality, evidence.timeline
    yield from _stretches("black picture", quality.black, LONGEST_BLACK_SECONDS, timeline)
    yield from _stretches("frozen picture", quality.frozen, LONGEST_FROZEN_SECONDS, timeline)
    for view in quality.scenes:
        seen = "nothing" if view.is_blank else "something"
        yield _finding("picture", not view.is_blank, "something to see", seen, view.scene)
    for pair in quality.likenesses:
        fresh = pair.share <= MOST_ALIKE
        yield _finding("likeness to the scene before", fresh, f"at most {MOST_ALIKE}", f"{pair.share:.3f}", pair.second)


def _stretches(check: str, stretches: Sequence[Stretch], longest: float, timeline: Timeline) -> Iterator[Finding]:
    too_long = [stretch for stretch in stretches if _length(stretch) > longest]
    for stretch in too_long:
        scene = _scene_at(timeline, (stretch.start + stretch.end) / 2)
        yield _finding(
            check, passed=False, expected=f"at most {longest} s", found=f"{_length(stretch):.1f} s", scene=scene
        )
    if not too_long:
        found = f"{max(map(_length, stretches), default=0.0):.1f} s"
        yield _finding(check, passed=True, expected=f"at most {longest} s", found=found)


def _length(stretch: Stretch) -> float:
    return stretch.end - stretch.start


def _scene_at(timeline: Timeline, seconds: float) -> int:
    frame = seconds * float(timeline.rate)
    shots = timeline.shots
    return next((shot.scene for shot in shots if frame < shot.start_frame + shot.frames), shots[-1].scene)
