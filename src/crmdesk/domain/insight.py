"""What it all adds up to: the plain values behind the analysis page, its charts and the tier report."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from crmdesk.domain.phrase import Phrase

PARETO_FROM: Final = 20  # buyers; what is measured over fewer says nothing


@dataclass(frozen=True, slots=True)
class TierRow:
    """One level of the tiers: how many customers it holds, their int money and its share (0 to 1) of all money."""

    tier: str
    customers: int
    money: int
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class StageRow:
    """How many customers stand in a stage."""

    stage: str
    customers: int


@dataclass(frozen=True, slots=True)
class MonthRow:
    """What a month brought: "2026-11", int money and the number of orders."""

    month: str
    money: int
    orders: int = 0


@dataclass(frozen=True, slots=True)
class QuietRow:
    """A customer gone quiet: what it brought so far, the days since its last order and its usual interval."""

    customer_id: int
    name: str
    money: int
    days: int
    usual: int | None = None
    tier: str | None = None


@dataclass(frozen=True, slots=True)
class ParetoPoint:
    """So large a share (0 to 1) of the buyers brings so large a share of the money."""

    customers: float
    money: float


@dataclass(frozen=True, slots=True)
class RfmCell:
    """One cell of the grid: recency and frequency from 1 (worst) to 5 (best), its customers and their int money."""

    recency: int
    frequency: int
    customers: int
    money: int


@dataclass(frozen=True, slots=True)
class CountRow:
    """So many customers share a word: an intent, a region, a source; "" is unknown."""

    value: str
    customers: int


@dataclass(frozen=True)
class Insight:
    """The values of the analysis page; an empty tuple means: the data do not allow it, draw nothing."""

    as_of: date
    has_money: bool
    customers: int = 0
    tiers: tuple[TierRow, ...] = ()
    stages: tuple[StageRow, ...] = ()
    months: tuple[MonthRow, ...] = ()
    quiet: tuple[QuietRow, ...] = ()
    pareto: tuple[ParetoPoint, ...] = ()
    buyers_for_80: int | None = None  # so many buyers bring four fifths
    buyers: int = 0
    rfm_grid: tuple[tuple[RfmCell, ...], ...] = ()  # [5 - recency][frequency - 1]: the best recency on top
    intents: tuple[CountRow, ...] = ()
    regions: tuple[CountRow, ...] = ()
    sources: tuple[CountRow, ...] = ()
    completeness: tuple[CountRow, ...] = ()  # by quarter: "0", "25", "50", "75"


@dataclass(frozen=True, slots=True)
class Spread:
    """How the value spreads, as the run in force found it: over how many buyers, how many of the best bring four
    fifths, and what share (0 to 1) the best fifth brings."""

    buyers: int
    buyers_for_80: int
    share_of_best_fifth: float


@dataclass(frozen=True)
class TierSummary:
    """The tiers as the report and the command line show them; `spread` None before a run, and of few buyers."""

    as_of: date
    is_today: bool
    policy: tuple[Phrase, ...]
    levels: tuple[TierRow, ...]
    stages: dict[str, int] = field(default_factory=dict)
    without_tier: int = 0
    has_money: bool = False
    spread: Spread | None = None
