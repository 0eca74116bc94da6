"""按老板的表导出: what goes into which column of a table of the user's own; then a filled copy of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from crmdesk.domain.sheet_template import EMPTY, SheetTemplate
from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.import_columns import QuietBox
from crmdesk.gui.dialogs.save_as import WORKBOOKS, save_as
from crmdesk.gui.dialogs.verb_row import verb_row
from crmdesk.gui.widgets.pieces import button, text_label
from crmdesk.i18n import _
from crmdesk.progress import Progress
from crmdesk.words.formats import EMPTY as NOTHING
from crmdesk.words.formats import names

if TYPE_CHECKING:
    from crmdesk.operations.files import Database

SIZE: Final = QSize(760, 560)
TABLES: Final = "Excel (*.xlsx *.xlsm)"
ROW_HEIGHT: Final = 42
LETTER, HEADER, CONTENT, EXAMPLE = range(4)
Fact = tuple[str, str]


class SheetTemplateDialog(QDialog):
    """The columns of the table, each with what goes in; accepted when `template()` is to be filled."""

    def __init__(
        self,
        template: SheetTemplate,
        facts: Sequence[Fact],
        examples: Mapping[str, Sequence[str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sheet_template")
        self.setWindowTitle(_("A table of my own"))
        self.resize(SIZE)
        self._template, self._facts, self._examples = template, facts, examples
        self.columns = QTableWidget(len(template.columns), 4, self)
        self.name = QLineEdit(template.name, self)
        self.name.setObjectName("sheet_template_name")
        self.name.setAccessibleName(_("Remember it as"))
        self.take = button(self, "sheet_template_take", self.accept, "primary")
        self._says = text_label(self, "muted", "sheet_template_says", wrap=True)
        self._choices: list[QComboBox] = []
        self._settle_table()
        self._fill()
        self._lay_out()
        self._changed()

    def template(self) -> SheetTemplate:
        """The table as the user says it is filled, and its name."""
        keys = [choice.currentData() for choice in self._choices]
        columns = tuple(
            column if column.key == key else replace(column, key=key, unit=1)
            for column, key in zip(self._template.columns, keys, strict=True)
        )
        return replace(self._template, columns=columns, name=self.name.text().strip() or self._template.name)

    def choose(self, header: str, key: str) -> None:
        """Let a fact go into the column of a header."""
        place = next(n for n, column in enumerate(self._template.columns) if column.header == header)
        choice = self._choices[place]
        choice.setCurrentIndex(choice.findData(key))

    def _settle_table(self) -> None:
        table = self.columns
        table.setObjectName("sheet_template_columns")
        table.setAccessibleName(_("The columns of the table"))
        table.setHorizontalHeaderLabels([_("Column"), _("Header"), _("What goes in"), _("For example")])
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        table.setShowGrid(False)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for place, width in ((LETTER, 76), (HEADER, 190), (CONTENT, 200)):
            table.setColumnWidth(place, width)

    def _fill(self) -> None:
        for row, column in enumerate(self._template.columns):
            for place, text in ((LETTER, column.letter), (HEADER, column.header), (EXAMPLE, "")):
                item = QTableWidgetItem(text.replace("\n", " "))
                item.setToolTip(text)
                self.columns.setItem(row, place, item)
            choice = QuietBox(self.columns)
            choice.setAccessibleName(_("What goes into {column}").format(column=column.header))
            for key, name in self._facts:
                choice.addItem(name or _("(stays empty)"), key)
            choice.setCurrentIndex(max(choice.findData(column.key), 0))
            choice.currentIndexChanged.connect(lambda _place: self._changed())
            self._choices.append(choice)
            holder = QWidget(self.columns)
            line = QVBoxLayout(holder)
            line.setContentsMargins(0, 4, 12, 4)
            line.addWidget(choice)
            self.columns.setCellWidget(row, CONTENT, holder)

    def _changed(self) -> None:
        """The examples follow what goes in; with nothing going in there is nothing to fill."""
        keys = [choice.currentData() for choice in self._choices]
        for row, key in enumerate(keys):
            item = self.columns.item(row, EXAMPLE)
            if item is not None:
                text = " · ".join(filter(None, self._examples.get(key, ()))) if key != EMPTY else ""
                item.setText(text.replace("\n", " "))
                item.setToolTip(text)
        empty = [column.header for column, key in zip(self._template.columns, keys, strict=True) if key == EMPTY]
        text = _("Header found in row {row} of {sheet}.").format(
            row=self._template.header_row, sheet=self._template.sheet
        )
        if empty:
            text += " " + _("Nothing goes into {columns} yet.").format(columns=names(empty))
        self._says.setText(text)
        self.take.setEnabled(len(empty) < len(keys))

    def _lay_out(self) -> None:
        title = text_label(self, "heading", "sheet_template_title")
        title.setText(self._template.file)
        self.take.setText(_("Choose where to"))
        self.take.setDefault(True)
        cancel = button(self, "sheet_template_cancel", self.reject, "")
        cancel.setText(_("Cancel"))
        cancel.setAutoDefault(False)
        label = text_label(self, "muted", "sheet_template_name_label")
        label.setText(_("Remember it as"))
        label.setBuddy(self.name)
        name = QHBoxLayout()
        name.setSpacing(8)
        name.addWidget(label)
        name.addWidget(self.name, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(10)
        column.addWidget(title)
        column.addWidget(self._says)
        column.addWidget(self.columns, 1)
        column.addLayout(name)
        column.addLayout(verb_row(self, self.take, cancel))


def save_in_template(desk: Desk, ids: Sequence[int] | None, name: str, parent: QWidget | None) -> None:
    """Fill the remembered table `name`, or ("") one that the user chooses and looks at first; it is remembered."""
    from crmdesk.operations import sheet_templates

    database = desk.database
    if name:
        desk.run(lambda _progress: sheet_templates.kept(database, name), done=lambda found: _save(desk, ids, found))
        return
    path = desk.prompts.open_file(_("A table of my own"), TABLES)
    if path is not None:
        desk.run(
            lambda progress: _looked_at(database, path, ids, progress),
            done=lambda found: _ask(desk, ids, found, parent),
            busy_text=_("Looking at the table"),
        )


Looked = tuple[SheetTemplate, list[Fact], dict[str, list[str]]]


def _looked_at(database: Database, path: Path, ids: Sequence[int] | None, progress: Progress) -> Looked:
    from crmdesk.operations import sheet_templates

    template = sheet_templates.recognise(database, path, progress)
    facts = sheet_templates.facts(database)
    found = sheet_templates.examples(database, [key for key, _name in facts if key != EMPTY], ids)
    return template, facts, {key: [text or NOTHING for text in texts] for key, texts in found.items()}


def _ask(desk: Desk, ids: Sequence[int] | None, found: Looked, parent: QWidget | None) -> None:
    dialog = SheetTemplateDialog(*found, parent)
    if desk.prompts.run(dialog):
        _save(desk, ids, dialog.template())


def _save(desk: Desk, ids: Sequence[int] | None, template: SheetTemplate) -> None:
    from crmdesk.operations import sheet_templates

    database, keeps = desk.database, desk.editable

    def work(path: Path, progress: Progress) -> int:
        count = sheet_templates.fill(database, template, path, progress, ids)
        if keeps:
            sheet_templates.keep(database, template)
        return count

    save_as(desk, _("Export"), template.name, WORKBOOKS, work)
