"""Tiers and stages of everybody against the bare SQL aggregate over the same orders; rules tried out."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from material import TODAY
from timing import Row, milliseconds, ratio, seconds

from crmdesk.clock import Clock
from crmdesk.domain.indicators import Ground
from crmdesk.domain.purchases import buyers_of
from crmdesk.domain.rhythm import Prior
from crmdesk.domain.tier_cut_offs import find_cut_offs
from crmdesk.domain.tier_facts import Facts
from crmdesk.domain.tier_policy import TierPolicy
from crmdesk.operations import policies
from crmdesk.operations.files import open_file
from crmdesk.operations.passports import passport
from crmdesk.operations.tiers import recompute
from crmdesk.storage.database import Database
from crmdesk.storage.purchases import read_given, read_orders

AGGREGATE = (
    "SELECT customer_id, count(*), count(DISTINCT ordered_on), sum(amount - refund), sum(cost), min(ordered_on), "
    "max(ordered_on) FROM orders WHERE counts GROUP BY customer_id"
)
# The targets are stated for 1,000,000 orders. On fewer the aggregate takes a few milliseconds, and what does not grow
# with the orders (opening the step, reading rules, numpy's first call) weighs as much as the work: no verdict there.
STATED_FOR = 100_000  # customers, ten orders each
TARGET = 6
RANKS_TARGET = 1.4
PASSES = 4
MEMORY_TARGET = 1.1  # of the memory after the first pass
PREVIEW_MS = 300
PREVIEW_SIZE = 10_000
PASSPORT_MS = 300


def measure(file: Path, size: int, times: list[float]) -> Iterator[Row]:
    """The whole pass with lifecycle and reasons, ranks alone, a preview; `times` takes the seconds for the growth."""
    database = open_file(file, Clock(TODAY))
    try:
        with database.raw_read() as raw:
            # Taken alternately: what else the machine does meets both alike.
            pairs = [
                (seconds(lambda: raw.execute(AGGREGATE).fetchall(), 1), seconds(lambda: _whole_pass(database), 1))
                for _ in range(3)
            ]
            limit, taken = min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)
            times.append(taken)
            told = "the SQL aggregate alone"
            stated = size >= STATED_FOR
            yield ratio("tiers and stages of everybody", f"{size}", taken, limit, told, TARGET if stated else None)
            for name in ("rfm", "pareto"):
                ranks = seconds(lambda name=name: _ranks(raw, policies.ready_policy(name)))
                target = RANKS_TARGET if stated else None
                yield ratio(f"ranks and limits, {name}", f"{size}", ranks, limit, told, target)
        yield _memory(database, size)
        yield from _trying_out(database, size)
    finally:
        database.close()


def _memory(database: Database, size: int) -> Row:
    """The most memory that was ever held after some more passes against that after the first: what stays, grows."""
    before = _most_memory()
    for _pass in range(PASSES):
        _whole_pass(database)
    return ratio(f"memory after {PASSES} more passes", f"{size}", _most_memory(), before, "that before", MEMORY_TARGET)


def _most_memory() -> float:
    """Kilobytes of this process at its highest (bytes on macOS: only ratios are told)."""
    import resource

    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _whole_pass(database: Database) -> None:
    recompute(database, "today")


def _ranks(raw, policy: TierPolicy) -> None:
    """Recency, frequency and money of everybody and their limits: no stages, no reasons, nothing written."""
    as_of = TODAY.toordinal()
    orders = read_orders(raw)
    buyers = buyers_of(orders, read_given(raw, None), as_of - policy.window if policy.window else 0)
    find_cut_offs(Ground(buyers, orders, Facts(), as_of, Prior(), policy.window), policy)


def _trying_out(database: Database, size: int) -> Iterator[Row]:
    policy = policies.ready_policy("rfm")
    target = PREVIEW_MS if size <= PREVIEW_SIZE else None
    tried = policies.trial(database)
    # A person waits for these, yet on a busy machine the clock tells of the other programs: the processor's time.
    cold = seconds(lambda: policies.preview(policies.trial(database), policy), clock=time.process_time)
    warm = seconds(lambda: policies.preview(tried, policy), clock=time.process_time)
    yield milliseconds("rules tried out, the first time", f"{size}", cold, target)
    yield milliseconds("rules tried out, a slider moved", f"{size}", warm, target)
    customer = int(tried.ids[size // 2])
    asked = seconds(lambda: passport(database, customer), clock=time.process_time)
    yield milliseconds("a passport", f"{size}", asked, PASSPORT_MS)
