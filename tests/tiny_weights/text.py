"""The tiny models' readers: a tokenizer trained on a few sentences, and text encoders of two layers."""

import json
from pathlib import Path
from typing import Any

SENTENCES = (
    "A giant panda eats bamboo in a misty forest, soft morning light, slow dolly in",
    "The lighthouse stands on a cliff above the sea at night while waves break below",
    "Cinematic film, soft light, shallow depth of field, natural grain, no text in the picture",
    "text, captions, subtitles, watermark, logo, frame, border, deformed hands, flicker",
)


def tokenizer() -> Any:
    """A tokenizer of T5's kind with a few hundred pieces."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import T5TokenizerFast

    made = Tokenizer(models.Unigram())
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    made.decoder = decoders.Metaspace()
    trainer = trainers.UnigramTrainer(
        vocab_size=200, special_tokens=["<pad>", "</s>", "<unk>"], unk_token="<unk>", show_progress=False
    )
    made.train_from_iterator(SENTENCES, trainer)
    pieces = [tuple(piece) for piece in json.loads(made.to_str())["model"]["vocab"]]
    return T5TokenizerFast(vocab=pieces, eos_token="</s>", unk_token="<unk>", pad_token="<pad>", extra_ids=0)


def write_tokenizer(made: Any, folder: Path) -> None:
    """Write it as a model's folder has it."""
    made.save_pretrained(folder / "tokenizer")


def umt5(vocabulary: int) -> Any:
    """The encoder that Wan reads with."""
    from transformers import UMT5Config, UMT5EncoderModel

    return UMT5EncoderModel(
        UMT5Config(vocab_size=vocabulary, d_model=32, d_kv=8, d_ff=37, num_layers=2, num_heads=4, dropout_rate=0.0)
    )
