"""Tiers and stages: recompute them, sum them up, say the policy in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from crmdesk.domain.changes import Changes
from crmdesk.domain.insight import PARETO_FROM, TierSummary
from crmdesk.domain.phrase import Phrase, Refused
from crmdesk.progress import Progress

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

    from crmdesk.domain.tier_cut_offs import CutOffs
    from crmdesk.domain.tier_policy import TierPolicy
    from crmdesk.storage.database import Database
    from crmdesk.storage.database_step import Step

__all__ = [
    "TierSummary",
    "apply_policy",
    "as_of_day",
    "check_as_of",
    "current_policy",
    "policy_in_words",
    "recompute",
    "run_policy",
    "tier_summary",
]

_MODES: Final = ("auto", "today", "last-order")


def recompute(db: Database, as_of: str | None = None, progress: Progress | None = None) -> Changes:
    """Judge everybody anew in one step. `as_of`: auto, today, last-order, an ISO day; None keeps the file's setting.

    Raises Refused("bad_as_of").
    """
    from crmdesk.storage import file_settings

    if as_of is not None:
        check_as_of(as_of)
    with db.write("recompute_tiers", progress=progress) as step:
        if as_of is not None:
            file_settings.put(step, "as_of", as_of)
        run_policy(step, db.clock.today())
    return step.changes


def current_policy(db: Database) -> TierPolicy:
    """The rules in force: levels, shares, window and caps."""
    from crmdesk.storage.policy import newest_policy

    with db.raw_read() as raw:
        return newest_policy(raw)[1]


def apply_policy(db: Database, policy: TierPolicy, progress: Progress | None = None) -> Changes:
    """Judge everybody by other rules from now on; they are kept as a new version. The same rules again are no step."""
    from crmdesk.storage.tiers import keep_policy

    before = current_policy(db)
    if replace(policy, version=before.version) == before:
        return Changes()
    with db.write("apply_policy", progress=progress) as step:
        keep_policy(step.raw, replace(policy, version=before.version + 1), db.clock.today())
        run_policy(step, db.clock.today())
    return step.changes


def run_policy(step: Step, today: date) -> None:
    """Renew the cut-offs as this step closes: an import, an applied policy or the daily run calls it."""
    from crmdesk.storage.tiers import start_run

    start_run(step.raw, today)


def check_as_of(as_of: str) -> None:
    """Raises Refused("bad_as_of") for what is neither a mode nor an ISO day."""
    if as_of in _MODES:
        return
    try:
        date.fromisoformat(as_of)
    except ValueError as error:
        raise Refused("bad_as_of", value=as_of) from error


def as_of_day(db: Database) -> tuple[date, bool]:
    """The day that figures are as of, and whether it is today."""
    from crmdesk.storage.policy import as_of_day as day_of

    with db.raw_read() as raw:
        day = day_of(raw, db.clock.today())
    return day, day == db.clock.today()


def tier_summary(db: Database) -> TierSummary:
    """How many customers and how much money each level and stage holds."""
    from crmdesk.operations.insight import stage_rows, tier_rows
    from crmdesk.storage import insight as rows
    from crmdesk.storage.policy import newest_policy

    day, is_today = as_of_day(db)
    with db.raw_read() as raw:
        counts = rows.standing_counts(raw)
        return TierSummary(
            as_of=day,
            is_today=is_today,
            policy=_policy_in_words(raw),
            levels=tier_rows(counts, newest_policy(raw)[1].levels),
            stages={row.stage: row.customers for row in stage_rows(counts)},
            without_tier=sum(customers for tier, _, customers, _ in counts if not tier),
            has_money=rows.has_money(raw),
        )


def policy_in_words(db: Database) -> tuple[Phrase, ...]:
    """The rules in force, sentence by sentence."""
    with db.raw_read() as raw:
        return _policy_in_words(raw)


def _policy_in_words(raw: Raw) -> tuple[Phrase, ...]:
    from crmdesk.storage.tiers import policy_in_force, run_days

    force = policy_in_force(raw)
    if force.cut_offs is None or not force.cut_offs.buyers:
        return Phrase("policy_not_run"), Phrase("policy_no_tier")
    run_on, as_of = run_days(raw, force.run_id)
    return (
        *_measure_in_words(force.policy, force.cut_offs),
        *_levels_in_words(force.policy, force.cut_offs),
        *_caps_in_words(force.policy),
        Phrase("policy_rhythm"),
        Phrase("policy_no_tier"),
        Phrase("policy_run", {"run_on": run_on, "as_of_on": as_of}),
    )


def _measure_in_words(policy: TierPolicy, cut_offs: CutOffs) -> list[Phrase]:
    profit = Phrase("policy_measure_profit", {"margin_share": round(cut_offs.margin, 4)})
    told = [
        profit if cut_offs.measure == "profit" else Phrase("policy_measure_total"),
        Phrase("policy_window", {"window": policy.window}) if policy.window else Phrase("policy_window_all"),
    ]
    if cut_offs.buyers < PARETO_FROM:
        return told
    best = {
        "best_share": cut_offs.share_of_best_fifth,
        "count": cut_offs.buyers_for_80,
        "buyers": cut_offs.buyers,
    }
    return [*told, Phrase("policy_pareto", best)]


def _levels_in_words(policy: TierPolicy, cut_offs: CutOffs) -> list[Phrase]:
    told = [
        Phrase(
            "policy_level" if place else "policy_level_first",
            {"level": level, "until_share": share, "value_money": value},
        )
        for place, (level, share, value) in enumerate(zip(policy.levels, policy.cuts, cut_offs.values, strict=False))
    ]
    return [*told, Phrase("policy_level_last", {"level": policy.levels[-1]})]


def _caps_in_words(policy: TierPolicy) -> list[Phrase]:
    last = len(policy.levels) - 1
    caps = {"new": policy.new_cap, "quiet": policy.quiet_cap, "lost": policy.lost_cap}
    return [Phrase(f"policy_cap_{name}", {"level": policy.levels[min(cap, last)]}) for name, cap in caps.items() if cap]
