"""How deep a subject is in the water of a lake, a river or the sea: boats ride it, legs wade, swimmers show their backs.

Knows subjects' kinds and which places are water. Knows no depth of its own: water is level with y = 0.
"""

from dataclasses import replace

from aiprod.visuals.motion.cast import Place
from aiprod.visuals.motion.spec import SubjectSpec
from aiprod.visuals.motion.subjects.index import find_subject
from aiprod.visuals.motion.subjects.rig import Rig

WATERS = ("lake", "river", "sea")
_BOAT, _LEGS, _BELLY, _BACK = 0.07, 0.14, 0.34, 0.45
"""Parts of the height that are under water."""


def in_water(place: Place, subject: SubjectSpec, rig: Rig) -> Place:
    """The place, as deep in the water as the subject goes; what flies stays where it is."""
    if find_subject(subject.icon).category == "vehicle":
        under = _BOAT
    elif subject.gait == "swim":
        under = _BELLY if rig.grounded else _BACK
    elif rig.grounded:
        under = _LEGS
    else:
        return place
    return replace(place, y=min(place.y, -under * place.height))


def afloat(archetype: str, subject: SubjectSpec, rig: Rig) -> bool:
    """Whether the subject belongs to the water's surface there."""
    if archetype == "beach":
        return subject.gait == "swim"
    return archetype in WATERS and (rig.grounded or subject.gait == "swim")
