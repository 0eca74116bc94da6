"""The cells of a row, read by what their columns hold: every cell right, or flagged.

Keys of `ReadRow.values` (all plain, fit for marshal; a key is absent where the row says nothing):
- text under the field's code: name, code, short_name, salutation, industry, size, source, owner, address, tier_given,
  stage_given, order_number, order_status, product, product_code, product_group, notes (notes behind names too);
- `kind` "company" | "person"; `intent` "high" | "medium" | "low"; `tags` list of text;
- `points` list of (kind, value, label): phone, wechat, qq, email, fax of the customer, without doubles;
- `contacts` list of (name, title, salutation, points);
- `region` (province, city, district), "" where unknown;
- days as ISO text: ordered_on, first_order_on, last_order_on; `ordered_at` "HH:MM:SS"; `birthday` ISO or "--08-15" with
  `birthday_calendar` "solar" | "lunar";
- int money: order_amount, order_refund, order_discount, order_total, order_profit_total, line_amount, line_discount, line_cost,
  line_profit, price, receivable, balance; int quantity (1/1,000): quantity; plain ints: order_count, reward_points;
- `line_pay_share` / `line_rate_off` (and order_…): share 0 to 1 in millionths where a discount is a rate, not an amount;
- `interactions` list of (ISO day or "", kind, summary); `follow_ups` list of (ISO day or "", summary).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from crmdesk.excel.column import Column

IssueTuple = tuple[
    int, str, str, str, dict[str, str | int | float | None]
]  # row, letter, value, code, values: as Issue


@dataclass(frozen=True)
class ReadContext:
    """What reading needs to know beside the cells."""

    today: date


class ReadRow(NamedTuple):
    """One row as read: 1-based row, values by key (see above), the user's own columns by header, what was flagged."""

    row: int
    values: dict[str, Any]
    extra: dict[str, str]
    issues: list[IssueTuple]


RowReader = Callable[[int, Sequence[object]], ReadRow]


def row_reader(columns: Sequence[Column], context: ReadContext) -> RowReader:
    """A function that reads one row; it remembers the row above for 同上, so rows are handed to it in order."""
    raise NotImplementedError
