"""＋记一笔: one door for everything that happened. Whom, what, and one line."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from crmdesk.gui.desk import Desk
from crmdesk.gui.icons import set_icon
from crmdesk.gui.pages.note_box import Note, NoteBox
from crmdesk.gui.widgets.customer_field import CustomerField
from crmdesk.gui.widgets.pieces import button, line, text_label
from crmdesk.i18n import _, translatable

OTHERS: Final = (
    ("order", translatable("Order"), "order"),
    ("receipt", translatable("Receipt"), "money"),
    ("gift", translatable("Gift"), "sparkle"),
    ("reminder", translatable("Reminder"), "bell"),
    ("customer", translatable("New customer"), "customer_add"),
)


class LogDialog(QDialog):
    """The log line is at hand; order, receipt, reminder and new customer are one click away."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("log_dialog")
        self.setWindowTitle(_("Log something"))
        self.setMinimumWidth(560)
        self._presenting = desk.presenting
        self.other = ""  # what was chosen instead of a log line: one of OTHERS
        self.note: Note | None = None
        self.customer = CustomerField(desk, self)
        self.box = NoteBox(desk, self)
        self.box.saved.connect(self._save)
        self.box.left.connect(self.reject)
        self._hint = text_label(self, "accent", "log_hint")
        self._hint.setText(_("For whom? Type a name"))
        self._hint.hide()
        self._lay_out()
        self.customer.returnPressed.connect(self._whom)
        self.customer.chosen.connect(lambda _id: self._hint.hide())

    def set_customer(self, customer_id: int, name: str) -> None:
        """For whom it is; the line is next."""
        self.customer.set_customer(customer_id, name)
        self.box.edit.setFocus()

    def _whom(self) -> None:
        if self.customer.take_first():
            self.box.edit.setFocus()

    def _save(self, note: Note) -> None:
        if not self.customer.take_first():
            self._hint.show()
            self.customer.setFocus()
            return
        self.note = note
        self.accept()

    def _take_other(self, name: str) -> None:
        self.other = name
        self.accept()

    def _lay_out(self) -> None:
        others = QHBoxLayout()
        others.setSpacing(4)
        label = text_label(self, "muted")
        label.setText(_("Or"))
        others.addWidget(label)
        for name, text, icon in OTHERS:
            if not (self._presenting and name == "gift"):  # who looks on may be the one it is for
                others.addWidget(self._other_button(name, _(text), icon))
        others.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.customer)
        column.addWidget(self._hint)
        column.addWidget(self.box)
        column.addWidget(line(self))
        column.addLayout(others)

    def _other_button(self, name: str, text: str, icon: str) -> QPushButton:
        made = button(self, f"log_{name}", lambda: self._take_other(name))
        made.setText(text)
        made.setAutoDefault(False)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_icon(made, icon, "muted", 16)
        return made
