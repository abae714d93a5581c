"""How well pictures show what words say, by CLIP: both become vectors, which point the same way where they fit.

Knows the network's own preparation of pictures and words; what fits well enough is decided elsewhere.
Source: Radford and others, Learning transferable visual models from natural language supervision, 2021.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from aiprod.models.sight.judge import Judge
from aiprod.picture_ports import Pictures

if TYPE_CHECKING:
    import onnxruntime
    from tokenizers import Tokenizer

MODEL = "clip-vit-b32"
PICTURE_NETWORK = "onnx/vision_model_quantized.onnx"
WORD_NETWORK = "onnx/text_model_quantized.onnx"
TOKENIZER = "tokenizer.json"
SIDE_PX = 224
MOST_TOKENS = 77
"""What is said after them is not read."""
MEAN = np.array([0.48145466, 0.4578275, 0.40821073], np.float32)
SPREAD = np.array([0.26862954, 0.26130258, 0.27577711], np.float32)

Vectors = npt.NDArray[np.float32]


class ClipMatcher(Judge):
    """Implements picture_ports.PromptMatcher."""

    model = MODEL

    def match(self, pictures: Pictures, text: str) -> float:
        (seen,) = self._looking.run(["image_embeds"], {"pixel_values": prepared(pictures)})
        return float((_directions(seen) @ _directions(self._read(text))[0]).mean())

    def _read(self, text: str) -> Vectors:
        tokens = np.array([self._tokenizer.encode(text).ids], np.int64)
        fed = {"input_ids": tokens, "attention_mask": np.ones_like(tokens)}
        wanted = {one.name for one in self._reading.get_inputs()}
        (said,) = self._reading.run(["text_embeds"], {name: array for name, array in fed.items() if name in wanted})
        return np.asarray(said, np.float32)

    @property
    def _looking(self) -> "onnxruntime.InferenceSession":
        return self._open(PICTURE_NETWORK)

    @property
    def _reading(self) -> "onnxruntime.InferenceSession":
        return self._open(WORD_NETWORK)

    @property
    def _tokenizer(self) -> "Tokenizer":
        return self._kept(TOKENIZER, _open_tokenizer)


def _open_tokenizer(path: Path) -> "Tokenizer":
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.enable_truncation(MOST_TOKENS)
    tokenizer.no_padding()
    return tokenizer


def prepared(pictures: Pictures) -> npt.NDArray[np.float32]:
    """The middle of each picture as the network wants it. Shape: (count, 3, 224, 224)."""
    from PIL import Image

    rows = []
    for picture in pictures:
        height, width = picture.shape[:2]
        size = (SIDE_PX, int(SIDE_PX * height / width)) if width <= height else (int(SIDE_PX * width / height), SIDE_PX)
        small = Image.fromarray(picture).resize(size, Image.Resampling.BICUBIC)
        left, top = (size[0] - SIDE_PX) // 2, (size[1] - SIDE_PX) // 2
        middle = np.asarray(small, np.float32)[top : top + SIDE_PX, left : left + SIDE_PX]
        rows.append(((middle / 255 - MEAN) / SPREAD).transpose(2, 0, 1))
    return np.stack(rows)


def _directions(vectors: Vectors) -> Vectors:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)
