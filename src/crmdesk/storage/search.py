"""The search index: our own tokens of each customer in a contentless FTS5 table, row id = customer."""

# ruff: noqa: S608 - statements are put together from constants of this module; what the user typed is a parameter

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from crmdesk.domain.search_terms import APART, Said, tokens_of_all
from crmdesk.progress import Progress
from crmdesk.storage.batches import IN_LIST, batches

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

    from sqlalchemy import Connection

_CHUNK: Final = 2000
_HELD: Final = 4 << 20  # bytes of index put together before they are written: a seventh faster than the default
_SEARCHED: Final = (
    *("customers", "contacts", "contact_points", "customer_tags", "tags", "regions"),
    *("interactions", "talks"),
)
_APART: Final = f"char({ord(APART)})"
# Put together in SQL: further questions and their rows cost more than all the tokens of the points.
_CUSTOMERS: Final = f"""
    SELECT c.id, c.name || {_APART} || c.short_name || {_APART} || c.salutation || {_APART} || coalesce((
            SELECT group_concat(k.name || {_APART} || k.salutation, {_APART}) FROM contacts k
            WHERE k.customer_id = c.id), ''),
        coalesce((SELECT group_concat(p.value, {_APART}) FROM contact_points p
            WHERE p.customer_id = c.id AND p.kind IN ('phone', 'fax')), ''),
        c.code || {_APART} || coalesce((SELECT group_concat(p.value, {_APART}) FROM contact_points p
            WHERE p.customer_id = c.id AND p.kind NOT IN ('phone', 'fax')), ''),
        c.address || {_APART} || c.notes || {_APART} || coalesce((
            SELECT group_concat(i.summary, {_APART}) FROM interactions i WHERE i.customer_id = c.id), '')
            || {_APART} || coalesce((
            SELECT group_concat(t.text, {_APART}) FROM talks t WHERE t.customer_id = c.id), ''),
        -- 浙江杭州 is typed as one word, and means both.
        c.industry || {_APART} || c.source || {_APART} || c.referred_by || {_APART} || c.owner || {_APART}
            || coalesce(r.province || r.city || r.district, '') || {_APART} || coalesce((
            SELECT group_concat(t.name, {_APART}) FROM customer_tags ct JOIN tags t ON t.id = ct.tag_id
            WHERE ct.customer_id = c.id), ''),
        c.extra
    FROM customers c LEFT JOIN regions r ON r.id = c.region_id
"""
Work = Callable[[Iterable[list[Said]]], Iterator[list[str]]]
"""Puts customers into tokens, list by list in their order, a few lists ahead of what is taken from it."""


def here(chunks: Iterable[list[Said]]) -> Iterator[list[str]]:
    """Put customers into tokens in this process, one list at a time."""
    return map(tokens_of_all, chunks)


def refresh(
    connection: Connection, ids: Collection[int] | None, work: Work = here, progress: Progress | None = None
) -> None:
    """Index these customers anew, or everyone where `ids` is None; those that are gone leave the index.

    `work` puts many customers into tokens. Raises Cancelled.
    """
    raw: Any = connection.connection.dbapi_connection
    if ids is not None or _has_changed(raw):
        refresh_raw(raw, ids, work, progress)


def _has_changed(raw: Raw) -> bool:
    """Whether the open step wrote to what is searched; new tiers for everyone leave the index as it is."""
    tables = ", ".join(f"'{table}'" for table in _SEARCHED)
    found: int = raw.execute(
        "SELECT NOT EXISTS (SELECT 1 FROM open_step) OR EXISTS (SELECT 1 FROM step_rows"
        f" WHERE id > (SELECT coalesce(max(last_row), 0) FROM steps) AND table_name IN ({tables}))"
    ).fetchone()[0]
    return bool(found)


def refresh_raw(raw: Raw, ids: Collection[int] | None, work: Work = here, progress: Progress | None = None) -> None:
    """Index these customers anew over the driver's own connection, or everyone where `ids` is None."""
    progress = progress or Progress()
    if ids is None:
        raw.execute("INSERT INTO search (search) VALUES ('delete-all')")
        raw.execute("INSERT INTO search (search, rank) VALUES ('hashsize', ?)", (_HELD,))
        total: int = raw.execute("SELECT count(*) FROM customers").fetchone()[0]
        found = raw.execute(f"{_CUSTOMERS} ORDER BY c.id")
        _insert(raw, iter(lambda: found.fetchmany(_CHUNK), []), work if total > _CHUNK else here, progress, total)
        return
    for some in batches(sorted(ids), _CHUNK):
        wanted = (json.dumps(some),)
        raw.execute(f"DELETE FROM search WHERE rowid {IN_LIST}", wanted)
        _insert(raw, [raw.execute(f"{_CUSTOMERS} WHERE c.id {IN_LIST}", wanted).fetchall()], here, progress, len(ids))


def _insert(raw: Raw, chunks: Iterable[list[tuple[Any, ...]]], work: Work, progress: Progress, total: int) -> None:
    """Index customers: id, then what is said of each."""
    asked: deque[list[int]] = deque()

    def said() -> Iterator[list[Said]]:
        for chunk in chunks:
            asked.append([row[0] for row in chunk])
            yield [row[1:] for row in chunk]

    done = 0
    for words in work(said()):
        progress.report("figures", done, total)
        ids = asked.popleft()
        raw.executemany("INSERT INTO search (rowid, words) VALUES (?, ?)", zip(ids, words, strict=True))
        done += len(ids)
