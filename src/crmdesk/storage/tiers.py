"""The runs of the tier policy: dated, their cut-offs frozen until the next."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Final

from crmdesk.domain.tier import FIRM_FROM, Rules
from crmdesk.domain.tier_cut_offs import CutOffs
from crmdesk.domain.tier_policy import TierPolicy
from crmdesk.storage.ids import IdSource
from crmdesk.storage.policy import newest_policy
from crmdesk.storage.purchases import limited
from crmdesk.storage.rows import insert_rows
from crmdesk.storage.tier_facts import read_facts

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

PENDING: Final = "{}"  # cut-offs that the closing step fills in, from the very pass that derives the figures

_FIRST_FIRM: Final = """
    SELECT min(id) FROM policy_runs WHERE tier_policy_id = ? AND json_extract(cut_offs, '$.buyers') >= ?
"""
_NEVER: Final = (1 << 63) - 1
_CAPPED: Final = re.compile(r'\["tier_(excluded_|.*_(new|quiet|lost)")')
# Beside max(id), SQLite gives the other columns of that very row.
_ANCHORS: Final = """
    SELECT customer_id, new, changed_on, reason, max(id) FROM tier_changes
    WHERE id > {above} AND reason NOT LIKE '["tier_decided%' {only} GROUP BY customer_id
"""
_UNTOLD: Final = """
    SELECT customer_id, tier, tier_reason FROM figures f WHERE tier IS NOT NULL {only} AND NOT EXISTS (
        SELECT 1 FROM tier_changes h WHERE h.customer_id = f.customer_id AND h.id > {above}
    )
"""
HISTORY_COLUMNS: Final = ("id", "customer_id", "changed_on", "old", "new", "reason")


@dataclass(frozen=True)
class PolicyInForce:
    """The newest policy and its newest run; `run_id` 0 and no cut-offs before the first run, or while it is pending."""

    policy_id: int
    policy: TierPolicy
    run_id: int = 0
    cut_offs: CutOffs | None = None
    pending: bool = False


def policy_in_force(raw: Raw) -> PolicyInForce:
    """The policy that tiers are judged by; the built-in one in a file that has none of its own yet."""
    policy_id, policy = newest_policy(raw)
    if not policy_id:
        return PolicyInForce(0, policy)
    run = raw.execute(
        "SELECT id, cut_offs FROM policy_runs WHERE tier_policy_id = ? ORDER BY id DESC LIMIT 1", (policy_id,)
    ).fetchone()
    if run is None:
        return PolicyInForce(policy_id, policy)
    if run[1] == PENDING:
        return PolicyInForce(policy_id, policy, run[0], pending=True)
    return PolicyInForce(policy_id, policy, run[0], CutOffs.from_json(run[1]))


def rules(raw: Raw, force: PolicyInForce, ids: Collection[int] | None, today: date) -> Rules:
    """What these customers (None: all) are judged by today."""
    return Rules(
        force.policy,
        force.cut_offs or CutOffs(),
        anchors(raw, force, ids),
        today.toordinal(),
        lambda some: read_facts(raw, some.tolist(), force.policy),
    )


def anchors(raw: Raw, force: PolicyInForce, ids: Collection[int] | None) -> dict[int, tuple[int, int, bool]]:
    """Where each customer stands by its history under this policy; the user's own word is no anchor.

    It is read from the history and not from the figures: an undo takes the history back, and with it the anchor.
    """
    above = _counts_from(raw, force)
    found = raw.execute(*limited(_ANCHORS.format(above=above, only="{only}"), ids)).fetchall()
    levels = force.policy.levels
    return {
        customer: (levels.index(level), date.fromisoformat(day).toordinal(), _CAPPED.match(reason) is not None)
        for customer, level, day, reason, _ in found
        if level in levels
    }


def record_standing(raw: Raw, force: PolicyInForce, customers: Collection[int], today: date) -> None:
    """Write down where those stand who have no history under these rules yet: without it nothing holds them there.

    It is no move: old and new are the same.
    """
    above = _counts_from(raw, force)
    if above == _NEVER or not customers:
        return
    (newest,) = raw.execute("SELECT coalesce(max(id), 0) FROM tier_changes").fetchone()
    new_ids = count(IdSource(max(above, newest)).take(1)[0])
    standing = raw.execute(*limited(_UNTOLD.format(above=above, only="{only}"), customers))  # of many, not held at once
    rows = (
        (new_id, customer, today.isoformat(), tier, tier, why)
        for new_id, (customer, tier, why) in zip(new_ids, standing, strict=False)
    )
    insert_rows(raw, "tier_changes", HISTORY_COLUMNS, rows)


def _counts_from(raw: Raw, force: PolicyInForce) -> int:
    """Above which id history is history under these rules; _NEVER while there are too few buyers for a standing."""
    if force.policy.cut == "limits":
        return force.policy_id
    # What was found over a handful of buyers was no standing yet.
    (firm,) = raw.execute(_FIRST_FIRM, (force.policy_id, FIRM_FROM)).fetchone()
    return int(firm) if firm else _NEVER


def keep_policy(raw: Raw, policy: TierPolicy, today: date) -> int:
    """Keep a version of the rules; gives its id."""
    policy_id = IdSource().take(1)[0]
    raw.execute(
        "INSERT INTO tier_policies (id, version, definition, made_on, note) VALUES (?, ?, ?, ?, '')",
        (policy_id, policy.version, policy.to_json(), today.isoformat()),
    )
    return policy_id


def keep_review(raw: Raw, policy_id: int, policy: TierPolicy) -> None:
    """Write another day to look again into a kept version: what was judged by it, and by whom, stays as it is."""
    raw.execute("UPDATE tier_policies SET definition = ? WHERE id = ?", (policy.to_json(), policy_id))


def start_run(raw: Raw, today: date) -> None:
    """Order new cut-offs: the figures' refresh at the end of the step finds them."""
    policy_id = policy_in_force(raw).policy_id or keep_policy(raw, TierPolicy(), today)
    raw.execute(
        "INSERT INTO policy_runs (id, tier_policy_id, run_on, as_of, cut_offs) VALUES (?, ?, ?, ?, ?)",
        (IdSource().take(1)[0], policy_id, today.isoformat(), today.isoformat(), PENDING),
    )


def finish_run(raw: Raw, run_id: int, as_of: date, cut_offs: CutOffs) -> None:
    """Freeze what a run found."""
    raw.execute(
        "UPDATE policy_runs SET as_of = ?, cut_offs = ? WHERE id = ?", (as_of.isoformat(), cut_offs.to_json(), run_id)
    )


def run_days(raw: Raw, run_id: int) -> tuple[str, str]:
    """The ISO days a run was made on and is as of; "" for a run that is not there."""
    found = raw.execute("SELECT run_on, as_of FROM policy_runs WHERE id = ?", (run_id,)).fetchone()
    return (found[0], found[1]) if found else ("", "")
