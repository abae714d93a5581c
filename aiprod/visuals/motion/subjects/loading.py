"""From a subject's place in the plan to its rig: which builder draws it, which gait it can go.

Knows all builders. The planner's words are `index.py`'s.
"""

from aiprod.visuals.motion.spec import Gait, SubjectSpec
from aiprod.visuals.motion.subjects.bestiary import bestiary
from aiprod.visuals.motion.subjects.birds import bird_rig
from aiprod.visuals.motion.subjects.figure import figure
from aiprod.visuals.motion.subjects.fishes import swimmer_rig, swimmers
from aiprod.visuals.motion.subjects.gallery import painting
from aiprod.visuals.motion.subjects.index import Subject, find_subject
from aiprod.visuals.motion.subjects.insects import insect_rig, insects
from aiprod.visuals.motion.subjects.painted import painted_rig
from aiprod.visuals.motion.subjects.people import person
from aiprod.visuals.motion.subjects.plumage import birds
from aiprod.visuals.motion.subjects.quadruped import Placing, quadruped
from aiprod.visuals.motion.subjects.rig import Rig
from aiprod.visuals.motion.subjects.snakes import snake_rig, snakes
from aiprod.visuals.motion.subjects.sprites import sprite


def load_rig(subject: SubjectSpec, seed: int, *, detail: float = 1.0) -> Rig:
    """The rig of a planned subject; equal seeds give equal looks; `detail` 2 is for one seen from near.

    Raises: NotFound, EngineMissing, MediaBroken.
    """
    found = find_subject(subject.icon)
    gait = possible_gait(found, subject.gait)
    placing = Placing(faces_left=subject.facing == "left", gait=gait, metres=found.metres, seed=seed, detail=detail)
    match found.kind:
        case "icon":
            return sprite(found, placing)
        case "quadruped":
            return quadruped(bestiary()[found.key], placing)
        case "bird":
            return bird_rig(birds()[found.key], placing)
        case "fish":
            return swimmer_rig(swimmers()[found.key], placing)
        case "snake":
            return snake_rig(snakes()[found.key], placing)
        case "insect":
            return insect_rig(insects()[found.key], placing)
        case "painted":
            return painted_rig(painting(found.key), placing)
        case "human":
            return figure(person(found.key, subject.name, seed), placing)


def possible_gait(subject: Subject, wanted: Gait) -> Gait:
    """The wanted gait where the subject can go it, else the nearest that it can."""
    match subject.kind:
        case "quadruped":
            return wanted if wanted in ("idle", "sit", "walk", "run", "hop") else "walk"
        case "bird":
            return "idle" if wanted in ("idle", "sit", "swim") else "fly"
        case "fish":
            return "swim"
        case "human":
            return wanted if wanted in ("idle", "sit", "walk", "run") else "walk"
        case _:
            return wanted
