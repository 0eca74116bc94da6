"""Headings over blocks of rows, and names of sheets: 宁波片区, 2024年3月, 老客户 tell something of every row below."""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from crmdesk.domain.fields import Field
from crmdesk.domain.region import Region
from crmdesk.domain.text import half_width, plain
from crmdesk.excel.cells import ReadContext, ReadRow, RowReader, row_reader
from crmdesk.excel.column import Column
from crmdesk.excel.day_names import day_called, is_sure_day, month_said, whole_name
from crmdesk.excel.reference_data import region_table

GROUP: Final = "分组"
"""The user's own column that keeps a heading which is neither a place nor a month."""
_DAYS: Final = frozenset({Field.ORDERED_ON, Field.FIRST_ORDER_ON, Field.LAST_ORDER_ON, Field.INTERACTION_ON})
_PLACES: Final = frozenset({Field.REGION, Field.PROVINCE, Field.CITY, Field.DISTRICT})
_WORTH: Final = frozenset({Field.ORDER_AMOUNT, Field.LINE_AMOUNT})
_NUMBERING: Final = re.compile(
    r"^(?:[(（【\[]?[一二三四五六七八九十\d]{1,2}[)）】\]、.．]\s*)(?=\D)|^[【\[](?=.+[】\]]$)"
)
_PLACE_END: Final = re.compile(r"(?:片区|大区|地区|区域|市场|客户|销售|分公司|办事处|片)?\s*[:：】\]]?$")
_MONTHS: Final = {char: number for number, char in enumerate("一二三四五六七八九十", 1)} | {"十一": 11, "十二": 12}
_MONTH: Final = re.compile(
    r"(?:(?P<year>(?:20)?\d\d)\s*(?:年度?|[-./])\s*)?(?:(?P<month>\d{1,2}|十[一二]?|[一二三四五六七八九])\s*月份?|(?<=[-./])(?P<bare>\d{1,2}))"
    r"(?:.{0,6}(?:明细|销售|订单|流水|台账|记录|汇总|客户|报表|表)表?)?\s*[:：]?"
)
_DAY_ALONE: Final = re.compile(r"(\d{1,2})\s*[日号]")
_YEAR: Final = re.compile(r"(20\d\d)\s*年?度?(?:.{0,4}(?:明细|销售|订单|流水|台账|记录|客户)表?)?\s*[:：]?")
_ANY_YEAR: Final = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
_ANYTHING: Final = re.compile(r"(?:sheet|工作表|表|table)\s*\d*|[\W\d_]+|.*\d{3}.*", re.IGNORECASE)
# Words that end the name of a group, and of no shop: a 门市部 or 分店 may be a customer's name.
_GROUP: Final = re.compile(
    r"[\u4e00-\u9fffA-E\d]{1,4}[组类]|[A-EＡ-Ｅ]级?|.{0,6}(?:线路|路线|渠道|客户|会员|团队|名单)|[东南西北中A-E]区"
    r"|(?:业务|销售|批发|零售|市场|电商|大客户)?[一二三四五\d]?部|[一二三四五六\d]号?线"
)


class Told(NamedTuple):
    """What a heading tells of the rows below it; all of it may be missing."""

    region: Region | None = None
    year: int | None = None
    month: int | None = None
    group: str = ""
    day: int | None = None
    assumed: bool = False  # whether the year is not the heading's own but that of the title


def told_by(text: str) -> Told:
    """What a heading or the name of a sheet says: a place, a day, month or year, else the name of a group."""
    bare = half_width(plain(text)).strip()
    if called := day_called(bare):  # 10.1 alone may be anything between rows, and is no January of 2010
        return Told(year=called.year, month=called.month, day=called.day) if called.plain else Told(group=bare)
    if match := _MONTH.fullmatch(bare):
        year, month = match["year"], match["month"] or match["bare"]
        number = int(month) if month.isdecimal() else _MONTHS[month]
        if 1 <= number <= 12:
            return Told(year=int(year) + 2000 * (len(year) == 2) if year else None, month=number)
    if match := _YEAR.fullmatch(bare):
        return Told(year=int(match[1]))
    place = place_of(bare)
    return Told(region=place) if place else Told(group=bare.rstrip(":： "))


def place_of(text: str) -> Region | None:
    """The place that a heading is called by; None where it is no place, more than one, or has more to say."""
    named = _PLACE_END.sub("", _NUMBERING.sub("", text))
    read = region_table().read(named)
    return read.value if not read.code and not region_table().rest_of(named) else None


def is_dated(whole: Told, headings: Mapping[int, str]) -> bool:
    """Whether a month is told of every row, so that purchases need no column for their day."""
    return whole.month is not None or (bool(headings) and all(told_by(text).month for text in headings.values()))


def told_by_name(name: str, said: Sequence[str], beside: Sequence[str] = (), *, one_of_several: bool) -> Told:
    """What a sheet's own name tells of its rows; `said` names it too, the nearest first: for the year that 3月 omits.

    A place or a group counts where there are several sheets of the same headers: alone, a sheet may be called anything.
    `beside`: the names of all sheets of its file, itself among them: 1-6 is a day only between 1-5 and 1-7.
    """
    name = whole_name(name)
    if called := day_called(name):
        told = Told(year=called.year, month=called.month, day=called.day)
        told = told if is_sure_day(name, said, beside) else Told()
    elif (match := _DAY_ALONE.fullmatch(name)) and (month := month_said(said)):
        told = Told(year=month[0], month=month[1], day=int(match[1]))
    else:
        told = told_by(name)
    if told.month is not None:
        return told._replace(year=told.year or next(filter(None, map(year_in, said)), None))
    return told if one_of_several and not _ANYTHING.fullmatch(name) else Told()


def year_in(text: str) -> int | None:
    """The one year that a text names."""
    years = set(_ANY_YEAR.findall(text))
    return int(years.pop()) if len(years) == 1 else None


def years_told(columns: list[Column], headings: Mapping[int, str]) -> list[Column]:
    """The columns without the question for the year, where every heading answers it."""
    if not headings or not all(told_by(text).year for text in headings.values()):
        return columns
    return [
        replace(
            column, options={key: value for key, value in column.options.items() if (key, value) != ("ask", "year")}
        )
        for column in columns
    ]


def is_heading(text: str) -> bool:
    """Whether a text that stands alone in its row is surely a heading: a place, a month, a group by its word."""
    told = told_by(text)
    return not told.group or bool(_GROUP.fullmatch(told.group))


def _year_above(headings: Mapping[int, str], columns: Sequence[Column], said: Sequence[str], today: date) -> int | None:
    """The year for headings like 10月1日 that all omit it: that of the sheet's own days, else what `said` names first.

    None where it may be more than one, as from 12月 to 1月, or where it would lead into the future.
    """
    told = [told_by(text) for _, text in sorted(headings.items())]
    days = [(one.month, one.day or 1) for one in told if one.month]
    months = [month for month, _ in days]
    if not days or any(one.year for one in told) or months != sorted(months):
        return None
    own = {int(column.options["year"]) for column in columns if column.field in _DAYS and "year" in column.options}
    year = own.pop() if len(own) == 1 else next(filter(None, map(year_in, said)), None)
    if year is None or (year, *max(days)) > (today.year, today.month, today.day):
        return None
    # A heading of 29 February belongs to another year than the title's.
    return year if all(day <= monthrange(year, month)[1] for month, day in days) else None


def told_reader(
    columns: Sequence[Column], context: ReadContext, whole: Told, headings: Mapping[int, str], said: Sequence[str] = ()
) -> RowReader:
    """The reader of a sheet that says `whole` itself, and more in the `headings` that stand in rows of their own.

    `said` names the sheet, the nearest first: for the year that headings omit.
    """
    marks = _marks(whole, headings, _year_above(headings, columns, said, context.today))
    if not any(any(told) for _, told in marks):
        return row_reader(columns, context)
    adders = [_adder(told, columns) for _, told in marks]
    readers: dict[tuple[int | None, int | None], RowReader] = {}
    for _, told in marks:
        readers.setdefault(told[1:3], row_reader(_dated(columns, told), context))
    by_mark = [readers[told[1:3]] for _, told in marks]
    rows = [row for row, _ in marks]

    def read(number: int, cells: Sequence[object]) -> ReadRow:
        place = bisect_right(rows, number) - 1
        row = by_mark[place](number, cells)
        adders[place](row)
        return row

    return read


def carrying_reader(columns: Sequence[Column], read: RowReader, leaning: set[int]) -> RowReader:
    """The reader of a sheet in which a company stands on the first of its rows only; each other row is flagged.

    Those go into `leaning`, too.
    """
    carried = next((column for column in columns if column.options.get("carry")), None)
    if carried is None:
        return read
    place, letter = carried.index, carried.letter
    above: list[object] = [""]

    def carry(number: int, cells: Sequence[object]) -> ReadRow:
        if cells[place] != "" or above[0] == "":
            above[0] = cells[place]
            return read(number, cells)
        leaning.add(number)
        row = read(number, [*cells[:place], above[0], *cells[place + 1 :]])
        row.issues.append((number, letter, plain(above[0]), "name_from_above", {}))
        return row

    return carry


def _marks(whole: Told, headings: Mapping[int, str], year: int | None) -> list[tuple[int, Told]]:
    """From which row on what is told; a heading right below another one adds to it, any other takes its place."""
    marks = [(0, whole)]
    for row, text in sorted(headings.items()):
        told = told_by(text)
        if told.month and not told.year and not whole.year and year:
            told = told._replace(year=year, assumed=True)
        last_row, last = marks[-1]
        above = last if last_row == row - 1 else whole
        marks.append(
            (
                row,
                told._replace(
                    region=told.region or above.region, year=told.year or above.year, group=told.group or above.group
                ),
            )
        )
    return marks


def _dated(columns: Sequence[Column], told: Told) -> Sequence[Column]:
    """The columns, with the month of a heading for days that leave it out."""
    if told.month is None and told.year is None:
        return columns
    return [replace(one, options=_with_month(one, told)) if one.field in _DAYS else one for one in columns]


def _with_month(column: Column, told: Told) -> dict[str, str | int | float | bool]:
    options = dict(column.options)
    if told.year:
        options["year"] = told.year
    if told.month:
        options["month"] = told.month
    return options


def _adder(told: Told, columns: Sequence[Column]) -> Callable[[ReadRow], None]:
    """Puts what is told into a row; a column of the sheet that says the same kind of thing goes before it."""
    fields = {column.field for column in columns}
    region = told.region if not fields & _PLACES else None
    group = told.group if all(column.header != GROUP for column in columns) else ""
    undated = Field.ORDERED_ON not in fields and bool(fields & _WORTH) and told.month is not None
    omitting = f"{told.month}月{told.day}日" if told.day else f"{told.month}月"
    first = f"{told.year}-{told.month:02}-{told.day or 1:02}" if undated and told.year else ""

    def add(row: ReadRow) -> None:
        if region is not None:
            row.values.setdefault("region", region)
        if group:
            row.extra.setdefault(GROUP, group)
        if first:
            row.values["ordered_on"] = first
            if told.assumed:
                row.issues.append((row.row, "", omitting, "date_year_assumed", {"year": told.year}))
            if told.day is None:
                row.issues.append((row.row, "", first[:7], "date_month_only", {}))
        elif undated:
            row.issues.append((row.row, "", omitting, "date_without_year", {}))

    return add
