"""What a passport reads of one customer: the evidence its tier rests on, its history, the last prices."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from crmdesk.domain.insight import PARETO_FROM
from crmdesk.domain.passport import LastPrice, TierMove
from crmdesk.domain.passport_promises import Case
from crmdesk.domain.phrase import Phrase
from crmdesk.domain.tier_cut_offs import CutOffs
from crmdesk.domain.tier_facts import Facts
from crmdesk.storage.purchases import read_discounts, read_given, read_orders
from crmdesk.storage.tier_facts import read_facts
from crmdesk.storage.tiers import PolicyInForce, rules

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

# Beside max(ordered_on), SQLite gives the other columns of that very row.
_PRICES: Final = """
    SELECT p.name, max(o.ordered_on), coalesce(l.price, l.amount * 1000 / l.quantity), l.quantity
    FROM order_lines l JOIN orders o ON o.id = l.order_id JOIN products p ON p.id = l.product_id
    WHERE o.customer_id = ? AND o.counts AND o.amount > 0 AND (l.price > 0 OR (l.amount > 0 AND l.quantity > 0))
        AND o.ordered_on IS NOT NULL
    GROUP BY p.id ORDER BY 2 DESC, p.name
"""
_HISTORY: Final = "SELECT changed_on, old, new, reason FROM tier_changes WHERE customer_id = ? ORDER BY id DESC"


def evidence(raw: Raw, force: PolicyInForce, customer: int, as_of: date, today: date) -> Case:
    """All that this customer's tier is worked out from; in a file with a handful of buyers, everybody's orders."""
    cut_offs = force.cut_offs or CutOffs()
    relative = force.policy.cut != "limits" and force.policy.scale in ("value", "points")
    few = relative and cut_offs.buyers < PARETO_FROM
    ids = None if few else [customer]
    return Case(
        np.array([customer], np.int64),
        read_orders(raw) if few else read_discounts(raw, [customer]),
        read_given(raw, ids),
        read_facts(raw, ids, force.policy),
        rules(raw, force, ids, today),
        cut_offs.prior,
        as_of.toordinal(),
        renew=few,
    )


def own_facts(raw: Raw, force: PolicyInForce, customer: int) -> Facts:
    """What is known of a customer beside purchases, products included."""
    return read_facts(raw, [customer], force.policy, everything=True)


def history(raw: Raw, customer: int) -> tuple[TierMove, ...]:
    """The changes of a customer's tier with their reasons, newest first."""
    rows = raw.execute(_HISTORY, (customer,)).fetchall()
    return tuple(
        TierMove(customer, date.fromisoformat(day), old, new, Phrase.from_json(reason))
        for day, old, new, reason in rows
    )


def last_prices(raw: Raw, customer: int) -> tuple[LastPrice, ...]:
    """The price given last for each product the customer bought, newest first."""
    rows = raw.execute(_PRICES, (customer,)).fetchall()
    return tuple(LastPrice(name, date.fromisoformat(day), int(price), quantity) for name, day, price, quantity in rows)
