"""Composition: a mood, a length and the cuts of a film become music, as a Standard MIDI File.

Knows music; knows no sound (music.py plays what is written here).
"""

from aiprod.media.score.compose import SCORE_VERSION, compose
from aiprod.media.score.plan import ScorePlan

__all__ = ["SCORE_VERSION", "ScorePlan", "compose"]
