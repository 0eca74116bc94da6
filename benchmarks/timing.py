"""Times and what they say: the best of several runs, ratios, and how cost grows with size."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One line of the table: what was measured at which size, against what, and the target."""

    work: str
    size: str
    value: str
    against: str
    target: str = ""
    met: bool | None = None

    def __str__(self) -> str:
        verdict = {True: "met", False: "MISSED", None: ""}[self.met]
        return f"{self.work:<34} {self.size:>10} {self.value:>12}  {self.against:<38} {self.target:<14} {verdict}"


def seconds(work: Callable[[], object], runs: int = 3, *, clock: Callable[[], float] = time.perf_counter) -> float:
    """The least time that `work` took, for machines are noisy upwards only; `time.process_time` leaves others out."""
    best = math.inf
    for _run in range(runs):
        began = clock()
        work()
        best = min(best, clock() - began)
    return best


def ratio(work: str, size: str, taken: float, limit: float, against: str, target: float | None = None) -> Row:
    """A ratio of two times, held against its target."""
    value = taken / limit
    told = f"<= {target:g}" if target is not None else ""
    return Row(work, size, f"{value:.2f}", against, told, None if target is None else value <= target)


def milliseconds(work: str, size: str, taken: float, target: float | None = None, against: str = "") -> Row:
    """A time on its own, for targets that a person feels."""
    told = f"<= {target:g} ms" if target is not None else ""
    return Row(work, size, f"{taken * 1000:.1f} ms", against, told, None if target is None else taken * 1000 <= target)


def growth(work: str, sizes: Sequence[int], times: Sequence[float]) -> Row:
    """The exponent of the cost between the smallest and the largest size: 1 is linear, 0 flat."""
    exponent = math.log(times[-1] / times[0]) / math.log(sizes[-1] / sizes[0]) if len(sizes) > 1 else math.nan
    return Row(work, f"{sizes[0]}..{sizes[-1]}", f"{exponent:.2f}", "exponent of the cost over the size")


def percentile(values: Sequence[float], share: float) -> float:
    """The nearest-rank percentile."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, math.ceil(share * len(ordered)) - 1))]
