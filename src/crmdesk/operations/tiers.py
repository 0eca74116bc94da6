"""Tiers and stages: recompute them, sum them up, say the policy in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from crmdesk.domain.changes import Changes
from crmdesk.domain.insight import PARETO_FROM, Spread, TierSummary
from crmdesk.domain.phrase import Phrase, Refused
from crmdesk.i18n import _
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
    "levels_in_words",
    "policy_in_words",
    "recompute",
    "rules_in_words",
    "run_policy",
    "tier_summary",
]

_REVIEW_DAYS: Final = 180  # rules are looked at again twice a year, unless the user says when
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
    """Judge everybody by other rules from now on; they are kept as a new version. The same rules again are no step.

    The same rules with another day to look at them again keep version, limits and everybody's standing.
    """
    from crmdesk.storage.policy import newest_policy
    from crmdesk.storage.tiers import keep_policy, keep_review

    today = db.clock.today()
    with db.raw_read() as raw:
        policy_id, before = newest_policy(raw)
    if replace(policy, version=before.version, review_on=before.review_on) == before:
        # Rules that come without a day (ready ones) leave the day as it is.
        review_on = _next_review(policy.review_on, today) if policy.review_on else before.review_on
        if review_on == before.review_on:
            return Changes()
        if policy_id:
            with db.write("set_review", progress=progress, review_on=review_on) as step:
                keep_review(step.raw, policy_id, replace(before, review_on=review_on))
            return step.changes
    policy = replace(policy, review_on=_next_review(policy.review_on, today), version=before.version + 1)
    with db.write("apply_policy", progress=progress) as step:
        keep_policy(step.raw, policy, today)
        run_policy(step, today)
    return step.changes


def _next_review(asked: str, today: date) -> str:
    """The ISO day asked for, while it is still to come; else the usual time from today."""
    return asked if asked > today.isoformat() else (today + timedelta(days=_REVIEW_DAYS)).isoformat()


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
            spread=_spread(raw),
        )


def _spread(raw: Raw) -> Spread | None:
    from crmdesk.storage.tiers import policy_in_force

    found = policy_in_force(raw).cut_offs
    if found is None or found.buyers < PARETO_FROM:
        return None
    return Spread(found.buyers, found.buyers_for_80, found.share_of_best_fifth)


def policy_in_words(db: Database) -> tuple[Phrase, ...]:
    """The rules in force, sentence by sentence."""
    with db.raw_read() as raw:
        return _policy_in_words(raw)


def _policy_in_words(raw: Raw) -> tuple[Phrase, ...]:
    from crmdesk.storage.tiers import policy_in_force, run_days

    force = policy_in_force(raw)
    policy, cut_offs = force.policy, force.cut_offs
    told = rules_in_words(policy, cut_offs)
    if not policy.has_levels or policy.scale == "intent" or cut_offs is None or not cut_offs.buyers:
        return told
    run_on, as_of = run_days(raw, force.run_id)
    return (
        *told,
        Phrase("policy_run", {"run_on": run_on, "as_of_on": as_of}),
        *([Phrase("policy_review", {"review_on": policy.review_on})] if policy.review_on else []),
    )


def rules_in_words(policy: TierPolicy, cut_offs: CutOffs | None) -> tuple[Phrase, ...]:
    """Rules, sentence by sentence, with the limits that a run of them found."""
    if not policy.has_levels:
        return (Phrase("policy_none"),)
    if policy.scale == "intent":
        return Phrase("policy_by_intent"), *levels_in_words(policy, cut_offs), *_care_in_words(policy)
    if cut_offs is None or not cut_offs.buyers:
        return Phrase("policy_not_run"), Phrase("policy_no_tier")
    return (
        *_measure_in_words(policy, cut_offs),
        *levels_in_words(policy, cut_offs),
        *_limits_in_words(policy),
        *_care_in_words(policy),
        Phrase("policy_rhythm"),
        Phrase("policy_no_tier"),
    )


def levels_in_words(policy: TierPolicy, cut_offs: CutOffs | None) -> list[Phrase]:
    """What each level asks for, from the best on."""
    if policy.scale == "intent":
        return [_level_of_intent(policy, place) for place in range(len(policy.levels))]
    if cut_offs is None:
        return []
    told = [
        _level_in_words(policy, cut_offs.measure, place, level, cut, value)
        for place, (level, cut, value) in enumerate(zip(policy.levels, policy.cuts, cut_offs.values, strict=False))
    ]
    return [*told, Phrase("policy_level_last", {"level": policy.levels[-1]})]


def _level_in_words(policy: TierPolicy, measure: str, place: int, level: str, cut: float, value: int) -> Phrase:
    from crmdesk.domain.tier_score import POINT

    if policy.cut == "quantiles":
        return Phrase("policy_level_quantile", {"level": level, "until_share": cut})
    if policy.scale == "points":
        return Phrase("policy_level_points", {"level": level, "points": round(value / POINT, 1)})
    if policy.cut == "limits":
        return Phrase("policy_level_money", {"level": level, "value_money": value})
    code = "policy_level" if place else "policy_level_first"
    return Phrase(f"{code}_{measure}", {"level": level, "until_share": cut, "value_money": value})


def _level_of_intent(policy: TierPolicy, place: int) -> Phrase:
    from crmdesk.domain.tier_score import INTENTS, intent_rank

    word = next((word for word in INTENTS if intent_rank(word, len(policy.levels)) == place), "")
    return Phrase("policy_level_intent", {"level": policy.levels[place], "intent": word})


def _measure_in_words(policy: TierPolicy, cut_offs: CutOffs) -> list[Phrase]:
    from crmdesk.words.policies import indicator_name

    if policy.scale == "points":
        parts = _(", ").join(indicator_name(part.indicator) for part in policy.parts)
        return [Phrase("policy_by_points", {"parts": parts}), _window_in_words(policy)]
    profit = Phrase("policy_measure_profit", {"margin_share": round(cut_offs.margin, 4)})
    told = [profit if cut_offs.measure == "profit" else Phrase("policy_measure_total"), _window_in_words(policy)]
    if policy.returns == "ignore":
        told.append(Phrase("policy_returns"))
    if cut_offs.buyers < PARETO_FROM:
        return told
    best = {
        "best_share": cut_offs.share_of_best_fifth,
        "count": cut_offs.buyers_for_80,
        "buyers": cut_offs.buyers,
    }
    return [*told, Phrase("policy_pareto", best)]


def _window_in_words(policy: TierPolicy) -> Phrase:
    return Phrase("policy_window", {"window": policy.window}) if policy.window else Phrase("policy_window_all")


def _care_in_words(policy: TierPolicy) -> list[Phrase]:
    """How the levels are treated: how often they are contacted, and the user's own lines."""
    from crmdesk.domain.cadence import steps_of

    steps = zip(policy.levels, steps_of(policy.cadence, len(policy.levels)), strict=True)
    paces = _(", ").join(_("{level} every {days} days").format(level=level, days=days) for level, days in steps)
    lines = zip(policy.levels, policy.playbook, strict=False)  # none are written to begin with
    own = [Phrase("policy_playbook", {"level": level, "told": told}) for level, told in lines if told]
    return [Phrase("policy_cadence", {"told": paces}), *own]


def _limits_in_words(policy: TierPolicy) -> list[Phrase]:
    from crmdesk.words.policies import exclusion_name

    last = len(policy.levels) - 1
    caps = {"new": policy.new_cap, "quiet": policy.quiet_cap, "lost": policy.lost_cap, "excluded": policy.excluded_cap}
    told = [Phrase(f"policy_cap_{name}", {"level": policy.levels[min(cap, last)]}) for name, cap in caps.items() if cap]
    if policy.potential:
        told.append(Phrase("policy_lifted", {"count": policy.potential}))
    names = [exclusion_name(one.code) for one in policy.exclusions if one.on]
    if names:
        told.append(Phrase("policy_exclusions", {"names": _(", ").join(names)}))
    steady = policy.steady
    if steady.band or steady.least_stay:
        told.append(Phrase("policy_steady", {"band_share": steady.band, "days": steady.least_stay}))
    return told
