"""导出 and 等级报告: what, where to, then the work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QDialog, QDialogButtonBox, QRadioButton, QVBoxLayout, QWidget

from crmdesk.gui.desk import Desk
from crmdesk.gui.looks import set_look
from crmdesk.gui.pages.pieces import text_label
from crmdesk.i18n import _
from crmdesk.operations import exporting, reporting
from crmdesk.paths import documents_folder
from crmdesk.progress import Progress

CARDS: Final = ".vcf"
WORKBOOKS: Final = "Excel (*.xlsx)"
LISTS: Final = "Excel (*.xlsx);;CSV (*.csv)"
ORDERS: Final = 2
Work = Callable[[Path, Progress], object]


class ExportDialog(QDialog):
    """Which list: the chosen customers, all of them, or all orders."""

    def __init__(self, desk: Desk, ids: Sequence[int] | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("export_dialog")
        self.setWindowTitle(_("Export"))
        self._desk = desk
        self._ids = tuple(ids or ())
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        about = text_label(self, "muted", "export_about", wrap=True)
        about.setText(_("The columns are those of the list, phones stay text and numbers stay numbers."))
        column.addWidget(about)
        for place, text in enumerate(self._choices()):
            button = QRadioButton(text, self)
            button.setObjectName(f"export_{place}")
            button.setChecked(place == 0)
            self._group.addButton(button, place)
            column.addWidget(button)
        self.for_editing = QCheckBox(_("To edit in Excel and drop back here"), self)
        self.for_editing.setObjectName("export_for_editing")
        self._group.idToggled.connect(lambda _id, _on: self._offer())
        self.as_cards = QCheckBox(_("As address cards (vCard) for a phone or mail program"), self)
        self.as_cards.setObjectName("export_as_cards")
        column.addSpacing(8)
        for box, other in ((self.for_editing, self.as_cards), (self.as_cards, self.for_editing)):
            box.toggled.connect(lambda on, other=other: other.setChecked(other.isChecked() and not on))
            column.addWidget(box)
        column.addSpacing(8)
        column.addWidget(self._buttons())

    def _offer(self) -> None:
        """Orders go out in one way only."""
        for box in (self.for_editing, self.as_cards):
            box.setEnabled(self._place() != ORDERS)

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
        else:
            save_list(self._desk, _("Customers"), partial(_customers, self._desk, ids))

    def _place(self) -> int:
        """Which list is meant: 0 the chosen, 1 all customers, ORDERS."""
        return self._group.checkedId() + (0 if self._ids else 1)


def _customers(desk: Desk, ids: Sequence[int] | None, path: Path, progress: Progress) -> int:
    return exporting.export_customers(desk.database, path, progress, ids)


def _orders(desk: Desk, path: Path, progress: Progress) -> int:
    return exporting.export_orders(desk.database, path, progress)


def save_list(desk: Desk, name: str, work: Work) -> None:
    """Ask where to, and write a list as a workbook or CSV."""
    _save(desk, _("Export"), name, LISTS, work)


def save_for_editing(desk: Desk, ids: Sequence[int] | None) -> None:
    """Ask where to, and write customers as a workbook that may be edited and dropped on the window again."""
    from crmdesk.operations import round_trip

    def write(path: Path, progress: Progress) -> int:
        return round_trip.export_for_editing(desk.database, path, progress, ids)

    _save(desk, _("Export"), _("Customers to edit"), WORKBOOKS, write)


def save_cards(desk: Desk, ids: Sequence[int] | None) -> None:
    """Ask where to, and write customers and their contacts as address cards."""
    kinds = _("Address cards (vCard)") + f" (*{CARDS})"
    _save(desk, _("Export"), _("Address cards"), kinds, partial(_customers, desk, ids), CARDS)


def save_report(desk: Desk) -> None:
    """Ask where to, and write the tier report in the window's language."""

    def write(path: Path, progress: Progress) -> None:
        reporting.tier_report(desk.database, path, None, progress)

    _save(desk, _("Tier report"), _("Tier report"), WORKBOOKS, write)


def _save(desk: Desk, title: str, name: str, kinds: str, work: Work, ending: str = ".xlsx") -> None:
    suggested = documents_folder() / f"{name} {desk.today.isoformat()}{ending}"
    path = desk.prompts.save_file(title, suggested, kinds)
    if path is None:
        return
    target = path if path.suffix else path.with_suffix(ending)

    def written(_result: object) -> None:
        desk.told.emit(_("Saved to {path}").format(path=target))

    desk.run(partial(work, target), done=written, busy_text=title)
