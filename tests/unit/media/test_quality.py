from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from aiprod.media.ass import Canvas, write_segment_ass
from aiprod.media.clip_scores import measure_clip
from aiprod.media.cues import Cue
from aiprod.media.join import join
from aiprod.media.poster import poster_overlay, title_top
from aiprod.media.process import run_ffmpeg
from aiprod.media.quality import measure_quality
from aiprod.media.segments import encode_segment, recipe_of
from aiprod.media.stills import Still, write_still
from aiprod.media.subtitles import STYLES, burned_cues
from aiprod.media.thumbnail import View, Views, choose_view, eye_above, rate_view, score_picture
from aiprod.profiles import Profile, Shape
from aiprod.story import Word
from aiprod.timeline import SpokenScene, Timeline, lay

SIZE = "s=180x320:r=30"
PICTURES = (f"testsrc2={SIZE}", f"mandelbrot={SIZE}:end_scale=0.1", f"color=black:{SIZE}", f"smptehdbars={SIZE}")
SOUND = "sine=f=300:r=48000,volume='if(between(t,2,4),0,1)':eval=frame"


@dataclass(frozen=True)
class Film:
    path: Path
    clips: dict[int, Path]
    timeline: Timeline
    cues: tuple[Cue, ...]


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory, tiny: Profile) -> Film:
    """Four scenes of about two seconds: lively, lively, black, frozen; with captions in the first two; silent 2-4 s."""
    folder = tmp_path_factory.mktemp("film")
    words = (Word(text="Giant", start=Fraction(0), end=Fraction(1, 2)),
             Word(text="pandas", start=Fraction(1, 2), end=Fraction(1)))  # fmt: skip
    scenes = [SpokenScene(number=n + 1, seconds=Fraction(6, 5), words=words if n < 2 else ()) for n in range(4)]
    timeline = lay(scenes, ["cut"] * 3, tiny.rate)
    style = STYLES["karaoke"]
    cues = burned_cues(timeline, style, "en")
    canvas = Canvas(shape=tiny.shape(""), rate=tiny.rate)
    parts, clips = [], {}
    for segment, source in zip(timeline.segments, PICTURES, strict=True):
        clip, part = folder / f"clip{segment.index}.mp4", folder / f"part{segment.index}.mp4"
        run_ffmpeg(["-f", "lavfi", "-i", source, "-frames:v", str(segment.frames), "-qp", "4", "-pix_fmt", "yuv420p",
                    "-colorspace", "bt709", str(clip)], about="A clip", timeout_seconds=60)  # fmt: skip
        subtitles = write_segment_ass(cues, style, canvas, segment.start_frame, segment.frames)
        recipe = recipe_of(segment.kind, segment.frames, segment.offsets, tiny, "")
        encode_segment(replace(recipe, subtitles=subtitles), [clip], part)
        parts.append(part)
        clips[segment.scenes[0]] = clip
    sound = folder / "sound.m4a"
    run_ffmpeg(["-f", "lavfi", "-i", SOUND, "-t", f"{float(timeline.seconds):.4f}", "-c:a", "aac", str(sound)],
               about="A sound", timeout_seconds=60)  # fmt: skip
    join(parts, sound, folder / "film.mp4")
    return Film(path=folder / "film.mp4", clips=clips, timeline=timeline, cues=cues)


def test_one_look_finds_what_is_black_frozen_and_silent_and_when(film: Film) -> None:
    quality = measure_quality(film.path, film.timeline, film.cues, STYLES["karaoke"])

    black = film.timeline.shot(3)
    start = black.start_frame / 30
    assert [stretch.start for stretch in quality.black] == pytest.approx([start], abs=0.05)
    assert [stretch.end for stretch in quality.black] == pytest.approx([start + black.frames / 30], abs=0.05)
    still = film.timeline.shot(4)
    assert any(stretch.end - stretch.start > 0.9 * still.frames / 30 for stretch in quality.frozen)
    assert all(stretch.end > start for stretch in quality.frozen)
    assert [stretch.start for stretch in quality.silent] == pytest.approx([2], abs=0.1)
    assert [stretch.end for stretch in quality.silent] == pytest.approx([4], abs=0.1)
    assert [scene.scene for scene in quality.scenes if scene.is_blank] == [3]
    assert quality.index_first and quality.faults == ()
    assert abs(quality.sound_start_offset) < Fraction(1, 30)
    assert abs(quality.sound_end_offset) < Fraction(1, 30)


@pytest.mark.parametrize(
    ("right", "silent", "cancelling"),
    [("-val(0)", [], [(0, 6)]), ("val(0)*if(between(t,2,5),-1,1)", [], [(2, 5)]), ("val(0)", [], []),
     ("0.2*val(0)", [], []), ("0", [], [])],
    ids=["opposed", "opposed for a while", "the same", "quieter", "none"],
)  # fmt: skip
def test_a_right_channel_that_undoes_the_left_one_is_no_silence_but_is_told(
    film: Film, tmp_path: Path, right: str, silent: list[tuple[int, int]], cancelling: list[tuple[int, int]]
) -> None:
    voices = "sine=f=300:r=48000:d=6[a];sine=f=523:r=48000:d=6[b];[a][b]amix"
    path = tmp_path / "opposed.mp4"
    run_ffmpeg(["-i", str(film.path), "-f", "lavfi", "-i", f"{voices},aeval='val(0)|{right}':c=stereo", "-map", "0:v",
                "-map", "1:a", "-c:v", "copy", "-c:a", "aac", "-t", "6", str(path)], about="x", timeout_seconds=60)  # fmt: skip

    quality = measure_quality(path, film.timeline)

    found = [(stretch.start, stretch.end) for stretch in quality.cancelling]
    assert len(found) == len(cancelling)
    assert all(heard == pytest.approx(wanted, abs=0.1) for heard, wanted in zip(found, cancelling, strict=True))
    assert list(quality.silent) == silent


def test_captions_are_found_where_they_were_burned_and_missed_where_they_were_not(film: Film) -> None:
    style = STYLES["karaoke"]
    moved = tuple(replace(cue, start=cue.start + Fraction(9, 2), end=cue.end + Fraction(9, 2)) for cue in film.cues)

    assert measure_quality(film.path, film.timeline, film.cues, style).caption_share == 1
    assert (measure_quality(film.path, film.timeline, moved, style).caption_share or 0) < 0.5


def test_scenes_that_look_the_same_are_told_from_scenes_that_do_not(
    film: Film, tiny: Profile, scenery: Path, tmp_path: Path
) -> None:
    parts = [tmp_path / "a.mp4", tmp_path / "b.mp4"]
    for part in parts:
        encode_segment(recipe_of("body", 60, (0,), tiny, ""), [scenery], part)
    join(parts, None, tmp_path / "twice.mp4")
    scenes = [SpokenScene(number=n, seconds=Fraction(2) - rest, words=()) for n, rest in
              ((1, Fraction(3, 4)), (2, Fraction(37, 20)))]  # fmt: skip
    twice = lay(scenes, ["cut"], tiny.rate)
    assert twice.frames == 120

    alike = measure_quality(tmp_path / "twice.mp4", twice).likenesses[0].share
    different = measure_quality(film.path, film.timeline).likenesses[0].share

    assert alike > 0.95
    assert different < 0.6


def test_a_damaged_film_is_noticed(film: Film, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.mp4"
    content = bytearray(film.path.read_bytes())
    for tenth in range(2, 10):  # H.264 carries no checksum: now and then a decoder takes wrong bytes for right ones
        place = len(content) * tenth // 10
        content[place : place + 3000] = b"\xaa" * 3000
    damaged.write_bytes(bytes(content))

    assert measure_quality(damaged, film.timeline).faults != ()


def _views(clip: Path) -> tuple[View, ...]:
    views = Views(title_top=1.0)
    measure_clip(clip, views.see)
    return tuple(views.rated)


def test_the_thumbnail_is_a_lively_frame_and_never_a_black_one(film: Film, tiny: Profile, tmp_path: Path) -> None:
    shape = tiny.shape("")
    scene, frame = choose_view({scene: _views(clip) for scene, clip in film.clips.items()}, film.timeline, {})

    assert scene in (1, 2)
    write_still(Still(source=film.clips[scene], frame=frame, rate=tiny.rate, shape=shape), tmp_path / "t.jpg")
    picture = np.asarray(Image.open(tmp_path / "t.jpg"))
    assert picture.shape == (320, 180, 3)
    assert score_picture(picture) > 0.3
    write_still(Still(source=film.clips[scene], frame=frame, rate=tiny.rate, shape=shape), tmp_path / "again.jpg")
    assert (tmp_path / "t.jpg").read_bytes() == (tmp_path / "again.jpg").read_bytes()


def test_a_view_is_rated_as_the_picture_that_is_written_of_it(film: Film, tiny: Profile, tmp_path: Path) -> None:
    for frame, rating in _views(film.clips[4]):
        write_still(Still(source=film.clips[4], frame=frame, rate=tiny.rate, shape=tiny.shape("")), tmp_path / "v.png")
        assert rate_view(np.asarray(Image.open(tmp_path / "v.png")), 1.0) == pytest.approx(rating, abs=0.05)


def test_no_thumbnail_is_written_over_where_another_frame_is_not(film: Film) -> None:
    views = {scene: _views(clip) for scene, clip in film.clips.items()}
    best = choose_view(views, film.timeline, {})

    other = choose_view(views, film.timeline, {best[0]: ((0.0, 1.0),)})
    none_left = choose_view(views, film.timeline, dict.fromkeys((1, 2, 4), ((0.0, 1.0),)))

    assert other[0] not in (best[0], 3)
    assert none_left == best


def test_a_thumbnail_is_taken_where_only_its_own_scene_is_seen(tiny: Profile) -> None:
    scenes = [SpokenScene(number=n, seconds=Fraction(3), words=()) for n in (1, 2)]
    timeline = lay(scenes, ["dissolve"], tiny.rate)
    body = next(segment for segment in timeline.segments if segment.kind == "body" and segment.scenes == (2,))
    crossed, shown = body.offsets[0] - 1, body.offsets[0]

    assert choose_view({1: (), 2: ((crossed, 0.9), (shown, 0.4))}, timeline, {}) == (2, shown)


@pytest.mark.parametrize(("rows", "share"), [((30, 90), 0.8), ((210, 270), 0.2)], ids=["above", "below"])
def test_a_head_above_the_title_is_told_from_one_behind_it(rows: tuple[int, int], share: float) -> None:
    picture = np.full((320, 180, 3), (90, 140, 90), np.uint8)
    picture[:, :, 2] += np.arange(180, dtype=np.uint8)[None, :] // 4
    picture[rows[0] : rows[1], 60:120] = (245, 240, 240)
    picture[rows[0] + 20 : rows[0] + 35, 80:95] = 10

    found = eye_above(picture, 0.6)

    assert found > share if share > 0.5 else found < share


def test_the_titles_place_is_known_before_it_is_drawn(scenery: Path, tmp_path: Path) -> None:
    shape = Shape(width_px=360, height_px=640)
    for name, title in (("titled", "The secret life of giant pandas"), ("plain", "")):
        overlay = poster_overlay(title, "", shape)
        write_still(Still(source=scenery, frame=10, rate=Fraction(30), shape=shape, overlay=overlay), tmp_path / f"{name}.png")
    titled, bare = (np.asarray(Image.open(tmp_path / f"{name}.png")).astype(int) for name in ("titled", "plain"))

    letters = np.argwhere((titled.min(axis=2) > 215) & (bare.min(axis=2) < 190))

    assert letters[:, 0].min() / 640 == pytest.approx(title_top("The secret life of giant pandas", shape), abs=0.05)
    assert title_top("", shape) == 1.0


def test_a_film_that_is_blank_has_a_thumbnail_too(film: Film, tiny: Profile) -> None:
    timeline = lay([SpokenScene(number=3, seconds=Fraction(1), words=())], [], tiny.rate)

    assert choose_view({3: _views(film.clips[3])}, timeline, {}) == (3, timeline.segments[0].frames // 2)


@pytest.mark.parametrize("ending", ["jpg", "png"])
def test_a_still_has_the_films_colours(ending: str, tiny: Profile, tmp_path: Path) -> None:
    clip = tmp_path / "red.mp4"
    run_ffmpeg(["-f", "lavfi", "-i", f"color=0xc81e3c:{SIZE},format=rgb24", "-vf",
                "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p", "-frames:v", "3", "-colorspace", "bt709",
                "-qp", "0", str(clip)], about="x", timeout_seconds=30)  # fmt: skip
    write_still(Still(source=clip, frame=1, rate=tiny.rate, shape=tiny.shape("")), tmp_path / f"a.{ending}")

    pixel = np.asarray(Image.open(tmp_path / f"a.{ending}").convert("RGB"))[100, 100].astype(int)
    assert np.abs(pixel - [0xC8, 0x1E, 0x3C]).max() <= 4


@pytest.mark.parametrize(
    "title", ["Pandas", "La vie très secrète des pandas géants de la province du Sichuan, racontée par eux-mêmes",
              "大熊猫的秘密生活", "الحياة السرية للباندا", r"{\an8}Evil \N title", "A" * 90, ""]
)  # fmt: skip
@pytest.mark.parametrize("shape", [Shape(width_px=360, height_px=640), Shape(width_px=640, height_px=360)])
def test_the_posters_letters_stay_inside_it(title: str, shape: Shape, scenery: Path, tmp_path: Path) -> None:
    overlay = poster_overlay(title, "1:04", shape)
    plain = poster_overlay("", "", shape)
    for name, document in (("titled", overlay), ("plain", plain)):
        still = Still(source=scenery, frame=10, rate=Fraction(30), shape=shape, overlay=document)
        write_still(still, tmp_path / f"{name}.png")

    titled, bare = (np.asarray(Image.open(tmp_path / f"{name}.png")).astype(int) for name in ("titled", "plain"))
    letters = np.argwhere((titled.min(axis=2) > 215) & (bare.min(axis=2) < 190))
    assert len(letters) > 20
    assert letters[:, 1].min() >= shape.width_px * 0.06
    assert letters[:, 1].max() <= shape.width_px * 0.94
    assert letters[:, 0].min() >= shape.height_px * 0.03
    assert letters[:, 0].max() <= shape.height_px * 0.96
