"""Read values as text, to stand beside the raw cells in the preview."""

from __future__ import annotations

from typing import Any

from crmdesk.domain.fields import Field
from crmdesk.domain.money import decimal_text, from_money, from_quantity
from crmdesk.domain.photo import photo_text
from crmdesk.excel.cells_fields import MONEY_FIELDS, SAME_AS_PHONE

Plain = Any  # what a field's reader gives


def as_text(field: Field, value: Plain) -> str:
    """A field's value, as `field_reader` gives it, in plain text without words of any language."""
    if field in MONEY_FIELDS:
        return decimal_text(from_money(value))
    if field is Field.QUANTITY:
        return decimal_text(from_quantity(value))
    if field in (Field.LINE_DISCOUNT, Field.ORDER_DISCOUNT):
        kind, number = value
        return decimal_text(from_money(number)) if kind == "amount" else f"{number / 10_000:g}%"
    if isinstance(value, bytes):
        return photo_text(value)
    if isinstance(value, list):
        return " / ".join(_joined(item) for item in value)
    return _joined(value)


def _joined(value: Plain) -> str:
    """A tuple's parts that say something, the kinds of points left out."""
    if not isinstance(value, tuple):
        return str(value)
    parts = value[1:] if value and value[0] in ("phone", "fax", "wechat", "qq", "email") else value
    words = [_joined(part) if isinstance(part, tuple) else str(part) for part in parts]
    # Once each: 王姐 is the name and the form of address.
    return " ".join(dict.fromkeys(word for word in words if word and word not in (SAME_AS_PHONE, "solar")))
