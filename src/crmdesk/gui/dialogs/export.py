"""导出 and 等级报告: what, where to, then the work."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.save_as import WORKBOOKS, Work, save_as
from crmdesk.gui.looks import set_look
from crmdesk.gui.widgets.pieces import text_label
from crmdesk.i18n import _
from crmdesk.operations import exporting, reporting
from crmdesk.progress import Progress

CARDS: Final = ".vcf"
SPACING: Final = 10
LISTS: Final = "Excel (*.xlsx);;CSV (*.csv)"
ORDERS: Final = 2


class ExportDialog(QDialog):
    """Which list: the chosen customers, all of them, or all orders."""

    def __init__(self, desk: Desk, ids: Sequence[int] | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("export_dialog")
        self.setWindowTitle(_("Export"))
        self._desk = desk
        self._ids = tuple(ids or ())
        self._group, self._ways = QButtonGroup(self), QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 20, 24, 20)
        self._column.setSpacing(SPACING)
        self._add_heading(_("What goes out"))
        for place, text in enumerate(self._choices()):
            choice = self._add_choice(f"export_{place}", text)
            choice.setChecked(place == 0)
            self._group.addButton(choice, place)
        self._add_heading(_("As what"))
        self.plain = self._way("export_plain", _("A list for Excel or as CSV, with the columns of the list"))
        self.for_editing = self._way("export_for_editing", _("To edit in Excel and drop back here"))
        self.as_cards = self._way("export_as_cards", _("As address cards (vCard) for a phone or mail program"))
        self.in_template = self._way("export_in_template", _("In a table of my own: its headers, its order, its looks"))
        self.plain.setChecked(True)
        self.template = self._tables()
        self._column.addWidget(self.template)
        self._group.idToggled.connect(lambda _id, _on: self._offer())
        self._ways.buttonToggled.connect(lambda _button, _on: self._offer())
        self._column.addSpacing(SPACING)
        self._column.addWidget(self._buttons())
        self._offer()

    def _add_heading(self, text: str) -> None:
        heading = text_label(self, "heading")
        heading.setText(text)
        if self._column.count():
            self._column.addSpacing(SPACING)
        self._column.addWidget(heading)

    def _add_choice(self, name: str, text: str) -> QRadioButton:
        choice = QRadioButton(text, self)
        choice.setObjectName(name)
        self._column.addWidget(choice)
        return choice

    def _way(self, name: str, text: str) -> QRadioButton:
        """Customers go out in one of these."""
        way = self._add_choice(name, text)
        self._ways.addButton(way)
        return way

    def _tables(self) -> QComboBox:
        """The tables that are remembered, and the way to another one."""
        from crmdesk.operations import sheet_templates

        tables = QComboBox(self)
        tables.setObjectName("export_template")
        tables.setAccessibleName(_("Which table"))
        for name in self._desk.read(sheet_templates.kept_names):
            tables.addItem(name, name)
        tables.addItem(_("Choose a workbook…"), "")
        return tables

    def _offer(self) -> None:
        """Orders go out in one way only."""
        orders = self._place() == ORDERS
        if orders:
            self.plain.setChecked(True)
        for way in (self.for_editing, self.as_cards, self.in_template):
            way.setEnabled(not orders)
        self.template.setVisible(self.in_template.isChecked())

    def _choices(self) -> list[str]:
        chosen = [_("The {count} chosen customers").format(count=len(self._ids))] if self._ids else []
        return [*chosen, _("All customers"), _("All orders, line by line")]

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(self)
        take = box.addButton(_("Choose where to"), QDialogButtonBox.ButtonRole.AcceptRole)
        take.setObjectName("export_take")
        set_look(take, "primary")
        box.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self._export)
        box.rejected.connect(self.reject)
        return box

    def _export(self) -> None:
        place = self._place()
        ids = self._ids if place == 0 else None
        self.accept()
        if place == ORDERS:
            save_list(self._desk, _("Orders"), partial(_orders, self._desk))
        elif self.for_editing.isChecked():
            save_for_editing(self._desk, ids)
        elif self.as_cards.isChecked():
            save_cards(self._desk, ids)
        elif self.in_template.isChecked():
            from crmdesk.gui.dialogs.sheet_template import save_in_template

            save_in_template(self._desk, ids, self.template.currentData(), self.parentWidget())
        else:
            columns = self._desk.listed_columns() if self._desk.listed_columns is not None else []
            save_list(self._desk, _("Customers"), partial(_customers, self._desk, ids, columns=columns or None))

    def _place(self) -> int:
        """Which list is meant: 0 the chosen, 1 all customers, ORDERS."""
        return self._group.checkedId() + (0 if self._ids else 1)


def _customers(
    desk: Desk, ids: Sequence[int] | None, path: Path, progress: Progress, *, columns: Sequence[str] | None = None
) -> int:
    return exporting.export_customers(desk.database, path, progress, ids, columns)


def _orders(desk: Desk, path: Path, progress: Progress) -> int:
    return exporting.export_orders(desk.database, path, progress)


def save_list(desk: Desk, name: str, work: Work) -> None:
    """Ask where to, and write a list as a workbook or CSV."""
    save_as(desk, _("Export"), name, LISTS, work)


def save_for_editing(desk: Desk, ids: Sequence[int] | None) -> None:
    """Ask where to, and write customers as a workbook that may be edited and dropped on the window again."""
    from crmdesk.operations import round_trip

    def write(path: Path, progress: Progress) -> int:
        return round_trip.export_for_editing(desk.database, path, progress, ids)

    save_as(desk, _("Export"), _("Customers to edit"), WORKBOOKS, write)


def save_cards(desk: Desk, ids: Sequence[int] | None) -> None:
    """Ask where to, and write customers and their contacts as address cards."""
    kinds = _("Address cards (vCard)") + f" (*{CARDS})"
    save_as(desk, _("Export"), _("Address cards"), kinds, partial(_customers, desk, ids), CARDS)


def save_report(desk: Desk) -> None:
    """Ask where to, and write the tier report in the window's language."""

    def write(path: Path, progress: Progress) -> None:
        reporting.tier_report(desk.database, path, None, progress)

    save_as(desk, _("Tier report"), _("Tier report"), WORKBOOKS, write)
