"""The files beside a film, as a user finds them."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from aiprod import paths
from aiprod.media.stills import Still, write_still
from aiprod.ports import FilmLook, ShotBrief
from aiprod.profiles import find_profile
from aiprod.video import Status
from tests.doubles import ColourRenderer
from tests.house import engines_with, make, open_house


@dataclass
class WritingRenderer(ColourRenderer):
    """Says that every scene is written over from beginning to end, except one."""

    bare: int = 1

    def plan(self, briefs: Sequence[ShotBrief], look: FilmLook) -> tuple[str, ...]:
        return tuple(
            f'{{"scene": {brief.scene}, "lettered": {[] if brief.scene == self.bare else [[0.0, 1.0]]}}}'
            for brief in briefs
        )


@pytest.mark.parametrize("bare", [1, 3])
def test_the_thumbnail_shows_the_scene_that_nothing_is_written_over(tmp_path: Path, bare: int) -> None:
    app = open_house(tmp_path / "home", engines_with(motion=WritingRenderer(name="motion", bare=bare)))
    video = make(app)
    assert video.status is Status.COMPLETED, video.failure

    shown = np.asarray(Image.open(io.BytesIO(app.objects.read(paths.export(video.id, 1, "thumbnail.jpg")))), float)

    likest = {}
    for clip in app.ledger.clips(video.id, 1):
        profile = find_profile("draft")
        still = Still(source=app.objects.fetch(clip.address, tmp_path), frame=clip.frames // 2, rate=profile.rate,
                      shape=profile.shape(""))  # fmt: skip
        write_still(still, tmp_path / "still.png")
        picture = np.asarray(Image.open(tmp_path / "still.png").convert("RGB"), float)
        likest[clip.scene] = np.abs(picture.mean((0, 1)) - shown.mean((0, 1))).sum()
    assert min(likest, key=lambda scene: likest[scene]) == bare, likest
