"""What duplicates are looked for in, read in a few statements; and the pairs that the user says are two."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from crmdesk.storage.batches import IN_LIST

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

    from crmdesk.storage.database_step import Step

_FACTS: Final = (
    "SELECT c.id, c.name, c.short_name, c.code, c.address, coalesce(nullif(r.city, ''), r.province, '')"
    " FROM customers c LEFT JOIN regions r ON r.id = c.region_id"
)
_POINTS: Final = "SELECT customer_id, kind, value FROM contact_points"
_CONTACTS: Final = "SELECT customer_id, name FROM contacts"


class Facts(NamedTuple):
    """A customer as it is compared, as it is kept."""

    id: int
    name: str
    short_name: str
    code: str
    address: str
    city: str
    points: tuple[tuple[str, str], ...]
    contacts: tuple[str, ...]


def facts(raw: Raw, ids: Iterable[int] | None = None) -> list[Facts]:
    """All customers (or those of `ids`) with what they can be compared by, in id order."""
    wanted = None if ids is None else json.dumps(list(ids))
    points: dict[int, list[tuple[str, str]]] = {}
    for customer, kind, value in _rows(raw, _POINTS, "customer_id", wanted):
        points.setdefault(customer, []).append((kind, value))
    contacts: dict[int, list[str]] = {}
    for customer, name in _rows(raw, _CONTACTS, "customer_id", wanted):
        contacts.setdefault(customer, []).append(name)
    return [
        Facts(key, name, short, code, address, city, tuple(points.get(key, ())), tuple(contacts.get(key, ())))
        for key, name, short, code, address, city in sorted(_rows(raw, _FACTS, "c.id", wanted))
    ]


def _rows(raw: Raw, statement: str, owner: str, wanted: str | None) -> list[tuple[Any, ...]]:
    if wanted is None:
        return raw.execute(statement).fetchall()
    return raw.execute(f"{statement} WHERE {owner} {IN_LIST}", (wanted,)).fetchall()


def owners_of(raw: Raw, values: Iterable[str], limit: int) -> list[int]:
    """The customers that one of these phones (or other ways to reach them) belongs to."""
    found = raw.execute(
        f"SELECT DISTINCT customer_id FROM contact_points WHERE value {IN_LIST} ORDER BY customer_id LIMIT ?",  # noqa: S608
        (json.dumps(list(values)), limit),
    )
    return [customer for (customer,) in found.fetchall()]


def known_apart(raw: Raw) -> list[tuple[int, int]]:
    """The pairs that are not the same, the smaller id first."""
    return raw.execute("SELECT customer_a, customer_b FROM not_same").fetchall()


def keep_apart(step: Step, one: int, other: int) -> None:
    """Remember that two customers are not the same; once is enough."""
    first, second = sorted((one, other))
    step.raw.execute(
        "INSERT INTO not_same (id, customer_a, customer_b) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (step.new_id(), first, second),
    )
