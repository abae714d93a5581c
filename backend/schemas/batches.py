"""Batches of films."""

from pydantic import BaseModel, Field


class BatchCard(BaseModel):
    """A batch in a list."""

    id: str = Field(examples=["7be1c09a5f3e2d148860"])
    created_at: float
    total: int = Field(description="Lines of it.", examples=[12])
    begun: int = Field(description="Lines that were begun, or refused.", examples=[3])
    open: bool = Field(description="Whether what waits will begin.", examples=[True])


class BatchLineState(BaseModel):
    """How far a line of a batch is."""

    line: int = Field(description="Its number in the file.", examples=[1])
    video: str
    status: str = Field(description="`waiting`, `refused`, `deleted`, or the video's status.", examples=["rendering"])
    reason: str = Field(description="Why it was refused or failed, in a sentence; empty otherwise.")


class BatchState(BatchCard):
    """A batch, line by line."""

    lines: list[BatchLineState]


class BatchList(BaseModel):
    """One's batches, the newest first."""

    items: list[BatchCard]
