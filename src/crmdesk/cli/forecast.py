"""`crmdesk forecast`: what the known customers will still order, as JSON or in sentences."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING

from crmdesk.cli.as_json import Json, print_json
from crmdesk.cli.opened import opened
from crmdesk.clock import Clock
from crmdesk.domain.phrase import Phrase, Refused
from crmdesk.operations import forecast as operations
from crmdesk.words.forecast_sentences import outlook_phrase, trial_phrase
from crmdesk.words.phrases import say

if TYPE_CHECKING:
    from crmdesk.domain.forecast import Forecast

_DIGITS = 6


def print_forecast(options: Namespace, clock: Clock) -> int:
    """`crmdesk forecast`. Where JSON is asked for, a refusal is JSON too; the exit code is 1 all the same."""
    with opened(options.file, clock, read_only=True) as db:
        try:
            found = operations.forecast(
                db, until=options.until, unit=options.unit, model=options.model, anyway=options.anyway
            )
        except Refused as refusal:
            if options.json:
                print_json({"refused": refusal.phrase.code, "reason": say(refusal.phrase)})
            raise
        codes = operations.customer_codes(db) if options.json else {}
    if options.json:
        print_json(forecast_json(found, codes))
        return 0
    outlooks = (outlook_phrase(outlook) for outlook in found.outlooks)
    for phrase in (trial_phrase(found.trial), *outlooks, Phrase("forecast_level")):
        print(say(phrase))
    return 0


def forecast_json(found: Forecast, codes: dict[int, str]) -> Json:
    """The whole forecast; numbers are expectations, so they are numbers and not decimal texts."""
    from crmdesk.domain.forecast_buying import NAMES

    buying, spend = found.buying, found.spend
    return {
        "model": {
            "name": NAMES[buying.model],
            "parameters": {name: getattr(buying, name) for name in ("r", "alpha", "a", "b")},
            "log_likelihood": buying.log_likelihood,
            "customers": len(found.ids),
        },
        "spend": None if spend is None else {name: getattr(spend, name) for name in ("p", "q", "v")},
        "customers": _customers(found, codes),
        "backtest": _backtest(found),
    }


def _customers(found: Forecast, codes: dict[int, str]) -> list[Json]:
    days = [str(outlook.days) for outlook in found.outlooks]
    orders = zip(*(outlook.orders.round(_DIGITS).tolist() for outlook in found.outlooks), strict=True)
    nothing = [None] * len(found.ids)
    money = zip(
        *(nothing if one.money is None else one.money.round(_DIGITS).tolist() for one in found.outlooks), strict=True
    )
    columns = (found.ids, found.x, found.t_x.round(_DIGITS), found.age.round(_DIGITS), found.alive.round(_DIGITS))
    rows = zip(*(column.tolist() for column in columns), orders, money, strict=True)
    return [
        {
            "id": str(customer),
            "code": codes.get(customer) or None,
            "x": x,
            "t_x": t_x,
            "T": age,
            "alive": alive,
            "expected": dict(zip(days, expected, strict=True)),
            "value": dict(zip(days, value, strict=True)),
        }
        for customer, x, t_x, age, alive, expected, value in rows
    ]


def _backtest(found: Forecast) -> Json | None:
    trial = found.trial
    if trial is None:
        return None
    return {
        "forecast": round(trial.expected.expected, _DIGITS),
        "came": trial.came,
        "from": date.fromordinal(trial.start).isoformat(),
        "to": date.fromordinal(trial.end).isoformat(),
    }
