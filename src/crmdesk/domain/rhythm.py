"""The customer's own usual interval between purchases, and how long a pause must be to mean something.

Intervals are judged as logarithms: a pause of twice the usual weighs the same for a weekly and for a yearly buyer.
Of a customer with few purchases little is known, so it is judged by its own intervals and by what the shop's other
customers do, each with the weight of its evidence; a pause is never taken for silence sooner than its own allows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from crmdesk.domain.lifecycle_calendar import QuietDays, quiet_between, quiet_days
from crmdesk.domain.purchases import Floats, Ints, Purchases

NONE, FEW, FAIR, HIGH = 0, 1, 2, 3
CONFIDENCE: Final = ("", "few", "fair", "high")

_ENOUGH_GAPS: Final = 5  # of these on, a regular rhythm is known with high confidence
_REGULAR: Final = 0.5  # spread of the logarithms up to which a rhythm counts as regular
_SPREAD_WEIGHT: Final = 4.0  # the pooled spread weighs as much as so many gaps of the customer's own
_ROBUST: Final = 1.4826  # median deviation to standard deviation
_LIMITS: Final = (0.15, 1.2)  # no rhythm is surer or vaguer than this
# In spreads of the logarithm: five of six pauses end before the first, nineteen of twenty before the second.
_QUIET_AT: Final = 1.0
_LOST_AT: Final = 1.65
SOONEST_LOST: Final = 28  # days beyond the usual: a daily customer who is away for three weeks is on holiday
_POSITION_BITS: Final = 32
_MICRO: Final = 1_000_000  # logarithms as ints, so that one sort orders owner and value


@dataclass(frozen=True)
class Prior:
    """What is known of the shop's repeat intervals: the usual one, how customers differ, how one customer varies.

    `usual` in days; `between` and `within` are spreads of logarithms; `customers` is how many stand behind it;
    `quiet` are the times in which the whole group bought nothing, which are nobody's silence.
    """

    usual: float = 90.0
    between: float = 0.8
    within: float = 0.6
    customers: int = 0
    quiet: QuietDays = ()


@dataclass(frozen=True)
class Rhythm:
    """One entry per buyer: usual interval in days (NaN: none yet), the pauses after which it is quiet or lost.

    `spread` is how far its logarithms are believed to lie from the usual one.
    """

    usual: Floats
    spread: Floats
    quiet_after: Floats
    lost_after: Floats
    confidence: Ints


def learn_prior(buyers: Purchases, as_of: int | None = None) -> Prior:
    """The shop's repeat intervals, held near a cautious guess while few customers came back, and its quiet times.

    `as_of` (an ordinal) also takes a quiet time that has not ended yet; None looks between purchases only.
    """
    start = Prior()
    gaps, owner, counts = _gaps(buyers)
    centre, spread = _centre_and_spread(gaps, owner, counts)
    repeats = counts >= 1
    known = int(np.count_nonzero(repeats))
    if not known:
        return replace(start, quiet=quiet_days(buyers, as_of))
    middle = float(np.median(centre[repeats]))
    # The cautious guess weighs as much as five customers who came back.
    usual = float(np.exp((known * middle + 5 * np.log(start.usual)) / (known + 5)))
    between = _ROBUST * float(np.median(np.abs(centre[repeats] - middle)))
    steady = counts >= 3
    within = float(np.median(spread[steady])) if np.any(steady) else start.within
    return Prior(
        usual,
        _towards(between, start.between, known, 5),
        _towards(within, start.within, int(np.count_nonzero(steady)), 5),
        known,
        quiet_days(buyers, as_of),
    )


def rhythms(buyers: Purchases, prior: Prior) -> Rhythm:
    """The rhythm of every buyer, judged against the shop's."""
    gaps, owner, counts = _gaps(buyers)
    centre, own_spread = _centre_and_spread(gaps, owner, counts)
    centre, counts = _with_given(buyers, centre, counts)
    within = np.sqrt((counts * own_spread**2 + _SPREAD_WEIGHT * prior.within**2) / (counts + _SPREAD_WEIGHT))
    mine, shops = counts / within**2, 1 / prior.between**2
    believed = (mine * np.where(counts > 0, centre, 0.0) + shops * np.log(prior.usual)) / (mine + shops)
    sure = np.clip(np.sqrt(within**2 + 1 / (mine + shops)), *_LIMITS)
    base = np.where(counts > 0, np.maximum(centre, believed), believed)
    usual = np.exp(base)
    # The multiples and days are floors: a weekly buyer who is two days late means nothing by it.
    return Rhythm(
        usual=np.where(counts > 0, np.exp(centre), np.nan),
        spread=sure,
        quiet_after=np.maximum.reduce([usual * np.exp(_QUIET_AT * sure), usual * 1.5, usual + 7]),
        lost_after=np.maximum.reduce([usual * np.exp(_LOST_AT * sure), usual * 3, usual + SOONEST_LOST]),
        confidence=_confidence(buyers, counts, own_spread),
    )


def before_pause(buyers: Purchases, position: Ints) -> Purchases:
    """The buyers as they were known when a pause began: only the days up to the gap at `position` (per buyer)."""
    return replace(buyers, day_count=np.minimum(buyers.day_count, position + 1))


def pauses(buyers: Purchases, recent: int | None = None) -> tuple[Ints, Ints]:
    """Each buyer's longest pause (days, 0 without any) and its position; `recent` looks at the last so many only."""
    gaps, owner, counts = _gaps(buyers)
    first = np.cumsum(counts) - counts
    position = np.arange(len(gaps)) - first[owner]
    if recent is not None:
        late = position >= (counts - recent)[owner]
        gaps, owner, position = gaps[late], owner[late], position[late]
    longest = np.zeros(len(buyers), np.int64)
    where = np.zeros(len(buyers), np.int64)
    if not len(owner):
        return longest, where
    # One number for length and position, so that the largest of each owner is found without sorting.
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    most = np.maximum.reduceat((gaps << _POSITION_BITS) | position, starts)
    longest[owner[starts]] = most >> _POSITION_BITS
    where[owner[starts]] = most & ((1 << _POSITION_BITS) - 1)
    return longest, where


def longer_pauses(buyers: Purchases, limit: Floats, quiet: QuietDays) -> tuple[Ints, Ints]:
    """How many of each buyer's pauses were longer than its limit in days, and the longest of them (0 without any).

    The group's quiet days do not count towards the limit; the longest is told in days of the calendar.
    """
    gaps, owner, counts = _gaps(buyers)
    if not len(owner):
        return counts, counts
    ends = buyers.days[buyers.starts[owner] + np.arange(len(owner)) - (np.cumsum(counts) - counts)[owner] + 1]
    long = gaps - quiet_between(quiet, ends - gaps, ends) > limit[owner]
    longest = np.zeros(len(buyers), np.int64)
    np.maximum.at(longest, owner[long], gaps[long])
    return np.bincount(owner[long], minlength=len(buyers)).astype(np.int64), longest


def _gaps(buyers: Purchases) -> tuple[Ints, Ints, Ints]:
    """All intervals in days, whose they are, and how many each buyer has."""
    counts = np.where(buyers.estimated, 0, np.maximum(buyers.day_count - 1, 0))
    owner = np.repeat(np.arange(len(buyers)), counts)
    position = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
    at = buyers.starts[owner] + position
    gaps = buyers.days[at + 1] - buyers.days[at] if len(owner) else np.zeros(0, np.int64)
    return gaps, owner, counts


def _centre_and_spread(gaps: Ints, owner: Ints, counts: Ints) -> tuple[Floats, Floats]:
    """The median of each buyer's logarithms and how far they lie from it, robust against single odd gaps."""
    logs = np.log(np.maximum(gaps, 1))
    centre = _medians(logs, owner, counts)
    return centre, _ROBUST * _medians(np.abs(logs - centre[owner]), owner, counts)


def _medians(values: Floats, owner: Ints, counts: Ints) -> Floats:
    """The median of each owner's values, 0 where it has none."""
    result = np.zeros(len(counts))
    has = counts > 0
    if not np.any(has):
        return result
    keys = np.sort((owner << 32) + np.rint(values * _MICRO).astype(np.int64))
    ordered = (keys & 0xFFFFFFFF) / _MICRO
    first = (np.cumsum(counts) - counts)[has]
    size = counts[has]
    result[has] = (ordered[first + (size - 1) // 2] + ordered[first + size // 2]) / 2
    return result


def _with_given(buyers: Purchases, centre: Floats, counts: Ints) -> tuple[Floats, Ints]:
    """Who is known by totals has one average interval where first day, last day and count are known."""
    span = buyers.last - buyers.first
    usable = buyers.estimated & (buyers.day_count >= 2) & (span > 0)
    average = np.log(np.maximum(span / np.maximum(buyers.day_count - 1, 1), 1.0))
    return np.where(usable, average, centre), np.where(usable, 1, counts)


def _confidence(buyers: Purchases, counts: Ints, spread: Floats) -> Ints:
    sure = np.where((counts >= _ENOUGH_GAPS) & (spread <= _REGULAR), HIGH, FAIR)
    return np.where(buyers.day_count <= 0, NONE, np.where((counts < 2) | buyers.estimated, FEW, sure)).astype(np.int64)


def _towards(found: float, guess: float, evidence: int, weight: int) -> float:
    value = (evidence * found + weight * guess) / (evidence + weight)
    return min(max(value, _LIMITS[0]), _LIMITS[1])
