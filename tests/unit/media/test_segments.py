from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from aiprod.errors import MediaBroken, Misuse
from aiprod.media.ass import Canvas, write_segment_ass
from aiprod.media.cues import PAIRS, group_words
from aiprod.media.join import FilmTags, join
from aiprod.media.probe import probe
from aiprod.media.process import run_ffmpeg
from aiprod.media.segments import SegmentRecipe, encode_segment, read_encoder_version, recipe_of
from aiprod.media.subtitles import STYLES
from aiprod.profiles import Profile, Shape, find_profile
from aiprod.story import Word
from tests.unit.media.conftest import decodes

Luma = npt.NDArray[np.uint8]


def luma_of(film: Path, width: int = 180, height: int = 320) -> Luma:
    content = run_ffmpeg(
        ["-i", str(film), "-vf", "extractplanes=y", "-f", "rawvideo", "-pix_fmt", "gray", "-"],
        about="Reading luma", timeout_seconds=60,
    )  # fmt: skip
    return np.frombuffer(content, dtype=np.uint8).reshape(-1, height, width)


def body(profile: Profile, frames: int, offset: int) -> SegmentRecipe:
    return recipe_of("body", frames, (offset,), profile, "")


def test_a_body_shows_exactly_its_frames_from_its_offset(
    tiny: Profile, counting_clips: tuple[Path, Path], tmp_path: Path
) -> None:
    encode_segment(body(tiny, 25, 17), [counting_clips[0]], tmp_path / "a.mp4")

    means = luma_of(tmp_path / "a.mp4").mean(axis=(1, 2))
    assert len(means) == 25
    assert np.abs(means - (40 + 2 * (17 + np.arange(25)))).max() < 1


@pytest.mark.parametrize("kind", ["dissolve", "fade", "wipe", "match"])
def test_a_transition_goes_from_one_clip_to_the_other_in_its_frames(
    kind: str, tiny: Profile, counting_clips: tuple[Path, Path], tmp_path: Path
) -> None:
    encode_segment(recipe_of(kind, 12, (40, 0), tiny, ""), counting_clips, tmp_path / "a.mp4")

    means = luma_of(tmp_path / "a.mp4").mean(axis=(1, 2))
    assert len(means) == 12
    assert abs(means[0] - 120) < 4
    assert means[-1] > 150 if kind != "fade" else means[5] < 40


def test_a_wipe_brings_the_new_clip_in_from_the_right(
    tiny: Profile, counting_clips: tuple[Path, Path], tmp_path: Path
) -> None:
    encode_segment(recipe_of("wipe", 12, (40, 0), tiny, ""), counting_clips, tmp_path / "a.mp4")

    columns = luma_of(tmp_path / "a.mp4").mean(axis=1)
    halfway = columns[6]
    assert halfway[0] == pytest.approx(40 + 2 * 46, abs=1) and halfway[-1] == pytest.approx(180 - 2 * 6, abs=1)
    assert (np.diff(halfway) >= -1).all()
    assert (np.diff(halfway) >= 0).mean() > 0.95


def test_a_fade_comes_back_with_the_pictures_that_the_body_after_it_goes_on_from(
    tiny: Profile, counting_clips: tuple[Path, Path], tmp_path: Path
) -> None:
    rising = counting_clips[0]
    encode_segment(recipe_of("fade", 12, (40, 20), tiny, ""), [rising, rising], tmp_path / "a.mp4")

    means = luma_of(tmp_path / "a.mp4").mean(axis=(1, 2))
    assert means[0] == pytest.approx(40 + 2 * 40, abs=2) and means[5] < 40
    assert means[-1] == pytest.approx(16 + (40 + 2 * 31 - 16) * 5 / 6, abs=3)  # the last of six steps is still a sixth dark


def test_a_film_is_its_segments_frame_after_frame_without_a_gap(
    tiny: Profile, counting_clips: tuple[Path, Path], tmp_path: Path
) -> None:
    rising, falling = counting_clips
    plans = [("body", 40, (0,)), ("dissolve", 8, (40, 0)), ("body", 1, (8,)), ("body", 45, (9,))]
    parts = []
    for number, (kind, frames, offsets) in enumerate(plans):
        clips = [rising, falling] if kind == "dissolve" else [rising if number == 0 else falling]
        parts.append(tmp_path / f"{number}.mp4")
        encode_segment(recipe_of(kind, frames, offsets, tiny, ""), clips, parts[-1])

    join(parts, None, tmp_path / "film.mp4", FilmTags(title="L'été : a=b; \\ 東京", language="fr"))

    facts = probe(tmp_path / "film.mp4")
    assert facts.picture is not None
    assert (facts.picture.frames, facts.picture.seconds, facts.picture.start) == (94, Fraction(94, 30), 0)
    assert facts.title == "L'été : a=b; \\ 東京"
    assert decodes(tmp_path / "film.mp4")
    means = luma_of(tmp_path / "film.mp4").mean(axis=(1, 2))
    wanted = [*(40 + 2 * n for n in range(40)), *(180 - 2 * n for n in range(8, 54))]
    assert np.abs(np.delete(means, range(40, 48)) - wanted).max() < 1


def test_the_film_is_high_profile_709_and_its_sound_is_untouched(
    tiny: Profile, scenery: Path, tmp_path: Path
) -> None:
    encode_segment(body(tiny, 60, 0), [scenery], tmp_path / "a.mp4")
    sound = tmp_path / "sound.m4a"
    run_ffmpeg(
        ["-f", "lavfi", "-i", "sine=r=48000:d=2", "-c:a", "aac", str(sound)], about="A tone", timeout_seconds=30
    )
    join([tmp_path / "a.mp4"], sound, tmp_path / "film.mp4", FilmTags(language="fr"))

    facts = probe(tmp_path / "film.mp4")
    picture, tone = facts.picture, facts.sound
    assert picture is not None and tone is not None
    assert (picture.codec, picture.profile, picture.pixel_format) == ("h264", "High", "yuv420p")
    tags = {picture.colour_matrix, picture.colour_primaries, picture.colour_transfer}
    assert (tags, picture.colour_range) == ({"bt709"}, "tv")
    assert (tone.codec, tone.rate_hz, tone.start, facts.language) == ("aac", 48000, 0, "fra")


def test_the_same_recipe_gives_the_same_bytes_and_another_recipe_another_text(
    tiny: Profile, counting_clips: tuple[Path, Path], tmp_path: Path
) -> None:
    recipe = replace(recipe_of("wipe", 9, (30, 2), tiny, ""), grade="vintage", grain=4)
    for name in ("a", "b"):
        encode_segment(recipe, counting_clips, tmp_path / f"{name}.mp4")
    join([tmp_path / "a.mp4"], None, tmp_path / "c.mp4")
    join([tmp_path / "b.mp4"], None, tmp_path / "d.mp4")

    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()
    assert (tmp_path / "c.mp4").read_bytes() == (tmp_path / "d.mp4").read_bytes()
    assert recipe.canonical() == replace(recipe).canonical()
    assert recipe.canonical() != replace(recipe, grain=5).canonical()
    assert read_encoder_version()


def test_the_encoder_gives_the_same_bytes_however_its_threads_are_scheduled(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    run_ffmpeg(
        ["-f", "lavfi", "-i", "testsrc2=s=368x640:r=15:d=3,hue=h=30", "-pix_fmt", "yuv420p",
         "-qp", "0", "-preset", "ultrafast", "-threads", "1", str(clip)],
        about="Making a clip", timeout_seconds=60,
    )  # fmt: skip
    recipe = replace(
        recipe_of("body", 45, (0,), find_profile("draft"), ""), shape=Shape(width_px=368, height_px=640), preset="veryfast"
    )
    seen = set()
    for number in range(12):
        encode_segment(recipe, [clip], tmp_path / f"{number}.mp4")
        seen.add((tmp_path / f"{number}.mp4").read_bytes())
    assert len(seen) == 1


@pytest.mark.parametrize("kind", ["short", "cut", "rate", "sound"])
def test_a_clip_that_cannot_be_used_is_named_with_what_was_expected(
    kind: str, tiny: Profile, scenery: Path, tmp_path: Path
) -> None:
    clip = tmp_path / "clip.mp4"
    recipe = body(tiny, 50, 0)
    if kind == "short":
        clip.write_bytes(scenery.read_bytes())
        recipe = body(tiny, 50, 20)
    elif kind == "cut":
        arguments = ["-i", str(scenery), "-c", "copy", "-movflags", "faststart", str(clip)]
        run_ffmpeg(arguments, about="Indexing first", timeout_seconds=9)
        clip.write_bytes(clip.read_bytes()[: clip.stat().st_size // 2])
    elif kind == "rate":
        clip.write_bytes(scenery.read_bytes())
        recipe = replace(recipe, rate=Fraction(25))
    else:
        run_ffmpeg(["-f", "lavfi", "-i", "sine=d=1", str(clip)], about="x", timeout_seconds=9)

    with pytest.raises(MediaBroken) as error:
        encode_segment(recipe, [clip], tmp_path / "out.mp4")

    assert "clip.mp4" in str(error.value) and "xpected" in str(error.value)
    assert not (tmp_path / "out.mp4").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["clip.mp4"]


def test_segments_encoded_differently_are_not_joined(tiny: Profile, scenery: Path, tmp_path: Path) -> None:
    encode_segment(body(tiny, 5, 0), [scenery], tmp_path / "a.mp4")
    encode_segment(body(replace(tiny, preset="medium"), 5, 0), [scenery], tmp_path / "b.mp4")

    with pytest.raises(MediaBroken, match=r"b\.mp4"):
        join([tmp_path / "a.mp4", tmp_path / "b.mp4"], None, tmp_path / "film.mp4")


def test_a_transition_needs_two_clips(tiny: Profile, scenery: Path, tmp_path: Path) -> None:
    with pytest.raises(Misuse):
        encode_segment(recipe_of("wipe", 5, (0,), tiny, ""), [scenery], tmp_path / "a.mp4")


def test_every_profile_scales_a_work_sized_clip_to_its_own_size(scenery: Path, tmp_path: Path) -> None:
    draft = replace(find_profile("draft"), rate=Fraction(30))
    encode_segment(body(draft, 3, 0), [scenery], tmp_path / "a.mp4")

    picture = probe(tmp_path / "a.mp4").picture
    assert picture is not None
    assert (picture.width_px, picture.height_px) == (360, 640)


def test_words_are_on_the_screen_exactly_while_they_are_due(tiny: Profile, tmp_path: Path, scenery: Path) -> None:
    canvas = Canvas(shape=tiny.shape(""), rate=tiny.rate)
    words = [
        Word(text="Pandas", start=Fraction(31, 30), end=Fraction(36, 30)),
        Word(text="eat", start=Fraction(37, 30), end=Fraction(41, 30)),
    ]
    cues = group_words(words, PAIRS, "en", Fraction(50, 30))
    subtitles = write_segment_ass(cues, STYLES["karaoke"], canvas, 20, 40)
    plain = body(tiny, 40, 0)
    encode_segment(plain, [scenery], tmp_path / "plain.mp4")
    encode_segment(replace(plain, subtitles=subtitles), [scenery], tmp_path / "burned.mp4")

    change = np.abs(luma_of(tmp_path / "burned.mp4").astype(int) - luma_of(tmp_path / "plain.mp4")).max(axis=(1, 2))

    # Words start 31 frames into the film, which is 11 into the segment; the cue holds until frame 50 of the film.
    shown = [frame for frame in range(40) if change[frame] > 80]
    assert shown == list(range(11, 30))
    assert write_segment_ass(cues, STYLES["karaoke"], canvas, 51, 20) == ""
