"""Random customers for the tests of tiers: what they bought, what is known beside it, where they stand."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest

from crmdesk.domain.indicators import Ground
from crmdesk.domain.passport_promises import Case
from crmdesk.domain.purchases import GivenColumns, OrderColumns, buyers_of
from crmdesk.domain.rhythm import learn_prior
from crmdesk.domain.tier import Rules
from crmdesk.domain.tier_cut_offs import find_cut_offs
from crmdesk.domain.tier_facts import Facts, Told
from crmdesk.domain.tier_policy import TierPolicy

DAY = 739_577  # 2025-11-22
YUAN = 10_000


@pytest.fixture(scope="session")
def random_case() -> Callable[..., Case]:
    """Makes so many random customers, judged by a policy."""
    return make_case


def make_case(count: int, policy: TierPolicy, seed: int = 1, anchored: float = 0.3) -> Case:
    """So many customers with orders, sheet totals, or nothing; cut-offs found over all of them."""
    chance = random.Random(seed)
    ids = np.arange(1, count + 1)
    rows: list[tuple[int, int, int, int, int]] = []
    given: list[tuple[int, int, int, int, int]] = []
    for customer in ids.tolist():
        kind = chance.random()
        if kind < 0.08:
            last = DAY - chance.randrange(1, 500)
            given.append((customer, chance.randrange(1, 30), chance.randrange(100, 90_000) * YUAN, last - 300, last))
        elif kind < 0.95:
            rows.extend(_orders(chance, customer))
    order_columns = [np.array(column, np.int64) for column in zip(*rows, strict=True)]
    owner, day, amount, refund, cost = order_columns
    orders = OrderColumns(owner, day, amount, refund, np.maximum(cost, 0), cost >= 0)
    sums = GivenColumns(*(np.array(column, np.int64) for column in zip(*given, strict=True)))
    facts = random_facts(chance, ids.tolist())
    window = DAY - policy.window if policy.window else 0
    buyers = buyers_of(orders.counted(policy.returns), sums, window)
    prior = learn_prior(buyers)
    ground = Ground(buyers, orders.counted(policy.returns), facts, DAY, prior, policy.window)
    anchors = {
        customer: (chance.randrange(max(len(policy.levels), 1)), DAY - chance.randrange(0, 200), chance.random() < 0.3)
        for customer in ids.tolist()
        if chance.random() < anchored
    }
    rules = Rules(policy, find_cut_offs(ground, policy), anchors, DAY, lambda _ids: facts)
    return Case(ids, orders, sums, facts, rules, prior, DAY)


def random_facts(chance: random.Random, ids: list[int]) -> Facts:
    """Estimates of some, intents of most, debts and complaints of a few."""
    told: dict[int, dict[str, Told]] = {}
    for customer in ids:
        for kind in ("needs", "power", "potential", "loyalty"):
            if chance.random() < 0.25:
                made = DAY - chance.randrange(0, 500)
                until = made + chance.choice((0, 200, 900))
                told.setdefault(customer, {})[kind] = Told(
                    kind, chance.choice(("low", "medium", "high")), None, "", made, until if until > made else 0
                )
    return Facts(
        told=told,
        contacts={one: (chance.randrange(1, 9), 1) for one in ids if chance.random() < 0.3},
        complaints={one: chance.randrange(1, 5) for one in ids if chance.random() < 0.1},
        complaints_kept=True,
        overdue={one: chance.randrange(100, 50_000) * YUAN for one in ids if chance.random() < 0.1},
        intent={one: chance.choice(("high", "medium", "low")) for one in ids if chance.random() < 0.7},
    )


def _orders(chance: random.Random, customer: int) -> list[tuple[int, int, int, int, int]]:
    usual = chance.choice((7, 14, 30, 60, 180, 360))
    day = DAY - int(chance.expovariate(1 / usual))
    rows = []
    for _order in range(chance.choice((1, 1, 2, 3, 5, 8, 13, 30))):
        amount = int(chance.lognormvariate(6, 1.2)) * YUAN
        if chance.random() < 0.05:
            amount = -amount // 4
        refund = amount // 3 if amount > 0 and chance.random() < 0.05 else 0
        cost = int(amount * chance.uniform(0.5, 0.95)) if amount > 0 and chance.random() < 0.9 else -1
        rows.append((customer, day, amount, refund, cost))
        day -= max(1, round(chance.gauss(usual, usual / 3)))
    return rows
