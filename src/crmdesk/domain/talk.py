"""What was said while a sale was being talked about: needs, what hurts, what was offered, what speaks against it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

NEEDS, PAIN, OFFER, OBJECTION = "needs", "pain", "offer", "objection"
KINDS: Final = (PAIN, OFFER, OBJECTION)  # what a talk keeps; needs are an estimate, for tiers ask for them too


@dataclass(frozen=True, slots=True)
class Talk:
    """One thing that was said, of a day (None: nobody noted when); `amount` is int money, of an offer only.

    `settled_on` is the day from which it is no longer open, `answer` what settled it. `id` is 0 until it is kept.
    """

    customer_id: int
    kind: str
    said_on: date | None
    text: str = ""
    amount: int | None = None
    settled_on: date | None = None
    answer: str = ""
    id: int = 0

    @property
    def says(self) -> bool:
        """Whether there is anything to keep."""
        return bool(self.text.strip()) or self.amount is not None

    @property
    def open(self) -> bool:
        """Whether it is still to be answered."""
        return self.settled_on is None and self.kind != NEEDS


def in_order(talks: Iterable[Talk]) -> tuple[Talk, ...]:
    """As they are read: needs, then what is open, then what is settled; each the newest first, a day as one asks."""

    def place(one: Talk) -> tuple[int, int, int, int]:
        group = 0 if one.kind == NEEDS else 1 if one.open else 2
        return group, -(one.said_on or date.min).toordinal(), (NEEDS, *KINDS).index(one.kind), -one.id

    return tuple(sorted(talks, key=place))
