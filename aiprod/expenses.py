"""What was paid to others for a video: one document a payment, written when it is made and never changed.

Engines that cost money record here what each call cost, whatever comes of it: a scene spoken twice was paid twice. Which
video it is for comes from the log's context, so that no engine is told. Knows no price and no engine.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from aiprod.errors import AiprodError
from aiprod.logs import bound, logger
from aiprod.ports import Clock, Condition, Documents, Json, Write

COLLECTION = "expenses"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expense:
    """A payment: what was bought of which model ("1,240 tokens in, 980 out"), for US dollars."""

    engine: str
    model: str
    bought: str
    usd: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Expenses:
    """The book of payments; `count` is told of each."""

    documents: Documents
    clock: Clock
    count: Callable[[Expense], None] = lambda _: None

    def record(self, expense: Expense) -> None:
        """Keep a payment. What was bought is not lost where the book cannot be written: the log has it then."""
        video = bound("video")
        fields: dict[str, Json] = {
            "video": video, "at": self.clock.now(), "engine": expense.engine, "model": expense.model,
            "bought": expense.bought, "usd": expense.usd,
        }  # fmt: skip
        self.count(expense)
        logger().info("paid", engine=expense.engine, model=expense.model, bought=expense.bought, usd=expense.usd)
        try:
            self.documents.commit([Write(collection=COLLECTION, id=uuid.uuid4().hex, fields=fields, expected=None)])
        except AiprodError as error:
            logger().error("payment not written down", reason=str(error), usd=expense.usd)

    def of(self, video: str) -> tuple[Expense, ...]:
        """Every payment for a video, the first first."""
        found = self.documents.query(COLLECTION, [Condition(field="video", operator="==", value=video)])
        in_order = sorted((document.fields for document in found), key=lambda fields: float(str(fields["at"])))
        return tuple(
            Expense(
                engine=str(fields["engine"]), model=str(fields["model"]), bought=str(fields["bought"]),
                usd=float(str(fields["usd"])),
            )
            for fields in in_order
        )  # fmt: skip

    def total_usd(self, video: str) -> float:
        """All that was paid for a video."""
        return sum(expense.usd for expense in self.of(video))
