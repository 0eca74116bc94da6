"""An empty file: one sentence, one button, and sample data for who wants to look first."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from crmdesk.gui.desk import Desk
from crmdesk.gui.icons import set_icon
from crmdesk.gui.pages.page import Page
from crmdesk.gui.widgets.pieces import button, text_label
from crmdesk.i18n import _


def dropped_files(data: QMimeData) -> list[Path]:
    """The local files of a drop."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class DropZone(QFrame):
    """Takes files that are dropped on it, and shows that it would."""

    dropped = Signal(object)  # list[Path]

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("drop_zone")
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files."""
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()
            self._show_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """As before."""
        self._show_over(False)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the files on."""
        self._show_over(False)
        event.acceptProposedAction()
        self.dropped.emit(dropped_files(event.mimeData()))

    def _show_over(self, over: bool) -> None:
        self.setProperty("over", over)
        self.style().unpolish(self)
        self.style().polish(self)


class WelcomePage(Page):
    """把你的客户表拖进来 [选一个文件] 先看看演示数据."""

    name = "welcome"
    sample_wanted = Signal()
    customer_wanted = Signal()
    file_wanted = Signal()  # without an open file: another one,
    new_wanted = Signal()  # or an empty one

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._zone = DropZone(self)
        self._zone.dropped.connect(desk.import_requested)
        self._picture = QLabel(self._zone)
        set_icon(self._picture, "sheet", "accent_text", 56)
        self._sentence = text_label(self._zone, "display", "welcome_sentence")
        self._kinds = text_label(self._zone, "muted")
        self._choose = button(self._zone, "choose_file", self._choose_sheet, "primary")
        self._sample = button(self._zone, "try_sample", self.sample_wanted.emit)
        self._add = button(self._zone, "first_customer", self._begin)
        self._local = text_label(self, "small")
        self._lay_out()
        desk.editable_changed.connect(lambda _editable: self._allow())
        desk.opened.connect(self.retranslate)
        self.retranslate()
        self._allow()

    def title(self) -> str:
        """No entry of the rail is called like this."""
        return _("Welcome")

    def retranslate(self) -> None:
        """Put the texts again."""
        here = self.desk.database is not None
        self._sentence.setText(_("Drag your customer sheet in here") if here else _("No file is open"))
        excel = _("Excel, WPS, CSV: as it is, title rows and all")
        self._kinds.setText(excel if here else _("Open one that you have, or begin a new one"))
        self._choose.setText(_("Choose a file") if here else _("Open a file"))
        self._sample.setText(_("Look at sample data first"))
        self._add.setText(_("Start with a name") if here else _("Make a new one"))
        self._allow()
        self._local.setText(_("Your data stays on this computer"))

    def _choose_sheet(self) -> None:
        self.file_wanted.emit() if self.desk.database is None else self.desk.import_requested.emit([])

    def _begin(self) -> None:
        self.new_wanted.emit() if self.desk.database is None else self.customer_wanted.emit()

    def focus_search(self) -> None:
        """The one button."""
        self._choose.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Enabled as the file allows."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._allow()

    def _allow(self) -> None:
        for widget in (self._choose, self._add):
            widget.setEnabled(self.desk.editable or self.desk.database is None)

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self._zone)
        inside.setContentsMargins(48, 48, 48, 40)
        inside.setSpacing(8)
        for label in (self._picture, self._sentence, self._kinds):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            inside.addWidget(label)
        inside.addSpacing(16)
        inside.addWidget(self._choose, 0, Qt.AlignmentFlag.AlignHCenter)
        others = QHBoxLayout()
        others.addStretch(1)
        others.addWidget(self._sample)
        others.addWidget(self._add)
        others.addStretch(1)
        inside.addLayout(others)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 24)
        column.addStretch(2)
        column.addWidget(self._zone, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(12)
        column.addWidget(self._local, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._zone.setMinimumWidth(560)
