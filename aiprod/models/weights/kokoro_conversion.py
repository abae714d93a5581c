"""Kokoro's weights from the published 8-bit ONNX network to safetensors under the names of its training code.

Knows how the published graph holds each part; needs neither torch nor onnxruntime. Whole numbers of 8 bits become the real
numbers, of half precision, that they stand for; norms of weights were multiplied out when the graph was published.
"""

import re
from pathlib import Path

import numpy as np

from aiprod.errors import WeightsBroken
from aiprod.models.weights.onnx import Graph, Node, read_graph
from aiprod.models.weights.safetensors import Array, write_arrays

_GATES = (0, 2, 3, 1)
"""ONNX's order of an LSTM's gates (input, output, forget, cell) in torch's (input, forget, cell, output)."""
_MODULE = {
    "/encoder/bert/": "bert.", "/encoder/bert_encoder/": "bert_encoder.", "/encoder/text_encoder/": "text_encoder.",
    "/encoder/predictor/": "predictor.", "/encoder/": "predictor.", "/decoder/decoder/": "decoder.",
}  # fmt: skip
_KEPT = re.compile(
    r"^(?P<side>encoder|decoder\.decoder)\."
    r"(?P<name>.*(?:\.bias|\.gamma|\.beta|alpha[12]\.\d|LayerNorm\.weight|layer_norm\.weight))$"
)
_EMBEDDING = re.compile(r"^encoder\.(?P<name>.*embeddings?\.weight)_scale$")


def write_kokoro(source: Path, target: Path) -> None:
    """Write the network of the ONNX file as safetensors. Raises: WeightsBroken."""
    graph = read_graph(source)
    try:
        arrays = _named(graph)
    except (KeyError, ValueError, IndexError) as error:
        raise WeightsBroken(f"Expected the Kokoro network in {source.name}, found no {error}.") from error
    write_arrays(target, arrays, {"format": "pt"})


def _named(graph: Graph) -> dict[str, Array]:
    named: dict[str, Array] = {}
    for name in graph.arrays:
        if kept := _KEPT.match(name):
            side = "decoder." if kept["side"] == "decoder.decoder" else ""
            named[side + kept["name"]] = graph.arrays[name]
    for node in graph.nodes:
        if node.operator == "DequantizeLinear" and (embedding := _EMBEDDING.match(node.inputs[1])):
            named[embedding["name"]] = _real(graph, node.inputs[1].removesuffix("_scale"), node.inputs[2])
        elif node.operator == "DynamicQuantizeLSTM":
            named |= _lstm(graph, node)
        elif node.operator in ("ConvInteger", "MatMulInteger") and not re.search(r"(_\d+/MatMul_quant|layers\.0_\d+/)", node.name):
            weight = _real(graph, node.inputs[1].removesuffix("_quantized"), node.inputs[3])
            named.setdefault(f"{_module(node)}.weight", weight if node.operator == "ConvInteger" else weight.T)
        elif node.operator == "ConvTranspose" and "/istft/" not in node.name:
            named[f"{_module(node)}.weight"] = graph.arrays[node.inputs[1]]
        elif node.operator in ("Conv", "MatMul") and node.inputs[1] in graph.arrays:
            weight = graph.arrays[node.inputs[1]]
            named[f"{_module(node)}.weight"] = weight if node.operator == "Conv" else weight.T
    return {name: np.ascontiguousarray(array, dtype=np.float16) for name, array in named.items()}


def _module(node: Node) -> str:
    """The module that a step belongs to: "/encoder/F0.0/conv1/Conv_quant" is predictor.F0.0.conv1."""
    start = next(start for start in _MODULE if node.name.startswith(start))
    parts = node.name.removeprefix(start).split("/")[:-1]
    if start == "/encoder/bert_encoder/":
        return "bert_encoder"
    kept = [one for one, after in zip(parts, [*parts[1:], ""], strict=True) if not after.startswith(f"{one}.")]
    return _MODULE[start] + ".".join(kept)


def _real(graph: Graph, base: str, zero_point: str) -> Array:
    """The real numbers that whole ones stand for, by their scale and their zero."""
    whole, scale, nought = (
        graph.arrays[name].astype(np.float32) for name in (f"{base}_quantized", f"{base}_scale", zero_point)
    )
    return (whole - nought) * scale


def _lstm(graph: Graph, node: Node) -> dict[str, Array]:
    """Both directions of an LSTM; ONNX has the gates' weights side by side and transposed."""
    named: dict[str, Array] = {}
    biases = graph.arrays[node.inputs[3]]
    for kind, weight, zero, bias in (("ih", 1, 9, 0), ("hh", 2, 11, 1)):
        base = node.inputs[weight].removesuffix("_quantized")
        whole, scale, nought = (
            graph.arrays[name].astype(np.float32) for name in (f"{base}_quantized", f"{base}_scale", node.inputs[zero])
        )
        for direction, suffix in enumerate(("", "_reverse")):
            numbers = (whole[direction] - _each(nought, direction)) * _each(scale, direction)
            named[f"{_module(node)}.weight_{kind}_l0{suffix}"] = _in_order(numbers.T)
            half = biases.shape[1] // 2
            named[f"{_module(node)}.bias_{kind}_l0{suffix}"] = _in_order(biases[direction, bias * half : (bias + 1) * half])
    return named


def _each(numbers: Array, direction: int) -> Array:
    """A direction's own numbers: one for all, or one for each row."""
    return numbers[direction] if numbers.ndim else numbers


def _in_order(gates: Array) -> Array:
    """The gates' rows in torch's order."""
    parts = np.split(gates, 4)
    return np.concatenate([parts[index] for index in _GATES])
