"""What can be chosen for a film."""

from pydantic import BaseModel, Field


class Choice(BaseModel):
    """Something that can be chosen, by its id."""

    id: str


class VoiceChoice(Choice):
    """A voice."""

    engine: str
    language: str
    best: bool = Field(description="Whether it speaks where none is chosen.")


class ProfileChoice(Choice):
    """A delivery profile."""

    default_aspect: str
    frames_a_second: float
    short_side_px: int
