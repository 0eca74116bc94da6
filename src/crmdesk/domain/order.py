"""An order: a purchase with its lines; a return is negative."""

from __future__ import annotations

from dataclasses import dataclass, replace
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

    def with_totals(self) -> Order:
        """The order with amount and cost summed over its lines, where it does not say them itself."""
        amounts = [line.amount for line in self.lines if line.amount is not None]
        costs = [line.cost for line in self.lines if line.cost is not None]
        # A cost of some lines only would make the profit look larger than it is.
        whole_cost = sum(costs) if costs and len(costs) == len(self.lines) else None
        return replace(
            self,
            amount=self.amount or sum(amounts),
            cost=self.cost if self.cost is not None else whole_cost,
        )
