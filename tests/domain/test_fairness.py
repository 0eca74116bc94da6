"""Rising stars are found, floors that are broken are named, shares add up."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from crmdesk.domain.fairness import Standing, after_moves, attention, rising_stars
from crmdesk.domain.passport import TierMove
from crmdesk.domain.phrase import Phrase
from crmdesk.domain.purchases import OrderColumns

DAY = 739_577
YUAN = 10_000
TODAY = date.fromordinal(DAY)
SOMEBODY = Standing(0, "", "C", 2, "active", 0, DAY - 400, 5000 * YUAN, 9, 0, 0, potential_high=False)


@pytest.mark.parametrize("seed", range(5))
def test_a_neglected_riser_is_among_the_first_ten(seed: int) -> None:
    chance = random.Random(seed)
    rows: list[tuple[int, int, int]] = []
    people = []
    for customer in range(1, 1001):
        usual = chance.choice((15, 30, 60))
        amount = int(chance.lognormvariate(6, 0.8))
        days = range(chance.randrange(usual), 364, usual)
        rows.extend((customer, DAY - day, int(amount * chance.uniform(0.7, 1.3)) * YUAN) for day in days)
        rank = chance.choice((0, 1, 2, 3))
        contacted = DAY - chance.randrange(0, 300)
        people.append(replace(SOMEBODY, customer_id=customer, rank=rank, tier="ABCD"[rank], last_contact=contacted))
    planted = replace(SOMEBODY, customer_id=2000, rank=2, name="涨起来的", last_contact=DAY - 150)
    rows += [(2000, DAY - day, 300 * YUAN) for day in (200, 260, 320)]
    rows += [(2000, DAY - day, 1500 * YUAN) for day in (5, 20, 40, 60, 80, 110)]
    found = rising_stars([*people, planted], orders_of(rows), DAY, 400 * YUAN)
    assert 2000 in [star.customer_id for star in found[:10]]
    assert all(star.tier != "A" and star.now > star.before for star in found)


def test_who_was_contacted_lately_is_looked_after_already() -> None:
    rows = [(1, DAY - day, 500 * YUAN) for day in (3, 30, 60)] + [(2, DAY - day, 500 * YUAN) for day in (3, 30, 60)]
    people = [replace(SOMEBODY, customer_id=key, last_contact=last) for key, last in ((1, DAY - 10), (2, 0))]
    found = rising_stars(people, orders_of(rows), DAY, 400 * YUAN)
    assert [(star.customer_id, star.days) for star in found] == [(2, None)]


def test_who_has_gone_quiet_since_does_not_rise() -> None:
    rows = [(1, DAY - day, 500 * YUAN) for day in (140, 150, 160)]
    assert rising_stars([replace(SOMEBODY, customer_id=1, stage="lost")], orders_of(rows), DAY, 400 * YUAN) == ()


def test_shares_of_attention_and_of_money_add_up_and_broken_floors_are_named() -> None:
    people = [
        replace(SOMEBODY, customer_id=1, tier="A", rank=0, contacts=6, last_contact=DAY - 3),
        replace(SOMEBODY, customer_id=2, contacts=2, last_contact=DAY - 95),
        replace(SOMEBODY, customer_id=3, tier="", rank=99, known_since=DAY - 300, orders=0, money=0),
        replace(SOMEBODY, customer_id=4, stage="lost", last_contact=DAY - 500, known_since=0, complaints=3),
    ]
    levels, waiting = attention(people, ("A", "B", "C"), (30, 60, 90), 60, DAY)
    by_tier = {level.tier: level for level in levels}
    assert sum(level.contact_share for level in levels) == pytest.approx(1)
    assert sum(level.money_share for level in levels) == pytest.approx(1, abs=1e-3)
    assert waiting == (4, 3, 2)
    low = by_tier["C"]
    assert (low.floor_broken, low.lost, low.lost_money, low.churn) == (2, 1, 5000 * YUAN, 0.5)
    assert low.complaints == pytest.approx(3 / 18, abs=1e-4)


def test_what_follows_a_move_is_counted_against_those_who_did_not_move() -> None:
    people = [replace(SOMEBODY, customer_id=key, stage="lost" if key < 3 else "active") for key in range(1, 9)]
    moves = [moved(1, "A", "C"), moved(4, "B", "C"), moved(5, "C", "A"), moved(9, "A", "B")]
    complaints = {4: TODAY, 1: TODAY - timedelta(days=90)}  # the other complained before it was moved
    up, down = after_moves(people, moves, complaints, ("A", "B", "C"))
    assert (down.direction, down.customers, down.lost, down.complained, down.who) == ("down", 2, 1, 1, (1,))
    assert (up.customers, up.lost, up.others_lost) == (1, 0, 0.2)


def test_who_was_lowered_for_its_silence_did_not_leave_for_being_lowered() -> None:
    people = [replace(SOMEBODY, customer_id=key, stage="lost") for key in range(1, 4)]
    moves = [moved(key, "A", "C", "tier_total_rank_lost") for key in (1, 2)] + [moved(3, "A", "C")]
    _up, down = after_moves(people, moves, {}, ("A", "B", "C"))
    assert (down.customers, down.who) == (1, (3,))


def moved(customer: int, old: str, new: str, why: str = "tier_total_rank") -> TierMove:
    return TierMove(customer, TODAY - timedelta(days=30), old, new, Phrase(why))


def orders_of(rows: list[tuple[int, int, int]]) -> OrderColumns:
    owner, day, amount = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    return OrderColumns(owner, day, amount, amount * 0, amount * 0, amount < 0)
