"""The renderer of the user's own pictures and clips: cut with care, moved slowly, made exactly as long as the shot.

A picture is never stretched: it is cut to the frame around what draws the eye, or, when too much of that would be
lost, shown whole over a blurred copy of itself. Knows files and cameras; `clips.py` fits clips.
"""

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aiprod.errors import InvalidInput, MediaBroken
from aiprod.media.process import find_program
from aiprod.ports import FilmLook, Shot, ShotBrief, Take
from aiprod.profiles import Shape
from aiprod.prompts import analyse
from aiprod.visuals.clips import fit_clip
from aiprod.visuals.framing import Attention, Window, attention_in, find_attention, find_focus, find_window
from aiprod.visuals.motion.variation import draw
from aiprod.visuals.pipe import open_clip

if TYPE_CHECKING:
    from PIL.Image import Image

VERSION = "2"
LEAST_ATTENTION = 0.6
"""Below this share of what draws the eye, cutting would lose the subject: the picture is shown whole."""
MOST_PIXELS = 120_000_000
OVERSAMPLE = 1.35
ZOOM, DRIFT, CLOSER = 0.14, 0.09, 0.9
KEPT = 0.85
"""The share of a window's attention that a move across must keep at both its ends."""
MOVES = ("in", "right", "out", "left", "up", "down")
_TOLD = {"in": "in", "out": "out", "left": "left", "right": "right", "up": "up", "down": "down"}


@dataclass(frozen=True, slots=True, kw_only=True)
class StillsSpec:
    """How the camera moves over a picture: a direction, and `amount` 0..1."""

    move: str
    amount: float


class StillsRenderer:
    """Shows the picture or the clip that the user gave for a scene."""

    name = "stills"
    version = VERSION
    queue = "cpu"
    usd_per_second = 0.0

    def check(self) -> None:
        """Raises: EngineMissing."""
        find_program("ffmpeg")
        find_program("ffprobe")

    def plan(self, briefs: Sequence[ShotBrief], look: FilmLook) -> tuple[str, ...]:
        """One camera move a brief, never the same twice running unless the prompts ask for it."""
        return tuple(_encode(_plan(brief, look, place)) for place, brief in enumerate(briefs))

    def render(self, shot: Shot, folder: Path, progress: Callable[[int], None]) -> Take:
        """Draw the shot into `folder`. Raises: InvalidInput, MediaBroken, StorageFull, EngineMissing."""
        if shot.media is None:
            raise InvalidInput(f"scene {shot.scene}", expected="a picture or a clip of yours", found="none")
        path = folder / f"stills-{shot.scene:02d}.mp4"
        picture = read_picture(shot.media)
        if picture is None:
            notes = fit_clip(shot.media, shot, path)
            progress(shot.frames)
        else:
            notes = _show_picture(picture, decode_stills_spec(shot.spec), shot, path, progress)
        return Take(path=path, notes=notes)


def decode_stills_spec(text: str) -> StillsSpec:
    """The spec of a text. Raises: InvalidInput."""
    try:
        fields = json.loads(text)
        spec = StillsSpec(move=str(fields["move"]), amount=float(fields["amount"]))
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidInput("stills spec", expected='JSON with "move" and "amount"', found=text[:60]) from error
    if spec.move not in MOVES or not 0.0 <= spec.amount <= 1.0:
        raise InvalidInput("stills spec", expected=f"a move among {', '.join(MOVES)}, amount 0..1", found=text[:60])
    return spec


def read_picture(path: Path) -> "Image | None":
    """The picture upright in sRGB, or None when the file is no still picture (then it may be a clip).

    Raises: MediaBroken, for a picture that is damaged or too large.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(path) as opened:
            if getattr(opened, "n_frames", 1) > 1:
                return None
            if opened.width * opened.height > MOST_PIXELS:
                raise MediaBroken(
                    f"Expected a picture of at most {MOST_PIXELS // 1_000_000} megapixels in {path.name}, found "
                    f"{opened.width}x{opened.height}; give a smaller one."
                )
            upright = ImageOps.exif_transpose(opened)
            profile = opened.info.get("icc_profile")
            picture = _flattened(upright)
    except UnidentifiedImageError:
        return None
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise MediaBroken(f"Expected a whole picture in {path.name}, found a damaged one ({error}).") from error
    if profile:
        picture = _in_srgb(picture, profile)
    return picture


def _plan(brief: ShotBrief, look: FilmLook, place: int) -> StillsSpec:
    told = _TOLD.get(analyse(brief.visual, look.language).camera_direction, "")
    turn = (draw(look.seed, "stills") + place + brief.take) % len(MOVES)
    amount = 0.6 + 0.4 * (draw(look.seed, "stills", place, brief.take) % 1000) / 1000
    return StillsSpec(move=told or MOVES[turn], amount=round(amount, 3))


def _encode(spec: StillsSpec) -> str:
    return json.dumps(asdict(spec), sort_keys=True, separators=(",", ":"))


def _show_picture(
    picture: "Image", spec: StillsSpec, shot: Shot, path: Path, progress: Callable[[int], None]
) -> tuple[str, ...]:
    """Move the camera over the picture; each frame is resampled from the same source, so nothing trembles."""
    from PIL import Image

    shape, notes = shot.shape, []
    attention = find_attention(np.asarray(_reduced_for(picture)))
    aspect = shape.width_px / shape.height_px
    window = find_window(attention, picture.width / picture.height, aspect)
    focus = find_focus(attention, window)
    if window.attention < LEAST_ATTENTION:
        picture = _whole_over_blur(picture, shape)
        window, focus = Window(left=0.0, top=0.0, width=1.0, height=1.0), (0.5, 0.5)
        attention = find_attention(np.asarray(_reduced_for(picture)))
        notes.append(f"Scene {shot.scene}: the picture's shape is far from the film's; it is shown whole over a blur.")
    if picture.width * window.width < 0.6 * shape.width_px:
        notes.append(f"Scene {shot.scene}: the picture has few pixels for this film and will look soft.")
    picture = _at_working_size(picture, window, shape)
    start, end = _path(window, focus, spec, attention)
    size, told = (shape.width_px, shape.height_px), max(1, math.ceil(shot.frames / 50))
    with open_clip(path, shape, shot.rate) as clip:
        for number in range(shot.frames):
            box = _box(start, end, _eased(number / max(1, shot.frames - 1)), picture)
            frame = picture.resize(size, Image.Resampling.BICUBIC, box=box)
            clip.write(frame.tobytes())
            if (number + 1) % told == 0 or number + 1 == shot.frames:
                progress(number + 1)
    return tuple(notes)


def _path(
    window: Window, focus: tuple[float, float], spec: StillsSpec, attention: Attention
) -> tuple[Window, Window]:
    """First and last window of a move. A move across sees a little less, to have room, and stays short enough to
    lose nothing that draws the eye; where there is no such room the camera goes in instead."""
    if spec.move not in ("in", "out"):
        closer = window.scaled(CLOSER, focus)
        least = KEPT * min(attention_in(attention, window), window.attention)
        for part in (1.0, 0.66, 0.4):
            room = DRIFT * spec.amount * part
            across = {"left": room, "right": -room}.get(spec.move, 0.0)
            down = {"up": room, "down": -room}.get(spec.move, 0.0)
            start, end = closer.moved(across, down), closer.moved(-across, -down)
            if min(attention_in(attention, start), attention_in(attention, end)) >= least and start != end:
                return start, end
    near = window.scaled(1.0 - ZOOM * spec.amount, focus)
    return (near, window) if spec.move == "out" else (window, near)


def _box(start: Window, end: Window, share: float, picture: "Image") -> tuple[float, float, float, float]:
    # Sizes change by equal ratios, not equal steps, so that a zoom feels steady.
    width = start.width * (end.width / start.width) ** share
    height = start.height * (end.height / start.height) ** share
    left = start.left + (end.left - start.left) * share
    top = start.top + (end.top - start.top) * share
    if abs(end.width - start.width) > 1e-9:
        grown = (width - start.width) / (end.width - start.width)
        left = start.left + (end.left - start.left) * grown
        top = start.top + (end.top - start.top) * grown
    return (
        max(0.0, left * picture.width), max(0.0, top * picture.height),
        min(float(picture.width), (left + width) * picture.width),
        min(float(picture.height), (top + height) * picture.height),
    )  # fmt: skip


def _eased(part: float) -> float:
    """Slow at both ends, and never quite still in between (a blend of a line and a smooth step)."""
    smooth = part * part * part * (part * (6 * part - 15) + 10)
    return 0.35 * part + 0.65 * smooth


def _reduced_for(picture: "Image") -> "Image":
    small = picture.copy()
    small.thumbnail((384, 384))
    return small


def _at_working_size(picture: "Image", window: Window, shape: Shape) -> "Image":
    """The picture no larger than the moves need: resampling is faster and as sharp."""
    from PIL import Image

    factor = OVERSAMPLE * shape.width_px / (picture.width * window.width)
    if factor >= 1.0:
        return picture
    size = (max(2, round(picture.width * factor)), max(2, round(picture.height * factor)))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _whole_over_blur(picture: "Image", shape: Shape) -> "Image":
    """The whole picture, as large as it fits, over a dim blurred copy that fills the frame (with room to zoom)."""
    from PIL import Image, ImageEnhance, ImageFilter, ImageOps

    size = (round(shape.width_px * OVERSAMPLE), round(shape.height_px * OVERSAMPLE))
    back = ImageOps.fit(picture, (max(2, size[0] // 8), max(2, size[1] // 8)), Image.Resampling.BILINEAR)
    back = back.filter(ImageFilter.GaussianBlur(max(2.0, size[0] / 8 / 24)))
    back = ImageEnhance.Brightness(back.resize(size, Image.Resampling.BICUBIC)).enhance(0.55)
    front = ImageOps.contain(picture, size, Image.Resampling.LANCZOS)
    back.paste(front, ((size[0] - front.width) // 2, (size[1] - front.height) // 2))
    return back


def _flattened(picture: "Image") -> "Image":
    """RGB, with what is transparent shown over soft grey."""
    from PIL import Image

    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        ground = Image.new("RGBA", layered.size, (38, 40, 46, 255))
        return Image.alpha_composite(ground, layered).convert("RGB")
    if picture.mode.startswith("I;16"):
        return picture.point(lambda value: value / 256).convert("RGB")
    return picture.convert("RGB")


def _in_srgb(picture: "Image", profile: bytes) -> "Image":
    """Colours of the picture's own profile brought to sRGB; a broken profile is passed over."""
    import io

    from PIL import ImageCms

    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return picture
    return converted or picture
