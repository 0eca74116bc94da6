"""像谁: the past customers most like one, what they did, and which first steps worked with them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from crmdesk.domain.phrase import Refused
from crmdesk.operations.first_contact import answer_columns

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from crmdesk.domain.look_alike import Alike, LookAlike, Near, Odds, Traits
    from crmdesk.storage.database import Database
    from crmdesk.storage.look_alike import Person

__all__ = ["LookAlike", "can_compare", "look_alike"]

FEWEST_COMPARED = 30  # as `domain.look_alike.FEWEST`, which is not loaded for a card
_STEPS_OF = 40  # neighbours whose first steps are looked at: a kind of step needs several of them


def can_compare(db: Database) -> bool:
    """Whether the file holds enough past customers to be like; quick, for a card asks it."""
    from crmdesk.storage.look_alike import anybody_to_compare

    with db.raw_read() as raw:
        return anybody_to_compare(raw, FEWEST_COMPARED)


def look_alike(db: Database, customer_id: int) -> LookAlike:
    """Compare a customer with those of whom one knows what became.

    Raises Refused: "no_such_customer", "alike_little_known", "alike_few_customers".
    """
    from crmdesk.domain import look_alike as rules
    from crmdesk.storage import look_alike as rows
    from crmdesk.storage.policy import as_of_day

    with db.raw_read() as raw:
        as_of = as_of_day(raw, db.clock.today())
        me = rows.person(raw, customer_id)
        if me is None:
            raise Refused("no_such_customer")
        past = rows.past(raw, customer_id, as_of)
        # A prospect has no first order to be compared by.
        orders = rows.first_orders(raw, [customer_id, *(one.id for one in past)]) if me.bought() else {}
    who = _traits(me, orders)
    refused = rules.refusal(who, len(past))
    if refused is not None:
        code, count, needed = refused
        raise Refused(code, count=count, needed=needed)
    others = [_traits(one, orders) for one in past]
    wide = rules.nearest(who, others, _STEPS_OF)
    near = rules.Near(wide.places[: rules.NEAR], wide.distance[: rules.NEAR])
    buy, again = _odds(me, past, near, as_of)
    with db.raw_read() as raw:
        steps = rows.first_steps(raw, [past[place].id for place in wide.places])
    # What a first step led to: to an order, or, where everybody ordered anyway, to coming again.
    around = [past[place] for place in wide.places]
    won = [one.bought() if buy is not None else one.purchase_days > 1 for one in around]
    told = rules.first_steps([steps.get(one.id, "") for one in around], won)
    return rules.LookAlike(me.id, len(past), _alike(who, past, others, near), buy, again, tuple(told))


def _odds(me: Person, past: list[Person], near: Near, as_of: date) -> tuple[Odds | None, Odds | None]:
    """How many like him bought, which is no question any more where he did; and how many came again."""
    import numpy as np

    from crmdesk.domain.look_alike import odds

    bought = np.array([one.bought() for one in past], np.bool_)
    again = np.array([one.purchase_days > 1 for one in past], np.bool_)
    had_time = np.array([one.had_time_again(as_of) for one in past], np.bool_)
    buy = None if me.bought() else odds(near.places, np.ones(len(past), np.bool_), bought)
    return buy, odds(near.places, had_time, again)


def _alike(who: Traits, past: list[Person], others: list[Traits], near: Near) -> tuple[Alike, ...]:
    from crmdesk.domain.look_alike import Alike, shared

    found = []
    for place, distance in zip(near.places.tolist(), near.distance.tolist(), strict=True):
        one, common = past[place], shared(who, others[place])
        found.append(Alike(one.id, one.name, 1 - distance, common, one.stage, one.purchase_days, one.total))
    return tuple(found)


def _traits(one: Person, orders: Mapping[int, tuple[int, str]]) -> Traits:
    from crmdesk.domain.amounts import read_amount, read_count
    from crmdesk.domain.look_alike import Traits
    from crmdesk.domain.money import MONEY_UNIT

    extra = {} if one.extra == "{}" else json.loads(one.extra)
    answers = answer_columns().answers(extra, one.notes) if extra or one.notes else {}
    amount, product = orders.get(one.id, (0, ""))
    budget = read_amount(answers["budget"]).value if "budget" in answers else None
    heads = read_count(answers["size"]).value if "size" in answers else None
    words = {"kind": one.kind, "industry": one.industry, "source": one.source, "product": product}
    words |= {code: answers.get(code, "") for code in ("decides", "wanted")}
    # A size is a number of people or seats, or a word like 大.
    return Traits(
        words=words if heads else {**words, "size": answers.get("size", "")},
        numbers={"budget": (budget or 0) / MONEY_UNIT, "headcount": heads or 0, "first_order": amount / MONEY_UNIT},
        region=(one.province, one.city, one.district),
        needs=answers.get("needs", ""),
    )
