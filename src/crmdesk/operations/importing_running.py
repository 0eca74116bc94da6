"""Columns that tell a state of today (欠款, 上次拿货): a newer sheet replaces what an older one of its kind brought.

Never over what somebody else wrote since, by hand or with another sheet, and never from an older sheet: both stay and
are named. Which columns these are is said in `domain.existing`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from crmdesk.domain.existing import Existing, policies
from crmdesk.domain.fields import Field
from crmdesk.domain.sheet_day import SheetDay, named_day
from crmdesk.excel.column import own_header
from crmdesk.operations.importing_person import FACT_KEYS, Person
from crmdesk.storage import import_writers as writers

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

    from crmdesk.excel.draft import SheetDraft

Policy = Mapping[str, Existing]
Chunks = Iterable[list[tuple[int, dict[str, Any], dict[str, str], Any]]]
_LAST: Final = "last_order_on"
# Where a customer has one row. In a sheet of purchases the same words tell how it stood then, row by row.
_KINDS: Final = ("customers", "contacts")


class Running:
    """The running columns of one sheet: what they may replace, and of which day they are."""

    def __init__(self, raw: Raw, draft: SheetDraft, headers: str, path: Path, today: date) -> None:
        self._raw, self._today = raw, today
        self._said = policies((own_header(column, draft.columns), column) for column in draft.columns)
        newer = (key for key, way in self._said.items() if way is Existing.NEWER)
        self._keys = frozenset(newer) if draft.kind in _KINDS else frozenset()
        self._came = writers.came_before(raw, headers) if self._keys and headers else None
        self._named = named_day((path.name, draft.name), today)
        self._dated = any(column.field is Field.LAST_ORDER_ON for column in draft.columns)
        self._written = _written(path)
        self._last = ""  # the last day that its rows tell
        self._kept: dict[int, frozenset[str]] = {}

    @property
    def needs_rows(self) -> bool:
        """Whether all rows have to be seen before it is known how old the sheet is."""
        return self._came is not None and self._dated and self._named is None

    def watched(self, chunks: Chunks) -> Iterator[list[Any]]:
        """The rows as they are, while the last day that they tell is noted."""
        limit = self._today.isoformat()
        for chunk in chunks:
            if self._dated:
                told = [day for row in chunk if (day := row[1].get(_LAST)) and day <= limit]
                self._last = max([self._last, *told])
            yield chunk

    @property
    def day(self) -> SheetDay:
        """Of which day the sheet is: by its name, else its last purchase, else when its file was written."""
        named = self._named.isoformat() if self._named else ""
        written = min(self._written[:10], self._today.isoformat())
        return SheetDay(named or self._last or written or self._today.isoformat(), self._written)

    @property
    def is_older(self) -> bool:
        """Whether a newer sheet of these headers came before."""
        return self._came is not None and self.day < self._came.latest

    @cached_property
    def base(self) -> Policy:
        """What becomes of values of customers about whom nobody else said anything."""
        way = Existing.REPLACE if self._came is not None and not self.is_older else Existing.FILL
        return {key: way if said is Existing.NEWER else said for key, said in self._said.items()}

    def policy(self, person: Person, known: Callable[[], Iterable[int]]) -> Policy:
        """What becomes of the values of this customer; `known` gives all customers of the file that were met."""
        kept = self._stays(person, known)
        return {key: way for key, way in self.base.items() if key not in kept} if kept else self.base

    def why_kept(self, person: Person, key: str) -> str:
        """The code that says why a value stays though the sheet tells another."""
        if key not in self._keys or self._came is None:
            return "differs"
        return "kept_newer" if self.is_older and key not in self._kept.get(person.id, ()) else "kept_by_hand"

    def _stays(self, person: Person, known: Callable[[], Iterable[int]]) -> frozenset[str]:
        """Keys of running columns whose value did not come with sheets of these headers."""
        if self._came is None or not person.id:
            return frozenset()
        if person.id not in self._kept:
            self._ask([one for one in known() if one not in self._kept])
        return self._kept[person.id]

    @cached_property
    def _columns(self) -> dict[str, str]:
        """The columns of the table by key, those of the user's own as they are."""
        return {key: FACT_KEYS.get(key, key) for key in self._keys}

    @cached_property
    def _elsewhere(self) -> tuple[set[int], dict[int, dict[str, int]]]:
        assert self._came is not None
        return writers.made_elsewhere(self._raw, self._came), writers.written_elsewhere(
            self._raw, self._came, self._tables
        )

    @cached_property
    def _tables(self) -> frozenset[str]:
        return frozenset("extra" if name.startswith("extra:") else name for name in self._columns.values())

    def _ask(self, ids: list[int]) -> None:
        """Ask the journal about these customers, all at once: one at a time costs more than the answer."""
        assert self._came is not None
        made, theirs = self._elsewhere
        doubtful = [one for one in ids if one in made or one in theirs]
        ours = writers.written_here(self._raw, self._came, self._tables, doubtful)
        self._kept |= dict.fromkeys(ids, frozenset())
        for one in doubtful:
            start = (0, -1) if one in made else (-1, 0)  # who made the customer has written it first
            they, we = theirs.get(one, {}), ours.get(one, {})
            self._kept[one] = frozenset(
                key
                for key, column in self._columns.items()
                if _entry(they, column, start[0]) > _entry(we, column, start[1])
            )


def _entry(told: Mapping[str, int], column: str, start: int) -> int:
    erased = told.get(f"extra:{writers.ANY}", start) if column.startswith("extra:") else start
    return max(told.get(column, start), erased)


def _written(path: Path) -> str:
    """When a file was written, local ISO; "" of one that is no file on the disk."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime).isoformat(timespec="seconds")
    except OSError:  # it lies in an archive, or was moved since it was read: its other days tell
        return ""
