"""Today: what was promised, then a few contacts with their reasons; the rest waits, and nothing piles up."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

from crmdesk.clock import Clock
from crmdesk.domain.customer import Customer, Point
from crmdesk.domain.follow_up import FollowUp, Origin
from crmdesk.domain.interaction import Interaction
from crmdesk.domain.order import Order
from crmdesk.domain.tier_policy import TierPolicy
from crmdesk.operations import listing, today
from crmdesk.operations.customers import add_customer
from crmdesk.operations.files import daily_run, open_file
from crmdesk.operations.follow_ups import add_follow_up, complete, list_follow_ups, stop_following
from crmdesk.operations.history import logical_dump
from crmdesk.operations.interactions import log_interaction
from crmdesk.operations.orders import add_order
from crmdesk.operations.tiers import apply_policy, recompute
from crmdesk.storage.database import Database
from crmdesk.words.phrases import say
from crmdesk.words.summary import day_summary_text

TODAY = date(2026, 11, 22)
YUAN = 10_000


def someone(database: Database, name: str = "王姐超市", *ages: int, amount: int = 3000, **facts: object) -> int:
    customer = add_customer(database, Customer(name=name, **facts)).new_id
    assert customer is not None
    for age in ages:
        add_order(database, Order(customer_id=customer, ordered_on=TODAY - timedelta(days=age), amount=amount * YUAN))
    return customer


def due(database: Database, customer: int, ahead: int = 0, **values: object) -> None:
    add_follow_up(database, FollowUp(customer, TODAY + timedelta(days=ahead), **values))


def quiet(last: int = 81) -> list[int]:
    return [last + 35 * number for number in range(8)]


def test_an_empty_file_has_nothing_to_do(database: Database) -> None:
    assert today.today_plan(database) == today.TodayPlan(TODAY)
    assert not today.plan_ahead(database)


def test_the_window_asks_whether_anything_is_due_without_making_the_plan(database: Database) -> None:
    customer = someone(database, "李总")
    due(database, customer, ahead=1)
    assert not listing.anything_due(database)

    due(database, customer)
    assert listing.anything_due(database)
    assert today.today_plan(database).due

    stop_following(database, [customer])
    assert not listing.anything_due(database)


def test_promises_stand_first_and_name_their_delay(database: Database) -> None:
    customer = someone(database, "李总")
    due(database, customer, ahead=-2, summary="发报价", promise=True, origin=Origin.PROMISE)
    due(database, customer, summary="送样品")
    plan = today.today_plan(database)
    (promised,) = plan.promises
    assert (promised.overdue_days, say(promised.reason)) == (2, "答应过：发报价，过了 2 天")
    assert [say(item.reason) for item in plan.due] == ["今天该办：送样品"]


def test_a_quiet_customer_gets_a_follow_up_with_its_reason(database: Database) -> None:
    customer = someone(database, "王姐超市", *quiet(), points=(Point("phone", "13800138000"), Point("wechat", "wj")))
    someone(database, "常来的", 1, 30, 60)
    log_interaction(database, Interaction(customer, datetime(2026, 6, 24, 9), "visit", "", "说隔壁开了新店"))
    with database.write("later") as step:
        step.raw.execute("UPDATE interactions SET at = '2026-01-24T09:00'")
    assert today.plan_ahead(database)
    (item,) = today.today_plan(database).due
    assert item.customer_id == customer
    assert say(item.reason) == "安静了：通常 35 天，现 81 天，值 ¥3,000/次"
    assert say(item.last_line) == "最近：2026-09-02 ¥3,000 · 2026-01-24 说隔壁开了新店"
    assert say(item.ask) == "可以问：现在从谁家拿货？"
    assert (item.phone, item.wechat, item.worth) == ("13800138000", "wj", 3000 * YUAN)


def test_today_never_shows_what_is_not_in_the_follow_ups(database: Database) -> None:
    someone(database, "王姐超市", *quiet())
    someone(database, "小赵便利店", 4)
    assert today.today_plan(database).due == ()
    today.plan_ahead(database)
    shown = {item.follow_up_id for item in today.today_plan(database).due}
    assert shown == {row.follow_up.id for row in list_follow_ups(database, "today")}
    assert len(shown) == 2


def test_a_new_customer_waits_for_the_second_order(database: Database) -> None:
    someone(database, "小赵便利店", 4)
    today.plan_ahead(database)
    assert [say(item.reason) for item in today.today_plan(database).due] == ["新客，第一单过去 4 天，等第二单"]


def test_a_freshly_imported_list_is_spread_over_weeks(database: Database) -> None:
    for number in range(188):
        someone(database, f"店{number}")
    today.plan_ahead(database)
    days = Counter(row.follow_up.due_on for row in list_follow_ups(database, "open"))
    assert TODAY not in days
    assert len(days) >= 18
    assert max(days.values()) <= 8
    assert all(day.weekday() != 6 for day in days)


def test_the_daily_run_keeps_to_the_users_own_cap(database: Database) -> None:
    for number in range(40):
        someone(database, f"店{number}")
    daily_run(database, cap=1)
    days = Counter(row.follow_up.due_on for row in list_follow_ups(database, "open"))
    assert max(days.values()) == 1


def test_planning_again_adds_nothing_even_after_some_were_done(database: Database) -> None:
    for number in range(20):
        someone(database, f"店{number}", *quiet(), amount=number + 1)
    someone(database, "常来的", 1, 30, 60)
    today.plan_ahead(database)
    assert len(today.today_plan(database).due) == 8
    assert not today.plan_ahead(database)
    done = today.today_plan(database).due[0]
    assert done.follow_up_id is not None
    complete(database, done.follow_up_id, "wait", "再看看")
    today.plan_ahead(database)
    assert len(today.today_plan(database).due) == 7


def test_the_most_valuable_quiet_ones_come_first(database: Database) -> None:
    for number in range(12):
        someone(database, f"店{number}", *quiet(), amount=100 * (number + 1))
    someone(database, "常来的", 1, 30, 60)
    today.plan_ahead(database)
    assert [item.name for item in today.today_plan(database).due] == [f"店{number}" for number in range(11, 3, -1)]


def test_who_is_not_followed_any_more_never_appears(database: Database) -> None:
    customer = someone(database, "王姐超市", *quiet())
    someone(database, "常来的", 1, 30, 60)
    stop_following(database, [customer])
    today.plan_ahead(database)
    assert today.today_plan(database).due == ()


def test_the_rest_is_counted_as_unhurried_and_replanned(database: Database) -> None:
    for number in range(30):
        due(database, someone(database, f"店{number}"), ahead=-number, summary="回访")
    due(database, someone(database, "李总"), ahead=-9, promise=True, summary="发报价")
    plan = today.today_plan(database)
    assert (len(plan.due), plan.unhurried, len(plan.promises)) == (8, 22, 1)
    first = [item.follow_up_id for item in plan.due]
    today.replan(database)
    plan = today.today_plan(database)
    assert (plan.unhurried, len(plan.promises)) == (0, 1)
    assert [item.follow_up_id for item in plan.due] == first
    later = Counter(row.follow_up.due_on for row in list_follow_ups(database, "week"))
    later += Counter(row.follow_up.due_on for row in list_follow_ups(database, "later"))
    assert sum(later.values()) == 22
    assert max(later.values()) <= 8
    assert not today.replan(database)


def test_the_daily_run_plans_and_undo_still_takes_the_whole_step_back(database: Database) -> None:
    before = logical_dump(database)
    someone(database, "小赵便利店", 4)
    daily_run(database)
    assert list_follow_ups(database, "open")
    planned = logical_dump(database)
    database.undo()
    database.undo()
    assert list_follow_ups(database, "open") == []
    assert _without_runs(logical_dump(database)) == _without_runs(before)
    database.redo()
    database.redo()
    assert logical_dump(database) == planned


def _without_runs(dump: str) -> list[str]:
    return [line for line in dump.splitlines() if "policy" not in line and "policies" not in line]


def test_the_days_summary_is_text_to_copy(database: Database) -> None:
    customer = someone(database, "王姐超市", 0)
    for kind, outcome, said in (("call", "interested", "要看新品"), ("visit", "", "送了样品")):
        log_interaction(database, Interaction(customer, datetime(2026, 11, 22, 9), kind, outcome, said))
    due(database, customer, ahead=1, summary="送货", promise=True)
    text = day_summary_text(today.day_summary(database))
    assert text.splitlines()[0] == "2026-11-22 小结"
    assert "成交 1 单，¥3,000" in text
    assert "新客户 1 家" in text
    assert "王姐超市：要看新品" in text
    assert "明天要跟进 1 家" in text
    assert today.today_plan(database).done.counts == {"call": 1, "visit": 1}
    assert today.today_plan(database).done.won_money == 3000 * YUAN


def test_a_day_without_anything_says_so_and_no_more(database: Database) -> None:
    text = day_summary_text(today.day_summary(database, date(2026, 1, 1)))
    assert text == "2026-01-01 小结\n没有记录"


def test_when_a_second_order_is_due_follows_from_when_the_others_came_again(database: Database) -> None:
    for number in range(25):
        someone(database, f"老客{number}", 30, 70 + number)  # they came again after 40 to 64 days
    recompute(database, "today")
    new = someone(database, "新客", 58)
    log_interaction(database, Interaction(new, datetime(2026, 9, 28, 10), "call"))
    due(database, new, origin=Origin.CADENCE)
    [item] = [item for item in today.today_plan(database).due if item.customer_id == new]
    assert say(item.reason) == "等第二单：第一单过去 58 天，会再来的人一半在 52 天内就来了"


def test_today_says_when_the_rules_want_another_look(tmp_path: Path) -> None:
    path, told = tmp_path / "mine.crmdesk", []
    for day in (TODAY, TODAY + timedelta(days=1)):
        database = open_file(path, Clock(day), create=True)
        if day == TODAY:
            apply_policy(database, TierPolicy(window=365, review_on="2026-11-23"))
        told.append(today.today_plan(database).review)
        database.close()
    assert told[0] is None
    assert say(told[1]) == "分级规则该再看一遍了（定的是 2026-11-23）：设置 › 等级规则。"
