"""open_nsfw with its real weights: harmless pictures pass, and it sees them as its publishers' own preparation shows them."""

import os
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from aiprod.errors import WeightsMissing
from aiprod.media.clip_gate import MOST_UNSAFE
from aiprod.models.registry import Registry, default_folder
from aiprod.models.sight.prompt_match import ClipMatcher
from aiprod.models.sight.safety import MODEL, OpenNsfwFilter
from aiprod.picture_ports import Pictures
from aiprod.screening import Screening
from aiprod.story import Scene
from aiprod.video import Clip


@pytest.fixture(scope="module")
def real() -> OpenNsfwFilter:
    registry = Registry(default_folder(os.environ))
    registry.fetch(MODEL)
    return OpenNsfwFilter(registry)


def blurred_skin() -> Pictures:
    """A rounded shape in the colours of skin: nothing that is not for everybody, and more than a landscape is."""
    down, across = np.mgrid[-1 : 1 : 300j, -1 : 1 : 200j]
    shade = np.clip(1.25 - down**2 - across**2, 0.15, 1)[..., None]
    return (shade * np.array([232, 186, 160]))[None].astype(np.uint8)


def test_pictures_of_films_are_for_everybody(real: OpenNsfwFilter) -> None:
    sheet = np.asarray(Image.open(Path(__file__).parents[4] / "docs/images/scenes.jpg").convert("RGB"))
    height, width = sheet.shape[0] // 2, sheet.shape[1] // 2
    parts = np.stack([sheet[row : row + height, left : left + width] for row in (0, height) for left in (0, width)])
    assert real.rate(parts) < 0.25 < MOST_UNSAFE


def test_it_rates_a_picture_as_the_package_that_carries_its_weights_does(real: OpenNsfwFilter) -> None:
    assert real.rate(blurred_skin()) == pytest.approx(0.0789, abs=0.005)


def test_the_worst_picture_of_a_clip_decides(real: OpenNsfwFilter) -> None:
    grey = np.full_like(blurred_skin(), 90)
    apart = [real.rate(one) for one in (grey, blurred_skin())]
    assert apart[0] != apart[1]
    assert real.rate(np.concatenate([grey, blurred_skin()])) == max(apart)
    assert real.rate(np.concatenate([blurred_skin(), grey])) == max(apart)


def test_a_harmless_clip_passes_and_what_could_not_be_measured_is_said(real: OpenNsfwFilter, tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=180x320:r=15:d=3", "-c:v", "libx264", "-preset", "ultrafast",
         "-pix_fmt", "yuv420p", "-threads", "1", str(clip)],
        check=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    screening = Screening(matcher=ClipMatcher(Registry(tmp_path)), safety_filter=real, safety="block")
    asked = Clip(video="v", revision=1, scene=1, renderer="wan", queue="q", key="k", spec="{}", frames=45, seed=1)
    screened = screening.look(clip, asked, Scene(number=1, visual="A panda in a forest", lines=()), "en", 1.0)
    assert (screened.refused, screened.faults) == (False, ())
    assert 0 <= dict(screened.scores)["unsafe by open-nsfw@1.0.0"] < MOST_UNSAFE
    assert screened.notes == ("Prompt match was not measured: fetch its model with `aiprod models fetch clip-vit-b32@1.0.0`.",)


def test_without_its_weights_it_says_what_to_fetch(tmp_path: Path) -> None:
    with pytest.raises(WeightsMissing) as caught:
        OpenNsfwFilter(Registry(tmp_path)).check()
    assert str(caught.value).endswith("Run `aiprod models fetch open-nsfw`.")
