"""按老板的表: a workbook of somebody's own as it is filled, and what goes into each of its columns."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from typing import Self

from crmdesk.domain.fields import Field

ROW_NUMBER = "row_number"
EMPTY = ""
"""The key of a column that nothing goes into."""

# Fields of a sheet whose fact has another name in a list of customers.
_KEYS = {
    Field.FOLLOW_UP_ON: "next_follow_up_on",
    Field.INTERACTION_ON: "last_contact_on",
    Field.ORDER_PROFIT_TOTAL: "profit",
    Field.ORDERED_ON: "last_order_on",
}
# What a sheet gives as a word of its own is worked out here, where the list has no such word.
_WORKED_OUT = {Field.TIER_GIVEN: "tier", Field.STAGE_GIVEN: "stage"}
FACTS = (
    *("name", "code", "short_name", "salutation", "kind", "contact_name", "contact_title", "phone", "contact_phone"),
    *("wechat", "qq", "email", "fax", "region", "province", "city", "district", "address", "industry", "source"),
    *("referred_by", "tier", "tier_given", "tier_reason", "stage", "stage_given", "stage_reason", "intent", "owner"),
    *("tags", "order_total", "order_count", "first_order_on", "last_order_on", "profit", "receivable", "balance"),
    *("reward_points", "last_contact_on", "interaction_summary", "next_follow_up_on", "follow_up_summary"),
    *("birthday", "notes"),
)
"""What can go into a column, beside the running number and the user's own columns."""


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """A column under the header; `key` is what goes into it, `unit` how many of its unit make one (万元: 10000)."""

    index: int  # 0-based
    letter: str
    header: str
    key: str = EMPTY
    unit: int = 1


@dataclass(frozen=True, slots=True)
class SheetTemplate:
    """A table to fill. `header_row` is the last row of its header, 1-based; `content` the workbook's bytes.

    `source` is the path that it was read from, "" once it is remembered.
    """

    name: str
    file: str
    sheet: str
    header_row: int
    columns: tuple[TemplateColumn, ...]
    content: bytes = field(repr=False, default=b"")
    source: str = ""

    def to_plain(self) -> dict[str, object]:
        """The template as JSON takes it."""
        columns = [[one.index, one.letter, one.header, one.key, one.unit] for one in self.columns]
        content = base64.b64encode(self.content).decode("ascii")
        return {
            "file": self.file,
            "sheet": self.sheet,
            "header_row": self.header_row,
            "columns": columns,
            "content": content,
        }

    @classmethod
    def from_json(cls, name: str, text: str) -> Self:
        """The template that `to_plain` made plain."""
        plain = json.loads(text)
        columns = tuple(TemplateColumn(*one) for one in plain["columns"])
        content = base64.b64decode(plain["content"])
        return cls(name, plain["file"], plain["sheet"], plain["header_row"], columns, content)


def key_of(wanted: Field, listed: frozenset[str]) -> str:
    """What goes into a column that a sheet would be read as; `listed` are the keys that the list has content for."""
    if wanted is Field.ROW_NUMBER:
        return ROW_NUMBER
    if wanted in _WORKED_OUT:
        return wanted.value if wanted.value in listed else _WORKED_OUT[wanted]
    key = _KEYS.get(wanted, wanted.value)
    return key if key in FACTS else EMPTY
