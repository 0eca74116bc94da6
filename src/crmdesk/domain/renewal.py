"""到期和补货: a contract that ends, and what is used up: when to ask about it, before somebody else does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Final

CONTRACT, SUPPLY = "contract", "supply"
NOTICE: Final = {CONTRACT: 30, SUPPLY: 7}  # days before the end at which one asks, unless the user says otherwise
AHEAD_DAYS: Final = 28  # what is asked later than this is not written into the follow-ups yet
PAST_DAYS: Final = 60  # what ended longer ago is nobody's surprise: it is shown, not asked about
# 合同到期日, 会员到期时间, 续费日期, "Contract end". A debt that falls due (欠款到期日) is another thing.
_END_HEADER: Final = re.compile(
    r"(?P<what>合同|协议|合约|服务|会员|会籍|保险|保单|租约|租赁|质保|保修|授权|代理|年费)?"
    r"(?:(?:到期|截止|终止|届满|期满)(?:日期?|时间)?|有效期[至到])|续[费约签](?:日期?|时间)"
    r"|(?:(?:contract|licen[cs]e|subscription|membership|warranty|lease)(?:end|expiry|expiration|expires|renewal)"
    r"|expiry|expiration|renewal)(?:date|day|on)?"
)
LEAST_DAYS: Final = 3  # purchase days of a product: two pauses are the least that shows a habit


@dataclass(frozen=True, slots=True)
class Renewal:
    """What ends: a contract on `ends_on`, or a supply of `name` that lasts `lasts_days` from its last purchase.

    `since_on` stands for the last purchase of what no order names; `asked_for` is the end that a follow-up was made
    for already; `closed_on` the day it was given up.
    """

    customer_id: int
    kind: str = CONTRACT
    name: str = ""
    ends_on: date | None = None
    lasts_days: int | None = None
    since_on: date | None = None
    notice_days: int = NOTICE[CONTRACT]
    asked_for: date | None = None
    closed_on: date | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Habit:
    """How regularly a customer buys one product: the usual days between, and the last purchase."""

    product: str
    usual: int
    last: date

    def late(self, today: date) -> int:
        """Days past the usual day; negative before it."""
        return (today - self.last).days - self.usual


def end_of(renewal: Renewal, last_bought: date | None) -> date | None:
    """The day it ends; None where that cannot be known."""
    if renewal.kind == CONTRACT:
        return renewal.ends_on
    # A purchase written down later than the supply was noted counts; an older one does not make it older.
    from_day = max((day for day in (last_bought, renewal.since_on) if day is not None), default=None)
    if from_day is None or not renewal.lasts_days:
        return None
    return from_day + timedelta(days=renewal.lasts_days)


def ask_on(renewal: Renewal, end: date, today: date) -> date:
    """The day on which to ask: so many days before the end, today at the earliest."""
    return max(end - timedelta(days=renewal.notice_days), today)


def due_for_asking(renewal: Renewal, end: date | None, today: date) -> bool:
    """Whether a follow-up is to be made now: the end comes near, and none was made for this very end."""
    if end is None or renewal.closed_on is not None or renewal.asked_for == end:
        return False
    return today - timedelta(days=PAST_DAYS) <= end <= today + timedelta(days=AHEAD_DAYS + renewal.notice_days)


def habit(product: str, days: Sequence[date]) -> Habit | None:
    """The habit behind a product's purchase days (each once, ascending); None below `LEAST_DAYS` of them."""
    if len(days) < LEAST_DAYS:
        return None
    between = [(after - before).days for before, after in pairwise(days)]
    return Habit(product, max(round(median(between)), 1), days[-1])


def contract_in_header(header: str) -> str | None:
    """What a column of a sheet tells the end of: "" a contract, else its own word (会员); None for any other column."""
    found = _END_HEADER.fullmatch(re.sub(r"[\s_\-:：()（）]", "", header).casefold())
    if found is None:
        return None
    what = found["what"] or ""
    return "" if what == "合同" else what
