"""What is wrong with a film is said by its right name: verdicts on real files."""

from fractions import Fraction
from pathlib import Path

import pytest

from aiprod.judgement import Evidence, judge
from aiprod.manifests import Finding
from aiprod.media.loudness import measure_loudness
from aiprod.media.process import run_ffmpeg
from aiprod.media.quality import measure_quality
from aiprod.profiles import find_profile
from aiprod.story import Word
from aiprod.timeline import SpokenScene, lay

PROFILE = find_profile("draft")
WORDS = ("Nobody", "with", "one", "loudspeaker", "hears", "a", "word", "of", "this", "film", "at", "all")


def findings_of(path: Path, word_error_rate: float, engine: str = "kokoro", heard: str = "", own: frozenset[int] = frozenset()) -> dict[str, Finding]:
    """The verdict's findings on a six-second film with a word every half second."""
    words = tuple(
        Word(text=word, start=Fraction(place, 3), end=Fraction(place + 1, 3)) for place, word in enumerate(WORDS)
    )
    timeline = lay([SpokenScene(number=1, seconds=Fraction(41, 10), words=words)], [], PROFILE.rate)
    evidence = Evidence(
        profile=PROFILE, shape=PROFILE.shape(""), timeline=timeline, quality=measure_quality(path, timeline),
        loudness=measure_loudness(path), word_error_rate=word_error_rate, heard=heard, uncaptioned=0, quiet=False,
        seconds=0.0, engine=engine, own=own,
    )  # fmt: skip
    return {finding.check: finding for finding in judge(evidence).findings}


@pytest.mark.parametrize("right", ["-val(0)", "val(0)"], ids=["opposed", "the same"])
def test_sound_that_cancels_in_mono_is_told_as_that_and_not_as_silence_or_words_not_said(
    tmp_path: Path, right: str
) -> None:
    path = tmp_path / "film.mp4"
    run_ffmpeg(
        ["-f", "lavfi", "-i", "testsrc2=s=360x640:r=15", "-f", "lavfi", "-i",
         f"sine=f=300:r=48000,tremolo=f=4,aeval='val(0)|{right}':c=stereo", "-t", "6", "-c:v", "libx264", "-preset",
         "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", str(path)], about="A film", timeout_seconds=60,
    )  # fmt: skip

    found = findings_of(path, word_error_rate=1.0)

    opposed = right == "-val(0)"
    assert found["sound cancels in mono"].passed is not opposed
    assert found["silence"].passed
    assert ("spoken words" in found) is not opposed
    if opposed:
        assert found["sound cancels in mono"].expected == "left and right opposed for at most 1 s"
        assert found["sound cancels in mono"].found == "6.0 s"


def test_the_last_fallbacks_plain_voice_is_judged_by_being_there_and_others_by_their_words(tmp_path: Path) -> None:
    """Whisper hears three of five of espeak-ng's French words wrong: no film that it speaks would ever be approved."""
    path = tmp_path / "film.mp4"
    run_ffmpeg(
        ["-f", "lavfi", "-i", "testsrc2=s=360x640:r=15", "-f", "lavfi", "-i", "sine=f=300:r=48000,tremolo=f=4", "-t", "6",
         "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", str(path)],
        about="A film", timeout_seconds=60,
    )  # fmt: skip
    plain = findings_of(path, 1.0, engine="espeak", heard="tout autre chose")["spoken words"]
    assert (plain.passed, plain.found) == (True, "100% wrong")
    assert not findings_of(path, 1.0, engine="espeak", heard=" ")["spoken words"].passed
    assert not findings_of(path, 1.0, engine="kokoro", heard="tout autre chose")["spoken words"].passed


def test_the_users_own_pictures_may_stand_still_and_be_dark_and_a_starry_night_is_not_black(tmp_path: Path) -> None:
    def film(name: str, source: str) -> Path:
        run_ffmpeg(
            ["-f", "lavfi", "-i", source, "-f", "lavfi", "-i", "sine=f=300:r=48000,tremolo=f=4", "-t", "6", "-c:v", "libx264",
             "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", str(tmp_path / name)], about="A film", timeout_seconds=60,
        )  # fmt: skip
        return tmp_path / name

    black = film("black.mp4", "color=black:s=360x640:r=15")
    for own, passed in ((frozenset({1}), True), (frozenset(), False)):
        found = findings_of(black, 0.0, own=own)
        assert [found[check].passed for check in ("black picture", "frozen picture", "picture")] == [passed] * 3
    assert findings_of(black, 0.0, own=frozenset({1}))["frozen picture"].expected == "at most 2.5 s, or the user's own pictures"
    stars = "geq=lum='if(gt(random(1),0.9997),235,16)':cb=128:cr=128,dilation"
    night = findings_of(film("night.mp4", f"color=black:s=360x640:r=15,format=yuv420p,{stars}"), 0.0)
    assert night["black picture"].passed and night["picture"].passed
