"""The files beside a film, as a user finds them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

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

    thumbnail = app.objects.read(paths.export(video.id, 1, "thumbnail.jpg"))

    found = []
    profile = find_profile("draft")
    for clip in app.ledger.clips(video.id, 1):
        file = app.objects.fetch(clip.address, tmp_path)
        for frame, _ in clip.views:
            still = Still(source=file, frame=frame, rate=profile.rate, shape=profile.shape(""))
            write_still(still, tmp_path / "still.jpg")
            if (tmp_path / "still.jpg").read_bytes() == thumbnail:
                found.append(clip.scene)
    assert found == [bare]
