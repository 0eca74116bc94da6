"""What is understood of one column of a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from crmdesk.domain.fields import Field

Option = str | int | float | bool


@dataclass(frozen=True)
class Column:
    """One column: where it stands, what it is read as, and how sure that is.

    Options (each only where it matters): `unit` 10000 for 万元; `day_first` True for 5/3/2024 = 5 March; `year` for dates
    without one; `decimal` "," where the whole column is 1.234,50; `discount` "amount" | "pay_share" | "rate_off";
    `part` "first" | "last" of a name; `slot` 1, 2 … for numbered contacts and repeating blocks; `also_name` True where a
    code serves as the name too; `label` for phones (座机, 备用); `per_line` False where an order amount repeats on its lines.
    """

    index: int  # 0-based
    letter: str
    header: str
    field: Field
    confidence: float = 0.0  # 0 to 1
    options: Mapping[str, Option] = field(default_factory=dict)
    examples: tuple[tuple[str, str], ...] = ()  # raw text beside read text


def column_letter(index: int) -> str:
    """The letter of a 0-based column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
