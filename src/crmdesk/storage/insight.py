"""What the analysis page and the tier report count, on the raw driver."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from crmdesk.domain.fairness import Standing
from crmdesk.domain.insight import CountRow, MonthRow, QuietRow
from crmdesk.domain.passport import TierMove
from crmdesk.domain.phrase import Phrase
from crmdesk.domain.purchases import EPOCH, NO_DAY
from crmdesk.storage.purchases import read_orders

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

_QUIET: Final = """
    SELECT g.customer_id, coalesce(nullif(c.name, ''), c.code), coalesce(g.order_total, 0), g.last_order_on,
        g.rhythm_days, g.tier
    FROM figures g JOIN customers c ON c.id = g.customer_id
    WHERE g.stage IN ('dormant', 'lost') AND g.last_order_on IS NOT NULL AND c.stopped_on IS NULL
    ORDER BY g.order_total DESC, g.last_order_on, g.customer_id LIMIT ?
"""
_COUNTS: Final = {
    "intents": "SELECT intent, count(*) FROM customers WHERE intent <> '' GROUP BY 1 ORDER BY 2 DESC, 1",
    "sources": "SELECT source, count(*) FROM customers WHERE source <> '' GROUP BY 1 ORDER BY 2 DESC, 1",
    "regions": (
        "SELECT CASE WHEN r.district <> '' THEN r.district WHEN r.city <> '' THEN r.city ELSE r.province END, count(*)"
        " FROM customers c JOIN regions r ON r.id = c.region_id GROUP BY 1 ORDER BY 2 DESC, 1"
    ),
    "completeness": "SELECT min(completeness / 25, 3) * 25, count(*) FROM figures GROUP BY 1 ORDER BY 1",
}

_SHARING: Final = {
    "intents": "SELECT id FROM customers WHERE intent = ?",
    "sources": "SELECT id FROM customers WHERE source = ?",
    "regions": (
        "SELECT c.id FROM customers c JOIN regions r ON r.id = c.region_id WHERE"
        " CASE WHEN r.district <> '' THEN r.district WHEN r.city <> '' THEN r.city ELSE r.province END = ?"
    ),
    "completeness": "SELECT customer_id FROM figures WHERE min(completeness / 25, 3) * 25 = CAST(? AS INTEGER)",
}


_MOVES: Final = {
    what: f"""
        SELECT m.customer_id, m.changed_on, m.old, m.new, m.reason, coalesce(nullif(c.name, ''), c.code),
            coalesce(g.order_total, 0)
        FROM {what}_changes m JOIN customers c ON c.id = m.customer_id LEFT JOIN figures g ON g.customer_id = c.id
        WHERE m.changed_on >= ? AND m.old <> m.new ORDER BY m.id DESC LIMIT ?
    """  # noqa: S608 - our own tables
    for what in ("tier", "stage")
}
_MOVED: Final = """
SELECT count(*) FROM (
    SELECT customer_id FROM tier_changes WHERE changed_on >= ?1 AND old NOT IN ('', new)
    UNION SELECT customer_id FROM stage_changes WHERE changed_on >= ?1 AND old <> ''
)"""
_PEOPLE: Final = """
    SELECT c.id, coalesce(nullif(c.name, ''), c.code), coalesce(g.tier, ''), g.tier_rank, g.stage, g.last_contact_on,
        c.known_since, coalesce(g.order_total, 0), coalesce(g.order_count, 0),
        (SELECT count(*) FROM interactions i WHERE i.customer_id = c.id AND i.at >= ?
            AND NOT (i.kind = 'note' AND i.outcome = '')),
        (SELECT count(*) FROM cases k WHERE k.customer_id = c.id AND k.kind = 'complaint'),
        (SELECT e.level = 'high' AND coalesce(e.until, '9999') >= ? FROM estimates e
            WHERE e.customer_id = c.id AND e.kind = 'potential' ORDER BY e.made_on DESC, e.id DESC LIMIT 1)
    FROM customers c JOIN figures g ON g.customer_id = c.id WHERE c.stopped_on IS NULL ORDER BY c.id
"""


def standing_counts(raw: Raw) -> list[tuple[str, str, int, int]]:
    """Tier ("" for none), stage, customers and int money, for every pair of tier and stage there is."""
    found: list[tuple[str, str, int, int]] = raw.execute(
        "SELECT coalesce(tier, ''), stage, count(*), coalesce(sum(order_total), 0) FROM figures GROUP BY tier, stage"
    ).fetchall()
    return found


def has_money(raw: Raw) -> bool:
    """Whether any customer is known to have paid anything."""
    return raw.execute("SELECT 1 FROM figures WHERE order_total IS NOT NULL LIMIT 1").fetchone() is not None


def quiet(raw: Raw, as_of: date, limit: int) -> list[QuietRow]:
    """Those gone quiet or lost, by what they brought."""
    return [
        QuietRow(customer, name, money, max((as_of - date.fromisoformat(last)).days, 0), usual, tier)
        for customer, name, money, last, usual, tier in raw.execute(_QUIET, (limit,)).fetchall()
    ]


def months(raw: Raw) -> list[MonthRow]:
    """The money of every month that had orders."""
    orders = read_orders(raw)
    dated = orders.day != NO_DAY
    month = (orders.day[dated] - EPOCH).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    if not len(month):
        return []
    names, place = np.unique_inverse(month)
    money, count = np.zeros(len(names), np.int64), np.zeros(len(names), np.int64)
    np.add.at(money, place, (orders.amount - orders.refund)[dated])
    np.add.at(count, place, (orders.amount[dated] >= 0).astype(np.int64))
    texts = np.datetime_as_string(names.astype("datetime64[M]"))
    return [MonthRow(*one) for one in zip(texts.tolist(), money.tolist(), count.tolist(), strict=True)]


def counts(raw: Raw, what: str, limit: int = 12) -> tuple[CountRow, ...]:
    """How many customers share each intent, source, region or quarter of completeness; the most frequent first."""
    return tuple(CountRow(str(value), count) for value, count in raw.execute(_COUNTS[what]).fetchmany(limit))


def reach_counts(raw: Raw) -> tuple[int, int]:
    """How many customers have a phone of their own or a contact's, and how many were contacted at least once."""
    phones = "SELECT count(DISTINCT customer_id) FROM contact_points WHERE kind = 'phone'"
    contacted = "SELECT count(*) FROM figures WHERE contact_count > 0"
    with_phone, reached = (int(raw.execute(sql).fetchone()[0]) for sql in (phones, contacted))
    return with_phone, reached


def sharing(raw: Raw, what: str, value: str) -> tuple[int, ...]:
    """The ids behind one row of `counts`."""
    return tuple(customer for (customer,) in raw.execute(_SHARING[what], (value,)).fetchall())


def buyer_columns(raw: Raw) -> list[tuple[int, str, int, int]]:
    """Per buyer the id, the last day, the purchase days and the int money."""
    found: list[tuple[int, str, int, int]] = raw.execute(
        "SELECT customer_id, last_order_on, coalesce(purchase_days, 0), order_total FROM figures"
        " WHERE last_order_on IS NOT NULL AND order_total IS NOT NULL"
    ).fetchall()
    return found


def buyers_in_month(raw: Raw, month: str) -> tuple[int, ...]:
    """Who has a counting order in an ISO month."""
    rows = raw.execute(
        "SELECT DISTINCT customer_id FROM orders WHERE counts AND substr(ordered_on, 1, 7) = ?", (month,)
    )
    return tuple(customer for (customer,) in rows.fetchall())


def standings(raw: Raw) -> list[tuple[int, str, str | None, int]]:
    """Id, name, tier and int money of every customer, by ascending id."""
    found: list[tuple[int, str, str | None, int]] = raw.execute(
        "SELECT g.customer_id, coalesce(nullif(c.name, ''), c.code), g.tier, coalesce(g.order_total, 0)"
        " FROM figures g JOIN customers c ON c.id = g.customer_id ORDER BY g.customer_id"
    ).fetchall()
    return found


def told_levels(raw: Raw) -> list[tuple[str, int, float]]:
    """Each word for a tier that sheets brought, how many customers have it, and their int money on average."""
    found: list[tuple[str, int, float]] = raw.execute(
        "SELECT c.tier_given, count(*), avg(coalesce(g.order_total, 0)) FROM customers c"
        " JOIN figures g ON g.customer_id = c.id WHERE c.tier_given <> '' GROUP BY 1"
    ).fetchall()
    return found


def contacts_since(raw: Raw, day: date) -> int:
    """How many contacts were made from a day on; a note for oneself is none."""
    found: int = raw.execute(
        "SELECT count(*) FROM interactions WHERE at >= ? AND NOT (kind = 'note' AND outcome = '')", (day.isoformat(),)
    ).fetchone()[0]
    return found


def moves(raw: Raw, what: str, since: date, most: int) -> tuple[TierMove, ...]:
    """The changes of tier or stage (`what`) from a day on, the newest first, with name and money of the customer."""
    rows = raw.execute(_MOVES[what], (since.isoformat(), most)).fetchall()
    return tuple(
        TierMove(customer, date.fromisoformat(day), old, new, Phrase.from_json(reason), name, money)
        for customer, day, old, new, reason, name, money in rows
    )


def move_count(raw: Raw, since: date) -> int:
    """How many customers' tier or stage became another from a day on; the first one is no change."""
    found: int = raw.execute(_MOVED, (since.isoformat(),)).fetchone()[0]
    return found


def people(raw: Raw, as_of: date, contacts_from: date) -> list[Standing]:
    """Every customer one still follows, as fairness looks at it; contacts are counted from a day on."""
    rows = raw.execute(_PEOPLE, (contacts_from.isoformat(), as_of.isoformat())).fetchall()
    return [
        Standing(
            customer_id=row[0],
            name=row[1],
            tier=row[2],
            rank=row[3],
            stage=row[4],
            last_contact=_ordinal(row[5]),
            known_since=_ordinal(row[6]),
            money=row[7],
            orders=row[8],
            contacts=row[9],
            complaints=row[10],
            potential_high=bool(row[11]),
        )
        for row in rows
    ]


def complaint_days(raw: Raw) -> dict[int, date]:
    """The newest complaint of each customer who has any."""
    rows = raw.execute("SELECT customer_id, max(opened_on) FROM cases WHERE kind = 'complaint' GROUP BY 1").fetchall()
    return {customer: date.fromisoformat(day) for customer, day in rows}


def _ordinal(day: str | None) -> int:
    return date.fromisoformat(day[:10]).toordinal() if day else NO_DAY
