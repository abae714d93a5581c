"""A model's folder as diffusers lays it out: `model_index.json`, a folder a network, safetensors and nothing else.

Knows the layout and which classes may be built; opens networks strictly, with every fault told as a sentence.
"""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiprod.errors import WeightsBroken, WeightsMissing
from aiprod.models.pictures import require_packages
from aiprod.models.weights.pretrained import load_pretrained
from aiprod.models.weights.safetensors import read_header
from aiprod.models.weights.strict import build_empty, load_strict

if TYPE_CHECKING:
    import torch

INDEX = "model_index.json"
GEMMAS_HEAD = "lm_head.weight"
"""What Gemma would speak with, shared with what it reads with; not needed to read."""
_PICKLES = (".bin", ".pt", ".pth", ".ckpt", ".pkl")


class ModelFolder:
    """One model on disk."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def index(self) -> Mapping[str, Any]:
        """What the model consists of. Raises: WeightsMissing, WeightsBroken."""
        return _read_fields(self.path / INDEX)

    @property
    def kind(self) -> str:
        """Its pipeline, as diffusers calls it. Raises: WeightsMissing, WeightsBroken."""
        return str(self.index().get("_class_name", ""))

    def has(self, name: str) -> bool:
        """Whether the model has a network of that name."""
        entry = self.index().get(name)
        return isinstance(entry, list) and entry != [None, None]

    def fields(self, name: str) -> dict[str, Any]:
        """A network's own settings. Raises: WeightsMissing, WeightsBroken."""
        return dict(_read_fields(self.path / name / "config.json"))

    def numbers(self, name: str) -> int:
        """How many numbers a network's weights are. Raises: WeightsBroken."""
        files = sorted((self.path / name).glob("*.safetensors"))
        return sum(math.prod(entry.shape) for path in files for entry in read_header(path).entries.values())

    def open_network(self, name: str, classes: Mapping[str, type], *, dtype: "torch.dtype") -> "torch.nn.Module":
        """A network of diffusers, in main memory, strictly loaded. Raises: WeightsMissing, WeightsBroken."""
        fields = self.fields(name)
        kind = str(fields.get("_class_name", ""))
        if kind not in classes:
            raise WeightsBroken(
                f"Expected {' or '.join(classes)} in {self.path / name}, found {kind!r}: fetch the model again."
            )
        network: Any = classes[kind]
        empty: torch.nn.Module = build_empty(lambda: network.from_config(fields))
        return load_strict(empty, [self.find_weights(name)], dtype=dtype, float32=kept_in_float32(network))

    def open_reader(self, kind: str, *, dtype: "torch.dtype") -> "torch.nn.Module":
        """The text encoder, one of transformers' of T5's kind, strictly loaded. Raises: WeightsMissing, WeightsBroken."""
        import transformers

        network: Any = getattr(transformers, kind)
        settings = network.config_class.from_dict(self.fields("text_encoder"))
        empty = build_empty(lambda: build_reader(network, settings))
        # What transformers keeps in float32 it keeps beside float16 alone.
        return load_strict(empty, [self.find_weights("text_encoder", "model")], dtype=dtype)

    def open_gemma(self, *, dtype: "torch.dtype") -> "torch.nn.Module":
        """Gemma 3 as a text encoder, whose keys transformers renames itself. Raises: WeightsMissing, WeightsBroken."""
        import transformers

        self.find_weights("text_encoder", "model")
        encoder: torch.nn.Module = load_pretrained(
            transformers.Gemma3ForConditionalGeneration, self.path / "text_encoder", "Gemma 3", unread=(GEMMAS_HEAD,), dtype=dtype
        )
        return encoder

    def open_tokenizer(self) -> Any:
        """What turns a prompt into numbers. Raises: WeightsMissing."""
        import transformers

        folder = self.path / "tokenizer"
        if not (folder / "tokenizer_config.json").is_file():
            raise WeightsMissing(f"Expected a tokenizer in {folder}, found none: fetch the model again.")
        return transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True)

    def find_weights(self, name: str, stem: str = "diffusion_pytorch_model") -> Path:
        """The safetensors of a network, or their index. Raises: WeightsMissing, WeightsBroken (there is a pickle)."""
        folder = self.path / name
        for path in (folder / f"{stem}.safetensors", folder / f"{stem}.safetensors.index.json"):
            if path.is_file():
                return path
        pickles = sorted(file.name for file in folder.glob("*") if file.suffix in _PICKLES)
        if pickles:
            raise WeightsBroken(
                f"Expected {stem}.safetensors in {folder}, found {pickles[0]}, a pickle, which could run code: fetch the"
                " model's safetensors."
            )
        raise WeightsMissing(f"Expected {stem}.safetensors in {folder}, found none: fetch the model again.")


def kept_in_float32(network: type) -> tuple[str, ...]:
    """Parts of the keys of a network of diffusers whose weights are float32, whatever the others are."""
    return tuple(getattr(network, "_keep_in_fp32_modules", None) or ())


def build_reader(network: Any, settings: Any) -> "torch.nn.Module":
    """A text encoder of T5's kind. Alone it has one table of words under two names, whatever its settings say of a decoder's."""
    encoder: Any = network(settings)
    encoder.encoder.embed_tokens = encoder.shared
    reader: torch.nn.Module = encoder
    return reader


def check_packages() -> None:
    """Raises: EngineMissing, when what diffusion runs on is not installed."""
    require_packages("diffusion", ("torch", "diffusers", "transformers", "safetensors"))


def _read_fields(path: Path) -> Mapping[str, Any]:
    try:
        fields = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise WeightsMissing(f"Expected a model's settings in {path}, found no such file: fetch the model again.") from error
    except ValueError as error:
        raise WeightsBroken(f"Expected JSON in {path}, found something else: fetch the model again.") from error
    if not isinstance(fields, dict):
        raise WeightsBroken(f"Expected a model's settings in {path}, found {type(fields).__name__}: fetch it again.")
    return fields
