"""A model's networks and where they are: on the device, or waiting in main memory until they are at work.

Weights never change, so a network that leaves the device is not copied back: its numbers are still where they came from.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from aiprod.models.diffusion.effort import Offload

if TYPE_CHECKING:
    import torch


class Parts:
    """Networks by name. `streamed` are those that may be sent to the device block by block."""

    def __init__(self, device: str, offload: Offload, streamed: Iterable[str] = ()) -> None:
        self.device = device
        self.offload = offload
        self._streamed = frozenset(streamed)
        self._streaming: set[str] = set()
        self._networks: dict[str, torch.nn.Module] = {}
        self._waiting: dict[str, dict[str, torch.Tensor]] = {}

    def add(self, name: str, network: "torch.nn.Module") -> None:
        """Take charge of a network that is in main memory."""
        self._networks[name] = network

    def __getitem__(self, name: str) -> "torch.nn.Module":
        """The network, wherever it is: for its configuration."""
        return self._networks[name]

    def names(self) -> tuple[str, ...]:
        """Every network there is."""
        return tuple(self._networks)

    def use(self, name: str) -> "torch.nn.Module":
        """The network, ready to work on the device."""
        network = self._networks[name]
        if self.offload is not Offload.NOTHING:
            for other in self._networks:
                if other != name:
                    self._park(other)
        if self.offload is Offload.BLOCKS and name in self._streamed:
            self._stream(name)
        elif name not in self._streaming and name not in self._waiting and self.device != "cpu":
            self._bring(name)
        return network

    def ease(self, offload: Offload) -> None:
        """From now on keep less on the device."""
        self.offload = max(self.offload, offload)
        if self.offload is not Offload.NOTHING:
            for name in self._networks:
                self._park(name)

    def _bring(self, name: str) -> None:
        """Copy a network's numbers to the device and remember where they were."""
        network = self._networks[name]
        tensors = [*network.named_parameters(), *network.named_buffers()]
        self._waiting[name] = {key: tensor.data for key, tensor in tensors}
        for _, tensor in tensors:
            tensor.data = tensor.data.to(self.device, non_blocking=True)

    def _park(self, name: str) -> None:
        """Let go of the copy on the device."""
        kept = self._waiting.pop(name, None)
        if kept is None:
            return
        network = self._networks[name]
        for key, tensor in (*network.named_parameters(), *network.named_buffers()):
            tensor.data = kept[key]

    def _stream(self, name: str) -> None:
        """Have diffusers send the network's blocks to the device as they come to work."""
        if name in self._streaming:
            return
        from diffusers.hooks.group_offloading import apply_group_offloading

        apply_group_offloading(
            self._networks[name], onload_device=self.device, offload_type="block_level", num_blocks_per_group=1,
            use_stream=self.device != "cpu",
        )  # fmt: skip
        self._streaming.add(name)
