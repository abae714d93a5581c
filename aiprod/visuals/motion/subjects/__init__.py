"""Illustrated subjects: animals, people, objects, vehicles, plants and buildings as rigs of lit, moving parts.

Knows how each thing looks and moves. Knows no scene, no camera and no GPU: the motion engine draws what a rig says.
"""

from aiprod.visuals.motion.subjects.index import IconMatch, Subject, find_icon, find_icons, find_subject, subjects

__all__ = ["IconMatch", "Subject", "find_icon", "find_icons", "find_subject", "subjects"]
