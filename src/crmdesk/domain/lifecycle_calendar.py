"""The group's own calendar: days on which nearly nobody bought, as at 春节, do not count towards anybody's silence.

No holiday is looked up: what counts is what the shop's own purchases show, so it holds for any country and any trade,
and where they show nothing it changes nothing.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from crmdesk.domain.purchases import Flags, Floats, Ints, Purchases

QuietDays = tuple[int, ...]  # first and last ordinal of each quiet time, one pair after the other, ascending

_FROM_BUYERS: Final = 20  # as for all that is measured over the whole group
_WEEK: Final = 7
_WEEKS_AROUND: Final = 13  # on either side: what is usual changes over the year
_LEAST_WEEKS: Final = 13
_MOST_YEARS: Final = 6  # older days are in nobody's silence
_LOW: Final = 0.2  # of the usual purchases: a few still buy at 春节
_SHORTEST: Final = 5  # days; less is a weekend
_EXPECTED: Final = 12.0  # purchases that would have come: by chance alone none of so many comes in 1 of 160,000 times
_A_YEAR: Final = 4  # 春节, 国庆 and two more; what comes oftener is how the shop sells
_UNUSUAL: Final = 2.0  # unless it is so many times as long as that
_LONGEST_NOW: Final = 45  # days up to today: whoever has sold nothing for longer has no holiday


def quiet_days(buyers: Purchases, as_of: int | None = None) -> QuietDays:
    """The times in which the group was quiet, up to `as_of` (an ordinal; None: up to the last purchase of anybody)."""
    days = buyers.days
    if len(buyers) < _FROM_BUYERS or not len(days):
        return ()
    last = int(days.max()) if as_of is None else as_of
    first = max(int(days.min()), last - _MOST_YEARS * 366)
    size = (last - first + 1) // _WEEK * _WEEK  # whole weeks, ending today
    if size < _LEAST_WEEKS * _WEEK:
        return ()
    first = last - size + 1
    counts = np.bincount(days[(days >= first) & (days <= last)] - first, minlength=size)
    rate = _usual(counts)
    starts, ends = _runs((counts <= _LOW * rate) & (rate > 0))
    length = ends - starts
    expected = np.concatenate([[0.0], np.cumsum(rate)])
    fit = (length >= _SHORTEST) & (expected[ends] - expected[starts] >= _EXPECTED)
    if np.count_nonzero(fit) > 1 + _A_YEAR * size / 365:
        fit &= length >= _UNUSUAL * float(np.median(length[fit]))
    fit &= (ends < size) | (length <= _LONGEST_NOW)
    pairs = np.column_stack([starts[fit] + first, ends[fit] - 1 + first])
    return tuple(pairs.ravel().tolist())


def quiet_between(quiet: QuietDays, after: Ints, until: Ints | int) -> Ints:
    """How many of the group's quiet days lie after a day, up to and with another; one entry a customer."""
    if not quiet:
        return np.zeros(len(after), np.int64)
    firsts, lasts = np.array(quiet[::2], np.int64), np.array(quiet[1::2], np.int64)
    return _until(firsts, lasts, np.broadcast_to(until, after.shape)) - _until(firsts, lasts, after)


def _until(firsts: Ints, lasts: Ints, day: Ints) -> Ints:
    """The quiet days up to and with a day."""
    length = lasts - firsts + 1
    before = np.cumsum(length) - length
    at = np.maximum(np.searchsorted(firsts, day, side="right") - 1, 0)
    return np.asarray(before[at] + np.clip(day - firsts[at] + 1, 0, length[at]))


def _usual(counts: Ints) -> Floats:
    """The usual purchases of each day: a seventh of the median week around it."""
    weeks = counts.reshape(-1, _WEEK).sum(axis=1)
    # Mirrored at the ends, so that a holiday at the very end is not what is usual there.
    padded = np.pad(weeks, _WEEKS_AROUND, mode="symmetric")
    middle = np.median(np.lib.stride_tricks.sliding_window_view(padded, 2 * _WEEKS_AROUND + 1), axis=1)
    return np.repeat(middle / _WEEK, _WEEK)


def _runs(low: Flags) -> tuple[Ints, Ints]:
    """Where low days begin, and the first day after each of the times."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], low, [False]]).astype(np.int8)))
    return edges[::2], edges[1::2]
