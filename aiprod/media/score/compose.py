"""From a plan to a score: form, harmony, voices, melody, players, file."""

from random import Random

from aiprod.media.score.form import Form, lay_form
from aiprod.media.score.harmony import harmonise
from aiprod.media.score.melody import invent, sing
from aiprod.media.score.midi import write_midi
from aiprod.media.score.palettes import PALETTES
from aiprod.media.score.performance import Score, perform
from aiprod.media.score.plan import ScorePlan
from aiprod.media.score.voicing import lead

SCORE_VERSION = "1"
"""Changes when the same plan would sound different."""


def compose(plan: ScorePlan) -> bytes:
    """Music for the plan as a Standard MIDI File; the same plan gives the same bytes. Raises: InvalidInput, Misuse."""
    plan.check()
    random = Random(f"{plan.seed}/{plan.mood}")
    score = write_score(plan, random)
    return write_midi(score.form, perform(score, random), f"{plan.mood} {plan.seed}")


def write_score(plan: ScorePlan, random: Random) -> Score:
    """What is to be played, before anybody plays it."""
    tonic = random.randrange(12)
    form = _form(plan)
    slots = harmonise(form, plan.mood, random)
    lifts = [form.phrases[slot.phrase].intensity for slot in slots]
    voicings = lead([slot.chord for slot in slots], tonic, lifts)
    melody = sing(form, slots, invent(plan.mood, random), tonic, random)
    return Score(form=form, mood=plan.mood, slots=slots, voicings=voicings, melody=melody)


def _form(plan: ScorePlan) -> Form:
    palette = PALETTES[plan.mood]
    return lay_form(plan, palette.meter, palette.slowest_bpm, palette.fastest_bpm, palette.ceiling)
