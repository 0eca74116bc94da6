"""第一次聊的: what the first talk told, kept in the user's own columns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from crmdesk.domain.changes import Changes
from crmdesk.domain.first_contact import ANSWERS, AnswerColumns, FirstContact
from crmdesk.paths import resource
from crmdesk.words.labels import label

if TYPE_CHECKING:
    from crmdesk.storage.database import Database

__all__ = ["FirstContact", "answer_columns", "first_contact", "keep_first_contact", "used_headers", "used_words"]


@cache
def answer_columns() -> AnswerColumns:
    """The headers under which lists keep the answers; a data file, read once."""
    import tomllib

    return AnswerColumns(tomllib.loads(resource("data", "first_contact.toml").read_text(encoding="utf-8")))


def first_contact(db: Database, customer_id: int) -> FirstContact:
    """What is known of a customer from the first talk. Raises Refused("no_such_customer")."""
    from crmdesk.operations.customers import get_customer

    return answer_columns().of(get_customer(db, customer_id))


def keep_first_contact(db: Database, customer_id: int, told: FirstContact) -> Changes:
    """Keep the answers, in one step; no step where nothing differs. Raises Refused("no_such_customer")."""
    from crmdesk.operations.customers import edit_customer, get_customer

    customer = get_customer(db, customer_id)
    columns = answer_columns()
    known = columns.answers(customer.extra, customer.notes)
    # What stands in the notes stays there; only what differs is written.
    new = {code: text for code, text in told.answers.items() if text.strip() != known.get(code, "")}
    extra = columns.written(customer.extra, new, used_headers(db))
    return edit_customer(db, customer_id, extra=extra, industry=told.industry.strip(), source=told.source.strip())


def used_headers(db: Database) -> Mapping[str, str]:
    """Under which header each answer is written: the one most used in this file, else crmdesk's own."""
    from crmdesk.storage.look_alike import headers

    with db.raw_read() as raw:
        counted = headers(raw)
    found = {code: label("answer", code) for code in ANSWERS}
    for header, _count in sorted(counted.items(), key=lambda item: item[1]):
        if code := answer_columns().code(header):
            found[code] = header
    return found


def used_words(db: Database) -> dict[str, list[str]]:
    """The industries and sources that the file uses, the most frequent first; offered while one types."""
    from crmdesk.storage.look_alike import words

    with db.raw_read() as raw:
        return words(raw)
