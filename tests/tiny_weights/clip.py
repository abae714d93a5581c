"""CLIP as a published export has it: two ONNX networks and a tokenizer, tiny, untrained, from a fixed seed."""

import warnings
from pathlib import Path
from typing import Any

import torch
from tokenizers.pre_tokenizers import ByteLevel
from transformers import CLIPConfig, CLIPModel, CLIPTokenizer

from aiprod.models.sight.prompt_match import PICTURE_NETWORK, TOKENIZER, WORD_NETWORK


class Half(torch.nn.Module):
    """One half of CLIP: from prepared pictures, or the numbers of words, to their vectors."""

    def __init__(self, model: torch.nn.Module, projection: torch.nn.Module) -> None:
        super().__init__()
        self.model, self.projection = model, projection

    def forward(self, given: torch.Tensor) -> Any:
        return self.projection(self.model(given).pooler_output)


def tiny_tokenizer() -> CLIPTokenizer:
    """Every letter is a token of its own, but for three pairs."""
    letters = sorted(ByteLevel.alphabet())
    merges = [("p", "a"), ("n", "d"), ("pa", "nd")]
    words = [*letters, *(f"{one}</w>" for one in letters), *("".join(pair) for pair in merges)]
    vocabulary = {word: number for number, word in enumerate([*words, "<|startoftext|>", "<|endoftext|>"])}
    return CLIPTokenizer(vocab=vocabulary, merges=merges)


def write_tiny_clip(folder: Path) -> CLIPModel:
    """Write the files into `folder`; the network that they are of."""
    tokenizer = tiny_tokenizer()
    size = {"hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 2}
    config = CLIPConfig(
        text_config={**size, "vocab_size": len(tokenizer), "bos_token_id": tokenizer.bos_token_id,
                     "eos_token_id": tokenizer.eos_token_id, "max_position_embeddings": 77},
        vision_config={**size, "image_size": 224, "patch_size": 32}, projection_dim=16, attn_implementation="eager",
    )  # fmt: skip
    torch.manual_seed(7)
    clip = CLIPModel(config).eval()
    (folder / PICTURE_NETWORK).parent.mkdir(parents=True, exist_ok=True)
    tokenizer.backend_tokenizer.save(str(folder / TOKENIZER))
    looking, reading = Half(clip.vision_model, clip.visual_projection), Half(clip.text_model, clip.text_projection)
    _export(looking, torch.zeros(2, 3, 224, 224), folder / PICTURE_NETWORK, ("pixel_values", "image_embeds"), {0: "count"})
    tokens = torch.tensor([[len(tokenizer) - 2, 5, 6, len(tokenizer) - 1]])
    _export(reading, tokens, folder / WORD_NETWORK, ("input_ids", "text_embeds"), {1: "length"})
    return clip


def _export(module: torch.nn.Module, example: torch.Tensor, into: Path, names: tuple[str, str], free: dict[int, str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the older exporter, which needs no further package but onnx, says that it is older
        torch.onnx.export(
            module, (example,), into, dynamo=False, opset_version=17, input_names=[names[0]], output_names=[names[1]],
            dynamic_axes={names[0]: free},
        )  # fmt: skip
