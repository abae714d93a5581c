"""The faces that subtitles and posters are drawn with."""

from pathlib import Path

FONTS_FOLDER = Path(__file__).parent / "fonts"
