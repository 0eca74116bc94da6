"""The sheets of the workbooks: which are taken, with how many rows, and why the others are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from crmdesk.gui.palette import tokens_of
from crmdesk.i18n import _
from crmdesk.words.labels import label
from crmdesk.words.phrases import say

if TYPE_CHECKING:
    from crmdesk.operations.importing import Preview, SheetResult

WIDTH = 248
CHECKABLE = Qt.ItemFlag.ItemIsUserCheckable


class SheetsList(QWidget):
    """One line per sheet, ticked where it is taken."""

    chosen = Signal(int)
    left_out = Signal(object)  # frozenset of positions

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.list = QListWidget(self)
        self.list.setObjectName("import_sheets")
        self.list.setAccessibleName(_("Sheets"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self.chosen)
        self.list.itemChanged.connect(lambda _item: self.left_out.emit(self._unticked()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)

    def place(self) -> int:
        """The position of the chosen sheet, -1 without any."""
        return self.list.currentRow()

    def show_preview(self, preview: Preview) -> None:
        """Show the sheets of a preview; at first the first one that is taken is chosen."""
        before = self.place()
        taken = next((n for n, sheet in enumerate(preview.sheets) if sheet.kind != "ignored"), 0)
        self.list.blockSignals(True)
        self.list.clear()
        several = len(preview.paths) > 1
        for place, sheet in enumerate(preview.sheets):
            self.list.addItem(self._item(sheet, left_out=place in preview.left_out, several=several))
        self.list.setCurrentRow(min(taken if before < 0 else before, len(preview.sheets) - 1))
        self.list.blockSignals(False)

    def _item(self, sheet: SheetResult, *, left_out: bool, several: bool) -> QListWidgetItem:
        name = f"{sheet.draft.workbook} · {sheet.draft.name}" if several else sheet.draft.name
        item = QListWidgetItem(f"{name}\n{_kind_words(sheet)}")
        item.setSizeHint(QSize(WIDTH - 24, 2 * self.fontMetrics().lineSpacing() + 14))
        item.setToolTip(f"{sheet.draft.workbook} · {sheet.draft.name}\n{_kind_words(sheet)}")
        if sheet.draft.kind == "ignored":
            item.setFlags(Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)
            item.setForeground(QColor(tokens_of(self.palette()).muted))
        else:
            item.setFlags(item.flags() | CHECKABLE)
            item.setCheckState(Qt.CheckState.Unchecked if left_out else Qt.CheckState.Checked)
        return item

    def _unticked(self) -> frozenset[int]:
        items = [self.list.item(row) for row in range(self.list.count())]
        return frozenset(
            row
            for row, item in enumerate(items)
            if item.flags() & CHECKABLE and item.checkState() == Qt.CheckState.Unchecked
        )


def _kind_words(sheet: SheetResult) -> str:
    if sheet.reason is not None:
        return say(sheet.reason)
    if sheet.kind == "ignored":
        return _("Left out")
    kind, count = label("table", sheet.draft.kind), f"{sheet.draft.row_count:,}"
    return _("{kind} · {count} rows").format(kind=kind, count=count)
