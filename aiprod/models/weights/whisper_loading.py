"""openai-whisper's network with the converted weights.

Knows torch and openai-whisper; where the file is and whether it is right is the registry's business.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aiprod.errors import WeightsBroken
from aiprod.models.weights.safetensors import read_arrays

if TYPE_CHECKING:
    from whisper.model import Whisper

THREADS = 2


def load_openai_whisper(path: Path) -> "Whisper":
    """The network on the CPU, ready to hear, with the heads that place words in time. Raises: WeightsBroken."""
    import torch
    from whisper.model import ModelDimensions, Whisper

    torch.set_num_threads(THREADS)
    arrays, metadata = read_arrays(path)
    try:
        model = Whisper(ModelDimensions(**json.loads(metadata["dims"])))
        model.load_state_dict(
            {name: torch.from_numpy(np.array(array, dtype=np.float32)) for name, array in arrays.items()}
        )
        heads = torch.zeros(model.dims.n_text_layer, model.dims.n_text_head, dtype=torch.bool)
        for layer, head in json.loads(metadata["alignment_heads"]):
            heads[layer, head] = True
    except (KeyError, IndexError, TypeError, RuntimeError, json.JSONDecodeError) as error:
        raise WeightsBroken(
            f"Expected openai-whisper's network in {path.name}, found something else: "
            "run `aiprod models fetch whisper-base-openai`."
        ) from error
    model.register_buffer("alignment_heads", heads.to_sparse(), persistent=False)
    model.eval()
    return model
