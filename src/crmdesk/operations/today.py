"""Today: what was promised, whom to contact and why, what was done, and the plan of the coming weeks.

Today shows nothing that is not in the follow-ups. What rhythm and cadence ask for becomes a follow-up through
`plan_ahead`, a step of the program's own that the daily run takes: at most so many a day, four weeks ahead, the most
valuable first. What the days cannot hold stays unwritten, so nothing piles up.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from crmdesk.domain.attention import DayLine, DaySummary, DoneToday, TodayItem, TodayPlan
from crmdesk.domain.changes import Changes
from crmdesk.domain.contact_wish import CADENCE, OWN, Due, last_line, what_to_ask, why_now, wish_for
from crmdesk.progress import Progress

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

    from crmdesk.domain.phrase import Phrase
    from crmdesk.storage.database import Database
    from crmdesk.storage.today import DueRow

__all__ = [
    "DayLine",
    "DaySummary",
    "DoneToday",
    "TodayItem",
    "TodayPlan",
    "day_summary",
    "plan_ahead",
    "replan",
    "today_plan",
]

DAILY_CAP: Final = 8
PLAN_DAYS: Final = 28
_REPLAN_DAYS: Final = 366


def today_plan(db: Database, cap: int = DAILY_CAP) -> TodayPlan:
    """The plan of the day: promises first, then at most `cap` due follow-ups; the rest is counted as unhurried."""
    from crmdesk.storage import today as rows
    from crmdesk.storage.imports import late_sheet

    day = db.clock.today()
    with db.raw_read() as raw:
        promises, others = _due(raw, day)
        return TodayPlan(
            day=day,
            promises=tuple(_item(raw, row, reason, day) for row, reason in promises),
            due=tuple(_item(raw, row, reason, day) for row, reason in others[:cap]),
            unhurried=max(len(others) - cap, 0),
            done=rows.done_on(raw, day),
            late_sheet=late_sheet(raw, day),
            review=_review(raw, day),
        )


def plan_ahead(db: Database, progress: Progress | None = None, cap: int = DAILY_CAP) -> Changes:
    """Write the contacts that rhythm and cadence ask for into the coming weeks, at most `cap` a day.

    Running it again adds nothing until a day has room. It is not undone: complete, move or 不再跟进 instead.
    """
    from crmdesk.domain.cadence import schedule, working_days
    from crmdesk.operations.offer_reminders import plan_offers
    from crmdesk.operations.plan_steps import plan_steps
    from crmdesk.operations.renewals import plan_renewals
    from crmdesk.storage import today as rows
    from crmdesk.storage.rows import insert_rows

    today = db.clock.today()
    renewed = plan_renewals(db)  # first: who is asked about a contract needs no other reason to be called
    offered, stepped = plan_offers(db), plan_steps(db, cap)
    with db.raw_read() as raw:
        steps = _steps(raw)
        wishes = {one.customer_id: wish_for(one, today, steps) for one in rows.without_follow_up(raw, today)}
        load = rows.load_by_day(raw, today)
    if progress is not None:
        progress.report("planning", 0, len(wishes))
    days = schedule(wishes.values(), load, working_days(today, PLAN_DAYS), cap)
    if not days:
        return _together(stepped, offered, renewed)
    with db.write("plan_ahead", undoable=False, progress=progress, count=len(days)) as step:
        columns = ("id", "customer_id", "due_on", "kind", "origin")
        planned = [(customer, day.isoformat(), "call", str(wishes[customer].origin)) for customer, day in days.items()]
        new_ids = step.new_ids(len(planned))
        insert_rows(step.raw, "follow_ups", columns, ((new, *row) for new, row in zip(new_ids, planned, strict=True)))
    return _together(step.changes, stepped, offered, renewed)


def _together(last: Changes, *before: Changes) -> Changes:
    """The steps of one run of the plan as one signal; the last that wrote anything gives it its name."""
    wrote = [one for one in (last, *before) if one]
    if len(wrote) < 2:
        return wrote[0] if wrote else last
    return wrote[0]._replace(kinds=frozenset().union(*(one.kinds for one in wrote)), customers=None)


def replan(db: Database, per_day: int = DAILY_CAP) -> Changes:
    """Keep today's first ones and spread what is due but unhurried over the days with room. Promises stay."""
    from crmdesk.domain.cadence import Wish, schedule, working_days
    from crmdesk.storage import follow_ups
    from crmdesk.storage import today as rows

    today = db.clock.today()
    with db.raw_read() as raw:
        waiting = [row for row, _ in _due(raw, today)[1][per_day:]]
        load = rows.load_by_day(raw, today)
    tomorrow = today + timedelta(days=1)
    wishes = [Wish(row.follow_up_id, tomorrow, (place, 0), row.origin) for place, row in enumerate(waiting)]
    days = schedule(wishes, load, working_days(today, _REPLAN_DAYS)[1:], max(per_day, 1))
    if not days:
        return Changes()
    with db.write("replan", count=len(days)) as step:
        follow_ups.move(step, days)
    return step.changes


def day_summary(db: Database, day: date | None = None) -> DaySummary:
    """What a day (today) came to; `words.summary.day_summary_text` makes the text to copy."""
    from crmdesk.storage import today as rows

    told = day or db.clock.today()
    with db.raw_read() as raw:
        orders, money = rows.won_on(raw, told)
        return DaySummary(
            day=told,
            counts=rows.done_on(raw, told).counts,
            lines=tuple(rows.lines_on(raw, told)),
            won_orders=orders,
            won_money=money,
            new_customers=rows.count_by_hand(raw, told),
            promises_open=rows.open_on(raw, told, promises_until=True),
            open_tomorrow=rows.open_on(raw, told + timedelta(days=1)),
        )


def _due(raw: Raw, today: date) -> tuple[list[tuple[DueRow, Phrase]], list[tuple[DueRow, Phrase]]]:
    """The promises that are due, then everything else that is, the most urgent first, each with its reason."""
    from crmdesk.storage import today as rows
    from crmdesk.storage.policy import as_of_day

    as_of, steps = as_of_day(raw, today), _steps(raw)
    promises: list[tuple[DueRow, Phrase]] = []
    others: list[tuple[tuple[int, ...], DueRow, Phrase]] = []
    for row in rows.due_rows(raw, today):
        due = Due(row.origin, row.summary, row.promise, (today - row.due_on).days)
        kind, reason = why_now(row.customer, due, as_of, steps)
        if row.promise:
            promises.append((row, reason))
        else:
            others.append((_urgency(row, kind), row, reason))
    others.sort(key=lambda one: one[0])
    return promises, [(row, reason) for _, row, reason in others]


def _urgency(row: DueRow, kind: int) -> tuple[int, ...]:
    rank = 99 if row.customer.tier_rank is None else row.customer.tier_rank
    by_day = row.due_on.toordinal()
    if kind == OWN:
        return kind, by_day, rank, row.follow_up_id
    by_money = rank if kind == CADENCE else -(row.customer.worth or 0)
    return kind, by_money, by_day, row.follow_up_id


def _item(raw: Raw, row: DueRow, reason: Phrase, today: date) -> TodayItem:
    from crmdesk.storage import today as rows

    customer = row.customer
    phone, wechat = rows.reach(raw, customer.customer_id)
    return TodayItem(
        customer_id=customer.customer_id,
        name=row.name,
        tier=row.tier,
        stage=customer.stage,
        reason=reason,
        follow_up_id=row.follow_up_id,
        promise=row.promise,
        overdue_days=max((today - row.due_on).days, 0),
        last_line=last_line(*rows.last_order(raw, customer.customer_id), *rows.last_said(raw, customer.customer_id)),
        worth=customer.worth,
        phone=phone,
        wechat=wechat,
        ask=what_to_ask(customer.stage, row.origin),
        summary=row.summary,
        kind=row.kind,
        due_on=row.due_on,
    )


def _review(raw: Raw, day: date) -> Phrase | None:
    """That it is time to look at the tier rules again, once the day that was set has come."""
    from crmdesk.domain.phrase import Phrase
    from crmdesk.storage.policy import newest_policy

    review_on = newest_policy(raw)[1].review_on
    return Phrase("today_review", {"review_on": review_on}) if review_on and review_on <= day.isoformat() else None


def _steps(raw: Raw) -> tuple[int, ...]:
    """The days between contacts by tier, as the rules in force want them."""
    from crmdesk.domain.cadence import steps_of
    from crmdesk.storage.policy import newest_policy

    policy = newest_policy(raw)[1]
    return steps_of(policy.cadence, len(policy.levels))
