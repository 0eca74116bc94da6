"""按老板的表导出: a workbook of somebody's own is recognised, filled with customers as a new one, and remembered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crmdesk.domain.changes import Changes
from crmdesk.domain.fields import Field
from crmdesk.domain.phrase import Refused
from crmdesk.domain.query import CustomerQuery
from crmdesk.domain.sheet_template import EMPTY, FACTS, ROW_NUMBER, SheetTemplate, TemplateColumn, key_of
from crmdesk.domain.text import float_text
from crmdesk.operations.exporting import KINDS, customer_value, in_order
from crmdesk.operations.listing import customer_ids, customer_rows, list_columns
from crmdesk.progress import Progress
from crmdesk.words.labels import field_label

if TYPE_CHECKING:
    from crmdesk.domain.record import CustomerRecord
    from crmdesk.excel.column import Column
    from crmdesk.excel.writer import CellValue, Kind
    from crmdesk.storage.database import Database

ENDINGS: Final = (".xlsx", ".xlsm")
MOST_CELLS: Final = 400_000  # of a workbook that is held in memory whole
REPORT_EVERY: Final = 500
EXAMPLES: Final = 3
# Of the last talk and the next one: known to the list, not part of a customer.
LISTED: Final = frozenset(("interaction_summary", "follow_up_summary"))


def recognise(db: Database, path: Path, progress: Progress) -> SheetTemplate:
    """Read a workbook as a table to fill, in the guarded child; nothing is written. Raises Refused, Cancelled."""
    from crmdesk.excel.raw import open_raw
    from crmdesk.excel.template import find_head
    from crmdesk.excel.template_filling import check_size

    if path.suffix.lower() not in ENDINGS:
        raise Refused("template_needs_xlsx", file=path.name)
    own = _own_headers(db)
    with open_raw(path, progress) as reading:
        head = find_head(reading, own, progress)
    content = _content(path)
    check_size(path.name, content)
    listed = frozenset(column.key for column in list_columns(db))
    columns = tuple(_column(column, own, listed) for column in head.columns if column.header)
    source = str(path.absolute())
    return SheetTemplate(path.stem, path.name, head.sheet, head.bottom, columns, content, source)


def facts(db: Database) -> list[tuple[str, str]]:
    """What can go into a column: key and name; nothing and the running number first, the user's own columns last."""
    own = [column for column in list_columns(db) if column.key.startswith("extra:")]
    keys = [ROW_NUMBER, *FACTS, *(column.key for column in own)]
    return [(EMPTY, ""), *((key, field_label(key)) for key in keys)]


def examples(db: Database, keys: Sequence[str], ids: Sequence[int] | None = None) -> dict[str, list[str]]:
    """What the first customers have for these keys, in words; "" where they have nothing."""
    from crmdesk.excel.writer import plain_value

    chosen = list(customer_ids(db, CustomerQuery(), EXAMPLES) if ids is None else ids[:EXAMPLES])
    columns = [TemplateColumn(0, "A", "", key) for key in keys]
    rows = list(_rows(db, columns, chosen, Progress()))
    plain = [[plain_value(value, _kind(key)) for value, key in zip(row, keys, strict=True)] for row in rows]
    return {key: [_shown(row[place]) for row in plain] for place, key in enumerate(keys)}


def fill(db: Database, template: SheetTemplate, to: Path, progress: Progress, ids: Sequence[int] | None = None) -> int:
    """Write a new workbook: the table filled with customers (all, or these in this order); return how many.

    Raises Refused where it cannot be written, and never writes over the table itself.
    """
    from crmdesk.excel.template_filling import FilledColumn
    from crmdesk.excel.template_filling import fill as write

    if to.suffix.lower() != ".xlsx":
        raise Refused("template_needs_xlsx", file=to.name)
    if template.source and to.exists() and to.samefile(template.source):
        raise Refused("template_is_target", file=to.name)
    columns = [column for column in template.columns if column.key != EMPTY]
    chosen = customer_ids(db, CustomerQuery()) if ids is None else ids
    if len(chosen) * max(len(columns), 1) > MOST_CELLS:
        raise Refused("template_too_many", count=len(chosen))
    rows = list(_rows(db, columns, chosen, progress))
    filled = [FilledColumn(column.index, _kind(column.key), column.unit) for column in columns]
    try:
        return write(template.file, template.content, template.sheet, template.header_row, filled, rows, to)
    except OSError as error:
        raise Refused("cannot_write", path=str(to), why=error.strerror or str(error)) from error


def kept_names(db: Database) -> list[str]:
    """The tables that are remembered, the one used last first."""
    from crmdesk.storage import sheet_templates

    with db.raw_read() as raw:
        return sheet_templates.names(raw)


def kept(db: Database, name: str) -> SheetTemplate:
    """A remembered table. Raises Refused("no_such_template")."""
    from crmdesk.storage import sheet_templates

    with db.raw_read() as raw:
        found = sheet_templates.get(raw, name)
    if found is None:
        raise Refused("no_such_template", name=name)
    return found


def keep(db: Database, template: SheetTemplate) -> Changes:
    """Remember a table under its name, in place of another of that name; the same again changes nothing."""
    from crmdesk.storage import sheet_templates

    with db.write("keep_sheet_template", undoable=False, name=template.name) as step:
        sheet_templates.put(step, template)
    return step.changes


def _content(path: Path) -> bytes:
    from crmdesk.excel.template_filling import MOST_BYTES

    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Refused("file_unreadable", file=path.name, why=error.strerror or "") from error


def _own_headers(db: Database) -> dict[str, str]:
    """The list's columns by header: the user's own word where there is one."""
    listed = list_columns(db)
    ours = {field_label(key): key for key in FACTS}
    return {**ours, **{column.header or field_label(column.key): column.key for column in listed}}


def _column(column: Column, own: dict[str, str], listed: frozenset[str]) -> TemplateColumn:
    from crmdesk.excel.header_words import match_header, spelled

    same = next((key for header, key in own.items() if spelled(header) == spelled(column.header)), None)
    key = same or (EMPTY if column.field is Field.EXTRA else key_of(column.field, listed))
    unit = match_header(column.header).unit if _kind(key) == "money" else 1
    return TemplateColumn(column.index, column.letter, column.header, _known(key), unit)


def _known(key: str) -> str:
    """The key, where something can go into its column."""
    return key if key in (*FACTS, ROW_NUMBER) or key.startswith("extra:") else EMPTY


def _kind(key: str) -> Kind:
    return "count" if key == ROW_NUMBER else KINDS.get(key, "text")


def _rows(
    db: Database, columns: Sequence[TemplateColumn], ids: Sequence[int], progress: Progress
) -> Iterator[list[CellValue]]:
    listed = [column.key for column in columns if column.key in LISTED]
    said = {row[0]: dict(zip(listed, row[1:], strict=True)) for row in customer_rows(db, ids, listed)} if listed else {}
    numbers = _numbering(columns)
    for number, record in enumerate(in_order(db, ids), 1):
        if number % REPORT_EVERY == 1:
            progress.report("writing", number - 1, len(ids))
        talk = said.get(record.customer.id, {})
        row: list[CellValue] = []
        for place, column in enumerate(columns):
            if column.key == ROW_NUMBER:
                row.append(number)
            elif column.key in LISTED:
                row.append(str(talk.get(column.key) or ""))
            elif column.key == "phone":
                row.append(_phone(record, *numbers[place]))
            else:
                row.append(customer_value(record, column.key))
        yield row


def _numbering(columns: Sequence[TemplateColumn]) -> dict[int, tuple[int, bool, bool]]:
    """For each column of phones: which one it takes, whether it is the last, and whether contacts have their own."""
    places = [place for place, column in enumerate(columns) if column.key == "phone"]
    apart = any(column.key == "contact_phone" for column in columns)
    return {place: (number, place == places[-1], apart) for number, place in enumerate(places)}


def _shown(value: CellValue) -> str:
    if isinstance(value, float):
        return float_text(value)
    return "" if value is None else str(value)


def _phone(record: CustomerRecord, number: int, last: bool, apart: bool) -> str:
    """A customer's number, or its contacts' where it has none itself; the last column takes all that are left."""
    customer = record.customer
    found = [point.value for point in customer.points if point.kind == "phone"]
    if not found and not apart:
        found = [point.value for one in customer.contacts for point in one.points if point.kind == "phone"]
    return "、".join(found[number:] if last else found[number : number + 1])
