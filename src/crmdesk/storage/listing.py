"""The customer list in plain SQL on the raw driver: the rows in sight, sums, the box at the top.

On the way to the first paint, so SQLAlchemy is not loaded here; a test holds this SQL against `schema`.
"""

# ruff: noqa: S608 - statements are put together from constants of this module; what the user typed is a parameter

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from crmdesk.domain.query import Match
from crmdesk.storage.batches import IN_LIST, id_list
from crmdesk.storage.listing_columns import columns_of

if TYPE_CHECKING:
    from datetime import date
    from sqlite3 import Connection as Raw

_LOOKED_AT: Final = 500  # candidates that are weighed for the box at the top
_SYLLABLE: Final = re.compile(r"[a-z]+(?=[^\x00-\x7f])")


def customer_rows(
    raw: Raw, ids: Sequence[int], columns: Sequence[str], today: date | None = None
) -> list[tuple[Any, ...]]:
    """A row per id that still exists: the id, then a value per column key. Raises KeyError for an unknown key.

    `today` is needed by the columns that count days; without it they are empty.
    """
    chosen = columns_of(raw, columns, today)
    shown = "".join(f", {column.sql}" for column, _ in chosen)
    values = [parameter for _, parameters in chosen for parameter in parameters]
    return raw.execute(
        f"SELECT f.customer_id{shown} FROM json_each(?) j CROSS JOIN figures f ON f.customer_id = j.value"
        " JOIN customers c ON c.id = f.customer_id LEFT JOIN regions r ON r.id = c.region_id ORDER BY j.key",
        (*values, id_list(ids)),
    ).fetchall()


def selection_sum(raw: Raw, ids: Sequence[int]) -> tuple[int, int | None]:
    """How many of the ids exist, and the sum of what is known of their totals."""
    count, total = raw.execute(
        f"SELECT count(*), sum(order_total) FROM figures WHERE customer_id {IN_LIST}",
        (id_list(ids),),
    ).fetchone()
    return count, total


def customer_count(raw: Raw) -> int:
    """How many customers there are."""
    count: int = raw.execute("SELECT count(*) FROM customers").fetchone()[0]
    return count


def anything_due(raw: Raw, today: date) -> bool:
    """Whether a customer one still follows is to be contacted by today."""
    row = raw.execute(
        "SELECT 1 FROM follow_ups f JOIN customers c ON c.id = f.customer_id"
        " WHERE f.done_on IS NULL AND f.due_on <= ? AND c.stopped_on IS NULL LIMIT 1",
        (today.isoformat(),),
    ).fetchone()
    return row is not None


def find_customers(raw: Raw, text: str, limit: int) -> list[Match]:
    """The best matches for what is typed: the whole name, then names that begin with it, then by its letters."""
    from crmdesk.domain.search_terms import folded, question

    asked = question(text)
    if not asked:
        return []
    plain = folded(text).replace(" ", "")
    named = raw.execute(
        "SELECT s.rowid, f.name_pinyin FROM search s CROSS JOIN figures f ON f.customer_id = s.rowid"
        " WHERE search MATCH ? LIMIT ?",
        (asked, _LOOKED_AT),
    ).fetchall()
    begun = raw.execute(
        "SELECT c.id, f.name_pinyin FROM customers c JOIN figures f ON f.customer_id = c.id"
        " WHERE c.name >= ? AND c.name < ? ORDER BY c.name LIMIT ?",
        (text.strip(), text.strip() + "\U0010ffff", limit),
    ).fetchall()
    best = sorted(dict([*named, *begun]).items(), key=lambda found: (_rank(found[1], plain), found[1]))
    rows = customer_rows(raw, [customer for customer, _ in best[:limit]], ("name", "tier", "stage", "phone"))
    return [Match(customer, name, tier, stage, phone or "") for customer, name, tier, stage, phone in rows]


def _rank(name_pinyin: str, plain: str) -> int:
    """How well a name fits: 0 as a whole, 1 from its beginning, 2 elsewhere; read off the sort key."""
    forms = [_SYLLABLE.sub("", name_pinyin).replace(" ", "")]
    if plain.isascii():
        letters = name_pinyin.encode("ascii", "ignore").decode()
        forms += [letters.replace(" ", ""), "".join(part[0] for part in letters.split())]
    if plain in forms:
        return 0
    return 1 if any(form.startswith(plain) for form in forms) else 2
