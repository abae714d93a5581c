"""What a clip must be to enter a film, as a pure judgement of its scores.

Knows the limits (measured in docs/clip-quality.md) and how to say what is wrong; measures nothing itself.
"""

from dataclasses import dataclass

from aiprod.media.clip_scores import ClipScores

MOST_BLACK_SHARE = 0.1
LEAST_CONTRAST = 0.03
"""Of full scale, as the film's review asks of every scene."""
MOST_FROZEN_SECONDS = 1.5
MOST_FLICKER_LEVELS = 3.0
MOST_JUMP = 3.0
MOST_DISORDER = 0.78
LEAST_SHARPNESS = 0.5
MOST_NOISE_LEVELS = 2.0
LEAST_PROMPT_MATCH = 0.15
"""Cosine of CLIP ViT-B/32: pictures and words that have nothing to do with each other."""
MOST_UNSAFE = 0.8
"""Of open_nsfw's likelihood, as its publishers advise where little is to be refused by mistake."""
MOST_QUOTED_CHARACTERS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong with a clip. A grave one is worse than no film; any other is better than none."""

    sentence: str
    grave: bool = False


def find_mismatch(match: float, text: str) -> tuple[Fault, ...]:
    """A clip that does not show what was asked for, by the cosine of its pictures with the words."""
    if match >= LEAST_PROMPT_MATCH:
        return ()
    asked = text if len(text) <= MOST_QUOTED_CHARACTERS else f"{text[:MOST_QUOTED_CHARACTERS].rpartition(' ')[0]}..."
    return (Fault(sentence=f"Expected pictures of \"{asked}\" (a match of at least {LEAST_PROMPT_MATCH}), found {match:.2f}."),)


def find_unsafe(likely: float, *, grave: bool) -> tuple[Fault, ...]:
    """A clip with a picture that is not for everybody, by how likely that is."""
    if likely <= MOST_UNSAFE:
        return ()
    sentence = f"Expected pictures for everybody (nudity at most {MOST_UNSAFE:.0%} likely), found {likely:.0%}."
    return (Fault(sentence=sentence, grave=grave),)


def find_faults(scores: ClipScores) -> tuple[Fault, ...]:
    """What is wrong with a clip, gravest first; nothing, where it is good."""
    share, levels = "{:.0%}".format, "{:.1f} levels".format
    checks = (
        (scores.black_share <= MOST_BLACK_SHARE, "black pictures", f"at most {share(MOST_BLACK_SHARE)}", share(scores.black_share)),
        (scores.contrast >= LEAST_CONTRAST, "something to see", f"a contrast of {share(LEAST_CONTRAST)}", share(scores.contrast)),
        (scores.frozen_seconds <= MOST_FROZEN_SECONDS, "a frozen picture", f"at most {MOST_FROZEN_SECONDS} s",
         f"{scores.frozen_seconds:.1f} s"),
        (scores.flicker <= MOST_FLICKER_LEVELS, "flicker", f"at most {levels(MOST_FLICKER_LEVELS)}", levels(scores.flicker)),
        (scores.jump <= MOST_JUMP, "no jump", f"at most {MOST_JUMP} times the change around it",
         f"{scores.jump:.1f} at {scores.jump_seconds:.1f} s"),
        (scores.disorder <= MOST_DISORDER, "pictures in order", f"neighbours at most {MOST_DISORDER} as far apart as next ones",
         f"{scores.disorder:.2f}"),
        (scores.sharpness >= LEAST_SHARPNESS, "sharp pictures", f"at least {LEAST_SHARPNESS}", f"{scores.sharpness:.2f}"),
        (scores.noise <= MOST_NOISE_LEVELS, "noise", f"at most {levels(MOST_NOISE_LEVELS)}", levels(scores.noise)),
        (scores.colour_noise <= MOST_NOISE_LEVELS, "colour noise", f"at most {levels(MOST_NOISE_LEVELS)}",
         levels(scores.colour_noise)),
    )  # fmt: skip
    return tuple(
        Fault(sentence=f"Expected {what} ({wanted}), found {found}.", grave=number < 2)
        for number, (passed, what, wanted, found) in enumerate(checks)
        if not passed
    )
