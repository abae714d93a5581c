import itertools
import json
import subprocess
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageDraw

from aiprod.errors import InvalidInput, MediaBroken
from aiprod.media.boxes import read_encoded_picture
from aiprod.media.probe import probe
from aiprod.ports import FilmLook, Shot, ShotBrief
from aiprod.profiles import Shape
from aiprod.timeline import TRANSITION_SECONDS
from aiprod.visuals.framing import attention_in, find_attention, find_window
from aiprod.visuals.stills import MOVES, StillsRenderer, decode_stills_spec

LOOK = FilmLook(style="cinematic", language="en", seed=3)
TALL = Shape(width_px=180, height_px=320)
RED = (225, 60, 35)
Frames = npt.NDArray[np.uint8]


def spec(move: str, amount: float = 1.0) -> str:
    return json.dumps({"move": move, "amount": amount})


def shot(media: Path, move: str = "in", **changes: object) -> Shot:
    made = Shot(
        scene=1, spec=spec(move), frames=31, rate=Fraction(30), shape=TALL, seed=1, style="cinematic", media=media
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def picture(path: Path, size: tuple[int, int], centre: tuple[int, int], radius: int) -> Path:
    """A plain scene with a round red subject."""
    width, height = size
    down = np.linspace(0, 1, height)[:, None]
    pixels = np.zeros((height, width, 3), dtype=np.uint8)
    pixels[..., 0], pixels[..., 1], pixels[..., 2] = 90 + 70 * down, 150 + 30 * down, 215 - 110 * down
    drawn = Image.fromarray(pixels)
    x, y = centre
    ImageDraw.Draw(drawn).ellipse((x - radius, y - radius, x + radius, y + radius), fill=RED)
    drawn.save(path)
    return path


def make_clip(path: Path, graph: str) -> Path:
    command = ["ffmpeg", "-y", "-loglevel", "error", "-f", "lavfi", "-i", graph, "-pix_fmt", "yuv420p", "-threads", "1"]
    subprocess.run([*command, str(path)], check=True, timeout=60)
    return path


def frames_of(path: Path, shape: Shape = TALL) -> Frames:
    command = ["ffmpeg", "-loglevel", "error", "-i", str(path), "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    content = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout
    return np.frombuffer(content, dtype=np.uint8).reshape(-1, shape.height_px, shape.width_px, 3)


def red_cells(frame: Frames) -> npt.NDArray[np.bool_]:
    near = np.abs(frame.astype(int) - np.array(RED)).sum(axis=2)
    return np.asarray(near < 90)


def render(made: Shot, folder: Path) -> tuple[Frames, tuple[str, ...]]:
    told: list[int] = []
    take = StillsRenderer().render(made, folder, told.append)
    facts = probe(take.path).picture
    assert facts is not None
    assert (facts.frames, facts.width_px, facts.height_px) == (made.frames, made.shape.width_px, made.shape.height_px)
    assert facts.rate == made.rate
    assert (facts.pixel_format, facts.colour_matrix, facts.colour_primaries, facts.colour_range) == (
        "yuv420p", "bt709", "bt709", "tv",
    )  # fmt: skip
    assert told[-1] == made.frames
    return frames_of(take.path, made.shape), take.notes


@pytest.mark.parametrize("centre", [(150, 300), (450, 300), (750, 300)])
@pytest.mark.parametrize("move", MOVES)
def test_a_wide_picture_keeps_its_subject_whole_in_a_tall_film(
    tmp_path: Path, centre: tuple[int, int], move: str
) -> None:
    media = picture(tmp_path / "own.png", (900, 600), centre, 80)
    frames, notes = render(shot(media, move, frames=9), tmp_path)
    assert notes == ()
    for frame in frames:
        red = red_cells(frame)
        assert red.any()
        assert not red[:, 0].any()
        assert not red[:, -1].any()


def test_nothing_is_stretched(tmp_path: Path) -> None:
    media = picture(tmp_path / "own.png", (900, 600), (500, 300), 90)
    frames, _ = render(shot(media, "in", frames=3), tmp_path)
    red = red_cells(frames[0])
    across, down = red.any(axis=0).sum(), red.any(axis=1).sum()
    assert across == pytest.approx(down, abs=3)


def test_the_camera_goes_in_on_the_subject_slowly_and_smoothly(tmp_path: Path) -> None:
    media = picture(tmp_path / "own.png", (900, 600), (450, 300), 80)
    frames, _ = render(shot(media, "in"), tmp_path)
    sizes = [int(red_cells(frame).sum()) for frame in frames]
    assert sizes[-1] > 1.2 * sizes[0]
    assert all(later >= earlier - 12 for earlier, later in itertools.pairwise(sizes))
    backwards, _ = render(shot(media, "out"), tmp_path)
    assert red_cells(backwards[-1]).sum() < red_cells(backwards[0]).sum()


def test_a_picture_whose_subject_fills_it_is_shown_whole(tmp_path: Path) -> None:
    chance = np.random.default_rng(1)
    busy = Image.fromarray(chance.integers(0, 255, (30, 90, 3), dtype=np.uint8)).resize((900, 300))
    busy.save(tmp_path / "busy.png")
    frames, notes = render(shot(tmp_path / "busy.png", frames=3), tmp_path)
    assert "shown whole" in notes[0]
    rough = np.abs(np.diff(frames[0].astype(int), axis=1)).mean(axis=(1, 2))
    assert rough[155:165].mean() > 3 * rough[20:40].mean()


def test_a_picture_turned_by_its_camera_is_shown_upright(tmp_path: Path) -> None:
    upright = picture(tmp_path / "plain.png", (400, 700), (200, 150), 70)
    turned = Image.open(upright).rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = 6
    turned.save(tmp_path / "turned.jpg", exif=exif, quality=95)
    frames, _ = render(shot(tmp_path / "turned.jpg", frames=2), tmp_path)
    rows = np.flatnonzero(red_cells(frames[0]).any(axis=1))
    assert rows.size
    assert rows.mean() < TALL.height_px / 2


def test_a_transparent_picture_has_no_black_holes(tmp_path: Path) -> None:
    layer = Image.new("RGBA", (300, 500), (0, 0, 0, 0))
    ImageDraw.Draw(layer).ellipse((80, 180, 220, 320), fill=(*RED, 255))
    layer.save(tmp_path / "cut.png")
    frames, _ = render(shot(tmp_path / "cut.png", frames=2), tmp_path)
    assert red_cells(frames[0]).any()
    assert frames[0][10, 10].min() > 20


def test_a_small_picture_is_used_with_a_note(tmp_path: Path) -> None:
    media = picture(tmp_path / "tiny.png", (60, 100), (30, 50), 12)
    _, notes = render(shot(media, frames=2), tmp_path)
    assert "few pixels" in notes[0]


def test_the_same_picture_gives_the_same_bytes(tmp_path: Path) -> None:
    media = picture(tmp_path / "own.png", (600, 400), (300, 200), 60)
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        made.append(StillsRenderer().render(shot(media, frames=6), tmp_path / name, lambda _: None).path.read_bytes())
    assert made[0] == made[1]


def test_a_longer_clip_is_trimmed_and_keeps_its_subject(tmp_path: Path) -> None:
    clip = make_clip(
        tmp_path / "long.mp4", "color=c=0x6699cc:s=640x360:r=25:d=3,drawbox=x=470:y=140:w=80:h=80:color=0xe13c23:t=fill"
    )
    frames, notes = render(shot(clip), tmp_path)
    assert notes == ()
    red = red_cells(frames[15])
    assert red.any()
    assert not red[:, 0].any()
    assert not red[:, -1].any()


def test_a_shorter_clip_comes_round_again_without_a_jump(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "short.mp4", "gradients=s=180x320:r=30:d=1:speed=0.05:seed=4:c0=red:c1=blue")
    frames, notes = render(shot(clip, frames=100), tmp_path)
    assert "comes round again" in notes[0]
    jumps = np.abs(np.diff(frames.astype(int), axis=0)).mean(axis=(1, 2, 3))
    assert jumps.max() < 12
    assert jumps[70:].max() > 0


def test_a_clip_of_a_moment_still_fills_its_shot(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "moment.mp4", "testsrc2=s=180x320:r=30:d=0.1")
    frames, _ = render(shot(clip, frames=75), tmp_path)
    assert len(frames) == 75


def test_a_wide_busy_clip_is_shown_whole_over_a_blur(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "wide.mp4", "cellauto=s=480x200:r=30:rule=30:seed=3:full=1,trim=duration=2")
    frames, notes = render(shot(clip, frames=30), tmp_path)
    assert "shown whole" in notes[0]
    rough = np.abs(np.diff(frames[20].astype(int), axis=1)).mean(axis=(1, 2))
    assert rough[150:170].mean() > 3 * rough[10:40].mean()


def test_a_clip_at_broadcast_rate_has_exactly_its_frames(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "odd.mp4", "testsrc2=s=320x180:r=24000/1001:d=2")
    frames, _ = render(shot(clip, rate=Fraction(25), frames=47, shape=Shape(width_px=320, height_px=180)), tmp_path)
    assert len(frames) == 47


@pytest.mark.parametrize("rate", [Fraction(30), Fraction(25)])
def test_a_clip_can_be_entered_wherever_a_transition_ends(tmp_path: Path, rate: Fraction) -> None:
    """Else its film's segments are decoded from the clip's beginning, each of them."""
    clip = make_clip(tmp_path / "own.mp4", "testsrc2=s=180x320:r=30:d=3")
    StillsRenderer().render(shot(clip, rate=rate, frames=60), tmp_path, lambda done: None)
    (made,) = (path for path in tmp_path.glob("*.mp4") if path != clip)
    ends = {int(length * rate) for length in TRANSITION_SECONDS.values()}
    assert ends <= set(read_encoded_picture(made).key_frames)


def test_a_file_that_is_neither_says_so(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no picture at all")
    with pytest.raises(MediaBroken):
        StillsRenderer().render(shot(tmp_path / "notes.txt"), tmp_path, lambda _: None)


def test_half_a_picture_is_refused(tmp_path: Path) -> None:
    whole = picture(tmp_path / "own.jpg", (600, 400), (300, 200), 60).read_bytes()
    (tmp_path / "half.jpg").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(MediaBroken, match=r"half\.jpg"):
        StillsRenderer().render(shot(tmp_path / "half.jpg"), tmp_path, lambda _: None)


def test_a_scene_without_media_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="scene 1"):
        StillsRenderer().render(replace(shot(tmp_path), media=None), tmp_path, lambda _: None)


def test_moves_differ_between_neighbours_and_follow_the_prompt() -> None:
    briefs = [ShotBrief(scene=i + 1, visual="", text="", media="m") for i in range(6)]
    plans = [decode_stills_spec(text).move for text in StillsRenderer().plan(briefs, LOOK)]
    assert len(set(plans)) == 6
    told = ShotBrief(scene=1, visual="My house, zoom out", text="", media="m")
    assert decode_stills_spec(StillsRenderer().plan([told], LOOK)[0]).move == "out"


@pytest.mark.parametrize("text", ["", "{}", '{"move":"spin","amount":1}', '{"move":"in","amount":7}', "[]"])
def test_a_wrong_spec_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        decode_stills_spec(text)


def test_a_window_never_leaves_the_picture() -> None:
    chance = np.random.default_rng(5)
    for _ in range(20):
        attention = find_attention(chance.integers(0, 255, (70, 110, 3), dtype=np.uint8))
        for aspect in (0.5625, 1.0, 2.2):
            window = find_window(attention, 110 / 70, aspect)
            for seen in (window, window.scaled(0.8, (0.1, 0.9)), window.moved(0.5, -0.5)):
                assert seen.left >= 0
                assert seen.top >= 0
                assert seen.left + seen.width <= 1 + 1e-9
                assert seen.top + seen.height <= 1 + 1e-9
            assert 0 < attention_in(attention, window) <= 1 + 1e-6
