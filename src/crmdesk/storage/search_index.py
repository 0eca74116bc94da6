"""A search index put together in memory, apart from any file, whose pages a file then takes over as they are.

To index 100,000 customers takes longer than to write all their rows, and another process can do it meanwhile. SQLite
keeps a full-text index in plain tables (https://sqlite.org/fts5.html#fts5_data_structures): what stands in them depends
on the row ids and on nothing else of the file around it, so it can be built in one place and kept in another.
"""

# ruff: noqa: S608 - statements are put together from constants of this module

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol

from sqlcipher3 import dbapi2 as driver

from crmdesk.domain.search_terms import tokens_of_all

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

SEARCH_DDL: Final = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5(words, content='', contentless_delete=1, detail=none, "
    "tokenize=\"ascii tokenchars '#@'\")"
)
_HELD: Final = 4 << 20  # bytes of index put together before they are written: a seventh faster than the default
_PAGES: Final = {"search_data": "id, block", "search_idx": "segid, term, pgno", "search_docsize": "id, sz, origin"}
_TOGETHER: Final = 60  # rows handed over at a time: blocks are of 4 kB, and each end holds a few lots of them

Told = tuple[Any, ...]
"""A customer's id, then what is said of it, see `search_terms.Said`."""
Pages = tuple[str, list[tuple[Any, ...]]]
"""Rows of one of the tables that an index consists of."""


class Indexer(Protocol):
    """Whoever builds an index; it may be elsewhere. Raises Refused where it is gone, and Cancelled."""

    def add(self, customers: Sequence[Told], *, again: bool = False) -> None:
        """Take in customers; `again` in place of what was said of them before."""

    def pages(self) -> Iterator[Pages]:
        """The whole index, once all customers are in."""


class IndexBuilder:
    """Builds an index here."""

    def __init__(self) -> None:
        self._raw: Raw = driver.connect(":memory:", isolation_level=None)
        for statement in ("PRAGMA journal_mode=OFF", "PRAGMA secure_delete=OFF", SEARCH_DDL):
            self._raw.execute(statement)
        self._raw.execute("INSERT INTO search (search, rank) VALUES ('hashsize', ?)", (_HELD,))
        self._raw.execute("BEGIN")

    def add(self, customers: Sequence[Told], *, again: bool = False) -> None:
        """Take in customers; `again` in place of what was said of them before."""
        if again:
            self._raw.executemany("DELETE FROM search WHERE rowid = ?", [customer[:1] for customer in customers])
        insert_words(self._raw, customers)

    def pages(self) -> Iterator[Pages]:
        """The whole index; nothing can be added afterwards."""
        self._raw.execute("COMMIT")
        for table, columns in _PAGES.items():
            found = self._raw.execute(f"SELECT {columns} FROM {table}")
            while rows := found.fetchmany(_TOGETHER):
                yield table, rows
        self._raw.close()


def insert_words(raw: Raw, customers: Sequence[Told]) -> None:
    """Index customers over this connection."""
    words = tokens_of_all([customer[1:] for customer in customers])
    ids = [customer[0] for customer in customers]
    raw.executemany("INSERT INTO search (rowid, words) VALUES (?, ?)", zip(ids, words, strict=True))


def take_over(raw: Raw, pages: Iterable[Pages]) -> None:
    """Have these pages in place of the index that is there."""
    raw.execute("INSERT INTO search (search) VALUES ('delete-all')")
    for table, rows in pages:
        marks = ", ".join("?" * len(rows[0]))
        raw.executemany(f"INSERT OR REPLACE INTO {table} ({_PAGES[table]}) VALUES ({marks})", rows)
    # The connection still holds the empty index in memory. Going back within a transaction makes it look again.
    for statement in ("SAVEPOINT taken_over", "ROLLBACK TO taken_over", "RELEASE taken_over"):
        raw.execute(statement)
