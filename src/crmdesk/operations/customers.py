"""What one does with customers. Storage is loaded inside the functions: the window starts without SQLAlchemy."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date

from crmdesk.domain.changes import Changes
from crmdesk.domain.customer import Customer
from crmdesk.domain.phrase import Refused
from crmdesk.domain.record import BinEntry, CustomerCard, CustomerRecord
from crmdesk.domain.stage import Stage
from crmdesk.operations.naming import write_named
from crmdesk.storage.database import Database

BIN_DAYS = 30


def customer_card(database: Database, customer_id: int) -> CustomerCard:
    """Everything a customer's page shows. Raises Refused("no_such_customer")."""
    from crmdesk.storage import cards

    with database.read() as connection:
        return cards.customer_card(connection, customer_id)


def get_customer(database: Database, customer_id: int) -> Customer:
    """The facts of a customer. Raises Refused("no_such_customer")."""
    from crmdesk.storage import records

    with database.read() as connection:
        return records.get(connection, customer_id)


def add_customer(database: Database, customer: Customer) -> Changes:
    """Keep a new customer; `new_id` names it. Raises Refused("name_missing") without a name and a code."""
    from crmdesk.storage import customers

    customer = replace(customer, name=customer.name.strip())
    _refuse_nameless(customer)
    with database.write("add_customer", name=customer.name or customer.code) as step:
        step.made(customers.add(step, customer, known_since=database.clock.today()))
    return step.changes


def edit_customer(database: Database, customer_id: int, *, version: int | None = None, **fields: object) -> Changes:
    """Change fields of a customer, `points`, `contacts`, `tags` and `extra` included; no step where nothing differs.

    Raises Refused: "no_such_customer", "name_missing", and "row_moved_on" where `version` is not the row's.
    """
    from crmdesk.storage import customers, records

    with database.read() as connection:
        before = records.get(connection, customer_id)
        if version is not None and version != customers.version(connection, customer_id):
            raise Refused("row_moved_on", name=before.name)
    after = replace(before, **fields)  # type: ignore[arg-type]
    after = replace(after, name=after.name.strip())
    _refuse_nameless(after)
    if after == before:
        return Changes()
    with database.write("edit_customer", name=after.name or after.code) as step:
        customers.change(step, before, after)
    return step.changes


def delete_customers(database: Database, ids: Collection[int]) -> Changes:
    """Delete customers with all that belongs to them, in one step; the bin keeps them for 30 days."""
    from crmdesk.storage import customers

    with database.read() as connection:
        names = customers.names(connection, ids)
    if not names:
        return Changes()
    with write_named(database, "delete_customer", "delete_customers", names) as step:
        customers.remove(step, names.keys())
    return step.changes


def bin_entries(database: Database) -> list[BinEntry]:
    """The deletions of the last 30 days, newest first; `history.undo_step` brings one back."""
    from crmdesk.storage import bins

    with database.read() as connection:
        return bins.entries(connection, database.clock.now(), BIN_DAYS)


def all_customers(database: Database, ids: Collection[int] | None = None) -> Iterator[CustomerRecord]:
    """Every customer (or those of `ids`) with its figures, in id order, read in chunks."""
    from crmdesk.storage import records

    last = 0
    wanted = None if ids is None else sorted(ids)
    while True:
        with database.read() as connection:
            chunk = records.after(connection, last, wanted)
        if not chunk:
            return
        yield from chunk
        last = chunk[-1].customer.id


def set_tier(database: Database, customer_id: int, tier: str, reason: str = "", until: date | None = None) -> Changes:
    """Fix a customer's tier by the user's own word, up to a last day (None: for good); "" hands it to the rules."""
    fields: dict[str, str | date | None] = {
        "tier_override": tier,
        "tier_override_reason": reason if tier else "",
        "tier_override_until": until if tier else None,
    }
    return _decide(database, customer_id, "set_tier" if tier else "clear_tier", fields, {"new_tier": tier})


def lock_stage(database: Database, customer_id: int, stage: str, reason: str = "") -> Changes:
    """Fix a customer's stage ("once a year, that is how he is"), "" hands it back to the rhythm."""
    fields = {"stage_lock": Stage(stage).value if stage else "", "stage_lock_reason": reason if stage else ""}
    return _decide(database, customer_id, "lock_stage" if stage else "unlock_stage", fields, {"new_stage": stage})


def _decide(
    database: Database, customer_id: int, code: str, fields: Mapping[str, str | date | None], new: dict[str, str]
) -> Changes:
    from crmdesk.storage import customers

    with database.read() as connection:
        name = customers.name(connection, customer_id)
        standing = customers.standing(connection, customer_id)
    if all(getattr(standing, name) == value for name, value in fields.items()):
        return Changes()
    with database.write(code, undoable=True, progress=None, name=name, **new) as step:
        customers.decide(step, customer_id, **fields)
    return step.changes


def _refuse_nameless(customer: Customer) -> None:
    if not customer.name.strip() and not customer.code:
        raise Refused("name_missing")
