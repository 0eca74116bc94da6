"""看懂了这些: each sheet, each column, as it stands there beside as it was read; one choice corrects a column."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from crmdesk.domain.fields import Field
from crmdesk.gui.pages.pieces import text_label
from crmdesk.i18n import _
from crmdesk.words.labels import field_label, label
from crmdesk.words.phrases import say

if TYPE_CHECKING:
    from crmdesk.operations.importing import Preview, SheetResult

UNSURE: Final = 0.6
FIRST_FIELDS: Final = (Field.EXTRA, Field.DO_NOT_IMPORT)
SHOWN_EXAMPLES: Final = 2
MARKS: Final = {"customers": "customers", "orders": "order", "contacts": "customer", "interactions": "chat"}


class ColumnsPage(QWidget):
    """The sheets on the left, the columns of the chosen one on the right."""

    corrected = Signal(int, object)  # position of the sheet, its columns as the user wants them
    left_out = Signal(object)  # positions of the sheets that are not wanted

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._preview: Preview | None = None
        self.sheets = QListWidget(self)
        self.sheets.setObjectName("import_sheets")
        self.sheets.setAccessibleName(_("Sheets"))
        self.sheets.setFixedWidth(230)
        self.sheets.currentRowChanged.connect(lambda _row: self._show_sheet())
        self.sheets.itemChanged.connect(lambda _item: self._tell_left_out())
        self._about = text_label(self, "muted", "sheet_about", wrap=True)
        self.columns = QTableWidget(0, 4, self)
        self.columns.setObjectName("import_columns")
        self.columns.setAccessibleName(_("Columns"))
        self._dress_table()
        self._lay_out()

    def show_preview(self, preview: Preview) -> None:
        """Show what was understood; the chosen sheet stays chosen."""
        chosen = max(self.sheets.currentRow(), 0)
        self._preview = preview
        self.sheets.blockSignals(True)
        self.sheets.clear()
        for place, sheet in enumerate(preview.sheets):
            self.sheets.addItem(_sheet_item(sheet, place in preview.left_out))
        self.sheets.setCurrentRow(min(chosen, len(preview.sheets) - 1))
        self.sheets.blockSignals(False)
        self._show_sheet()

    def _chosen(self) -> SheetResult | None:
        row = self.sheets.currentRow()
        return self._preview.sheets[row] if self._preview is not None and row >= 0 else None

    def _show_sheet(self) -> None:
        sheet = self._chosen()
        if sheet is None:
            return
        self._about.setText(_sheet_words(sheet))
        columns = sheet.draft.columns
        self.columns.setRowCount(len(columns))
        for row, column in enumerate(columns):
            raw = " · ".join(text for text, _read in column.examples[:SHOWN_EXAMPLES])
            read = " · ".join(text for _raw, text in column.examples[:SHOWN_EXAMPLES])
            for place, text in ((0, f"{column.letter}  {column.header}"), (2, raw), (3, read)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.columns.setItem(row, place, item)
            self.columns.setCellWidget(row, 1, self._field_box(row, column.field, column.confidence))

    def _field_box(self, row: int, field: Field, confidence: float) -> QWidget:
        box = QComboBox(self.columns)
        box.setObjectName(f"field_{row}")
        box.setAccessibleName(_("Read as"))
        rest = sorted((f for f in Field if f not in FIRST_FIELDS), key=lambda f: field_label(f))
        for choice in (*FIRST_FIELDS, *rest):
            box.addItem(field_label(choice), choice)
        box.setCurrentIndex(box.findData(field))
        box.activated.connect(partial(self._correct, row, box))
        if confidence < UNSURE and field not in FIRST_FIELDS:
            box.setToolTip(_("Not sure about this one"))
        return box

    def _correct(self, row: int, box: QComboBox, _index: int) -> None:
        sheet, place = self._chosen(), self.sheets.currentRow()
        if sheet is None or box.currentData() == sheet.draft.columns[row].field:
            return
        columns = list(sheet.draft.columns)
        columns[row] = replace(columns[row], field=Field(box.currentData()), confidence=1.0)
        self.corrected.emit(place, columns)

    def _tell_left_out(self) -> None:
        unchecked = Qt.CheckState.Unchecked
        items = [self.sheets.item(row) for row in range(self.sheets.count())]
        usable = Qt.ItemFlag.ItemIsUserCheckable
        out = [row for row, item in enumerate(items) if item.flags() & usable and item.checkState() == unchecked]
        self.left_out.emit(frozenset(out))

    def _dress_table(self) -> None:
        table = self.columns
        table.setHorizontalHeaderLabels([_("Column"), _("Read as"), _("In the sheet"), _("As read")])
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        table.verticalHeader().setDefaultSectionSize(40)
        head = table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        head.resizeSection(1, 180)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._about)
        right.addWidget(self.columns, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.sheets)
        row.addLayout(right, 1)


def _sheet_item(sheet: SheetResult, left_out: bool) -> QListWidgetItem:
    item = QListWidgetItem(f"{sheet.draft.name}\n{_kind_words(sheet)}")
    item.setToolTip(sheet.draft.workbook)
    if sheet.draft.kind == "ignored":
        item.setFlags(Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)
    else:
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Unchecked if left_out else Qt.CheckState.Checked)
    return item


def _kind_words(sheet: SheetResult) -> str:
    if sheet.kind == "ignored":
        return _("Left out")
    return _("{kind} · {count} rows").format(kind=label("table", sheet.draft.kind), count=sheet.draft.row_count)


def _sheet_words(sheet: SheetResult) -> str:
    if sheet.reason is not None:
        return say(sheet.reason)
    draft = sheet.draft
    head = _("head in row {row}").format(row=draft.header_row) if draft.header_row else _("no head row")
    parts = [draft.workbook, head, *(say(note) for note in draft.notes)]
    if draft.encoding:
        parts.append(draft.encoding)
    return " · ".join(parts)


def about_label(parent: QWidget) -> QLabel:
    """The sentence above a step of the wizard."""
    return text_label(parent, "muted", "step_about", wrap=True)
