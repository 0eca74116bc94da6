"""像谁: the past customers most like one, what they did, and which first steps worked with them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from crmdesk.domain.phrase import Refused
from crmdesk.operations.first_contact import answer_columns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmdesk.domain.look_alike import LookAlike, Near, Traits
    from crmdesk.storage.database import Database
    from crmdesk.storage.look_alike import Person

__all__ = ["LookAlike", "can_compare", "look_alike"]

_STEPS_OF = 40  # neighbours whose first steps are looked at: a kind of step needs several of them


def can_compare(db: Database) -> bool:
    """Whether the file holds enough past customers to be like; quick, for a card asks it."""
    from crmdesk.storage.look_alike import anybody_to_compare

    with db.raw_read() as raw:
        return anybody_to_compare(raw, 30)


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
    with db.raw_read() as raw:
        steps = rows.first_steps(raw, [past[place].id for place in wide.places])
    return _told(me, who, past, others, near, wide, steps, [one.had_time_again(as_of) for one in past])


def _told(
    me: Person,
    who: Traits,
    past: list[Person],
    others: list[Traits],
    near: Near,
    wide: Near,
    steps: Mapping[int, str],
    had_time: list[bool],
) -> LookAlike:
    import numpy as np

    from crmdesk.domain import look_alike as rules

    bought = np.array([one.bought() for one in past], np.bool_)
    again = np.array([one.purchase_days > 1 for one in past], np.bool_)
    buy_odds = None if me.bought() else rules.odds(near.places, np.ones(len(past), np.bool_), bought)
    won = bought if buy_odds is not None else again
    taken = [steps.get(past[place].id, "") for place in wide.places]
    return rules.LookAlike(
        customer_id=me.id,
        compared=len(past),
        alike=tuple(
            rules.Alike(
                past[place].id,
                past[place].name,
                1 - distance,
                rules.shared(who, others[place]),
                past[place].stage,
                past[place].purchase_days,
                past[place].total,
            )
            for place, distance in zip(near.places.tolist(), near.distance.tolist(), strict=True)
        ),
        buy=buy_odds,
        again=rules.odds(near.places, np.array(had_time, np.bool_), again),
        steps=tuple(rules.first_steps(taken, won[wide.places].tolist())),
    )


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
