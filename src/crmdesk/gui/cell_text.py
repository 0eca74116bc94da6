"""The text of a table's cell: what the screen shows, what its tooltip says, what a copy gives to Excel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from crmdesk.domain.money import decimal_text, from_money, from_quantity

_DATES: Final = frozenset({"date", "ago", "due"})


def cell_text(kind: str, value: object) -> str:
    """What the screen shows; nothing for None."""
    if value is None or value == "":
        return ""
    shown = _SHOWN.get(kind)
    return shown(value) if shown else str(value)


def cell_tip(kind: str, value: object) -> str | None:
    """The tooltip: the ISO day behind "3 天前"; None where the cell says it all."""
    return str(value)[:10] if kind in _DATES and value else None


def cell_plain(kind: str, value: object) -> str:
    """What a copy gives: numbers and ISO dates that Excel takes as such."""
    if value is None:
        return ""
    if kind == "money" and isinstance(value, int):
        return decimal_text(from_money(value))
    if kind == "quantity" and isinstance(value, int):
        return decimal_text(from_quantity(value))
    return str(value)[:10] if kind in _DATES else cell_text(kind, value)


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


def _money(value: int) -> str:
    return f"¥{from_money(value):,.0f}"


_SHOWN: Final[dict[str, Callable[[Any], str]]] = {
    "money": _money,
    "count": lambda value: f"{value:,}",
    "quantity": lambda value: decimal_text(from_quantity(value)),
    "date": lambda value: str(value)[:10],
}
