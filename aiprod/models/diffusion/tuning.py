"""What makes a loaded model quicker: small weights, attention kernels, compiled blocks, steps that are guessed; LoRAs go first.

Knows torch's and diffusers' switches. Compiled kernels are kept as one file of bytes, so that the next task need not
compile again, whichever machine it runs on.
"""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiprod.encoding import key_of
from aiprod.errors import InvalidSetting
from aiprod.logs import logger
from aiprod.models.diffusion.devices import Device
from aiprod.models.diffusion.loop import Keep
from aiprod.models.diffusion.loras import Lora, add_loras
from aiprod.models.diffusion.parts import Parts
from aiprod.models.diffusion.placement import Placement, Precision
from aiprod.models.diffusion.quantized import quantize_blocks

if TYPE_CHECKING:
    import torch

COMPILERS = ("cc", "gcc", "clang")
"""The GPU's compiler makes its launchers with one of them."""
TRANSFORMERS = ("transformer", "transformer_2")
TO_WORDS = (".attn2", ".audio_attn2")
"""Names of diffusers' attention to the words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a model is run.

    `precision` None and `batch` 0: by the memory at hand; `batch`: clips of one shape and length drawn together at most;
    `quick`: compiled, where there is a GPU; `cache`: how alike two steps must be for the second to be guessed (0: never);
    `attention`: a kernel of diffusers ("": torch's choice).
    """

    precision: Precision | None = None
    batch: int = 0
    loras: tuple[Lora, ...] = ()
    quick: bool = False
    cache: float = 0.0
    attention: str = ""


def denoisers(parts: Parts) -> "dict[str, torch.nn.Module]":
    """The networks that denoise, by name."""
    return {name: parts[name] for name in TRANSFORMERS if name in parts.names()}


def change_weights(networks: "dict[str, torch.nn.Module]", options: Options, placement: Placement, device: Device, kind: str) -> None:
    """LoRAs, then the precision. Raises: WeightsMissing, WeightsBroken."""
    add_loras(networks, options.loras, kind)
    if placement.precision in (Precision.FLOAT8, Precision.INT8):
        for network in networks.values():
            quantize_blocks(network, placement.precision, device.name)


def make_quick(parts: Parts, options: Options, device: Device) -> None:
    """Attention kernels, compiled blocks, guessed steps. Raises: InvalidSetting."""
    networks = denoisers(parts).values()
    if options.attention:
        for network in networks:
            _set_kernel(network, options.attention)
    if options.quick and device.name != "cpu":
        _compile(networks)
    if options.cache:  # around what is compiled: a guess is decided in Python, and compiled with it each block would be in pieces
        for network in networks:
            _guess(network, options.cache)


def _set_kernel(network: Any, kernel: str) -> None:
    """The attention kernel of pictures among themselves, where nearly all of the time goes. Attention to the words stays PyTorch's
    own: LTX masks them, and most kernels take no mask. Raises: InvalidSetting."""
    from diffusers.models.attention_dispatch import AttentionBackendName, attention_backend

    try:
        with attention_backend(AttentionBackendName.NATIVE):  # what others in this process use is put back afterwards
            network.set_attention_backend(kernel)
    except (ValueError, RuntimeError, ImportError) as error:
        raise InvalidSetting(f"AIPROD_DIFFUSION_ATTENTION={kernel} cannot be used here: {error}") from error
    for name, module in network.named_modules():
        if name.endswith(TO_WORDS):
            module.processor._attention_backend = AttentionBackendName.NATIVE  # as diffusers sets it


def _compile(networks: "Iterable[torch.nn.Module]") -> None:
    """Compile what the networks' blocks do, but not what is hooked around them; what cannot be compiled runs as it is."""
    import torch._dynamo

    if not any(shutil.which(name) for name in COMPILERS):
        logger().warning("blocks not compiled", reason=f"found none of the programs {', '.join(COMPILERS)}; install gcc")
        return
    torch._dynamo.config.suppress_errors = True
    torch._dynamo.reset()  # a kind of block has few forms, and those of another model count
    network: Any
    for network in networks:
        for block in network.modules():
            if type(block).__name__ in network._repeated_blocks:
                block.forward = torch.compile(block.forward)


def _guess(network: Any, threshold: float) -> None:
    """Guess steps that are like the one before. Raises: InvalidSetting, where the model's blocks are not made for it."""
    import diffusers

    config: Any = diffusers.FirstBlockCacheConfig
    try:
        network.enable_cache(config(threshold=threshold))
    except ValueError as error:
        raise InvalidSetting(
            f"Expected AIPROD_DIFFUSION_CACHE=0 for {type(network).__name__}, whose steps cannot be guessed, found {threshold}: set 0."
        ) from error


def forget_steps(parts: Parts) -> None:
    """Guess no step from another clip's."""
    network: Any
    for network in denoisers(parts).values():
        network._reset_stateful_cache()


def kernels_name(model: str, device: Device) -> str:
    """What compiled kernels are kept under."""
    import torch

    return f"kernels-{key_of(model, str(torch.__version__), device.title)}"


def restore_kernels(keep: Keep, name: str) -> None:
    """Take up kernels that other tasks compiled, if there are any."""
    import torch

    kept = keep.get(name)
    if kept is not None:
        torch.compiler.load_cache_artifacts(kept)


def keep_kernels(keep: Keep, name: str, forms: int) -> None:
    """Let other tasks have the kernels that this one compiled or took up, for so many forms of a block: the most of them count."""
    import torch

    artefacts = torch.compiler.save_cache_artifacts()
    if artefacts is not None:
        keep.put(name, forms, artefacts[0])


def compiled_forms() -> int:
    """For how many forms blocks were compiled: stills, stretches and batches differ in theirs."""
    from torch._dynamo.utils import counters

    return int(counters["stats"]["unique_graphs"])
