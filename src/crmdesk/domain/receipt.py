"""Money received."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money received from a customer, perhaps for one order; `amount` is int money."""

    customer_id: int
    received_on: date
    amount: int
    order_id: int | None = None
    method: str = ""
    notes: str = ""
    id: int = 0
