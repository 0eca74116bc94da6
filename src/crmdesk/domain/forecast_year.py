"""What each customer is expected to bring soon and within a year, worked out beside the tiers from the same purchases.

The models are those of `forecast`. What they learn from everybody is frozen in a dated run like the limits of the
tiers, so that one edit moves what is expected of one customer and not of all the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from crmdesk.domain import forecast_buying, forecast_spend
from crmdesk.domain.forecast import refusal
from crmdesk.domain.forecast_buying import Buying, Histories
from crmdesk.domain.forecast_future import chance_of_one, future
from crmdesk.domain.forecast_history import Past, joined, past, past_of_totals
from crmdesk.domain.forecast_spend import Spend
from crmdesk.domain.money import MONEY_UNIT, QUANTITY_UNIT
from crmdesk.domain.purchases import NO_DAY, Floats, Ints, OrderColumns, Purchases

YEAR: Final = 365
SOON: Final = 90
SPANS: Final = (30, SOON)  # days within which a purchase may be likelier than none
_LIKELIER: Final = 0.5
Habits = tuple[float, ...]  # r, α (days), a, b; p, q, v (0: too few to tell), the usual purchase in whole money


@dataclass(frozen=True)
class Ahead:
    """One entry a customer: purchases within a year (eight of ten stay between `low` and `high`), int money.

    `alive` is the chance of coming at all, in percent; `within` the first of `SPANS` in which a purchase is likelier
    than none, 0: none of them; `soon_orders` (int 1/1,000) and `soon_money` what the next 90 days bring.
    """

    ids: Ints
    low: Ints
    high: Ints
    money: Ints
    alive: Ints
    within: Ints
    soon_orders: Ints
    soon_money: Ints


def past_of_buyers(buyers: Purchases, orders: OrderColumns, until: int) -> Past:
    """What `forecast_history.past` finds, from purchases that are grouped already: that is most of its work."""
    if np.any(orders.day > until):  # grouped with what came later, which cannot be told apart any more
        own = orders.of(~np.isin(orders.owner, buyers.ids[buyers.estimated]))
        return joined(past(own, until), past_of_totals(buyers.of(buyers.estimated), until))
    dated = ~buyers.estimated & (buyers.first != NO_DAY) & (buyers.first <= until)
    place = np.minimum(np.searchsorted(buyers.ids, orders.owner), max(len(buyers) - 1, 0))
    net = (orders.amount - orders.refund) / MONEY_UNIT
    later = np.bincount(place, weights=np.where(orders.day > buyers.first[place], net, 0.0), minlength=len(buyers))[
        dated
    ]
    some = buyers.of(dated)
    x = np.maximum(some.day_count - 1, 0)
    mean = np.where(x > 0, later / np.maximum(x, 1), 0.0)
    usual = float(some.total.sum()) / MONEY_UNIT / max(int(some.day_count.sum()), 1)
    single = Past(some.ids, x, some.last - some.first, until - some.first, mean, usual)
    return joined(single, past_of_totals(buyers.of(buyers.estimated), until))


def learn_habits(known: Past) -> Habits:
    """What everybody's purchases tell of how often one comes and what one spends; () where they are too few."""
    if refusal(known) is not None:
        return ()
    histories, _place = forecast_buying.group(known.x, known.t_x, known.age, 1)
    buying = forecast_buying.fit(histories, "mbg")
    spend = forecast_spend.fit(known.x, known.mean, known.usual)
    spent = (spend.p, spend.q, spend.v) if spend is not None else (0.0, 0.0, 0.0)
    return buying.r, buying.alpha, buying.a, buying.b, *spent, known.usual


def year_ahead(habits: Habits, known: Past) -> Ahead | None:
    """What these customers bring within a year; None without habits, or where no money is known."""
    if not habits or not len(known.ids) or habits[-1] <= 0:
        return None
    r, alpha, a, b, p, q, v, usual = habits
    histories, place = forecast_buying.group(known.x, known.t_x, known.age, 1)
    buying = Buying("mbg", r, alpha, a, b, 0.0, np.zeros((4, 4)))
    coming, soon = (future(buying, histories, float(days)) for days in (YEAR, SOON))
    level = np.full(len(known.ids), usual)
    if p:
        level = Spend(p, q, v, 0.0, usual).level(known.x, np.maximum(known.mean, 0.0))
    return Ahead(
        known.ids,
        coming.low[place],
        coming.high[place],
        about_money(coming.mean[place] * level),
        np.rint(100 * forecast_buying.alive(buying, histories)).astype(np.int64)[place],
        _within(buying, histories)[place],
        np.rint(QUANTITY_UNIT * soon.mean).astype(np.int64)[place],
        about_money(soon.mean[place] * level),
    )


def about_money(values: Floats) -> Ints:
    """Whole money as int money. Two digits of it are known; more, in a list or a report, would look like a promise."""
    whole = np.maximum(np.rint(values), 0.0)
    unit = 10.0 ** np.maximum(np.floor(np.log10(np.maximum(whole, 1.0))) - 1, 0.0)
    rounded: Ints = (np.rint(whole / unit) * unit).astype(np.int64) * MONEY_UNIT
    return rounded


def _within(buying: Buying, histories: Histories) -> Ints:
    found = np.zeros(len(histories.x), np.int64)
    for days in reversed(SPANS):
        found[chance_of_one(buying, histories, float(days)) >= _LIKELIER] = days
    return found
