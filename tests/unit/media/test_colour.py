from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from aiprod.media.grade import GRADES
from aiprod.media.process import run_ffmpeg
from aiprod.media.segments import encode_segment, recipe_of
from aiprod.profiles import Profile

COLOURS = (
    "testsrc2=s=180x320:r=30,format=gbrp,gblur=sigma=3,drawbox=x=0:y=0:w=60:h=60:c=black:t=fill,"
    "drawbox=x=100:y=0:w=60:h=60:c=white:t=fill,format=rgb24"
)
AS_709 = "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"
AS_601 = "scale=out_color_matrix=bt601:out_range=tv,format=yuv420p"


def clip_with(into: Path, conversion: str, *tags: str, size: str = "180x320") -> Path:
    """Five frames of known colours, encoded without loss in one meaning of YUV."""
    run_ffmpeg(
        ["-f", "lavfi", "-i", COLOURS, "-vf", f"scale={size.replace('x', ':')}:flags=neighbor,{conversion}",
         "-frames:v", "5", "-c:v", "libx264", "-qp", "0", *tags, str(into)],
        about="A colour clip", timeout_seconds=30,
    )  # fmt: skip
    return into


def colours_of(film: Path, matrix: str = "bt709", crop: str = "180:320") -> npt.NDArray[np.float64]:
    """What a player shows. Shape: (5, 80, 45, 3): means of 4x4 pixels, so that 4:2:0 edges do not count."""
    content = run_ffmpeg(
        ["-i", str(film), "-vf", f"scale={crop}:in_color_matrix={matrix}:in_range=tv,format=rgb24",
         "-f", "rawvideo", "-"],
        about="Reading colours", timeout_seconds=30,
    )  # fmt: skip
    frames = np.frombuffer(content, dtype=np.uint8).reshape(5, 320, 180, 3).astype(np.float64)
    cells: npt.NDArray[np.float64] = frames.reshape(5, 80, 4, 45, 4, 3).mean(axis=(2, 4))
    return cells


def psnr(one: npt.NDArray[np.float64], other: npt.NDArray[np.float64]) -> float:
    return float(10 * np.log10(255**2 / ((one - other) ** 2).mean()))


@pytest.mark.parametrize(
    ("name", "conversion", "tags", "matrix"),
    [
        ("tagged 709", AS_709, ("-colorspace", "bt709"), "bt709"),
        ("tagged 601", AS_601, ("-colorspace", "smpte170m"), "bt601"),
        ("untagged and low", AS_601, (), "bt601"),
    ],
)  # fmt: skip
def test_no_colour_shifts_whatever_the_clip_means_by_its_numbers(
    name: str, conversion: str, tags: tuple[str, ...], matrix: str, tiny: Profile, tmp_path: Path
) -> None:
    clip = clip_with(tmp_path / "clip.mp4", AS_709, *tags)

    encode_segment(recipe_of("body", 5, (0,), replace(tiny, crf=8), ""), [clip], tmp_path / "out.mp4")

    assert psnr(colours_of(tmp_path / "out.mp4"), colours_of(clip, matrix)) >= 40, name


def test_an_untagged_clip_of_more_than_576_lines_is_read_as_709(tiny: Profile, tmp_path: Path) -> None:
    clip = clip_with(tmp_path / "clip.mp4", AS_709, size="360x640")

    encode_segment(recipe_of("body", 5, (0,), replace(tiny, crf=8), ""), [clip], tmp_path / "out.mp4")

    assert psnr(colours_of(tmp_path / "out.mp4"), colours_of(clip)) >= 40


def test_a_full_range_clip_keeps_its_black_and_white(tiny: Profile, tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    run_ffmpeg(
        ["-f", "lavfi", "-i", "color=white:s=180x320:r=30,format=rgb24", "-vf",
         "drawbox=w=90:h=320:c=black:t=fill,scale=out_range=pc:out_color_matrix=bt709,format=yuv420p",
         "-frames:v", "5", "-qp", "0", "-color_range", "pc", "-colorspace", "bt709", str(clip)],
        about="A full-range clip", timeout_seconds=30,
    )  # fmt: skip

    encode_segment(recipe_of("body", 5, (0,), tiny, ""), [clip], tmp_path / "out.mp4")

    shown = colours_of(tmp_path / "out.mp4")
    assert shown[2, 40, 8].max() <= 2
    assert shown[2, 40, 38].min() >= 253


@pytest.mark.parametrize("style", sorted(GRADES))
def test_a_grade_changes_the_picture_a_little_and_keeps_black_black_and_white_white(
    style: str, tiny: Profile, tmp_path: Path
) -> None:
    clip = clip_with(tmp_path / "clip.mp4", AS_709, "-colorspace", "bt709")
    recipe = replace(recipe_of("body", 5, (0,), tiny, ""), grade=style)

    encode_segment(recipe, [clip], tmp_path / "out.mp4")

    before, after = colours_of(clip), colours_of(tmp_path / "out.mp4")
    luma = np.array([0.2126, 0.7152, 0.0722])
    change = np.abs(after @ luma - before @ luma).mean()
    assert 0.3 < change < 25
    dark, light = before.max(axis=3) < 3, before.min(axis=3) > 252
    assert after[dark].mean() < 26
    assert after[light].mean() > 235


def test_noir_leaves_no_colour(tiny: Profile, tmp_path: Path) -> None:
    clip = clip_with(tmp_path / "clip.mp4", AS_709, "-colorspace", "bt709")
    recipe = replace(recipe_of("body", 5, (0,), tiny, ""), grade="noir")

    encode_segment(recipe, [clip], tmp_path / "out.mp4")

    shown = colours_of(tmp_path / "out.mp4")
    assert (shown.max(axis=3) - shown.min(axis=3)).mean() < 3


def test_an_own_cube_is_applied_after_the_grade(tiny: Profile, tmp_path: Path) -> None:
    clip = clip_with(tmp_path / "clip.mp4", AS_709, "-colorspace", "bt709")
    cube = tmp_path / "it's, a: [look].cube"
    rows = [f"{1 - r} {1 - g} {1 - b}" for b in (0, 1) for g in (0, 1) for r in (0, 1)]
    cube.write_text("\n".join(["LUT_3D_SIZE 2", *rows]))

    encode_segment(replace(recipe_of("body", 5, (0,), tiny, ""), cube=str(cube)), [clip], tmp_path / "out.mp4")

    assert psnr(colours_of(tmp_path / "out.mp4"), 255 - colours_of(clip)) > 30
