"""看懂了这些: each sheet, each column, as it stands there beside as it was read; one choice corrects a column."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from crmdesk.domain.fields import Field
from crmdesk.gui.dialogs.import_rules import Rule, rule_of, with_rule
from crmdesk.gui.dialogs.import_sheets import SheetsList
from crmdesk.gui.widgets.pieces import text_label
from crmdesk.i18n import _
from crmdesk.words.labels import field_label, label
from crmdesk.words.phrases import say

if TYPE_CHECKING:
    from crmdesk.operations.importing import Column, Preview, SheetResult

UNSURE: Final = 0.6
FIRST_FIELDS: Final = (Field.EXTRA, Field.DO_NOT_IMPORT)
SHOWN_EXAMPLES: Final = 3
FIELD_WIDTH: Final = 214
GAP: Final = 6
MARK_HEIGHT: Final = 22
CODED: Final = (Field.KIND, Field.INTENT)  # fields that are kept as codes
DOUBT: Final = re.compile(r"\s*\[[a-z_]+\]$")  # the code of an issue behind an example; the next step says it in words
CODE_ROLE: Final = Qt.ItemDataRole.UserRole


class QuietBox(QComboBox):
    """A choice that the mouse wheel does not change while one scrolls past it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the table scroll."""
        event.ignore()


class ColumnsPage(QWidget):
    """The sheets on the left where there are several, the columns of the chosen one on the right."""

    corrected = Signal(int, object)  # position of the sheet, its columns as the user wants them; []: read it anew
    left_out = Signal(object)  # positions of the sheets that are not wanted

    def __init__(self, this_year: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._this_year = this_year
        self._preview: Preview | None = None
        self._fields = _field_model(self)
        self.sheets = SheetsList(self)
        self.sheets.chosen.connect(lambda _place: self._show_sheet())
        self.sheets.left_out.connect(self.left_out)
        self.about = text_label(self, "muted", "sheet_about", wrap=True)
        self.take = QPushButton(self)
        self.take.setObjectName("take_hidden")
        self.take.setText(_("Take this sheet too"))
        self.take.clicked.connect(lambda _checked=False: self.corrected.emit(self.sheets.place(), []))
        self.columns = QTableWidget(0, 4, self)
        self.columns.setObjectName("import_columns")
        self.columns.setAccessibleName(_("Columns"))
        self._dress_table()
        self._lay_out()

    def show_preview(self, preview: Preview) -> None:
        """Show what was understood; the chosen sheet stays chosen."""
        self._preview = preview
        self.sheets.show_preview(preview)
        self.sheets.setVisible(len(preview.sheets) > 1)
        self._show_sheet()

    def summary(self) -> str:
        """In one sentence: how many columns were understood, and how many of them one should look at."""
        sheets = self._preview.sheets if self._preview is not None else ()
        wanted = [column for sheet in sheets if sheet.kind != "ignored" for column in sheet.draft.columns]
        unsure = sum(is_unsure(column) for column in wanted)
        if not wanted:
            return _("There is no table of customers in it.")
        if unsure:
            return _("{count} columns read, {unsure} of them not sure: please look at those.").format(
                count=len(wanted), unsure=unsure
            )
        return _("{count} columns read. If one is wrong, choose what it is.").format(count=len(wanted))

    def _chosen(self) -> SheetResult | None:
        place = self.sheets.place()
        return self._preview.sheets[place] if self._preview is not None and place >= 0 else None

    def _show_sheet(self) -> None:
        sheet = self._chosen()
        if sheet is None:
            return
        self.about.setText(_sheet_words(sheet))
        self.take.setVisible(sheet.draft.hidden and sheet.kind == "ignored" and not sheet.draft.columns)
        columns = sheet.draft.columns
        self.columns.setVisible(bool(columns))
        self.columns.setEnabled(sheet.kind != "ignored" or sheet.reason is None)
        self.columns.setRowCount(len(columns))
        usual = self.columns.verticalHeader().defaultSectionSize()
        for row, column in enumerate(columns):
            rule = rule_of(column, self._this_year)
            self._show_column(row, column)
            self.columns.setCellWidget(row, 1, self._choices(row, column, rule))
            self.columns.setRowHeight(row, usual + (usual - GAP if rule else MARK_HEIGHT if is_unsure(column) else 0))

    def _show_column(self, row: int, column: Column) -> None:
        shown = column.examples[:SHOWN_EXAMPLES]
        taken = shown if column.field is not Field.DO_NOT_IMPORT else ()
        texts = (
            f"{column.letter}   {column.header}",
            " · ".join(text for text, _read in shown),
            " · ".join(_read_words(column.field, DOUBT.sub(" ?", read)) for _text, read in taken),
        )
        for place, text in zip((0, 2, 3), texts, strict=True):
            item = QTableWidgetItem(text.replace("\n", " "))
            item.setToolTip(text)
            self.columns.setItem(row, place, item)

    def _choices(self, row: int, column: Column, rule: Rule | None) -> QWidget:
        holder = QWidget(self.columns)
        line = QVBoxLayout(holder)
        line.setContentsMargins(4, 4, 8, 4)
        line.setSpacing(4)
        line.addWidget(self._field_box(row, column))
        if rule is not None:
            line.addWidget(self._rule_box(row, rule))
        elif is_unsure(column):
            mark = text_label(holder, "accent", f"unsure_{row}")
            mark.setText(_("Not sure"))
            mark.setToolTip(_("Not sure about this one"))
            line.addWidget(mark)
        return holder

    def _field_box(self, row: int, column: Column) -> QuietBox:
        box = QuietBox(self.columns)
        box.setObjectName(f"field_{row}")
        box.setAccessibleName(f"{column.header} · " + _("Read as"))
        box.setModel(self._fields)
        box.setFixedWidth(FIELD_WIDTH - 16)
        box.setMaxVisibleItems(16)
        box.setCurrentIndex(box.findData(str(column.field.value), CODE_ROLE))
        box.activated.connect(partial(self._correct_field, row, box))
        return box

    def _rule_box(self, row: int, rule: Rule) -> QuietBox:
        box = QuietBox(self.columns)
        box.setObjectName(f"rule_{row}")
        box.setAccessibleName(_("How it is meant"))
        box.setFixedWidth(FIELD_WIDTH - 16)
        box.setPlaceholderText(_("Which is it?"))
        for value, text in rule.choices:
            box.addItem(text, value)
        box.setCurrentIndex(-1 if rule.chosen is None else rule.chosen)
        box.activated.connect(partial(self._correct_rule, row, rule.key, box))
        return box

    def _correct_field(self, row: int, box: QComboBox, _index: int) -> None:
        sheet = self._chosen()
        field = Field(box.currentData(CODE_ROLE))
        if sheet is not None and field is not sheet.draft.columns[row].field:
            self._put(row, replace(sheet.draft.columns[row], field=field, confidence=1.0))

    def _correct_rule(self, row: int, key: str, box: QComboBox, _index: int) -> None:
        sheet = self._chosen()
        if sheet is not None:
            self._put(row, with_rule(sheet.draft.columns[row], key, box.currentData()))

    def _put(self, row: int, column: Column) -> None:
        sheet = self._chosen()
        if sheet is not None and column != sheet.draft.columns[row]:
            columns = list(sheet.draft.columns)
            columns[row] = column
            self.corrected.emit(self.sheets.place(), columns)

    def _dress_table(self) -> None:
        table = self.columns
        table.setHorizontalHeaderLabels([_("Column"), _("Read as"), _("In the sheet"), _("As read")])
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 24)
        head = table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        head.resizeSection(0, 170)
        head.resizeSection(1, FIELD_WIDTH)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.about, 1)
        top.addWidget(self.take)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addLayout(top)
        right.addWidget(self.columns, 1)
        right.addStretch(0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.sheets)
        row.addLayout(right, 1)


def is_unsure(column: Column) -> bool:
    """Whether the user should look at a column: it is a guess, or it asks something."""
    return "ask" in column.options or (column.confidence < UNSURE and column.field not in FIRST_FIELDS)


def _read_words(field: Field, read: str) -> str:
    """A code that was read, in words."""
    return label(str(field.value), read) if field in CODED else read


def _field_model(parent: QWidget) -> QStandardItemModel:
    """All fields by name, once for all boxes: own column and leave out first, then in their natural order."""
    model = QStandardItemModel(parent)
    for field in (*FIRST_FIELDS, *(one for one in Field if one not in FIRST_FIELDS)):
        item = QStandardItem(field_label(str(field.value)))
        item.setData(str(field.value), CODE_ROLE)
        model.appendRow(item)
    return model


def _sheet_words(sheet: SheetResult) -> str:
    if sheet.reason is not None:
        return say(sheet.reason)
    draft = sheet.draft
    head = _("head in row {row}").format(row=draft.header_row) if draft.header_row else _("no head row")
    parts = [draft.workbook, _("{count} rows").format(count=f"{draft.row_count:,}"), head]
    parts += [say(note) for note in draft.notes]
    if draft.encoding:
        parts.append(draft.encoding.upper())
    return " · ".join(parts)
