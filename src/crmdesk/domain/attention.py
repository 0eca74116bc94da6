"""Who deserves a contact, and what a day came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from crmdesk.domain.phrase import Phrase


@dataclass(frozen=True, slots=True)
class TodayItem:
    """One line of today's plan: who, why in one sentence, what was last, what to ask.

    `follow_up_id` is the row under it in the follow-ups; `worth` the customer's usual order as int money.
    """

    customer_id: int
    name: str
    tier: str | None
    stage: str
    reason: Phrase
    follow_up_id: int | None
    promise: bool = False
    overdue_days: int = 0
    last_line: Phrase | None = None
    worth: int | None = None
    phone: str = ""
    wechat: str = ""
    ask: Phrase | None = None
    summary: str = ""
    kind: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class DoneToday:
    """What was done so far: interactions by kind, and the int money of the day's orders."""

    counts: Mapping[str, int] = field(default_factory=dict)
    won_money: int = 0


@dataclass(frozen=True)
class TodayPlan:
    """Today: what was promised, whom to contact (at most the cap), how many more can wait, what is done."""

    day: date
    promises: tuple[TodayItem, ...] = ()
    due: tuple[TodayItem, ...] = ()
    unhurried: int = 0
    done: DoneToday = field(default_factory=DoneToday)
    late_sheet: Phrase | None = None  # a sheet that usually comes more often
    review: Phrase | None = None  # the day has come on which the user wanted to look at the tier rules again


@dataclass(frozen=True, slots=True)
class DayLine:
    """One interaction of the day in its summary."""

    customer: str
    kind: str
    outcome: str
    summary: str


@dataclass(frozen=True)
class DaySummary:
    """A day as it is told to the boss: what was done, what it brought, what comes next."""

    day: date
    counts: Mapping[str, int] = field(default_factory=dict)
    lines: tuple[DayLine, ...] = ()
    won_orders: int = 0
    won_money: int = 0
    new_customers: int = 0
    promises_open: int = 0
    open_tomorrow: int = 0
