"""Made-up workbooks as real files: xlsx, xls, csv in GBK and UTF-8."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from ugly.model import Book, MadeSheet

ERRORS = {"#DIV/0!": 0x07, "#N/A": 0x2A}
FORMATS = ("xlsx", "xls", "gbk", "utf8")


def write(book: Book, fmt: str, folder: Path) -> list[Path]:
    """Write the workbook; a text file holds one sheet, so there are as many as sheets."""
    stem = f"{book.shape}_{book.seed}_{fmt}"
    if fmt == "xlsx":
        return [_xlsx(book, folder / f"{stem}.xlsx")]
    if fmt == "xls":
        return [_xls(book, folder / f"{stem}.xls")]
    return [_csv(sheet, folder / f"{sheet.name}.csv", fmt) for sheet in book.sheets if not sheet.hidden]


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
