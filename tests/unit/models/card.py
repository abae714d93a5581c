"""A card of NVIDIA's where there is none: its arithmetic is the processor's, all else is as on a card.

A tensor on it is on cuda:0. Work on tensors of two devices is refused, as a GPU refuses it, and so are the shapes and layouts
that a GPU's kernels for numbers of one byte do not take. What it cannot show: a GPU's own rounding, memory and time.
"""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves, tree_map

from aiprod.models.diffusion.devices import _HELD

CARD = torch.device("cuda", 0)
ATEN = torch.ops.aten
ASKED = {torch.Tensor.item, torch.Tensor.tolist, torch.Tensor.__float__, torch.Tensor.__int__, torch.Tensor.__bool__, torch.Tensor.__index__}
"""Numbers come from a card by themselves."""
CROSSING = (ATEN.copy_.default, ATEN._to_copy.default, ATEN.to.device, ATEN.to.dtype_layout, ATEN.to.other)
INDEXED = (
    ATEN.index.Tensor, ATEN.index_put.default, ATEN.index_put_.default, ATEN._index_put_impl_.default,
    torch.Tensor.__getitem__, torch.Tensor.__setitem__,
)  # fmt: skip
"""Where in a card's tensor may be told from main memory."""
UNLINKED = "not linked with support for cuda"
"""What torch says where one of its doors is shut before a tensor is asked."""


class OnCard(torch.Tensor):
    """A tensor on the card; `here` are its numbers."""

    here: torch.Tensor

    @staticmethod
    def __new__(cls, here: torch.Tensor) -> "OnCard":
        made = torch.Tensor._make_wrapper_subclass(  # type: ignore[attr-defined]
            cls, here.size(), strides=here.stride(), storage_offset=here.storage_offset(), dtype=here.dtype, device=CARD
        )
        made.here = here
        return made  # type: ignore[no-any-return]

    @classmethod
    def __torch_dispatch__(cls, func: Any, types: Any, args: Sequence[Any] = (), kwargs: Mapping[str, Any] | None = None) -> Any:
        return _work(func, args, kwargs or {})


class _Below(TorchDispatchMode):
    """Every operation, those that make tensors out of nothing too."""

    def __torch_dispatch__(self, func: Any, types: Any, args: Sequence[Any] = (), kwargs: Mapping[str, Any] | None = None) -> Any:
        return _work(func, args, kwargs or {})


class _Above(TorchFunctionMode):
    """What torch's doors would do to a card before any operation."""

    def __torch_function__(self, func: Any, types: Any, args: Sequence[Any] = (), kwargs: Mapping[str, Any] | None = None) -> Any:
        args, kwargs = tuple(map(_numbered, args)), {name: _numbered(one) for name, one in (kwargs or {}).items()}
        if func in ASKED and isinstance(args[0], OnCard):
            return func(args[0].here, *args[1:])
        if func in (torch.tensor, torch.as_tensor) and kwargs.get("device") is not None:
            device = kwargs.pop("device")
            return func(*args, **kwargs).to(device)
        if getattr(func, "__name__", "") == "lstm":  # cuDNN's is one operation
            return _work(func, args, kwargs)
        try:
            return func(*args, **kwargs)
        except RuntimeError as error:
            if UNLINKED not in str(error):
                raise
        return _work(func, args, kwargs)


def _numbered(one: Any) -> Any:
    """cuda is cuda:0."""
    return CARD if isinstance(one, str | torch.device) and str(one) == "cuda" else one


def _work(func: Any, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
    """The operation on the tensors' numbers. Fails where a GPU would refuse it."""
    tensors = [one for one in tree_leaves((args, kwargs)) if isinstance(one, torch.Tensor)]
    mine = [one for one in tensors if isinstance(one, OnCard)]
    apart = [one for one in tensors if not isinstance(one, OnCard) and one.ndim]  # a single number may come from anywhere
    if mine and apart and func not in CROSSING and not (func in INDEXED and isinstance(args[0], OnCard)):
        pytest.fail(f"{func} of {[(one.device.type, tuple(one.shape)) for one in tensors]}")
    _check_layout(func, args)
    devices = [one for one in (*args, kwargs.get("device")) if isinstance(one, torch.device)]
    onto = devices[0].type == CARD.type if devices else isinstance(args[0], OnCard) if func is ATEN.copy_.default else bool(mine)
    homes = {id(one.here): one for one in mine}

    def inside(one: Any) -> Any:
        if isinstance(one, OnCard):
            return one.here
        return torch.device("cpu") if isinstance(one, torch.device) and onto else one

    def outside(one: Any) -> Any:
        if not onto or not isinstance(one, torch.Tensor) or isinstance(one, OnCard):
            return one
        return homes[id(one)] if id(one) in homes else OnCard(one)

    return tree_map(outside, func(*tree_map(inside, args), **tree_map(inside, dict(kwargs))))


def _check_layout(func: Any, args: Sequence[Any]) -> None:
    """Source: the checks of torch's own kernels (aten/src/ATen/native/cuda/Blas.cpp and ScaledBlas.cpp)."""
    if func is ATEN._int_mm.default:
        (rows, inward), outward = args[0].shape, args[1].shape[1]
        assert rows > 16
        assert inward % 8 == outward % 8 == 0
    if func is ATEN._scaled_mm.default:
        left, right, across, down = args[:4]
        (rows, inward), outward = left.shape, right.shape[1]
        assert inward % 16 == outward % 16 == 0
        assert (left.stride(), right.stride()) == ((inward, 1), (1, inward))
        assert (across.shape, down.shape) == ((rows, 1), (1, outward))
        assert across.is_contiguous()
        assert down.is_contiguous()
        assert across.dtype == down.dtype == torch.float32


@pytest.fixture
def card(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A card with 24 GiB that multiplies 8-bit floats, for as long as a test runs."""
    nothing: Callable[..., None] = lambda *_: None  # noqa: E731
    answers: dict[str, Callable[..., Any]] = {
        "_lazy_init": nothing, "is_available": lambda: True, "empty_cache": nothing, "synchronize": nothing,
        "reset_peak_memory_stats": nothing, "max_memory_allocated": lambda *_: 2**30, "set_per_process_memory_fraction": nothing,
        "get_device_name": lambda _: "a card", "get_device_capability": lambda _: (8, 9),
        "get_device_properties": lambda _: SimpleNamespace(uuid="of-a-test", total_memory=24 * 2**30),
    }  # fmt: skip
    for name, answer in answers.items():
        monkeypatch.setattr(torch.cuda, name, answer)
    monkeypatch.setattr(torch.backends.cudnn, "is_acceptable", lambda _: False)
    # Tensors that stand for others can be no inference tensors.
    monkeypatch.setattr(torch._C, "_InferenceMode", lambda mode: torch.no_grad() if mode else nullcontext())
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    swapped = torch.__future__.get_swap_module_params_on_conversion()
    torch.__future__.set_swap_module_params_on_conversion(True)
    try:
        with _Above(), _Below():
            yield
    finally:
        torch.__future__.set_swap_module_params_on_conversion(swapped)
        for path in [one for one in _HELD if one.parent == tmp_path]:
            _HELD.pop(path).close()
