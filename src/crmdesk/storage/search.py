"""The search index: our own tokens of each customer in a contentless FTS5 table, row id = customer."""

# ruff: noqa: S608 - statements are put together from constants of this module; what the user typed is a parameter

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any, Final

from crmdesk.domain.search_terms import tokens
from crmdesk.storage.batches import IN_LIST, batches

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

    from sqlalchemy import Connection

_CHUNK: Final = 2000
_HELD: Final = 4 << 20  # bytes of index put together before they are written: a seventh faster than the default
_APART: Final = "\x1f"
_SEARCHED: Final = ("customers", "contacts", "contact_points", "customer_tags", "tags", "regions", "interactions")
_PARTS: Final = "char(31)"  # between texts that are handed over as one: a row is quicker than many
# Put together in SQL: three further questions and their rows cost more than all the tokens of the points.
_CUSTOMERS: Final = f"""
    SELECT c.id, c.name || {_PARTS} || c.short_name || {_PARTS} || c.salutation || {_PARTS} || coalesce((
            SELECT group_concat(k.name || {_PARTS} || k.salutation, {_PARTS}) FROM contacts k
            WHERE k.customer_id = c.id), ''),
        (SELECT group_concat(p.value, {_PARTS}) FROM contact_points p
            WHERE p.customer_id = c.id AND p.kind IN ('phone', 'fax')),
        c.code || {_PARTS} || coalesce((SELECT group_concat(p.value, {_PARTS}) FROM contact_points p
            WHERE p.customer_id = c.id AND p.kind NOT IN ('phone', 'fax')), ''),
        c.address || {_PARTS} || c.notes || {_PARTS} || coalesce((
            SELECT group_concat(i.summary, {_PARTS}) FROM interactions i WHERE i.customer_id = c.id), ''),
        c.extra,
        c.industry || {_PARTS} || c.source || {_PARTS} || c.owner || {_PARTS} || coalesce((
            SELECT group_concat(t.name, {_PARTS}) FROM customer_tags ct JOIN tags t ON t.id = ct.tag_id
            WHERE ct.customer_id = c.id), ''),
        c.region_id
    FROM customers c
"""
# 浙江杭州 is typed as one word, and means both.
_REGIONS: Final = "SELECT id, province || city || district FROM regions"


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
        raw.execute("INSERT INTO search (search, rank) VALUES ('hashsize', ?)", (_HELD,))
        found = raw.execute(f"{_CUSTOMERS} ORDER BY c.id")
        regions = dict(raw.execute(_REGIONS).fetchall())
        while chunk := found.fetchmany(_CHUNK):
            _insert(raw, regions, chunk)
        return
    regions = dict(raw.execute(_REGIONS).fetchall())
    for some in batches(sorted(ids), _CHUNK):
        wanted = (json.dumps(some),)
        raw.execute(f"DELETE FROM search WHERE rowid {IN_LIST}", wanted)
        _insert(raw, regions, raw.execute(f"{_CUSTOMERS} WHERE c.id {IN_LIST}", wanted).fetchall())


def _insert(raw: Raw, regions: dict[int, str], rows: list[tuple[Any, ...]]) -> None:
    raw.executemany("INSERT INTO search (rowid, words) VALUES (?, ?)", _indexed(regions, rows))


def _indexed(regions: dict[int, str], rows: list[tuple[Any, ...]]) -> Iterator[tuple[int, str]]:
    for customer, names, phones, words, texts, extra, labels, region in rows:
        told = texts.split(_APART)
        if extra != "{}":
            told += map(str, json.loads(extra).values())
        called = dict.fromkeys(filter(None, names.split(_APART)))
        yield (
            customer,
            tokens(
                called,
                phones.split(_APART) if phones else (),
                filter(None, words.split(_APART)),
                filter(None, told),
                filter(None, [*labels.split(_APART), regions.get(region, "")]),
            ),
        )
