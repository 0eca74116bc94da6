"""What stands around the rows of a table in real sheets: titles, two-line headers, totals, notes, blanks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ugly.faults import Chance, often
from ugly.model import BLANK, Cell, Line, MadeSheet


@dataclass
class Table:
    """A table before it is put into a sheet.

    `groups` stand above the headers where there is a second line, "" elsewhere; `sections` hold what stands in a row of
    its own above the row of that number; `merged` are runs of rows whose first cell is merged downwards: column, first
    and last row.
    """

    headers: list[str]
    rows: list[list[Cell]]
    groups: list[str] | None = None
    summed: list[int] = field(default_factory=list)
    sections: dict[int, Cell] = field(default_factory=dict)
    merged: list[tuple[int, int, int]] = field(default_factory=list)
    headless: bool = False
    title: str = ""
    label_at: int = 0  # the column in which 合计 stands
    plain: bool = False  # nothing but the table


TITLES = ["客户信息表", "2024年客户台账", "客户资料汇总(内部资料)", "××商贸客户明细表"]
SUBTITLES = [
    ["制表人:小李", "", "填表日期:2024-03-05"],
    ["单位：元"],
    ["部门:销售一部", "制表：张三"],
    ["更新时间:2024年6月"],
]
FOOTERS = [
    "备注:以上数据截至2024年12月",
    "制表人:小李",
    "说明：标★的为老客户",
    "注:红色为欠款客户，请尽快催收。",
    "审核：",
    "第1页 共1页",
]


def dress(chance: Chance, table: Table, name: str, *, merges: bool, hides: bool) -> MadeSheet:
    """Put a table into a sheet; `merges` and `hides` say whether the format has merged cells and hidden rows."""
    left = 0 if table.plain or not often(chance, 0.25) else chance.randint(1, 2)
    sheet = MadeSheet(name, [])
    places = _places(chance, table, left)
    width = places[-1] + 1
    _top(chance, table, sheet, left, width, merges=merges)
    if not table.headless:
        _header(chance, table, sheet, places, width, merges=merges)
    _body(chance, table, sheet, places, width, merges=merges, hides=hides)
    _bottom(chance, table, sheet, places, width)
    return sheet


def _places(chance: Chance, table: Table, left: int) -> list[int]:
    """The column of each header; now and then one column is left blank between them."""
    count = len(table.headers)
    gap = (
        chance.randint(1, count - 1)
        if count > 3 and not table.plain and not table.headless and often(chance, 0.15)
        else count
    )
    if table.groups:
        gap = count
    return [left + place + (place >= gap) for place in range(count)]


def _laid(cells: Sequence[Cell], places: Sequence[int], width: int) -> list[Cell]:
    line = [BLANK] * width
    for place, one in zip(places, cells, strict=True):
        line[place] = one
    return line


def _at(width: int, **texts: object) -> list[Cell]:
    line = [BLANK] * width
    for place, text in texts.items():
        line[int(place.removeprefix("c"))] = Cell(text)
    return line


def _top(chance: Chance, table: Table, sheet: MadeSheet, left: int, width: int, *, merges: bool) -> None:
    if table.headless or (table.plain and not table.title):
        return
    if table.title or often(chance, 0.4):
        wide = merges and often(chance, 0.7) and width - left > 2
        line = Line("title", _at(width, **{f"c{left}": table.title or chance.choice(TITLES)}), wide=wide)
        if wide:
            sheet.merges.append((0, left, 0, width - 1))
        sheet.lines.append(line)
        if not table.plain and often(chance, 0.4):
            # A title that says 万元 is not contradicted below it.
            words = chance.choice(
                [
                    line
                    for line in SUBTITLES
                    if ("元)" not in table.title and "元）" not in table.title) or "单位" not in line[0]
                ]
            )[: width - left]
            sheet.lines.append(
                Line("title", _at(width, **{f"c{left + n}": word for n, word in enumerate(words) if word}))
            )
    if not table.plain and often(chance, 0.2):
        sheet.lines += [Line("blank", [BLANK] * width)] * chance.randint(1, 2)


def _spelled(chance: Chance, header: str) -> str:
    """A header as it is typed: blanks between, line breaks, marks that it has to be filled."""
    if not often(chance, 0.2) or not header or header.isascii():
        return header
    forms = [f" {header} ", f"{header}：", f"{header}*"]
    if len(header) == 2:
        forms += [f"{header[0]}  {header[1]}", f"{header[0]} {header[1]}"]
    if len(header) >= 4:
        forms += [f"{header[:2]}\n{header[2:]}", f"*{header}"]
    return chance.choice(forms)


def _header(chance: Chance, table: Table, sheet: MadeSheet, places: list[int], width: int, *, merges: bool) -> None:
    texts = [Cell(_spelled(chance, header)) for header in table.headers]
    if table.groups is None:
        sheet.lines.append(Line("header", _laid(texts, places, width)))
        return
    top = len(sheet.lines)
    upper, lower = [BLANK] * width, [BLANK] * width
    for number, (place, group) in enumerate(zip(places, table.groups, strict=True)):
        if not group:
            upper[place] = texts[number]
            if merges:
                sheet.merges.append((top, place, top + 1, place))
            continue
        lower[place] = texts[number]
        if not number or table.groups[number - 1] != group:
            last = max(n for n, other in enumerate(table.groups) if other == group)
            upper[place] = Cell(group)
            if merges and last > number:
                sheet.merges.append((top, place, top, places[last]))
    sheet.lines += [Line("header", upper), Line("header", lower)]


def _body(
    chance: Chance, table: Table, sheet: MadeSheet, places: list[int], width: int, *, merges: bool, hides: bool
) -> None:
    bare = table.plain or table.headless
    hidden = 0.05 if hides and not table.plain and not table.merged and often(chance, 0.2) else 0
    between = _between(chance, table, sheet, places, width, bare=bare)
    if not bare and table.summed and often(chance, 0.1):
        sheet.lines.append(Line("total", _total(chance, table, places, width, "合计")))
    kept = {row for _, first, last in table.merged for row in range(first + 1, last + 1)}  # inside a merged run
    at: list[int] = []
    for number, row in enumerate(table.rows):
        if number in table.sections:
            _section(chance, sheet, places[0], width, table.sections[number].raw, merges=merges)
        elif number and number not in kept:
            between(number)
        at.append(len(sheet.lines))
        sheet.lines.append(Line("data", _laid(row, places, width), hidden=often(chance, hidden)))
    for column, first, last in table.merged:
        if merges and last > first:
            sheet.merges.append((at[first], places[column], at[last], places[column]))


def _between(
    chance: Chance, table: Table, sheet: MadeSheet, places: list[int], width: int, *, bare: bool
) -> Callable[[int], None]:
    """Puts what stands between two rows now and then: a blank row, the header again, a subtotal."""
    blanks = 0 if bare else chance.choice([0, 0, 0.05])
    subtotals = 0 if bare or not table.summed else chance.choice([0, 0, 0.06])
    repeat = 0 if bare or table.groups else chance.choice([0, 0, 0, 15])

    def put(number: int) -> None:
        if often(chance, blanks):
            sheet.lines.append(Line("blank", [BLANK] * width))
        if repeat and number % repeat == 0:
            header = next(line for line in sheet.lines if line.kind == "header")
            sheet.lines.append(Line("repeated", list(header.cells)))
        if often(chance, subtotals):
            sheet.lines.append(Line("total", _total(chance, table, places, width, "小计")))

    return put


def _section(chance: Chance, sheet: MadeSheet, left: int, width: int, heading: object, *, merges: bool) -> None:
    line = Line("section", _at(width, **{f"c{left}": heading}))
    if merges and often(chance, 0.5) and width - left > 2:
        line.wide = True
        sheet.merges.append((len(sheet.lines), left, len(sheet.lines), width - 1))
    sheet.lines.append(line)


def _total(chance: Chance, table: Table, places: list[int], width: int, word: str) -> list[Cell]:
    line = [BLANK] * width
    line[places[table.label_at]] = Cell(chance.choice([word, f"{word}：", f"{word[0]} {word[1]}"]))
    for column in table.summed:
        line[places[column]] = Cell(float(chance.randint(1000, 999_999)))
    return line


def _bottom(chance: Chance, table: Table, sheet: MadeSheet, places: list[int], width: int) -> None:
    if table.plain or table.headless:
        return
    if table.summed and often(chance, 0.5):
        word = chance.choice(["合计", "总计", "合 计", "总计：", f"共{len(table.rows)}户"])
        line = _total(chance, table, places, width, "合计")
        line[places[table.label_at]] = Cell(word)
        sheet.lines.append(Line("total", line))
    if often(chance, 0.35):
        if often(chance, 0.7):
            sheet.lines.append(Line("blank", [BLANK] * width))
        for text in chance.sample(FOOTERS, chance.randint(1, 2)):
            sheet.lines.append(Line("note", _at(width, **{f"c{places[0]}": text})))
