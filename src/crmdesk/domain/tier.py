"""Tiers by a policy: a score against frozen cut-offs, capped by stage and exclusions, held steady, with its reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from crmdesk.domain.indicators import Ground
from crmdesk.domain.lifecycle import STAGES, Stages
from crmdesk.domain.purchases import Flags, Ints
from crmdesk.domain.reasons import ReasonColumns
from crmdesk.domain.stage import Stage
from crmdesk.domain.tier_cut_offs import CutOffs
from crmdesk.domain.tier_exclusion import failed, verdicts
from crmdesk.domain.tier_facts import FactsOf, no_facts
from crmdesk.domain.tier_hold import Anchored, Anchors, Ranks, anchored, held, ranks_by
from crmdesk.domain.tier_policy import Steadiness, TierPolicy
from crmdesk.domain.tier_reasons import Findings, reasons_of
from crmdesk.domain.tier_score import lifted, score

NO_RANK: Final = -1
FIRM_FROM: Final = 8  # buyers; of fewer each new one is a different shop, and yesterday's level says nothing


@dataclass(frozen=True)
class Tiers:
    """One entry per buyer: the level's position (-1: none), why, and whether it is a key account.

    `blocked` is the place in `findings.codes` of the first exclusion that keeps somebody of the best level, or on the
    way to it, from being one; -1 for none.
    """

    rank: Ints
    reasons: ReasonColumns
    key: Flags
    findings: Findings
    blocked: Ints


@dataclass(frozen=True)
class Rules:
    """What customers are judged by: the policy, its frozen cut-offs, where they stand, and the day it is."""

    policy: TierPolicy
    cut_offs: CutOffs
    anchors: Anchors
    today: int
    facts_of: FactsOf = no_facts

    @property
    def steady(self) -> Steadiness:
        """The policy's steadiness; none while relative limits rest on so few buyers that each purchase moves them."""
        firm = self.policy.cut == "limits" or self.cut_offs.buyers >= FIRM_FROM
        return self.policy.steady if firm else Steadiness(0.0, 0, 0)


def judge(ground: Ground, stages: Stages, rules: Rules) -> Tiers:
    """The level of each buyer and its reason. The ground needs no facts but those that its score goes by."""
    policy, cut_offs = rules.policy, rules.cut_offs
    based = replace(ground, window=policy.window, margin=cut_offs.margin)
    if not policy.has_levels:
        return _no_levels(based)
    values, known = score(based, policy, cut_offs.measure, cut_offs.edges)
    last = len(policy.levels) - 1
    lift = lifted(based, policy)
    ranks = _all_ranks(values, rules)
    lift = np.where(ranks.bare > 0, lift, 0)
    ranks = Ranks(*(np.maximum(one - lift, 0) for one in (ranks.bare, ranks.strict, ranks.lenient, ranks.far)))
    stage_cap = _caps(stages.stage, policy)
    anchor = anchored(rules.anchors, based.buyers.ids)
    blocked, codes, key = _excluded(based, ranks, known, anchor, rules)
    cap = np.where(blocked >= 0, np.maximum(stage_cap, min(policy.excluded_cap, last)), stage_cap)
    steady, kept = held(ranks, cap, anchor, rules.today, rules.steady)
    rank = np.where(known, steady, NO_RANK)
    findings = Findings(
        score=values,
        known=known,
        bare=np.maximum(ranks.bare, 0),
        stage=stages.stage,
        stage_holds=known & (ranks.bare < stage_cap) & (stage_cap >= cap),
        pause=stages.pause,
        lift=lift,
        blocked=np.where((blocked >= 0) & (cap > stage_cap) & (ranks.bare < cap), blocked, -1),
        codes=codes,
        kept=kept & known,
        rank=rank,
    )
    kept_off = np.where((rank == 0) | (findings.blocked >= 0), blocked, -1)  # of the others nobody would ask
    return Tiers(rank, reasons_of(based, findings, policy, cut_offs), key & (rank == 0), findings, kept_off)


def _all_ranks(values: Ints, rules: Rules) -> Ranks:
    if rules.policy.scale == "intent":
        last = len(rules.policy.levels) - 1
        middle = min(max(last // 2, 1), last)
        places = np.array((0, last, middle, 0), np.int64)[values]  # 3 high, 2 medium, 1 low
        return Ranks(places, places, places, places)
    return ranks_by(values, rules.cut_offs.values, rules.steady.band)


def _excluded(
    ground: Ground, ranks: Ranks, known: Flags, anchor: Anchored, rules: Rules
) -> tuple[Ints, tuple[str, ...], Flags]:
    """The first exclusion that each buyer fails (-1: none), their codes, and who passes them all.

    Only who could stand on the best level is looked at: of the others nobody asks.
    """
    size = len(known)
    blocked, key = np.full(size, -1, np.int64), np.zeros(size, np.bool_)
    candidates = known & (ranks.lenient == 0)
    candidates |= known & (anchor.rank == 0)
    if not np.any(candidates) or not any(one.on for one in rules.policy.exclusions):
        return blocked, (), candidates & False
    few = ground.buyers.of(candidates)
    found = verdicts(
        replace(ground, buyers=few, facts=rules.facts_of(few.ids)), rules.policy, rules.cut_offs.usual_order
    )
    first = failed(found, len(few))
    blocked[candidates] = first
    key[candidates] = first < 0
    return blocked, tuple(found), key


def _caps(stage: Ints, policy: TierPolicy) -> Ints:
    last = len(policy.levels) - 1
    caps = np.zeros(len(STAGES), np.int64)
    caps[STAGES.index(Stage.NEW)] = min(policy.new_cap, last)
    caps[STAGES.index(Stage.DORMANT)] = min(policy.quiet_cap, last)
    caps[STAGES.index(Stage.LOST)] = min(policy.lost_cap, last)
    return caps[stage] if policy.scale != "intent" else np.zeros(len(stage), np.int64)


def _no_levels(ground: Ground) -> Tiers:
    size = len(ground.buyers)
    none, nobody = np.full(size, NO_RANK, np.int64), np.zeros(size, np.bool_)
    zeros = np.zeros(size, np.int64)
    reasons = ReasonColumns(size, {})
    reasons.say("tier_none_by_choice", ~nobody)
    return Tiers(
        none, reasons, nobody, Findings(zeros, nobody, zeros, zeros, nobody, zeros, zeros, none, (), nobody, none), none
    )
