"""Photos of customers and their contacts: whose they are is journalled, the pictures are kept once, by their digest."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from crmdesk.storage.batches import IN_LIST, id_list
from crmdesk.storage.rows import insert_rows

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

    from crmdesk.storage.database_step import Step


def keep(step: Step, photos: Iterable[tuple[int, int | None, bytes]]) -> None:
    """Keep photos: (customer, contact or None for the customer's own, picture) each."""
    rows = []
    for customer, contact, content in photos:
        digest = sha256(content).hexdigest()
        step.raw.execute("INSERT OR IGNORE INTO photo_contents (sha256, content) VALUES (?, ?)", (digest, content))
        rows.append((step.new_id(), customer, contact, digest))
    insert_rows(step.raw, "photos", ("id", "customer_id", "contact_id", "sha256"), rows)


def clear_ownerless(raw: Raw, since: datetime) -> int:
    """Take out the pictures that nobody has had since a moment (aware); returns how many.

    What a step after it took away may still come back from the bin, and its picture with it.
    """
    cleared = raw.execute(
        "DELETE FROM photo_contents WHERE sha256 NOT IN (SELECT sha256 FROM photos) AND sha256 NOT IN ("
        " SELECT json_extract(v.old, '$.sha256') FROM steps s"
        " JOIN step_rows r ON r.id BETWEEN s.first_row AND s.last_row JOIN step_values v ON v.step_row_id = r.id"
        " WHERE s.at >= ? AND r.table_name = 'photos' AND json_extract(v.old, '$.sha256') IS NOT NULL)",
        (since.astimezone(UTC).replace(tzinfo=None).isoformat(),),
    )
    return cleared.rowcount


def of_customers(raw: Raw, ids: Collection[int]) -> dict[int, dict[int, bytes]]:
    """The photos of these customers: by contact, 0 for the customer's own; those without any are left out."""
    found: dict[int, dict[int, bytes]] = {}
    rows = raw.execute(
        "SELECT p.customer_id, coalesce(p.contact_id, 0), c.content FROM photos p"  # noqa: S608 - our own text
        f" JOIN photo_contents c ON c.sha256 = p.sha256 WHERE p.customer_id {IN_LIST} ORDER BY p.id",
        (id_list(ids),),
    ).fetchall()
    for customer, contact, content in rows:
        found.setdefault(customer, {}).setdefault(contact, content)
    return found


def holders(raw: Raw, ids: Collection[int]) -> set[tuple[int, int | None]]:
    """Who of these customers and their contacts has a photo: (customer, contact or None)."""
    statement = f"SELECT customer_id, contact_id FROM photos WHERE customer_id {IN_LIST}"  # noqa: S608 - our own text
    return set(raw.execute(statement, (id_list(ids),)).fetchall())


def shown(raw: Raw, customer: int) -> bytes:
    """The photo that stands for a customer: its own, else that of its first contact with one; b"" without any."""
    row = raw.execute(
        "SELECT c.content FROM photos p JOIN photo_contents c ON c.sha256 = p.sha256"
        " LEFT JOIN contacts k ON k.id = p.contact_id"
        " WHERE p.customer_id = ? ORDER BY p.contact_id IS NOT NULL, k.position, p.id LIMIT 1",
        (customer,),
    ).fetchone()
    return b"" if row is None else bytes(row[0])
