"""Every format behind one door: a file that was admitted gives its sheets."""

from __future__ import annotations

from crmdesk.excel.formats_calamine import workbook_sheets
from crmdesk.excel.formats_markup import html_sheets, xml_sheets
from crmdesk.excel.formats_text import text_sheets
from crmdesk.excel.gate_package import Admitted, Format
from crmdesk.excel.grid import SheetSource


def sheets_of(admitted: Admitted, encoding: str = "") -> list[SheetSource]:
    """The sheets of a file, in its order; `encoding` overrides what a text file looks like. Raises Refused."""
    if admitted.format is Format.TEXT:
        return text_sheets(admitted, encoding)
    if admitted.format is Format.HTML:
        return html_sheets(admitted, encoding)
    if admitted.format is Format.XML_2003:
        return xml_sheets(admitted, encoding)
    return workbook_sheets(admitted)
