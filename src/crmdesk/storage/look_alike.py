"""What customers are compared by and what became of them, on the raw driver."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from crmdesk.domain.proof import TO_COME_AGAIN
from crmdesk.storage.batches import IN_LIST

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

MOST: Final = 10_000  # past customers compared, the newest; more would change what one finds by little
_LONG_ENOUGH: Final = 90  # days after which somebody who has not bought counts as one who did not
_ROW: Final = """
    SELECT c.id, coalesce(nullif(c.name, ''), c.code), c.kind, c.industry, c.source, c.extra, c.notes,
        coalesce(r.province, ''), coalesce(r.city, ''), coalesce(r.district, ''),
        g.stage, coalesce(g.purchase_days, 0), g.order_total, g.first_order_on, c.stopped_on, {since}
    FROM customers c JOIN figures g ON g.customer_id = c.id LEFT JOIN regions r ON r.id = c.region_id
"""
_SINCE: Final = (
    "min(coalesce(c.known_since, '9999'), coalesce((SELECT substr(min(i.at), 1, 10) FROM interactions i"
    " WHERE i.customer_id = c.id), '9999'))"
)
_PAST: Final = f"""
    {_ROW.format(since=_SINCE)} WHERE c.id <> ? AND (g.purchase_days > 0 OR g.first_order_on IS NOT NULL
        OR c.stopped_on IS NOT NULL OR {_SINCE} <= ?)
    ORDER BY c.id DESC LIMIT {MOST}
"""
_ONE: Final = f"{_ROW.format(since=_SINCE)} WHERE c.id = ?"
_FIRST_ORDERS: Final = f"""
    SELECT o.customer_id, sum(o.amount), (SELECT coalesce(nullif(p.product_group, ''), p.name)
        FROM order_lines l JOIN products p ON p.id = l.product_id WHERE l.order_id = o.id
        ORDER BY l.amount DESC LIMIT 1)
    FROM figures g JOIN orders o ON o.customer_id = g.customer_id AND o.ordered_on = g.first_order_on
    WHERE o.counts AND o.amount > 0 AND g.customer_id {IN_LIST} GROUP BY o.customer_id
"""  # noqa: S608 - our own words
# Before the first order only: what came after it did not win anybody.
_FIRST_STEPS: Final = f"""
    SELECT i.customer_id, i.kind, min(i.at) FROM interactions i JOIN figures g ON g.customer_id = i.customer_id
    WHERE i.kind <> 'note' AND substr(i.at, 1, 10) <= coalesce(g.first_order_on, '9999')
        AND i.customer_id {IN_LIST} GROUP BY i.customer_id
"""  # noqa: S608 - our own words


class Person(NamedTuple):
    """A customer as it is compared, as it is kept."""

    id: int
    name: str
    kind: str
    industry: str
    source: str
    extra: str
    notes: str
    province: str
    city: str
    district: str
    stage: str
    purchase_days: int
    total: int | None
    first_order_on: str | None
    stopped_on: str | None
    since: str

    def bought(self) -> bool:
        """Whether he ever bought."""
        return self.purchase_days > 0 or self.first_order_on is not None

    def had_time_again(self, as_of: date) -> bool:
        """Whether his first order is so long ago that he would have come again."""
        limit = (as_of - timedelta(days=TO_COME_AGAIN)).isoformat()
        return self.first_order_on is not None and self.first_order_on <= limit


def person(raw: Raw, customer_id: int) -> Person | None:
    """One customer; None where he is not there."""
    row = raw.execute(_ONE, (customer_id,)).fetchone()
    return Person(*row) if row else None


def past(raw: Raw, without: int, as_of: date) -> list[Person]:
    """Those of whom one knows what became: they bought, or were known long enough without; the newest first."""
    limit = (as_of - timedelta(days=_LONG_ENOUGH)).isoformat()
    return [Person(*row) for row in raw.execute(_PAST, (without, limit)).fetchall()]


def first_orders(raw: Raw, ids: Collection[int]) -> dict[int, tuple[int, str]]:
    """The int money of the first purchase day and its main product or group ("" unknown), by customer."""
    rows: list[Any] = raw.execute(_FIRST_ORDERS, (json.dumps(list(ids)),)).fetchall()
    return {customer: (amount, product or "") for customer, amount, product in rows}


def first_steps(raw: Raw, ids: Collection[int]) -> dict[int, str]:
    """How each customer was first contacted before the first order."""
    rows = raw.execute(_FIRST_STEPS, (json.dumps(list(ids)),)).fetchall()
    return {customer: kind for customer, kind, _at in rows}


def anybody_to_compare(raw: Raw, fewest: int) -> bool:
    """Whether so many bought; quick, for a card asks it."""
    sql = "SELECT 1 FROM figures WHERE last_order_on IS NOT NULL LIMIT 1 OFFSET ?"
    return raw.execute(sql, (fewest - 1,)).fetchone() is not None


def headers(raw: Raw) -> dict[str, int]:
    """The headers of the user's own columns, with how many customers have something there."""
    rows = raw.execute(
        "SELECT e.key, count(*) FROM customers c, json_each(c.extra) e WHERE c.extra <> '{}' GROUP BY 1"
    ).fetchall()
    return dict(rows)


def words(raw: Raw, most: int = 30) -> dict[str, list[str]]:
    """The industries and sources that the file uses, the most frequent first."""
    found = {}
    for name in ("industry", "source"):
        sql = f"SELECT {name} FROM customers WHERE {name} <> '' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ?"  # noqa: S608 - our own names
        found[name] = [word for (word,) in raw.execute(sql, (most,)).fetchall()]
    return found
