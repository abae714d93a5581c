"""LoRA stacks: small changes to a network's weights, added into them once, so that they cost nothing at each step; or lent
to it for one batch, beside weights that stay as they are.

Reads diffusers' form (`transformer.blocks.0.attn1.to_q.lora_A.weight`) and what diffusers converts to it. Adding them in
order is the same in any order, but for rounding.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiprod.errors import InvalidSetting, WeightsBroken, WeightsMissing

if TYPE_CHECKING:
    import torch

MIXINS = {"Wan": "WanLoraLoaderMixin", "LTX2": "LTX2LoraLoaderMixin", "LTX": "LTXVideoLoraLoaderMixin"}
HALVES = (".lora_A.weight", ".lora_B.weight")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lora:
    """A file and how strongly it counts."""

    path: Path
    weight: float


def parse_lora(text: str) -> Lora:
    """A LoRA of "FILE=WEIGHT"; without a weight it counts once. Raises: InvalidSetting."""
    name, told, weight = text.rpartition("=")
    try:
        return Lora(path=Path(name or text).expanduser(), weight=float(weight) if told else 1.0)
    except ValueError as error:
        raise InvalidSetting(f"Expected a LoRA such as film.safetensors=0.8, found {text!r}.") from error


def add_loras(networks: Mapping[str, "torch.nn.Module"], loras: Sequence[Lora], family: str) -> None:
    """Add every LoRA of the stack into the networks' weights. Raises: WeightsMissing, WeightsBroken."""
    for lora in loras:
        changes = _read(lora.path, family)
        used = sum(_add(name, network, changes, lora) for name, network in networks.items())
        if used != len(changes):
            stranger = next(key for key in changes if key.partition(".")[0] not in networks)
            raise WeightsBroken(f"Expected a LoRA for {', '.join(networks)} in {lora.path.name}, found one for {stranger}.")


@contextmanager
def lent(networks: Mapping[str, "torch.nn.Module"], loras: Sequence[Lora], family: str) -> Iterator[None]:
    """Add LoRAs for as long as the block runs: at each call of a layer, whatever its weights are kept as and wherever they
    wait. Compiled blocks would not see it, so they run as they are. Raises: WeightsMissing, WeightsBroken."""
    if not loras:
        yield
        return
    import torch

    layers = {f"{name}.{inside}": layer for name, network in networks.items() for inside, layer in network.named_modules()}
    with ExitStack() as held:
        for lora in loras:
            for key, halves in _read(lora.path, family).items():
                layer = layers.get(key)
                sizes = (getattr(layer, "in_features", 0), getattr(layer, "out_features", 0))
                down, up = (halves[half] for half in HALVES)
                if layer is None or sizes != (down.shape[1], up.shape[0]) or up.shape[1] != down.shape[0]:
                    raise WeightsBroken(
                        f"{lora.path.name}: expected a layer {key} from {down.shape[1]} to {up.shape[0]} numbers, found none."
                    )
                held.callback(layer.register_forward_hook(_Lent(down, up, _scale(halves, lora))).remove)
        held.enter_context(torch.compiler.set_stance("force_eager"))
        yield


class _Lent:
    """What a LoRA adds to what a layer says."""

    def __init__(self, down: "torch.Tensor", up: "torch.Tensor", scale: float) -> None:
        self._down, self._up, self._scale = down, up, scale

    def __call__(self, _layer: "torch.nn.Module", given: "tuple[torch.Tensor, ...]", said: "torch.Tensor") -> "torch.Tensor":
        heard = given[0]
        if (self._down.device, self._down.dtype) != (heard.device, heard.dtype):
            self._down, self._up = (half.to(heard.device, heard.dtype) for half in (self._down, self._up))
        return said + self._scale * (heard @ self._down.T @ self._up.T)


def _scale(halves: Mapping[str, "torch.Tensor"], lora: Lora) -> float:
    """How strongly it counts, by its own word and by its user's."""
    return lora.weight * float(halves[".alpha"]) / halves[HALVES[0]].shape[0] if ".alpha" in halves else lora.weight


def _read(path: Path, family: str) -> dict[str, dict[str, "torch.Tensor"]]:
    """The halves of every change, by the weight that they change."""
    import diffusers.loaders.lora_pipeline as mixins
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    if not path.is_file():
        raise WeightsMissing(f"Expected a LoRA in {path}, found no such file; mend AIPROD_WAN_LORAS or AIPROD_LTX_LORAS.")
    try:
        stored = load_file(path)
    except SafetensorError as error:
        raise WeightsBroken(f"Expected safetensors in {path.name}, found something else: {error}.") from error
    mixin: Any = getattr(mixins, next(name for kind, name in MIXINS.items() if family.startswith(kind)))
    tensors: dict[str, torch.Tensor] = mixin.lora_state_dict(stored)
    changes: dict[str, dict[str, torch.Tensor]] = {}
    for key, tensor in tensors.items():
        half = next((one for one in (*HALVES, ".alpha") if key.endswith(one)), None)
        if half is None:
            raise WeightsBroken(f"Expected pairs of lora_A and lora_B in {path.name}, found {key}.")
        changes.setdefault(key.removesuffix(half), {})[half] = tensor
    for key, halves in changes.items():
        if any(half not in halves for half in HALVES):
            raise WeightsBroken(f"Expected lora_A and lora_B of {key} in {path.name}, found one of them.")
    return changes


def _add(name: str, network: "torch.nn.Module", changes: Mapping[str, Mapping[str, "torch.Tensor"]], lora: Lora) -> int:
    own = {key.removeprefix(f"{name}."): halves for key, halves in changes.items() if key.startswith(f"{name}.")}
    parameters = dict(network.named_parameters())
    for key, halves in own.items():
        down, up = (halves[half].float() for half in HALVES)
        parameter = parameters.get(f"{key}.weight")
        if parameter is None or parameter.shape != (up.shape[0], down.shape[1]) or up.shape[1] != down.shape[0]:
            found = "no such weight" if parameter is None else f"one of {list(parameter.shape)}"
            raise WeightsBroken(
                f"{lora.path.name}: expected a weight {name}.{key} of {[up.shape[0], down.shape[1]]}, found {found}."
            )
        parameter.data = (parameter.data.float() + _scale(halves, lora) * (up @ down)).to(parameter.dtype)
    return len(own)
