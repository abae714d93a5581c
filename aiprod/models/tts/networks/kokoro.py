"""The Kokoro network in torch: phonemes and a voice's style in, sound and how long each phoneme lasts out.

Knows the network's first half (what is said, how long, at which pitch and loudness) and how both halves follow each other.
Shape suffixes: B batch, C channels, T time, P phonemes, S style. Source: Li et al., StyleTTS 2 (2023).
"""

from dataclasses import dataclass, field

import torch
from torch import Tensor, nn
from torch.nn import functional

from aiprod.models.tts.networks.blocks import STYLE, StyledBlock, StyledLayerNorm
from aiprod.models.tts.networks.decoder import Decoder, DecoderSizes


@dataclass(frozen=True, slots=True, kw_only=True)
class KokoroSizes:
    """How large the network is; the published one by default."""

    symbols: int = 178
    phonemes: int = 512
    reader: int = 768
    reader_inner: int = 2048
    reader_heads: int = 12
    reader_layers: int = 12
    letters: int = 128
    longest_frames: int = 50
    decoder: DecoderSizes = field(default_factory=DecoderSizes)


class Kokoro(nn.Module):
    """Speaks one passage at a time."""

    def __init__(self, sizes: KokoroSizes) -> None:
        from transformers import AlbertConfig, AlbertModel

        super().__init__()
        width = sizes.decoder.text
        reader = AlbertConfig(
            vocab_size=sizes.symbols, embedding_size=sizes.letters, hidden_size=sizes.reader,
            num_hidden_layers=sizes.reader_layers, num_attention_heads=sizes.reader_heads,
            intermediate_size=sizes.reader_inner, max_position_embeddings=sizes.phonemes,
        )  # fmt: skip
        self.bert = AlbertModel(reader, add_pooling_layer=False)
        self.bert_encoder = nn.Linear(sizes.reader, width)
        self.predictor = Prosody(width, sizes.longest_frames)
        self.text_encoder = TextEncoder(sizes.symbols, width)
        self.decoder = Decoder(sizes.decoder)

    @torch.inference_mode()
    def forward(self, phonemes_p: Tensor, style_s: Tensor, speed: float) -> tuple[Tensor, Tensor]:
        """Samples (T,) and the frames that each phoneme lasts (P,): 600 samples a frame."""
        phonemes_bp = phonemes_p[None]
        timbre_bs, manner_bs = style_s[None, :STYLE], style_s[None, STYLE:]
        read_bpc = self.bert_encoder(self.bert(phonemes_bp).last_hidden_state)
        known_bpc = self.predictor.text_encoder(read_bpc, manner_bs)
        frames_p = self.predictor.durations(known_bpc, speed)[0]
        pitch_bt, loudness_bt = self.predictor.curves(known_bpc.repeat_interleave(frames_p, dim=1), manner_bs)
        text_bct = self.text_encoder(phonemes_bp).repeat_interleave(frames_p, dim=2)
        return self.decoder(text_bct, pitch_bt, loudness_bt, timbre_bs)[0], frames_p


class TextEncoder(nn.Module):
    """What is said, phoneme by phoneme."""

    def __init__(self, symbols: int, channels: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(symbols, channels)
        self.cnn = nn.ModuleList(
            nn.Sequential(nn.Conv1d(channels, channels, 5, padding=2), ChannelNorm(channels), nn.LeakyReLU(0.2))
            for _ in range(3)
        )
        self.lstm = nn.LSTM(channels, channels // 2, batch_first=True, bidirectional=True)

    def forward(self, phonemes_bp: Tensor) -> Tensor:
        """(B, C, P)."""
        x = self.embedding(phonemes_bp).transpose(1, 2)
        for block in self.cnn:
            x = block(x)
        heard: Tensor = self.lstm(x.transpose(1, 2))[0].transpose(1, 2)
        return heard


class ChannelNorm(nn.Module):
    """Normalises each moment over its channels."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(channels))
        self.beta = nn.Parameter(torch.zeros(channels))

    def forward(self, x_bct: Tensor) -> Tensor:
        moments = x_bct.transpose(1, 2)
        return functional.layer_norm(moments, moments.shape[-1:], self.gamma, self.beta).transpose(1, 2)


class Prosody(nn.Module):
    """How long each phoneme lasts, and the pitch and the loudness with which it is said."""

    def __init__(self, channels: int, longest_frames: int) -> None:
        super().__init__()
        self.text_encoder = StyledReader(channels)
        self.lstm = nn.LSTM(channels + STYLE, channels // 2, batch_first=True, bidirectional=True)
        self.duration_proj = nn.ModuleDict({"linear_layer": nn.Linear(channels, longest_frames)})
        self.shared = nn.LSTM(channels + STYLE, channels // 2, batch_first=True, bidirectional=True)
        self.F0 = _curve(channels)
        self.N = _curve(channels)
        self.F0_proj = nn.Conv1d(channels // 2, 1, 1)
        self.N_proj = nn.Conv1d(channels // 2, 1, 1)

    def durations(self, known_bpc: Tensor, speed: float) -> Tensor:
        """Whole frames, (B, P), at least one each."""
        shares = torch.sigmoid(self.duration_proj["linear_layer"](self.lstm(known_bpc)[0]))
        return torch.round(shares.sum(dim=2) / speed).clamp(min=1).long()

    def curves(self, known_btc: Tensor, style_bs: Tensor) -> tuple[Tensor, Tensor]:
        """Pitch in hertz and loudness, (B, 2T)."""
        shared = self.shared(known_btc)[0].transpose(1, 2)
        pitch = loudness = shared
        for block in self.F0:
            pitch = block(pitch, style_bs)
        for block in self.N:
            loudness = block(loudness, style_bs)
        return self.F0_proj(pitch)[:, 0], self.N_proj(loudness)[:, 0]


def _curve(channels: int) -> nn.ModuleList:
    half = channels // 2
    return nn.ModuleList(
        [StyledBlock(channels, channels), StyledBlock(channels, half, doubles=True), StyledBlock(half, half)]
    )


class StyledReader(nn.Module):
    """What is read, in the manner of a style; the style goes along with every phoneme."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.lstms = nn.ModuleList()
        for _ in range(3):
            self.lstms.append(nn.LSTM(channels + STYLE, channels // 2, batch_first=True, bidirectional=True))
            self.lstms.append(StyledLayerNorm(channels))

    def forward(self, read_bpc: Tensor, style_bs: Tensor) -> Tensor:
        """(B, P, C + S)."""
        style_bps = style_bs[:, None].expand(-1, read_bpc.shape[1], -1)
        x = torch.cat([read_bpc, style_bps], dim=2)
        for lstm, norm in zip(self.lstms[::2], self.lstms[1::2], strict=True):
            x = torch.cat([norm(lstm(x)[0], style_bs), style_bps], dim=2)
        return x
