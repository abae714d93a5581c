"""What every body of a request is: no unknown field is taken."""

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict


class Body(BaseModel):
    """What a request brings."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def one_of(values: Iterable[str]) -> str:
    """A pattern that these values fit, and nothing else."""
    return f"^({'|'.join(values)})$"
