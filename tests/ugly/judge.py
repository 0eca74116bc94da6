"""Reads a made-up workbook as a user would, by preview and import, and says of every cell what became of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crmdesk.clock import Clock
from crmdesk.excel.protocol import unpacked
from crmdesk.operations import history
from crmdesk.operations.files import create_file
from crmdesk.operations.importing import Preview, import_preview, preview_sheets
from ugly.model import LOST, Book, Cell, Line, MadeSheet
from ugly.shapes import make
from ugly.views import PURCHASE, View, fits, holds, of_file, of_row
from ugly.writers import write

# What may follow from other cells of a row, and is nobody's invention.
_DERIVED = {
    "salutation",
    "region",
    "tags",
    "points",
    "contacts",
    "notes",
    "extra",
    "birthday_calendar",
    "ordered_at",
    "interactions",
    "follow_ups",
}
_MONEY = {"order_amount", "line_amount", "order_number"}


@dataclass
class Verdict:
    """Cells that are right, flagged (nothing or something doubtful was read, and it is said), silently wrong.

    `lost` cells could be read by nobody and were flagged; `faults` are sentences about everything that must not be.
    """

    right: int = 0
    flagged: int = 0
    lost: int = 0
    faults: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    @property
    def cells(self) -> int:
        return self.right + self.flagged + self.lost + len(self.faults)

    def add(self, other: Verdict) -> None:
        """Take in another workbook's verdict."""
        self.right += other.right
        self.flagged += other.flagged
        self.lost += other.lost
        self.faults += other.faults
        self.doubts += other.doubts


@dataclass
class Taken:
    """A sheet as it was read: its rows (several where a sheet holds several tables), what was skipped and flagged."""

    rows: dict[int, list[tuple[set[str], View, set[str]]]] = field(default_factory=lambda: defaultdict(list))
    skipped: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    headers: set[int] = field(default_factory=set)
    flags: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    read: int = 0
    ignored: bool = True


def judge(shape: str, seed: int, fmt: str, folder: Path, clock: Clock) -> Verdict:
    """Make the workbook of a seed, import it into a new file, and judge."""
    folder.mkdir(parents=True, exist_ok=True)
    book = make(shape, seed, fmt)
    paths = write(book, fmt, folder)
    db = create_file(folder / "judged.crmdesk", clock)
    verdict = Verdict()
    try:
        empty = history.logical_dump(db)
        with preview_sheets(db, paths) as preview:
            summary = import_preview(db, preview)
            taken = list(_taken(preview, summary))
            counts = [sheet.counts for sheet in summary.sheets]
            if counts != [sheet.counts for sheet in preview.sheets]:
                verdict.faults.append("the import counts otherwise than the preview")
        with db.raw_read() as raw:
            people = of_file(lambda statement: raw.execute(statement).fetchall())
        for sheet in book.sheets:
            _judge_sheet(sheet, _of_sheet(sheet, taken, fmt), people, verdict)
        _judge_whole(book, summary.created, verdict)
        _judge_plans(book, summary, verdict)
        if summary.step:
            history.undo(db)
        if history.logical_dump(db) != empty:
            verdict.faults.append("undo does not give the empty file back")
    finally:
        db.close()
    verdict.faults = [f"{shape} {seed} {fmt}: {fault}" for fault in verdict.faults]
    verdict.doubts = [f"{shape} {seed} {fmt}: {doubt}" for doubt in verdict.doubts]
    return verdict


def _taken(preview: Preview, summary: Any) -> Iterator[tuple[str, Taken]]:
    for place, result in zip(preview.places, summary.sheets, strict=True):
        taken, draft = Taken(), result.draft
        taken.ignored = result.kind == "ignored"
        taken.read = result.counts.read
        letters = {column.letter for column in draft.columns}
        for chunk in preview.rows.get(place, ()):
            for row, values, extra, issues in unpacked(chunk):
                taken.rows[row].append((letters, of_row(values, extra), {issue[1] for issue in issues}))
        for issue in result.issues:
            taken.flags[issue.row].add(issue.column)
        for skipped in result.skipped:
            taken.skipped[skipped.row].append(skipped.reason)
        taken.headers.add(draft.header_row)
        yield draft.name, taken


def _of_sheet(sheet: MadeSheet, taken: list[tuple[str, Taken]], fmt: str) -> list[Taken]:
    """All tables that were found in a sheet."""
    return [one for name, one in taken if name == sheet.name or name.startswith(f"{sheet.name} ")]


def _judge_sheet(sheet: MadeSheet, tables: list[Taken], people: list[View], verdict: Verdict) -> None:
    if sheet.hidden or sheet.ignored:
        if any(not one.ignored for one in tables):
            verdict.faults.append(f"«{sheet.name}» holds no customers and was taken")
        return
    _judge_rows(sheet, tables, verdict)
    found = {(key, view.values[key]): view for key in ("code", "name") for view in people if key in view.values}
    found |= {("phone", phone): view for view in people for phone in view.phones}
    for number, line in enumerate(sheet.lines, 1):
        if line.kind == "data" and not line.hidden:
            _judge_line(sheet, number, line, tables, found, verdict)


def _judge_rows(sheet: MadeSheet, tables: list[Taken], verdict: Verdict) -> None:
    """Every row that is not blank is data, header or named as something else; and it is what it was made as."""
    at = f"«{sheet.name}»"
    for number, line in enumerate(sheet.lines, 1):
        if line.is_blank:
            continue
        read = any(number in one.rows for one in tables)
        skipped = [reason for one in tables for reason in one.skipped.get(number, ())]
        header = any(number in one.headers for one in tables)
        if not (read or skipped or header):
            verdict.faults.append(f"{at} row {number} ({line.kind}) is not accounted for")
        elif line.kind == "data" and line.hidden:
            if read:
                verdict.faults.append(f"{at} hidden row {number} was taken")
        elif line.kind == "data" and not read and sheet.tables == 1:
            verdict.faults.append(f"{at} row {number} of data is left out as {skipped}: {[c.raw for c in line.cells]}")
        elif line.kind != "data" and read and "no_customer" not in skipped:
            verdict.faults.append(f"{at} row {number} is a {line.kind} and was taken: {[c.raw for c in line.cells]}")
    if sheet.tables == 1:
        filled = sum(not line.is_blank for line in sheet.lines)
        heads = len({head for one in tables for head in one.headers} - {0})
        if sum(one.read for one in tables) != filled - heads:
            verdict.faults.append(f"{at} {sum(one.read for one in tables)} rows counted of {filled - heads}")


def _judge_line(
    sheet: MadeSheet,
    number: int,
    line: Line,
    tables: list[Taken],
    people: dict[tuple[str, Any], View],
    verdict: Verdict,
) -> None:
    from crmdesk.excel.column import column_letter

    open_wants: list[tuple[Cell, str]] = []
    for place, one in enumerate(line.cells):
        if one.wants:
            open_wants.append((one, column_letter(place)))
    for table in tables:
        for letters, view, _ in table.rows.get(number, ()):
            mine = [(one, letter) for one, letter in open_wants if letter in letters]
            _judge_cells(
                f"«{sheet.name}» {{letter}}{number}", mine, view, table.flags.get(number, set()), people, verdict
            )
            _judge_invented(f"«{sheet.name}» row {number}", mine, view, table.flags.get(number, set()), verdict)
            open_wants = [pair for pair in open_wants if pair not in mine]
    for one, letter in open_wants:
        verdict.faults.append(f"«{sheet.name}» {letter}{number} was not read at all: {one.raw!r}")


def _judge_cells(
    at: str,
    cells: list[tuple[Cell, str]],
    view: View,
    flags: set[str],
    people: dict[tuple[str, Any], View],
    verdict: Verdict,
) -> None:
    keys = [*((key, view.values.get(key, "")) for key in ("code", "name")), *(("phone", one) for one in view.phones)]
    kept = next((people[key] for key in keys if key in people), None)
    sale: list[tuple[str, Any]] = []
    for one, letter in cells:
        flagged = letter in flags or "" in flags
        place = at.format(letter=letter)
        if one.lost:
            if flagged:
                verdict.lost += 1
            else:
                verdict.faults.append(f"{place} is unreadable and not flagged: {one.raw!r} as {view.values}")
            continue
        wrong = [(key, want) for key, want in one.wants if not holds(view, key, want)]
        if wrong and flagged:
            verdict.flagged += 1
            verdict.doubts.append(f"{place} {one.raw!r} wanted {wrong}")
            continue
        if wrong:
            verdict.faults.append(f"{place} {one.raw!r} wanted {wrong}, got {_told(view, wrong[0][0])}")
            continue
        sale += [(key, want) for key, want in one.wants if key in PURCHASE]
        unkept = [key for key, want in one.wants if key not in PURCHASE and not (kept and holds(kept, key, want))]
        if unkept == ["note"] and sale_of(kept, "order_note", dict(one.wants)["note"]):
            unkept = []  # what stands behind a name in a row of purchases is kept with the purchase
        if unkept and not flags:
            verdict.faults.append(f"{place} {one.raw!r} was read rightly and is not in the file: {unkept}")
        elif unkept:  # the row was left out for another cell of it that is flagged
            verdict.flagged += 1
            verdict.doubts.append(f"{place} {one.raw!r} wanted {unkept} in the file")
        else:
            verdict.right += 1
    if sale:
        _find_sale(at.format(letter=""), sale, kept, flags, verdict)


def sale_of(kept: View | None, key: str, text: str) -> bool:
    """Whether a text stands in one of the purchases of a customer."""
    return kept is not None and any(text in (order.get(key) or "") for order in kept.orders)


def _find_sale(at: str, sale: list[tuple[str, Any]], kept: View | None, flags: set[str], verdict: Verdict) -> None:
    """The purchase that the row tells of is in the file, once for each row."""
    orders = kept.orders if kept else []
    found = next((order for order in orders if fits(order, sale)), None)
    if found is not None:
        orders.remove(found)
    elif not flags:
        verdict.faults.append(f"{at} the purchase {sale} is not in the file")


def _judge_invented(at: str, cells: list[tuple[Cell, str]], view: View, flags: set[str], verdict: Verdict) -> None:
    """Nothing was read that stands in no cell: no value under another field, no phone that nobody has."""
    wanted = {key for one, _ in cells for key, _ in one.wants}
    keys = {
        "order_amount" if "amount" in wanted else "",
        "line_amount" if "amount" in wanted else "",
        "order_number" if "number" in wanted else "",
    }
    extra = {key[6:] for key in wanted if key.startswith("extra:")} | ({"*"} if "any" in wanted else set())
    invented = set(view.values) - wanted - keys - _DERIVED
    if "order_note" not in wanted and "note" not in wanted and "talk" not in wanted and view.values.get("notes"):
        invented.add("notes")
    if "*" not in extra:
        invented |= {f"extra:{header}" for header in view.extra if header not in extra and not flags}
    phones = {phone for one, _ in cells for key, want in one.wants if key == "phone" and want != LOST for phone in want}
    phones |= {want[1] for one, _ in cells for key, want in one.wants if key == "contact_phone"}
    if not flags and not set(view.phones) <= phones:
        invented.add(f"phones {set(view.phones) - phones}")
    if invented and not flags:
        verdict.faults.append(f"{at} says what no cell says: {sorted(invented)} {view.values} {view.extra}")


def _told(view: View, key: str) -> object:
    if key in ("phone", "wechat", "email", "qq", "contact_phone"):
        return view.points, view.contacts
    if key in PURCHASE:
        return view.orders[0].get(key) if view.orders else None
    if key.startswith("extra:"):
        return view.extra
    if key.startswith(("talk", "plan")):
        return view.talks, view.plans
    return view.values.get("notes" if key == "note" else key, view.values)


def _judge_whole(book: Book, created: Any, verdict: Verdict) -> None:
    """As many customers, purchases and talks as the truth has, but for what was flagged or hidden."""
    if verdict.flagged or verdict.lost or any(line.hidden for sheet in book.sheets for line in sheet.lines):
        return
    wanted = (book.customers, book.orders, book.interactions)
    if (created.customers, created.orders, created.interactions) != wanted:
        verdict.faults.append(f"the file holds {created} and not {wanted}")


def _judge_plans(book: Book, summary: Any, verdict: Verdict) -> None:
    """Appointments of notes are proposed with their day, and nothing is planned that no column plans."""
    cells = [
        one
        for sheet in book.sheets
        for line in sheet.lines
        if line.kind == "data" and not (sheet.hidden or sheet.ignored or line.hidden)
        for one in line.cells
    ]
    asked = Counter(want for one in cells for key, want in one.wants if key == "appointment")
    proposed = Counter(one.due_on.isoformat() for one in summary.proposals)
    if missing := asked - proposed:
        verdict.faults.append(f"appointments {dict(missing)} are not proposed")
    planned = sum(key == "plan_day" for one in cells for key, _ in one.wants)
    if summary.created.follow_ups > planned:
        verdict.faults.append(f"{summary.created.follow_ups} follow-ups were made of {planned}")
