"""Which version of a model a team uses: dev, staging, production, a canary share, the way back.

Knows one small document a model, in the documents of whatever cloud films are made in: a team shares it, a laptop has its
own. A model without one is used in the version that its manifest puts first.
"""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal, TypeAlias

from aiprod import compare_and_set
from aiprod.encoding import from_fields, to_fields
from aiprod.errors import Conflict, InvalidInput, Misuse
from aiprod.logs import bound
from aiprod.models.manifest import Manifest, Model, Quality
from aiprod.models.registry import Registry
from aiprod.ports import Documents, Fields, Write

COLLECTION = "models"
BEGUN = "model-versions"
TOLERANCE = 0.02
REMEMBERED_SECONDS = 30.0
REMEMBERED_VIDEOS = 1000
Better: TypeAlias = Literal["higher", "lower"]


class Stage(StrEnum):
    """How far a version has come."""

    DEV = "dev"
    STAGING = "staging"
    PRODUCTION = "production"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A measure that was taken here of a version, and which way of it is better."""

    version: str
    measure: str
    value: float
    better: Better = "higher"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A model's versions in use: `canary_percent` of the videos are made with the one in staging; `earlier` were in
    production before, the latest last."""

    production: str
    staging: str = ""
    canary_percent: int = 0
    earlier: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()

    def stage(self, version: str) -> Stage:
        """How far that version has come."""
        if version == self.production:
            return Stage.PRODUCTION
        return Stage.STAGING if version == self.staging else Stage.DEV

    def version(self, video: str) -> str:
        """The version that makes this video: always the same for one video while the share stays."""
        drawn = int(hashlib.sha256(f"canary {video}".encode()).hexdigest()[:8], 16) % 100
        return self.staging if video and self.staging and drawn < self.canary_percent else self.production


def find_standing(documents: Documents, name: str) -> Standing | None:
    """What a team has decided of a model, if it has. Raises: Transient."""
    document = documents.get(COLLECTION, name)
    return from_fields(Standing, document.fields) if document else None


class VersionsInUse:
    """Which version of a model makes the video that is being worked on; a standing is read again after a while.

    A video keeps the version that it was begun with, whatever is promoted meanwhile: its plan, its clips and the KEYs of
    both are of one version. That is written down where there are several versions, whether or not a team has decided yet.
    """

    def __init__(self, documents: Documents, manifest: Manifest) -> None:
        self._documents = documents
        self._manifest = manifest
        self._read: dict[str, tuple[float, Standing | None]] = {}
        self._begun: OrderedDict[tuple[str, str], str] = OrderedDict()

    def __call__(self, name: str) -> str:
        """Raises: NotFound, Transient."""
        if name not in self._read or time.monotonic() - self._read[name][0] > REMEMBERED_SECONDS:
            self._read[name] = (time.monotonic(), find_standing(self._documents, name))
        standing = self._read[name][1]
        versions = self._manifest.versions(name)
        if standing is None and len(versions) == 1:
            return versions[0].version
        standing = standing or Standing(production=versions[0].version)
        video = bound("video")
        if not video:
            return standing.production
        if (video, name) not in self._begun:
            self._begun[video, name] = self._begun_with(video, name, standing)
            if len(self._begun) > REMEMBERED_VIDEOS:
                self._begun.popitem(last=False)
        return self._begun[video, name]

    def _begun_with(self, video: str, name: str, standing: Standing) -> str:
        """The version written down for the video, by this process or another."""
        id = f"{video}-{name}"
        version = standing.version(video)
        try:
            self._documents.commit([Write(collection=BEGUN, id=id, fields={"version": version}, expected=None)])
        except Conflict:
            document = self._documents.get(BEGUN, id)
            return str(document.fields["version"]) if document else version
        return version


@dataclass(frozen=True, slots=True, kw_only=True)
class Promotions:
    """Moves versions up and back, with gates."""

    documents: Documents
    registry: Registry

    def standing(self, name: str) -> Standing:
        """The versions in use of a model. Raises: NotFound, Transient."""
        return find_standing(self.documents, name) or Standing(production=self.registry.manifest.model(name).version)

    def figures(self, name: str, version: str, standing: Standing) -> dict[str, Quality]:
        """A version's figures by measure; what was measured here counts before what was published. Of a version that the
        manifest has no longer, only the former are known. Raises: NotFound, where there is no such model."""
        own: dict[str, Quality] = {}
        for model in self.registry.manifest.versions(name):
            if model.version == version:
                own |= {quality.measure: quality for quality in model.quality}
        for figure in standing.figures:
            if figure.version == version:
                own[figure.measure] = Quality(
                    measure=figure.measure, value=figure.value, better=figure.better, source="measured here"
                )
        return own

    def record(self, name: str, version: str, measure: str, value: float, better: Better | None = None) -> Standing:
        """Keep a figure that was measured here; it counts before the manifest's. `better` may be left out where it is known,
        by the manifest or by an earlier figure. Raises: NotFound, InvalidInput (it is not known, or known otherwise)."""
        self.registry.manifest.model(name, version)

        def kept(standing: Standing) -> Standing:
            known = self._ways(name, standing).get(measure)
            way = better or known
            if way is None:
                raise InvalidInput(
                    f"the figure {measure} of {name}", expected="whether more or less of it is better, at its first time",
                    found=f"nothing; say {measure}={value:g}:higher or {measure}={value:g}:lower",
                )
            if known not in (None, way):
                raise InvalidInput(f"the figure {measure} of {name}", expected=f"{known} to be better, as before", found=way)
            figure = Figure(version=version, measure=measure, value=value, better=way)
            others = [one for one in standing.figures if (one.version, one.measure) != (version, measure)]
            return replace(standing, figures=(*others, figure))

        return self._change(name, kept)

    def promote(self, name: str, version: str, *, canary_percent: int = 0, tolerance: float = TOLERANCE) -> Standing:
        """One stage up: from dev to staging (where `canary_percent` of the videos are made with it), from there to
        production. A version in staging with a share asked for stays there with that share.

        Raises: NotFound, InvalidInput, Misuse (in production already, or not as good as what is), LicenceRefused,
        WeightsMissing, WeightsBroken.
        """
        if not 0 <= canary_percent <= 99:
            raise InvalidInput("canary share", expected="0 to 99 percent", found=str(canary_percent))
        model = self.registry.manifest.model(name, version)
        self.registry.check_licence(name, model.version)
        self.registry.verify(name, version)

        def moved(standing: Standing) -> Standing:
            stage = standing.stage(version)
            if stage is Stage.PRODUCTION:
                raise Misuse(f"Expected a version of {name} that is not in production, found {version}, which is.")
            if stage is Stage.DEV or canary_percent:
                return replace(standing, staging=version, canary_percent=canary_percent)
            self._compare(model, standing, tolerance)
            earlier = (*standing.earlier, standing.production)
            return replace(standing, production=version, staging="", canary_percent=0, earlier=earlier)

        return self._change(name, moved)

    def rollback(self, name: str) -> Standing:
        """Take the latest step back: what is in staging leaves it, else the version before comes back to production.

        Raises: NotFound, Misuse (there is no step to take back).
        """

        def back(standing: Standing) -> Standing:
            if standing.staging:
                return replace(standing, staging="", canary_percent=0)
            if not standing.earlier:
                raise Misuse(f"Expected a version of {name} before {standing.production} in production, found none.")
            return replace(standing, production=standing.earlier[-1], earlier=standing.earlier[:-1])

        return self._change(name, back)

    def _compare(self, model: Model, standing: Standing, tolerance: float) -> None:
        """Raises: Misuse, where a figure of the version in production is not reached."""
        held = self.figures(model.name, standing.production, standing)
        wanted = self.figures(model.name, model.version, standing)
        for measure, figure in held.items():
            sign = 1 if figure.better == "higher" else -1
            least = figure.value - sign * tolerance * abs(figure.value)
            found = wanted.get(measure)
            if found is None or sign * found.value < sign * least:
                limit = "at least" if sign > 0 else "at most"
                raise Misuse(
                    f"Expected {limit} {least:g} as {measure} of {model.label} ({standing.production}, in production, has "
                    f"{figure.value:g}), found {'no figure' if found is None else f'{found.value:g}'}: it stays in staging."
                )

    def _ways(self, name: str, standing: Standing) -> dict[str, Better]:
        """Which way of each measure is better, of those that are known."""
        ways: dict[str, Better] = {figure.measure: figure.better for figure in standing.figures}
        for model in self.registry.manifest.versions(name):
            ways |= {quality.measure: quality.better for quality in model.quality}
        return ways

    def _change(self, name: str, change: Callable[[Standing], Standing]) -> Standing:
        """Write what a pure function makes of the standing; another's write in between is read first. Raises: Conflict."""

        def changed(fields: Fields | None) -> Fields:
            return to_fields(change(self.standing(name) if fields is None else from_fields(Standing, fields)))

        return from_fields(Standing, compare_and_set.change(self.documents, COLLECTION, name, changed))
