"""Made-up workbooks as real files: xlsx, xls, csv in GBK and UTF-8; HTML, XML of 2003 and text that are called .xls."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from ugly.model import Book, Line, MadeSheet

ERRORS = {"#DIV/0!": 0x07, "#N/A": 0x2A}
FORMATS = ("xlsx", "xls", "gbk", "utf8")
DISGUISED = ("html", "xml", "tab")


def write(book: Book, fmt: str, folder: Path) -> list[Path]:
    """Write the workbook; a text file holds one sheet, so there are as many as sheets."""
    stem = f"{book.shape}_{book.seed:06}_{fmt}"  # no name that looks like a year
    if fmt == "xlsx":
        return [_xlsx(book, folder / f"{stem}.xlsx")]
    if fmt == "xls":
        return [_xls(book, folder / f"{stem}.xls")]
    if fmt == "xml":
        return [_xml(book, folder / f"{stem}.xls")]
    shown = [sheet for sheet in book.sheets if not sheet.hidden]
    if fmt == "html":
        return [_html(sheet, folder / f"{sheet.name}.xls") for sheet in shown]
    if fmt == "tab":
        return [_tab(sheet, folder / f"{sheet.name}.xls") for sheet in shown]
    return [_csv(sheet, folder / f"{sheet.name}.csv", fmt) for sheet in shown]


def _xlsx(book: Book, path: Path) -> Path:
    made = Workbook()
    made.remove(made.active)
    if book.dates_1904:
        made.epoch = CALENDAR_MAC_1904
    for sheet in book.sheets:
        page = made.create_sheet(sheet.name)
        for row, line in enumerate(sheet.lines, 1):
            for column, one in enumerate(line.cells, 1):
                if one.raw not in ("", None):
                    page.cell(row, column, one.raw)
            if line.hidden:
                page.row_dimensions[row].hidden = True
        for top, left, bottom, right in sheet.merges:
            page.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)
        if sheet.hidden:
            page.sheet_state = "hidden"
    made.save(path)
    return path


def _xls(book: Book, path: Path) -> Path:
    import xlwt

    made = xlwt.Workbook(encoding="utf-8")
    made.dates_1904 = book.dates_1904
    day, moment = xlwt.easyxf(num_format_str="YYYY/M/D"), xlwt.easyxf(num_format_str="YYYY/M/D H:MM")
    for sheet in book.sheets:
        page = made.add_sheet(sheet.name, cell_overwrite_ok=True)
        for row, line in enumerate(sheet.lines):
            for column, one in enumerate(line.cells):
                if isinstance(one.raw, str) and one.raw.startswith("#"):
                    page.row(row).set_cell_error(column, ERRORS[one.raw])
                elif isinstance(one.raw, datetime):
                    page.write(row, column, one.raw, moment)
                elif isinstance(one.raw, date):
                    page.write(row, column, one.raw, day)
                elif one.raw not in ("", None):
                    page.write(row, column, one.raw)
            if line.hidden:
                page.row(row).hidden = True
        for top, left, bottom, right in sheet.merges:
            page.merge(top, bottom, left, right)
        page.visibility = int(sheet.hidden)
    made.save(str(path))
    return path


def _csv(sheet: MadeSheet, path: Path, fmt: str) -> Path:
    encoding = "gb18030" if fmt == "gbk" else ("utf-8-sig" if len(sheet.lines) % 2 else "utf-8")
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        for line in sheet.lines:
            writer.writerow([_text(one.raw) for one in line.cells])
    return path


def _text(raw: object) -> str:
    """A cell as a spreadsheet writes it into a text file."""
    if isinstance(raw, datetime):
        return f"{raw.year}/{raw.month}/{raw.day} {raw:%H:%M}"
    if isinstance(raw, date):
        return f"{raw.year}/{raw.month}/{raw.day}"
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float):
        # What the column is too narrow for is shown, and saved, with an exponent.
        return f"{raw:.2E}" if raw >= 1e15 else str(int(raw)) if raw.is_integer() else repr(raw)
    return "" if raw is None else str(raw)


def _tab(sheet: MadeSheet, path: Path) -> Path:
    """What a spreadsheet calls Unicode text."""
    with path.open("w", encoding="utf-16", newline="") as file:
        writer = csv.writer(file, delimiter="\t")
        for line in sheet.lines:
            writer.writerow([_text(one.raw) for one in line.cells])
    return path


def _spans(sheet: MadeSheet) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """How far each merged cell reaches down and right, and the cells that it covers."""
    reach = {(top, left): (bottom - top, right - left) for top, left, bottom, right in sheet.merges}
    covered = {
        (row, column)
        for top, left, bottom, right in sheet.merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    return reach, covered


def _html(sheet: MadeSheet, path: Path) -> Path:
    """A table of a web page, as shops export it."""
    reach, covered = _spans(sheet)
    rows = []
    for row, line in enumerate(sheet.lines):
        cells = []
        for column, one in enumerate(line.cells):
            down, across = reach.get((row, column), (0, 0))
            if (row, column) not in covered:
                text = escape(_text(one.raw)).replace("\n", "<br>")
                cells.append(f'<td rowspan="{down + 1}" colspan="{across + 1}">{text}</td>')
        rows.append(f"<tr>{''.join(cells)}</tr>")
    head = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body>'
    path.write_text(f"{head}<table border=1>\n{chr(10).join(rows)}</table></body></html>", encoding="gb18030")
    return path


def _xml(book: Book, path: Path) -> Path:
    """The XML that Excel of 2003 wrote, and programs still write."""
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    sheets = []
    for sheet in book.sheets:
        reach, covered = _spans(sheet)
        rows = [_xml_row(row, line, reach, covered) for row, line in enumerate(sheet.lines)]
        hidden = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>" if sheet.hidden else ""
        name = quoteattr(sheet.name)
        sheets.append(f"<Worksheet ss:Name={name}><Table>{''.join(rows)}</Table>{hidden}</Worksheet>")
    path.write_text(
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{space}" xmlns:ss="{space}"'
        f' xmlns:x="urn:schemas-microsoft-com:office:excel">{"".join(sheets)}</Workbook>',
        encoding="utf-8",
    )
    return path


def _xml_row(row: int, line: Line, reach: dict[tuple[int, int], tuple[int, int]], covered: set[tuple[int, int]]) -> str:
    cells = []
    for column, one in enumerate(line.cells):
        down, across = reach.get((row, column), (0, 0))
        if (row, column) in covered or one.raw in ("", None):
            continue
        merge = f' ss:MergeDown="{down}" ss:MergeAcross="{across}"' if down or across else ""
        cells.append(f'<Cell ss:Index="{column + 1}"{merge}>{_xml_data(one.raw)}</Cell>')
    hidden = ' ss:Hidden="1"' if line.hidden else ""
    return f'<Row ss:Index="{row + 1}"{hidden}>{"".join(cells)}</Row>'


def _xml_data(raw: object) -> str:
    if isinstance(raw, datetime):
        return f'<Data ss:Type="DateTime">{raw.isoformat(timespec="milliseconds")}</Data>'
    if isinstance(raw, date):
        return f'<Data ss:Type="DateTime">{raw.isoformat()}T00:00:00.000</Data>'
    if isinstance(raw, int | float):
        return f'<Data ss:Type="Number">{raw!r}</Data>'
    kind = "Error" if str(raw).startswith("#") else "String"
    return f'<Data ss:Type="{kind}">{escape(str(raw)).replace(chr(10), "&#10;")}</Data>'
