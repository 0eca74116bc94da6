"""A workbook for editing as it comes back: sorted, filtered, with rows and columns moved, deleted and added."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from crmdesk.domain.phrase import Refused
from crmdesk.domain.renamed_columns import renamed
from crmdesk.domain.round_trip import fingerprint, settle
from crmdesk.domain.text import float_text
from crmdesk.excel.column import column_letter
from crmdesk.excel.raw import RawCell, RawReading, RawRow, RawSheet
from crmdesk.excel.round_trip import CHOICES_SHEET, HIDDEN_SHEET, ID_HEADER, MARK
from crmdesk.progress import Progress

_HEADER_WITHIN: Final = 20  # rows; somebody may put a title above
_HEAD: Final = 4  # rows of the hidden sheet: mark, keys, headers, the headers that are only shown
_BLANKS: Final = re.compile(r"\s+")


@dataclass(frozen=True)
class EditedRow:
    """A row of the visible sheet: its number, the id it carries (0: none), its cells by header."""

    row: int
    id: int
    cells: Mapping[str, RawCell]


@dataclass(frozen=True)
class EditedWorkbook:
    """What came back. `keys` gives the column key of each exported header; `letters` where each header stands now.

    A column that was renamed counts under its new header; `renamed` holds the old one by the new one. `exported` holds
    the texts by key; None for a customer whose remembered values were touched. `looked` holds the texts of the columns
    that are only for looking at, by the header they bear now.
    """

    language: str
    keys: Mapping[str, str]
    exported: Mapping[int, Mapping[str, str] | None]
    letters: Mapping[str, str]
    added: tuple[str, ...]
    missing: tuple[str, ...]
    rows: tuple[EditedRow, ...]
    renamed: Mapping[str, str] = dataclasses.field(default_factory=dict)
    looked: Mapping[int, Mapping[str, str]] = dataclasses.field(default_factory=dict)


def is_for_editing(reading: RawReading, progress: Progress) -> bool:
    """Whether this is a workbook that was exported for editing."""
    return _memory(reading, progress) is not None


def read_edited(reading: RawReading, progress: Progress) -> EditedWorkbook:
    """Read it whole. Raises Refused("not_for_editing"), Refused("round_trip_no_table"), Cancelled."""
    memory = _memory(reading, progress)
    if memory is None:
        raise Refused("not_for_editing", file=reading.path.name)
    remembered = list(reading.rows(memory, progress))
    head = {row.number: [cell_text(cell) for cell in row.cells] for row in remembered[:_HEAD] if row.number <= _HEAD}
    language, keys, headers = head[1][1], head[2][2:], head[3][2:]
    known = {header: key for key, header in zip(keys, headers, strict=False) if key}
    shown = json.loads(head[4][0]) if 4 in head else []
    exported = dict(_exported(row, list(known.values())) for row in remembered if row.number > _HEAD)
    index, header = _find_header(reading, {*known, *shown, ID_HEADER}, progress)
    places = _places(header)
    rows = tuple(_edited(row, places) for row in reading.rows(index, progress) if row.number > header.number)
    texts = {name: [one[key] for one in exported.values() if one is not None] for name, key in known.items()}
    new_names = _renamed(texts, places, rows, {*shown, ID_HEADER})
    looked = _looked_at(remembered, len(known), shown)
    seen = _renamed(
        {name: [one[name] for one in looked.values()] for name in shown}, places, rows, {*known, *new_names, ID_HEADER}
    )
    known = {**known, **{new: known[old] for new, old in new_names.items()}}
    known = {name: key for name, key in known.items() if name not in new_names.values()}
    now_called = {old: new for new, old in seen.items()}
    looked = {row: {now_called.get(name, name): text for name, text in one.items()} for row, one in looked.items()}
    only_shown = {ID_HEADER, *shown, *seen}
    mine = [name for name in places if name not in only_shown]
    return EditedWorkbook(
        language,
        known,
        exported,
        {name: column_letter(place) for name, place in places.items() if name != ID_HEADER},
        tuple(name for name in mine if name not in known and any(row.cells.get(name, "") != "" for row in rows)),
        tuple(name for name in known if name not in places),
        tuple(row for row in rows if _says_anything(row, mine, [*shown, *seen], exported.get(row.id))),
        {**new_names, **seen},
        looked,
    )


def _renamed(
    before: Mapping[str, Sequence[str]], places: Mapping[str, int], rows: Sequence[EditedRow], others: Collection[str]
) -> dict[str, str]:
    """The old header of each column that was only called otherwise; `others` are no columns of this sort."""
    order = [name for name in sorted(places, key=places.__getitem__) if name not in others]
    gone = [name for name in before if name not in places]
    fresh = [name for name in order if name not in before]
    if not gone or not fresh:
        return {}
    now = {name: [cell_text(row.cells.get(name, "")) for row in rows] for name in order}
    return renamed(before, now, gone, fresh)


def _looked_at(remembered: Sequence[RawRow], keys: int, shown: Sequence[str]) -> dict[int, dict[str, str]]:
    """What the columns that are only for looking at said when they went out, by id and header."""
    texts = {
        _number(cell_text(row.cells[0])): [cell_text(cell) for cell in row.cells[2 + keys :]]
        for row in remembered
        if row.number > _HEAD
    }
    return {row: dict(zip_longest(shown, one[: len(shown)], fillvalue="")) for row, one in texts.items()}


def _says_anything(
    row: EditedRow, mine: Sequence[str], shown: Sequence[str], exported: Mapping[str, str] | None
) -> bool:
    """Whether a row is there: one whose cells were all emptied counts as deleted, unless it went out empty.

    Below the table also a row is there that says something only where nothing is read back: that is to be told.
    """
    headers = mine if row.id else [*mine, *shown]
    if any(row.cells.get(header, "") != "" for header in headers):
        return True
    return exported is not None and not any(exported.values())


def cell_text(cell: RawCell) -> str:
    """A cell as text: whole numbers without a point."""
    return settle(float_text(cell) if isinstance(cell, float) else cell)


def _memory(reading: RawReading, progress: Progress) -> int | None:
    """The sheet that remembers what was exported."""
    for index, sheet in enumerate(reading.sheets):
        if sheet.name == HIDDEN_SHEET:
            first = next(reading.rows(index, progress, 1), None)
            if first is not None and first.cells[0] == MARK:
                return index
    return None


def _exported(row: RawRow, keys: Sequence[str]) -> tuple[int, Mapping[str, str] | None]:
    cells = [cell_text(cell) for cell in row.cells]
    cells += [""] * (len(keys) + 2 - len(cells))
    texts = cells[2 : 2 + len(keys)]
    whole = fingerprint(texts) == cells[1]
    return _number(cells[0]), dict(zip(keys, texts, strict=True)) if whole else None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _find_header(reading: RawReading, known: set[str], progress: Progress) -> tuple[int, RawRow]:
    """The sheet and row that hold most of the exported headers."""
    best: tuple[int, int, RawRow] | None = None
    for index, sheet in enumerate(reading.sheets):
        if _is_ours(sheet):
            continue
        for row in reading.rows(index, progress, _HEADER_WITHIN):
            score = len(known & {_header(cell) for cell in row.cells})
            if score and (best is None or score > best[0]):
                best = (score, index, row)
    if best is None:
        raise Refused("round_trip_no_table", file=reading.path.name)
    return best[1], best[2]


def _is_ours(sheet: RawSheet) -> bool:
    return sheet.name in (HIDDEN_SHEET, CHOICES_SHEET)


def _places(header: RawRow) -> dict[str, int]:
    """Where each header stands; of a column that was copied, the first."""
    places: dict[str, int] = {}
    for place, cell in enumerate(header.cells):
        name = _header(cell)
        if name:
            places.setdefault(name, place)
    return places


def _header(cell: RawCell) -> str:
    return _BLANKS.sub(" ", cell_text(cell))


def _edited(row: RawRow, places: Mapping[str, int]) -> EditedRow:
    cells = {name: row.cells[place] if place < len(row.cells) else "" for name, place in places.items()}
    carried = cell_text(cells.get(ID_HEADER, ""))
    return EditedRow(row.number, _number(carried), cells)
