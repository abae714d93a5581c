"""What is on the device and what waits in main memory. The device here is torch's "meta", which holds no numbers but counts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import torch

from aiprod.models.diffusion.effort import Offload
from aiprod.models.diffusion.parts import Parts


class Network(torch.nn.Module):
    """Two blocks between two layers."""

    def __init__(self) -> None:
        super().__init__()
        self.first = torch.nn.Linear(4, 4)
        self.blocks = torch.nn.ModuleList(torch.nn.Linear(4, 4) for _ in range(3))
        self.last = torch.nn.Linear(4, 4)
        self.seen: list[list[str]] = []

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.first(x)
        for block in self.blocks:
            block.register_forward_pre_hook(lambda *_: self.seen.append(there(self)))
            x = block(x)
        return self.last(x)  # type: ignore[no-any-return]


def there(network: torch.nn.Module) -> list[str]:
    """Layers of which something is on the device."""
    return sorted({name.rpartition(".")[0] for name, tensor in network.named_parameters() if tensor.is_meta})


@pytest.fixture
def parts() -> Callable[[Offload], Parts]:
    def make(offload: Offload) -> Parts:
        made = Parts("meta", offload, ["drawing"])
        for name in ("reading", "drawing"):
            made.add(name, Network().requires_grad_(False))
        return made

    return make


def test_all_stays_on_the_device_where_there_is_room(parts: Callable[[Offload], Parts]) -> None:
    made = parts(Offload.NOTHING)
    assert there(made["reading"]) == []
    for name in ("reading", "drawing"):
        with torch.inference_mode():
            made.use(name)
    assert len(there(made["reading"])) == len(there(made["drawing"])) == 5
    assert not any(parameter.is_inference() for parameter in made["drawing"].parameters())


def test_a_network_that_is_not_at_work_waits_and_its_numbers_are_what_they_were(parts: Callable[[Offload], Parts]) -> None:
    made = parts(Offload.NETWORKS)
    before = {name: (tensor.data_ptr(), tensor.clone()) for name, tensor in made["reading"].named_parameters()}
    made.use("reading")
    made.use("drawing")
    assert there(made["reading"]) == []
    assert len(there(made["drawing"])) == 5
    for name, tensor in made["reading"].named_parameters():
        assert tensor.data_ptr() == before[name][0]
        assert torch.equal(tensor, before[name][1])


def test_a_streamed_network_has_one_block_on_the_device_at_a_time(parts: Callable[[Offload], Parts]) -> None:
    made = parts(Offload.BLOCKS)
    network = made.use("drawing")
    assert there(network) == ["first", "last"]
    network(torch.zeros(1, 4, device="meta"))
    assert isinstance(network, Network)
    assert network.seen == [[f"blocks.{number}", "first", "last"] for number in range(3)]
    assert there(network) == ["first", "last"]
    assert len(there(made.use("reading"))) == 5


def test_less_is_kept_from_the_moment_that_memory_runs_out(parts: Callable[[Offload], Parts]) -> None:
    made = parts(Offload.NOTHING)
    for name in ("reading", "drawing"):
        made.use(name)
    made.ease(Offload.NETWORKS)
    assert there(made["reading"]) == there(made["drawing"]) == []
    made.ease(Offload.BLOCKS)
    assert there(made.use("drawing")) == ["first", "last"]
    made.ease(Offload.NETWORKS)
    assert made.offload is Offload.BLOCKS


@dataclass
class Short:
    """Memory that runs out at the n-th weight that is copied."""

    left: int
    copied: Callable[[torch.Tensor], torch.Tensor]

    def __call__(self, tensor: torch.Tensor) -> torch.Tensor:
        self.left -= 1
        if self.left == 0:
            raise torch.OutOfMemoryError
        return self.copied(tensor)


def test_a_network_for_which_memory_ran_out_half_way_is_taken_whole_the_next_time(parts: Callable[[Offload], Parts]) -> None:
    made = parts(Offload.NOTHING)
    visit: Any = made._visits["drawing"]
    visit._copied = Short(4, visit._copied)
    with pytest.raises(torch.OutOfMemoryError):
        made.use("drawing")
    assert there(made["drawing"]) == []
    assert len(there(made.use("drawing"))) == 5


def test_a_block_in_which_memory_ran_out_does_not_stay(parts: Callable[[Offload], Parts]) -> None:
    made = parts(Offload.BLOCKS)
    network = made.use("drawing")

    def fail(*_: object) -> None:
        raise torch.OutOfMemoryError

    failing = network.get_submodule("blocks.1").register_forward_pre_hook(fail)
    with pytest.raises(torch.OutOfMemoryError):
        network(torch.zeros(1, 4, device="meta"))
    failing.remove()
    assert there(network) == ["first", "last"]


def test_compiled_blocks_that_must_be_streamed_after_all_come_and_go(parts: Callable[[Offload], Parts]) -> None:
    made = parts(Offload.NOTHING)
    network = made.use("drawing")
    assert isinstance(network, Network)
    for number in range(3):
        block = network.get_submodule(f"blocks.{number}")
        block.forward = torch.compile(block.forward, backend="eager")  # type: ignore[method-assign]
    with torch.inference_mode():
        network(torch.zeros(1, 4, device="meta"))
        made.ease(Offload.BLOCKS)
        network.seen.clear()
        made.use("drawing")(torch.zeros(1, 4, device="meta"))
    found = network.seen[1::2]  # those of the first time look before the block is there
    assert found == [[f"blocks.{number}", "first", "last"] for number in range(3)]
    assert there(network) == ["first", "last"]


class Small(torch.nn.Module):
    """What a layer becomes when its weights are made smaller."""

    weight: torch.Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("weight", torch.zeros(4, 4, dtype=torch.int8))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x


@pytest.mark.parametrize("offload", list(Offload))
def test_layers_that_were_changed_after_their_network_was_taken_charge_of_go_to_the_device_too(
    offload: Offload, parts: Callable[[Offload], Parts]
) -> None:
    made = parts(offload)
    network = made["drawing"]
    blocks = network.get_submodule("blocks")
    for number in range(3):
        setattr(blocks, str(number), Small())
    made.use("drawing")
    seen: list[bool] = []
    for block in blocks.children():
        block.register_forward_pre_hook(lambda block, _: seen.append(block.weight.is_meta))
    network(torch.zeros(1, 4, device="meta"))
    assert seen == [True] * 3
