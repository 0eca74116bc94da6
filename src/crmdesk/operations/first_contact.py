"""第一次聊的: what the first talk told, kept in the user's own columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from crmdesk.domain.changes import Changes
from crmdesk.domain.first_contact import ANSWERS, AnswerColumns, FirstContact, money_a_year
from crmdesk.paths import resource
from crmdesk.words.labels import label

if TYPE_CHECKING:
    from datetime import date

    from crmdesk.domain.customer import Customer
    from crmdesk.storage.database import Database
    from crmdesk.storage.database_step import Step

__all__ = [
    "FirstContact",
    "answer_columns",
    "first_contact",
    "keep_first_contact",
    "used_headers",
    "used_words",
    "write_needs",
]


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
    """Keep the answers, in one step; no step where nothing differs. Raises Refused("no_such_customer").

    Needs and budget are what a tier asks for as well: they are kept as dated estimates of today, beside the words.
    """
    from crmdesk.operations.customers import get_customer
    from crmdesk.storage import customers

    customer = get_customer(db, customer_id)
    columns = answer_columns()
    known = columns.answers(customer.extra, customer.notes)
    # What stands in the notes stays there; only what differs is written.
    new = {code: text for code, text in told.answers.items() if text.strip() != known.get(code, "")}
    extra = columns.written(customer.extra, new, used_headers(db))
    after = replace(customer, extra=extra, industry=told.industry.strip(), source=told.source.strip())
    if after == customer:
        return Changes()
    with db.write("edit_customer", name=customer.name or customer.code) as step:
        customers.change(step, customer, after)
        _estimate(step, customer_id, new, db.clock.today().isoformat())
    return step.changes


def write_needs(step: Step, customer: Customer, needs: str, headers: Mapping[str, str], day: date) -> None:
    """Within a step: what a customer needs by now, in its own column and as an estimate of that day."""
    from crmdesk.storage import customers

    extra = answer_columns().written(customer.extra, {"needs": needs}, headers)
    customers.change(step, customer, replace(customer, extra=extra))
    _estimate(step, customer.id, {"needs": needs}, day.isoformat())


def _estimate(step: Step, customer_id: int, answers: Mapping[str, str], made_on: str) -> None:
    """Write what the answers tell a tier of: the needs as said, the budget as money a year."""
    from crmdesk.storage import rows, schema, talks

    needs, budget = answers.get("needs", "").strip(), money_a_year(answers.get("budget", ""))
    if "needs" in answers and not needs:
        talks.forget_needs(step.raw, customer_id)
    for kind, values in (("needs", {"reason": needs}), ("power", {"amount": budget})):
        if any(values.values()):
            rows.insert(step, schema.estimates, customer_id=customer_id, kind=kind, made_on=made_on, **values)


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
