"""A forecast as phrases: the same numbers on the command line, on the chart and in a card."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from crmdesk.domain.money import MONEY_UNIT
from crmdesk.domain.phrase import Phrase, Value

if TYPE_CHECKING:
    from crmdesk.domain.forecast import Outlook, Trial
    from crmdesk.domain.forecast_future import Estimate


def outlook_phrase(outlook: Outlook) -> Phrase:
    """What comes within so many days: orders, and their money where amounts are known."""
    values: dict[str, int] = {"days": outlook.days, **_whole(outlook.all_orders)}
    if outlook.all_money is None:
        return Phrase("forecast_orders", values)
    money = {f"{name}_money": count * MONEY_UNIT for name, count in _whole(outlook.all_money).items()}
    return Phrase("forecast_orders_money", {**values, **money})


def trial_phrase(trial: Trial | None) -> Phrase:
    """How the forecast did on the last months; it says so where it missed by more than chance explains."""
    if trial is None:
        return Phrase("forecast_no_trial")
    missed = not trial.expected.low <= trial.came <= trial.expected.high
    values: dict[str, Value] = {
        "from_on": date.fromordinal(trial.start).isoformat(),
        "to_on": date.fromordinal(trial.end).isoformat(),
        "forecast": round(trial.expected.expected),
        "came": trial.came,
    }
    return Phrase("forecast_trial_off" if missed else "forecast_trial", values)


def _whole(estimate: Estimate) -> dict[str, int]:
    """Whole numbers that never promise more than the limits: down below, up above."""
    return {
        "low": int(estimate.low),
        "high": int(-(-estimate.high // 1)),
        "expected": round(estimate.expected),
    }
