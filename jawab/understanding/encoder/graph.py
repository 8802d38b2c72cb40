"""The encoder as an ONNX graph whose matrices are multiplied in whole numbers.

BERT (Devlin et al. 2019) with post-normalisation, as XLM-R and E5 have it. Weights have seven bits and a scale an output (so that sums of
products fit in the sixteen bits that processors without VNNI have for two of them), activations eight bits and a scale a piece of text: nothing
depends on what else is in the batch.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from jawab.understanding.encoder.weights import Weights

EMBEDDED = "embedded"
POOLED = "pooled"
WEIGHT_LEVELS = 63
ACTIVATION_LEVELS = 127
ACTIVATION_ZERO = 128
# ONNX Runtime's own operators beside those of the standard.
OF_RUNTIME = "com.microsoft"


def encoder_graph(weights: Weights) -> bytes:
    """Return the serialized graph from ``embedded``, the sums of word, place and type of each piece, shape ``(texts, pieces, width)``
    and single precision, to ``pooled``, their mean after the last layer, shape ``(texts, width)``."""
    graph = _Graph(weights)
    state = graph.apply(
        "LayerNormalization", EMBEDDED, *graph.norm("emb.ln"), axis=-1, epsilon=weights.epsilon
    )
    for layer in range(weights.layers):
        state = _layer(graph, f"l{layer}", state)
    axis = graph.constant(np.array([1], np.int64))
    graph.apply("ReduceMean", state, axis, keepdims=0, named=POOLED)
    return graph.serialized()


def _layer(graph: _Graph, layer: str, state: str) -> str:
    width = graph.weights.width
    seen = [f"{layer}.q", f"{layer}.k", f"{layer}.v"]
    asked = graph.multiply(state, [f"{name}.w" for name in seen], width)
    shares = graph.constant(np.array([width] * 3, np.int64))
    attended = graph.apply_of_runtime(
        "MultiHeadAttention",
        *graph.split(asked, shares),
        graph.numbers(*(f"{name}.b" for name in seen)),
        num_heads=graph.weights.heads,
    )
    found = graph.multiply(attended, [f"{layer}.ao.w"], width)
    state = graph.add_and_norm(found, state, f"{layer}.aln", f"{layer}.ao.b")
    inner = graph.multiply(state, [f"{layer}.fi.w"], width)
    inner = graph.apply_of_runtime("BiasGelu", inner, graph.numbers(f"{layer}.fi.b"))
    inner_width = len(graph.weights.numbers(f"{layer}.fi.b"))
    found = graph.multiply(inner, [f"{layer}.fo.w"], inner_width)
    return graph.add_and_norm(found, state, f"{layer}.oln", f"{layer}.fo.b")


class _Graph:
    """Nodes and constants as they come; every method returns the name of what it adds."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._nodes: list[Any] = []
        self._constants: list[Any] = []
        self._last = self.constant(np.array([-1], np.int64))
        self._step = self.constant(np.float32(1 / ACTIVATION_LEVELS))
        self._zero = self.constant(np.uint8(ACTIVATION_ZERO))

    def constant(self, value: Any) -> str:
        name = f"constant{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def numbers(self, *names: str) -> str:
        return self.constant(np.concatenate([self.weights.numbers(name) for name in names]))

    def norm(self, name: str) -> tuple[str, str]:
        return self.numbers(f"{name}.w"), self.numbers(f"{name}.b")

    def apply(
        self, operator: str, *inputs: str, named: str = "", domain: str = "", **attributes: Any
    ) -> str:
        name = named or f"node{len(self._nodes)}"
        self._nodes.append(helper.make_node(operator, inputs, [name], domain=domain, **attributes))
        return name

    def apply_of_runtime(self, operator: str, *inputs: str, **attributes: Any) -> str:
        return self.apply(operator, *inputs, domain=OF_RUNTIME, **attributes)

    def split(self, value: str, shares: str) -> list[str]:
        names = [f"{value}.{part}" for part in range(3)]
        self._nodes.append(helper.make_node("Split", [value, shares], names, axis=2))
        return names

    def multiply(self, value: str, names: list[str], columns: int) -> str:
        """``value`` times the transposed matrices beside each other, without their biases."""
        matrix = np.concatenate([self.weights.matrix(name, columns).rows() for name in names])
        rounded, scales = _rounded(matrix)
        greatest = self.apply("ReduceMax", self.apply("Abs", value), self._last, keepdims=1)
        within_one = self.apply("Div", value, greatest)
        levels = self.apply("QuantizeLinear", within_one, self._step, self._zero)
        product = self.apply_of_runtime(
            "MatMulIntegerToFloat",
            levels,
            self.constant(rounded.T),
            self._step,
            self.constant(scales),
            self._zero,
            self.constant(np.zeros(len(matrix), np.int8)),
        )
        return self.apply("Mul", product, greatest)

    def add_and_norm(self, value: str, state: str, norm: str, bias: str) -> str:
        return self.apply_of_runtime(
            "SkipLayerNormalization",
            value,
            state,
            *self.norm(norm),
            self.numbers(bias),
            epsilon=self.weights.epsilon,
        )

    def serialized(self) -> bytes:
        width = self.weights.width
        embedded = helper.make_tensor_value_info(
            EMBEDDED, TensorProto.FLOAT, ["texts", "pieces", width]
        )
        pooled = helper.make_tensor_value_info(POOLED, TensorProto.FLOAT, ["texts", width])
        graph = helper.make_graph(self._nodes, "e5", [embedded], [pooled], self._constants)
        operators = [helper.make_opsetid("", 18), helper.make_opsetid(OF_RUNTIME, 1)]
        model = helper.make_model(graph, opset_imports=operators, ir_version=9)
        return bytes(model.SerializeToString())


def _rounded(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """The matrix in whole numbers of seven bits, and a scale for each of its rows."""
    scales = np.abs(matrix).max(axis=1) / WEIGHT_LEVELS
    return np.rint(matrix / scales[:, np.newaxis]).astype(np.int8), scales
