"""How Qwen3-TTS speaks in somebody's voice: the prompt that shows it how they speak, and code after code drawn by chance.

Knows the prompt's form and the drawing; the networks are beside it. The chance is a seed's, so that the same text sounds the
same each time. Source: the prompt's order is that of the published code (github.com/QwenLM/Qwen3-TTS).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from aiprod.models.tts.networks.drawing import draw, unrepeated
from aiprod.models.tts.networks.qwen.sizes import Sampling, SpeakerSizes
from aiprod.models.tts.networks.qwen.stack import Memory
from aiprod.models.tts.networks.qwen.talker import Speaker

RESERVED = 1024
"""So many of the last first codes are marks, which are never drawn but for the end."""
LEAST_FRAMES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How somebody speaks: their vector, the codes of a sample (frames, groups) and the words of its text."""

    vector: Tensor
    codes: Tensor
    words: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be said: the words of its text between those that open an answer, in a language, at most so long."""

    opening: Sequence[int]
    words: Sequence[int]
    language: str
    seed: int
    most_frames: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Prompt:
    """What is read before the first frame, and what text is added to each frame after it."""

    read: Tensor
    follows: Tensor
    rest: Tensor


def speak(speaker: Speaker, sizes: SpeakerSizes, sampling: Sampling, shown: Shown, wanted: Wanted) -> Tensor | None:
    """The codes of what is said, (frames, groups); None when it came to no end."""
    chance = torch.Generator().manual_seed(wanted.seed)
    talker, marks = speaker.talker, sizes.talker_config
    prompt = _lay(speaker, sizes, shown, wanted)
    memory = Memory()
    hidden = talker.model.read(prompt.read, memory)[:, -1:]
    drawn: list[int] = []
    frames: list[Tensor] = []
    while len(frames) < wanted.most_frames:
        scores = talker.codec_head(hidden[0, -1]).float().cpu()
        scores = _allowed(scores, marks.codec_eos_token_id, may_end=len(drawn) >= LEAST_FRAMES)
        first = _draw(unrepeated(scores, drawn, sampling.repetition_penalty), sampling.temperature, sampling.top_k, chance)
        if first == marks.codec_eos_token_id:
            return torch.stack(frames)
        drawn.append(first)
        frame = _finer(speaker, hidden, first, sampling, chance)
        frames.append(frame)
        step = len(frames) - 1
        text = prompt.follows[:, step : step + 1] if step < prompt.follows.shape[1] else prompt.rest
        hidden = talker.model.read(talker.frames(frame[None]) + text, memory)
    return None


def _lay(speaker: Speaker, sizes: SpeakerSizes, shown: Shown, wanted: Wanted) -> _Prompt:
    """Language and voice, then the sample's text and codes side by side, then the text that is to be said."""
    talker, marks = speaker.talker, sizes.talker_config
    device = shown.codes.device

    def numbers(*values: int) -> Tensor:
        return torch.tensor(values, device=device)

    begin, end, rest = (
        talker.text(numbers(mark)) for mark in (sizes.tts_bos_token_id, sizes.tts_eos_token_id, sizes.tts_pad_token_id)
    )
    language = marks.codec_language_id.get(wanted.language)
    tag = (
        (marks.codec_nothink_id, marks.codec_think_bos_id, marks.codec_think_eos_id)
        if language is None
        else (marks.codec_think_id, marks.codec_think_bos_id, language, marks.codec_think_eos_id)
    )
    told = torch.cat(
        [talker.codes(numbers(*tag)), shown.vector.view(1, 1, -1), talker.codes(numbers(marks.codec_pad_id))], dim=1
    )
    beside = torch.cat([rest.expand(-1, told.shape[1] - 1, -1), begin], dim=1)
    text = torch.cat([talker.text(numbers(*shown.words, *wanted.words)), end], dim=1)
    sound = torch.cat([talker.codes(numbers(marks.codec_bos_id)), talker.frames(shown.codes)], dim=1)
    over = sound.shape[1] - text.shape[1]
    if over > 0:
        text = torch.cat([text, rest.expand(-1, over, -1)], dim=1)
    both = text[:, : sound.shape[1]] + sound
    follows = text[:, sound.shape[1] :]
    return _Prompt(read=torch.cat([talker.text(numbers(*wanted.opening)), told + beside, both], dim=1), follows=follows, rest=rest)


def _finer(speaker: Speaker, hidden: Tensor, first: int, sampling: Sampling, chance: torch.Generator) -> Tensor:
    """All codes of a frame, by what the large stack made of the frames before and by its first code. Shape: (groups,)."""
    predictor = speaker.talker.code_predictor
    codes = [first]
    memory = Memory()
    fed = torch.cat([hidden, speaker.talker.codes(torch.tensor([first], device=hidden.device))], dim=1)
    for group, table in enumerate(predictor.model.codec_embedding):
        scores = predictor.scores(fed, group, memory).float().cpu()
        code = _draw(scores, sampling.subtalker_temperature, sampling.subtalker_top_k, chance)
        codes.append(code)
        fed = table(torch.tensor([[code]], device=hidden.device))
    return torch.tensor(codes, device=hidden.device)


def _allowed(scores: Tensor, end: int, *, may_end: bool) -> Tensor:
    """Without the marks; the end only where it may be."""
    kept = scores.clone()
    kept[len(scores) - RESERVED :] = -torch.inf
    if may_end:
        kept[end] = scores[end]
    return kept


def _draw(scores: Tensor, temperature: float, most: int, chance: torch.Generator) -> int:
    """One of the `most` likeliest, by chance."""
    values, places = (scores / temperature).topk(min(most, len(scores)))
    return int(places[draw(values, chance)])
