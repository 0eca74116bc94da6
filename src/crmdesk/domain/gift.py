"""礼物: what was given to a customer, when, and what it cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Gift:
    """Something given; `cost` is int money, None where it is not known: that is not nothing."""

    customer_id: int
    given_on: date
    text: str = ""
    cost: int | None = None
    id: int = 0


def cost_of(gifts: Sequence[Gift], today: date, days: int = 365) -> tuple[int, int]:
    """The int money that the gifts of the last days cost, and how many of them have no price."""
    lately = [gift for gift in gifts if today - timedelta(days=days) < gift.given_on <= today]
    return sum(gift.cost or 0 for gift in lately), sum(gift.cost is None for gift in lately)
