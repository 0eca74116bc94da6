"""Every format behind one door: a file that was admitted gives its sheets."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from crmdesk.domain.phrase import Refused
from crmdesk.domain.told_table import ToldTable
from crmdesk.excel.formats_calamine import workbook_sheets
from crmdesk.excel.formats_encoding import text_encoding
from crmdesk.excel.formats_markup import html_sheets, xml_sheets
from crmdesk.excel.formats_text import text_sheets
from crmdesk.excel.gate_package import Admitted, Format
from crmdesk.excel.grid import SheetSource
from crmdesk.excel.told import told_grid

CardReader = Callable[[str, bytes, str], list[ToldTable]]
"""Reads address cards and address books: name, bytes, encoding. The reading child is handed one."""
_BOOK: Final = ("e-mail", "primary email", "电子邮件")
_HEAD: Final = 1 << 16
_LARGEST_BOOK: Final = 64 << 20


def sheets_of(admitted: Admitted, encoding: str = "", cards: CardReader | None = None) -> list[SheetSource]:
    """The sheets of a file, in its order; `encoding` overrides what a text file looks like. Raises Refused."""
    if admitted.format is Format.TEXT:
        return (cards and _book_sheets(admitted, encoding, cards)) or text_sheets(admitted, encoding)
    if admitted.format is Format.HTML:
        return html_sheets(admitted, encoding)
    if admitted.format is Format.XML_2003:
        return xml_sheets(admitted, encoding)
    if admitted.format is Format.VCARD:
        return _card_sheets(admitted, encoding, cards)
    return workbook_sheets(admitted)


def _card_sheets(admitted: Admitted, encoding: str, cards: CardReader | None) -> list[SheetSource]:
    if cards is None:
        raise Refused("not_a_sheet", file=admitted.path.name)
    with admitted.open() as file:
        used = encoding or text_encoding(file)
        tables = cards(admitted.path.stem, file.read(), used)
    return _told(tables, used)


def _book_sheets(admitted: Admitted, encoding: str, cards: CardReader) -> list[SheetSource]:
    """The sheets of a text file that is an address book of a program known by heart; none where it is not."""
    with admitted.open() as file:
        used = encoding or text_encoding(file)
        head = file.read(_HEAD).decode(used, "replace").partition("\n")[0].lower()
        if not any(word in head for word in _BOOK) or admitted.path.stat().st_size > _LARGEST_BOOK:
            return []
        file.seek(0)
        return _told(cards(admitted.path.stem, file.read(), used), used)


def _told(tables: list[ToldTable], encoding: str) -> list[SheetSource]:
    return [SheetSource(table.name, False, partial(told_grid, table, encoding)) for table in tables]
