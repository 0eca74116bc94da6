"""Two customers made one in the file: the rows of the other are moved, so that undo can hand each of them back."""

# ruff: noqa: S608 - statements are put together from constants of this module

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crmdesk.domain.customer import Customer
from crmdesk.domain.keys import name_key
from crmdesk.storage import customers, records, referrals
from crmdesk.storage.duplicates import keep_apart

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

    from crmdesk.storage.database_step import Step

_MOVED: Final = {
    "contacts": ", version = version + 1",
    "contact_points": "",
    "photos": "",
    "orders": ", version = version + 1",
    "receipts": "",
    "interactions": "",
    "follow_ups": "",
    "estimates": "",
    "cases": "",
    "win_backs": "",
    "renewals": "",
    "satisfaction": "",
    "plan_runs": "",
    "gifts": "",
    "offers": "",
    "talks": "",
    "tier_changes": "",
    "stage_changes": "",
    "former_keys": "",
}
"""Tables whose rows change their owner, and what else is written as they do."""
_ORDERED: Final = ("contacts", "contact_points")
# What the user has decided: taken over where the kept customer has nothing of the kind.
_DECIDED: Final = (
    ("tier_override", "tier_override_reason", "tier_override_until"),
    ("stage_lock", "stage_lock_reason"),
    ("import_key", "import_id"),
)


def merge(step: Step, keep: int, other: int, facts: Customer) -> None:
    """Make `keep` have these facts and everything that belongs to `other`, which is deleted."""
    known_by = _keys(step.raw, keep, other)
    customers.change(step, records.get(step.connection, keep), facts)
    raw = step.raw
    _take_decisions(raw, keep, other)
    _join_contacts(raw, keep, other)
    _drop_known_points(raw, keep, other)
    for table, also in _MOVED.items():
        behind = _last_position(raw, table, keep) if table in _ORDERED else None
        position = f", position = position + {behind + 1}" if behind is not None else ""
        raw.execute(f"UPDATE {table} SET customer_id = ?{position}{also} WHERE customer_id = ?", (keep, other))
    raw.execute(
        "UPDATE customer_tags SET customer_id = ?1 WHERE customer_id = ?2"
        " AND tag_id NOT IN (SELECT tag_id FROM customer_tags WHERE customer_id = ?1)",
        (keep, other),
    )
    _stay_apart(step, keep, other)
    _remember(step, keep, known_by)
    referrals.hand_over(raw, keep, other)
    customers.remove(step, [other])


def _keys(raw: Raw, keep: int, other: int) -> list[tuple[str, str, str, str]]:
    """What sheets know the two by: code, name, fingerprint of a row, address."""
    found: list[tuple[str, str, str, str]] = raw.execute(
        "SELECT code, name, coalesce(import_key, ''), address FROM customers WHERE id IN (?, ?)", (keep, other)
    ).fetchall()
    return found


def _remember(step: Step, keep: int, known_by: list[tuple[str, str, str, str]]) -> None:
    """What the kept one is no longer called still finds it, when the old sheet comes again."""
    now = _keys(step.raw, keep, keep)[0]
    for keys in known_by:
        code, name, import_key, address = keys
        gone = ["" if key == kept else key for key, kept in zip((code, import_key), (now[0], now[2]), strict=True)]
        if any(gone) or (name, address) != (now[1], now[3]):
            step.raw.execute(
                "INSERT INTO former_keys (id, customer_id, code, import_key, name, address) VALUES (?, ?, ?, ?, ?, ?)",
                (step.new_id(), keep, *gone, name, address),
            )


def _take_decisions(raw: Raw, keep: int, other: int) -> None:
    """Decisions of the user about the other, where there are none about this one; known since the earlier day."""
    for deciding, *along in _DECIDED:
        columns = ", ".join(f"{column} = o.{column}" for column in (deciding, *along))
        raw.execute(
            f"UPDATE customers AS k SET {columns}, version = k.version + 1 FROM customers o WHERE k.id = ? AND o.id = ?"
            f" AND coalesce(k.{deciding}, '') = '' AND coalesce(o.{deciding}, '') <> ''",
            (keep, other),
        )
    raw.execute(
        "UPDATE customers AS k SET known_since = o.known_since, version = k.version + 1 FROM customers o"
        " WHERE k.id = ? AND o.id = ? AND o.known_since < coalesce(k.known_since, '9999')",
        (keep, other),
    )


def _join_contacts(raw: Raw, keep: int, other: int) -> None:
    """People that both have become one: points and what was said with them go along, blanks are filled."""
    known = {name_key(name): contact for contact, name in _contacts(raw, keep) if name}
    for contact, name in _contacts(raw, other):
        same = known.get(name_key(name))
        if not name or same is None:
            continue
        raw.execute(
            "DELETE FROM contact_points WHERE contact_id = ?1 AND (kind, value) IN"
            " (SELECT kind, value FROM contact_points WHERE contact_id = ?2)",
            (contact, same),
        )
        raw.execute("UPDATE contact_points SET contact_id = ? WHERE contact_id = ?", (same, contact))
        raw.execute("UPDATE interactions SET contact_id = ? WHERE contact_id = ?", (same, contact))
        raw.execute("UPDATE photos SET contact_id = ? WHERE contact_id = ?", (same, contact))
        for column in ("title", "salutation", "role", "notes"):
            raw.execute(
                f"UPDATE contacts AS k SET {column} = o.{column}, version = k.version + 1 FROM contacts o"
                f" WHERE k.id = ? AND o.id = ? AND k.{column} = '' AND o.{column} <> ''",
                (same, contact),
            )
        raw.execute("DELETE FROM contacts WHERE id = ?", (contact,))


def _contacts(raw: Raw, customer: int) -> list[tuple[int, str]]:
    found: list[Any] = raw.execute(
        "SELECT id, name FROM contacts WHERE customer_id = ? ORDER BY position, id", (customer,)
    ).fetchall()
    return found


def _drop_known_points(raw: Raw, keep: int, other: int) -> None:
    """Numbers of the other that this one has already, itself or at one of its people."""
    raw.execute(
        "DELETE FROM contact_points WHERE customer_id = ?1 AND contact_id IS NULL AND (kind, value) IN"
        " (SELECT kind, value FROM contact_points WHERE customer_id = ?2)",
        (other, keep),
    )


def _last_position(raw: Raw, table: str, customer: int) -> int:
    last: int = raw.execute(
        f"SELECT coalesce(max(position), -1) FROM {table} WHERE customer_id = ?", (customer,)
    ).fetchone()[0]
    return last


def _stay_apart(step: Step, keep: int, other: int) -> None:
    """Whoever was not the same as the other is not the same as this one either."""
    rows = step.raw.execute(
        "SELECT CASE customer_a WHEN ?1 THEN customer_b ELSE customer_a END FROM not_same"
        " WHERE customer_a = ?1 OR customer_b = ?1",
        (other,),
    ).fetchall()
    for (third,) in rows:
        if third != keep:
            keep_apart(step, keep, third)
