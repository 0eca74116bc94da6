"""What is still to come: orders and money of the known customers, tried out on the last months first.

Nobody new is counted in: a forecast tells what those come for who bought before. Definitions and sources stand with
the models: how often (`forecast_buying`), how many (`forecast_future`), how much (`forecast_spend`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from crmdesk.domain import forecast_buying, forecast_spend
from crmdesk.domain.forecast_buying import Buying, Histories, Model
from crmdesk.domain.forecast_future import SPREAD, Estimate, Future, estimate, future, parameter_variance, total
from crmdesk.domain.forecast_history import Past, came_since, past
from crmdesk.domain.forecast_spend import Spend
from crmdesk.domain.purchases import NO_DAY, Floats, Ints, OrderColumns

Unit = Literal["day", "week"]
UNIT_DAYS: Final[dict[Unit, int]] = {"day": 1, "week": 7}
HORIZONS: Final = (30, 90, 365)
FEWEST_CAPABLE: Final = 80  # customers who could have come again; below, one customer's habits are the result
FEWEST_RETURNED: Final = 20  # customers who did; without them nothing tells how often anybody does
_TRIAL_DAYS: Final = 90
_LEAST_TRIAL: Final = 14
_TRIAL_SHARE: Final = 3  # at most a third of the known time is held back
TRIAL_STEPS: Final = 3


@dataclass(frozen=True)
class Outlook:
    """What comes within so many days: per customer (as in `Forecast.ids`) and together; money None where unknown."""

    days: int
    orders: Floats
    low: Ints
    high: Ints
    money: Floats | None
    all_orders: Estimate
    all_money: Estimate | None


@dataclass(frozen=True)
class Trial:
    """The back-test: a forecast made of what was known before `start`, and the purchase days that came up to `end`.

    `steps` are the days since `start` with what was expected until then; `days` the ordinals of what came.
    """

    start: int
    end: int
    expected: Estimate
    came: int
    steps: tuple[tuple[int, Estimate], ...] = ()
    days: tuple[int, ...] = ()

    @property
    def error_share(self) -> float:
        """By which share of the expectation it missed beyond chance, 0 where chance explains the miss."""
        chance = (self.expected.high - self.expected.expected) / SPREAD
        surplus = (self.came - self.expected.expected) ** 2 - chance**2
        return float(max(surplus, 0.0) ** 0.5 / max(self.expected.expected, 1.0))


@dataclass(frozen=True)
class Forecast:
    """The fitted models and what they say; times in `unit`, one entry per customer."""

    until: int
    unit: Unit
    buying: Buying
    spend: Spend | None
    ids: Ints
    x: Ints
    t_x: Floats
    age: Floats
    alive: Floats
    outlooks: tuple[Outlook, ...]
    steps: tuple[tuple[int, Estimate], ...]  # days from now with what is expected until then, as in the trial
    trial: Trial | None


def refusal(known: Past) -> tuple[str, int, int] | None:
    """Why the data do not allow a forecast: a code, how many there are, how many it takes; None where they do."""
    if known.capable < FEWEST_CAPABLE:
        return "forecast_few_customers", known.capable, FEWEST_CAPABLE
    if known.returned < FEWEST_RETURNED:
        return "forecast_few_returned", known.returned, FEWEST_RETURNED
    return None


def forecast(known: Past, until: int, unit: Unit, model: Model, trial: Trial | None) -> Forecast:
    """Fit the models to what is known up to an ordinal day and look ahead from there. At least one must have returned.

    Raises ValueError where nobody came again: then there is nothing to fit.
    """
    if not known.returned:
        raise ValueError("nobody came again")
    unit_days = UNIT_DAYS[unit]
    histories, place = forecast_buying.group(known.x, known.t_x, known.age, unit_days)
    buying = forecast_buying.fit(histories, model)
    spend = forecast_spend.fit(known.x, known.mean, known.usual)
    worth = _worth(known, spend)
    # What the last months missed by, these may miss by too: a trend or a season that no model of habits knows.
    ahead = _Ahead(histories, place, buying, unit_days, trial.error_share if trial else 0.0)
    return Forecast(
        until=until,
        unit=unit,
        buying=buying,
        spend=spend,
        ids=known.ids,
        x=known.x,
        t_x=known.t_x / unit_days,
        age=known.age / unit_days,
        alive=forecast_buying.alive(buying, histories)[place],
        outlooks=tuple(ahead.outlook(days, worth) for days in HORIZONS),
        steps=ahead.steps(_TRIAL_DAYS),
        trial=trial,
    )


def try_out(orders: OrderColumns, until: int, model: Model) -> Trial | None:
    """The back-test on the last months (90 days, or a third of what is known); None where there is too little for it.

    The model is fitted to what was known before them; those who were customers then are counted, nobody newer.
    """
    dated = orders.day[(orders.day != NO_DAY) & (orders.day <= until)]
    held_back = min(_TRIAL_DAYS, (until - int(dated.min())) // _TRIAL_SHARE) if len(dated) else 0
    if held_back < _LEAST_TRIAL:
        return None
    before = until - held_back
    known = past(orders, before)
    if refusal(known) is not None:
        return None
    histories, place = forecast_buying.group(known.x, known.t_x, known.age, 1)
    buying = forecast_buying.fit(histories, model)
    steps = _Ahead(histories, place, buying, 1).steps(held_back)
    days = came_since(orders, known.ids, before, until)
    return Trial(before + 1, until, steps[-1][1], len(days), steps, tuple(days.tolist()))


@dataclass(frozen=True)
class _Worth:
    """What a purchase of each customer is worth, and the variances of a single one and of the customer's level."""

    level: Floats
    single: Floats
    around: Floats


def _worth(known: Past, spend: Spend | None) -> _Worth | None:
    if spend is not None:
        level = spend.level(known.x, np.maximum(known.mean, 0.0))
        return _Worth(level, *spend.variances(known.x, np.maximum(known.mean, 0.0)))
    if known.usual <= 0:
        return None
    # Too few came again to tell customers apart by what they spend: everybody's mean, as uncertain as it is large.
    level = np.full(len(known.ids), known.usual)
    return _Worth(level, level**2, level**2)


@dataclass(frozen=True)
class _Ahead:
    """Looks ahead from the histories; `place` says which one is each customer's."""

    histories: Histories
    place: Ints
    buying: Buying
    unit_days: int
    error_share: float = 0.0

    def outlook(self, days: int, worth: _Worth | None) -> Outlook:
        """What comes within so many days."""
        time = days / self.unit_days
        coming = future(self.buying, self.histories, time)
        orders = coming.mean[self.place]
        return Outlook(
            days=days,
            orders=orders,
            low=coming.low[self.place],
            high=coming.high[self.place],
            money=None if worth is None else orders * worth.level,
            all_orders=total(self.buying, self.histories, coming, time).widened(self.error_share),
            all_money=None if worth is None else self._money(coming, worth, time),
        )

    def steps(self, days: int) -> tuple[tuple[int, Estimate], ...]:
        """What comes in total until some days on the way, the last one included."""
        ends = [days * step // TRIAL_STEPS for step in range(1, TRIAL_STEPS + 1)]
        found = []
        for end in ends:
            time = end / self.unit_days
            coming = future(self.buying, self.histories, time)
            found.append((end, total(self.buying, self.histories, coming, time).widened(self.error_share)))
        return tuple(found)

    def _money(self, coming: Future, worth: _Worth, time: float) -> Estimate:
        """A sum of so many purchases: their number varies, each of them does, and so does what we know of the level."""
        orders, spread = coming.mean[self.place], coming.variance[self.place]
        chance = worth.level**2 * spread + orders * worth.single + (spread + orders**2) * worth.around
        by_history = np.bincount(self.place, weights=worth.level, minlength=len(self.histories.x))
        mean_worth = by_history / self.histories.weight
        known = parameter_variance(self.buying, self.histories, time, mean_worth)
        return estimate(float(orders @ worth.level), float(chance.sum()) + known).widened(self.error_share)
