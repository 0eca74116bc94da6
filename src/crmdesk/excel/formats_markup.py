"""HTML tables named .xls, as web shops export them, and Excel's own XML of 2003."""

from __future__ import annotations

import re
from datetime import date, datetime
from html.parser import HTMLParser
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from crmdesk.domain.phrase import Refused
from crmdesk.excel.formats_encoding import text_encoding
from crmdesk.excel.gate_package import Admitted
from crmdesk.excel.grid import MAX_COLUMNS, NO_VALUE, Cells, Grid, Merge, SheetSource, grid_of

_CHARSET: Final = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]+)""")
_SS: Final = "{urn:schemas-microsoft-com:office:spreadsheet}"
_MAX_SPAN: Final = 10_000


def markup_text(admitted: Admitted, encoding: str = "") -> tuple[str, str]:
    """The text of a markup file and its encoding: named by the caller, by the file itself, or found."""
    with admitted.open() as file:
        content = file.read()
        file.seek(0)
        declared = _CHARSET.search(content[:4096])
        named = encoding or (declared[1].decode("ascii").casefold() if declared else "")
        named = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030"}.get(named, named)
        try:
            return content.decode(named or "utf-8"), named or "utf-8"
        except (UnicodeDecodeError, LookupError):
            found = text_encoding(file)
            return content.decode(found, errors="replace"), found


def html_sheets(admitted: Admitted, encoding: str = "") -> list[SheetSource]:
    """A sheet per table of an HTML file. Raises Refused when it holds none."""
    text, used = markup_text(admitted, encoding)
    parser = _Tables()
    parser.feed(text)
    parser.close()
    grids = []
    for number, table in enumerate((table for table in parser.tables if table.rows), 1):
        grid = grid_of(
            f"{admitted.path.stem} {number}" if number > 1 else admitted.path.stem, table.rows, encoding=used
        )
        grid.merges = table.merges
        grids.append(grid)
    return _sources(admitted, grids)


def _sources(admitted: Admitted, grids: list[Grid]) -> list[SheetSource]:
    if not grids:
        raise Refused("no_table", file=admitted.path.name)
    return [SheetSource(grid.name, grid.hidden, lambda grid=grid: grid) for grid in grids]  # type: ignore[misc]


class _Table:
    """Rows of a table as they grow, with the cells that reach down from rows above."""

    def __init__(self) -> None:
        self.rows: list[Cells] = []
        self.merges: list[Merge] = []
        self._reaching: dict[int, int] = {}

    def start_row(self) -> None:
        self.rows.append([])

    def add(self, text: str, across: int, down: int) -> None:
        if not self.rows:
            self.start_row()
        row, number = self.rows[-1], len(self.rows) - 1
        while self._reaching.get(len(row), -1) >= number and len(row) < MAX_COLUMNS:
            row.append("")
        first = len(row)
        row.append(text)
        row.extend([""] * (across - 1))
        if across > 1 or down > 1:
            self.merges.append((number, first, number + down - 1, first + across - 1))
        for column in range(first, first + across):
            self._reaching[column] = number + down - 1


class _Tables(HTMLParser):
    """Collects every table of a page; of a table inside a cell only the text counts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._depth = 0
        self._cell: list[str] | None = None
        self._spans = (1, 1)
        self._ignored = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append(_Table())
        elif tag in ("script", "style"):
            self._ignored = True
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")
        elif self._depth <= 1 and tag == "tr":
            self._close_cell()
            self._table().start_row()
        elif self._depth <= 1 and tag in ("td", "th"):
            self._close_cell()
            self._cell = []
            values = dict(attrs)
            self._spans = _span(values.get("colspan"), MAX_COLUMNS), _span(values.get("rowspan"), _MAX_SPAN)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._ignored = False
        elif tag in ("td", "th", "tr") and self._depth <= 1:
            self._close_cell()
        elif tag == "table":
            if self._depth == 1:
                self._close_cell()
            self._depth = max(0, self._depth - 1)

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._ignored:
            self._cell.append(data)

    def close(self) -> None:
        super().close()
        self._close_cell()

    def _table(self) -> _Table:
        if not self.tables:
            self.tables.append(_Table())
        return self.tables[-1]

    def _close_cell(self) -> None:
        if self._cell is None:
            return
        lines = [" ".join(line.split()) for line in "".join(self._cell).split("\n")]
        self._table().add("\n".join(lines).strip(), *self._spans)
        self._cell = None


def _span(value: str | None, most: int) -> int:
    return max(1, min(int(value), most)) if value and value.strip().isdigit() else 1


def xml_sheets(admitted: Admitted, encoding: str = "") -> list[SheetSource]:
    """The sheets of an XML Spreadsheet 2003. Raises Refused when it is damaged."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    text, used = markup_text(admitted, encoding)
    try:
        root = fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text.removeprefix("\ufeff"), count=1), forbid_dtd=True)
    except DefusedXmlException:
        raise Refused("sheet_with_doctype", file=admitted.path.name) from None
    except ParseError as error:
        raise Refused("file_damaged", file=admitted.path.name) from error
    return _sources(admitted, [_xml_grid(sheet, used) for sheet in root.iter(f"{_SS}Worksheet")])


def _xml_grid(sheet: Element, encoding: str) -> Grid:
    rows: list[Cells] = []
    merges: list[Merge] = []
    hidden_rows: set[int] = set()
    for row in sheet.iterfind(f"{_SS}Table/{_SS}Row"):
        index = int(row.get(f"{_SS}Index", len(rows) + 1))
        while len(rows) < min(index, 1_048_576) - 1:
            rows.append([])
        rows.append(_xml_row(row, len(rows), merges))
        if row.get(f"{_SS}Hidden") == "1":
            hidden_rows.add(len(rows))
    grid = grid_of(sheet.get(f"{_SS}Name", ""), rows, encoding=encoding)
    grid.merges = merges
    grid.marks.hidden_rows = hidden_rows
    grid.hidden = sheet.find(".//{urn:schemas-microsoft-com:office:excel}Visible") is not None
    return grid


def _xml_row(row: Element, number: int, merges: list[Merge]) -> Cells:
    cells: Cells = []
    for cell in row.iterfind(f"{_SS}Cell"):
        index = min(int(cell.get(f"{_SS}Index", len(cells) + 1)), MAX_COLUMNS)
        cells.extend([""] * (index - 1 - len(cells)))
        across, down = int(cell.get(f"{_SS}MergeAcross", 0)), int(cell.get(f"{_SS}MergeDown", 0))
        if across or down:
            merges.append((number, len(cells), number + down, len(cells) + across))
        cells.append(_xml_value(cell))
        cells.extend([""] * min(across, MAX_COLUMNS))
    return cells


def _xml_value(cell: Element) -> object:
    data = cell.find(f"{_SS}Data")
    text = "".join(data.itertext()) if data is not None else ""
    kind = data.get(f"{_SS}Type") if data is not None else ""
    if not text:
        return NO_VALUE if cell.get(f"{_SS}Formula") else ""
    try:
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            moment = datetime.fromisoformat(text.removesuffix(".000"))
            return date(moment.year, moment.month, moment.day) if text[11:].startswith("00:00:00") else moment
    except ValueError:
        return text
    return text == "1" if kind == "Boolean" else text
