"""Versions of a model: up through the gates, back again, a share of the videos, and which licence films for sale bear."""

from pathlib import Path

import pytest

from aiprod.adapters.embedded.database import Database
from aiprod.adapters.embedded.documents import EmbeddedDocuments
from aiprod.errors import InvalidInput, LicenceRefused, Misuse, NotFound, WeightsBroken, WeightsMissing
from aiprod.logs import context
from aiprod.models.licences import LicencePolicy
from aiprod.models.manifest import Manifest, Model, parse_manifest
from aiprod.models.promotion import Promotions, Stage, VersionsInUse
from aiprod.models.registry import Registry, Supply
from tests.unit.models.conftest import CONTENT, Publisher, manifest_of


def figure(measure: str, value: float, better: str = "higher") -> str:
    return f'[[models.quality]]\nmeasure = "{measure}"\nvalue = {value}\nbetter = "{better}"\nsource = "a bench"\n'


@pytest.fixture
def promotions(tmp_path: Path, publisher: Publisher) -> Promotions:
    """A model in two versions, both here; the newer is sharper and slower."""
    models: list[Model] = []
    for version, sharp, seconds in (("1.0.0", 90.0, 10.0), ("1.1.0", 92.0, 10.1), ("1.2.0", 80.0, 5.0)):
        more = figure("vmaf", sharp) + figure("seconds", seconds, "lower")
        models += manifest_of(publisher.address(), version=version, more=more).models
    registry = Registry(tmp_path / "models", Manifest(models=tuple(models)))
    for model in models:
        registry.fetch(model.label)
    return Promotions(documents=EmbeddedDocuments(database=Database(tmp_path / "store.sqlite3")), registry=registry)


def stages(promotions: Promotions) -> dict[str, Stage]:
    standing = promotions.standing("tiny")
    return {model.version: standing.stage(model.version) for model in promotions.registry.manifest.versions("tiny")}


def test_the_first_version_of_the_manifest_is_in_production_where_nobody_said_otherwise(promotions: Promotions) -> None:
    assert stages(promotions) == {"1.0.0": Stage.PRODUCTION, "1.1.0": Stage.DEV, "1.2.0": Stage.DEV}
    assert promotions.standing("tiny").version("any video") == "1.0.0"


def test_a_version_goes_up_a_stage_at_a_time_and_back(promotions: Promotions, tmp_path: Path) -> None:
    promotions.promote("tiny", "1.1.0")
    assert stages(promotions)["1.1.0"] is Stage.STAGING
    assert promotions.standing("tiny").version("any video") == "1.0.0"
    promotions.promote("tiny", "1.1.0")
    assert stages(promotions) == {"1.0.0": Stage.DEV, "1.1.0": Stage.PRODUCTION, "1.2.0": Stage.DEV}
    elsewhere = Promotions(
        documents=EmbeddedDocuments(database=Database(tmp_path / "store.sqlite3")), registry=promotions.registry
    )
    assert elsewhere.standing("tiny").production == "1.1.0"  # a team shares it
    promotions.rollback("tiny")
    assert promotions.standing("tiny").production == "1.0.0"
    with pytest.raises(Misuse) as caught:
        promotions.rollback("tiny")
    assert "before 1.0.0" in str(caught.value)


def test_a_canary_makes_its_share_of_the_videos_and_always_the_same_ones(promotions: Promotions) -> None:
    promotions.promote("tiny", "1.1.0", canary_percent=20)
    videos = [f"video-{number}" for number in range(400)]
    standing = promotions.standing("tiny")
    drawn = [video for video in videos if standing.version(video) == "1.1.0"]
    assert 50 < len(drawn) < 110
    assert drawn == [video for video in videos if promotions.standing("tiny").version(video) == "1.1.0"]
    assert standing.version("") == "1.0.0"
    promotions.promote("tiny", "1.1.0", canary_percent=60)
    wider = [video for video in videos if promotions.standing("tiny").version(video) == "1.1.0"]
    assert set(drawn) < set(wider)
    promotions.rollback("tiny")
    assert promotions.standing("tiny").staging == ""
    assert promotions.standing("tiny").production == "1.0.0"


def test_what_is_worse_than_production_stays_in_staging(promotions: Promotions) -> None:
    promotions.promote("tiny", "1.2.0")
    with pytest.raises(Misuse) as caught:
        promotions.promote("tiny", "1.2.0")
    assert "Expected at least 88.2 as vmaf of tiny@1.2.0 (1.0.0, in production, has 90), found 80" in str(caught.value)
    assert stages(promotions)["1.2.0"] is Stage.STAGING
    promotions.promote("tiny", "1.2.0", tolerance=0.2)
    assert promotions.standing("tiny").production == "1.2.0"


def test_figures_measured_here_count_before_published_ones_and_lower_may_be_better(promotions: Promotions) -> None:
    promotions.promote("tiny", "1.1.0")
    promotions.record("tiny", "1.1.0", "seconds", 11.0)
    with pytest.raises(Misuse) as caught:
        promotions.promote("tiny", "1.1.0")
    assert "at most 10.2 as seconds" in str(caught.value)
    promotions.record("tiny", "1.1.0", "seconds", 9.0)
    promotions.record("tiny", "1.0.0", "coherence", 0.9, "higher")
    with pytest.raises(Misuse) as lacking:
        promotions.promote("tiny", "1.1.0")
    assert "coherence" in str(lacking.value)
    assert "no figure" in str(lacking.value)
    promotions.record("tiny", "1.1.0", "coherence", 0.95)
    promotions.promote("tiny", "1.1.0")
    assert promotions.standing("tiny").production == "1.1.0"


def test_which_way_of_a_figure_is_better_is_said_at_its_first_time(promotions: Promotions) -> None:
    with pytest.raises(InvalidInput) as unsaid:
        promotions.record("tiny", "1.0.0", "wer", 0.05)
    assert "say wer=0.05:higher or wer=0.05:lower" in str(unsaid.value)
    promotions.record("tiny", "1.0.0", "wer", 0.05, "lower")
    promotions.record("tiny", "1.1.0", "wer", 0.09)
    with pytest.raises(InvalidInput) as turned:
        promotions.record("tiny", "1.1.0", "wer", 0.09, "higher")
    assert "expected lower to be better, as before" in str(turned.value)
    with pytest.raises(InvalidInput):
        promotions.record("tiny", "1.1.0", "seconds", 9.0, "higher")
    promotions.promote("tiny", "1.1.0")
    with pytest.raises(Misuse) as worse:
        promotions.promote("tiny", "1.1.0")
    assert "at most 0.051 as wer of tiny@1.1.0" in str(worse.value)
    promotions.record("tiny", "1.1.0", "wer", 0.02)
    promotions.promote("tiny", "1.1.0")
    assert promotions.standing("tiny").production == "1.1.0"


def test_a_version_whose_files_nobody_has_listed_does_not_go_up(promotions: Promotions) -> None:
    models = [
        parse_manifest(
            f'[[models]]\nname = "large"\nversion = "{version}"\ntitle = "A large model"\nlicence = "Apache-2.0"\n'
            'commercial = "yes"\nterms = ""\nfolders = ["."]\nabout_gb = 12\n'
            'sources = [{ kind = "hub", repository = "makers/large", revision = "main" }]\n'
        ).model("large")
        for version in ("1.0.0", "1.1.0")
    ]
    registry = Registry(promotions.registry.folder, Manifest(models=tuple(models)))
    with pytest.raises(WeightsMissing, match=r"large@1\.1\.0 .* about 12 GB.* Run `aiprod models fetch large@1\.1\.0`"):
        Promotions(documents=promotions.documents, registry=registry).promote("large", "1.1.0")


def test_a_version_that_the_manifest_has_no_longer_keeps_no_other_from_production(promotions: Promotions) -> None:
    promotions.record("tiny", "1.0.0", "vmaf", 91.0)
    promotions.promote("tiny", "1.1.0")
    left = tuple(model for model in promotions.registry.manifest.models if model.version != "1.0.0")
    newer = Promotions(documents=promotions.documents, registry=Registry(promotions.registry.folder, Manifest(models=left)))
    newer.record("tiny", "1.1.0", "vmaf", 80.0)
    with pytest.raises(Misuse, match="1.0.0, in production, has 91"):
        newer.promote("tiny", "1.1.0")
    newer.record("tiny", "1.1.0", "vmaf", 92.0)
    assert newer.promote("tiny", "1.1.0").production == "1.1.0"


def test_only_files_that_are_here_and_right_go_up(promotions: Promotions) -> None:
    path = promotions.registry.path("tiny", "weights.bin", "1.1.0")
    path.write_bytes(b"x" + CONTENT[1:])
    with pytest.raises(WeightsBroken):
        promotions.promote("tiny", "1.1.0")
    path.unlink()
    with pytest.raises(WeightsMissing):
        promotions.promote("tiny", "1.1.0")
    assert promotions.standing("tiny").staging == ""


def test_what_cannot_be_promoted_is_told(promotions: Promotions) -> None:
    for version, share, kind in (("9.9.9", 0, NotFound), ("1.0.0", 0, Misuse), ("1.1.0", 100, InvalidInput)):
        with pytest.raises(kind):
            promotions.promote("tiny", version, canary_percent=share)


def model_of(commercial: str, excluded: str = "") -> Model:
    return parse_manifest(
        '[[models]]\nname = "lips"\nversion = "1.0.0"\ntitle = "Lips"\nlicence = "CC BY-NC 4.0"\nterms = "Ask first."\n'
        f'commercial = "{commercial}"\nexcluded = [{excluded}]\nfiles = [{{ path = "a.safetensors" }}]\n'
    ).model("lips")


def test_a_film_for_sale_bears_no_model_that_may_not_be_sold() -> None:
    LicencePolicy().check(model_of("no"))
    policy = LicencePolicy(purpose="commercial")
    policy.check(model_of("yes"))
    with pytest.raises(LicenceRefused) as caught:
        policy.check(model_of("no"))
    for word in ("lips", "CC BY-NC 4.0", "AIPROD_LICENCE_POLICY=commercial", "another model"):
        assert word in str(caught.value)
    with pytest.raises(LicenceRefused) as conditional:
        policy.check(model_of("conditions"))
    assert "add lips to AIPROD_LICENCES_ACCEPTED" in str(conditional.value)
    assert "Ask first." in str(conditional.value)
    LicencePolicy(purpose="commercial", accepted=("lips",)).check(model_of("conditions"))


@pytest.mark.parametrize(("territory", "refused"), [("FR", True), ("KR", True), ("CH", False), ("", False)])
def test_a_model_is_not_used_where_its_licence_does_not_reach(territory: str, refused: bool) -> None:
    policy = LicencePolicy(territory=territory)
    if not refused:
        policy.check(model_of("yes", '"EU", "KR"'))
        return
    with pytest.raises(LicenceRefused) as caught:
        policy.check(model_of("yes", '"EU", "KR"'))
    assert "AIPROD_TERRITORY), found lips" in str(caught.value)


def test_the_policy_holds_wherever_a_model_is_taken(tmp_path: Path, publisher: Publisher) -> None:
    registry = Registry(tmp_path, Manifest(models=(model_of("no"),)), Supply(policy=LicencePolicy(purpose="commercial")))
    for use in (lambda: registry.path("lips", "a.safetensors"), lambda: registry.check("lips"), lambda: registry.weights("lips")):
        with pytest.raises(LicenceRefused):
            use()
    assert registry.state("lips").state == "missing"


def test_no_version_goes_up_against_the_policy(promotions: Promotions) -> None:
    manifest = Manifest(models=(model_of("no"),))
    registry = Registry(promotions.registry.folder, manifest, Supply(policy=LicencePolicy(purpose="commercial")))
    strict = Promotions(documents=promotions.documents, registry=registry)
    with pytest.raises(LicenceRefused):
        strict.promote("lips", "1.0.0")


def test_of_a_model_with_one_version_nothing_is_written_down(promotions: Promotions) -> None:
    alone = Manifest(models=promotions.registry.manifest.models[:1])
    with context(video="one"):
        assert VersionsInUse(promotions.documents, alone)("tiny") == "1.0.0"
    assert promotions.documents.query("model-versions") == []


def test_the_version_in_use_is_the_one_of_the_video_that_is_worked_on(promotions: Promotions) -> None:
    promotions.promote("tiny", "1.1.0", canary_percent=50)
    in_use = VersionsInUse(promotions.documents, promotions.registry.manifest)
    registry = Registry(promotions.registry.folder, promotions.registry.manifest, in_use=in_use)
    found = {}
    for number in range(20):
        with context(video=f"video-{number}"):
            found[number] = registry.model("tiny").version
            assert registry.path("tiny", "weights.bin").parent.name == found[number]
    assert set(found.values()) == {"1.0.0", "1.1.0"}
    assert found == {number: promotions.standing("tiny").version(f"video-{number}") for number in found}
    assert registry.model("tiny").version == "1.0.0"
    assert registry.model("tiny", "1.2.0").version == "1.2.0"


def test_a_video_keeps_the_version_that_it_was_begun_with_in_every_process(promotions: Promotions) -> None:
    def version() -> str:
        """As another process finds it."""
        in_use = VersionsInUse(promotions.documents, promotions.registry.manifest)
        return Registry(promotions.registry.folder, promotions.registry.manifest, in_use=in_use).model("tiny").version

    with context(video="before"):
        assert version() == "1.0.0"  # nobody has decided anything yet
    promotions.promote("tiny", "1.1.0", canary_percent=99)
    with context(video="before"):
        assert promotions.standing("tiny").version("before") == "1.1.0"
        assert version() == "1.0.0"
    promotions.rollback("tiny")
    promotions.promote("tiny", "1.1.0")
    with context(video="begun"):
        assert version() == "1.0.0"
        promotions.promote("tiny", "1.1.0")
        assert version() == "1.0.0"
    for video, made_with in (("before", "1.0.0"), ("later", "1.1.0")):
        with context(video=video):
            assert version() == made_with
    promotions.rollback("tiny")
    with context(video="later"):
        assert version() == "1.1.0"
    with context(video="after"):
        assert version() == "1.0.0"
