"""A tiny Chatterbox from a fixed seed, in the published layout: it babbles noise of some length, and is no product."""

import json
from pathlib import Path

import msgspec
import numpy as np
from torch.nn import Module

from aiprod.models.tts.networks.chatterbox.reader import Reader
from aiprod.models.tts.networks.chatterbox.sizes import (
    STATED,
    PainterSizes,
    ReaderSizes,
    SoundSizes,
    SpeakerSizes,
    StretcherSizes,
    TokenSizes,
    VoiceSizes,
)  # fmt: skip
from aiprod.models.tts.networks.chatterbox.sound import Sound
from aiprod.models.tts.networks.chatterbox.voice import VoiceEncoder
from aiprod.models.weights.safetensors import Array, write_arrays
from tests.tiny_weights.installing import install

READER = ReaderSizes(
    width=32, inner=48, layers=2, heads=4, text_tokens=320, text_places=400, codes=81, sound_tokens=90, sound_places=700, voice=16,
)  # fmt: skip
SOUND = SoundSizes(
    tokens=TokenSizes(width=128, heads=2, layers=1, digits=4),
    speaker=SpeakerSizes(head=4, first=8, growth=4, layers=(2, 2, 2), vector=16),
    stretcher=StretcherSizes(width=32, inner=48, heads=2, layers=1, late_layers=1),
    painter=PainterSizes(width=16, heads=2, head=8, blocks=1, middle=1), vocoder=16, pitch=8,
)  # fmt: skip
VOICE = VoiceSizes(hidden=16, voice=16)
FILES: dict[str, tuple[type[Module], msgspec.Struct]] = {
    "t3_cfg.safetensors": (Reader, READER), "s3gen.safetensors": (Sound, SOUND), "ve.safetensors": (VoiceEncoder, VOICE),
}  # fmt: skip
MARKS = ("[STOP]", "[UNK]", "[SPACE]", "[START]", "[en]", "[fr]")
SENTENCES = ("the sea is calm tonight and the tide is full", "My name is Anna, and I agree.")


def write_tiny_chatterbox(folder: Path, *, without: str = "", extra: str = "") -> Path:
    """The model in the folder, but for the array named, or with one more."""
    folder.mkdir(parents=True)
    draw = np.random.default_rng(7)
    for name, (network, sizes) in FILES.items():
        arrays = {key: _array(key, tensor.numpy(), draw) for key, tensor in network(sizes).state_dict().items()}
        arrays.pop(without, None)
        if extra and name.startswith("s3gen"):
            arrays[extra] = arrays["flow.encoder_proj.bias"]
        write_arrays(folder / name, arrays, {STATED: msgspec.json.encode(sizes).decode()})
    _write_vocabulary(folder / "tokenizer.json")
    return folder


def install_tiny_chatterbox(folder: Path) -> Path:
    """The tiny one in a folder of models under the real one's name."""
    return install(folder, "chatterbox-multilingual", write_tiny_chatterbox)


def _array(key: str, built: Array, draw: np.random.Generator) -> Array:
    """Numbers of the size that a network of such a shape bears."""
    kind, shape = key.rsplit(".", 1)[-1], built.shape
    if kind in ("num_batches_tracked", "_mel_filters"):
        return built
    drawn = draw.standard_normal(shape)
    if kind in ("alpha", "original0", "running_var") or (kind == "weight" and len(shape) == 1):
        drawn = 1 + 0.2 * np.abs(drawn)  # what scales is near one
    elif len(shape) < 2:
        drawn *= 0.2
    elif "emb" not in key:
        drawn /= np.sqrt(np.prod(shape[1:]))
    if key.endswith("f0_predictor.classifier.bias"):
        drawn += 150  # a voice, and not a hiss
    elif key.startswith("mel2wav.conv_post"):
        drawn *= 0.1  # else the sound would be clipped throughout
    array: Array = drawn.astype(np.float32)
    return array


def _write_vocabulary(path: Path) -> None:
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers

    made = Tokenizer(models.BPE(unk_token="[UNK]"))
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    trainer = trainers.BpeTrainer(vocab_size=120, show_progress=False, special_tokens=list(MARKS))
    made.train_from_iterator(SENTENCES, trainer)
    path.write_text(json.dumps(json.loads(made.to_str())), encoding="utf-8")
