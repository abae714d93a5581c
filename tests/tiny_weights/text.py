"""The tiny models' readers: a tokenizer trained on a few sentences, and text encoders of two layers."""

import json
from collections.abc import Callable
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


def write_pipeline(folder: Path, kind: str, encoder: Callable[[int], Any], **parts: Any) -> None:
    """A pipeline of diffusers with the tokenizer and an encoder of its size, as its folder."""
    import diffusers

    tokens = tokenizer()
    made = getattr(diffusers, kind)(tokenizer=tokens, text_encoder=encoder(len(tokens)), **parts)
    made.set_progress_bar_config(disable=True)
    made.save_pretrained(folder, safe_serialization=True)


def t5(vocabulary: int) -> Any:
    """The encoder that LTX-Video reads with."""
    from transformers import T5Config, T5EncoderModel

    return T5EncoderModel(
        T5Config(vocab_size=vocabulary, d_model=32, d_kv=8, d_ff=37, num_layers=2, num_heads=4, dropout_rate=0.0)
    )


def gemma(_: int) -> Any:
    """The encoder that LTX-2 reads with, its eyes as small as they can be."""
    from transformers import Gemma3Config, Gemma3ForConditionalGeneration

    words = {
        "vocab_size": 512, "hidden_size": 32, "intermediate_size": 37, "num_hidden_layers": 2, "num_attention_heads": 4,
        "num_key_value_heads": 2, "head_dim": 8, "max_position_embeddings": 2048,
    }  # fmt: skip
    eyes = {
        "hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "image_size": 32,
        "patch_size": 8,
    }  # fmt: skip
    return Gemma3ForConditionalGeneration(
        Gemma3Config(
            text_config=words, vision_config=eyes, mm_tokens_per_image=4, image_token_index=300, boi_token_index=301,
            eoi_token_index=302,
        )
    )  # fmt: skip


def umt5(vocabulary: int) -> Any:
    """The encoder that Wan reads with."""
    from transformers import UMT5Config, UMT5EncoderModel

    return UMT5EncoderModel(
        UMT5Config(vocab_size=vocabulary, d_model=32, d_kv=8, d_ff=37, num_layers=2, num_heads=4, dropout_rate=0.0)
    )
