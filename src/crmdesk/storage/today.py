"""What today's page reads, on the raw driver: it may be the first page that is painted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from crmdesk.domain.attention import DayLine, DoneToday
from crmdesk.domain.contact_wish import Standing
from crmdesk.domain.figures import NO_TIER_RANK

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

_STANDING: Final = """
    c.id, c.known_since, g.stage, g.tier_rank, g.last_contact_on, g.last_order_on, g.rhythm_days,
    CASE WHEN g.order_count > 0 THEN g.order_total / g.order_count END,
    CASE WHEN g.stage = 'new' THEN (SELECT json_extract(cut_offs, '$.second_order[0]') FROM policy_runs
        ORDER BY id DESC LIMIT 1) END
"""
_DUE: Final = f"""
    SELECT {_STANDING}, f.id, f.due_on, f.kind, f.summary, f.origin, f.promise, c.name, c.code, g.tier
    FROM follow_ups f JOIN customers c ON c.id = f.customer_id JOIN figures g ON g.customer_id = c.id
    WHERE f.done_on IS NULL AND f.due_on <= ? AND c.stopped_on IS NULL
    ORDER BY f.due_on, f.id
"""  # noqa: S608 - our own columns
_FREE: Final = f"""
    SELECT {_STANDING} FROM customers c JOIN figures g ON g.customer_id = c.id
    WHERE c.stopped_on IS NULL
        AND NOT EXISTS (SELECT 1 FROM follow_ups f WHERE f.customer_id = c.id AND f.done_on IS NULL)
"""  # noqa: S608 - our own columns
_POINT: Final = """
    SELECT value FROM contact_points WHERE customer_id = ? AND kind = ?
    ORDER BY contact_id IS NOT NULL, position LIMIT 1
"""
# The days of orders have no index of their own; who bought on a day bought last on that day or later.
_WON: Final = """
    SELECT count(*), coalesce(sum(amount - refund), 0) FROM orders
    WHERE counts AND amount > 0 AND ordered_on = ?
        AND customer_id IN (SELECT customer_id FROM figures WHERE last_order_on >= ?)
"""
_LAST_ORDER: Final = """
    SELECT ordered_on, amount - refund FROM orders WHERE customer_id = ? AND counts AND amount >= 0
    ORDER BY ordered_on DESC LIMIT 1
"""
_LAST_SAID: Final = """
    SELECT substr(at, 1, 10), summary FROM interactions WHERE customer_id = ? AND summary <> '' ORDER BY at DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class DueRow:
    """A due follow-up and who it is about."""

    customer: Standing
    follow_up_id: int
    due_on: date
    kind: str
    summary: str
    origin: str
    promise: bool
    name: str
    tier: str | None


def due_rows(raw: Raw, today: date) -> list[DueRow]:
    """All open follow-ups due by today, of customers one still follows."""
    return [_due_row(row, today) for row in raw.execute(_DUE, (today.isoformat(),)).fetchall()]


def without_follow_up(raw: Raw, today: date) -> list[Standing]:
    """Everybody one follows who has nothing open."""
    return [_standing(row, today) for row in raw.execute(_FREE).fetchall()]


def load_by_day(raw: Raw, today: date) -> dict[date, int]:
    """How many follow-ups each day holds; what is overdue, and what of the plan was done today, counts for today."""
    open_ones = raw.execute(
        "SELECT max(due_on, ?), count(*) FROM follow_ups WHERE done_on IS NULL GROUP BY 1", (today.isoformat(),)
    ).fetchall()
    load = {date.fromisoformat(day): count for day, count in open_ones}
    done = raw.execute(
        "SELECT count(*) FROM follow_ups WHERE done_on = ? AND origin IN ('cadence', 'win_back', 'plan')",
        (today.isoformat(),),
    ).fetchone()[0]
    if done:
        load[today] = load.get(today, 0) + done
    return load


def reach(raw: Raw, customer_id: int) -> tuple[str, str]:
    """The first phone and WeChat of a customer, its own before a contact's; "" for none."""
    phone, wechat = (raw.execute(_POINT, (customer_id, kind)).fetchone() for kind in ("phone", "wechat"))
    return (phone[0] if phone else "", wechat[0] if wechat else "")


def last_order(raw: Raw, customer_id: int) -> tuple[str | None, int | None]:
    """Day and int money of the newest counting order."""
    found = raw.execute(_LAST_ORDER, (customer_id,)).fetchone()
    return (found[0], found[1]) if found else (None, None)


def last_said(raw: Raw, customer_id: int) -> tuple[str | None, str]:
    """Day and words of the newest interaction that has any."""
    found = raw.execute(_LAST_SAID, (customer_id,)).fetchone()
    return (found[0], found[1]) if found else (None, "")


def done_on(raw: Raw, day: date) -> DoneToday:
    """The day's interactions by kind, and what its orders brought."""
    kinds = raw.execute(
        "SELECT kind, count(*) FROM interactions WHERE at >= ? AND at < ? GROUP BY kind ORDER BY 2 DESC", _bounds(day)
    ).fetchall()
    return DoneToday(dict(kinds), won_on(raw, day)[1])


def won_on(raw: Raw, day: date) -> tuple[int, int]:
    """How many counting orders a day brought, and their int money."""
    found = raw.execute(_WON, (day.isoformat(), day.isoformat())).fetchone()
    return found[0], found[1]


def lines_on(raw: Raw, day: date) -> Iterable[DayLine]:
    """The day's interactions, the first first."""
    rows = raw.execute(
        "SELECT coalesce(nullif(c.name, ''), c.code), i.kind, i.outcome, i.summary"
        " FROM interactions i JOIN customers c ON c.id = i.customer_id"
        " WHERE i.at >= ? AND i.at < ? ORDER BY i.at, i.id",
        _bounds(day),
    ).fetchall()
    return (DayLine(*row) for row in rows)


def count_by_hand(raw: Raw, day: date) -> int:
    """The customers written down on a day, those of an import left out."""
    found = raw.execute(
        "SELECT count(*) FROM customers WHERE known_since = ? AND import_id IS NULL", (day.isoformat(),)
    ).fetchone()
    return int(found[0])


def open_on(raw: Raw, day: date, *, promises_until: bool = False) -> int:
    """How many follow-ups are due on a day; with `promises_until` the open promises due by then."""
    sql = "SELECT count(*) FROM follow_ups WHERE done_on IS NULL AND due_on = ?"
    if promises_until:
        sql = "SELECT count(*) FROM follow_ups WHERE done_on IS NULL AND promise AND due_on <= ?"
    return int(raw.execute(sql, (day.isoformat(),)).fetchone()[0])


def _due_row(row: tuple[Any, ...], today: date) -> DueRow:
    follow_up, due_on, kind, summary, origin, promise, name, code, tier = row[9:]
    return DueRow(
        customer=_standing(row[:9], today),
        follow_up_id=follow_up,
        due_on=date.fromisoformat(due_on),
        kind=kind,
        summary=summary,
        origin=origin,
        promise=bool(promise),
        name=name or code,
        tier=tier,
    )


def _standing(row: tuple[Any, ...], today: date) -> Standing:
    customer, known, stage, rank, contact, order, usual, worth, second_after = row
    return Standing(
        customer_id=customer,
        known_since=_day(known) or today,
        stage=stage,
        tier_rank=None if rank == NO_TIER_RANK else rank,
        last_contact=_day(contact),
        last_order=_day(order),
        worth=worth,
        usual=usual,
        second_after=second_after,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _bounds(day: date) -> tuple[str, str]:
    return day.isoformat(), date.fromordinal(day.toordinal() + 1).isoformat()
