"""The tier passport in words: where numbers come from, the ways up and down, exclusions and what to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmdesk.domain.money import MONEY_UNIT
from crmdesk.domain.phrase import Phrase, Value
from crmdesk.i18n import _, translatable
from crmdesk.words import formats
from crmdesk.words.labels import label
from crmdesk.words.listing import FILTER_NAMES

if TYPE_CHECKING:
    from crmdesk.domain.passport import Number, Override, Promise

PASSPORTS: Final[dict[str, str]] = {
    "passport_source_orders": translatable("From {orders} orders, {first_on} to {last_on}"),
    "passport_source_totals": translatable("From the totals of a sheet: {orders} orders, {first_on} to {last_on}"),
    "passport_source_undated": translatable("From the totals of a sheet: {orders} orders, days unknown"),
    "passport_worth": translatable("Brought {total_money} so far"),
    "passport_worth_none": translatable("Brought {total_money} so far; within a year hardly anything more comes"),
    "passport_worth_ahead": translatable(
        "Brought {total_money} so far; within a year {low} to {high} orders more, about {year_money}"
    ),
    "playbook_contact": translatable("In touch at least every {days} days"),
    "passport_profit_estimated": translatable(
        "Some of its orders have no cost: its profit is worked out with the shop's margin of {margin_share}"
    ),
    "way_up_any": translatable("One more order gives {tier}"),
    "way_up": translatable("1 more order of {amount_money} or more gives {tier}"),
    "way_up_first_any": translatable("The first order gives {tier}"),
    "way_up_first": translatable("A first order of {amount_money} or more gives {tier}"),
    "way_up_many_any": translatable("{orders} more orders, a day apart, give {tier}"),
    "way_up_many": translatable("{orders} more orders of {amount_money} or more, a day apart, give {tier}"),
    "way_up_waiting": translatable("{days} more days give {tier}"),
    "way_up_intent": translatable("An intent of {intent} gives {tier}"),
    "way_down_intent": translatable("An intent of {intent}: {tier}"),
    "way_down": translatable("{days} more days without an order: {tier}"),
    "override_until": translatable("You decided, until {until_on}: {told}"),
    "override_always": translatable("You decided: {told}"),
    "override_until_bare": translatable("You decided, until {until_on}"),
    "override_always_bare": translatable("You decided"),
    "exclusion_power": translatable("Overdue debts are {share} of what it could spend"),
    "exclusion_power_bare": translatable("Purchasing power"),
    "ask_power": translatable("Ask: what could they spend in a year?"),
    "exclusion_potential": translatable("Potential as noted"),
    "exclusion_potential_bare": translatable("Potential"),
    "ask_potential": translatable("Ask: could they buy more, and from whom do they buy it today?"),
    "exclusion_new": translatable("Customer for {days} days"),
    "exclusion_new_bare": translatable("Customer since an unknown day"),
    "exclusion_small": translatable("Average order {average_money}"),
    "exclusion_small_bare": translatable("Average order unknown"),
    "exclusion_loyalty": translatable("Loyalty {share}"),
    "exclusion_loyalty_bare": translatable("Too few purchases to tell how loyal"),
    "exclusion_complaints": translatable("{number} complaints per order"),
    "exclusion_complaints_bare": translatable("No complaints noted"),
    "exclusion_needs": translatable("Needs noted {days} days ago"),
    "exclusion_needs_bare": translatable("Needs not noted yet"),
    "ask_needs": translatable("Ask: what do they need, and for what?"),
    "exclusion_industry": translatable("Industry"),
    "exclusion_industry_bare": translatable("Industry"),
    "ask_industry": translatable("Ask: what line of business are they in?"),
    "exclusion_cross_selling": translatable("{number} product groups still open"),
    "exclusion_cross_selling_bare": translatable("Products bought are unknown"),
    "exclusion_thin_region": translatable("Region"),
    "exclusion_thin_region_bare": translatable("Region"),
    "ask_thin_region": translatable("Ask: where are they?"),
    "exclusion_full_region": translatable("Region"),
    "exclusion_full_region_bare": translatable("Region"),
    "ask_full_region": translatable("Ask: where are they?"),
    "exclusion_off_region": translatable("Region"),
    "exclusion_off_region_bare": translatable("Region"),
    "ask_off_region": translatable("Ask: where are they?"),
}
STATES: Final[dict[str, str]] = {
    "state.passed": translatable("fine"),
    "state.unknown": translatable("not known yet"),
    "state.failed": translatable("no key account"),
    "state.waived": translatable("overridden by you"),
}

_LEVELS: Final = ("low", "medium", "high")


def number_text(number: Number) -> str:
    """The value of an indicator as its unit asks; "—" where it is unknown."""
    value = number.value
    if value is None:
        return formats.EMPTY
    if number.unit == "money":
        # An average has a fraction that nobody paid.
        return formats.money(round(value / MONEY_UNIT) * MONEY_UNIT)
    if number.unit == "share":
        return formats.percent(value)
    if number.unit == "days":
        return formats.days(round(value))
    if number.unit == "level":
        return label("intent", _LEVELS[round(value)])
    return f"{round(value, 2):g}"


def little_left(code: str) -> str:
    """That a customer buys much and leaves little, and why: a code of `unprofitable.REASONS`."""
    return _("{what}: {reason}").format(what=_(FILTER_NAMES["unprofitable"]), reason=label("unprofitable", code))


def way_up(promise: Promise) -> Phrase:
    """The nearest way up as a phrase."""
    values: dict[str, Value] = {
        "orders": promise.orders,
        "amount_money": promise.money,
        "tier": promise.tier,
        "days": promise.days,
    }
    if promise.intent:
        return Phrase("way_up_intent", {"intent": promise.intent, "tier": promise.tier})
    if promise.days:
        return Phrase("way_up_waiting", values)
    many = "_many" if promise.orders > 1 else "_first" if promise.first else ""
    return Phrase(f"way_up{many}" if promise.money else f"way_up{many}_any", values)


def way_down(promise: Promise) -> Phrase:
    """The nearest way down as a phrase."""
    if promise.intent:
        return Phrase("way_down_intent", {"intent": promise.intent, "tier": promise.tier})
    return Phrase("way_down", {"days": promise.days, "tier": promise.tier})


def override(own: Override) -> Phrase:
    """The user's own word with its reason, where one was given, and its end."""
    code = ("override_always" if own.until is None else "override_until") + ("" if own.reason else "_bare")
    return Phrase(code, {"told": own.reason, "until_on": own.until.isoformat() if own.until else None})
