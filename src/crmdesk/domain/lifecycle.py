"""The stage of a customer's life with us, by its own rhythm and never by one fixed limit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from crmdesk.domain.lifecycle_calendar import quiet_between
from crmdesk.domain.purchases import EPOCH, NO_DAY, Flags, Ints, Purchases
from crmdesk.domain.reasons import Column, ReasonColumns
from crmdesk.domain.rhythm import FEW, HIGH, SOONEST_LOST, Prior, Rhythm, before_pause, longer_pauses, pauses, rhythms
from crmdesk.domain.stage import Stage

STAGES: Final = tuple(Stage)

_LOYAL_DAYS: Final = 10  # purchase days that make a loyal customer even without a regular rhythm
_LOYAL_TENURE: Final = 180  # days with us, so that ten purchases in two weeks are no loyalty yet
_RETURN_PURCHASES: Final = 2  # so many purchase days after a long pause a customer counts as won back
_TALK_WORDS: Final = (
    "洽谈",
    "跟进",
    "意向",
    "谈判",
    "在谈",
    "报价",
    "试用",
    "样品",
    "talk",
    "negotiat",
    "quot",
    "qualified",
)
# 未报价 and "not qualified" say the opposite.
_NOT_WORDS: Final = ("未", "没", "无", "不", "not ", "no ", "un")


@dataclass(frozen=True)
class Stages:
    """One entry per buyer: the position in STAGES, why, and how sure (positions in rhythm.CONFIDENCE)."""

    stage: Ints
    reasons: ReasonColumns
    confidence: Ints
    rhythm_days: Ints  # 0: none yet
    pause: Ints  # days since the last purchase, 0 where no day is known


@dataclass(frozen=True)
class _Facts:
    buyers: Purchases
    few: Flags
    once: Flags
    undated: Flags
    quiet: Flags
    lost: Flags
    returned: Flags
    loyal: Flags


def stages_of_buyers(buyers: Purchases, prior: Prior, as_of: int) -> Stages:
    """The stage of everybody who ever bought. `as_of` is an ordinal."""
    rhythm = rhythms(buyers, prior)
    dated = buyers.last != NO_DAY
    since = np.where(dated, np.maximum(as_of - buyers.last, 0), 0)
    silent = since - np.where(dated, quiet_between(prior.quiet, buyers.last, as_of), 0)
    pause, returned_on = _last_return(buyers, prior)
    quiet = dated & (silent > rhythm.quiet_after)
    regular = (rhythm.confidence == HIGH) | ((buyers.day_count >= _LOYAL_DAYS) & ~buyers.estimated)
    facts = _Facts(
        buyers=buyers,
        few=rhythm.confidence <= FEW,
        once=np.isnan(rhythm.usual),
        undated=~dated,
        quiet=quiet & (silent <= rhythm.lost_after),
        lost=dated & (silent > rhythm.lost_after),
        returned=dated & ~quiet & (returned_on != NO_DAY),
        loyal=dated & ~quiet & regular & (as_of - buyers.first >= _LOYAL_TENURE),
    )
    usual = np.nan_to_num(np.rint(rhythm.usual), nan=0.0).astype(np.int64)
    silences, paused = _silences(facts, rhythm, prior, since)
    values: dict[str, Column] = {
        "usual": usual,
        "days": since,
        "count": buyers.day_count,
        "orders": buyers.orders,
        "pause": pause,
        "returned_on": iso_texts(returned_on),
        "others": np.full(len(buyers), round(prior.usual), np.int64),
        **silences,
    }
    reasons = _reasons(facts, paused, ReasonColumns(len(buyers), values), prior)
    return Stages(_stages(facts), reasons, rhythm.confidence, usual, since)


def iso_texts(days: Ints) -> list[str]:
    """The ordinals as ISO days, "" for NO_DAY."""
    known = np.flatnonzero(days != NO_DAY)
    texts: list[str] = np.datetime_as_string((days[known] - EPOCH).astype("datetime64[D]")).tolist()
    if len(known) == len(days):
        return texts
    # Most columns of days are nearly empty, and writing days out is slow.
    result = [""] * len(days)
    for place, text in zip(known.tolist(), texts, strict=True):
        result[place] = text
    return result


def talks_in_words(status: str) -> bool:
    """Whether a sheet's own status word says that one is talking with the customer."""
    word = status.casefold()
    return any(part in word for part in _TALK_WORDS) and not any(part in word for part in _NOT_WORDS)


def _last_return(buyers: Purchases, prior: Prior) -> tuple[Ints, Ints]:
    """The pause after which a lost customer came back lately, and the day of the return (NO_DAY: no such pause)."""
    pause, position = pauses(buyers, recent=_RETURN_PURCHASES)
    returned_on = np.full(len(buyers), NO_DAY, np.int64)
    # Nobody is lost sooner: of the others nothing need be worked out.
    may_be = (pause > SOONEST_LOST) & ~buyers.estimated
    long = np.flatnonzero(may_be)
    some, at = buyers.of(may_be), position[long]
    # Judged by what was known when the pause began: it would itself make the rhythm look slow enough for it.
    earlier = rhythms(before_pause(some, at), prior)
    back = some.days[some.starts + at + 1] if len(long) else np.zeros(0, np.int64)
    silent = pause[long] - quiet_between(prior.quiet, back - pause[long], back)
    was_lost = silent > earlier.lost_after
    returned_on[long[was_lost]] = back[was_lost]
    return np.where(returned_on != NO_DAY, pause, 0), returned_on


def _silences(facts: _Facts, rhythm: Rhythm, prior: Prior, since: Ints) -> tuple[dict[str, Column], Flags]:
    """How many times the usual a silence is, when it began to be one, the ones before it; and who had any before."""
    size = len(since)
    silent = facts.quiet | facts.lost
    pauses_before, longest, began = (np.zeros(size, np.int64) for _ in range(3))
    # Of the others nothing of it is told.
    few, limit = facts.buyers.of(silent), rhythm.quiet_after[silent]
    pauses_before[silent], longest[silent] = longer_pauses(few, limit, prior.quiet)
    expected = few.last + np.floor(limit).astype(np.int64) + 1
    for _ in range(2):  # the days that are put off by a quiet time may reach into the next
        late = quiet_between(prior.quiet, few.last, expected)
        expected = few.last + np.floor(limit).astype(np.int64) + 1 + late
    began[silent] = np.minimum(expected, few.last + since[silent])
    with np.errstate(divide="ignore", invalid="ignore"):
        times = np.nan_to_num(np.round(since / rhythm.usual, 1), nan=0.0, posinf=0.0)
    told: dict[str, Column] = {
        "times": times,
        "quiet_on": iso_texts(began),
        "pauses": pauses_before,
        "longest": longest,
    }
    return told, pauses_before > 0


def _stages(facts: _Facts) -> Ints:
    # The first that holds wins: silence weighs more than what was before it, a return more than old loyalty.
    choices = [
        (facts.undated, Stage.ACTIVE),
        (facts.lost, Stage.LOST),
        (facts.quiet, Stage.DORMANT),
        (facts.returned, Stage.WON_BACK),
        (facts.loyal, Stage.LOYAL),
        (facts.buyers.day_count <= 1, Stage.NEW),
    ]
    masks = [mask for mask, _ in choices]
    return np.select(masks, [STAGES.index(stage) for _, stage in choices], STAGES.index(Stage.ACTIVE)).astype(np.int64)


def _reasons(facts: _Facts, paused: Flags, reasons: ReasonColumns, prior: Prior) -> ReasonColumns:
    stage = _stages(facts)
    single = facts.once & (facts.buyers.day_count <= 1)
    unknown_rhythm = facts.once & ~single  # known by a sheet's totals, without the days
    reasons.say("stage_undated", facts.undated, "orders")
    for code in (Stage.LOST, Stage.DORMANT, Stage.ACTIVE):
        here = (stage == STAGES.index(code)) & ~facts.undated
        name = f"stage_{code}"
        known = here & ~facts.once & ~facts.few
        if code == Stage.ACTIVE:
            reasons.say(name, known, "usual", "days")
        else:
            reasons.say(name, known & ~paused, "usual", "days", "times", "quiet_on")
            reasons.say(f"{name}_paused", known & paused, "usual", "days", "times", "quiet_on", "pauses", "longest")
        reasons.say(f"{name}_few", here & ~facts.once & facts.few, "usual", "days")
        if prior.customers:
            reasons.say(f"{name}_once", here & single, "days", "others")
            reasons.say(f"{name}_sum", here & unknown_rhythm, "count", "days", "others")
        else:
            reasons.say(f"{name}_alone", here & facts.once, "days")
    reasons.say("stage_won_back", stage == STAGES.index(Stage.WON_BACK), "pause", "returned_on")
    reasons.say("stage_loyal", stage == STAGES.index(Stage.LOYAL), "count", "usual", "days")
    reasons.say("stage_new", stage == STAGES.index(Stage.NEW), "days")
    return reasons
