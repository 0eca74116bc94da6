"""What tiers ask for beside purchases: estimates, contacts, complaints, debts, industry, region, products, intent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from crmdesk.domain.indicators_breadth import headroom_of
from crmdesk.domain.purchases import NO_DAY
from crmdesk.domain.tier_facts import EXCLUSION, Facts, Told
from crmdesk.storage.purchases import limited

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

    from crmdesk.domain.tier_policy import TierPolicy

_TOLD: Final = """
    SELECT customer_id, kind, level, amount, reason, made_on, until FROM estimates WHERE 1 {only} ORDER BY made_on, id
"""
# A note for oneself is no contact; a call that nobody answered is one without an answer.
_CONTACTS: Final = """
    SELECT customer_id, count(*), count(*) FILTER (WHERE outcome <> 'not_reached') FROM interactions
    WHERE NOT (kind = 'note' AND outcome = '') {only} GROUP BY customer_id
"""
_COMPLAINTS: Final = "SELECT customer_id, count(*) FROM cases WHERE kind = 'complaint' {only} GROUP BY customer_id"
_OWED: Final = "SELECT id, receivable FROM customers WHERE receivable > 0 {only}"
_INDUSTRY: Final = "SELECT id, industry FROM customers WHERE industry <> '' {only}"
_REGION: Final = """
    SELECT c.id, r.province, r.city, r.district FROM customers c JOIN regions r ON r.id = c.region_id WHERE 1 {only}
"""
_INTENT: Final = "SELECT id, intent FROM customers WHERE intent <> '' {only}"
_GROUPS: Final = """
    SELECT DISTINCT o.customer_id, coalesce(nullif(p.product_group, ''), p.name)
    FROM orders o JOIN order_lines l ON l.order_id = o.id JOIN products p ON p.id = l.product_id
    WHERE o.counts {only}
"""
# Those who bought any of the same products; more than these would not change what most of them buy.
_ALIKE: Final = """
    SELECT DISTINCT o.customer_id FROM order_lines l JOIN orders o ON o.id = l.order_id
    WHERE l.product_id IN (SELECT product_id FROM order_lines JOIN orders ON orders.id = order_id
        WHERE orders.customer_id = ?) LIMIT 300
"""
_PRODUCTS: Final = frozenset({"breadth", "headroom"})


def read_facts(raw: Raw, ids: Collection[int] | None, policy: TierPolicy, *, everything: bool = False) -> Facts:
    """The facts of these customers (None: of all); of products only where the policy asks, or for `everything`."""
    told, waived = _told(raw.execute(*limited(_TOLD, ids)).fetchall())
    asked = {part.indicator for part in policy.parts} | {one.code for one in policy.exclusions if one.on}
    groups: Mapping[int, int] = {}
    headroom: Mapping[int, tuple[str, ...]] = {}
    if everything or asked & {*_PRODUCTS, "cross_selling"}:
        groups, headroom = _products(raw, ids)
    contacts = raw.execute(*limited(_CONTACTS, ids)).fetchall()
    return Facts(
        told=told,
        waived=waived,
        contacts={customer: (tried, answered) for customer, tried, answered in contacts},
        complaints=dict(raw.execute(*limited(_COMPLAINTS, ids)).fetchall()),
        complaints_kept=raw.execute("SELECT 1 FROM cases WHERE kind = 'complaint' LIMIT 1").fetchone() is not None,
        overdue=dict(raw.execute(*limited(_OWED, ids, "id")).fetchall()),
        industry=dict(raw.execute(*limited(_INDUSTRY, ids, "id")).fetchall()),
        region={row[0]: tuple(filter(None, row[1:])) for row in raw.execute(*limited(_REGION, ids, "c.id")).fetchall()},
        intent=leads(raw, ids, policy),
        groups=groups,
        headroom=headroom,
    )


def leads(raw: Raw, ids: Collection[int] | None, policy: TierPolicy) -> dict[int, str]:
    """The intents of these customers, where the policy goes by them."""
    return dict(raw.execute(*limited(_INTENT, ids, "id")).fetchall()) if policy.scale == "intent" else {}


def _told(
    rows: Iterable[tuple[int, str, str, int | None, str, str, str | None]],
) -> tuple[dict[int, dict[str, Told]], dict[int, dict[str, Told]]]:
    """The newest estimate by customer and kind, and overridden exclusions by customer and code."""
    told: dict[int, dict[str, Told]] = {}
    waived: dict[int, dict[str, Told]] = {}
    for customer, kind, level, amount, reason, made_on, until in rows:
        found = Told(kind, level, amount, reason, _ordinal(made_on), _ordinal(until))
        target = waived if kind == EXCLUSION else told
        target.setdefault(customer, {})[level if kind == EXCLUSION else kind] = found
    return told, waived


def _products(raw: Raw, ids: Collection[int] | None) -> tuple[Mapping[int, int], Mapping[int, tuple[str, ...]]]:
    wanted = None if ids is None else set(ids)
    around = ids
    if ids is not None and len(ids) == 1:
        (customer,) = ids
        around = {customer, *(one for (one,) in raw.execute(_ALIKE, (customer,)).fetchall())}
    elif ids is not None:
        around = None  # several at once: their neighbours are nearly everybody
    return headroom_of(raw.execute(*limited(_GROUPS, around, "o.customer_id")).fetchall(), wanted)


def _ordinal(day: str | None) -> int:
    return date.fromisoformat(day[:10]).toordinal() if day else NO_DAY
