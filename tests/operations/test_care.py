"""Whose birthday comes, by either calendar; festivals; years with us."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

from crmdesk.clock import Clock
from crmdesk.domain.customer import Customer
from crmdesk.i18n import language
from crmdesk.operations import care, customers, follow_ups
from crmdesk.storage.database import Database, create_database
from crmdesk.words.greetings import care_text, greeting


def add(db: Database, name: str, birthday: str, calendar: str = "solar") -> int:
    changes = customers.add_customer(db, Customer(name=name, birthday=birthday, birthday_calendar=calendar))
    assert changes.new_id is not None
    return changes.new_id


def test_birthdays_of_both_calendars_come_in_their_order(database: Database) -> None:
    add(database, "王姐", "1985-11-25")
    add(database, "老李", "1970-10-15", "lunar")  # 2026-11-23
    add(database, "小赵", "1990-12-24")
    add(database, "无名", "")
    found = care.care_days(database)
    assert [(day.name, day.on, day.calendar) for day in found] == [
        ("老李", date(2026, 11, 23), "lunar"),
        ("王姐", date(2026, 11, 25), "solar"),
    ]


def test_whom_the_user_stopped_following_nobody_greets(database: Database) -> None:
    one = add(database, "王姐", "1985-11-25")
    follow_ups.stop_following(database, [one])
    assert care.care_days(database) == ()


def test_a_festival_is_everybodys_and_only_where_there_is_anybody(tmp_path: Path) -> None:
    with closing(create_database(tmp_path / "中秋.crmdesk", Clock(date(2026, 9, 22)))) as db:
        assert care.care_days(db) == ()
        add(db, "王姐", "1985-09-23")
        found = care.care_days(db)
        assert [(day.kind, day.name, day.on) for day in found] == [
            ("birthday", "王姐", date(2026, 9, 23)),
            ("festival", "mid_autumn", date(2026, 9, 25)),
        ]
        assert [greeting(day) for day in found] == ["王姐，生日快乐，身体健康，万事顺意", "中秋快乐，阖家团圆"]


def test_years_with_us_are_told_of_those_who_still_come(database: Database, fill: Callable[..., list[int]]) -> None:
    regular = [(age, 500) for age in range(3, 363, 30)]
    fill(database, [("早的", "", [(700, 500)]), ("王姐", "", [(363, 800), *regular]), ("走了的", "", [(363, 900)])])
    [day] = care.care_days(database)
    assert (day.name, day.kind, day.years, day.on) == ("王姐", "anniversary", 1, date(2026, 11, 24))
    assert care_text(day) == "合作满 1 年"
    with language("en"):
        assert care_text(day) == "1 year with us"
        assert greeting(day) == "王姐, it is 1 year now that you buy from us. Thank you for that"
        assert care_text(replace(day, years=11)) == "11 years with us"
