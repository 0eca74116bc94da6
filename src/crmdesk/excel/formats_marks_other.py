"""Error values, hidden rows and merged cells of .xlsb and .ods, which calamine leaves out."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from crmdesk.excel.gate_package import Admitted
from crmdesk.excel.grid import ERROR_TEXTS, MAX_COLUMNS, Marks

_BUNDLE_SHEET: Final = 156
_ROW_HEADER: Final = 0
_CELL_ERRORS: Final = (3, 11)  # BrtCellError, BrtFmlaError
_MERGED: Final = 176
_HIDDEN_BIT: Final = 0x10
_OASIS: Final = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TABLE: Final = _OASIS % "table"
_HIDDEN_ROWS: Final = ("collapse", "filter")
_MAX_ROWS: Final = 1_048_576


def xlsb_marks(admitted: Admitted, sheet: str) -> Marks:
    """The marks of a sheet of a binary workbook."""
    from defusedxml.ElementTree import fromstring

    marks = Marks()
    with admitted.open() as file, zipfile.ZipFile(file) as package:
        names = {name.casefold(): name for name in package.namelist()}
        links = {
            link.get("Id"): link.get("Target", "")
            for link in fromstring(package.read(names["xl/_rels/workbook.bin.rels"]))
        }
        wanted = next((link for link, name in _bundle(package.read(names["xl/workbook.bin"])) if name == sheet), None)
        if wanted is None:
            return marks
        target = links[wanted].lstrip("/").casefold()
        _scan_binary(package.read(names[target if target in names else f"xl/{target}"]), marks)
    return marks


def _scan_binary(content: bytes, marks: Marks) -> None:
    row = 0
    for kind, at in _binary_records(content):
        if kind == _ROW_HEADER:
            row = struct.unpack_from("<I", content, at)[0] + 1
            if content[at + 11] & _HIDDEN_BIT:
                marks.hidden_rows.add(row)
        elif kind in _CELL_ERRORS:
            column = struct.unpack_from("<I", content, at)[0]
            marks.mark(row, column, ERROR_TEXTS.get(content[at + 8], "#ERROR!"))
        elif kind == _MERGED:
            top, bottom, first, last = struct.unpack_from("<4I", content, at)
            marks.merges.append((top, first, bottom, last))


def _binary_records(content: bytes) -> Iterator[tuple[int, int]]:
    """Kind and place of every record: both its kind and its size are numbers of seven bits a byte."""
    at, end = 0, len(content)
    while at < end:
        kind = content[at]
        at += 1
        if kind & 0x80:
            kind = kind & 0x7F | content[at] << 7
            at += 1
        size = shift = 0
        while True:
            byte = content[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift > 21:
                break
        yield kind, at
        at += size


def _bundle(content: bytes) -> Iterator[tuple[str, str]]:
    """Relation id and name of each sheet of the workbook."""
    for kind, at in _binary_records(content):
        if kind == _BUNDLE_SHEET:
            length = struct.unpack_from("<I", content, at + 8)[0]
            link = content[at + 12 : at + 12 + 2 * length].decode("utf-16-le")
            at += 12 + 2 * length
            length = struct.unpack_from("<I", content, at)[0]
            yield link, content[at + 4 : at + 4 + 2 * length].decode("utf-16-le")


def ods_marks(admitted: Admitted, sheet: str) -> Marks:
    """The marks of a sheet of an OpenDocument workbook."""
    from defusedxml.ElementTree import fromstring

    marks = Marks()
    with admitted.open() as file, zipfile.ZipFile(file) as package:
        content = package.read("content.xml")
    if not any(sign in content for sign in (b'value-type="error"', b"visibility=", b"-spanned=")):
        return marks  # nothing to look for, which spares taking the whole document apart
    for table in fromstring(content, forbid_dtd=True).iter(f"{_TABLE}table"):
        if table.get(f"{_TABLE}name") == sheet:
            _scan_table(table, marks)
    return marks


def _scan_table(table: Element, marks: Marks) -> None:
    number = 1
    for row in table.iter(f"{_TABLE}table-row"):
        repeated = int(row.get(f"{_TABLE}number-rows-repeated", 1))
        if row.get(f"{_TABLE}visibility") in _HIDDEN_ROWS and number + repeated < _MAX_ROWS:
            marks.hidden_rows.update(range(number, number + repeated))
        column = 0
        for cell in row:
            across, down = (int(cell.get(f"{_TABLE}number-{kind}-spanned", 1)) for kind in ("columns", "rows"))
            if across > 1 or down > 1:
                marks.merges.append((number - 1, column, number + down - 2, column + across - 1))
            if any(key.endswith("}value-type") and value == "error" for key, value in cell.attrib.items()):
                marks.mark(number, column, "".join(cell.itertext()).strip() or "#ERROR!")
            column += min(int(cell.get(f"{_TABLE}number-columns-repeated", 1)), MAX_COLUMNS)
        number += repeated
