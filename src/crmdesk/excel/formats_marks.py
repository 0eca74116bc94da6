"""What calamine does not tell: error values, formulas that were never calculated, hidden rows."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from crmdesk.excel.formats_marks_other import ods_marks, xlsb_marks
from crmdesk.excel.gate_package import Admitted, Format
from crmdesk.excel.grid import ERROR_TEXTS, NO_VALUE, Marks

_BLOCK: Final = 1 << 20
_TAIL: Final = 1 << 16  # a cell that spans two blocks is looked at whole
_ROW: Final = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_NUMBER: Final = re.compile(rb'\br="(\d+)"')
_HIDDEN: Final = re.compile(rb'\bhidden="(?:1|true)"')
_ERROR: Final = re.compile(
    rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]+)(\d+)"[^>]*(?<!/)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<',
    re.DOTALL,
)
_UNCALCULATED: Final = re.compile(
    rb'<(?:\w+:)?c\b(?![^>]*\bt="str")[^>]*\br="([A-Z]+)(\d+)"[^>]*>'
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)(?:<(?:\w+:)?v ?/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_BOUNDSHEET, _ROW_RECORD, _BOOLERR, _FORMULA, _EOF = 0x85, 0x208, 0x205, 0x06, 0x0A


def marks_of(admitted: Admitted, sheet: str) -> Marks:
    """The marks of one sheet; empty where the file's own structure is too odd to follow."""
    scans = {Format.XLSX: _xlsx_marks, Format.XLS: _xls_marks, Format.XLSB: xlsb_marks, Format.ODS: ods_marks}
    try:
        return scans[admitted.format](admitted, sheet)
    except (zipfile.BadZipFile, zlib.error, KeyError, ParseError, ValueError, OSError, struct.error, IndexError):
        return Marks()


def _xlsx_marks(admitted: Admitted, sheet: str) -> Marks:
    marks = Marks()
    with admitted.open() as file, zipfile.ZipFile(file) as package:
        part = _sheet_part(package, sheet)
        if part is None:
            return marks
        with package.open(part) as stream:
            tail = b""
            while block := stream.read(_BLOCK):
                _scan_xml(tail + block, marks)
                tail = block[-_TAIL:]
    return marks


def _scan_xml(block: bytes, marks: Marks) -> None:
    if b't="e"' in block:
        for letters, number, text in _ERROR.findall(block):
            marks.mark(int(number), _column(letters), text.decode("utf-8", "replace"))
    if b"<f" in block or b":f" in block:
        for letters, number in _UNCALCULATED.findall(block):
            marks.mark(int(number), _column(letters), NO_VALUE)
    if b"hidden=" in block:
        for attributes in _ROW.findall(block):
            if _HIDDEN.search(attributes) and (found := _NUMBER.search(attributes)):
                marks.hidden_rows.add(int(found[1]))


def _column(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1


def _sheet_part(package: zipfile.ZipFile, sheet: str) -> str | None:
    """The part in which a sheet lies: named in the workbook part, found through its relations."""
    names = {name.casefold(): name for name in package.namelist()}
    root = _xml(package, names["_rels/.rels"])
    book = next(_target("", link) for link in root if link.get("Type", "").endswith("/officeDocument"))
    folder, _, name = book.rpartition("/")
    prefix = folder + "/" if folder else ""
    links = {
        link.get("Id"): _target(prefix, link) for link in _xml(package, names[f"{prefix}_rels/{name}.rels".casefold()])
    }
    for entry in _xml(package, names[book.casefold()]).iter():
        if entry.tag.endswith("}sheet") and entry.get("name") == sheet:
            wanted = next(
                (links[value] for key, value in entry.attrib.items() if key.endswith("}id") and value in links), ""
            )
            return names.get(wanted.casefold())
    return None


def _xml(package: zipfile.ZipFile, part: str) -> Element:
    from defusedxml.ElementTree import fromstring

    return fromstring(package.read(part))


def _target(folder: str, link: Element) -> str:
    target = link.get("Target", "").replace("\\", "/")
    steps: list[str] = []
    for step in (target if target.startswith("/") else folder + target).split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def _xls_marks(admitted: Admitted, sheet: str) -> Marks:
    import olefile

    with admitted.open() as file, olefile.OleFileIO(file) as ole:
        stream = ole.openstream("Workbook" if ole.exists("Workbook") else "Book").read()
    start = next((at for at, name in _sheets(stream) if name == sheet), None)
    marks = Marks()
    for kind, data in _records(stream, start) if start is not None else ():
        if kind == _ROW_RECORD and len(data) >= 14 and data[12] & 0x20:
            marks.hidden_rows.add(struct.unpack_from("<H", data)[0] + 1)
        elif kind == _BOOLERR and data[7]:
            row, column = struct.unpack_from("<HH", data)
            marks.mark(row + 1, column, ERROR_TEXTS.get(data[6], "#ERROR!"))
        elif kind == _FORMULA and data[12:14] == b"\xff\xff" and data[6] == 2:
            row, column = struct.unpack_from("<HH", data)
            marks.mark(row + 1, column, ERROR_TEXTS.get(data[8], "#ERROR!"))
    return marks


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of one substream, to its end mark."""
    wanted = (_ROW_RECORD, _BOOLERR, _FORMULA, _BOUNDSHEET)
    while at + 4 <= len(stream):
        kind = stream[at] | stream[at + 1] << 8
        size = stream[at + 2] | stream[at + 3] << 8
        if kind == _EOF:
            return
        if kind in wanted:
            yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _sheets(stream: bytes) -> Iterator[tuple[int, str]]:
    """Where each sheet's substream starts, and its name (BIFF8)."""
    for kind, data in _records(stream, 0):
        if kind == _BOUNDSHEET:
            text = data[8:]
            yield struct.unpack_from("<I", data)[0], text.decode("utf-16-le" if data[7] & 1 else "latin-1")
