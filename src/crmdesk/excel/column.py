"""What is understood of one column of a sheet."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crmdesk.domain.fields import Field

Option = str | int | float | bool


@dataclass(frozen=True)
class Column:
    """One column: where it stands, what it is read as, and how sure that is.

    Options, each only where it matters: `unit` 10000 for 万元; `decimal` "," where the whole column is 1.234,50;
    `day_first` True for 5/3/2024 = 5 March; `year_first` for 24/3/5; `year` for days without one, `month` where only a
    heading above the rows tells it; `calendar` "lunar"; `discount` "amount" | "pay_share" | "rate_off"; `part` "first"
    | "last" of a name; `slot` 1, 2 … for numbered contacts and repeating blocks; `several` where a company stands over
    the rows of its contacts, `carry` where it stands on the first of them only; `also_name` where a code serves as the
    name too; `foreign` for phones that are not Chinese; `label` of a phone (座机) or before a note (竞品); `kind` of
    interactions; `mixed` where the cells of a name tell a whole customer; `stars` the most stars of an intent; `each`
    for numbers parted by "; "; `exact` for what this program wrote itself; `best` "low" | "high" for tiers that are
    numbers, of which `most` is the largest;
    `existing` and `key` as `domain.existing` says; `ask` names the question to put to the user: "unit",
    "day_first", "discount", "year", "best".
    """

    index: int  # 0-based
    letter: str
    header: str
    field: Field
    confidence: float = 0.0  # 0 to 1
    options: Mapping[str, Option] = dataclasses.field(default_factory=dict)
    examples: tuple[tuple[str, str], ...] = ()  # raw text beside read text


def own_header(column: Column, columns: Sequence[Column]) -> str:
    """What a column of the user's own is called: its header, and its letter where an earlier one has that header."""
    header = column.header or column.letter
    same = any(other.header == header and other.index < column.index for other in columns)
    return f"{header} ({column.letter})" if same else header


def column_letter(index: int) -> str:
    """The letter of a 0-based column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
