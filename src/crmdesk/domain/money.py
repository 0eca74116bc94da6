"""Money as int in 1/10,000 of the unit, quantities as int in 1/1,000; halves go to the even side at the door."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal  # loaded with the first amount that is one: the window's first page has only ints

MONEY_UNIT = 10_000
QUANTITY_UNIT = 1_000


def to_money(amount: Decimal | int | float | str) -> int:
    """An amount in the currency's unit as int money. Raises decimal.InvalidOperation for what is no number."""
    from decimal import ROUND_HALF_EVEN, Decimal

    return int((Decimal(str(amount)) * MONEY_UNIT).to_integral_value(ROUND_HALF_EVEN))


def from_money(money: int) -> Decimal:
    """The exact amount that int money stands for."""
    from decimal import Decimal

    return Decimal(money) / MONEY_UNIT


def from_quantity(quantity: int) -> Decimal:
    """The exact quantity that an int quantity stands for."""
    from decimal import Decimal

    return Decimal(quantity) / QUANTITY_UNIT


def decimal_text(value: Decimal) -> str:
    """A plain decimal string without exponent and without idle zeros: "1234.5", "-3", "0"."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
