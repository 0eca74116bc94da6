"""The values behind 更多图表; each is None while the data do not suffice for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from crmdesk.operations.conversion import conversion, source_yield
from crmdesk.operations.unprofitable import unprofitable

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

    from crmdesk.domain.churn import Churn, Then
    from crmdesk.domain.cohort import Cohorts
    from crmdesk.domain.effort import Effort
    from crmdesk.domain.fairness import Fairness
    from crmdesk.domain.forecast import Forecast
    from crmdesk.domain.lifecycle_flow import StageFlow
    from crmdesk.domain.lifecycle_moves import TierMoves, ValuePotential
    from crmdesk.domain.loss import Losses
    from crmdesk.domain.purchases import Purchases
    from crmdesk.domain.satisfaction import SatisfactionSeries
    from crmdesk.domain.second_purchase import Radar
    from crmdesk.domain.win_back import WinBackRates
    from crmdesk.storage.database import Database

__all__ = [
    "FURTHER",
    "attention",
    "churn",
    "cohorts",
    "effort",
    "expected",
    "loss_reasons",
    "rising",
    "satisfaction",
    "second_purchase",
    "stage_flow",
    "tier_moves",
    "value_potential",
    "win_backs",
]

MOVE_DAYS: Final = 180
_YEAR: Final = 365
_LEAST_MOVED: Final = 5  # of fewer nothing can be said to follow from a move
_LEAST_CONTACTS: Final = 20  # fewer say nothing of where attention goes


def second_purchase(db: Database) -> Radar | None:
    """First-time buyers whose second order is due, by when the others came again."""
    from crmdesk.domain.second_purchase import radar
    from crmdesk.storage import insight_more

    with db.raw_read() as raw:
        as_of, buyers = _buyers(db, raw)
        left_out = insight_more.not_waited_for(raw)
    found = radar(buyers, as_of.toordinal(), left_out)
    return found if found is not None and found.customers else None


def stage_flow(db: Database) -> StageFlow | None:
    """What the last months brought and took: first orders, back from silence, fallen silent."""
    from crmdesk.domain.lifecycle_flow import stage_flow as flow

    with db.raw_read() as raw:
        as_of, buyers = _buyers(db, raw)
    return flow(buyers, as_of.toordinal())


def cohorts(db: Database) -> Cohorts | None:
    """Retention by when customers began."""
    from crmdesk.domain.cohort import cohorts as by_beginning

    with db.raw_read() as raw:
        as_of, buyers = _buyers(db, raw)
    return by_beginning(buyers, as_of.toordinal())


def loss_reasons(db: Database) -> Losses | None:
    """Why customers left, by the money that left with them."""
    from crmdesk.domain.loss import losses
    from crmdesk.storage import insight_more
    from crmdesk.storage.purchases import read_orders

    with db.raw_read() as raw:
        lost = insight_more.lost_customers(raw)
        if not any(lost.values()):
            return None
        orders = read_orders(raw)
    return losses(lost, orders)


def win_backs(db: Database) -> WinBackRates | None:
    """Which way of winning back did it how often."""
    from crmdesk.operations.win_backs import told_rates

    return told_rates(db)


def satisfaction(db: Database) -> SatisfactionSeries | None:
    """What customers answered, month by month; None while too few were asked."""
    from crmdesk.domain.satisfaction import series
    from crmdesk.operations.satisfaction import list_answers

    return series(list_answers(db))


def value_potential(db: Database) -> ValuePotential | None:
    """Noted potential against the tier of today."""
    from crmdesk.domain.lifecycle_moves import value_potential as by_potential
    from crmdesk.storage import insight_more
    from crmdesk.storage.policy import newest_policy

    with db.raw_read() as raw:
        pairs = insight_more.potentials(raw, db.clock.today())
        levels = newest_policy(raw)[1].levels
    return by_potential(pairs, levels)


def tier_moves(db: Database, before: date | None = None) -> TierMoves | None:
    """Tiers on a day (None: 180 days ago) against those of now.

    Where the file's own history does not reach back that far, the tiers of then are what today's rules say of the
    orders known then.
    """
    from crmdesk.domain.lifecycle_moves import tier_moves as table
    from crmdesk.storage import insight_more
    from crmdesk.storage.policy import as_of_day, newest_policy

    with db.raw_read() as raw:
        until = as_of_day(raw, db.clock.today())
        day = before or until - timedelta(days=MOVE_DAYS)
        levels = newest_policy(raw)[1].levels
        now = insight_more.tiers_now(raw)
        first = insight_more.first_run_on(raw)
        told = bool(first) and first <= day.isoformat()
        then = {**now, **insight_more.tiers_changed_since(raw, day)} if told else _judged_on(raw, day)[0].tiers
    pairs = ((customer, then.get(customer, ""), tier) for customer, tier in now.items())
    return table((pair for pair in pairs if pair[1] or pair[2]), levels, day, until, told=told)


def attention(db: Database) -> Fairness | None:
    """Contacts against money by tier; None while too little is known of either."""
    from crmdesk.operations.fairness import fairness

    found = fairness(db)
    tiered = [level for level in found.levels if level.tier and level.customers]
    enough = sum(level.contacts for level in found.levels) >= _LEAST_CONTACTS
    return found if enough and len(tiered) > 1 and any(level.money_share for level in tiered) else None


def churn(db: Database) -> Churn | None:
    """Who left within half a year, by the tier of then, and what follows a move; None where too few left."""
    from crmdesk.domain.churn import Churn, in_order
    from crmdesk.domain.churn import churn as by_level
    from crmdesk.operations.fairness import fairness
    from crmdesk.storage import insight, insight_more
    from crmdesk.storage.policy import as_of_day, newest_policy

    with db.raw_read() as raw:
        until = as_of_day(raw, db.clock.today())
        then, money = _judged_on(raw, until - timedelta(days=MOVE_DAYS))
        complained = {customer for customer, day in insight.complaint_days(raw).items() if day > then.day}
        levels = by_level(then, until, insight_more.lost_now(raw), money, complained)
        names = newest_policy(raw)[1].levels
    if not levels:
        return None
    moved = tuple(one for one in fairness(db).after_moves if one.customers >= _LEAST_MOVED)
    return Churn(then.day, until, in_order(levels, names), moved)


def effort(db: Database) -> Effort | None:
    """What a won and a kept customer took of time, gifts and discounts in the last year, and what went in vain."""
    from crmdesk.domain.effort import effort_of
    from crmdesk.operations.gifts import minutes
    from crmdesk.storage.effort import spent_since
    from crmdesk.storage.policy import as_of_day

    with db.raw_read() as raw:
        spent = spent_since(raw, as_of_day(raw, db.clock.today()) - timedelta(days=_YEAR))
    return effort_of(spent, minutes(db))


def rising(db: Database) -> Fairness | None:
    """Who grows below the best tier while nobody looks; None where nobody does."""
    from crmdesk.operations.fairness import fairness

    found = fairness(db)
    return found if found.rising else None


def expected(db: Database) -> Forecast | None:
    """The forecast with its back-test; None where the data are too few for one."""
    from crmdesk.domain.phrase import Refused
    from crmdesk.operations.forecast import forecast

    try:
        return forecast(db)
    except Refused:
        return None  # a chart that the data do not allow is not offered; the command line says why


# In the order in which they stand on the page.
FURTHER: Final[dict[str, Callable[[Any], Any]]] = {
    "funnel": conversion,
    "source_yield": source_yield,
    "second_purchase": second_purchase,
    "rising": rising,
    "unprofitable": unprofitable,
    "stage_flow": stage_flow,
    "tier_moves": tier_moves,
    "forecast": expected,
    "loss_reasons": loss_reasons,
    "win_backs": win_backs,
    "satisfaction": satisfaction,
    "attention": attention,
    "churn": churn,
    "effort": effort,
    "value_potential": value_potential,
    "cohorts": cohorts,
}


def _buyers(db: Database, raw: Raw) -> tuple[date, Purchases]:
    """The day that figures are as of, and everybody who bought by single orders."""
    from crmdesk.domain.purchases import group_orders
    from crmdesk.storage.policy import as_of_day, newest_policy
    from crmdesk.storage.purchases import read_orders

    day = as_of_day(raw, db.clock.today())
    return day, group_orders(read_orders(raw).counted(newest_policy(raw)[1].returns))


def _judged_on(raw: Raw, day: date) -> tuple[Then, dict[int, int]]:
    """What today's rules say of everybody by the orders up to a day, and the int money of the year before it."""
    import numpy as np

    from crmdesk.domain.churn import Then
    from crmdesk.domain.lifecycle import STAGES, stages_of_buyers
    from crmdesk.domain.policy_preview import try_out
    from crmdesk.domain.purchases import NO_DAY, buyers_of
    from crmdesk.domain.rhythm import learn_prior
    from crmdesk.domain.stage import Stage
    from crmdesk.domain.tier_facts import Facts
    from crmdesk.domain.tier_score import needs_facts
    from crmdesk.storage.policy import newest_policy
    from crmdesk.storage.purchases import read_given, read_orders
    from crmdesk.storage.tier_facts import read_facts

    policy = newest_policy(raw)[1]
    ids = [one for (one,) in raw.execute("SELECT id FROM customers ORDER BY id").fetchall()]
    orders, given = read_orders(raw), read_given(raw, None)
    until = day.toordinal()
    orders = orders.of((orders.day <= until) & (orders.day != NO_DAY))
    given = given.of((given.last <= until) & (given.last != NO_DAY))
    facts = read_facts(raw, None, policy) if needs_facts(policy) else Facts()
    found = try_out(policy, orders, given, facts, np.array(ids, np.int64), until, until)
    names = (*policy.levels, "")
    tiers = {customer: names[rank] for customer, rank in zip(ids, found.rank.tolist(), strict=True)}
    buyers = buyers_of(orders.counted(policy.returns), given, until - _YEAR)
    stage = stages_of_buyers(buyers, learn_prior(buyers, until), until).stage
    lost = frozenset(buyers.ids[stage == STAGES.index(Stage.LOST)].tolist())
    money = dict(zip(buyers.ids.tolist(), buyers.window_total.tolist(), strict=True))
    return Then(day, tiers, lost), money
