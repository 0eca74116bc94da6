"""The cells of a row, read by what their columns hold: every cell right, or flagged.

Keys of `ReadRow.values` (all plain, fit for marshal; a key is absent where the row says nothing):
- text under the field's code: name, code, short_name, salutation, industry, size, source, owner, address, tier_given,
  stage_given, order_number, order_status, product, product_code, product_group, notes (notes behind names too);
- `kind` "company" | "person"; `intent` "high" | "medium" | "low"; `tags` list of text;
- `points` list of (kind, value, label): phone, wechat, qq, email, fax of the customer, without doubles;
- `contacts` list of (name, title, salutation, points);
- `region` (province, city, district), "" where unknown;
- days as ISO text: ordered_on, first_order_on, last_order_on; `ordered_at` "HH:MM:SS"; `birthday` ISO or "--08-15"
  with `birthday_calendar` "solar" | "lunar";
- int money: order_amount, order_refund, order_discount, order_total, order_profit_total, line_amount, line_discount,
  line_cost, line_profit, price, receivable, balance; int quantity (1/1,000): quantity; order_count, reward_points;
- `line_pay_share`, `order_pay_share`: what is paid, in millionths, where a discount is a share and not an amount;
- `interactions` list of (ISO day or "", kind, summary); `follow_ups` list of (ISO day or "", summary).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

from crmdesk.domain.fields import Field
from crmdesk.domain.reading import Read
from crmdesk.domain.text import is_ditto, plain
from crmdesk.excel.cells_fields import Reader, column_reader
from crmdesk.excel.cells_row import Put, finishers, put_for
from crmdesk.excel.cells_text import as_text
from crmdesk.excel.column import Column, own_header
from crmdesk.excel.grid import NO_VALUE

IssueTuple = tuple[
    int, str, str, str, dict[str, str | int | float | None]
]  # row, letter, value, code, values: as Issue


@dataclass(frozen=True)
class ReadContext:
    """What reading needs to know beside the cells; into `leaning` go the rows that took a cell from above."""

    today: date
    leaning: set[int] = field(default_factory=set, compare=False)


class ReadRow(NamedTuple):
    """One row as read: 1-based row, values by key (see above), the user's own columns by header, what was flagged."""

    row: int
    values: dict[str, Any]
    extra: dict[str, str]
    issues: list[IssueTuple]


RowReader = Callable[[int, Sequence[object]], ReadRow]
_CACHED: Final = 16_384  # distinct cells remembered per column
_WORTH_IT: Final = 2  # cells read for each one remembered, from which on remembering is quicker than reading anew
_BLANK: Final[dict[object, Read[Any]]] = {"": Read(None), None: Read(None)}  # remembered from the start
# What cannot be read of these stays with the customer under its header, beside the issue.
_KEPT_RAW: Final = frozenset(
    {
        Field.KIND,
        Field.INTENT,
        Field.REGION,
        Field.BIRTHDAY,
        Field.FOLLOW_UP_ON,
        Field.INTERACTION_ON,
        Field.FIRST_ORDER_ON,
        Field.LAST_ORDER_ON,
        Field.ORDER_TOTAL,
        Field.ORDER_COUNT,
        Field.RECEIVABLE,
        Field.BALANCE,
        Field.REWARD_POINTS,
    }
)
_FREE_TEXT: Final = frozenset({Field.EXTRA, Field.NOTES, Field.INTERACTION_SUMMARY, Field.FOLLOW_UP_SUMMARY})
_LONGEST: Final = 1_000
_LONGEST_TEXT: Final = 32_767  # what a cell of Excel can hold
_UNREAD: Final = frozenset({Field.DO_NOT_IMPORT, Field.ROW_NUMBER})


@dataclass(slots=True)
class _Plan:
    """What is done with one column of every row."""

    place: int  # 0-based column
    key: str
    letter: str
    put: Put | None
    read: Reader
    cache: dict[object, Read[Any]]
    header: str  # of an extra column, or of one whose unread text is kept as extra; else ""
    longest: int  # a longer text is not looked into
    remembers: bool = True  # False once its cells were found to be hardly ever the same: codes, phones, notes
    since: int = 0  # the row from which on `cache` was filled

    def remember(self, row: int, raw: object, read: Read[Any]) -> None:
        """Keep what a cell was read as; where there is no more room, begin again or give it up."""
        if len(self.cache) >= _CACHED:
            self.cache.clear()
            self.cache.update(_BLANK)
            self.remembers = row - self.since >= _WORTH_IT * _CACHED
            self.since = row
        self.cache[raw] = read


def row_reader(columns: Sequence[Column], context: ReadContext) -> RowReader:
    """A function that reads one row; it remembers the row above for 同上, so rows are handed to it in order."""
    return _RowReader(columns, context).read


def read_example(column: Column, value: object, context: ReadContext) -> str:
    """What is read of one cell, as text to show beside it; the code of the issue in brackets where it is flagged."""
    read = column_reader(column, context.today)(value)
    text = "" if read.value is None else as_text(column.field, read.value)
    return f"{text} [{read.code}]".strip() if read.code else text


class _RowReader:
    """Reads row by row, each column by a function made once, repeated cells from memory."""

    def __init__(self, columns: Sequence[Column], context: ReadContext) -> None:
        read = [column for column in columns if column.field not in _UNREAD]
        read.sort(key=lambda column: bool(column.options.get("backup")))
        self._plans = [_plan(column, columns, context) for column in read]
        self._quick = [(plan.place, plan.key, plan.put, plan.cache, plan) for plan in self._plans]
        self._finishers = finishers(columns)
        self._width = max((plan.place for plan in self._plans), default=-1) + 1
        self._above: Sequence[object] = ()
        self._leaning = context.leaning

    def read(self, row: int, cells: Sequence[object]) -> ReadRow:
        """The row as read. Issues of cells come first, that of the whole row last."""
        if len(cells) < self._width:
            cells = [*cells, *[""] * (self._width - len(cells))]
        values: dict[str, Any] = {}
        extra: dict[str, str] = {}
        issues: list[IssueTuple] = []
        for place, key, put, cache, plan in self._quick:
            raw = cells[place]
            read = cache.get(raw) if raw.__class__ is not bool else None  # True would find what 1 was read as
            if read is None:
                cells, raw, read = self._missed(plan, row, cells)
            value, code, _values = read
            if code:
                _flag(plan, row, raw, read, extra, issues)
            if value is None:
                continue
            if put is not None:
                put(values, value)
            elif key:
                values[key] = value
            else:
                extra[plan.header] = value
        self._finish(row, values, issues)
        self._above = cells
        return ReadRow(row, values, extra, issues)

    def _finish(self, row: int, values: dict[str, Any], issues: list[IssueTuple]) -> None:
        for finish in self._finishers:
            code = finish(values)
            if code:
                issues.append((row, "", str(values.get("name", "")), code, {}))

    def _missed(self, plan: _Plan, row: int, cells: Sequence[object]) -> tuple[Sequence[object], object, Read[Any]]:
        """Read a cell that is not remembered; 同上 is replaced in the row, so that the next row finds the value."""
        raw = cells[plan.place]
        if isinstance(raw, str):
            if len(raw) > plan.longest:  # no phone, name or day; looking through a book for one takes minutes
                return cells, raw, Read(None, "cell_too_long", {"count": len(raw)})
            if len(raw) < 8 and is_ditto(raw.strip()):
                self._leaning.add(row)
                above = self._above[plan.place] if plan.place < len(self._above) else ""
                cells = [*cells]
                cells[plan.place] = above  # blank too: the row below must not take the word itself for a value
                if above == "" or above is None:
                    return cells, raw, Read(None, "nothing_above")
                raw = above
        read = plan.read(raw)
        if plan.remembers and raw.__class__ is not bool:
            plan.remember(row, raw, read)
        return cells, raw, read


def _flag(plan: _Plan, row: int, raw: object, read: Read[Any], extra: dict[str, str], issues: list[IssueTuple]) -> None:
    """Note what is doubtful about a cell; a word that was not understood is kept as the user's own."""
    if raw == NO_VALUE:  # no error of theirs: the program that wrote the sheet never worked the formula out
        issues.append((row, plan.letter, "", "formula_without_result", {}))
        return
    issues.append(
        (row, plan.letter, plain(raw[:_LONGEST] if isinstance(raw, str) else raw), read.code, dict(read.values))
    )
    if read.value is None and plan.header and read.code != "cell_error":
        extra[plan.header] = plain(raw)


def _plan(column: Column, columns: Sequence[Column], context: ReadContext) -> _Plan:
    header = own_header(column, columns)
    return _Plan(
        column.index,
        "" if column.field is Field.EXTRA else str(column.field),
        column.letter,
        put_for(column, columns),
        column_reader(column, context.today),
        dict(_BLANK),
        header if column.field is Field.EXTRA or column.field in _KEPT_RAW else "",
        _LONGEST_TEXT if column.field in _FREE_TEXT else _LONGEST,
    )
