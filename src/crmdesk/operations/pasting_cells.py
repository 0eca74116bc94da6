"""Cells from a sheet pasted into the customer list: what goes into which column of whom, before it is taken."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from crmdesk.domain.cell_block import read_block
from crmdesk.domain.customer import Customer
from crmdesk.domain.phrase import Phrase, Refused
from crmdesk.domain.round_trip import (
    CellDifference,
    CellKind,
    Differences,
    RowDifference,
    RowKind,
    count,
    settle,
)
from crmdesk.excel.column import column_letter
from crmdesk.i18n import _, current_language
from crmdesk.operations import round_trip_values as values
from crmdesk.operations.customers import all_customers
from crmdesk.operations.exporting import customer_value
from crmdesk.operations.listing import list_columns
from crmdesk.words.labels import field_label

if TYPE_CHECKING:
    from crmdesk.domain.record import CustomerRecord
    from crmdesk.progress import Progress
    from crmdesk.storage.database import Database

STEP: Final = "paste_cells"
MOST_ROWS: Final = 5_000
MOST_CHARACTERS: Final = 4_000_000
REPORT_EVERY: Final = 200
SURE: Final = 0.9
_TELLING: Final = frozenset({*values.POINTS, "contact_phone", "address"})  # as in imports: never by the name alone


def compare(db: Database, text: str, keys: Sequence[str], ids: Sequence[int], progress: Progress) -> Differences:
    """What a pasted block would change; nothing is written. Raises Refused, Cancelled.

    It goes into the columns `keys` of the customers `ids`, both from the chosen cell on; lines beyond the last of
    them become new customers. A block with a line of headers goes by these and by code or name instead. Blank cells
    leave what is there.
    """
    rows = read_block(text) if len(text) <= MOST_CHARACTERS else []
    if len(text) > MOST_CHARACTERS or len(rows) > MOST_ROWS:
        raise Refused("paste_too_large", count=MOST_ROWS)
    headers = _headers(db)
    named = _named(rows[0], headers) if rows else None
    if named is None:
        columns: list[str] = [*keys, *[""] * (len(rows[0]) - len(keys) if rows else 0)]
        whom: list[int] = [*ids[: len(rows)], *[0] * (len(rows) - len(ids))]
        first, doubtful = 1, frozenset[int]()
    else:
        columns, rows, first = named, rows[1:], 2
        whom, doubtful = _by_code_or_name(db, columns, rows)
    found = list(_Paste(db, columns, headers, progress).differences(rows, whom, first, doubtful))
    added = tuple(key.removeprefix(values.EXTRA) for key in columns if key.startswith(values.EXTRA))
    fresh = tuple(header for header in added if values.EXTRA + header not in headers.values())
    return Differences(_("What was pasted"), current_language(), tuple(found), fresh, (), count(found))


def _headers(db: Database) -> dict[str, str]:
    """The list's columns by their headers, ours and the user's own."""
    ours = {field_label(key): key for key in sorted(values.EDITABLE)}
    return {**ours, **{column.header or field_label(column.key): column.key for column in list_columns(db)}}


def _named(line: Sequence[str], headers: Mapping[str, str]) -> list[str] | None:
    """The columns that a line of headers names, an unknown one as a column of the user's own; None if it is none."""
    texts = [" ".join(cell.split()) for cell in line]
    keys = [headers.get(text) or _usual(text) for text in texts]
    known = sum(map(bool, keys))
    if known < 2 or 2 * known < sum(map(bool, texts)):
        return None
    return [key or (values.EXTRA + text if text else "") for key, text in zip(keys, texts, strict=True)]


def _usual(text: str) -> str:
    """The fact that sheets head like this; "" where none is."""
    from crmdesk.excel.header_words import match_header

    match = match_header(text)
    field = match.sure[0].value if match.sure is not None and match.confidence >= SURE else ""
    return field if field in values.EDITABLE else ""


def _by_code_or_name(
    db: Database, columns: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[list[int], frozenset[int]]:
    """Who each line is about: the only one of its code, else the only one of its name; 0 for somebody new.

    Beside it the places of the lines that only the name speaks for.
    """
    by_name: set[int] = set()
    everybody = [record.customer for record in all_customers(db)]
    found = [0] * len(rows)
    for key in ("name", "code"):
        if key not in columns:
            continue
        by_text: dict[str, list[int]] = {}
        for customer in everybody:
            by_text.setdefault(values.text_of(customer, key), []).append(customer.id)
        for place, row in enumerate(rows):
            ids = by_text.get(settle(row[columns.index(key)]), [])
            if len(ids) == 1 and settle(row[columns.index(key)]):
                found[place] = ids[0]
                (by_name.add if key == "name" else by_name.discard)(place)
    return [one if one not in found[:place] else 0 for place, one in enumerate(found)], frozenset(by_name)


class _Paste:
    """A block on its way into columns; "" is a column that there is not."""

    def __init__(self, db: Database, columns: Sequence[str], headers: Mapping[str, str], progress: Progress) -> None:
        self._db, self._columns, self._progress = db, columns, progress
        self._called = {key: header for header, key in headers.items()}
        self._today = db.clock.today()

    def differences(
        self, rows: Sequence[Sequence[str]], whom: Sequence[int], first: int, doubtful: Collection[int]
    ) -> Iterator[RowDifference]:
        """Every line that would change something, or cannot; `first` is the number of the first line.

        `doubtful` are the places of lines that have nothing but the name of whom they are about.
        """
        known = {record.customer.id: record for record in all_customers(self._db, [one for one in whom if one])}
        for place, (row, customer_id) in enumerate(zip(rows, whom, strict=True)):
            if place % REPORT_EVERY == 0:
                self._progress.report("reading", place, len(rows))
            if not any(map(settle, row)):
                continue
            if customer_id in known:
                record = known[customer_id]
                cells = tuple(self._cells(record, row))
                if cells:
                    called = record.customer.name or record.customer.code
                    unsure = place in doubtful and not self._agrees(record, row)
                    note = Phrase("paste_by_name", {"name": called}) if unsure else None
                    yield RowDifference(RowKind.CHANGED, customer_id, called, first + place, cells, note=note)
            else:
                yield self._new(row, first + place)

    def _cells(self, record: CustomerRecord, row: Sequence[str]) -> Iterator[CellDifference]:
        for place, (key, cell) in enumerate(zip(self._columns, row, strict=False)):
            text = settle(cell)
            found = self._cell(record, key, place, text) if text else None
            if found is not None:
                yield found

    def _agrees(self, record: CustomerRecord, row: Sequence[str]) -> bool:
        """Whether something beside the name says that a line is about this customer."""
        told = ((place, key, settle(cell)) for place, (key, cell) in enumerate(zip(self._columns, row, strict=False)))
        return any(
            text and key in _TELLING and self._cell(record, key, place, text) is None for place, key, text in told
        )

    def _cell(self, record: CustomerRecord, key: str, place: int, text: str) -> CellDifference | None:
        """How one cell differs from what is there; None where it does not."""
        if not key or not values.is_editable(key):
            shown = customer_value(record, key) if key else None
            return None if key and text == str(shown) else self._refused(key, place, text)
        customer = record.customer
        here = values.text_of(customer, key)
        raw = _with_others(customer, key, text)
        read = values.read_cell(customer, key, raw, self._today)
        if read.value is None:
            return self._unreadable(key, place, text, here, read.code, read.values)
        if read.value == customer or _is_shown(customer, key, text):
            return None
        note = Phrase(read.code, {**read.values, "value": text}) if read.code else None
        return CellDifference(
            key, self._header(key), column_letter(place), CellKind.CHANGED, here, values.as_text(raw), here, raw, note
        )

    def _new(self, row: Sequence[str], number: int) -> RowDifference:
        """What a line makes that nobody is."""
        customer, cells = Customer(), []
        for place, (key, cell) in enumerate(zip(self._columns, row, strict=False)):
            text = settle(cell)
            if not text:
                continue
            if not key or not values.is_editable(key):
                cells.append(self._refused(key, place, text))
                continue
            read = values.read_cell(customer, key, text, self._today)
            if read.value is None:
                cells.append(self._unreadable(key, place, text, "", read.code, read.values))
                continue
            customer = read.value
            note = Phrase(read.code, {**read.values, "value": text}) if read.code else None
            changed = CellKind.CHANGED
            cells.append(
                CellDifference(key, self._header(key), column_letter(place), changed, "", text, None, text, note)
            )
        found = RowDifference(RowKind.NEW, 0, customer.name or customer.code, number, tuple(cells), customer)
        if not found.name:
            return replace(found, customer=None, note=Phrase("trip_nameless"))
        twin = self._twin(customer)
        return replace(found, note=Phrase("trip_already_there", {"name": twin})) if twin else found

    def _refused(self, key: str, place: int, text: str) -> CellDifference:
        """A cell of a column that is worked out, or that there is not."""
        code = "paste_worked_out" if key else "paste_no_column"
        return self._unreadable(key, place, text, "", code, {})

    def _unreadable(
        self, key: str, place: int, text: str, here: str, code: str, told: Mapping[str, object]
    ) -> CellDifference:
        note = Phrase(code, {**told, "value": text})  # type: ignore[dict-item]
        kind = CellKind.UNREADABLE
        return CellDifference(key, self._header(key), column_letter(place), kind, here, text, None, text, note)

    def _header(self, key: str) -> str:
        return self._called.get(key) or field_label(key)

    def _twin(self, customer: Customer) -> str:
        """Who is there already by the same code, the same ways to be reached, or the same name."""
        from crmdesk.storage.round_trip import known_as

        with self._db.raw_read() as raw:
            return known_as(raw, customer.code, customer.name, [point.value for point in customer.points])


def _with_others(customer: Customer, key: str, text: str) -> str:
    """Of numbers and addresses the list shows the first: what is pasted takes its place, the others stay."""
    if key not in values.POINTS:
        return text
    others = [point.value for point in customer.points if point.kind == key][1:]
    return values.JOIN.join([text, *(other for other in others if other not in text)])


def _is_shown(customer: Customer, key: str, text: str) -> bool:
    """Whether the list shows just this already, though the fact holds more or is somebody's at the customer."""
    if key == "name":
        return not customer.name and text == customer.code
    if key == "contact_name":
        return bool(customer.contacts) and text == customer.contacts[0].name
    if key in values.POINTS or key == "contact_phone":
        kind = "phone" if key == "contact_phone" else key
        points = [*customer.points, *(point for one in customer.contacts for point in one.points)]
        return text in {point.value for point in points if point.kind == kind}
    return False
