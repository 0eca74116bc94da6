"""Which rows of a table hold data, and what the others are: totals, notes, sections, headers said again."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from crmdesk.domain.simplified import simplified
from crmdesk.excel.grid import Cells, Merge
from crmdesk.excel.layout_header import Header, HeaderScore, is_blank, label_text
from crmdesk.excel.sections import is_heading

_TOTAL_WORD: Final = (
    r"(?:[合小总共累]\s*计(?:金额|数量|人数|户数)?|总\s*和|汇\s*总|平\s*均(?:值|数|金额)?|均\s*值|本[页月年]?[合小]计)"
)
_TOTAL: Final = re.compile(
    rf"{_TOTAL_WORD}\s*(?:[（(].{{0,12}}[)）])?\s*[:：]?\s*(?:[\d,.]+\s*\w{{0,2}})?"
    rf"|.{{1,14}}[\s_\-—－]*(?:小\s*计|合\s*计|总\s*计)\s*[:：]?"
    r"|(?:总共|一共|合起来|加起来|拢共)\s*[:：]?"
    r"|(?:合计|总计|总共|一共|共有?)\s*[:：]?\s*\d+\s*(?:户|家|人|个|条|位|名|行|单|笔|件|项|列).{0,6}"
    r"|(?:grand\s+|sub[\s-]*)?totals?(?:\s*[:：]|\s+\(.*\))?|.{1,30}\s(?:sub)?total|sums?:?|averages?:?|avg\.?:?|count:?\s*\d*",
    re.IGNORECASE | re.DOTALL,
)
_NOTE: Final = re.compile(
    r"\s*(?:(?:备\s*注|说\s*明|注\s*意?(?:事项)?|附\s*注|提示|声明|编制说明|填表说明|数据来源|来源|note|notes|remarks?|source)\s*\d?[:：.]"
    r"|注\d*[、:：.]|(?:制\s*表|制\s*单|填\s*表|审\s*核|复\s*核|统\s*计|编\s*制|打\s*印|导\s*出|负责人签字|签\s*字|签\s*名)"
    r"\s*(?:人|日期|时间|单位|部门)?\s*[:：]|以上(?:数据|信息|内容|客户)|(?:截至|截止)\s*\d|第\s*\d+\s*页|page\s+\d+)",
    re.IGNORECASE,
)
_PHONE: Final = re.compile(r"\s*\+?\d[\d\s()/-]{6,}\s*")  # somebody who can be called
_SIGNED: Final = re.compile(r"[*※#★●■](?!\w+[!?/])\s*\S.{6,}")  # ★ before a name is no remark, nor is #N/A
_SENTENCE: Final = re.compile(r"[。；！？]|[：:].*[，,]")
# How a total may start or end: what lets nearly every other cell through without a closer look.
_TOTAL_START: Final = frozenset(
    {first + second for first in "合小总總共累汇匯平均" for second in ("", *" 计計和共汇匯均值有起0123456789")}
    | {"一共", "拢共", "加起", "本页", "本月", "本年"}
    | {form for word in ("to", "su", "gr", "av", "co") for form in (word, word.title(), word.upper())}
)
_TOTAL_END: Final = frozenset("计計")
_NUMBER_TEXT: Final = re.compile(r"[\s\d.,%¥￥$€£+()-]*(?:元|万元|户|家|人|个|条|位|名|单|笔|件|-|—|/|#[\w/!?]+)?\s*")
_KEYS: Final = 4
_LOOKED_AT: Final = 60
_LABEL: Final = 30  # signs, at most, in a column's name
_SURELY: Final = 0.75  # how much a row must look like a header to begin another table
_REMARK: Final = 6  # a shorter text may be a customer of whom only the name is known


class RowJudge:
    """Says of each row beneath the header what it is; most rows cost a count and a few comparisons.

    `typical` is how many cells a usual row fills, `sparse` the number up to which a row is looked at closely; `lines`
    are the header's own; `score` knows the words of headers, of another table's too.
    """

    def __init__(
        self,
        header: Header,
        titles: Iterable[str],
        merges: Sequence[Merge],
        body: list[Cells],
        lines: Sequence[Cells] = (),
        score: HeaderScore | None = None,
    ) -> None:
        self._score = score
        self._header = header
        self._titles = frozenset(titles)
        self._uncounted_titles = frozenset(map(_uncounted, self._titles))
        self._wide = {top + 1 for top, first, _, last in merges if last - first >= 2}
        filled = sorted(sum(not is_blank(cell) for cell in cells) for cells in body[:_LOOKED_AT])
        self.typical = filled[len(filled) // 2] if filled else 1
        self.sparse = max(2, self.typical // 2)
        named = [column for column, text in enumerate(header.texts) if text]
        self._keys = tuple((named or list(range(len(header.texts))))[:_KEYS])
        self._first = named[0] if named else 0
        # As it is typed and as it is meant: a header said again has its blanks and line breaks again.
        first = [header.texts[self._first], *(cells[self._first] for cells in lines)] if named else []
        self._first_texts = {text for text in first if not is_blank(text)}

    def looks_odd(self, cells: Cells) -> bool:
        """Whether a well-filled row still deserves a close look: it may be a total, or the header again."""
        for column in self._keys:
            cell = cells[column]
            if cell.__class__ is str and (cell[:2] in _TOTAL_START or cell[-1:] in _TOTAL_END):
                return True
        return cells[self._first] in self._first_texts

    def judge(self, number: int, cells: Cells, *, parted: bool = False) -> str:
        """What a row is: "" data, `blank`, or the code of the reason for leaving it out.

        `another_table`: the header of one that stands below; only asked where the row is `parted` from the data above.
        """
        filled = [(column, cell) for column, cell in enumerate(cells) if not is_blank(cell)]
        if not filled:
            return "blank"
        if self._repeats_header(filled):
            return "repeated_header"
        if parted and self._is_another_header(cells, filled):
            return "another_table"
        if _is_total(filled):
            return "total_row"
        if self._repeats_title(filled):
            return "title"
        if len(filled) <= 2 and self.typical > 1:
            return self._judge_lonely(number, filled)
        return ""

    def _repeats_header(self, filled: list[tuple[int, object]]) -> bool:
        texts = self._header.texts
        same = sum(
            isinstance(cell, str) and bool(texts[column]) and label_text(cell) in texts[column]
            for column, cell in filled
        )
        named = sum(map(bool, texts))
        return bool(named) and same >= max(1, 0.6 * min(named, len(filled))) and (same >= 2 or named == 1)

    def _repeats_title(self, filled: list[tuple[int, object]]) -> bool:
        """Whether a row says what stands above the header: on every page of a printed list, with its number."""
        texts = [_uncounted(cell) for _, cell in filled]
        return all(texts) and len(texts) > 1 and self._uncounted_titles.issuperset(texts)

    def _is_another_header(self, cells: Cells, filled: list[tuple[int, object]]) -> bool:
        """Whether a row names columns in words that headers are known to use."""
        labels = len(filled) > 1 and all(isinstance(cell, str) and len(cell) <= _LABEL for _, cell in filled)
        return labels and self._score is not None and self._score(cells) >= _SURELY

    def _judge_lonely(self, number: int, filled: list[tuple[int, object]]) -> str:
        """A row of one or two cells: a title said again, a note, a section's name; else data that knows little."""
        text = str(filled[0][1]).strip()[:_LOOKED_AT]
        if text in self._titles:
            return "title"
        alone = len(filled) == 1
        if _NOTE.match(simplified(text)) or (
            alone and (_SIGNED.match(text) or (len(text) > 12 and _SENTENCE.search(text)))
        ):
            return "note"
        if len(filled) == 1 and (number in self._wide or is_heading(text)):
            return "section"
        return ""


def _uncounted(cell: object) -> str:
    """A text without its numbers: 第 页 of 第 2 页; "" where it has nothing else."""
    return re.sub(r"[\d\s.:/-]+", " ", str(cell)).strip() if isinstance(cell, str) else ""


def _is_total(filled: list[tuple[int, object]]) -> bool:
    """Whether one of the first cells says so, and nothing else in the row is more than a number."""
    texts = [simplified(cell.strip()) if isinstance(cell, str) else "" for _, cell in filled]
    if any(len(text) > _LOOKED_AT for text in texts):
        return False
    lead = next((index for index, text in enumerate(texts[:4]) if _TOTAL.fullmatch(text)), None)
    if lead is None:
        return False
    others = (text for index, text in enumerate(texts) if index != lead)
    return all(_NUMBER_TEXT.fullmatch(text) or _TOTAL.fullmatch(text) for text in others)


def is_total(cells: Cells) -> bool:
    """Whether a row above the header is a total put on top."""
    return _is_total([(column, cell) for column, cell in enumerate(cells) if not is_blank(cell)])


def block_headings(sparse: Mapping[int, Cells], known: Collection[int], first: int) -> list[int]:
    """Rows of a single text that head the blocks of a table: one stands above the first block, and none alone.

    `sparse`: rows that hold little, by 1-based number; `known`: rows that are headings by their own words; `first`: the
    first row of data. A list with a customer here and there of whom only the name is known does not begin with one.
    """
    lonely = {}
    for number, cells in sparse.items():
        filled = [(column, cell) for column, cell in enumerate(cells) if not is_blank(cell)]
        # A number alone is a sum without its word, in a text file too.
        if len(filled) == 1 and isinstance(filled[0][1], str) and not _NUMBER_TEXT.fullmatch(filled[0][1]):
            lonely[number] = filled[0][0]
    rows = sorted({*lonely, *known})
    if len(rows) < 2 or rows[0] > first or len(set(lonely.values())) != 1:
        return []
    return [] if any(later - earlier == 1 for earlier, later in pairwise(rows)) else sorted(lonely)


def trailing_notes(tail: Sequence[tuple[int, Cells, bool]]) -> list[int]:
    """Rows below the table, after a blank row, of one or two texts long enough to be remarks.

    `tail` holds the sparse rows at the sheet's very end: 1-based row, cells, whether a blank row stands above it.
    """
    notes: list[int] = []
    below = False
    for number, cells, gap in tail:
        below = below or gap
        filled = [cell for cell in cells if not is_blank(cell)]
        texts = all(isinstance(cell, str) and not _PHONE.fullmatch(cell) for cell in filled)
        remark = texts and max(len(str(cell)) for cell in filled) > _REMARK
        if below and remark:
            notes.append(number)
    return notes
