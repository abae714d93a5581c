"""What the numbers of a picture mean, and how to bring them to BT.709 without a shift.

Knows matrices, ranges and the usual rule for untagged pictures; knows no taste (see `grade.py`).
Source of the rule: players read untagged video of at most 576 lines as BT.601 and taller video as BT.709.
"""

from aiprod.media.graph import Stream
from aiprod.media.probe import PictureFacts
from aiprod.profiles import Shape

SD_LINES = 576
OUTPUT_TAGS = {"color_primaries": "bt709", "color_trc": "bt709", "colorspace": "bt709", "color_range": "tv"}
"""ffmpeg's output options that tag a film as limited-range BT.709."""

_BT601 = ("smpte170m", "bt470bg", "fcc")
_WIDE = ("bt2020nc", "bt2020c")
_HDR_TRANSFERS = ("smpte2084", "arib-std-b67")


def matrix_of(picture: PictureFacts) -> str:
    """The matrix that a player would read the picture with: its tag, else the usual rule."""
    if picture.pixel_format.startswith(("rgb", "bgr", "gbr", "argb", "pal")):
        return "gbr"
    if picture.colour_matrix:
        return picture.colour_matrix
    shorter = min(picture.width_px, picture.height_px) if picture.rotation % 180 else picture.height_px
    return "smpte170m" if shorter <= SD_LINES else "bt709"


def is_full_range(picture: PictureFacts) -> bool:
    """Whether black is 0 and white is 255."""
    return picture.colour_range == "pc" or picture.pixel_format.startswith("yuvj") or matrix_of(picture) == "gbr"


def to_film(stream: Stream, picture: PictureFacts, shape: Shape) -> Stream:
    """The picture at the film's size, 8-bit 4:2:0 BT.709 limited range, converted once and only where it must be."""
    same_size = (picture.width_px, picture.height_px) == (shape.width_px, shape.height_px)
    matrix = matrix_of(picture)
    if picture.colour_transfer in _HDR_TRANSFERS:
        return _from_hdr(stream, picture, shape)
    if matrix == "bt709" and not is_full_range(picture):
        if not same_size:
            stream = _scaled(stream, shape)
        return stream if picture.pixel_format == "yuv420p" else stream.filter("format", "yuv420p")
    if matrix == "gbr":
        # swscale reads RGB as full range and must be told the matrix to write.
        return stream.filter(
            "scale", w=shape.width_px, h=shape.height_px, flags="bicubic+accurate_rnd+full_chroma_inp",
            out_color_matrix="bt709", out_range="tv",
        ).filter("format", "yuv420p")  # fmt: skip
    converted = stream.filter(
        "zscale", w=shape.width_px, h=shape.height_px, f="bicubic",
        min="170m" if matrix in _BT601 else "2020_ncl" if matrix in _WIDE else "709",
        rin="full" if is_full_range(picture) else "limited", m="709", r="limited",
    )  # fmt: skip
    return converted.filter("format", "yuv420p")


def _scaled(stream: Stream, shape: Shape) -> Stream:
    return stream.filter("scale", w=shape.width_px, h=shape.height_px, flags="bicubic")


def _from_hdr(stream: Stream, picture: PictureFacts, shape: Shape) -> Stream:
    linear = stream.filter(
        "zscale", w=shape.width_px, h=shape.height_px, f="bicubic", min="2020_ncl", pin="2020",
        tin=picture.colour_transfer, t="linear", npl="203",
    )  # fmt: skip
    narrow = linear.filter("format", "gbrpf32le").filter("zscale", p="709")
    narrow = narrow.filter("tonemap", tonemap="hable", desat="0")
    return narrow.filter("zscale", t="709", m="709", r="limited").filter("format", "yuv420p")
