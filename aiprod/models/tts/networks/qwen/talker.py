"""The part of Qwen3-TTS that goes from text to codes of sound: a first code a frame, then the finer ones of that frame.

Knows embeddings and stacks; how a prompt is laid and a code drawn is `speaking.py`'s. Names are those of the published weights.
Source: Qwen3-TTS technical report (arXiv 2601.15621).
"""

from torch import Tensor, nn
from torch.nn import functional

from aiprod.models.tts.networks.qwen.sizes import PredictorSizes, SpeakerSizes, TalkerSizes
from aiprod.models.tts.networks.qwen.stack import Memory, Stack
from aiprod.models.tts.networks.qwen.voice import VoiceEncoder


class Reader(Stack):
    """The large stack, with what codes and words of text are to it."""

    def __init__(self, sizes: TalkerSizes) -> None:
        super().__init__(sizes)
        self.codec_embedding = nn.Embedding(sizes.vocab_size, sizes.hidden_size)
        self.text_embedding = nn.Embedding(sizes.text_vocab_size, sizes.text_hidden_size)


class Projection(nn.Module):
    """From the width of text to that of the stack."""

    def __init__(self, inner: int, outer: int) -> None:
        super().__init__()
        self.linear_fc1 = nn.Linear(inner, inner)
        self.linear_fc2 = nn.Linear(inner, outer)

    def forward(self, hidden: Tensor) -> Tensor:
        projected: Tensor = self.linear_fc2(functional.silu(self.linear_fc1(hidden)))
        return projected


class FineReader(Stack):
    """The small stack, with what each finer code is to the large one."""

    def __init__(self, sizes: PredictorSizes, width: int) -> None:
        super().__init__(sizes)
        self.codec_embedding = nn.ModuleList(
            nn.Embedding(sizes.vocab_size, width) for _ in range(sizes.num_code_groups - 1)
        )


class Predictor(nn.Module):
    """Adds the finer codes of a frame, one after the other."""

    def __init__(self, sizes: PredictorSizes, width: int) -> None:
        super().__init__()
        self.model = FineReader(sizes, width)
        self.lm_head = nn.ModuleList(
            nn.Linear(sizes.hidden_size, sizes.vocab_size, bias=False) for _ in range(sizes.num_code_groups - 1)
        )
        self.small_to_mtp_projection = nn.Linear(width, sizes.hidden_size) if sizes.hidden_size != width else nn.Identity()

    def scores(self, hidden: Tensor, group: int, memory: Memory) -> Tensor:
        """How likely each code of the finer group is after what is read now. Shapes: (1, length, width) to (codes,)."""
        read = self.model.read(self.small_to_mtp_projection(hidden), memory)
        scores: Tensor = self.lm_head[group](read[0, -1])
        return scores


class Talker(nn.Module):
    """Text and codes in, scores of the next frame's first code out."""

    def __init__(self, sizes: TalkerSizes) -> None:
        super().__init__()
        self.model = Reader(sizes)
        self.text_projection = Projection(sizes.text_hidden_size, sizes.hidden_size)
        self.codec_head = nn.Linear(sizes.hidden_size, sizes.vocab_size, bias=False)
        self.code_predictor = Predictor(sizes.code_predictor_config, sizes.hidden_size)

    def text(self, tokens: Tensor) -> Tensor:
        """What words of text are to the stack. Shapes: (n,) to (1, n, width)."""
        words: Tensor = self.text_projection(self.model.text_embedding(tokens))[None]
        return words

    def codes(self, numbers: Tensor) -> Tensor:
        """What first codes, and the marks beside them, are to the stack. Shapes: (n,) to (1, n, width)."""
        marks: Tensor = self.model.codec_embedding(numbers)[None]
        return marks

    def frames(self, codes: Tensor) -> Tensor:
        """What whole frames are to the stack: the sum of their codes. Shapes: (n, groups) to (1, n, width)."""
        whole = self.codes(codes[:, 0])
        for group, table in enumerate(self.code_predictor.model.codec_embedding, start=1):
            whole = whole + table(codes[:, group])[None]
        return whole


class Speaker(nn.Module):
    """All of `model.safetensors`: who speaks, and what hears whose voice it is to be."""

    def __init__(self, sizes: SpeakerSizes) -> None:
        super().__init__()
        self.talker = Talker(sizes.talker_config)
        self.speaker_encoder = VoiceEncoder(sizes.speaker_encoder_config)
