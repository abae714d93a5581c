"""A renderer that stays in memory while its model's versions change, and licences where a job draws."""

import hashlib
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
import torch

from aiprod.errors import LicenceRefused
from aiprod.models.licences import LicencePolicy
from aiprod.models.manifest import HubSource, Manifest, Model, ModelFile, own_manifest
from aiprod.models.registry import Registry, Supply
from aiprod.ports import FilmLook, Shot, ShotBrief
from aiprod.profiles import Shape
from aiprod.visuals.diffusion.renderer import DiffusionRenderer, Wishes
from tests.house import open_house
from tests.unit.models.diffusion.test_studio import spoilt

NAME = "wan2.2-ti2v-5b"


def model_of(home: Path) -> Model:
    files = tuple(
        ModelFile(path=str(path.relative_to(home)), size=path.stat().st_size, sha256=hashlib.sha256(path.read_bytes()).hexdigest())
        for path in sorted(home.resolve().rglob("*")) if path.is_file() and not path.name.startswith(".")
    )  # fmt: skip
    return Model(
        name=NAME, version=home.name, title="a tiny model", licence="Apache-2.0", commercial="yes", terms="For tests.",
        files=files, sources=(HubSource(repository="nobody/nothing", revision="main"),),
    )  # fmt: skip


def test_each_video_is_drawn_with_the_version_that_it_was_begun_with(tiny: Callable[[str], Path], tmp_path: Path) -> None:
    def stronger(tensors: dict[str, torch.Tensor]) -> None:
        tensors.update({key: 1.5 * tensor for key, tensor in tensors.items()})

    folder = tmp_path / "models"
    homes = [spoilt(tiny("wan-ti2v"), folder / NAME / "1.0.0", "transformer", lambda _: None),
             spoilt(tiny("wan-ti2v"), folder / NAME / "1.1.0", "transformer", stronger)]  # fmt: skip
    begun_with = "1.0.0"
    registry = Registry(folder, Manifest(models=tuple(map(model_of, homes))), in_use=lambda _: begun_with)
    app = open_house(tmp_path)
    look = FilmLook(style="cinematic", language="en", seed=3)
    wishes = Wishes(model=NAME, device="cpu", side_px=64, steps=2)

    def opened() -> DiffusionRenderer:
        return DiffusionRenderer("wan", wishes, registry, app.objects, app.clock)

    def drawn(renderer: DiffusionRenderer) -> bytes:
        (spec,) = renderer.plan([ShotBrief(scene=1, visual="A panda eats bamboo", text="It eats.")], look)
        shot = Shot(scene=1, spec=spec, frames=8, rate=Fraction(15), shape=Shape(width_px=96, height_px=160), seed=5, style="cinematic")
        return renderer.render(shot, tmp_path, lambda _: None).path.read_bytes()

    staying, found = opened(), []
    for begun_with in ("1.0.0", "1.1.0", "1.0.0"):
        found.append(drawn(staying))
        assert f"{NAME}@{begun_with}" in staying.version
        assert found[-1] == drawn(opened())
    assert found[0] == found[2] != found[1]


def test_where_a_job_draws_its_licence_is_asked_for_all_the_same(tmp_path: Path) -> None:
    app = open_house(tmp_path)
    for_sale = Registry(tmp_path / "models", own_manifest(), Supply(policy=LicencePolicy(purpose="commercial")))
    DiffusionRenderer("wan", Wishes(elsewhere=True), for_sale, app.objects, app.clock).check()
    with pytest.raises(LicenceRefused, match="add ltx-2 to AIPROD_LICENCES_ACCEPTED"):
        DiffusionRenderer("ltx", Wishes(model="ltx-2", elsewhere=True), for_sale, app.objects, app.clock).check()
