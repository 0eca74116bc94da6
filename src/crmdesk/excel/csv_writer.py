"""Writing CSV that Excel opens as it is: UTF-8 with its mark, and no live formula from anybody's text."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from crmdesk.domain.money import decimal_text, from_money, from_quantity
from crmdesk.excel.writer import LOOKS_LIKE_FORMULA, CellValue, SheetColumn


def csv_text(value: CellValue, column: SheetColumn) -> str:
    """One value as CSV text; text that a spreadsheet would run gets an apostrophe before it."""
    if value is None:
        return ""
    if column.kind == "money" and isinstance(value, int):
        return decimal_text(from_money(value))
    if column.kind == "quantity" and isinstance(value, int):
        return decimal_text(from_quantity(value))
    if isinstance(value, float):
        return decimal_text(Decimal(str(value)))
    text = str(value)
    return (
        f"'{text}" if isinstance(value, str) and text.startswith(LOOKS_LIKE_FORMULA) and not _is_number(text) else text
    )


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[+-]?[0-9]+", text) is not None


def write_csv(path: Path, columns: Sequence[SheetColumn], rows: Iterable[Sequence[CellValue]]) -> int:
    """Write the table and return its number of data rows; the file stands there whole, or not at all."""
    part = path.with_name(f".{path.name}.part")
    count = 0
    try:
        with part.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([csv_text(column.header, column) for column in columns])
            for row in rows:
                writer.writerow([csv_text(value, column) for value, column in zip(row, columns, strict=True)])
                count += 1
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return count
