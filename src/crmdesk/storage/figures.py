"""The figures: derived per customer as a step closes, for the touched ids or for all.

One scan gives purchases as columns, pure functions judge them, and the rows are written back in batches.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final, cast

from sqlalchemy import Connection

from crmdesk.domain.figures import FIGURE_COLUMNS
from crmdesk.domain.forecast_year import learn_habits, past_of_buyers
from crmdesk.domain.indicators import Ground
from crmdesk.domain.insight import PARETO_FROM
from crmdesk.domain.lifecycle import stages_of_buyers
from crmdesk.domain.purchases import NO_DAY, Purchases, buyers_of
from crmdesk.domain.rhythm import Prior, learn_prior
from crmdesk.domain.second_purchase import second_order_days
from crmdesk.domain.signs import signs_of
from crmdesk.domain.tier import Rules, Tiers, judge
from crmdesk.domain.tier_cut_offs import find_cut_offs
from crmdesk.domain.tier_facts import Facts
from crmdesk.domain.tier_score import needs_facts
from crmdesk.domain.unprofitable import find_usual
from crmdesk.storage import tiers
from crmdesk.storage.batches import batches
from crmdesk.storage.figures_rows import figure_rows, read_people
from crmdesk.storage.ids import IdSource
from crmdesk.storage.policy import as_of_day, as_of_mode, last_order_day, newest_policy, resolve_as_of
from crmdesk.storage.purchases import limited, read_given, read_orders, with_discounts
from crmdesk.storage.rows import insert_batch, insert_rows
from crmdesk.storage.tier_facts import leads, read_facts
from crmdesk.storage.tiers import PolicyInForce

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

_BATCH: Final = 1000
_INDEXES: Final = (
    "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'figures' AND sql IS NOT NULL"
)
_AT: Final = {name: position for position, name in enumerate(FIGURE_COLUMNS)}
# A table of history, and where a row of figures has what moves and why.
_HISTORY: Final = (
    ("tier_changes", _AT["tier"], _AT["tier_reason"]),
    ("stage_changes", _AT["stage"], _AT["stage_reason"]),
)
_Move = tuple[int, str, str, str]  # customer, old, new, why
_MANY: Final = 20_000  # from here on the indexes are rebuilt rather than kept up row by row


@dataclass(frozen=True)
class _Situation:
    """What the purchases are judged by."""

    force: PolicyInForce
    as_of: date
    ground: Ground

    @property
    def buyers(self) -> Purchases:
        """Who bought, as the policy counts purchases."""
        return self.ground.buyers

    @property
    def needs_run(self) -> bool:
        """Whether cut-offs were ordered, or are needed for the first time."""
        return self.force.pending or (self.force.cut_offs is None and len(self.buyers) > 0)


def refresh(connection: Connection, ids: Collection[int] | None, today: date, record: bool) -> None:
    """Derive the figures of these customers anew (None: of all). `record` also writes tier and stage history."""
    raw = cast("Raw", connection.connection.driver_connection)
    situation = _look(raw, ids, today)
    outgrown = ids is not None and record and _outgrown(raw, ids, situation)
    if ids is not None and (outgrown or situation.needs_run or situation.as_of != as_of_day(raw, today)):
        ids = None
        situation = _look(raw, None, today)
    if outgrown or situation.needs_run:
        situation = _with_run(raw, situation, today, record)
    force, levelled = situation.force, _write(raw, ids, situation, today, record)
    del situation  # where all are judged it is as large as what is written next
    if record:
        tiers.record_standing(raw, force, levelled, today)


def _outgrown(raw: Raw, ids: Collection[int], situation: _Situation) -> bool:
    """Whether cut-offs found over a handful of buyers are overtaken by what one of these customers bought."""
    cut_offs = situation.force.cut_offs
    if cut_offs is None or cut_offs.buyers >= PARETO_FROM:
        return False
    sql = "SELECT customer_id, order_total FROM figures WHERE order_total IS NOT NULL {only}"
    before = dict(raw.execute(*limited(sql, ids)).fetchall())
    buyers = situation.buyers
    return before != dict(
        zip(buyers.ids[buyers.money_known].tolist(), buyers.total[buyers.money_known].tolist(), strict=True)
    )


def _look(raw: Raw, ids: Collection[int] | None, today: date) -> _Situation:
    force = tiers.policy_in_force(raw)
    policy = force.policy
    orders, given = with_discounts(raw, ids, read_orders(raw, ids)).counted(policy.returns), read_given(raw, ids)
    found = buyers_of(orders, given)
    others = last_order_day(raw, json.dumps(list(ids))) if ids is not None else None
    newest = int(found.last.max()) if len(found) else NO_DAY
    last = max((day for day in (others, _day(newest)) if day is not None), default=None)
    as_of = resolve_as_of(as_of_mode(raw), today, last)
    if policy.window:
        found = buyers_of(orders, given, as_of.toordinal() - policy.window)
    facts = read_facts(raw, ids, policy) if needs_facts(policy) else Facts()
    prior = force.cut_offs.prior if force.cut_offs is not None else Prior()
    return _Situation(force, as_of, Ground(found, orders, facts, as_of.toordinal(), prior, window=policy.window))


def _with_run(raw: Raw, situation: _Situation, today: date, record: bool) -> _Situation:
    """The situation with cut-offs found over all buyers; kept as a run unless a journal is being replayed."""
    force = situation.force
    ground = replace(situation.ground, prior=learn_prior(situation.buyers, situation.ground.as_of))
    # No limits, but found over the same buyers: today's list and the cards read them, and never all the orders.
    waiting = second_order_days(ground.buyers, ground.as_of)
    habits = learn_habits(past_of_buyers(ground.buyers, ground.orders, ground.as_of))
    found = find_cut_offs(ground, force.policy)
    cut_offs = replace(found, second_order=waiting, habits=habits, usual=find_usual(ground))
    if record:
        if not force.pending:
            tiers.start_run(raw, today)
        tiers.finish_run(raw, tiers.policy_in_force(raw).run_id, situation.as_of, cut_offs)
    return replace(situation, force=replace(force, cut_offs=cut_offs), ground=ground)


def _write(raw: Raw, ids: Collection[int] | None, situation: _Situation, today: date, record: bool) -> list[int]:
    """Write the rows, and history where `record`; gives those whose first level under these rules this is."""
    force, ground = situation.force, situation.ground
    stages = stages_of_buyers(ground.buyers, ground.prior, ground.as_of)
    rules = tiers.rules(raw, force, ids, today)
    judged = judge(ground, stages, rules)
    people = read_people(raw, ids, today)
    signs = signs_of(ground, stages, judged, force.cut_offs)
    rows = figure_rows(people, ground.buyers, stages, judged, signs, force.policy, leads(raw, ids, force.policy))
    moved: dict[str, list[_Move]] = {table: [] for table, *_ in _HISTORY}
    if record:
        rows = _watched(rows, _before(raw, ids), moved)
    _replace_rows(raw, ids, rows, many=ids is None and len(people.ids) > _MANY)
    for table, moves in moved.items():
        _record_moves(raw, table, moves, today)
    return _not_anchored(ground, judged, rules)


def _not_anchored(ground: Ground, judged: Tiers, rules: Rules) -> list[int]:
    """Who has a level now and had none that counts before: of them alone the history need be looked at."""
    levelled = ground.buyers.ids[judged.rank >= 0].tolist()
    return [customer for customer in levelled if customer not in rules.anchors]


def _replace_rows(raw: Raw, ids: Collection[int] | None, rows: Iterator[tuple[Any, ...]], *, many: bool) -> None:
    indexes = raw.execute(_INDEXES).fetchall() if many else []
    for name, _ in indexes:
        raw.execute(f'DROP INDEX "{name}"')
    # Without any condition SQLite lets go of the whole table at once, and looks at no row.
    raw.execute(*limited("DELETE FROM figures WHERE 1 {only}", ids) if ids is not None else ("DELETE FROM figures",))
    for batch in batches(rows, _BATCH):
        insert_batch(raw, "figures", FIGURE_COLUMNS, batch)
    for _, sql in indexes:
        raw.execute(sql)


def _before(raw: Raw, ids: Collection[int] | None) -> dict[int, tuple[str | None, str]]:
    found = raw.execute(*limited("SELECT customer_id, tier, stage FROM figures WHERE 1 {only}", ids)).fetchall()
    return {customer: (tier, stage) for customer, tier, stage in found}


def _watched(
    rows: Iterator[tuple[Any, ...]], before: dict[int, tuple[str | None, str]], moved: dict[str, list[_Move]]
) -> Iterator[tuple[Any, ...]]:
    """The rows as they pass; who stands elsewhere than before goes to `moved`.

    Somebody new has no history yet: that it is there is no move.
    """
    for row in rows:
        stood = before.get(row[0])
        if stood is not None:
            for old, (table, at, why) in zip(stood, _HISTORY, strict=True):
                if (old or "") != (row[at] or ""):
                    moved[table].append((row[0], old or "", row[at] or "", row[why]))
        yield row


def _record_moves(raw: Raw, table: str, moves: Sequence[_Move], today: date) -> None:
    # Above the policy's id: that is how a move is known to have been made under this policy.
    new_ids = IdSource(newest_policy(raw)[0]).take(len(moves))
    rows = [(new_id, move[0], today.isoformat(), *move[1:]) for new_id, move in zip(new_ids, moves, strict=True)]
    insert_rows(raw, table, tiers.HISTORY_COLUMNS, rows)


def _day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if ordinal != NO_DAY else None
