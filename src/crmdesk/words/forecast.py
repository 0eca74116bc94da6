"""What is expected, how the last expectation did, and why there is none. No word of a model."""

from __future__ import annotations

from typing import Final

from crmdesk.i18n import translatable

FORECAST: Final[dict[str, str]] = {
    "forecast_orders": translatable("Next {days} days: {low} to {high} orders, about {expected}"),
    "forecast_orders_money": translatable(
        "Next {days} days: {low} to {high} orders, about {expected}; "
        "{low_money} to {high_money}, about {expected_money}"
    ),
    "forecast_trial": translatable("Tried on {from_on} to {to_on}: forecast {forecast} orders, came {came}"),
    "forecast_trial_off": translatable(
        "Tried on {from_on} to {to_on}: forecast {forecast} orders, came {came}. "
        "That is off, so the limits below are wider"
    ),
    "forecast_no_trial": translatable("The orders do not reach back far enough to try it out first"),
    "forecast_level": translatable("The limits hold 8 times out of 10. Customers who are yet to be won are not in it"),
    # Refusals
    "forecast_few_customers": translatable(
        "Too few for a forecast: {count} customers have had the time to come again, it takes about {needed}. "
        "Nothing was changed."
    ),
    "forecast_few_returned": translatable(
        "Too few for a forecast: {count} customers came again so far, it takes about {needed}. Nothing was changed."
    ),
    "forecast_nobody_returned": translatable(
        "Nobody came again yet, so nothing tells how often anybody will. Nothing was changed."
    ),
}
