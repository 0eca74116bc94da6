"""Who buys much and leaves little, on the raw driver; the figures say who, by `domain.unprofitable`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmdesk.domain.unprofitable import UnprofitableRow

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

_ROWS: Final = """
    SELECT g.customer_id, coalesce(nullif(c.name, ''), c.code), g.order_total, g.unprofitable,
        CASE WHEN g.order_total > 0 THEN 1.0 * g.profit / g.order_total END, g.discount_share / 1000.0
    FROM figures g JOIN customers c ON c.id = g.customer_id WHERE g.unprofitable IS NOT NULL
    ORDER BY g.order_total DESC, g.customer_id
"""


def unprofitable_rows(raw: Raw) -> tuple[UnprofitableRow, ...]:
    """All of them, who pays most first."""
    return tuple(UnprofitableRow(*row) for row in raw.execute(_ROWS).fetchall())
