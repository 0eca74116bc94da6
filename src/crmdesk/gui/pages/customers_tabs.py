"""The tabs of 客户: the list first, then each customer that was opened on its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabBar, QTabWidget, QToolButton, QVBoxLayout, QWidget

from crmdesk.domain.changes import Changes
from crmdesk.gui.desk import Desk
from crmdesk.gui.icons import set_icon
from crmdesk.i18n import _

if TYPE_CHECKING:
    from crmdesk.gui.pages.detail import DetailPanel
    from crmdesk.gui.pages.note_box import Note

MOST_TABS = 12


class CustomerTabs(QTabWidget):
    """The list's tab cannot be closed; the bar is hidden while there is only the list."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("customer_tabs")
        self._desk = desk
        self.drafts: dict[int, Note] = {}  # notes begun in any of the cards, by customer
        self.setDocumentMode(True)
        self.setMovable(False)
        self.setUsesScrollButtons(True)
        self.tabBar().setExpanding(False)
        self.tabBar().setAutoHide(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.currentChanged.connect(lambda _number: self._name_tabs())
        desk.presentation_changed.connect(lambda _on: self._name_tabs())
        close = QShortcut(QKeySequence("Ctrl+W"), self)
        close.activated.connect(lambda: self.close_tab(self.currentIndex()))

    def tabInserted(self, index: int) -> None:
        """With a bar to be seen there is something to go to."""
        super().tabInserted(index)
        self._settle_focus()

    def tabRemoved(self, index: int) -> None:
        """Without one the Tab key would end here: it would hand the focus to a bar that is hidden."""
        super().tabRemoved(index)
        self._settle_focus()

    def _settle_focus(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if self.count() > 1 else Qt.FocusPolicy.NoFocus)

    def set_list(self, page: QWidget) -> None:
        """The first tab."""
        self.addTab(page, _("Customers"))

    def show_list(self) -> None:
        """Go to the list."""
        self.setCurrentIndex(0)

    def open_customer(self, customer_id: int) -> None:
        """Show a customer in a tab of its own; one that is open already comes to the front."""
        for number in range(1, self.count()):
            if self._panel(number).customer_id() == customer_id:
                self.setCurrentIndex(number)
                return
        if self.count() > MOST_TABS:
            self.close_tab(1)
        from crmdesk.gui.pages.detail import DetailPanel

        panel = DetailPanel(self._desk, self, own_tab=True, drafts=self.drafts)
        panel.show_customer(customer_id)
        if panel.customer_id() is None:
            panel.deleteLater()
            return
        place = self.addTab(_framed(panel), "")
        self._add_close(place, panel)
        self.setCurrentIndex(place)
        self._name_tabs()
        panel.left.connect(self.show_list)
        panel.focus_note()

    def current_customer(self) -> int | None:
        """Whose card is in front; None for the list."""
        return self._panel(self.currentIndex()).customer_id() if self.currentIndex() > 0 else None

    def close_tab(self, number: int) -> None:
        """Close a customer's tab. A text that was begun comes back with the customer's card."""
        if number > 0:
            page = self.widget(number)
            assert page is not None
            self._panel(number).keep_draft()
            self.removeTab(number)
            page.deleteLater()

    def refresh(self, changes: Changes | None) -> None:
        """Read the open cards anew; a deleted customer's tab closes."""
        for number in reversed(range(1, self.count())):
            panel = self._panel(number)
            panel.refresh(changes)
            if panel.customer_id() is None:
                self.close_tab(number)
        self._name_tabs()

    def begun(self) -> dict[int, Note]:
        """What was begun in any card and not saved, by customer."""
        for number in range(1, self.count()):
            self._panel(number).keep_draft()
        return {customer_id: note for customer_id, note in self.drafts.items() if note.begun}

    def forget_drafts(self, beside: DetailPanel | None) -> None:
        """Let go of what was begun, here and in the card beside the list."""
        self.drafts.clear()
        for panel in (beside, *map(self._panel, range(1, self.count()))):
            if panel is not None:
                panel.forget_draft()

    def retranslate(self, title: str) -> None:
        """Put the texts again."""
        if self.count():
            self.setTabText(0, title)
        for number in range(1, self.count()):
            self._panel(number).retranslate()

    def _name_tabs(self) -> None:
        """While somebody looks on, only the tab in front says whose it is."""
        for number in range(1, self.count()):
            name = self._panel(number).customer_name()
            self.setTabText(number, name if number == self.currentIndex() else self._desk.veil(name))

    def _panel(self, number: int) -> DetailPanel:
        from crmdesk.gui.pages.detail import DetailPanel

        page = self.widget(number)
        panel = page.findChild(DetailPanel) if page is not None else None
        assert panel is not None
        return panel

    def _add_close(self, number: int, panel: DetailPanel) -> None:
        close = QToolButton(self.tabBar())
        close.setObjectName("close_tab")
        close.setAccessibleName(_("Close"))
        close.setToolTip("Ctrl+W")
        set_icon(close, "close", "muted", 12)
        close.clicked.connect(lambda _checked=False: self._close_panel(panel))
        self.tabBar().setTabButton(number, QTabBar.ButtonPosition.RightSide, close)

    def _close_panel(self, panel: DetailPanel) -> None:
        for number in range(1, self.count()):
            if self._panel(number) is panel:
                self.close_tab(number)
                return


def _framed(panel: DetailPanel) -> QWidget:
    """The card with the margins of a page around it."""
    page = QWidget()
    around = QVBoxLayout(page)
    around.setContentsMargins(24, 12, 24, 12)
    around.addWidget(panel)
    return page
