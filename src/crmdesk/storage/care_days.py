"""The birthdays that are kept, on the raw driver."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw


def birthdays(raw: Raw, keys: Iterable[str]) -> list[tuple[int, str, str, str, str]]:
    """Id, name, salutation, birthday and calendar of those born on one of these "MM-DD", and still followed."""
    from crmdesk.storage.batches import IN_LIST, text_list

    born = f"birthday <> '' AND substr(birthday, -5) {IN_LIST}"
    called = "CASE WHEN name = '' THEN code ELSE name END"
    question = f"SELECT id, {called}, salutation, birthday, birthday_calendar FROM customers WHERE {born}"  # noqa: S608
    found: list[tuple[int, str, str, str, str]] = raw.execute(
        f"{question} AND stopped_on IS NULL", (text_list(keys),)
    ).fetchall()
    return found
