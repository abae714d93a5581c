"""ONNX networks opened on the processors. Knows onnxruntime's sessions and how they fail; no network."""

from pathlib import Path
from typing import TYPE_CHECKING

from aiprod.errors import EngineMissing, WeightsBroken

if TYPE_CHECKING:
    import onnxruntime

THREADS = 2
"""Fixed: another number of threads adds in another order, and what comes out would differ in its last bits."""


def open_session(weights: Path, model: str, added: bytes = b"") -> "onnxruntime.InferenceSession":
    """A session of that model's network, read from its file; `added` is put after the file's bytes.

    Raises: EngineMissing, WeightsBroken.
    """
    try:
        import onnxruntime
        from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidGraph, InvalidProtobuf, RuntimeException
    except ImportError as error:
        raise EngineMissing(f"Expected onnxruntime for {model}, found none: run `pip install onnxruntime`.") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    try:
        source = weights.read_bytes() + added if added else str(weights)
        return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])
    except (Fail, InvalidGraph, InvalidProtobuf, RuntimeException) as error:
        raise WeightsBroken(
            f"Expected a network of {model} in {weights.name}, found what onnxruntime cannot read: "
            f"run `aiprod models fetch {model}`."
        ) from error
