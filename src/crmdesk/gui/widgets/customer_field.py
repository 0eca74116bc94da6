"""A field that finds a customer: by name, phone or pinyin, as in the box at the top."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from crmdesk.domain.phrase import Refused
from crmdesk.domain.query import Match
from crmdesk.gui.desk import Desk
from crmdesk.i18n import _
from crmdesk.operations import listing
from crmdesk.words import formats

_AGAIN = 50  # milliseconds until a busy file is asked again
_SHOWN = 8


class CustomerField(QLineEdit):
    """Type, then take one of the answers; the first one is meant where only Enter is pressed."""

    chosen = Signal(object)  # id, None while none is meant

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("customer_field")
        self._desk = desk
        self._id: int | None = None
        self._matches = QStandardItemModel(self)
        completer = QCompleter(self._matches, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(_SHOWN)
        answers = QListView(self)
        completer.setPopup(answers)
        answers.clicked.connect(self._take)
        answers.activated.connect(self._take)
        self.setCompleter(completer)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self._find)
        self.textEdited.connect(self._typed)
        self.setPlaceholderText(_("Name, phone or pinyin"))
        self.setAccessibleName(_("Customer"))

    def customer_id(self) -> int | None:
        """The customer that was taken."""
        return self._id

    def set_customer(self, customer_id: int, name: str) -> None:
        """Take a customer that is known already."""
        self.setText(name)
        self._mean(customer_id)

    def take_first(self, *, sure: bool = False) -> bool:
        """Take the best match of what is typed; False where there is none, or (`sure`) where another may be meant."""
        if self._id is None:
            self._wait.stop()
            self._find()
            if self._matches.rowCount() and not (sure and self._is_doubtful()):
                self._take(self._matches.index(0, 0))
        return self._id is not None

    def _is_doubtful(self) -> bool:
        names = [self._matches.item(row).data(Qt.ItemDataRole.UserRole + 1) for row in range(self._matches.rowCount())]
        return len(names) > 1 and (names[0] != self.text().strip() or names[1] == names[0])

    def _typed(self, _text: str) -> None:
        self._mean(None)
        self._wait.start(0)

    def _find(self) -> None:
        typed = self.text().strip()
        try:
            found = self._desk.read(listing.find_customers, typed, _SHOWN) if typed else []
        except Refused:
            self._wait.start(_AGAIN)
            return
        self._matches.clear()
        for match in found:
            item = QStandardItem(self._told(match))
            item.setData(match.customer_id, Qt.ItemDataRole.UserRole)
            item.setData(self._desk.veil(match.name), Qt.ItemDataRole.UserRole + 1)
            self._matches.appendRow(item)
        if found and self.hasFocus():
            self.completer().complete()

    def _told(self, match: Match) -> str:
        known_by = formats.phone_tail if self._desk.presenting else formats.phone
        return "  ".join(part for part in (self._desk.veil(match.name), known_by(match.phone)) if part)

    def _take(self, index: QModelIndex) -> None:
        customer_id = index.data(Qt.ItemDataRole.UserRole)
        name = index.data(Qt.ItemDataRole.UserRole + 1)
        # The completer writes its own text after this slot; the name has the last word.
        QTimer.singleShot(0, self, lambda: self.setText(name))
        self.setText(name)
        self._mean(customer_id)

    def _mean(self, customer_id: int | None) -> None:
        if customer_id != self._id:
            self._id = customer_id
            self.chosen.emit(customer_id)
