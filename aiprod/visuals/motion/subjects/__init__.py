"""Illustrated subjects: animals, people, objects, vehicles, plants and buildings as rigs of lit, moving parts.

Knows how each thing looks and moves. Knows no scene, no camera and no GPU: the motion engine draws what a rig says.
"""

from aiprod.visuals.motion.subjects.icons import CREDITS, Credit
from aiprod.visuals.motion.subjects.index import (
    IconMatch,
    Subject,
    find_icon,
    find_icons,
    find_subject,
    match_of,
    subjects,
)
from aiprod.visuals.motion.subjects.loading import load_rig, possible_gait
from aiprod.visuals.motion.subjects.rig import Matrix, Part, PartPose, Rig

__all__ = [
    "CREDITS", "Credit", "IconMatch", "Matrix", "Part", "PartPose", "Rig", "Subject", "find_icon", "find_icons",
    "find_subject", "load_rig", "match_of", "possible_gait", "subjects",
]  # fmt: skip
