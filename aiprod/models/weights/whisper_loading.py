"""openai-whisper's network with the converted weights.

Knows torch and openai-whisper; where the file is and whether it is right is the registry's business.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from aiprod.errors import WeightsBroken
from aiprod.models.weights.safetensors import read_header
from aiprod.models.weights.strict import build_empty, load_strict

if TYPE_CHECKING:
    from whisper.model import Whisper

THREADS = 2


def load_openai_whisper(path: Path) -> "Whisper":
    """The network on the CPU, ready to hear, with the heads that place words in time. Raises: WeightsBroken."""
    import torch
    from whisper.model import ModelDimensions, Whisper

    torch.set_num_threads(THREADS)
    metadata = read_header(path).metadata
    try:
        dimensions = ModelDimensions(**json.loads(metadata["dims"]))
        model = load_strict(build_empty(lambda: Whisper(dimensions)), [path], dtype=torch.float32)
        heads = torch.zeros(model.dims.n_text_layer, model.dims.n_text_head, dtype=torch.bool)
        for layer, head in json.loads(metadata["alignment_heads"]):
            heads[layer, head] = True
    except (KeyError, IndexError, TypeError, json.JSONDecodeError) as error:
        raise WeightsBroken(
            f"Expected openai-whisper's network in {path.name}, found something else: "
            "run `aiprod models fetch whisper-base-openai`."
        ) from error
    model.register_buffer("alignment_heads", heads.to_sparse(), persistent=False)
    model.eval()
    return model
