"""Offers, those of attempts to win back among them, and the purchases that tell what came of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from crmdesk.domain.follow_up import Origin
from crmdesk.domain.offer import Offer
from crmdesk.storage.batches import IN_LIST, id_list

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

# An attempt that the user has closed by a word of his own asks for nothing more.
_BOTH: Final = """
    SELECT customer_id, text, given_on, until, id, 0 AS won_back, asked_for, follow_up_id FROM offers
    UNION ALL
    SELECT customer_id, offer, begun_on, offer_until, id, 1, asked_for, follow_up_id FROM win_backs
    WHERE offer <> '' AND result = ''
"""
_OFFERS: Final = f"SELECT * FROM ({_BOTH}) WHERE {{which}} ORDER BY given_on DESC, id DESC"  # noqa: S608 - our words
_BOUGHT: Final = f"""
    SELECT DISTINCT o.customer_id, substr(o.ordered_on, 1, 10) FROM orders o
    JOIN (SELECT customer_id, min(given_on) AS since FROM ({_BOTH}) WHERE {{which}} GROUP BY customer_id) f
        ON f.customer_id = o.customer_id
    WHERE o.counts AND o.amount > 0 AND o.ordered_on >= f.since ORDER BY 1, 2
"""  # noqa: S608 - our own words
_STRAYS: Final = f"""
    SELECT id FROM follow_ups WHERE done_on IS NULL AND NOT promise AND origin = '{Origin.OFFER}'
        AND id NOT IN (SELECT follow_up_id FROM ({_BOTH}) WHERE follow_up_id IS NOT NULL)
"""  # noqa: S608 - our own words
_TABLES: Final = {False: "offers", True: "win_backs"}


def offers(raw: Raw, customers: Collection[int] | None = None) -> list[Offer]:
    """The offers made to these customers (None: to all), the newest first."""
    return [_offer(row) for row in raw.execute(*_of(_OFFERS, customers)).fetchall()]


def bought_since(raw: Raw, customers: Collection[int] | None = None) -> dict[int, list[date]]:
    """The days on which customers bought since their first offer, ascending."""
    days: dict[int, list[date]] = {}
    for owner, day in raw.execute(*_of(_BOUGHT, customers)).fetchall():
        days.setdefault(owner, []).append(date.fromisoformat(day))
    return days


def get(raw: Raw, offer_id: int) -> Offer | None:
    """One that stands by itself."""
    row = raw.execute(_OFFERS.format(which="id = ? AND NOT won_back"), (offer_id,)).fetchone()
    return _offer(row) if row else None


def stopped(raw: Raw) -> frozenset[int]:
    """Whom one follows no more."""
    rows = raw.execute("SELECT id FROM customers WHERE stopped_on IS NOT NULL").fetchall()
    return frozenset(row[0] for row in rows)


def strays(raw: Raw) -> list[int]:
    """The open follow-ups of offers that are not there any more."""
    return [row[0] for row in raw.execute(_STRAYS).fetchall()]


def write_reminders(raw: Raw, changed: Iterable[Offer]) -> None:
    """Write for which last day a follow-up was made, and that follow-up."""
    for one in changed:
        raw.execute(
            f"UPDATE {_TABLES[one.won_back]} SET asked_for = ?, follow_up_id = ? WHERE id = ?",  # noqa: S608
            (one.asked_for.isoformat() if one.asked_for else None, one.follow_up_id, one.id),
        )


def columns(offer: Offer) -> dict[str, Any]:
    """What the user says of an offer as the table's columns."""
    until = offer.until.isoformat() if offer.until else None
    return {"text": offer.text.strip(), "given_on": offer.given_on.isoformat(), "until": until}


def _of(statement: str, customers: Collection[int] | None) -> tuple[str, tuple[str, ...]]:
    if customers is None:
        return statement.format(which="1"), ()
    return statement.format(which=f"customer_id {IN_LIST}"), (id_list(customers),)


def _offer(row: tuple[Any, ...]) -> Offer:
    customer, text, given, until, number, won_back, asked, follow_up = row
    return Offer(customer, text, date.fromisoformat(given), _day(until), number, bool(won_back), _day(asked), follow_up)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
