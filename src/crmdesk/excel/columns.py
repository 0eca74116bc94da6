"""Which column of a sheet holds what, by its header words and by its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from crmdesk.domain.fields import Field
from crmdesk.domain.phrase import Phrase
from crmdesk.domain.text import plain
from crmdesk.excel.cells import ReadContext, read_example
from crmdesk.excel.column import Column, column_letter, own_header
from crmdesk.excel.column_content import by_content, fill_unknown
from crmdesk.excel.column_guess import Guess, start
from crmdesk.excel.column_names import (
    settle_blocks,
    settle_contact_rows,
    settle_contacts,
    settle_names,
    settle_numbered_talks,
    settle_owner,
    settle_singles,
)
from crmdesk.excel.column_options import set_options
from crmdesk.excel.column_profile import profile
from crmdesk.excel.column_shape import ORDER_FIELDS, WHO, settle_customers, settle_orders, settle_staff, shape_of
from crmdesk.excel.column_shops import settle_shop_export
from crmdesk.excel.header_words import match_header, spelled
from crmdesk.excel.reference_data import header_table

__all__ = ["Column", "column_letter", "header_score", "sheet_kind", "understand_columns", "why_ignored"]

_SAMPLE: Final = 400
_VALUE: Final = re.compile(r"[-+]?[\d.,%¥￥$:/\s-]*\d[\d.,%:/\s-]*|\S+@\S+\.\S+")
_EXAMPLES: Final = 3
_NOT_GOODS: Final = frozenset(
    {Field.CODE, Field.PHONE, Field.CONTACT_NAME, Field.ORDER_NUMBER, Field.ORDERED_ON, Field.CONTACT_PHONE}
)
_TALK_FIELDS: Final = frozenset({Field.INTERACTION_ON, Field.INTERACTION_SUMMARY})


def header_score(cells: Sequence[object]) -> float:
    """How much a row looks like a header: 0 not at all, above 0.5 likely, 1 surely."""
    filled = [cell for cell in cells if cell is not None and plain(cell) != ""]
    if not filled:
        return 0.0
    score, known = 0.0, 0
    for cell in filled:
        if not isinstance(cell, str) or _VALUE.fullmatch(cell.strip()):
            score -= 0.5
        elif len(cell.strip()) <= 30 and (match := match_header(cell)) and match.confidence >= 0.75:
            score, known = score + 1.0, known + 1
        elif len(cell.strip()) <= 12:
            score += 0.15
    values = sum(not isinstance(cell, str) for cell in filled)
    wide = min(0.7, known / 10) if not values else 0.0  # an export of a hundred columns, most of them its own
    return max(wide, min(1.0, score / len(filled)))


def understand_columns(
    headers: Sequence[str],
    sample: Sequence[Sequence[object]],
    *,
    sheet_text: str = "",
    today: date | None = None,
    dated: bool = False,
) -> list[Column]:
    """A Column for every position of `headers`, all empty where the sheet has no header row. `sample`: some 200 rows.

    `sheet_text` is the sheet's name and what stands above the table: it may tell the year that days leave out. `dated`:
    the sheet's name or its headings tell the month of every row.
    """
    rows = sample[:_SAMPLE]
    guesses = [
        Guess(index, header, match_header(header), profile([row[index] if index < len(row) else "" for row in rows]))
        for index, header in enumerate(headers)
    ]
    if any(spelled(header) for header in headers):
        _by_headers(guesses, rows, dated=dated)
    else:
        by_content(guesses)
    set_options(guesses, sheet_text)
    context = ReadContext(today or date.max - timedelta(days=366 * 30))
    return _told_apart([_column(guess, context) for guess in guesses])


def _told_apart(columns: list[Column]) -> list[Column]:
    """Two columns of the user's own never share a header, for their contents are kept under it."""
    return [
        replace(column, header=own_header(column, columns)) if column.field is Field.EXTRA and column.header else column
        for column in columns
    ]


def _by_headers(guesses: list[Guess], rows: Sequence[Sequence[object]], *, dated: bool) -> None:
    shape = shape_of([guess.match for guess in guesses], [guess.profile for guess in guesses], dated=dated)
    for guess in guesses:
        start(guess, shape)
    fill_unknown(guesses)
    settle_owner(guesses)
    settle_staff(guesses)
    settle_names(guesses)
    settle_singles(guesses)
    if shape == "orders":
        settle_orders(guesses, rows)
        settle_shop_export(guesses)
    else:
        settle_customers(guesses)
        settle_numbered_talks(guesses)
    settle_contacts(guesses)
    settle_contact_rows(guesses, rows)
    settle_blocks(guesses)


def _column(guess: Guess, context: ReadContext) -> Column:
    letter = column_letter(guess.index)
    bare = Column(guess.index, letter, guess.header, guess.field, round(guess.confidence, 2), dict(guess.options))
    raw = list(dict.fromkeys(guess.profile.values))[:_EXAMPLES]
    examples = tuple((plain(value), read_example(bare, value, context)) for value in raw)
    return Column(bare.index, letter, bare.header, bare.field, bare.confidence, bare.options, examples)


def read_again(column: Column, today: date) -> Column:
    """The column with its examples read as it says now, after the user's word changed its field or options."""
    context = ReadContext(today)
    examples = tuple((raw, read_example(column, raw, context)) for raw, _read in column.examples)
    return replace(column, examples=examples)


def sheet_kind(columns: Sequence[Column], sample: Sequence[Sequence[object]]) -> str:
    """`customers`, `orders`, `contacts`, `interactions` or `ignored`."""
    if why_ignored(columns, sample) is not None:
        return "ignored"
    fields = {column.field for column in columns}
    if fields & {Field.ORDERED_ON, Field.ORDER_NUMBER, Field.ORDER_AMOUNT, Field.LINE_AMOUNT}:
        return "orders"
    if any(column.options.get("several") for column in columns):
        return "contacts"
    if _repeats(columns, sample):
        if fields & _TALK_FIELDS:
            return "interactions"
        if _spread(columns, sample, Field.CONTACT_NAME) > _spread(columns, sample, Field.NAME):
            return "contacts"
    return "customers"


def _repeats(columns: Sequence[Column], sample: Sequence[Sequence[object]]) -> bool:
    """Whether the customers stand in several rows each (at least a fifth of the rows repeat one)."""
    for wanted in (Field.CODE, Field.NAME):
        for column in columns:
            if column.field is wanted and "part" not in column.options:
                cells = [row[column.index] for row in sample if column.index < len(row) and row[column.index] != ""]
                return len(cells) >= 4 and len(set(map(plain, cells))) < 0.8 * len(cells)
    return False


def _spread(columns: Sequence[Column], sample: Sequence[Sequence[object]], wanted: Field) -> int:
    """How many different values the columns of a field hold, the fullest of them."""
    places = [column.index for column in columns if column.field is wanted]
    return max((len({plain(row[place]) for row in sample if place < len(row)}) for place in places), default=0)


def why_ignored(columns: Sequence[Column], sample: Sequence[Sequence[object]]) -> Phrase | None:
    """Why nothing can be taken from the sheet; None where something can."""
    filled = {column.field for column in columns if _is_filled(column, sample)}
    if not filled:
        return Phrase("sheet_blank")
    headers = {spelled(column.header) for column in columns}
    goods = len(headers & {spelled(word) for word in header_table()["marks"]["goods"]})
    if goods >= 2 and not filled & _NOT_GOODS:
        return Phrase("sheet_goods")
    if filled & (WHO | {Field.WECHAT, Field.EMAIL, Field.SHORT_NAME}):
        return None
    if Field.ORDER_NUMBER in filled and any("退" in header or "return" in header for header in headers):
        return Phrase("sheet_returns")
    if filled & ORDER_FIELDS:
        return Phrase("sheet_orders_without_customer")
    if not any(headers - {""}):
        return Phrase("sheet_dictionary" if len(filled | {Field.EXTRA}) > 1 and len(columns) > 1 else "sheet_text")
    return Phrase("sheet_without_customer")


def _is_filled(column: Column, sample: Sequence[Sequence[object]]) -> bool:
    return any(column.index < len(row) and row[column.index] not in ("", None) for row in sample)
