"""What an import asks the file: customers and orders by their keys, many at a time, on the raw driver."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from crmdesk.storage import photos
from crmdesk.storage.batches import batches

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

ASK: Final = 500  # values in one question
TEXT_FACTS: Final = (
    *("name", "code", "short_name", "salutation", "kind", "address", "industry", "source", "intent", "owner"),
    *("referred_by", "birthday", "birthday_calendar", "notes", "tier_given", "stage_given"),
)
OTHER_FACTS: Final = (
    *("given_first_order_on", "given_last_order_on", "given_order_count", "given_order_total"),
    *("receivable", "balance", "reward_points"),
)
FACTS: Final = (*TEXT_FACTS, *OTHER_FACTS)
Region = tuple[str, str, str]
Point = tuple[str, str, str]  # kind, value, label
Line = tuple[str, str, int | None, int | None, int | None, int | None, int | None]
"""product, product code, quantity, price, amount, cost, discount"""


@dataclass
class KeptContact:
    """A contact as the file holds it."""

    id: int
    name: str
    title: str
    salutation: str
    points: list[Point] = field(default_factory=list)


class FormerKeys(NamedTuple):
    """What a customer was known by before a merge, or who went into it; "" where that is as it was."""

    code: str
    name: str
    import_key: str
    address: str


@dataclass
class KeptCustomer:
    """A customer as the file holds it; `facts` leaves out what is unknown."""

    id: int
    facts: dict[str, Any]
    region: Region | None
    extra: dict[str, str]
    import_key: str
    points: list[Point] = field(default_factory=list)
    contacts: list[KeptContact] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    events: set[str] = field(default_factory=set)  # import keys of interactions and follow-ups
    former: list[FormerKeys] = field(default_factory=list)
    pictured: list[int] = field(default_factory=list)  # places of the contacts that have a photo, -1 for its own


@dataclass
class KeptOrder:
    """An order as the file holds it."""

    id: int
    customer_id: int
    number: str
    ordered_on: str | None
    status: str
    amount: int
    cost: int | None
    discount: int | None
    refund: int
    notes: str
    lines: list[Line] = field(default_factory=list)


def _ask(raw: Raw, statement: str, values: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of a statement that ends in `IN (?*)`, asked for a batch of values at a time."""
    for batch in batches(values, ASK):
        yield from raw.execute(statement.replace("?*", ",".join("?" * len(batch))), batch).fetchall()


def holds_customers(raw: Raw) -> bool:
    """Whether there is any customer to know again."""
    return raw.execute("SELECT 1 FROM customers LIMIT 1").fetchone() is not None


def count_customers(raw: Raw) -> int:
    """How many customers there are."""
    count: int = raw.execute("SELECT count(*) FROM customers").fetchone()[0]
    return count


def holds_named_customers(raw: Raw) -> bool:
    """Whether any customer has a name."""
    return raw.execute("SELECT 1 FROM customers WHERE name > '' LIMIT 1").fetchone() is not None


def ids_by_code(raw: Raw, codes: Collection[str]) -> set[int]:
    """Customers with one of these codes."""
    now = {row[0] for row in _ask(raw, "SELECT id FROM customers WHERE code <> '' AND code IN (?*)", codes)}
    return now | _ids_by_former(raw, "code", codes)


def ids_by_point(raw: Raw, values: Collection[str]) -> set[int]:
    """Customers that can be reached by one of these numbers or addresses, themselves or through a contact."""
    return {row[0] for row in _ask(raw, "SELECT customer_id FROM contact_points WHERE value IN (?*)", values)}


def ids_by_name(raw: Raw, names: Collection[str]) -> set[int]:
    """Customers of one of these names, as they are kept."""
    now = {row[0] for row in _ask(raw, "SELECT id FROM customers WHERE name IN (?*)", names)}
    return now | _ids_by_former(raw, "name", names)


def ids_by_import_key(raw: Raw, keys: Collection[str]) -> set[int]:
    """Customers that came from a row with one of these fingerprints."""
    statement = "SELECT id FROM customers WHERE import_key IS NOT NULL AND import_key IN (?*)"
    return {row[0] for row in _ask(raw, statement, keys)} | _ids_by_former(raw, "import_key", keys)


def _ids_by_former(raw: Raw, column: str, values: Collection[str]) -> set[int]:
    """Customers that had one of these once, or whom one went into that had it."""
    statement = f"SELECT customer_id FROM former_keys WHERE {column} <> '' AND {column} IN (?*)"  # noqa: S608 - our own
    return {row[0] for row in _ask(raw, statement, values)}


def load_customers(raw: Raw, ids: Collection[int]) -> dict[int, KeptCustomer]:
    """These customers with all that an import compares."""
    kept: dict[int, KeptCustomer] = {}
    facts = ", ".join(f"c.{name}" for name in FACTS)
    statement = (
        f"SELECT c.id, r.province, r.city, r.district, c.extra, c.import_key, {facts} "  # noqa: S608 - our own names
        "FROM customers c LEFT JOIN regions r ON r.id = c.region_id WHERE c.id IN (?*)"
    )
    for row in _ask(raw, statement, ids):
        known = {name: value for name, value in zip(FACTS, row[6:], strict=True) if value not in ("", None)}
        region = None if row[1] is None else (row[1], row[2], row[3])
        kept[row[0]] = KeptCustomer(row[0], known, region, json.loads(row[4]), row[5] or "")
    _load_reach(raw, kept)
    for customer, contact in photos.holders(raw, kept):
        own = [one.id for one in kept[customer].contacts]
        kept[customer].pictured.append(-1 if contact is None else own.index(contact))
    statement = (
        "SELECT t.customer_id, g.name FROM customer_tags t JOIN tags g ON g.id = t.tag_id WHERE t.customer_id IN (?*)"
    )
    for customer, tag in _ask(raw, statement, kept):
        kept[customer].tags.append(tag)
    statement = "SELECT customer_id, code, name, import_key, address FROM former_keys WHERE customer_id IN (?*)"
    for customer, *keys in _ask(raw, statement, kept):
        kept[customer].former.append(FormerKeys(*keys))
    for table in ("interactions", "follow_ups"):
        statement = f"SELECT customer_id, import_key FROM {table} WHERE import_key IS NOT NULL AND customer_id IN (?*)"  # noqa: S608
        for customer, key in _ask(raw, statement, kept):
            kept[customer].events.add(key)
    return kept


def _load_reach(raw: Raw, kept: dict[int, KeptCustomer]) -> None:
    contacts: dict[int, KeptContact] = {}
    statement = "SELECT id, customer_id, name, title, salutation FROM contacts WHERE customer_id IN (?*)"
    for row in _ask(raw, statement, kept):
        contacts[row[0]] = contact = KeptContact(row[0], *row[2:])
        kept[row[1]].contacts.append(contact)
    statement = "SELECT customer_id, contact_id, kind, value, label FROM contact_points WHERE customer_id IN (?*)"
    for customer, owner, *point in _ask(raw, statement, kept):
        holder = contacts[owner].points if owner is not None else kept[customer].points
        holder.append((point[0], point[1], point[2]))


def customers_there(raw: Raw, ids: Collection[int]) -> set[int]:
    """Those of these customers that the file holds."""
    return {row[0] for row in _ask(raw, "SELECT id FROM customers WHERE id IN (?*)", ids)}


def follow_up_keys(raw: Raw, keys: Collection[str]) -> set[str]:
    """Those of these keys that a follow-up has."""
    statement = "SELECT import_key FROM follow_ups WHERE import_key IS NOT NULL AND import_key IN (?*)"
    return {row[0] for row in _ask(raw, statement, keys)}


_ORDER: Final = "id, customer_id, number, ordered_on, status, amount, cost, discount, refund, notes"


def orders_by_key(raw: Raw, keys: Collection[str]) -> dict[str, KeptOrder]:
    """Orders that came from a sheet under one of these keys, with their lines."""
    statement = f"SELECT import_key, {_ORDER} FROM orders WHERE import_key IS NOT NULL AND import_key IN (?*)"  # noqa: S608
    found = {row[0]: KeptOrder(*row[1:]) for row in _ask(raw, statement, keys)}
    _load_lines(raw, {order.id: order for order in found.values()})
    return found


def orders_by_number(raw: Raw, numbers: Collection[str]) -> dict[str, list[KeptOrder]]:
    """All orders that carry one of these numbers."""
    found: dict[str, list[KeptOrder]] = {}
    wanted = set(numbers)
    for row in raw.execute(f"SELECT {_ORDER} FROM orders WHERE number <> ''"):  # noqa: S608 - no index on numbers
        if row[2] in wanted:
            found.setdefault(row[2], []).append(KeptOrder(*row))
    return found


def _load_lines(raw: Raw, orders: dict[int, KeptOrder]) -> None:
    statement = (
        "SELECT l.order_id, p.name, p.code, l.quantity, l.price, l.amount, l.cost, l.discount "
        "FROM order_lines l LEFT JOIN products p ON p.id = l.product_id WHERE l.order_id IN (?*)"
    )
    for order, name, code, *numbers in _ask(raw, statement, orders):
        orders[order].lines.append((name or "", code or "", *numbers))


def swap_points(raw: Raw, customer: int, swaps: Iterable[tuple[int, str, str, str | None, str]]) -> None:
    """Replace ways to be reached of a customer: (contact or 0, kind, value, new one or None to delete, label) each."""
    for contact, kind, old, new, label in swaps:
        here = (customer, contact or None, kind, old)
        where = "customer_id = ? AND contact_id IS ? AND kind = ? AND value = ?"
        if new is None:
            raw.execute(f"DELETE FROM contact_points WHERE {where}", here)  # noqa: S608 - our own text
        else:
            raw.execute(f"UPDATE contact_points SET value = ?, label = ? WHERE {where}", (new, label, *here))  # noqa: S608


def products_by_name(raw: Raw, names: Collection[str]) -> dict[tuple[str, str], int]:
    """Ids of products by (code, name); only those that have one of these names."""
    if not names or raw.execute("SELECT 1 FROM products LIMIT 1").fetchone() is None:
        return {}
    wanted = set(names)
    return {
        (code, name): found
        for found, code, name in raw.execute("SELECT id, code, name FROM products")
        if name in wanted
    }


def regions_known(raw: Raw) -> dict[Region, int]:
    """Ids of all regions."""
    return {(row[1], row[2], row[3]): row[0] for row in raw.execute("SELECT id, province, city, district FROM regions")}


def tags_known(raw: Raw) -> dict[str, int]:
    """Ids of all tags."""
    return {row[1]: row[0] for row in raw.execute("SELECT id, name FROM tags")}
