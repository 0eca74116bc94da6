"""看懂了这些: each sheet, each column, as it stands there beside as it was read; one choice corrects a column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from crmdesk.domain.existing import MatchKey, key_of, keys_for
from crmdesk.domain.fields import Field
from crmdesk.gui.dialogs.import_menu import fill_column_menu, fill_key_menu
from crmdesk.gui.dialogs.import_rules import Rule, question_of, rule_of, with_rule
from crmdesk.gui.dialogs.import_sheets import SheetsList
from crmdesk.gui.plain_text import plain_tip
from crmdesk.gui.widgets.pieces import MenuButton, button, text_label
from crmdesk.i18n import _, translatable
from crmdesk.operations.importing_groups import like_sheets
from crmdesk.words.existing import key_label
from crmdesk.words.formats import count
from crmdesk.words.labels import field_label, label
from crmdesk.words.phrases import one_thing, say

if TYPE_CHECKING:
    from crmdesk.operations.importing import Column, Preview, SheetResult

UNSURE: Final = 0.6
FIRST_FIELDS: Final = (Field.EXTRA, Field.DO_NOT_IMPORT)
SHOWN_EXAMPLES: Final = 3
# Widths in heights of a line, so that they grow with the text; in a narrow window at most these shares of it.
HEADER_SHARE, FIELD_SHARE, SHEETS_SHARE = 0.19, 0.34, 0.26
HEADER_WIDE, FIELD_WIDE, MORE_WIDE, SURE_WIDE = 8.5, 13.8, 1.4, 4.4
EXAMPLES_WIDE, SHEETS_WIDE = 11.0, 11.5  # a narrower column of examples tells too little, so both go into one
HEADS: Final = (
    translatable("Column"),
    translatable("Read as"),
    translatable("In the sheet"),
    translatable("As read"),
    translatable("How sure"),
)
GAP: Final = 6
ROUND_A_CHOICE: Final = 40
FIELD, READ, SURE = 1, 3, 4
SURELY: Final = 0.85
CODED: Final = (Field.KIND, Field.INTENT)  # fields that are kept as codes
DOUBT: Final = re.compile(r"\s*\[[a-z_]+\]$")  # the code of an issue behind an example; the next step says it in words
LOGGED: Final = re.compile(r"^(\d{4}-\d\d-\d\d )(call|visit|wechat|mail|meeting|note)\b")
CODE_ROLE: Final = Qt.ItemDataRole.UserRole


class QuietBox(QComboBox):
    """A choice that the mouse wheel does not change while one scrolls past it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the table scroll."""
        event.ignore()


class ColumnsPage(QWidget):
    """The sheets on the left where there are several, the columns of the chosen one on the right."""

    corrected = Signal(int, object)  # position of the sheet, its columns as the user wants them; []: read it anew
    header_wanted = Signal(int)  # position of the sheet whose header row is to be chosen
    left_out = Signal(object)  # positions of the sheets that are not wanted

    def __init__(self, today: date, parent: QWidget, *, file_has_customers: bool) -> None:
        super().__init__(parent)
        self._today = today
        self._narrow = False
        self._file_has_customers = file_has_customers  # else there is none to be known again
        self._preview: Preview | None = None
        self._fields = _field_model(self)
        self.sheets = SheetsList(self)
        self.sheets.chosen.connect(lambda _place: self._show_sheet())
        self.sheets.left_out.connect(self.left_out)
        self.about = text_label(self, "muted", "sheet_about", wrap=True)
        self.take = button(self, "take_hidden", lambda: self.corrected.emit(self.sheets.place(), []), "")
        self.take.setText(_("Take this sheet too"))
        self.header = button(self, "change_header", lambda: self.header_wanted.emit(self.sheets.place()), "link")
        self.header.setText(_("Another header row"))
        self.key = MenuButton(self, "sheet_key", self._fill_key, "link")
        self.columns = QTableWidget(0, len(HEADS), self)
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
        taken = [group[0] for group in like_sheets(self._preview)] if self._preview is not None else []
        sheets = [self._preview.sheets[place] for place in taken] if self._preview is not None else []
        wanted = [column for sheet in sheets if sheet.kind != "ignored" for column in sheet.draft.columns]
        unsure = sum(is_unsure(column) for column in wanted)
        if not wanted:
            return _("There is no table of customers in it.")
        asked = [question for column in wanted if (question := question_of(column))]
        if asked:
            one = _("{count} columns read. You decide one thing: {question}")
            several = _("{count} columns read. You decide {things} things, first: {question}")
            told = one if len(asked) == 1 else several
            return told.format(count=len(wanted), things=len(asked), question=asked[0])
        if unsure:
            return _("{count} columns read, {unsure} of them not sure: please look at those.").format(
                count=len(wanted), unsure=unsure
            )
        return _("{count} columns read. If one is wrong, choose what it is.").format(count=len(wanted))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is too little room for what stands there beside what was read, it goes above it."""
        super().resizeEvent(event)
        self.sheets.setFixedWidth(min(self._wide(SHEETS_WIDE), round(SHEETS_SHARE * self.width())))
        room = self.width() - (self.sheets.width() if self.sheets.isVisibleTo(self) else 0)
        # Hardly anything is unsure: where there is no room for a column of its own, it is said below the header.
        sure = self._wide(SURE_WIDE)
        widths = {
            0: min(self._wide(HEADER_WIDE), round(HEADER_SHARE * self.width())),
            FIELD: min(self._wide(FIELD_WIDE), round(FIELD_SHARE * self.width())),
            SURE: sure,
        }
        for place, width in widths.items():
            self.columns.horizontalHeader().resizeSection(place, width)
        narrow = room - sum(widths.values()) < 2 * self._wide(EXAMPLES_WIDE)
        if narrow is not self._narrow:
            self._narrow = narrow
            self.columns.setColumnHidden(READ, narrow)
            self.columns.setColumnHidden(SURE, narrow)
            for row, column in enumerate(sheet.draft.columns if (sheet := self._chosen()) is not None else ()):
                self._show_column(row, column)

    def _chosen(self) -> SheetResult | None:
        place = self.sheets.place()
        return self._preview.sheets[place] if self._preview is not None and place >= 0 else None

    def _show_sheet(self) -> None:
        sheet = self._chosen()
        if sheet is None:
            return
        assert self._preview is not None
        self.about.setText(_sheet_words([self._preview.sheets[place] for place in self.sheets.places()]))
        self.take.setVisible(sheet.draft.hidden and sheet.kind == "ignored" and not sheet.draft.columns)
        columns = sheet.draft.columns
        self.header.setVisible(bool(columns) and not is_told(sheet))
        keys = keys_for(column.field for column in columns)
        self.key.setVisible(self._file_has_customers and len(keys) > 1 and sheet.kind != "ignored")
        self.key.say(_("Known customers: {key}").format(key=_short_key(columns)))
        self.columns.setVisible(bool(columns))
        self.columns.setEnabled(sheet.kind != "ignored" or sheet.reason is None)
        self.columns.setRowCount(len(columns))
        usual = self.columns.verticalHeader().defaultSectionSize()
        for row, column in enumerate(columns):
            rule = rule_of(column, self._today.year)
            self._show_column(row, column)
            self.columns.setCellWidget(row, 1, self._choices(row, column, rule))
            self.columns.setCellWidget(row, SURE, self._sureness(row, column))
            self.columns.setRowHeight(row, usual + (usual - GAP if rule else 0))

    def _show_column(self, row: int, column: Column) -> None:
        shown = column.examples[:SHOWN_EXAMPLES]
        taken = shown if column.field is not Field.DO_NOT_IMPORT else ()
        there = " · ".join(text for text, _read in shown).replace("\n", " ")
        read = " · ".join(_read_words(column.field, DOUBT.sub(" ?", read)) for _text, read in taken).replace("\n", " ")
        both = f"{there}\n→ {read}" if self._narrow and read != there else there
        doubt = _sure_words(column) if self._narrow and is_unsure(column) else ""
        texts = ("\n".join(part for part in (f"{column.letter}   {column.header}", doubt) if part), both, read)
        for place, text in zip((0, 2, 3), texts, strict=True):
            item = QTableWidgetItem(text)
            item.setToolTip(plain_tip(text))
            self.columns.setItem(row, place, item)

    def _choices(self, row: int, column: Column, rule: Rule | None) -> QWidget:
        holder = QWidget(self.columns)
        line = QVBoxLayout(holder)
        line.setContentsMargins(4, 4, 8, 4)
        line.setSpacing(4)
        first = QHBoxLayout()
        first.setSpacing(4)
        first.addWidget(self._field_box(row, column), 1)
        first.addWidget(self._menu(row, column))
        line.addLayout(first)
        if rule is not None:
            line.addWidget(self._rule_box(row, rule))
        return holder

    def _field_box(self, row: int, column: Column) -> QuietBox:
        box = QuietBox(self.columns)
        box.setObjectName(f"field_{row}")
        box.setAccessibleName(f"{column.header} · " + _("Read as"))
        box.setModel(self._fields)
        box.setMinimumWidth(0)
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        box.setMaxVisibleItems(16)
        box.setCurrentIndex(box.findData(str(column.field.value), CODE_ROLE))
        box.activated.connect(partial(self._correct_field, row, box))
        return box

    def _sureness(self, row: int, column: Column) -> QLabel:
        unsure = is_unsure(column)
        mark = text_label(self.columns, "accent" if unsure else "muted", f"sure_{row}")
        mark.setIndent(8)
        mark.setText(_sure_words(column))
        return mark

    def _menu(self, row: int, column: Column) -> MenuButton:
        more = MenuButton(self.columns, f"more_{row}", partial(self._fill_menu, row), "link")
        more.setText("⋯")
        more.setFixedWidth(self._wide(MORE_WIDE))
        more.setAccessibleName(f"{column.header} · " + _("More about this column"))
        more.setToolTip(_("More about this column"))
        return more

    def _fill_menu(self, row: int, menu: QMenu) -> None:
        sheet = self._chosen()
        if sheet is not None:
            known = self._file_has_customers
            fill_column_menu(menu, sheet.draft, row, self._today, self._put_all, known=known)

    def _fill_key(self, menu: QMenu) -> None:
        sheet = self._chosen()
        if sheet is not None:
            fill_key_menu(menu, sheet.draft.columns, self._put_all)

    def _put_all(self, columns: Sequence[Column]) -> None:
        sheet = self._chosen()
        if sheet is not None and list(columns) != list(sheet.draft.columns):
            self.corrected.emit(self.sheets.place(), list(columns))

    def _rule_box(self, row: int, rule: Rule) -> QuietBox:
        box = QuietBox(self.columns)
        box.setObjectName(f"rule_{row}")
        box.setAccessibleName(_("How it is meant"))
        box.setMinimumWidth(0)
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        box.setPlaceholderText(_("Which is it?"))
        for value, text in rule.choices:
            box.addItem(text, value)
        box.setCurrentIndex(-1 if rule.chosen is None else rule.chosen)
        box.setToolTip(plain_tip(box.currentText() or box.placeholderText()))
        # The box is as narrow as its column, but the choices are read whole.
        texts = [text for _value, text in rule.choices]
        box.view().setMinimumWidth(max(map(box.fontMetrics().horizontalAdvance, texts)) + ROUND_A_CHOICE)
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
        if sheet is not None:
            self._put_all([*sheet.draft.columns[:row], column, *sheet.draft.columns[row + 1 :]])

    def _wide(self, lines: float) -> int:
        return round(self.fontMetrics().height() * lines)

    def _dress_table(self) -> None:
        table = self.columns
        table.setHorizontalHeaderLabels([_(text) for text in HEADS])
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
        head.setSectionResizeMode(SURE, QHeaderView.ResizeMode.Fixed)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(14)
        top.addWidget(self.about, 1)
        for one in (self.key, self.header, self.take):
            top.addWidget(one, 0, Qt.AlignmentFlag.AlignTop)
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


def _sure_words(column: Column) -> str:
    """How sure it is that a column is what it was taken for."""
    if "ask" in column.options:
        return _("You say")
    if column.field in FIRST_FIELDS:
        return ""
    return _("Not sure") if is_unsure(column) else _("Sure") if column.confidence >= SURELY else _("Fairly sure")


def _read_words(field: Field, read: str) -> str:
    """A code that was read, in words."""
    if field in CODED:
        return label(str(field.value), read)
    # A log entry was read with its day and the code of how it came about: 2026-05-03 visit 送了样品.
    return LOGGED.sub(lambda found: f"{found[1]}{label('interaction', found[2])}", read)


def _field_model(parent: QWidget) -> QStandardItemModel:
    """All fields by name, once for all boxes: own column and leave out first, then in their natural order."""
    model = QStandardItemModel(parent)
    for field in (*FIRST_FIELDS, *(one for one in Field if one not in FIRST_FIELDS)):
        item = QStandardItem(field_label(str(field.value)))
        item.setData(str(field.value), CODE_ROLE)
        model.appendRow(item)
    return model


def _short_key(columns: Sequence[Column]) -> str:
    """By what customers are known, in a word."""
    key = key_of(columns)
    return _("automatic") if key is MatchKey.AUTO else key_label(key)


def is_told(sheet: SheetResult) -> bool:
    """Whether a sheet comes from something that says itself what it holds, such as address cards."""
    return not sheet.draft.header_row and any(column.header for column in sheet.draft.columns)


def _sheet_words(sheets: Sequence[SheetResult]) -> str:
    """What there is to know of a sheet, or of several that are alike."""
    sheet = sheets[0]
    if sheet.reason is not None:
        return say(sheet.reason)
    draft = sheet.draft
    rows = one_thing(_("{count} rows").format(count=count(sum(one.draft.row_count for one in sheets))))
    parts = [draft.workbook, rows]
    if len(sheets) > 1:
        parts = [_("{count} sheets alike, decided as one").format(count=count(len(sheets))), rows]
    if not is_told(sheet):
        parts.append(_("head in row {row}").format(row=draft.header_row) if draft.header_row else _("no head row"))
    parts += [say(note) for note in draft.notes]
    if draft.encoding:
        parts.append(draft.encoding.upper())
    return " · ".join(parts)
