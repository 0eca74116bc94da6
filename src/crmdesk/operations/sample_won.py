"""The sample's talks and referrals: what a salesperson notes before the first order, and who brought whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from crmdesk.domain.money import MONEY_UNIT
from crmdesk.domain.query import CustomerQuery
from crmdesk.domain.referral import is_referral
from crmdesk.domain.stage import Stage
from crmdesk.domain.talk import NEEDS, OBJECTION, OFFER, PAIN, Talk
from crmdesk.operations.customers import all_customers
from crmdesk.operations.listing import customer_ids
from crmdesk.operations.referrals import set_referrer
from crmdesk.operations.talks import note_talks

if TYPE_CHECKING:
    from crmdesk.operations.files import Database

Words = tuple[str, str, str, int, str]
"""Needs, what hurts, the offer and its price, what speaks against it."""
BROUGHT: Final = 11  # of the customers whose source says that somebody brought them
REFERRERS: Final = (0, 0, 1, 0, 2)  # the best brought most


def add_won(database: Database, words: Sequence[Words], today: date) -> None:
    """Keep them in the sample's file."""
    talking = customer_ids(database, CustomerQuery(stages=(Stage.IN_TALKS,)))
    for place, (customer, said) in enumerate(zip(talking, words, strict=False)):
        needs, pain, offer, price, objection = said
        day = today - timedelta(days=5 + 3 * place)
        parts = ((NEEDS, needs), (PAIN, pain), (OBJECTION, objection))
        talk = [Talk(customer, kind, day, text) for kind, text in parts]
        note_talks(database, customer, [*talk, Talk(customer, OFFER, day, offer, price * MONEY_UNIT)])
    best = customer_ids(database, CustomerQuery(stages=(Stage.LOYAL,), sort=(("order_total", True),)))[:3]
    came = [one.customer for one in all_customers(database) if is_referral(one.customer.source, "")]
    others = [one.id for one in came if one.id not in best][:BROUGHT]
    for place, customer in enumerate(others if len(best) > max(REFERRERS) else ()):
        set_referrer(database, customer, "", best[REFERRERS[place % len(REFERRERS)]])
