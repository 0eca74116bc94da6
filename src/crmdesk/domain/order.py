"""An order: a purchase with its lines; a return is negative."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One product of an order: quantity in 1/1,000, price, amount, cost and discount as int money."""

    product: str = ""
    product_code: str = ""
    product_group: str = ""
    quantity: int | None = None
    price: int | None = None
    amount: int | None = None
    cost: int | None = None
    discount: int | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """A purchase. `counts` is False for closed, cancelled and unpaid ones; `refund` is what was paid back."""

    customer_id: int
    ordered_on: date | None
    ordered_at: time | None = None
    number: str = ""
    status: str = ""  # the sheet's own word
    counts: bool = True
    amount: int = 0
    cost: int | None = None
    discount: int | None = None
    refund: int = 0
    notes: str = ""
    lines: tuple[OrderLine, ...] = ()
    id: int = 0
