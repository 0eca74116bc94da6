"""What rhythm and cadence ask for: whom to contact from which day on, and the one sentence that says why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from crmdesk.domain.cadence import Wish, first_contact_on, least_contact
from crmdesk.domain.follow_up import Origin
from crmdesk.domain.money import MONEY_UNIT
from crmdesk.domain.phrase import Phrase, Value
from crmdesk.domain.stage import Stage

# The order in which a day is filled; promises stand before all of it.
OWN, QUIET, SECOND_ORDER, IN_TALKS, CADENCE, LONG_GONE, NEVER = range(7)
PLANNED: Final = frozenset({Origin.CADENCE, Origin.WIN_BACK})
_AFTER_FIRST_ORDER: Final = timedelta(days=3)
# What is said of a follow-up that a contract, a supply, a sale or a win-back asked for.
_OF_ORIGIN: Final[Mapping[str, str]] = {
    Origin.CONTRACT: "today_contract",
    Origin.SUPPLY: "today_supply",
    Origin.AFTER_SALE: "today_after_sale",
    Origin.WIN_BACK: "today_win_back",
    Origin.PLAN: "today_plan",
    Origin.OFFER: "today_offer",
}
_ASK_OF_ORIGIN: Final[Mapping[str, str]] = {
    Origin.CONTRACT: "ask_contract",
    Origin.SUPPLY: "ask_supply",
    Origin.AFTER_SALE: "ask_after_sale",
    Origin.OFFER: "ask_offer",
}
_ASK: Final[Mapping[str, str]] = {
    Stage.DORMANT: "ask_quiet",
    Stage.LOST: "ask_lost",
    Stage.NEW: "ask_new",
    Stage.IN_TALKS: "ask_in_talks",
    Stage.PROSPECT: "ask_prospect",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a customer when its next contact is planned. `worth` is the usual order as int money.

    `second_after`: the days after a first order by which half of those who come again are back (None: too few came
    again to tell).
    """

    customer_id: int
    known_since: date
    stage: str
    tier_rank: int | None = None
    last_contact: date | None = None
    last_order: date | None = None
    worth: int | None = None
    usual: int | None = None
    second_after: int | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A follow-up that has come due: its own words, where it comes from, how many days it is late."""

    origin: str
    summary: str = ""
    promise: bool = False
    late: int = 0


def wish_for(customer: Standing, today: date, steps: Sequence[int]) -> Wish:
    """When this customer wants a contact by itself, and how it is ranked; `steps` are the days between, by tier."""
    cadence = least_contact(customer.tier_rank, steps, customer.stage)
    kind = _kind(customer)
    origin = Origin.WIN_BACK if kind in (QUIET, LONG_GONE) else Origin.CADENCE
    weight = -(customer.worth or 0) if kind in (QUIET, LONG_GONE) else _rank(customer)
    return Wish(customer.customer_id, _wanted_on(customer, kind, cadence, today), (kind, weight), origin)


def why_now(customer: Standing, due: Due, as_of: date, steps: Sequence[int]) -> tuple[int, Phrase]:
    """The class of a due follow-up and its reason: the user's own words first, else what the figures say."""
    if due.promise or due.origin not in PLANNED or due.summary:
        return OWN, _own_reason(due, away=customer.stage in (Stage.DORMANT, Stage.LOST))
    kind = _kind(customer)
    if kind in (QUIET, LONG_GONE):
        return kind, _quiet_reason(customer, "today_quiet" if kind == QUIET else "today_lost", as_of)
    if kind == SECOND_ORDER and customer.last_order is not None:
        return kind, _second_reason(customer, max((as_of - customer.last_order).days, 0))
    if customer.last_contact is None:
        code = "today_in_talks_never" if kind == IN_TALKS else "today_never"
        return kind, Phrase(code)
    last_on = customer.last_contact.isoformat()
    if kind == IN_TALKS:
        return kind, Phrase("today_in_talks", {"last_on": last_on})
    cadence = least_contact(customer.tier_rank, steps, customer.stage)
    return kind, Phrase("today_cadence", {"cadence": cadence, "last_on": last_on})


def what_to_ask(stage: str, origin: str = "") -> Phrase:
    """A question that fits why the customer is due, else where it stands."""
    return Phrase(_ASK_OF_ORIGIN.get(origin) or _ASK.get(stage, "ask_regular"))


def last_line(order_on: str | None, amount: int | None, said_on: str | None, said: str) -> Phrase | None:
    """What was last: the order and what was said then; None where nothing was."""
    values: dict[str, Value] = {}
    code = "last"
    if order_on:
        code += "_order"
        values["order_on"] = order_on
        if amount:
            code += "_money"
            values["amount_money"] = amount
    if said_on and said:
        code += "_said"
        values |= {"said_on": said_on, "said": said}
    return Phrase(code, values) if values else None


def _kind(customer: Standing) -> int:
    if customer.stage == Stage.DORMANT:
        return QUIET
    if customer.stage == Stage.LOST:
        return LONG_GONE
    if customer.stage == Stage.NEW and _second_order_call(customer) is not None:
        return SECOND_ORDER
    if customer.stage == Stage.IN_TALKS:
        return IN_TALKS
    return NEVER if customer.last_contact is None and customer.stage == Stage.PROSPECT else CADENCE


def _second_order_call(customer: Standing) -> date | None:
    """When a first-time buyer is called about a second order: soon after the first, and once more when by the others'
    habit it is due. None where both are done."""
    order, contact = customer.last_order, customer.last_contact
    if order is None:
        return None
    if contact is None or contact <= order:
        return order + _AFTER_FIRST_ORDER
    due = None if customer.second_after is None else order + timedelta(days=customer.second_after)
    return due if due is not None and contact < due else None


def _wanted_on(customer: Standing, kind: int, cadence: int, today: date) -> date:
    every = timedelta(days=cadence)
    call = _second_order_call(customer)
    if kind == SECOND_ORDER and call is not None:
        # Waiting for the day never makes the gap longer than the least contact allows.
        return call if customer.last_contact is None else min(call, _latest_touch(customer) + every)
    if customer.last_contact is not None:
        last = customer.last_contact if kind in (QUIET, LONG_GONE) else _latest_touch(customer)
        return last + every
    if kind == QUIET:
        return today
    if customer.last_order is not None and customer.last_order > customer.known_since:
        return customer.last_order + every
    return first_contact_on(customer.customer_id, customer.known_since, cadence)


def _latest_touch(customer: Standing) -> date:
    touches = (customer.last_contact, customer.last_order)
    return max(day for day in touches if day is not None)


def _rank(customer: Standing) -> int:
    return customer.tier_rank if customer.tier_rank is not None else 99


def _own_reason(due: Due, *, away: bool) -> Phrase:
    # Who has come back since need not be won back any more; what was planned is due all the same.
    named = _OF_ORIGIN.get(due.origin) if away or due.origin != Origin.WIN_BACK else None
    if named is not None and not due.promise:  # the day it is about stands in its words: late or not says nothing more
        return Phrase(named, {"summary": due.summary}) if due.summary else Phrase(f"{named}_bare")
    code = "today_promise" if due.promise else "today_due"
    values: dict[str, Value] = {}
    if due.summary:
        values["summary"] = due.summary
    else:
        code += "_bare"
    if due.late > 0:
        code += "_late"
        values["days"] = due.late
    return Phrase(code, values)


def _second_reason(customer: Standing, days: int) -> Phrase:
    if customer.second_after is not None and days >= customer.second_after:
        return Phrase("today_second_due", {"days": days, "usual": customer.second_after})
    return Phrase("today_second_order", {"days": days})


def _quiet_reason(customer: Standing, code: str, as_of: date) -> Phrase:
    days = (as_of - customer.last_order).days if customer.last_order else 0
    if customer.usual is None:
        return Phrase(f"{code}_once", {"days": days})
    values: dict[str, Value] = {"usual": customer.usual, "days": days}
    whole = round((customer.worth or 0) / MONEY_UNIT) * MONEY_UNIT  # an average to the cent says no more
    if whole:
        return Phrase(f"{code}_worth", {**values, "worth_money": whole})
    return Phrase(code, values)
