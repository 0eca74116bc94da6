"""Text files: their separator found by trying, their rows read as Excel would number them."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import Final, TextIO

from crmdesk.domain.phrase import Refused
from crmdesk.excel.formats_encoding import text_encoding
from crmdesk.excel.formats_thousands import Table, table_in
from crmdesk.excel.gate_package import Admitted
from crmdesk.excel.grid import MAX_COLUMNS, MAX_TEXT, Cells, Grid, Marks, SheetSource

_Rows = Callable[[], Iterator[list[str]]]
_Extent = tuple[int, int, int]  # rows, cells in the longest one, signs in the longest cell
_SEPARATORS: Final = ",\t;|，"
_WHITE: Final = " "
_TOP: Final = 2
_FEW: Final = 1 / 3
_NONE: Final = "\x1f"  # what no text holds: a line is a cell
_AS_TEXT: Final = re.compile(r'="([^"]*)"')  # how programs keep a spreadsheet from taking an id for a number
_OF_PROSE: Final = "，"  # stands in sentences too: it parts columns only where it does so on nearly every line
_NEARLY_ALL: Final = 0.9
_TRIED_LINES: Final = 60
_MAX_FIELD: Final = 1 << 20
_MUCH: Final = 2_000  # signs in one cell; with many lines among them, a quote was left open


def text_sheets(admitted: Admitted, encoding: str = "") -> list[SheetSource]:
    """The one sheet of a text file, in the named encoding or the one it looks like. Raises Refused."""
    if encoding:
        used = encoding
    else:
        with admitted.open() as file:
            used = text_encoding(file)
    return [SheetSource(admitted.path.stem, False, lambda: _grid(admitted, used))]


def _grid(admitted: Admitted, encoding: str) -> Grid:
    with _decoded(admitted, encoding) as file:
        head = list(islice(file, _TRIED_LINES))
    if not "".join(head).strip("\0\r\n\t \ufeff"):
        raise Refused("file_empty", file=admitted.path.name)
    as_text = any('="' in line for line in head)
    named = _named_separator(head[0])
    separator = named or _separator(head)
    read, (height, widest, longest), marks = _reader(admitted, encoding, separator)
    width = min(widest, MAX_COLUMNS)

    def rows() -> Iterator[Cells]:
        lines = read()
        if named:
            next(lines, None)
            yield [""] * width  # the line `sep=;` has a number of its own in Excel's count of the file
        for cells in lines:
            if as_text:
                cells = [match[1] if (match := _AS_TEXT.fullmatch(cell)) else cell for cell in cells]
            if longest > MAX_TEXT:
                cells = [cell[:MAX_TEXT] for cell in cells]
            yield cells if len(cells) == width else [*cells[:width], *[""] * (width - len(cells))]  # type: ignore[misc]

    return Grid(admitted.path.stem, width, height, rows, marks=marks, encoding=encoding, columns_cut=widest - width)


def _decoded(admitted: Admitted, encoding: str) -> TextIO:
    return io.TextIOWrapper(admitted.open(), encoding=encoding, errors="replace", newline="")


def _reader(admitted: Admitted, encoding: str, separator: str) -> tuple[_Rows, _Extent, Marks]:
    """A function that starts reading the file's rows anew, their extent, and what was noticed in them.

    A stray quote that would swallow half the file is read as a letter.
    """
    csv.field_size_limit(_MAX_FIELD)
    read = partial(_rows, admitted, encoding, separator, quoting=True)
    try:
        extent, uneven = _extent(read())
    except csv.Error:
        read = partial(_rows, admitted, encoding, separator, quoting=False)
        extent, uneven = _extent(read())
    # Only a comma parts numbers; and where every row is as long as the header, nothing was parted.
    if separator != "," or not uneven:
        return read, extent, Marks()
    table = table_in(list(islice(read(), _TRIED_LINES)))
    if table.named >= extent[1]:
        return read, extent, Marks()
    read = partial(read, table=table)
    return read, _extent(read())[0], table.marks


def _rows(
    admitted: Admitted, encoding: str, separator: str, *, quoting: bool, table: Table | None = None
) -> Iterator[list[str]]:
    """The rows of a file; of a table in which a comma may have parted numbers, mended."""
    with _decoded(admitted, encoding) as file:
        last = [""]
        lines = _lines(file, last)
        if separator == _WHITE:
            yield from (line.split() for line in lines)
            return
        rows = csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_MINIMAL if quoting else csv.QUOTE_NONE)
        yield from rows if table is None else table.mended(rows, last)


def _lines(file: TextIO, last: list[str]) -> Iterator[str]:
    """The lines without the sign that ends texts elsewhere; `last` holds the one that was given out last."""
    for line in file:
        last[0] = line = line.replace("\0", "")
        yield line


def _extent(rows: Iterator[list[str]]) -> tuple[_Extent, bool]:
    """How many rows, cells in the longest row, and signs in the longest cell there are; whether rows differ in length.

    Raises csv.Error when a quote never closes.
    """
    height = widest = longest = 0
    uneven = False
    for cells in rows:
        height += 1
        if len(cells) != widest:
            uneven = uneven or (widest > 0 and len(cells) > 0)
            widest = max(widest, len(cells))
        most = max(map(len, cells), default=0)
        if most > longest:
            longest = most
        if most > _MUCH and any(len(cell) > _MUCH and cell.count("\n") > 200 for cell in cells):
            raise csv.Error
    return (height, widest, longest), uneven


def _named_separator(line: str) -> str:
    """The separator of a first line `sep=;`, as Excel writes it for itself."""
    text = line.strip("\r\n\ufeff\"' ")
    if text[:4].casefold() == "sep=" and len(line.rstrip("\r\n")) >= 5:
        return line.rstrip("\r\n").strip('\ufeff"')[4:5]
    return ""


def _separator(head: list[str]) -> str:
    """The separator that cuts most lines into the same number of cells; white space only where no other does."""
    scores = {separator: _evenness(head, separator) for separator in _SEPARATORS}
    best = max(scores, key=lambda separator: scores[separator])
    if scores[best] > 0:
        return best
    if _white_columns(head):
        return _WHITE
    return _NONE if _is_prose(head) else ","


def _is_prose(head: list[str]) -> bool:
    """Whether commas stand in a few lines only, none of them one of the first: in sentences, and not between cells."""
    lines = [line for line in head if line.strip()]
    with_comma = [place for place, line in enumerate(lines) if "," in line]
    return bool(with_comma) and with_comma[0] >= _TOP and len(with_comma) <= _FEW * len(lines)


def _evenness(head: list[str], separator: str) -> float:
    """How evenly a separator cuts: share of lines with the usual count, times a little for more columns."""
    try:
        counts = [len(cells) for cells in csv.reader(head, delimiter=separator) if any(cells)]
    except csv.Error:
        return 0.0
    usual, times = Counter(count for count in counts).most_common(1)[0] if counts else (1, 0)
    if usual < 2:
        wide = [count for count in counts if count > 1]
        return 0.1 * len(wide) / len(counts) if wide and len(wide) * 2 > len(counts) else 0.0
    if separator == _OF_PROSE and times < _NEARLY_ALL * len(counts):
        return 0.0
    return times / len(counts) + min(usual, 50) / 100


def _white_columns(head: list[str]) -> bool:
    """Whether runs of blanks make columns: the same number on nearly every line, with numbers among them."""
    counts = Counter(len(line.split()) for line in head[1:] if line.strip())
    if not counts:
        return False
    usual, times = counts.most_common(1)[0]
    digits = sum(any(part[:1].isdigit() for part in line.split()) for line in head[1:])
    return usual >= 2 and times >= 0.9 * sum(counts.values()) and digits >= 0.9 * sum(counts.values())
