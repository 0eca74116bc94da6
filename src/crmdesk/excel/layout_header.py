"""Where the header of a table stands: by its words, and by how it differs from what lies beneath."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from crmdesk.domain.text import says_nothing
from crmdesk.excel.grid import Cells, Merge

HeaderScore = Callable[[Sequence[object]], float]
HEAD_ROWS: Final = 400  # rows looked at to find the header
_CANDIDATES: Final = 25
_BODY: Final = 30
_LIKELY: Final = 0.5
_NEARLY: Final = 0.75  # of the best header's worth has the one of a table above it, at least
_BETWEEN: Final = 2  # rows of data, at least, between the headers of two tables
_SURELY: Final = 0.75  # how much the other columns must be known names where some are called by a day
_DAYS: Final = 2  # columns called by a day, and others, at least
_DAY_LABEL: Final = re.compile(
    r"\d{1,2}\s*[./-]\s*\d{1,2}|\d{1,2}月(?:\d{1,2}[日号]?)?|\d{1,2}[日号]|(?:周|星期|礼拜)[一二三四五六日天]"
)
_VALUE: Final = re.compile(r"[\d\s.,:/\\+%¥￥$()-]*\d[\d\s.,:/\\+%¥￥$()年月日元万-]*|[\w.+-]+@[\w-]+\.[\w.]+")
_NUMBERS: Final = re.compile(r"\d(?:[\d*][\s-]?){6}")  # a phone or an id somewhere in it: no name of a column
_IDENTIFIER: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*")
_LABEL_LENGTH: Final = 40
_BROKEN: Final = re.compile(r"(?<=[\u4e00-\u9fff])\s*\n\s*(?=[\u4e00-\u9fff])")
_SPACED: Final = re.compile(r"[\u4e00-\u9fff](?:\s+[\u4e00-\u9fff])+")
_MUST_FILL: Final = " *＊:："  # around a column's name: to be filled in, and a colon out of habit

NumberedRow = tuple[int, Cells]  # 1-based row and its cells


@dataclass(frozen=True)
class Header:
    """The header found: its lines (1-based, none where the table has no header), and a text per column."""

    lines: tuple[int, ...]
    texts: tuple[str, ...]

    @property
    def row(self) -> int:
        """The line right above the data, 0 without a header."""
        return self.lines[-1] if self.lines else 0


def is_blank(cell: object) -> bool:
    """Whether a cell holds nothing to see."""
    return cell == "" or (isinstance(cell, str) and not cell.strip())


def label_text(cell: object) -> str:
    """A column's name as it is meant: 建档/日期 of two lines and 税  率 as one word, without the marks around it."""
    if is_blank(cell):
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    text = " ".join(_BROKEN.sub("", str(cell)).split())
    if _SPACED.fullmatch(text):
        text = text.replace(" ", "")
    return text.strip(_MUST_FILL) or text


def find_header(head: list[NumberedRow], merges: Sequence[Merge], width: int, score: HeaderScore) -> Header:
    """The header among the first non-blank rows of a sheet."""
    worths = [_worth(head, index, merges, score) for index in range(min(len(head), _CANDIDATES))]
    best = max(range(len(worths)), key=lambda index: (round(worths[index], 9), -index), default=-1)
    if best < 0 or worths[best] < _LIKELY:
        return Header((), ("",) * width)
    # Rows between two headers are data of the first: the better one below begins another table.
    enough = max(_LIKELY, _NEARLY * worths[best])
    first = next((index for index in range(best - _BETWEEN) if worths[index] >= enough), best)
    return header_at(head, _first_like(head, first), merges, width, score)


def _first_like(head: list[NumberedRow], index: int) -> int:
    """The first of the rows that say the same: a header said again on every page is taken where it stands first."""
    return next(earlier for earlier in range(index + 1) if _said(head[earlier][1]) == _said(head[index][1]))


def _said(cells: Cells) -> list[str]:
    return ["" if is_blank(cell) else str(cell).strip() for cell in cells]


def header_at(head: list[NumberedRow], index: int, merges: Sequence[Merge], width: int, score: HeaderScore) -> Header:
    """The header around one of its lines: a line of groups above it, a line of details beneath."""
    lines = [index]
    if index + 1 < len(head) and (
        _is_detail_line(head, index, merges, score) or _go_together(head, index, merges, score)
    ):
        lines.append(index + 1)
    elif index and (_is_group_line(head, index - 1, merges) or _go_together(head, index - 1, merges, score)):
        lines.insert(0, index - 1)
    last = head[lines[-1]][1]
    texts = [_line_texts(head[line], merges, width, None if line == lines[-1] else last) for line in lines]
    return Header(tuple(head[line][0] for line in lines), tuple(_joined(parts) for parts in zip(*texts, strict=True)))


def _worth(head: list[NumberedRow], index: int, merges: Sequence[Merge], score: HeaderScore) -> float:
    """How good a header this row would make, 0 to 1."""
    cells = head[index][1]
    filled = [column for column, cell in enumerate(cells) if not is_blank(cell)]
    body = [row for _, row in head[index + 1 : index + 1 + _BODY]]
    named = _without_days(cells, filled, score)
    labels = [column for column in named if _is_label(cells[column])]
    if not labels or len(labels) < 0.6 * len(named):
        return 0.0
    used = _used_columns(body)
    cover = len(used & set(filled)) / len(used) if used else 0.3
    if used and (cover < 0.3 or _is_wide_title(head[index], merges, len(used))):
        return 0.0
    distinct = len({str(cells[column]).strip() for column in labels}) / len(labels)
    contrast = _contrast(cells, labels, body)
    words = score([cells[column] for column in named])
    # Words that headers are known to use say most; where they say nothing, the shape decides: short different labels
    # over most of the columns, above cells of another make. Words are worth more than any shape.
    said = words * (0.55 + 0.25 * cover + 0.1 * distinct + 0.1 * contrast)
    pure = len(labels) / len(named)
    shape = 0.75 * min(1.0, 1.5 * contrast) * (0.6 + 0.4 * cover) * (0.85 + 0.15 * distinct) * pure
    if _is_machine_made(cells, named, body):
        shape = max(shape, 0.8 * cover)
    if any(sum(not is_blank(cell) for cell in above) >= max(2, len(filled)) for _, above in head[:index]):
        shape = 0.0  # rows as full as this one above it: then it is data that happens to look different
    return said + (1 - words) * shape


def _without_days(cells: Cells, filled: list[int], score: HeaderScore) -> list[int]:
    """The columns of a line without those called by a day (7.1, 7.8, 周一), where the others are surely names."""
    rest = [column for column in filled if not _is_day_label(cells[column])]
    if len(filled) - len(rest) < _DAYS or len(rest) < _DAYS:
        return filled
    return rest if score([cells[column] for column in rest]) >= _SURELY else filled


def _is_day_label(cell: object) -> bool:
    return isinstance(cell, date) or (isinstance(cell, str) and bool(_DAY_LABEL.fullmatch(label_text(cell))))


def _is_machine_made(cells: Cells, filled: list[int], body: list[Cells]) -> bool:
    """Whether the labels are a program's column names (customer_id, createdAt) and the cells beneath are not."""
    names = [str(cells[column]).strip() for column in filled]
    if len(set(names)) < max(3, len(names)) or not all(map(_IDENTIFIER.fullmatch, names)):
        return False
    beneath = [str(row[column]) for row in body for column in filled if not is_blank(row[column])]
    alike = sum(bool(_IDENTIFIER.fullmatch(text)) for text in beneath)
    return any("_" in name or name.islower() for name in names) and alike * 2 < len(beneath)


def _is_label(cell: object) -> bool:
    """Whether a cell may be a column's name: a short text that is no number, day, phone or address for mail."""
    if not isinstance(cell, str):
        return False
    text = cell.strip()
    # 无 stands for a phone that one does not have: the first of people without a header, and no header.
    silent = says_nothing(text) or len(text) > _LABEL_LENGTH
    return not silent and not _VALUE.fullmatch(text) and not _NUMBERS.search(text)


def _used_columns(body: list[Cells]) -> set[int]:
    """Columns that hold something in at least a sixth of the rows beneath."""
    counts: dict[int, int] = {}
    for cells in body:
        for column, cell in enumerate(cells):
            if not is_blank(cell):
                counts[column] = counts.get(column, 0) + 1
    return {column for column, count in counts.items() if count * 6 >= len(body)}


def _is_wide_title(row: NumberedRow, merges: Sequence[Merge], used: int) -> bool:
    """Whether one merged cell fills most of the row."""
    return any(top == row[0] - 1 and last - first + 1 > max(2, 0.7 * used) for top, first, _, last in merges)


def _contrast(cells: Cells, labels: list[int], body: list[Cells]) -> float:
    """Share of columns whose cells beneath are of another make than the label: numbers, days, longer or digit texts."""
    differing = judged = 0
    for column in labels:
        beneath = [row[column] for row in body if not is_blank(row[column])]
        if not beneath:
            continue
        judged += 1
        values = sum(not _is_label(cell) for cell in beneath)
        label = str(cells[column]).strip()
        if label not in {str(cell).strip() for cell in beneath} and values * 2 > len(beneath):
            differing += 1
    return differing / judged if judged else 0.0


def _is_detail_line(head: list[NumberedRow], index: int, merges: Sequence[Merge], score: HeaderScore) -> bool:
    """Whether the row beneath a header row goes on with it: labels under its wide cells, nothing under the others."""
    number, cells = head[index]
    below_number, below = head[index + 1]
    if below_number != number + 1:
        return False
    filled = [column for column, cell in enumerate(below) if not is_blank(cell)]
    if not filled or not all(_is_label(below[column]) for column in filled):
        return False
    wide = {c for top, first, _, last in merges if top == number - 1 and last > first for c in range(first, last + 1)}
    tall = {first for top, first, bottom, _ in merges if top == number - 1 and bottom >= number}
    if any(column in tall for column in filled):
        return False
    under = [column for column in filled if column in wide or is_blank(cells[column])]
    return len(under) == len(filled) and (bool(wide) or bool(tall) or score(below) > _LIKELY)


def _is_group_line(head: list[NumberedRow], index: int, merges: Sequence[Merge]) -> bool:
    """Whether a row names groups of the columns beneath it: merged cells, several of them, none of them a title."""
    number, cells = head[index]
    if head[index + 1][0] != number + 1:
        return False
    groups = [last - first + 1 for top, first, _, last in merges if top == number - 1 and last > first]
    filled = [cell for cell in cells if not is_blank(cell)]
    return bool(groups) and len(filled) >= 2 and max(groups) < 0.8 * len(cells) and all(map(_is_label, filled))


def _go_together(head: list[NumberedRow], index: int, merges: Sequence[Merge], score: HeaderScore) -> bool:
    """Whether two rows are one header in a file that knows no merged cells.

    The upper names some columns alone; the lower's labels stand under a name of the upper or in the gap right of one.
    """
    (number, upper), (below_number, lower) = head[index], head[index + 1]
    if below_number != number + 1 or any(top == number - 1 for top, *_ in merges):
        return False
    above = {column for column, cell in enumerate(upper) if not is_blank(cell)}
    below = {column for column, cell in enumerate(lower) if not is_blank(cell)}
    alone = above - below
    if (
        not alone
        or not below - above
        or not all(_is_label(row[c]) for row, cs in ((upper, above), (lower, below)) for c in cs)
    ):
        return False
    starts = {column for column in above & below if column + 1 in below - above}
    covered = all(column in starts or _left_of(column, above) in starts for column in below)
    return covered and score(lower) > _LIKELY


def _left_of(column: int, filled: set[int]) -> int:
    """The nearest filled column to the left, -1 for none."""
    return max((other for other in filled if other < column), default=-1)


def _line_texts(row: NumberedRow, merges: Sequence[Merge], width: int, beneath: Cells | None) -> list[str]:
    """The texts of a header line; a group's name is repeated over its columns where a line lies `beneath`."""
    number, cells = row
    texts = [label_text(cell) for cell in cells]
    if beneath is None:
        return texts
    merged = [(first, min(last, width - 1)) for top, first, _, last in merges if top == number - 1]
    for first, last in merged:
        texts[first : last + 1] = [texts[first]] * (last + 1 - first)
    if not merged:
        for column in range(1, width):
            if not texts[column] and not is_blank(beneath[column]):
                texts[column] = texts[column - 1]
    return texts


def _joined(parts: tuple[str, ...]) -> str:
    return " ".join(dict.fromkeys(part for part in parts if part))
