"""`crmdesk tiers`: the levels with customers and money, who moved and why, whether attention is fair."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

from crmdesk.cli import as_json
from crmdesk.cli.as_json import Json, print_json
from crmdesk.cli.opened import opened
from crmdesk.clock import Clock
from crmdesk.i18n import _
from crmdesk.operations import fairness, tiers
from crmdesk.progress import Progress
from crmdesk.words import formats
from crmdesk.words.fairness import after_told, attention_told, star_told
from crmdesk.words.labels import label
from crmdesk.words.phrases import say

if TYPE_CHECKING:
    from crmdesk.domain.fairness import Fairness, Feed
    from crmdesk.domain.insight import TierSummary
    from crmdesk.domain.passport import TierMove


def print_tiers(options: Namespace, clock: Clock) -> int:
    """`crmdesk tiers`: work everything out again and print it; with `--changes` or `--attention` only look.

    JSON: `as_of`, `policy` (sentences), `tiers` ({tier, customers, money, share}), `without_tier`, `stages`,
    `spread` (null below 20 buyers, else `buyers`, `buyers_for_80`, `share_of_best_fifth`).
    With `--changes`: `since`, `tiers` and `stages` ({customer, customer_name, on, old, new, reason, money}).
    With `--attention`: `as_of`, `levels`, `after_moves`, `rising`, `floor_broken` (ids) as in `domain.fairness`,
    money as decimal strings.
    """
    if options.changes is not None:
        return _print_changes(options, clock)
    if options.attention:
        return _print_attention(options, clock)
    with opened(options.file, clock) as db:
        tiers.recompute(db, options.as_of, Progress())
        summary = tiers.tier_summary(db)
    if options.json:
        print_json(_summary_json(summary))
        return 0
    print(_("As of {day}").format(day=summary.as_of))
    for row in summary.levels:
        print(f"{row.tier}\t{row.customers}\t{formats.money(row.money)}\t{formats.percent(row.share)}")
    print(f"{_('No tier')}\t{summary.without_tier}")
    for stage, count in summary.stages.items():
        print(f"{label('stage', stage)}\t{count}")
    print("\n".join(say(phrase) for phrase in summary.policy))
    return 0


def move_json(move: TierMove) -> Json:
    """A change of tier or stage; null for none."""
    return {
        "customer": str(move.customer_id),
        "customer_name": move.name or None,
        "on": move.on.isoformat(),
        "old": move.old or None,
        "new": move.new or None,
        "reason": say(move.reason),
        "money": as_json.money(move.money),
    }


def _summary_json(summary: TierSummary) -> Json:
    return {
        "as_of": summary.as_of.isoformat(),
        "policy": [say(phrase) for phrase in summary.policy],
        "tiers": [
            {
                "tier": row.tier,
                "customers": row.customers,
                "money": as_json.money(row.money),
                "share": round(row.share, 6),
            }
            for row in summary.levels
        ],
        "without_tier": summary.without_tier,
        "spread": asdict(summary.spread) if summary.spread else None,
        "stages": dict(summary.stages),
    }


def _print_changes(options: Namespace, clock: Clock) -> int:
    with opened(options.file, clock, read_only=True) as db:
        feed: Feed = fairness.changes_since(db, options.changes)
    if options.json:
        print_json(
            {
                "since": feed.since.isoformat(),
                "tiers": [move_json(move) for move in feed.tiers],
                "stages": [move_json(move) for move in feed.stages],
            }
        )
        return 0
    for move in feed.tiers:
        print(f"{move.on}\t{move.name}\t{label('tier', move.old)} → {label('tier', move.new)}\t{say(move.reason)}")
    for move in feed.stages:
        print(f"{move.on}\t{move.name}\t{label('stage', move.old)} → {label('stage', move.new)}\t{say(move.reason)}")
    return 0


def _print_attention(options: Namespace, clock: Clock) -> int:
    with opened(options.file, clock, read_only=True) as db:
        found: Fairness = fairness.fairness(db)
    if options.json:
        print_json(
            {
                "as_of": found.as_of.isoformat(),
                "levels": [
                    {**asdict(one), "tier": one.tier or None, "lost_money": as_json.money(one.lost_money)}
                    for one in found.levels
                ],
                "after_moves": [{**asdict(one), "who": [str(lost) for lost in one.who]} for one in found.after_moves],
                "rising": [
                    {
                        "customer": str(one.customer_id),
                        "customer_name": one.name or None,
                        "tier": one.tier,
                        "now": as_json.money(one.now),
                        "before": as_json.money(one.before),
                        "days_since_contact": one.days,
                    }
                    for one in found.rising
                ],
                "floor_broken": [str(customer) for customer in found.floor_broken],
            }
        )
        return 0
    levels = [attention_told(one) for one in found.levels if one.customers]
    moved = [after_told(one) for one in found.after_moves if one.customers]
    print("\n".join([*levels, *moved, *map(star_told, found.rising)]))
    return 0
