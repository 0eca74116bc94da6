"""The sample's win-backs, contracts and answers: what a salesperson would have noted over the last year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from crmdesk.domain.gift import Gift
from crmdesk.domain.interaction import Interaction, Outcome
from crmdesk.domain.money import MONEY_UNIT
from crmdesk.domain.query import CustomerQuery
from crmdesk.domain.renewal import Renewal
from crmdesk.domain.satisfaction import Satisfaction
from crmdesk.domain.stage import Stage
from crmdesk.domain.win_back import WAIT_DAYS, WinBack
from crmdesk.operations.customers import customer_card
from crmdesk.operations.gifts import give
from crmdesk.operations.interactions import log_interaction
from crmdesk.operations.listing import customer_ids
from crmdesk.operations.plans import list_plans, list_runs, start_plan
from crmdesk.operations.renewals import add_renewal
from crmdesk.operations.satisfaction import note_answer
from crmdesk.operations.win_backs import begin_win_back

if TYPE_CHECKING:
    from crmdesk.operations.files import Database
    from crmdesk.operations.sample_data import SampleCare

CAME_AFTER: Final = timedelta(days=12)  # from an attempt to the order it won
WON_BY: Final = ("visit", "visit", "call", "visit", "wechat")
LOST_BY: Final = ("call", "wechat", "call", "visit", "call", "wechat", "visit")
CONTRACTS_END: Final = (24, 61, 200)  # days ahead
GIFTS_EVERY: Final = 70  # days between two gifts
IN_PLAN: Final = 3  # customers of a plan
ANSWERS_EVERY: Final = 23  # days between two customers' answers


def add_care(database: Database, words: SampleCare, today: date) -> None:
    """Keep them in the sample's file."""
    _add_win_backs(database, words, today)
    best = customer_ids(database, CustomerQuery(stages=(Stage.LOYAL,), sort=(("order_total", True),)))
    for customer, name, ahead in zip(best, words.contracts, CONTRACTS_END, strict=False):
        add_renewal(database, Renewal(customer, name=name, ends_on=today + timedelta(days=ahead)))
    for place, (score, said) in enumerate(words.answers):
        day = today - timedelta(days=4 + place * ANSWERS_EVERY)
        # The best customer was asked most: a series needs more than one answer.
        note_answer(database, Satisfaction(best[place % 3], day, score, said))
        # Another one was asked in the same weeks, with a score and no words.
        note_answer(database, Satisfaction(best[3 + place], day - timedelta(days=2), score))
    for place, text in enumerate(words.gifts):
        # Of the last one nobody remembers what it cost.
        cost = (place + 1) * 60 * MONEY_UNIT if place + 1 < len(words.gifts) else None
        give(database, Gift(best[place % 2], today - timedelta(days=20 + place * GIFTS_EVERY), text, cost))
    _add_plans(database)


def _add_plans(database: Database) -> None:
    """One that runs with new customers, and one that waits because somebody answered."""
    plans = {plan.ready: plan for plan in list_plans(database)}
    bought_once = customer_ids(database, CustomerQuery(stages=(Stage.NEW,)))[:IN_PLAN]
    start_plan(database, plans["second_purchase"], bought_once)
    asked = customer_ids(database, CustomerQuery(stages=(Stage.PROSPECT,)))[:IN_PLAN]
    start_plan(database, plans["new_lead"], asked)
    first = next(state for state in list_runs(database) if state.run.plan == "new_lead")
    now = database.clock.now()
    log_interaction(database, Interaction(first.run.customer_id, now, "wechat", Outcome.INTERESTED))


def _add_win_backs(database: Database, words: SampleCare, today: date) -> None:
    came = customer_ids(database, CustomerQuery(stages=(Stage.WON_BACK,)))
    lost = customer_ids(database, CustomerQuery(stages=(Stage.LOST,)))
    tried = []
    for customer, method in zip(came, WON_BY, strict=False):
        tried.append((customer, method, customer_card(database, customer).purchase_days[-1] - CAME_AFTER))
    for customer, method in zip(lost, LOST_BY, strict=False):
        last = customer_card(database, customer).purchase_days[-1]
        tried.append((customer, method, max(last + timedelta(days=1), today - timedelta(days=WAIT_DAYS + 1))))
    for place, (customer, method, day) in enumerate(tried):
        attempt = WinBack(customer, day, method, words.offers[place % len(words.offers)])
        begin_win_back(database, attempt, day)
