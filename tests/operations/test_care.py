"""Whose birthday comes, by either calendar."""

from __future__ import annotations

from datetime import date

from crmdesk.domain.customer import Customer
from crmdesk.operations import care, customers, follow_ups
from crmdesk.storage.database import Database


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
