"""The procedural renderer behind `ports.Renderer`: specs planned from prompts, clips drawn frame by frame."""

import math
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from aiprod.errors import EngineMissing
from aiprod.ports import FilmLook, Shot, ShotBrief, Take
from aiprod.units import frames_to_seconds

if TYPE_CHECKING:
    from aiprod.visuals.motion.gpu import Gpu

VERSION = "4"


class MotionRenderer:
    """Draws scenes on the processor. One instance serves one process; it opens GL when it first draws."""

    name = "motion"
    version = VERSION
    queue = "cpu"
    usd_per_second = 0.0

    @cached_property
    def _gpu(self) -> "Gpu":
        from aiprod.visuals.motion.gpu import Gpu

        gpu = Gpu()
        with gpu.current():  # leaving it frees the context of this thread: `render` may run in another
            gpu.collect()
        return gpu

    def check(self) -> None:
        """Open a context and find ffmpeg. Raises: EngineMissing."""
        import shutil

        if shutil.which("ffmpeg") is None:
            raise EngineMissing(
                "The motion renderer expected the program ffmpeg and found none; install the package ffmpeg."
            )
        _ = self._gpu

    def plan(self, briefs: Sequence[ShotBrief], look: FilmLook) -> tuple[str, ...]:
        """One spec a brief."""
        from aiprod.visuals.motion.planner import plan_specs

        return plan_specs(briefs, look)

    def render(self, shot: Shot, folder: Path, progress: Callable[[int], None]) -> Take:
        """Draw the shot into `folder`. Raises: EngineMissing, InvalidInput, MediaBroken, StorageFull, Unavailable."""
        from aiprod.visuals.motion.presenting import Talk
        from aiprod.visuals.motion.spec import decode_spec
        from aiprod.visuals.motion.staging import stage_scene
        from aiprod.visuals.pipe import open_clip

        spec = decode_spec(shot.spec)
        seconds = float(frames_to_seconds(shot.frames, shot.rate))
        path = folder / f"motion-{shot.scene:02d}.mp4"
        told = max(1, math.ceil(shot.frames / 50))
        with self._gpu.current(), open_clip(path, shot.shape, shot.rate) as clip:
            talk = Talk(words=shot.words, phonemes=shot.phonemes)
            world = stage_scene(self._gpu, spec, shot.shape, seconds, talk)
            for number in range(shot.frames):
                picture = world.render(float(frames_to_seconds(number, shot.rate)), number)
                clip.write(picture.framebuffer.read(components=3, alignment=1))
                if (number + 1) % told == 0 or number + 1 == shot.frames:
                    progress(number + 1)
        return Take(path=path, credits=world.credits)
