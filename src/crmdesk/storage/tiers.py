"""The runs of the tier policy: dated, their cut-offs frozen until the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from crmdesk.domain.tier import CutOffs
from crmdesk.domain.tier_policy import TierPolicy
from crmdesk.storage.ids import IdSource
from crmdesk.storage.policy import newest_policy

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

PENDING: Final = "{}"  # cut-offs that the closing step fills in, from the very pass that derives the figures


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


def keep_policy(raw: Raw, policy: TierPolicy, today: date) -> int:
    """Keep a version of the rules; gives its id."""
    policy_id = IdSource().take(1)[0]
    raw.execute(
        "INSERT INTO tier_policies (id, version, definition, made_on, note) VALUES (?, ?, ?, ?, '')",
        (policy_id, policy.version, policy.to_json(), today.isoformat()),
    )
    return policy_id


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
