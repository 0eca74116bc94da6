"""The tier report: what the boss opens. A customer report where there are no tiers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from openpyxl.chart import BarChart, PieChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.series import DataPoint
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from crmdesk.excel.writer import GREEN, Book, CellValue, SheetColumn, shown_width
from crmdesk.i18n import _

COVER_WIDTHS = {"A": 30, "B": 14, "C": 20, "D": 12, "E": 4, "F": 13, "G": 13, "H": 13, "I": 13, "J": 13}
WIDE_OF_COVER = 74  # characters in one line of a sentence, over columns A to D
LINE_HEIGHT = 18
CHART_AT = ("F4", "F20")
CHART_GREENS = (GREEN, "43A398", "9ED2CA", "C9DEDB", "B9C1C6")


@dataclass(frozen=True)
class Section:
    """One table of the report: the sheet's name, its columns, its rows."""

    name: str
    columns: Sequence[SheetColumn]
    rows: Iterable[Sequence[CellValue]]


@dataclass(frozen=True)
class Report:
    """The values of a report, in words already. `levels`: tier, customers, money, share; empty without tiers.

    `shares`: what else the customers can be counted by (a title, words and counts), for lists without tiers.
    """

    title: str
    source: str
    made_on: date
    as_of: date
    facts: Sequence[tuple[str, CellValue, str]]  # label, value, kind
    levels: Sequence[tuple[str, int, int, float]]
    stages: Sequence[tuple[str, int]]
    policy: Sequence[str]
    sections: Sequence[Section]
    shares: Sequence[tuple[str, Sequence[tuple[str, int]]]] = ()
    moves: str = ""  # who moved since the last report, as a sentence


def write_report(path: Path, report: Report) -> None:
    """Write the report; the file stands there whole, or not at all. Raises OSError where it cannot be written."""
    with Book(path) as book:
        _write_cover(book, report)
        if len(report.stages) > 1:
            _write_stages(book, report)
        for section in report.sections:
            book.add_table(section.name, section.columns, section.rows)


def _write_cover(book: Book, report: Report) -> None:
    sheet = book.add_sheet(_("Overview"))
    for letter, width in COVER_WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    row = _CoverRows(book, sheet)
    row.add((report.title, "title"))
    dates = _("Made on {made_on}, figures as of {as_of}").format(made_on=report.made_on, as_of=report.as_of)
    row.add((report.source, "quiet"))
    row.add((dates, "quiet"))
    row.add()
    for label, value, kind in report.facts:
        row.add((label, "text"), (value, kind))
    row.add()
    if report.levels:
        right = "head right"
        head = row.add((_("Tier"), "head"), (_("Customers"), right), (_("Money"), right), (_("Share"), right))
        for tier, count, money, share in report.levels:
            row.add((tier, "text"), (count, "count"), (money, "money"), (share, "share"))
        _add_level_charts(sheet, head, len(report.levels))
        row.add()
        if report.moves:
            row.add((report.moves, "sentence"), merge=True)
            row.add()
        row.add((_("How the tiers are made"), "strong"))
    for sentence in report.policy:
        row.add((sentence, "sentence"), merge=True)
    for place, (title, counts) in enumerate(report.shares):
        head = row.add((title, "head"), (_("Customers"), "head right"))
        for words, count in counts:
            row.add((words, "text"), (count, "count"))
        row.add()
        _add_share_chart(sheet, title, head, len(counts), CHART_AT[place])


class _CoverRows:
    """Appends rows to the cover and knows how far it is; a write-only sheet does not tell."""

    def __init__(self, book: Book, sheet: WriteOnlyWorksheet) -> None:
        self._book, self._sheet, self.count = book, sheet, 0

    def add(self, *cells: tuple[CellValue, str], merge: bool = False) -> int:
        """Append one row of values with their looks; return its number."""
        self.count += 1
        if merge:
            self._sheet.merged_cells.add(f"A{self.count}:D{self.count}")
            lines = -(-shown_width(str(cells[0][0])) // WIDE_OF_COVER)
            self._sheet.row_dimensions[self.count].height = LINE_HEIGHT * lines
        self._sheet.append([self._book.cell(self._sheet, value, look) for value, look in cells])
        return self.count


def _add_level_charts(sheet: WriteOnlyWorksheet, head: int, count: int) -> None:
    names = Reference(sheet, min_col=1, min_row=head + 1, max_row=head + count)
    customers, money = BarChart(), PieChart()
    customers.title, money.title = _("Customers by tier"), _("Money by tier")
    customers.legend = None
    for chart, column, anchor in ((customers, 2, CHART_AT[0]), (money, 3, CHART_AT[1])):
        chart.add_data(Reference(sheet, min_col=column, min_row=head, max_row=head + count), titles_from_data=True)
        chart.set_categories(names)
        chart.height, chart.width = 7.5, 13
        _color_points(chart, count)
        sheet.add_chart(chart, anchor)
    _show_axes(customers)
    customers.y_axis.delete = True  # the numbers stand at the bars
    customers.gapWidth = 60
    customers.dataLabels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    money.dataLabels = DataLabelList(
        showPercent=True, showVal=False, showSerName=False, showCatName=False, showLegendKey=False
    )


def _color_points(chart: BarChart | PieChart, count: int) -> None:
    for place in range(count):
        point = DataPoint(idx=place)
        last = place == count - 1 and count > 1
        point.graphicalProperties.solidFill = CHART_GREENS[-1 if last else min(place, len(CHART_GREENS) - 2)]
        chart.series[0].dPt.append(point)


def _show_axes(chart: BarChart) -> None:
    # openpyxl 3.1 leaves `delete` unset, which newer Excel reads as "no axis".
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.majorGridlines = None


def _write_stages(book: Book, report: Report) -> None:
    columns = (SheetColumn(_("Stage"), "text", 18), SheetColumn(_("Customers"), "count", 14))
    sheet, count = book.add_table(_("Stages"), columns, report.stages)
    chart = _lying_bars(_("Customers by stage"), sheet, 1, count)
    sheet.add_chart(chart, "D2")


def _add_share_chart(sheet: WriteOnlyWorksheet, title: str, head: int, count: int, anchor: str) -> None:
    if count > 1:
        chart = _lying_bars(title, sheet, head, count)
        chart.height, chart.width = 7.5, 13
        sheet.add_chart(chart, anchor)


def _lying_bars(title: str, sheet: WriteOnlyWorksheet, head: int, count: int) -> BarChart:
    """Bars from the top down over the table below row `head`, each with its number at the end."""
    chart = BarChart()
    chart.type, chart.legend, chart.title = "bar", None, title
    chart.add_data(Reference(sheet, min_col=2, min_row=head, max_row=head + count), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=head + 1, max_row=head + count))
    chart.series[0].graphicalProperties.solidFill = GREEN
    chart.dataLabels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    chart.x_axis.scaling.orientation = "maxMin"
    chart.gapWidth = 60
    chart.height, chart.width = 9, 16
    _show_axes(chart)
    chart.y_axis.delete = True  # the numbers stand at the bars
    return chart
