"""What is asked of a score: a mood, an exact length, the cuts it should breathe with, and its last word."""

from dataclasses import dataclass
from fractions import Fraction

from aiprod.brief import MUSIC_MOODS
from aiprod.errors import InvalidInput, Misuse


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePlan:
    """Music for a film of `seconds` whose scenes change at `cuts` (without the beginning and the end).

    `scene_moods` has one mood a scene, or is empty; a mood that music does not know is the film's. The cadence falls
    on `last_word_end` and rings out to the end.
    """

    mood: str
    seconds: Fraction
    cuts: tuple[Fraction, ...]
    scene_moods: tuple[str, ...]
    last_word_end: Fraction
    seed: int

    def check(self) -> None:
        """Raises: InvalidInput, Misuse."""
        if self.mood not in MUSIC_MOODS:
            raise InvalidInput("music", expected=f"one of {', '.join(MUSIC_MOODS)}", found=self.mood or "nothing")
        if not 0 < self.last_word_end <= self.seconds:
            found = f"{float(self.last_word_end):.2f} s in {float(self.seconds):.2f} s"
            raise Misuse(f"Expected the last word to end inside the film, found {found}.")
        if list(self.cuts) != sorted(set(self.cuts)) or any(not 0 < cut < self.seconds for cut in self.cuts):
            raise Misuse("Expected cuts in rising order inside the film, found others.")
        if self.scene_moods and len(self.scene_moods) != len(self.cuts) + 1:
            raise Misuse(f"Expected {len(self.cuts) + 1} scene moods, found {len(self.scene_moods)}.")

    def scene_mood(self, scene: int) -> str:
        """The mood of the scene with that index."""
        wanted = self.scene_moods[scene].strip().lower() if self.scene_moods else ""
        return wanted if wanted in MUSIC_MOODS else self.mood
