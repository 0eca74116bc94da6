"""What a person sees in a widget: every word in sight, for tests that ask what may not be read there."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QTextEdit,
    QWidget,
)

from crmdesk.gui.widgets.pieces import Chip

MOST_ROWS = 60  # of a list: more are not in sight at once


def words_in_sight(top: QWidget) -> Iterator[str]:
    """The words of every visible part of a widget, those of tooltips and for readers of the screen included."""
    for part in (top, *top.findChildren(QWidget)):
        if part.isVisible() and part.window() is top.window() and not isinstance(part, QHeaderView):
            yield from (word for word in (*_own(part), part.toolTip(), part.accessibleName()) if word)


def _own(part: QWidget) -> Iterator[str]:
    if isinstance(part, QLabel | QAbstractButton | QLineEdit | Chip):
        yield part.text()
    elif isinstance(part, QComboBox):
        yield from (part.itemText(number) for number in range(part.count()))
    elif isinstance(part, QPlainTextEdit | QTextEdit):
        yield part.toPlainText()
    elif isinstance(part, QTabBar):
        yield from (part.tabText(number) for number in range(part.count()))
    elif isinstance(part, QAbstractItemView):
        yield from _cells(part)


def _cells(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    if model is None:
        return
    if not isinstance(view, QTableView):  # a list's model keeps its only column to itself
        yield from _column(view, 0)
        return
    for column in range(model.columnCount()):
        if not view.isColumnHidden(column):
            yield from _column(view, column)


def _column(view: QAbstractItemView, column: int) -> Iterator[str]:
    model = view.model()
    for row in range(min(model.rowCount(), MOST_ROWS)):
        yield str(model.index(row, column).data() or "")
