"""The search index: our own tokens of each customer in a contentless FTS5 table, row id = customer."""

# ruff: noqa: S608 - statements are put together from constants of this module; what the user typed is a parameter

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Final

from crmdesk.domain.search_terms import tokens
from crmdesk.storage.batches import IN_LIST, batches

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

    from sqlalchemy import Connection

_CHUNK: Final = 2000
_SEARCHED: Final = ("customers", "contacts", "contact_points", "customer_tags", "tags", "regions", "interactions")
_CUSTOMERS: Final = (
    "SELECT c.id, c.name, c.short_name, c.salutation, c.code, c.address, c.notes, c.industry, c.source, c.owner,"
    " c.extra, r.province, r.city, r.district"
    f" FROM customers c LEFT JOIN regions r ON r.id = c.region_id WHERE c.id {IN_LIST}"
)
_CONTACTS: Final = f"SELECT customer_id, name, salutation FROM contacts WHERE customer_id {IN_LIST}"
_POINTS: Final = f"SELECT customer_id, kind, value FROM contact_points WHERE customer_id {IN_LIST}"
_TAGS: Final = (
    "SELECT ct.customer_id, t.name FROM customer_tags ct JOIN tags t ON t.id = ct.tag_id"
    f" WHERE ct.customer_id {IN_LIST}"
)
_SAID: Final = f"SELECT customer_id, summary FROM interactions WHERE summary <> '' AND customer_id {IN_LIST}"


def refresh(connection: Connection, ids: Collection[int] | None) -> None:
    """Index these customers anew, or everyone where `ids` is None; those that are gone leave the index."""
    raw: Any = connection.connection.dbapi_connection
    if ids is not None or _has_changed(raw):
        refresh_raw(raw, ids)


def _has_changed(raw: Raw) -> bool:
    """Whether the open step wrote to what is searched; new tiers for everyone leave the index as it is."""
    tables = ", ".join(f"'{table}'" for table in _SEARCHED)
    found: int = raw.execute(
        "SELECT NOT EXISTS (SELECT 1 FROM open_step) OR EXISTS (SELECT 1 FROM step_rows"
        f" WHERE id > (SELECT coalesce(max(last_row), 0) FROM steps) AND table_name IN ({tables}))"
    ).fetchone()[0]
    return bool(found)


def refresh_raw(raw: Raw, ids: Collection[int] | None) -> None:
    """Index these customers anew over the driver's own connection, or everyone where `ids` is None."""
    if ids is None:
        raw.execute("INSERT INTO search (search) VALUES ('delete-all')")
    every = [row[0] for row in raw.execute("SELECT id FROM customers ORDER BY id")] if ids is None else sorted(ids)
    for chunk in batches(every, _CHUNK):
        wanted = json.dumps(chunk)
        if ids is not None:
            raw.execute(f"DELETE FROM search WHERE rowid {IN_LIST}", (wanted,))
        raw.executemany("INSERT INTO search (rowid, words) VALUES (?, ?)", _indexed(raw, wanted))


def _indexed(raw: Raw, wanted: str) -> list[tuple[int, str]]:
    names: dict[int, list[str]] = defaultdict(list)
    phones: dict[int, list[str]] = defaultdict(list)
    words: dict[int, list[str]] = defaultdict(list)
    texts: dict[int, list[str]] = defaultdict(list)
    for customer, *known in _rows(raw, _CONTACTS, wanted):
        names[customer] += known
    for customer, kind, value in _rows(raw, _POINTS, wanted):
        (phones if kind in ("phone", "fax") else words)[customer].append(value)
    for customer, text in (*_rows(raw, _TAGS, wanted), *_rows(raw, _SAID, wanted)):
        texts[customer].append(text)
    found = []
    for customer, name, short_name, salutation, code, *told, extra, province, city, district in _rows(
        raw, _CUSTOMERS, wanted
    ):
        texts[customer] += told
        # 浙江杭州 is typed as one word, and means both.
        texts[customer].append(f"{province or ''}{city or ''}{district or ''}")
        if extra != "{}":
            texts[customer] += map(str, json.loads(extra).values())
        called = {name, short_name, salutation, *names[customer]} - {""}
        every = tokens(called, phones[customer], [code, *words[customer]], filter(None, texts[customer]))
        found.append((customer, " ".join(every)))
    return found


def _rows(raw: Raw, statement: str, wanted: str) -> list[tuple[Any, ...]]:
    return raw.execute(statement, (wanted,)).fetchall()
