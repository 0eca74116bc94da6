"""A dialog that lists dated things, one of which can be acted upon: history, bin, backups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QHeaderView, QPushButton, QTableView, QVBoxLayout, QWidget

from crmdesk.gui.dialogs.verb_row import verb_row
from crmdesk.gui.plain_text import plain_tip
from crmdesk.gui.widgets.pieces import Blank, button, text_label
from crmdesk.i18n import _

WIDE, HIGH = 34, 24  # in heights of a line
BLANK_HIGH = 14
# What stands above the sentence where there is nothing to list, by the dialog's name.
PICTURES = {"bin": "bin", "history": "history", "imports": "import", "restore": "shield", "improvements": "check"}


class Line(NamedTuple):
    """A row: its texts, what it stands for, and whether it can be acted upon."""

    texts: tuple[str, ...]
    target: object
    possible: bool = True


class RecordList(QDialog):
    """Title, sentence, rows, and the verb for the marked row."""

    def __init__(self, name: str, title: str, sentence: str, verb: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        line = self.fontMetrics().height()
        self.resize(WIDE * line, HIGH * line)
        self._model = QStandardItemModel(self)
        self._view = QTableView(self)
        self._view.setObjectName(f"{name}_rows")
        self._view.setAccessibleName(title)
        self._about = sentence
        self._sentence = text_label(self, "muted", wrap=True)
        self._nothing = Blank(self, f"{name}_nothing", PICTURES.get(name, ""))
        self._offers: list[QPushButton] = []
        self._verb = button(self, f"{name}_act", self._act_on_marked, "primary")
        self._verb.setText(verb)
        self._verb.setEnabled(False)
        self._verb.setVisible(bool(verb))
        self._close = QPushButton(_("Close"), self)
        self._close.clicked.connect(self.reject)
        self._buttons = verb_row(self, self._verb, self._close)
        self._settle_view()
        self._lay_out()

    def show_lines(
        self,
        headers: Sequence[str],
        lines: Sequence[Line],
        nothing: str,
        hint: str | None = None,
        *,
        stretched: Sequence[int] = (1,),
    ) -> None:
        """Show rows; `nothing` is said where there are none, with `hint` or what the list is about.

        The `stretched` columns share what room is left.
        """
        self._model.clear()
        self._model.setHorizontalHeaderLabels(list(headers))
        for line in lines:
            items = [QStandardItem(text) for text in line.texts]
            for item in items:
                item.setEditable(False)
                item.setToolTip(plain_tip(item.text()))
                item.setData(line, Qt.ItemDataRole.UserRole)
            self._model.appendRow(items)
        self._sentence.setText(self._about)
        self._nothing.show_words(nothing, self._about if hint is None else hint)
        # Nothing to list is a sentence; an empty table would look as if something had not come.
        for part in (self._sentence, self._view, *self._offers):
            part.setVisible(bool(lines))
        self._nothing.setVisible(not lines)
        self._verb.setVisible(bool(lines) and bool(self._verb.text()))
        if not lines and not self.isVisible():
            self.resize(self.width(), BLANK_HIGH * self.fontMetrics().height())
        header = self._view.horizontalHeader()
        for column in range(len(headers)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        for column in stretched:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        if lines:
            self._view.selectRow(0)

    def offer(self, text: str, name: str, act: Callable[[], object]) -> None:
        """One more button, at the left: another way than the verb."""
        made = button(self, name, act)
        made.setText(text)
        self._buttons.insertWidget(0, made)
        self._offers.append(made)
        made.setVisible(bool(self.lines()))

    def act(self, target: object) -> None:
        """What the verb does with the marked row."""
        raise NotImplementedError

    def lines(self) -> list[Line]:
        """The rows shown."""
        return [self._model.item(row, 0).data(Qt.ItemDataRole.UserRole) for row in range(self._model.rowCount())]

    def mark(self, row: int) -> None:
        """Mark a row."""
        self._view.selectRow(row)

    def _marked(self) -> Line | None:
        rows = self._view.selectionModel().selectedRows()
        line: Line | None = rows[0].data(Qt.ItemDataRole.UserRole) if rows else None
        return line

    def _act_on_marked(self) -> None:
        line = self._marked()
        if line is not None and line.possible:
            self.act(line.target)

    def _settle_view(self) -> None:
        view = self._view
        view.setModel(self._model)
        view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        view.setShowGrid(False)
        view.setTabKeyNavigation(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        view.horizontalHeader().setHighlightSections(False)
        view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        view.selectionModel().selectionChanged.connect(lambda _on, _off: self._allow())

    def _allow(self) -> None:
        line = self._marked()
        self._verb.setEnabled(line is not None and line.possible)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(self._sentence)
        column.addWidget(self._view, 1)
        column.addWidget(self._nothing, 1)
        column.addLayout(self._buttons)
