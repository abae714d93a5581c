"""What a clip's renderer is asked for, by the clip's document and its film's plan, and which other clips can share its batch."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from aiprod import paths
from aiprod.artefacts import Artefacts
from aiprod.dispatching import Party, Turns
from aiprod.errors import InvalidInput, NotFound, Transient
from aiprod.logs import logger
from aiprod.manifests import PlanManifest
from aiprod.ports import Renderer, Shot
from aiprod.rendering.leases import Holder
from aiprod.sittings import together
from aiprod.video import Clip

MOST_PLANS = 12
"""Films whose plans are read to find company for a clip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shots:
    """The shots of clips that wait; plans are read once."""

    artefacts: Artefacts
    renderers: Mapping[str, Renderer]
    _plans: dict[tuple[str, int], PlanManifest] = field(default_factory=dict)

    def fetched(self, clip: Clip, folder: Path) -> Shot:
        """The clip's shot, with the user's media and the narration in or outside of the folder. Raises: NotFound, InvalidInput."""
        planned, fetch = self._plan(clip).shot(clip.scene), self.artefacts.objects.fetch
        return replace(
            self._shot(clip), media=fetch(planned.media, folder) if planned.media else None,
            sound=fetch(planned.sound, folder) if planned.sound else None,
        )  # fmt: skip

    def join(self, first: Clip, turns: Turns, holder: Holder, tasks: int) -> tuple[Clip, ...]:
        """Claim clips that can be drawn together with one that is claimed. Raises: what the renderer's `check` does."""
        renderer = together(self.renderers[first.renderer])
        most = renderer.most_together()
        if most < 2:
            return ()
        company = renderer.company(self._shot(first))
        keys = {first.key}

        def fits(clip: Clip) -> bool:
            if (clip.renderer, clip.version) != (first.renderer, first.version) or clip.key in keys:
                return False
            if (clip.video, clip.revision) not in self._plans and len(self._plans) >= MOST_PLANS:
                return False
            try:
                fitting = renderer.company(self._shot(clip)) == company
            except (NotFound, InvalidInput, Transient):
                return False
            if fitting:
                keys.add(clip.key)  # equal work is drawn once, and copied
            return fitting

        try:
            return turns.join(first, Party(most=most, tasks=tasks, fits=fits), holder.claim)
        except Transient as error:
            logger().warning("no company looked for", reason=str(error))
            return ()

    def _plan(self, clip: Clip) -> PlanManifest:
        film = (clip.video, clip.revision)
        if film not in self._plans:
            self._plans[film] = self.artefacts.read(PlanManifest, paths.plan(*film))
        return self._plans[film]

    def _shot(self, clip: Clip) -> Shot:
        plan = self._plan(clip)
        planned = plan.shot(clip.scene)
        return Shot(
            scene=clip.scene, spec=clip.spec, frames=clip.frames, rate=plan.timeline.rate, shape=plan.work_shape,
            seed=clip.seed, style=plan.style, words=planned.words, phonemes=planned.phonemes,
            sound_start=planned.sound_start,
        )  # fmt: skip
