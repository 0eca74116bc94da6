"""The text of a table's cell: what the screen shows, what its tooltip says, what a copy gives to Excel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, Final

from crmdesk.domain.money import decimal_text, from_money, from_quantity
from crmdesk.words import formats
from crmdesk.words.labels import label

_DATES: Final = frozenset({"date", "ago", "due"})


def cell_text(kind: str, value: object, today: date) -> str:
    """What the screen shows; nothing for None."""
    if value is None or value == "":
        return ""
    if kind in _DATES:
        return _day(str(value), today)
    shown = _SHOWN.get(kind)
    return shown(value) if shown else _one_line(str(value))


def cell_tip(kind: str, value: object) -> str | None:
    """The tooltip: the ISO day behind "3 天前", the whole of a long text; None where the cell says it all."""
    if value is None:
        return None
    if kind in _DATES:
        return str(value)[:10]
    return str(value) if kind == "text" and len(str(value)) > _LONG else None


def cell_plain(kind: str, value: object) -> str:
    """What a copy gives: numbers and ISO dates that Excel takes as such."""
    if value is None:
        return ""
    if kind == "money" and isinstance(value, int):
        return decimal_text(from_money(value))
    if kind == "quantity" and isinstance(value, int):
        return decimal_text(from_quantity(value))
    shown = _LABELS.get(kind)
    return shown(value) if shown else str(value)


_LONG: Final = 24  # characters that fit a cell, more or less


def _blocked(code: str) -> str:
    from crmdesk.words.listing import choice_name  # only where the column was switched on

    return choice_name("blocked", code)


_LABELS: Final[dict[str, Callable[[Any], str]]] = {
    kind: partial(label, kind) for kind in ("tier", "stage", "intent", "confidence", "staying", "unprofitable")
} | {"blocked": _blocked}
_SHOWN: Final[dict[str, Callable[[Any], str]]] = {
    **_LABELS,
    "money": formats.money,
    "count": formats.count,
    "quantity": formats.quantity,
    "percent": formats.percent,
    "change": formats.change,
    "times": formats.times,
    "of_hundred": "{}%".format,
    "phone": formats.phone,
    "region": lambda value: value if isinstance(value, str) else formats.region(value),
}


def _day(text: str, today: date) -> str:
    try:
        return formats.ago(text, today)
    except ValueError:
        return text  # a column of the user's own that is no date everywhere


def _one_line(text: str) -> str:
    return " ".join(text.splitlines()) if "\n" in text else text
