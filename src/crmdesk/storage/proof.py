"""Who bought long enough ago to have come again, whether he did, and what is noted of him; on the raw driver."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

_BUYERS: Final = """
    SELECT g.purchase_days > 1, c.industry <> '', c.source <> '', c.birthday <> '',
        EXISTS (SELECT 1 FROM contact_points p WHERE p.customer_id = c.id AND p.kind = 'wechat'),
        EXISTS (SELECT 1 FROM contacts n WHERE n.customer_id = c.id AND n.name <> ''),
        EXISTS (SELECT 1 FROM estimates e WHERE e.customer_id = c.id AND e.kind = 'needs' AND e.level <> 'unclear'),
        CASE WHEN c.extra <> '{}' THEN c.extra ELSE '' END,
        CASE WHEN instr(c.notes, '：') OR instr(c.notes, ':') THEN c.notes ELSE '' END
    FROM customers c JOIN figures g ON g.customer_id = c.id
    WHERE g.first_order_on <= ? AND g.purchase_days > 0
"""
_CHUNK: Final = 1000


class Buyer(NamedTuple):
    """What is noted of somebody who bought; `extra` as JSON and `notes` only where they may hold an answer.

    `needs` is whether the salesperson judged them; an answer to the first talk counts as well.
    """

    again: int
    industry: int
    source: int
    birthday: int
    wechat: int
    contact_name: int
    needs: int
    extra: str
    notes: str


def buyers(raw: Raw, bought_by: str) -> Iterator[Buyer]:
    """Those whose first order was made up to an ISO day."""
    rows = raw.execute(_BUYERS, (bought_by,))
    while chunk := rows.fetchmany(_CHUNK):
        for row in chunk:
            yield Buyer(*row)
