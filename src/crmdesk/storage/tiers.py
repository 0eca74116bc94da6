"""The tier policy in force, its dated runs, and the day that figures are as of."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from crmdesk.domain.tier import CutOffs, TierPolicy
from crmdesk.storage.ids import IdSource

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

PENDING: Final = "{}"  # cut-offs that the closing step fills in, from the very pass that derives the figures
_STALE_DAYS: Final = 60  # an export older than this is judged as of its own last order


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
    kept = raw.execute("SELECT id, definition FROM tier_policies ORDER BY version DESC, id DESC LIMIT 1").fetchone()
    if kept is None:
        return PolicyInForce(0, TierPolicy())
    policy = TierPolicy.from_json(kept[1])
    run = raw.execute(
        "SELECT id, cut_offs FROM policy_runs WHERE tier_policy_id = ? ORDER BY id DESC LIMIT 1", (kept[0],)
    ).fetchone()
    if run is None:
        return PolicyInForce(kept[0], policy)
    if run[1] == PENDING:
        return PolicyInForce(kept[0], policy, run[0], pending=True)
    return PolicyInForce(kept[0], policy, run[0], CutOffs.from_json(run[1]))


def start_run(raw: Raw, today: date) -> None:
    """Order new cut-offs: the figures' refresh at the end of the step finds them."""
    ids = IdSource()
    policy_id = policy_in_force(raw).policy_id or _keep_policy(raw, TierPolicy(), today, ids.take(1)[0])
    raw.execute(
        "INSERT INTO policy_runs (id, tier_policy_id, run_on, as_of, cut_offs) VALUES (?, ?, ?, ?, ?)",
        (ids.take(1)[0], policy_id, today.isoformat(), today.isoformat(), PENDING),
    )


def finish_run(raw: Raw, run_id: int, as_of: date, cut_offs: CutOffs) -> None:
    """Freeze what a run found."""
    raw.execute(
        "UPDATE policy_runs SET as_of = ?, cut_offs = ? WHERE id = ?", (as_of.isoformat(), cut_offs.to_json(), run_id)
    )


def as_of_mode(raw: Raw) -> str:
    """What the file says the figures are as of: auto, today, last-order, or an ISO day."""
    kept = raw.execute("SELECT value FROM settings WHERE name = 'as_of'").fetchone()
    return str(json.loads(kept[0])) if kept else "auto"


def resolve_as_of(mode: str, today: date, last_order: date | None) -> date:
    """The day that figures are as of. Raises ValueError for a mode that is no day."""
    if mode == "today":
        return today
    if mode not in ("auto", "last-order"):
        return date.fromisoformat(mode)
    last = min(last_order or today, today)
    return last if mode == "last-order" or (today - last).days > _STALE_DAYS else today


def last_order_day(raw: Raw, without: str = "[]") -> date | None:
    """The newest day on which anybody bought, as the figures know it, leaving out the customers of a JSON list."""
    found = raw.execute(
        "SELECT last_order_on FROM figures WHERE last_order_on IS NOT NULL"
        " AND customer_id NOT IN (SELECT value FROM json_each(?)) ORDER BY last_order_on DESC LIMIT 1",
        (without,),
    ).fetchone()
    return date.fromisoformat(found[0]) if found else None


def as_of_day(raw: Raw, today: date) -> date:
    """The day that the figures in the file are as of."""
    return resolve_as_of(as_of_mode(raw), today, last_order_day(raw))


def _keep_policy(raw: Raw, policy: TierPolicy, today: date, policy_id: int) -> int:
    raw.execute(
        "INSERT INTO tier_policies (id, version, definition, made_on, note) VALUES (?, ?, ?, ?, '')",
        (policy_id, policy.version, policy.to_json(), today.isoformat()),
    )
    return policy_id
