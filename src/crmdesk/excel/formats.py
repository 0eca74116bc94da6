"""Every format behind one door: a file that was admitted gives its sheets."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

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
"""Reads a file of address cards: its name, its bytes, its encoding. The reading child is handed one."""


def sheets_of(admitted: Admitted, encoding: str = "", cards: CardReader | None = None) -> list[SheetSource]:
    """The sheets of a file, in its order; `encoding` overrides what a text file looks like. Raises Refused."""
    if admitted.format is Format.TEXT:
        return text_sheets(admitted, encoding)
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
    return [SheetSource(table.name, False, partial(told_grid, table, used)) for table in tables]
