"""What each number of a passport means, in one line: the hint behind its name."""

from __future__ import annotations

from typing import Final

from crmdesk.i18n import _, translatable

INDICATORS_TOLD: Final[dict[str, str]] = {
    "recency": translatable("Days since the last purchase"),
    "frequency": translatable("Days with a purchase; several orders of a day count once"),
    "monetary": translatable("What was paid, returns and refunds subtracted"),
    "profit": translatable("Money minus cost; where a cost is missing the shop's margin stands in"),
    "average_order": translatable("Money per order"),
    "order_trend": translatable("The newer half of the orders against the older half: +20% is a fifth more per order"),
    "largest_order": translatable("The largest single order"),
    "discount": translatable("What was left off the full price, as a share of it"),
    "discount_trend": translatable("How much more was left off in the newer half of the orders than in the older half"),
    "margin": translatable("Profit for each yuan paid: shows who buys much and brings little"),
    "rhythm": translatable("The usual days between two purchases: half of the intervals are shorter"),
    "regularity": translatable("How even the intervals are: 100% is a clock"),
    "tenure": translatable("Days since the first purchase"),
    "repeat_share": translatable("Purchases after the first, of all"),
    "breadth": translatable("So many product groups were bought"),
    "headroom": translatable("Groups that customers who buy the same mostly buy as well, and this one does not"),
    "past_peak": translatable("The last 365 days against the best 365 days ever"),
    "complaints": translatable("Complaints noted, per order"),
    "purchasing_power": translatable(
        "What it could buy in a year: your own note, else its best year; overdue debts are subtracted"
    ),
    "potential": translatable("Your own judgement of what could come"),
    "loyalty": translatable(
        "Coming again, regularity, years with you and answers to contact, as far as they are known"
    ),
    "answers": translatable("Contacts that were answered, of all tried"),
    "contact_cost": translatable("Contacts made for one order"),
}


def indicator_told(code: str) -> str:
    """What an indicator measures; "" for one that has no words."""
    text = INDICATORS_TOLD.get(code)
    return _(text) if text is not None else ""
