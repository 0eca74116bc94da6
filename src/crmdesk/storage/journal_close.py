"""What a step touched, and the seal on it: read from the journal as the step closes."""

# ruff: noqa: S608 - statements are put together from our own constants and schema

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmdesk.domain.changes import Kind

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

MANY_CUSTOMERS: Final = 20_000  # of so many it is cheaper to derive everybody than to pick them out
# An entry of the journal may stand for many rows: they were inserted in bulk. Joined by CROSS JOIN: a look into the
# table for each entry, never at all entries for each row of the table.
_ROWS: Final = "BETWEEN r.row_id AND r.row_id + r.row_count - 1"
# quote() tells 1 from '1' and NULL from '', so that two states never give the same text.
STATES: Final = "quote(old) || ' ' || quote(new)"

KINDS: Final = {
    "imports": Kind.IMPORTS,
    "sheet_profiles": Kind.SETTINGS,
    "regions": Kind.CUSTOMERS,
    "customers": Kind.CUSTOMERS,
    "contacts": Kind.CONTACTS,
    "contact_points": Kind.CONTACTS,
    "photos": Kind.CONTACTS,
    "products": Kind.PRODUCTS,
    "orders": Kind.ORDERS,
    "order_lines": Kind.ORDERS,
    "receipts": Kind.RECEIPTS,
    "interactions": Kind.INTERACTIONS,
    "follow_ups": Kind.FOLLOW_UPS,
    "estimates": Kind.TIERS,
    "cases": Kind.CASES,
    "win_backs": Kind.CARE,
    "improvements": Kind.CARE,
    "renewals": Kind.CARE,
    "satisfaction": Kind.CARE,
    "plans": Kind.CARE,
    "plan_runs": Kind.CARE,
    "gifts": Kind.CARE,
    "offers": Kind.CARE,
    "talks": Kind.INTERACTIONS,
    "tags": Kind.TAGS,
    "customer_tags": Kind.TAGS,
    "not_same": Kind.CUSTOMERS,
    "former_keys": Kind.CUSTOMERS,
    "tier_policies": Kind.TIERS,
    "policy_runs": Kind.TIERS,
    "tier_changes": Kind.TIERS,
    "stage_changes": Kind.TIERS,
    "settings": Kind.SETTINGS,
}
_OWNED: Final = (
    *("contacts", "contact_points", "photos", "orders", "receipts", "interactions", "follow_ups", "estimates", "cases"),
    *("customer_tags", "talks", "win_backs", "renewals", "satisfaction", "plan_runs", "gifts", "offers"),
)
# From the row of a table to its customers, where the table has no customer of its own.
_BY_WAY_OF: Final = {
    # One that is gone has an entry of its own, which names it.
    "customers": (
        "SELECT row_id FROM touched_rows WHERE table_name = 'customers' AND row_count = 1"
        f" UNION ALL SELECT c.id FROM touched_rows r CROSS JOIN customers c ON c.id {_ROWS}"
        " WHERE r.table_name = 'customers' AND r.row_count > 1"
    ),
    "order_lines": (
        f"SELECT o.customer_id FROM touched_rows r CROSS JOIN order_lines l ON l.id {_ROWS}"
        " JOIN orders o ON o.id = l.order_id WHERE r.table_name = 'order_lines'"
    ),
    "regions": (
        f"SELECT c.id FROM touched_rows r CROSS JOIN customers c ON c.region_id {_ROWS} WHERE r.table_name = 'regions'"
    ),
    "tags": (
        f"SELECT c.customer_id FROM touched_rows r CROSS JOIN customer_tags c ON c.tag_id {_ROWS}"
        " WHERE r.table_name = 'tags'"
    ),
}
# A customer that a row belonged to before: the row was deleted, or moved to another customer.
_BEFORE: Final = (
    "SELECT json_extract(v.old, '$.customer_id') FROM step_values v"
    " WHERE v.step_row_id BETWEEN :first AND :last AND v.column_name = '*'"
    " UNION ALL SELECT v.old FROM step_values v"
    " WHERE v.step_row_id BETWEEN :first AND :last AND v.column_name = 'customer_id'"
    " UNION ALL SELECT o.customer_id FROM step_values v JOIN orders o ON o.id = json_extract(v.old, '$.order_id')"
    " WHERE v.step_row_id BETWEEN :first AND :last AND v.column_name = '*'"
)


@dataclass(frozen=True)
class Touched:
    """The tables a step wrote to, and its customers: None where they are too many to name, or all of them."""

    tables: frozenset[str]
    customers: frozenset[int] | None

    @property
    def kinds(self) -> frozenset[Kind]:
        """The kinds of things in those tables."""
        return frozenset(KINDS[table] for table in self.tables)


def last_row(raw: Raw) -> int:
    """The journal's newest row; 0 in a new file."""
    newest: int = raw.execute("SELECT coalesce(max(id), 0) FROM step_rows").fetchone()[0]
    return newest


def tables_of(raw: Raw, first: int, last: int) -> frozenset[str]:
    """The tables that the journal's rows `first` to `last` name."""
    found = raw.execute("SELECT DISTINCT table_name FROM step_rows WHERE id BETWEEN ? AND ?", (first, last))
    return frozenset(name for (name,) in found.fetchall())


def touched_by(raw: Raw, first: int, last: int) -> Touched:
    """What the journal's rows `first` to `last` touched."""
    tables = tables_of(raw, first, last)
    return Touched(tables, None if _touches_all(raw, tables, first, last) else customers_of(raw, tables, first, last))


def _touches_all(raw: Raw, tables: frozenset[str], first: int, last: int) -> bool:
    # New cut-offs or another day to judge by: anybody's tier and stage may be different now.
    if tables & {"tier_policies", "policy_runs"}:
        return True
    count = (
        "SELECT coalesce(sum(row_count), 0) FROM step_rows"
        " WHERE table_name = 'customers' AND operation <> 'U' AND id BETWEEN ? AND ?"
    )
    if "customers" in tables and raw.execute(count, (first, last)).fetchone()[0] > MANY_CUSTOMERS:
        return True
    as_of = (
        f"SELECT 1 FROM step_rows r JOIN settings s ON s.id {_ROWS}"
        " WHERE r.table_name = 'settings' AND s.name = 'as_of' AND r.id BETWEEN ? AND ?"
    )
    return "settings" in tables and raw.execute(as_of, (first, last)).fetchone() is not None


def customers_of(raw: Raw, tables: Collection[str], first: int, last: int) -> frozenset[int] | None:
    """Whose rows in these tables the journal's rows `first` to `last` are about; None where they are too many."""
    rows = (
        "WITH touched_rows AS (SELECT table_name, row_id, row_count FROM step_rows WHERE id BETWEEN :first AND :last) "
    )
    asked = [sql for table, sql in _BY_WAY_OF.items() if table in tables]
    asked += [
        f"SELECT t.customer_id FROM touched_rows r CROSS JOIN {table} t ON t.id {_ROWS} WHERE r.table_name = '{table}'"
        for table in _OWNED
        if table in tables
    ]
    if not asked and {*_OWNED, "order_lines"}.isdisjoint(tables):
        return frozenset()
    union = " UNION ALL ".join([*asked, _BEFORE])
    found = raw.execute(
        f"{rows} SELECT DISTINCT * FROM ({union}) LIMIT {MANY_CUSTOMERS + 1}",
        {"first": first, "last": last},
    ).fetchall()
    return None if len(found) > MANY_CUSTOMERS else frozenset(customer for (customer,) in found if customer is not None)


def value_digest(salt: bytes, states: str) -> bytes:
    """SHA-256 over a recorded value's salt and both its states; a value can be erased, its digest stays."""
    return hashlib.sha256(salt + states.encode()).digest()


def seal(raw: Raw, first: int, last: int, before: bytes) -> bytes:
    """Give the step's values their digests, and the step the next link of the chain after `before`."""
    raw.execute(
        f"UPDATE step_values SET digest = value_digest(salt, {STATES}) WHERE step_row_id BETWEEN ? AND ?",
        (first, last),
    )
    return chain_link(raw, first, last, before)


def chain_link(raw: Raw, first: int, last: int, before: bytes) -> bytes:
    """SHA-256 over the link before, the step's journal rows and the digests of its values."""
    link = hashlib.sha256(before)
    # Joined in SQL by the hundred: hashing row by row would cost as much as writing the rows did.
    rows = raw.execute(
        "SELECT group_concat(id || table_name || row_id || operation || row_count) FROM step_rows"
        " WHERE id BETWEEN ? AND ? GROUP BY id / 100 ORDER BY id / 100",
        (first, last),
    )
    digests = raw.execute(
        "SELECT group_concat(hex(digest)) FROM step_values"
        " WHERE step_row_id BETWEEN ? AND ? GROUP BY step_row_id / 100 ORDER BY step_row_id / 100",
        (first, last),
    )
    for cursor in (rows, digests):
        while batch := cursor.fetchmany(100):
            for (text,) in batch:
                link.update(text.encode())
    return link.digest()
