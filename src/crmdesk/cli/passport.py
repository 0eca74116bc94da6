"""`crmdesk passport`: why a customer has its tier, and what would change it."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from crmdesk.cli import as_json
from crmdesk.cli.as_json import Json, print_json
from crmdesk.cli.opened import opened
from crmdesk.cli.tiers import move_json
from crmdesk.clock import Clock
from crmdesk.i18n import _
from crmdesk.operations import passports, policies
from crmdesk.words import formats
from crmdesk.words.labels import label
from crmdesk.words.passports import STATES, little_left, number_text, override, way_down, way_up
from crmdesk.words.phrases import say
from crmdesk.words.policies import exclusion_name, indicator_name, policy_name

if TYPE_CHECKING:
    from crmdesk.domain.passport import ExclusionState, Number, Passport, Promise


def print_passport(options: Namespace, clock: Clock) -> int:
    """`crmdesk passport ID`.

    JSON: `customer, customer_name, tier, rank, key_account, reason, stage_reason, confidence, as_of, policy_version,
    rule[], source, numbers[{code, name, unit, value, confidence, points}]` (value null where unknown; money as
    decimal string), `exclusions[{code, name, state, why, question, reason}], questions[], up, down` (null or
    `{tier, orders, amount, days, intent, sentence}`), `override` (null or `{tier, reason, until}`), `history[]` as in
    `tiers --changes`, `unprofitable` (null, margin, discount or growing_discount), `to_do[], headroom[],
    last_prices[{product, on, price}]`; with `--others` also `others[{policy, tier}]`, the level that every other ready
    policy would give.
    """
    with opened(options.file, clock, read_only=True) as db:
        found = passports.passport(db, options.customer)
        others = policies.other_levels(db, options.customer) if options.others else ()
    if options.json:
        told = [{"policy": policy.ready, "tier": tier} for policy, tier in others]
        print_json({**_json(found), "others": told} if options.others else _json(found))
        return 0
    _say(found)
    for policy, tier in others:
        print(f"{policy_name(policy)}\t{label('tier', tier)}")
    return 0


def _say(found: Passport) -> None:
    print(f"{found.name}\t{label('tier', found.tier)}{' ★' if found.key_account else ''}\t{say(found.reason)}")
    print(say(found.stage_reason))
    for phrase in [*found.rule, *([found.source] if found.source else [])]:
        print(say(phrase))
    for line in _own_lines(found):
        print(line)
    for way in [*([way_up(found.up)] if found.up else []), *([way_down(found.down)] if found.down else [])]:
        print(say(way))
    for phrase in found.to_do:
        print(say(phrase))
    for number in found.numbers:
        if number.value is not None:
            print(f"{indicator_name(number.code)}\t{number_text(number)}\t{label('confidence', number.confidence)}")
    for one in found.exclusions:
        question = f"\t{say(one.question)}" if one.question else ""
        print(f"{exclusion_name(one.code)}\t{_(STATES[f'state.{one.state}'])}\t{say(one.why)}{question}")
    for price in found.last_prices:
        print(f"{price.product}\t{price.on}\t{formats.money(price.price)}")


def _own_lines(found: Passport) -> list[str]:
    """What is said of this customer alone: what it brings, that little of it is left, the user's own word."""
    lines = [say(found.worth)] if found.worth else []
    lines += [little_left(found.unprofitable)] if found.unprofitable else []
    return lines + ([say(override(found.override))] if found.override else [])


def _json(found: Passport) -> Json:
    return {
        "customer": str(found.customer_id),
        "customer_name": found.name or None,
        "tier": found.tier,
        "rank": found.rank,
        "key_account": found.key_account,
        "reason": say(found.reason),
        "stage_reason": say(found.stage_reason),
        "confidence": found.confidence or None,
        "as_of": found.as_of.isoformat(),
        "policy_version": found.policy_version,
        "rule": [say(phrase) for phrase in found.rule],
        "source": say(found.source) if found.source else None,
        "worth": say(found.worth) if found.worth else None,
        "unprofitable": found.unprofitable,
        "numbers": [_number_json(number) for number in found.numbers],
        "exclusions": [_exclusion_json(one) for one in found.exclusions],
        "questions": [say(question) for question in found.questions],
        "up": _promise_json(found.up, up=True),
        "down": _promise_json(found.down, up=False),
        "override": {
            "tier": found.override.tier,
            "reason": found.override.reason or None,
            "until": as_json.day(found.override.until),
        }
        if found.override
        else None,
        "history": [move_json(move) for move in found.history],
        "to_do": [say(phrase) for phrase in found.to_do],
        "headroom": list(found.headroom),
        "last_prices": [
            {"product": one.product, "on": one.on.isoformat(), "price": as_json.money(one.price)}
            for one in found.last_prices
        ],
    }


def _number_json(number: Number) -> Json:
    value: object = number.value
    if number.value is not None:
        value = as_json.money(round(number.value)) if number.unit == "money" else round(number.value, 4)
    return {
        "code": number.code,
        "name": indicator_name(number.code),
        "unit": number.unit,
        "value": value,
        "confidence": number.confidence or None,
        "points": number.points,
    }


def _exclusion_json(one: ExclusionState) -> Json:
    return {
        "code": one.code,
        "name": exclusion_name(one.code),
        "state": one.state,
        "why": say(one.why),
        "question": say(one.question) if one.question else None,
        "reason": one.reason or None,
    }


def _promise_json(promise: Promise | None, *, up: bool) -> Json | None:
    if promise is None:
        return None
    return {
        "tier": promise.tier,
        "orders": promise.orders,
        "amount": as_json.money(promise.money),
        "days": promise.days,
        "intent": promise.intent or None,
        "sentence": say(way_up(promise) if up else way_down(promise)),
    }
