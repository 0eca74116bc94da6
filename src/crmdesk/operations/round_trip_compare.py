"""An edited workbook against the file: cell by cell, with what was exported as the third witness."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from crmdesk.domain.customer import Customer
from crmdesk.domain.phrase import Phrase, Refused
from crmdesk.domain.round_trip import CellDifference, CellKind, Differences, Raw, RowDifference, RowKind, count
from crmdesk.domain.row_matching import match_rows, strayed_rows
from crmdesk.operations import round_trip_values as values
from crmdesk.operations.customers import all_customers
from crmdesk.words.formats import EMPTY
from crmdesk.words.labels import field_label

if TYPE_CHECKING:
    from crmdesk.excel.round_trip_sheet import EditedRow, EditedWorkbook
    from crmdesk.progress import Progress
    from crmdesk.storage.database import Database

REPORT_EVERY: Final = 500
LOOKED: Final = "look:"  # before the header of a column that is not read back, in place of a key


def differences(db: Database, file: str, edited: EditedWorkbook, progress: Progress) -> Differences:
    """All that differs, in the order of the workbook, missing rows last. Raises Refused("round_trip_other_file")."""
    known = {record.customer.id: record.customer for record in all_customers(db, edited.exported.keys())}
    if edited.exported and not known:
        raise Refused("round_trip_other_file", file=file)
    return _Comparison(db, edited, known, progress).result(file)


class _Comparison:
    """One workbook, and the customers it was made of as they are now."""

    def __init__(self, db: Database, edited: EditedWorkbook, known: Mapping[int, Customer], progress: Progress) -> None:
        self._db, self._edited, self._known, self._progress = db, edited, known, progress
        self._today = db.clock.today()
        self._keys = self._column_keys()
        self._shown = list(dict.fromkeys(header for one in edited.looked.values() for header in one))

    def result(self, file: str) -> Differences:
        """Every row that differs."""
        exported = {row_id: texts or {} for row_id, texts in self._edited.exported.items()}
        texts = [self._texts(row) for row in self._edited.rows]
        ids = [row.id for row in self._edited.rows]
        matched, strayed = match_rows(texts, ids, exported), len(strayed_rows(texts, ids, exported))
        rows = [*self._present(matched), *self._missing(set(matched))]
        header_of = {key: header for header, key in self._edited.keys.items()}
        missing = [header_of[key] for key in self._edited.keys.values() if key not in self._keys]
        renamed = tuple((old, new) for new, old in self._edited.renamed.items())
        columns = (self._edited.added, tuple(missing))
        return Differences(file, self._edited.language, tuple(rows), *columns, count(rows), renamed, strayed)

    def _column_keys(self) -> dict[str, str]:
        """The header of each column that is read, by key; a new header that names a fact of ours stands for it."""
        keys = {key: header for header, key in self._edited.keys.items() if header in self._edited.letters}
        facts = {field_label(key): key for key in sorted(values.EDITABLE) if key not in self._edited.keys.values()}
        for header in self._edited.added:
            keys.setdefault(facts.get(header, values.EXTRA + header), header)
        return keys

    def _texts(self, row: EditedRow) -> dict[str, str]:
        return {key: values.as_text(row.cells.get(header, "")) for key, header in self._keys.items()}

    def _present(self, matched: list[int]) -> Iterator[RowDifference]:
        for number, (row, row_id) in enumerate(zip(self._edited.rows, matched, strict=True)):
            if number % REPORT_EVERY == 0:
                self._progress.report("reading", number, len(matched))
            if not row_id:
                yield self._new(row)
            elif row_id in self._known:
                customer = self._known[row_id]
                looked = self._typed_for_nothing(row, self._edited.looked.get(row_id))
                cells = (*self._cells(row, customer, self._edited.exported[row_id]), *looked)
                if cells:
                    yield RowDifference(RowKind.CHANGED, row_id, _called(customer), row.row, cells)
            elif self._was_edited(row, self._edited.exported[row_id]):
                yield replace(self._new(row), kind=RowKind.GONE, note=Phrase("trip_deleted_here"))

    def _missing(self, matched: set[int]) -> Iterator[RowDifference]:
        for row_id in self._edited.exported:
            if row_id not in matched and row_id in self._known:
                yield RowDifference(RowKind.DELETED, row_id, _called(self._known[row_id]), 0)

    def _was_edited(self, row: EditedRow, exported: Mapping[str, str] | None) -> bool:
        return exported is None or any(
            not values.says(row.cells.get(header, ""), exported.get(key, "")) for key, header in self._keys.items()
        )

    def _cells(
        self, row: EditedRow, customer: Customer, exported: Mapping[str, str] | None
    ) -> Iterator[CellDifference]:
        for key, header in self._keys.items():
            raw = row.cells.get(header, "")
            was = None if exported is None else exported.get(key, "")
            if was is not None and values.says(raw, was):
                continue
            found = self._cell(customer, key, header, raw, was)
            if found is not None:
                yield found

    def _typed_for_nothing(self, row: EditedRow, shown: Mapping[str, str] | None) -> Iterator[CellDifference]:
        """What was typed into columns that are only for looking at: nobody is to believe that it was taken."""
        for header, was in (shown or {}).items():
            raw = row.cells.get(header, was)
            if not values.says(raw, was):
                there, letter = values.as_text(raw), self._edited.letters[header]
                note = Phrase("trip_look_only", {"value": there or EMPTY})
                yield CellDifference(LOOKED + header, header, letter, CellKind.LOOK_ONLY, was, there, was, raw, note)

    def _cell(self, customer: Customer, key: str, header: str, raw: Raw, was: str | None) -> CellDifference | None:
        """How one cell differs; None where it says the same in other words."""
        here = values.text_of(customer, key)
        if values.says(raw, here):
            return None
        read = values.read_cell(customer, key, raw, self._today)
        difference = CellDifference(
            key, header, self._edited.letters[header], CellKind.CHANGED, here, values.as_text(raw), was, raw
        )
        if read.value is None:
            note = Phrase(read.code, {**read.values, "value": difference.there})
            return replace(difference, kind=CellKind.UNREADABLE, note=note)
        if read.value == customer:
            return None
        if was is not None and was != here:
            exported = values.read_cell(customer, key, was, self._today).value
            if exported == read.value:
                return None  # only written in another way; what changed, changed here
            difference = replace(difference, kind=CellKind.CHANGED if exported == customer else CellKind.CONFLICT)
        elif was is None:
            difference = replace(difference, kind=CellKind.CONFLICT)
        if read.code:
            note = Phrase(read.code, {**read.values, "value": difference.there})
            return replace(difference, note=note)
        return difference

    def _new(self, row: EditedRow) -> RowDifference:
        """What a row makes that nobody is."""
        customer, cells = Customer(), []
        for key, header in self._keys.items():
            raw = row.cells.get(header, "")
            if raw == "" or not (text := values.as_text(raw)):
                continue
            read = values.read_cell(customer, key, raw, self._today)
            kind = CellKind.CHANGED if read.value is not None else CellKind.UNREADABLE
            note = Phrase(read.code, {**read.values, "value": text}) if read.code else None
            cells.append(CellDifference(key, header, self._edited.letters[header], kind, "", text, None, raw, note))
            customer = customer if read.value is None else read.value
        cells += self._typed_for_nothing(row, dict.fromkeys(self._shown, ""))
        found = RowDifference(RowKind.NEW, 0, _called(customer), row.row, tuple(cells), customer)
        if not found.name:
            return replace(found, customer=None, note=Phrase("trip_nameless"))
        twin = self._twin(customer)
        return replace(found, note=Phrase("trip_already_there", {"name": twin})) if twin else found

    def _twin(self, customer: Customer) -> str:
        """Who is there already by the same code, the same ways to be reached, or the same name."""
        from crmdesk.storage.round_trip import known_as

        with self._db.raw_read() as raw:
            return known_as(raw, customer.code, customer.name, [point.value for point in customer.points])


def _called(customer: Customer) -> str:
    return customer.name or customer.code
