"""The renderer `stock` behind `ports.Renderer`: a clip of Pexels or Pixabay, fitted to the shot and credited.

Libraries are asked in their order, each behind its own breaker, so that one that is down or has no requests left is passed
over; the first clip that can be had and used is taken.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from aiprod.errors import AiprodError, EngineMissing, InvalidSetting, NotFound, Permanent, Transient
from aiprod.logs import logger
from aiprod.media.attribution import write_attribution
from aiprod.media.process import find_program
from aiprod.ports import Clock, Documents, FilmLook, Shot, ShotBrief, Take
from aiprod.profiles import Shape
from aiprod.units import frames_to_seconds
from aiprod.visuals.clips import fit_clip
from aiprod.visuals.hosted.breaker import Breaker
from aiprod.visuals.stock.answers import Answers
from aiprod.visuals.stock.footage import Footage, Library, Query, choose_footage, decode_spec, plan_specs

VERSION = "2"
MOST_TRIED = 3
"""Clips that are downloaded before a library's answer counts as useless."""


class StockRenderer:
    """Shows what others filmed, where a library has it and a key is set."""

    name = "stock"
    version = VERSION
    queue = "api"
    usd_per_second = 0.0

    def __init__(self, libraries: Sequence[Library], breakers: Mapping[str, Breaker], answers: Answers) -> None:
        self._libraries = libraries
        self._breakers = breakers
        self._answers = answers

    def check(self) -> None:
        """Raises: EngineMissing, when there is a key for no library."""
        find_program("ffmpeg")
        find_program("ffprobe")
        if not self._open():
            raise EngineMissing(
                "The renderer stock needs a free key of Pexels in AIPROD_PEXELS_KEY (www.pexels.com/api) or of Pixabay in"
                " AIPROD_PIXABAY_KEY (pixabay.com/api/docs); found neither."
            )

    def plan(self, briefs: Sequence[ShotBrief], look: FilmLook) -> tuple[str, ...]:
        """What to look for, scene by scene."""
        return plan_specs(briefs, look)

    def render(self, shot: Shot, folder: Path, progress: Callable[[int], None]) -> Take:
        """Find, fetch and fit a clip. Raises: EngineMissing, NotFound (no such clip), Transient, Permanent."""
        self.check()
        spec = decode_spec(shot.spec)
        faults: list[AiprodError] = []
        tried = 0
        for library, footage in self._found(shot, faults):
            if tried == MOST_TRIED:
                break
            tried += 1
            source = folder / f"stock-{shot.scene:02d}-{tried}.mp4"
            fitted = folder / f"stock-{shot.scene:02d}-{tried}-fitted.mp4"
            try:
                source.write_bytes(library.download(footage.file_for(shot.shape).url))
                progress(shot.frames // 2)
                notes = fit_clip(source, shot, fitted)
            except (Transient, Permanent, NotFound) as error:
                logger().warning("footage not used", page=footage.page, reason=str(error))
                faults.append(error)
                continue
            path = folder / f"stock-{shot.scene:02d}.mp4"
            write_attribution(fitted, (footage.credit,), path)
            progress(shot.frames)
            return Take(path=path, notes=notes, credits=(footage.credit,))
        if faults:
            raise next((fault for fault in faults if isinstance(fault, Transient)), faults[0])
        names = " and ".join(library.name for library in self._open())
        asked = "; ".join(query.text for query in spec.queries)
        raise NotFound(f"Expected footage for scene {shot.scene} at {names}, found none of: {asked}.")

    def _open(self) -> tuple[Library, ...]:
        """The libraries that have a key."""
        opened = []
        for library in self._libraries:
            try:
                library.check()
            except EngineMissing:
                continue
            opened.append(library)
        return tuple(opened)

    def _search(self, library: Library, query: Query, shape: Shape) -> tuple[Footage, ...]:
        known = self._answers.known(library.name, query, shape)
        if known is not None:
            return known
        breaker = self._breakers[library.name]
        breaker.admit()
        try:
            found = library.search(query, shape)
        except Transient:
            breaker.failed()
            raise
        breaker.succeeded()
        self._answers.keep(library.name, query, shape, found)
        return found

    def _found(self, shot: Shot, faults: list[AiprodError]) -> Iterator[tuple[Library, Footage]]:
        """Clips that suit, the best query first and in it the library's order; what a library failed at is noted."""
        spec = decode_spec(shot.spec)
        wanted = frames_to_seconds(shot.frames, shot.rate)
        failing: set[str] = set()
        for query in spec.queries:
            for library in self._open():
                if library.name in failing:
                    continue
                try:
                    found = self._search(library, query, shot.shape)
                except (Transient, Permanent, InvalidSetting) as error:
                    failing.add(library.name)
                    faults.append(error)
                    continue
                suited = choose_footage(found, query, shot.shape, wanted)
                if suited:
                    turn = spec.turn % len(suited)
                    yield from ((library, footage) for footage in (*suited[turn:], *suited[:turn]))


def stock_renderer(libraries: Sequence[Library], documents: Documents, clock: Clock) -> StockRenderer:
    """The renderer over these libraries, with a breaker for each and one memory of what they answered."""
    breakers = {one.name: Breaker(service=one.name, documents=documents, clock=clock) for one in libraries}
    return StockRenderer(libraries, breakers, Answers(documents=documents, clock=clock))
