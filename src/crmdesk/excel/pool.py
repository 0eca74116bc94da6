"""Sheets of the same headers that come together are understood together: what one leaves open another tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from crmdesk.excel.column import Column
from crmdesk.excel.columns import understand_columns
from crmdesk.excel.grid import Cells
from crmdesk.excel.header_words import unit_said

_ENOUGH: Final = 400  # rows; with so many behind it an understanding stands
_YEAR: Final = re.compile(r"(?<!\d)20[0-4]\d(?!\d)")

_Key = tuple[tuple[str, ...], frozenset[str], int, bool]


class Pool:
    """The columns of sheets by their headers, understood from the rows of all that came so far."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._rows: dict[_Key, list[Cells]] = {}
        self._columns: dict[_Key, list[Column]] = {}

    def understand(
        self, headers: Sequence[str], sample: Sequence[Cells], said: str, *, dated: bool = False
    ) -> list[Column]:
        """The columns of one more sheet; `said` is its name, which may tell the year that its days leave out.

        `dated` as for `understand_columns`.
        """
        if not any(headers):
            return understand_columns(headers, sample, sheet_text=said, today=self._today, dated=dated)
        key = _key(headers, said, dated)
        rows = self._rows.setdefault(key, [])
        if key not in self._columns or len(rows) < _ENOUGH:
            rows += sample[: _ENOUGH - len(rows)]
            self._columns[key] = understand_columns(headers, rows, sheet_text=said, today=self._today, dated=dated)
        return self._columns[key]

    def settled(self, headers: Sequence[str], said: str, *, dated: bool = False) -> list[Column] | None:
        """What these headers came to mean once all sheets were seen; None for a sheet without any."""
        return self._columns.get(_key(headers, said, dated))


def _key(headers: Sequence[str], said: str, dated: bool) -> _Key:
    return tuple(headers), frozenset(_YEAR.findall(said)), unit_said(said), dated
