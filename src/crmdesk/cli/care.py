"""`crmdesk list win-backs|renewals|satisfaction|gifts|offers|improvements`: what keeps customers, a row each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from crmdesk.cli.as_json import Json, day, money
from crmdesk.domain.offer import key_of
from crmdesk.operations import gifts, improvements, offers, renewals, satisfaction, win_backs
from crmdesk.operations.files import Database

Wanted = Callable[[int], bool]
Names = dict[int, str]


def win_backs_json(db: Database, wanted: Wanted, names: Names) -> Iterator[Json]:
    """Attempts, the newest first, with what came of each: waiting, won (`came_on` the order's day) or gone."""
    for attempt, outcome in win_backs.list_win_backs(db):
        if wanted(attempt.customer_id):
            yield {
                **_of(attempt, names),
                "begun_on": day(attempt.begun_on),
                "method": attempt.method,
                "offer": attempt.offer or None,
                "offer_until": day(attempt.offer_until),
                "result": outcome.state,
                "came_on": day(outcome.came_on),
            }


def renewals_json(db: Database, wanted: Wanted, names: Names) -> Iterator[Json]:
    """Contracts and supplies, the one that ends first before the others; `ends_on` of a supply is when it runs out."""
    for state in renewals.list_renewals(db):
        if wanted(state.renewal.customer_id):
            yield {
                **_of(state.renewal, names),
                "kind": state.renewal.kind,
                "name": state.renewal.name or None,
                "ends_on": day(state.ends_on),
                "lasts_days": state.renewal.lasts_days,
                "last_bought": day(state.last_bought),
                "notice_days": state.renewal.notice_days,
            }


def satisfaction_json(db: Database, wanted: Wanted, names: Names) -> Iterator[Json]:
    """Answers, the newest first, from 1 to 5."""
    for answer in satisfaction.list_answers(db):
        if wanted(answer.customer_id):
            told = {"asked_on": day(answer.asked_on), "score": answer.score, "words": answer.words or None}
            yield {**_of(answer, names), **told}


def gifts_json(db: Database, wanted: Wanted, names: Names) -> Iterator[Json]:
    """What was given, the newest first; `cost` null is unknown, not nothing."""
    for gift in gifts.list_gifts(db):
        if wanted(gift.customer_id):
            told = {"given_on": day(gift.given_on), "text": gift.text or None, "cost": money(gift.cost)}
            yield {**_of(gift, names), **told}


def offers_json(db: Database, wanted: Wanted, names: Names) -> Iterator[Json]:
    """Offers, the newest first, with what came of each: open, came (`came_on` the order's day) or lapsed.

    `decided` and `came` tell how often the same offer is decided, and how often somebody came back in time.
    """
    rates = {key_of(rate.text): rate for rate in offers.offer_rates(db)}
    for one in offers.list_offers(db):
        if wanted(one.offer.customer_id):
            rate = rates[key_of(one.offer.text)]
            told = {"text": one.offer.text, "given_on": day(one.offer.given_on), "until": day(one.offer.until)}
            came = {"state": one.state, "came_on": day(one.came_on), "to_win_back": one.offer.won_back}
            yield {**_of(one.offer, names), **told, **came, "decided": rate.decided, "came": rate.came}


def improvements_json(db: Database, _wanted: Wanted, _names: Names) -> Iterator[Json]:
    """What was changed about reasons for leaving, the newest first; losses in the `days` before and since, 0 too soon.

    They are the shop's: a filter for customers leaves all of them.
    """
    for one, effect in improvements.improvements_made(db):
        told = {"reason": one.reason, "since": day(one.begun_on), "text": one.text or None}
        counts = {"days": effect.days, "lost_before": effect.before, "lost_since": effect.since}
        left = {"money_before": money(effect.money[0]), "money_since": money(effect.money[1])}
        others = {"others_before": effect.others[0], "others_since": effect.others[1]}
        yield {"id": str(one.id), **told, **counts, **left, **others}


def _of(thing: Any, names: Names) -> Json:  # noqa: ANN401 - an attempt, a renewal or an answer: each has an owner
    owner = thing.customer_id
    return {"id": str(thing.id), "customer": str(owner), "customer_name": names.get(owner) or None}
