"""Pictures drawn after another one, and LoRAs that are lent for one clip."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from aiprod.errors import InvalidInput, Unavailable, WeightsBroken
from aiprod.models.diffusion.devices import ProcessorDevice
from aiprod.models.diffusion.family import VIDEO
from aiprod.models.diffusion.likeness import begin
from aiprod.models.diffusion.loop import Watch
from aiprod.models.diffusion.loras import Lora, lent
from aiprod.models.diffusion.orders import check_order
from aiprod.models.diffusion.studio import Studio
from aiprod.models.diffusion.tuning import Options
from aiprod.models.pictures import Picture
from tests.tiny_weights.orders import order
from tests.unit.models.diffusion.test_studio import FolderKeep, drawn
from tests.unit.models.diffusion.test_tuning import KEY, write_lora


def sheet(shape: tuple[int, int], seed: int = 1) -> Picture:
    return np.random.default_rng(seed).integers(0, 255, (*shape, 3), np.uint8)


@pytest.mark.parametrize(("name", "begun"), [("wan-ti2v", 3), ("wan-i2v", 3), ("ltx", 6), ("ltx2", 3)])
def test_a_picture_begins_from_the_other_one_with_as_much_noise_as_its_steps_leave(
    name: str, begun: int, studio: Callable[..., Studio]
) -> None:
    """LTX-Video's first five steps take a fortieth of the noise away."""
    family = studio(name).family
    plain = order(name, frames=1, steps=10)
    like = replace(plain, like=sheet((plain.shape.height_px, plain.shape.width_px)), likeness=0.3)
    fresh, start = begin(family, [plain]), begin(family, [like])
    assert (fresh.begun, start.begun) == (0, begun)
    clean = family.latents_of(like.like, like) if like.like is not None else None
    share = float(start.solvers[VIDEO].sigmas[begun])
    assert 0 < share < 0.95
    torch.testing.assert_close(start.streams[VIDEO], share * fresh.streams[VIDEO] + (1 - share) * clean)


def test_the_more_steps_it_is_saved_the_nearer_it_stays_and_killed_it_goes_on(studio: Callable[..., Studio], tmp_path: Path) -> None:
    model = studio("ltx")
    told: list[int] = []
    plain = order("ltx", frames=1, steps=10)
    like = replace(plain, like=sheet((32, 32)), likeness=0.5)
    keep = FolderKeep(tmp_path)
    (whole,) = drawn(model, like, Watch(told=lambda done, _: told.append(done), keep=keep, keep_every=1))
    assert told == [7, 8, 9, 10]

    def killed(done: int, _: int) -> None:
        if done == 8:
            raise Unavailable("killed")

    with pytest.raises(Unavailable):
        drawn(model, like, Watch(told=killed, keep=keep, keep_every=1))
    told.clear()
    (on,) = drawn(model, like, Watch(told=lambda done, _: told.append(done), keep=keep, keep_every=1))
    assert told == [9, 10]
    assert np.array_equal(whole, on)
    (again,) = drawn(model, like)
    assert np.array_equal(whole, again)
    (other,) = drawn(model, replace(like, like=sheet((32, 32), 2)))
    assert not np.array_equal(whole, other)


def test_only_a_single_picture_is_drawn_after_another(studio: Callable[..., Studio]) -> None:
    grid = studio("ltx").family.grid
    with pytest.raises(InvalidInput, match="one picture that is like another"):
        check_order(order("ltx", frames=9, like=sheet((32, 32)), likeness=0.3), grid)


def test_a_lora_that_is_lent_does_what_one_that_is_added_does_and_leaves_no_trace(
    tiny: Callable[[str], Path], studio: Callable[..., Studio], tmp_path: Path
) -> None:
    model = studio("wan-ti2v")
    lora = Lora(path=tmp_path / "camera.safetensors", weight=0.7)
    write_lora(lora.path, model.family.parts["transformer"], seed=1)
    one = order("wan-ti2v")
    before, borrowed, after = drawn(model, one), drawn(model, replace(one, loras=(lora,))), drawn(model, one)
    added = drawn(Studio(tiny("wan-ti2v"), ProcessorDevice(), Options(loras=(lora,))), one)
    assert all(np.array_equal(*pair) for pair in zip(before, after, strict=True))
    assert not all(np.array_equal(*pair) for pair in zip(before, borrowed, strict=True))
    assert max(int(np.abs(a.astype(int) - b).max()) for a, b in zip(added, borrowed, strict=True)) <= 2
    assert not model.family.parts["transformer"].get_submodule(KEY)._forward_hooks


def test_a_lora_of_another_network_is_refused_and_nothing_of_it_stays(studio: Callable[..., Studio], tmp_path: Path) -> None:
    network = studio("wan-ti2v").family.parts["transformer"]
    own, other = (Lora(path=tmp_path / f"{name}.safetensors", weight=1.0) for name in ("own", "other"))
    write_lora(own.path, network, seed=1)
    write_lora(other.path, network, seed=1, key="transformer.blocks.99.attn1.to_q")
    with (
        pytest.raises(WeightsBroken, match=r"expected a layer transformer\.blocks\.99"),
        lent({"transformer": network}, [own, other], "Wan"),
    ):
        pass
    assert not network.get_submodule(KEY)._forward_hooks
