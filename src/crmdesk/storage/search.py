"""The search index: our own tokens of each customer in a contentless FTS5 table, row id = customer."""

# ruff: noqa: S608 - statements are put together from constants of this module; what the user typed is a parameter

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from crmdesk.domain.phrase import Refused
from crmdesk.domain.search_terms import APART
from crmdesk.progress import Progress
from crmdesk.storage import journal_close
from crmdesk.storage.batches import IN_LIST, batches, id_list
from crmdesk.storage.search_index import IndexBuilder, Indexer, insert_words, take_over

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

_CHUNK: Final = 2000
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


class Beside:
    """Someone who builds the index of everybody beside a step: told of new customers as they come, then of the rest.

    A step does not fail for a helper that is gone: `taken_over` then says so, and it is done without.
    """

    def __init__(self, raw: Raw, indexer: Indexer, progress: Progress) -> None:
        self._raw, self._indexer, self._progress = raw, indexer, progress
        self._told = (0, -1)  # first and last id of the new customers that were told of
        self._up_to = 0  # the journal's newest row by then
        self._gone = False

    def tell(self, first: int, last: int) -> None:
        """Tell of new customers with consecutive ids, above those told of before; what is searched of them is there."""
        self._tell("c.id BETWEEN ? AND ?", (first, last))
        self._told = (self._told[0] or first, last)
        self._up_to = journal_close.last_row(self._raw)

    def tell_rest(self) -> None:
        """Tell of everybody else, and again of those that the step touched since they were told of."""
        self._tell("c.id NOT BETWEEN ? AND ?", self._told)
        since = (self._up_to + 1, journal_close.last_row(self._raw)) if self._up_to else (1, 0)
        again = journal_close.customers_of(self._raw, _SEARCHED, *since)
        if again is None:
            self._tell("c.id BETWEEN ? AND ?", self._told, again=True)
        else:
            self._tell(f"c.id {IN_LIST} AND c.id BETWEEN ? AND ?", (id_list(again), *self._told), again=True)

    def taken_over(self) -> bool:
        """Have what was built in place of the index that is there; False where whoever built it is gone."""
        if self._gone:
            return False
        try:
            take_over(self._raw, self._indexer.pages())
        except Refused:
            return False
        return True

    def _tell(self, which: str, values: tuple[Any, ...], *, again: bool = False) -> None:
        found = self._raw.execute(f"{_CUSTOMERS} WHERE {which} ORDER BY c.id", values)
        try:
            while not self._gone and (chunk := found.fetchmany(_CHUNK)):
                self._progress.report("figures", 0)
                self._indexer.add(chunk, again=again)
        except Refused:
            self._gone = True


@contextmanager
def refreshing(
    raw: Raw, ids: Collection[int] | None, since: int, progress: Progress, beside: Beside | None = None
) -> Iterator[None]:
    """Index these customers anew, or where `ids` is None those that the journal's rows from `since` on are about.

    `beside` works on everyone while the block runs. Those that are gone leave the index. Raises Cancelled.
    """
    if ids is None and beside is None:  # new tiers for everyone leave the index as it is
        ids = journal_close.customers_of(raw, _SEARCHED, since, journal_close.last_row(raw))
    if ids is not None:
        yield
        _index(raw, ids, progress)
        return
    with rebuilding(raw, beside, progress):
        yield


def _index(raw: Raw, ids: Collection[int], progress: Progress) -> None:
    done = 0
    for some in batches(sorted(ids), _CHUNK):
        progress.report("figures", done, len(ids))
        wanted = (id_list(some),)
        raw.execute(f"DELETE FROM search WHERE rowid {IN_LIST}", wanted)
        insert_words(raw, raw.execute(f"{_CUSTOMERS} WHERE c.id {IN_LIST}", wanted).fetchall())
        done += len(some)


@contextmanager
def rebuilding(raw: Raw, beside: Beside | None = None, progress: Progress | None = None) -> Iterator[None]:
    """Index everyone anew over the driver's own connection, beside what the block does."""
    if beside is not None:
        beside.tell_rest()
    yield
    if beside is None or not beside.taken_over():
        here = Beside(raw, IndexBuilder(), progress or Progress())
        here.tell_rest()
        here.taken_over()
