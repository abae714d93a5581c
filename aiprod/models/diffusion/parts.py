"""A model's networks and where they are: on the device, or waiting in main memory until they are at work.

Weights never change, so what leaves the device is not copied back: its numbers are still where they came from. A network
that is too large for the device is streamed: each of its blocks is there only while it works.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from aiprod.models.diffusion.effort import Offload

if TYPE_CHECKING:
    import torch


class _Visit:
    """Modules' own weights that go to the device and come back: `modules` tells which, each time anew, for layers may be made
    smaller in between."""

    def __init__(self, modules: "Callable[[], Iterable[torch.nn.Module]]", device: str) -> None:
        self._modules = modules
        self._device = device
        self._homes: list[tuple[dict[str, Any], str, torch.Tensor]] = []

    def go(self) -> None:
        """Be on the device: all of it, or, where memory runs out on the way, nothing."""
        import torch

        if self._homes or self._device == "cpu":
            return
        try:
            with torch.inference_mode(mode=False):  # a weight that was copied in that mode could never be used outside of it
                self._copy_all()
        except BaseException:
            self.come_back()
            raise

    def _copy_all(self) -> None:
        copies: dict[int, torch.Tensor] = {}
        for module in self._modules():
            tables: tuple[dict[str, Any], ...] = (module._parameters, module._buffers)
            for table in tables:
                for name, tensor in table.items():
                    if tensor is None:
                        continue
                    if id(tensor) not in copies:
                        copies[id(tensor)] = self._copied(tensor)
                    self._homes.append((table, name, tensor))
                    table[name] = copies[id(tensor)]

    def come_back(self) -> None:
        """Let go of the copies on the device."""
        for table, name, home in self._homes:
            table[name] = home
        self._homes = []

    def _copied(self, tensor: "torch.Tensor") -> "torch.Tensor":
        import torch

        copy = tensor.to(self._device, non_blocking=True)
        return torch.nn.Parameter(copy, requires_grad=False) if isinstance(tensor, torch.nn.Parameter) else copy


class Parts:
    """Networks by name. `streamed` are those that may be sent to the device block by block."""

    def __init__(self, device: str, offload: Offload, streamed: Iterable[str] = ()) -> None:
        self.device = device
        self.offload = offload
        self._streamed = frozenset(streamed)
        self._networks: dict[str, torch.nn.Module] = {}
        self._visits: dict[str, _Visit] = {}
        self._streaming: set[str] = set()

    def add(self, name: str, network: "torch.nn.Module") -> None:
        """Take charge of a network that is in main memory."""
        self._networks[name] = network
        self._visits[name] = _Visit(network.modules, self.device)

    def __getitem__(self, name: str) -> "torch.nn.Module":
        """The network, wherever it is: for its configuration."""
        return self._networks[name]

    def names(self) -> tuple[str, ...]:
        """Every network there is."""
        return tuple(self._networks)

    def use(self, name: str) -> "torch.nn.Module":
        """The network, ready to work on the device."""
        if self.offload is not Offload.NOTHING:
            for other in self._networks:
                if other != name:
                    self._visits[other].come_back()
        if self.offload is Offload.BLOCKS and name in self._streamed and name not in self._streaming:
            self._stream(name)
        self._visits[name].go()
        return self._networks[name]

    def park(self, name: str) -> None:
        """Let a network wait in main memory."""
        self._visits[name].come_back()

    def ease(self, offload: Offload) -> None:
        """From now on keep less on the device."""
        self.offload = max(self.offload, offload)
        if self.offload is not Offload.NOTHING:
            for visit in self._visits.values():
                visit.come_back()

    def _stream(self, name: str) -> None:
        """Let each block be on the device while it works; what is no block stays there with the network."""
        self._visits[name].come_back()
        network = self._networks[name]
        streamed = set()
        for block in _blocks(network):
            visit = _Visit(block.modules, self.device)
            streamed |= set(block.modules())
            block.register_forward_pre_hook(lambda *_, visit=visit: visit.go())
            block.register_forward_hook(lambda *_, visit=visit: visit.come_back(), always_call=True)
        self._visits[name] = _Visit(lambda: [one for one in network.modules() if one not in streamed], self.device)
        self._streaming.add(name)


def _blocks(network: "torch.nn.Module") -> "Iterator[torch.nn.Module]":
    """The members of the outermost lists of modules: what a network does one after the other."""
    import torch

    for child in network.children():
        if isinstance(child, torch.nn.ModuleList) and len(child) > 1:
            yield from child
        else:
            yield from _blocks(child)
