"""The indicators of a customer's value, as columns over all buyers at once; each may be unknown, and says so.

Every indicator is a function from the ground (purchases, facts, the day) to a column. Its docstring gives its
definition, unit and source; `docs/tiers.md` tells the same to a salesperson.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from crmdesk.domain.indicators_orders import OrderGroups
from crmdesk.domain.purchases import NO_DAY, Flags, Floats, Ints, OrderColumns, Purchases
from crmdesk.domain.rhythm import Prior, Rhythm, rhythms
from crmdesk.domain.tier_facts import LOYALTY, POTENTIAL, POWER, Facts, column

FEW, FAIR, HIGH = 1, 2, 3  # as in rhythm.CONFIDENCE
_FAIR_FROM: Final = 2  # observations
_HIGH_FROM: Final = 5
_FRESH_DAYS: Final = 180  # an estimate younger than this is sure, one younger than twice this fair
_YEAR: Final = 365


@dataclass(frozen=True)
class Measured:
    """An indicator of every buyer: its value where `known`, and how sure (0 none, few, fair, high)."""

    values: Floats
    known: Flags
    confidence: Ints


@dataclass(frozen=True)
class Ground:
    """What indicators are computed from; one entry a buyer in every column, days as ordinals.

    `margin` is the shop's profit per money, that stands in where a cost is unknown (1: no cost is known at all).
    """

    buyers: Purchases
    orders: OrderColumns
    facts: Facts
    as_of: int
    prior: Prior
    window: int = 0
    margin: float = 1.0

    @cached_property
    def rhythm(self) -> Rhythm:
        """Each buyer's own rhythm; few purchases lean on the shop's."""
        return rhythms(self.buyers, self.prior)

    @cached_property
    def groups(self) -> OrderGroups:
        """The single orders, sorted by buyer and day."""
        return OrderGroups.of(self.orders, self.buyers.ids)

    @cached_property
    def span(self) -> Floats:
        """Days from the first purchase to the day of judging, at least one."""
        return np.maximum(self.as_of - self.buyers.first, 1).astype(np.float64)


Indicator = Callable[[Ground], Measured]


def recency(ground: Ground) -> Measured:
    """Days since the last purchase. Unit: days. Source: the last dated order, or the sheet's last purchase day."""
    dated = ground.buyers.last != NO_DAY
    days = np.where(dated, np.maximum(ground.as_of - ground.buyers.last, 0), 0)
    return _seen(days, dated, ground.buyers.day_count)


def frequency(ground: Ground) -> Measured:
    """Purchase days in the window; orders of one day count once. Unit: times. Source: orders, or the sheet's count."""
    count = ground.buyers.window_days if ground.window else ground.buyers.day_count
    return _seen(count, ground.buyers.day_count > 0, ground.buyers.day_count)


def monetary(ground: Ground) -> Measured:
    """What was paid in the window, returns and refunds subtracted. Unit: money. Source: orders, or sheet totals."""
    money = ground.buyers.window_total if ground.window else ground.buyers.total
    return _seen(money, ground.buyers.money_known, ground.buyers.orders)


def profit(ground: Ground) -> Measured:
    """What was earned in the window: money minus cost; the shop's margin stands in where a cost is unknown.

    Unit: money. Source: cost of orders. Unknown where the shop knows no cost at all.
    """
    found = profit_of(ground.buyers, ground.window, ground.margin)
    known = ground.buyers.money_known & ((ground.margin < 1.0) | ground.buyers.profit_known)
    sure = np.where(ground.buyers.profit_known, _sure(ground.buyers.orders), FEW)
    return Measured(found.astype(np.float64), known, np.where(known, sure, 0))


def profit_of(buyers: Purchases, window: int, margin: float) -> Ints:
    """Profit of each buyer in the window, int money; where a cost is unknown the shop's margin stands in."""
    whole = np.where(buyers.profit_known, buyers.profit, np.rint(buyers.total * margin).astype(np.int64))
    if not window:
        return whole
    own_margin: Floats = whole / np.where(buyers.total == 0, 1, buyers.total)
    return np.rint(buyers.window_total * own_margin).astype(np.int64)


def average_order(ground: Ground) -> Measured:
    """Money per order. Unit: money. Source: total over the number of counting orders."""
    known = ground.buyers.money_known & (ground.buyers.orders > 0)
    return _seen(ground.buyers.average, known, ground.buyers.orders)


def order_trend(ground: Ground) -> Measured:
    """The newer half of the orders against the older half, by mean amount: 0.2 is a fifth more. Unit: share.

    Source: amounts of single orders; from four orders on.
    """
    change, known = ground.groups.trend(ground.groups.net.astype(np.float64))
    return _seen(change, known, ground.groups.count)


def largest_order(ground: Ground) -> Measured:
    """The largest single order. Unit: money. Source: amounts of single orders."""
    return _seen(ground.groups.largest(), ground.groups.count > 0, ground.groups.count)


def discount(ground: Ground) -> Measured:
    """Discount given of all that would have been asked. Unit: share. Source: discounts noted on orders."""
    given, asked, known = ground.groups.discounts()
    return _seen(given / np.maximum(asked, 1), known, ground.groups.count)


def discount_trend(ground: Ground) -> Measured:
    """How much larger a discount the newer half of the orders got than the older. Unit: share (0.05: 5 points).

    Source: discounts noted on orders; from four orders with a discount noted on.
    """
    change, known = ground.groups.discount_trend()
    return _seen(change, known, ground.groups.count)


def margin(ground: Ground) -> Measured:
    """Profit per money paid. Unit: share. Source: cost of orders; unknown unless all of them have one."""
    known = ground.buyers.profit_known & (ground.buyers.total > 0)
    return _seen(ground.buyers.profit / np.maximum(ground.buyers.total, 1), known, ground.buyers.orders)


def rhythm(ground: Ground) -> Measured:
    """The usual interval between purchase days, the median. Unit: days. Source: days of orders; from two on."""
    known = ~np.isnan(ground.rhythm.usual)
    return Measured(np.nan_to_num(ground.rhythm.usual), known, np.where(known, ground.rhythm.confidence, 0))


def regularity(ground: Ground) -> Measured:
    """How even the intervals are: 1 like a clock, 0 anyhow. Unit: share of 1. Source: intervals; from three on.

    1 minus the median deviation of the intervals over their median, floored at 0.
    """
    value, count = ground.groups.regularity()
    return _seen(value, (count >= 3) & ~ground.buyers.estimated, count)


def tenure(ground: Ground) -> Measured:
    """Days since the first purchase. Unit: days. Source: the first dated order, or the sheet's first purchase day."""
    dated = ground.buyers.first != NO_DAY
    return _seen(np.where(dated, np.maximum(ground.as_of - ground.buyers.first, 0), 0), dated, ground.buyers.day_count)


def repeat_share(ground: Ground) -> Measured:
    """Purchase days after the first, of all. Unit: share. Source: days of orders, or the sheet's count."""
    count = ground.buyers.day_count
    return _seen((count - 1) / np.maximum(count, 1), count > 0, count)


def breadth(ground: Ground) -> Measured:
    """Product groups bought. Unit: groups. Source: order lines; unknown without products."""
    values, known = column(ground.facts.groups, ground.buyers.ids)
    return _seen(values, known, ground.buyers.orders)


def headroom(ground: Ground) -> Measured:
    """Product groups that most similar customers buy and this one does not. Unit: groups. Source: order lines.

    Similar are those who buy the same groups; a group counts where at least 40 % of them buy it.
    """
    counts = {customer: len(missing) for customer, missing in ground.facts.headroom.items()}
    values, known = column(counts, ground.buyers.ids)
    return _seen(values, known, ground.buyers.orders)


def past_peak(ground: Ground) -> Measured:
    """The last 365 days against the best 365 days ever. Unit: share (1: now is the peak). Source: dated orders.

    From a year of history on; before that there is no past to compare with.
    """
    now, best = ground.groups.year_and_best(ground.as_of)
    known = (best > 0) & (ground.span >= _YEAR) & ~ground.buyers.estimated
    return _seen(now / np.maximum(best, 1), known, ground.groups.count)


def complaints(ground: Ground) -> Measured:
    """Complaints per order. Unit: per order. Source: cases; unknown in a file that keeps none."""
    count, _ = column(ground.facts.complaints, ground.buyers.ids)
    known = (ground.buyers.orders > 0) & ground.facts.complaints_kept
    return _seen(count / np.maximum(ground.buyers.orders, 1), known, ground.buyers.orders)


def purchasing_power(ground: Ground) -> Measured:
    """What the customer could spend in a year, overdue debts subtracted. Unit: money a year.

    Source: the salesperson's dated estimate while it holds, else the best 365 days ever (a lower bound).
    """
    _, best = ground.groups.year_and_best(ground.as_of)
    values = best.astype(np.float64)
    known = best > 0
    sure = np.where(known, FEW, 0)
    for place, customer in enumerate(ground.buyers.ids.tolist() if ground.facts.told else ()):
        told = ground.facts.one(POWER, customer, ground.as_of)
        if told is not None and told.amount is not None:
            values[place], known[place] = told.amount, True
            sure[place] = _freshness(ground.as_of - told.made_on)
    owed, _ = column(ground.facts.overdue, ground.buyers.ids)
    return Measured(np.maximum(values - owed, 0), known, sure)


def potential(ground: Ground) -> Measured:
    """The salesperson's own judgement of what could come, with its reason: 0 low, 1 medium, 2 high. Unit: level.

    Source: the estimate while it holds; unknown otherwise, never taken for low.
    """
    return _estimated(ground, POTENTIAL)


def loyalty(ground: Ground) -> Measured:
    """The mean of what is known of repeat buying, regularity, tenure (to two years), answers to contact and effort.

    Effort is orders per contact, at most 1: who orders without being asked twice is loyal. Unit: share of 1. Source:
    days of orders, interactions; the salesperson's note on switching (low: 0, high: 1) counts as one more. From three
    purchase days on.
    """
    parts = [repeat_share(ground), regularity(ground)]
    tenure_years = np.minimum(tenure(ground).values / (2 * _YEAR), 1.0)
    parts.append(Measured(tenure_years, ground.buyers.first != NO_DAY, ground.buyers.day_count))
    parts.append(answers(ground))
    asked = contact_cost(ground)
    parts.append(Measured(1 / np.maximum(asked.values, 1.0), asked.known, asked.confidence))
    noted = _estimated(ground, LOYALTY)
    parts.append(Measured(noted.values / 2, noted.known, noted.confidence))
    weight = np.sum([part.known for part in parts], axis=0)
    total = np.sum([np.where(part.known, part.values, 0.0) for part in parts], axis=0)
    enough = ground.buyers.day_count >= 3
    return _seen(total / np.maximum(weight, 1), enough, ground.buyers.day_count)


def answers(ground: Ground) -> Measured:
    """Contacts that were answered, of all tried. Unit: share. Source: interactions, notes to oneself left out."""
    tried, known = column({key: one[0] for key, one in ground.facts.contacts.items()}, ground.buyers.ids)
    answered, _ = column({key: one[1] for key, one in ground.facts.contacts.items()}, ground.buyers.ids)
    return _seen(answered / np.maximum(tried, 1), known, tried.astype(np.int64))


def contact_cost(ground: Ground) -> Measured:
    """Contacts per order: how much effort an order takes. Unit: per order. Source: interactions and orders."""
    tried, known = column({key: one[0] for key, one in ground.facts.contacts.items()}, ground.buyers.ids)
    return _seen(tried / np.maximum(ground.buyers.orders, 1), known & (ground.buyers.orders > 0), ground.buyers.orders)


INDICATORS: Final[dict[str, Indicator]] = {
    "recency": recency,
    "frequency": frequency,
    "monetary": monetary,
    "profit": profit,
    "average_order": average_order,
    "order_trend": order_trend,
    "largest_order": largest_order,
    "discount": discount,
    "discount_trend": discount_trend,
    "margin": margin,
    "rhythm": rhythm,
    "regularity": regularity,
    "tenure": tenure,
    "repeat_share": repeat_share,
    "breadth": breadth,
    "headroom": headroom,
    "past_peak": past_peak,
    "complaints": complaints,
    "purchasing_power": purchasing_power,
    "potential": potential,
    "loyalty": loyalty,
    "answers": answers,
    "contact_cost": contact_cost,
}
UNITS: Final[dict[str, str]] = {
    **dict.fromkeys(("recency", "rhythm", "tenure"), "days"),
    **dict.fromkeys(("frequency", "breadth", "headroom"), "count"),
    **dict.fromkeys(("monetary", "profit", "average_order", "largest_order", "purchasing_power"), "money"),
    **dict.fromkeys(("order_trend", "discount", "discount_trend", "margin", "regularity", "repeat_share"), "share"),
    **dict.fromkeys(("past_peak", "loyalty", "answers"), "share"),
    **dict.fromkeys(("complaints", "contact_cost"), "per_order"),
    "potential": "level",
}
LOW_IS_GOOD: Final = frozenset({"recency", "rhythm", "discount", "discount_trend", "complaints", "contact_cost"})


def _seen(values: Floats | Ints, known: Flags, observations: Ints) -> Measured:
    return Measured(
        np.where(known, values, 0).astype(np.float64), known, np.where(known, _sure(observations), 0).astype(np.int64)
    )


def _sure(observations: Ints) -> Ints:
    return np.where(observations >= _HIGH_FROM, HIGH, np.where(observations >= _FAIR_FROM, FAIR, FEW))


def _freshness(age: int) -> int:
    return HIGH if age <= _FRESH_DAYS else FAIR if age <= 2 * _FRESH_DAYS else FEW


def _estimated(ground: Ground, kind: str) -> Measured:
    level = ground.facts.levels(kind, ground.buyers.ids, ground.as_of)
    sure = np.zeros(len(level), np.int64)
    for place in np.flatnonzero(level >= 0).tolist():
        told = ground.facts.told[int(ground.buyers.ids[place])][kind]
        sure[place] = _freshness(ground.as_of - told.made_on)
    return Measured(np.maximum(level, 0).astype(np.float64), level >= 0, sure)
