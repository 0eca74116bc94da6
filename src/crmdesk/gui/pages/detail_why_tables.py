"""The small tables of the passport: what the rules go by, and the price given last for each product."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from crmdesk.gui.widgets.pieces import text_label
from crmdesk.i18n import _
from crmdesk.words import formats
from crmdesk.words.indicators import indicator_told
from crmdesk.words.labels import label
from crmdesk.words.passports import number_text
from crmdesk.words.policies import indicator_name

if TYPE_CHECKING:
    from datetime import date

    from crmdesk.domain.passport import LastPrice, Number

Row = tuple[Sequence[tuple[str, str]], str]  # words and roles of the cells, and the hint behind them


def numbers_table(parent: QWidget, numbers: Iterable[Number]) -> QWidget:
    """Name, value, and the points or the doubt of each number."""
    return _table(parent, [_number_row(one) for one in numbers])


def prices_table(parent: QWidget, prices: Iterable[LastPrice], today: date) -> QWidget:
    """Product, price and day."""
    return _table(parent, [_price_row(one, today) for one in prices])


def _number_row(one: Number) -> Row:
    points = _("{points} points").format(points=one.points) if one.points is not None else ""
    sure = label("confidence", one.confidence) if one.confidence == "few" else ""
    cells = ((indicator_name(one.code), "muted"), (number_text(one), ""), (points or sure, "small"))
    return cells, indicator_told(one.code)


def _price_row(one: LastPrice, today: date) -> Row:
    cells = ((one.product, "muted"), (formats.money(one.price), ""), (formats.short_day(one.on, today), "small"))
    return cells, formats.ago(one.on, today)


def _table(parent: QWidget, rows: Iterable[Row]) -> QWidget:
    holder = QWidget(parent)
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(2)
    for row, (cells, hint) in enumerate(rows):
        for column, (text, role) in enumerate(cells):
            cell = text_label(holder, role)
            cell.setText(text)
            cell.setToolTip(hint)
            side = Qt.AlignmentFlag.AlignRight if column == 1 else Qt.AlignmentFlag.AlignLeft
            grid.addWidget(cell, row, column, side)
    grid.setColumnStretch(3, 1)
    return holder
