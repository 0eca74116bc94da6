"""改完拖回来: customers out as a workbook for editing; when it comes back, what differs, and what of it is taken."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crmdesk.domain.changes import Changes
from crmdesk.domain.phrase import Refused
from crmdesk.domain.query import CustomerQuery
from crmdesk.domain.record import CustomerRecord
from crmdesk.domain.round_trip import Choice, Differences, RowDifference, RowKind
from crmdesk.i18n import LANGUAGES, Language, _, current_language, language
from crmdesk.operations import round_trip_values as values
from crmdesk.operations.exporting import KINDS, customer_value, in_order, stands_beside
from crmdesk.operations.listing import customer_ids, list_columns
from crmdesk.progress import Progress
from crmdesk.words.labels import field_label, label

if TYPE_CHECKING:
    from crmdesk.excel.round_trip import EditColumn, EditRow, EditWords
    from crmdesk.storage.database import Database
    from crmdesk.storage.database_step import Step

# Offered for filling in also where nobody has one yet.
ALWAYS: Final = ("name", "phone", "wechat", "intent", "source", "tags", "notes")
SHEETS: Final = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
WORD_KEYS: Final = ("intent", "kind", "stage_given", "tier_given", "source", "industry", "owner", "tags")
STRICT: Final = ("intent", "kind")
REPORT_EVERY: Final = 500
STEP: Final = "round_trip"
# Of what happened; a sheet of customers is no place to edit it.
LEFT_OUT: Final = frozenset(("interaction_on", "interaction_kind", "interaction_summary", "follow_up_summary"))


def export_for_editing(db: Database, to: Path, progress: Progress, ids: Sequence[int] | None = None) -> int:
    """Write customers (all, or these in this order) as a workbook for editing; return how many.

    Raises Refused where the file cannot be written or its name does not end in .xlsx.
    """
    from crmdesk.excel.round_trip import write_for_editing

    if to.suffix.lower() != ".xlsx":
        raise Refused("editing_needs_xlsx", path=to.name)
    columns = edit_columns(db)
    chosen = customer_ids(db, CustomerQuery()) if ids is None else ids
    rows = (_edit_row(record, columns) for record in _counted(in_order(db, chosen), progress))
    try:
        return write_for_editing(to, columns, rows, _words(), current_language())
    except OSError as error:
        raise Refused("cannot_write", path=str(to), why=error.strerror or str(error)) from error


def is_for_editing(path: Path, progress: Progress) -> bool:
    """Whether a file is a workbook that was exported for editing; a file that cannot be read is none."""
    from crmdesk.excel.raw import open_raw
    from crmdesk.excel.round_trip_sheet import is_for_editing as has_mark

    if path.suffix.lower() not in SHEETS:
        return False
    try:
        with open_raw(path, progress) as reading:
            return has_mark(reading, progress)
    except Refused:
        return False


def compare(db: Database, path: Path, progress: Progress) -> Differences:
    """What differs between a workbook that comes back and the file; nothing is written. Raises Refused, Cancelled."""
    from crmdesk.excel.raw import open_raw
    from crmdesk.excel.round_trip_sheet import read_edited
    from crmdesk.operations.round_trip_compare import differences

    with open_raw(path, progress) as reading:
        edited = read_edited(reading, progress)
    with language(_spoken(edited.language)):
        return differences(db, path.name, edited, progress)


def apply(
    db: Database, found: Differences, chosen: Collection[Choice], progress: Progress, step_name: str = STEP
) -> Changes:
    """Take the chosen differences in one step, called `step_name`; empty Changes where there are none.

    Raises Refused("row_moved_on") where a customer was changed after the comparison, and Cancelled.
    """
    wanted = sorted(set(chosen) & set(found.possible()))
    if not wanted:
        return Changes()
    with (
        language(_spoken(found.language)),
        db.write(step_name, undoable=True, progress=progress, file=found.file) as step,
    ):
        _write(db, step, found, wanted, progress)
    return step.changes


def edit_columns(db: Database) -> list[EditColumn]:
    """The list's columns, those to fill in behind them; each header once."""
    from crmdesk.excel.round_trip import ID_HEADER, EditColumn

    columns = [column for column in list_columns(db) if not stands_beside(column)]
    listed = {column.key: column.header for column in columns if column.key not in LEFT_OUT}
    keys = list(dict.fromkeys([*listed, *ALWAYS, *(values.CONTACT if _holds_contacts(db) else ())]))
    offered = _offered(db)
    taken = {ID_HEADER}
    found = []
    for key in keys:
        editable = values.is_editable(key)
        own = " ".join((listed.get(key) or field_label(key)).split())
        header = _unused(own if editable else _("{column} (look only)").format(column=own), taken)
        kind = values.kind_of(key) if editable else KINDS.get(key, "text")
        found.append(EditColumn(key, header, kind, editable, offered.get(key, ()), key in STRICT))
    return found


def _holds_contacts(db: Database) -> bool:
    from crmdesk.storage.round_trip import holds_contacts

    with db.raw_read() as raw:
        return holds_contacts(raw)


def _unused(header: str, taken: set[str]) -> str:
    name, number = header, 2
    while name in taken:
        name, number = f"{header} {number}", number + 1
    taken.add(name)
    return name


def _offered(db: Database) -> dict[str, tuple[str, ...]]:
    from crmdesk.storage.round_trip import words_in_use

    with db.raw_read() as raw:
        words = words_in_use(raw)
    codes = {"intent": ("high", "medium", "low"), "kind": ("company", "person")}
    spoken = {group: tuple(label(group, code) for code in found) for group, found in codes.items()}
    return {key: found for key, found in {**words, **spoken}.items() if found and key in WORD_KEYS}


def _edit_row(record: CustomerRecord, columns: Sequence[EditColumn]) -> EditRow:
    from crmdesk.excel.round_trip import EditRow

    customer = record.customer
    cells = tuple(
        values.cell_of(customer, column.key) if column.editable else customer_value(record, column.key)
        for column in columns
    )
    texts = tuple(values.text_of(customer, column.key) for column in columns if column.editable)
    shown = tuple(
        values.shown_text(cell, column.kind) for cell, column in zip(cells, columns, strict=True) if not column.editable
    )
    return EditRow(customer.id, cells, texts, shown)


def _words() -> EditWords:
    from crmdesk.excel.round_trip import EditWords

    return EditWords(
        label("table", "customers"),
        _("This column is worked out. It is only for looking at and is not read back."),
        _("Please choose one of the list, or leave the cell empty."),
        _("Not here"),
    )


def _counted(records: Iterable[CustomerRecord], progress: Progress) -> Iterator[CustomerRecord]:
    for count, record in enumerate(records):
        if count % REPORT_EVERY == 0:
            progress.report("writing", count)
        yield record


def _spoken(wanted: str) -> Language:
    return next((spoken for spoken in LANGUAGES if spoken == wanted), current_language())


def _write(db: Database, step: Step, found: Differences, wanted: Sequence[Choice], progress: Progress) -> None:
    """Write what was chosen: edits first, then new customers, then deletions."""
    from crmdesk.storage import customers

    today = db.clock.today()
    edits: dict[int, set[str]] = {}
    for place, key in wanted:
        if not found.rows[place].whole:
            edits.setdefault(place, set()).add(key)
    _write_edits(step, found, edits, today, progress)
    whole = [found.rows[place] for place, _key in wanted if found.rows[place].whole]
    for row in whole:
        if row.kind is not RowKind.DELETED and row.customer is not None:
            step.made(customers.add(step, row.customer, known_since=today))
    customers.remove(step, [row.customer_id for row in whole if row.kind is RowKind.DELETED])


def _write_edits(
    step: Step, found: Differences, edits: Mapping[int, Collection[str]], today: date, progress: Progress
) -> None:
    """Change customers in chunks, as they are read; raises Refused("row_moved_on"), Refused("no_such_customer")."""
    from crmdesk.storage import customers, records

    places = list(edits)
    for start in range(0, len(places), REPORT_EVERY):
        progress.report("writing", start, len(places))
        chunk = places[start : start + REPORT_EVERY]
        ids = sorted(found.rows[place].customer_id for place in chunk)
        now = {record.customer.id: record.customer for record in records.after(step.connection, 0, ids)}
        for place in chunk:
            row = found.rows[place]
            if row.customer_id not in now:
                raise Refused("no_such_customer")
            before = after = now[row.customer_id]
            for cell in row.cells:
                if cell.key in edits[place]:
                    _refuse_moved(row, values.text_of(before, cell.key), cell.here)
                    after = values.read_cell(after, cell.key, cell.raw, today).value or after
            customers.change(step, before, after)


def _refuse_moved(row: RowDifference, now: str, compared: str) -> None:
    if now != compared:
        raise Refused("row_moved_on", name=row.name)
