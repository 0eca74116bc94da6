"""The tabs of 客户: the list first, then each customer that was opened on its own."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabBar, QTabWidget, QWidget

from crmdesk.domain.changes import Changes
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.detail import DetailPanel
from crmdesk.i18n import _

MOST_TABS = 12


class CustomerTabs(QTabWidget):
    """The list's tab cannot be closed; the bar is hidden while there is only the list."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("customer_tabs")
        self._desk = desk
        self.setDocumentMode(True)
        self.setTabsClosable(True)
        self.setMovable(False)
        self.setUsesScrollButtons(True)
        self.tabBar().setExpanding(False)
        self.tabBar().setAutoHide(True)
        self.tabCloseRequested.connect(self.close_tab)
        close = QShortcut(QKeySequence("Ctrl+W"), self)
        close.activated.connect(lambda: self.close_tab(self.currentIndex()))

    def set_list(self, page: QWidget) -> None:
        """The first tab."""
        self.addTab(page, _("Customers"))
        for side in (QTabBar.ButtonPosition.LeftSide, QTabBar.ButtonPosition.RightSide):
            self.tabBar().setTabButton(0, side, None)

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
        panel = DetailPanel(self._desk, self, own_tab=True)
        panel.show_customer(customer_id)
        if panel.customer_id() is None:
            panel.deleteLater()
            return
        self.setCurrentIndex(self.addTab(panel, panel.customer_name()))
        panel.left.connect(self.show_list)
        panel.focus_note()

    def close_tab(self, number: int) -> None:
        """Close a customer's tab. A text that was begun is kept with the desk's drafts of the panel beside the list."""
        if number > 0:
            panel = self._panel(number)
            self.removeTab(number)
            panel.deleteLater()

    def refresh(self, changes: Changes | None) -> None:
        """Read the open cards anew; a deleted customer's tab closes."""
        for number in reversed(range(1, self.count())):
            panel = self._panel(number)
            panel.refresh(changes)
            if panel.customer_id() is None:
                self.close_tab(number)
            else:
                self.setTabText(number, panel.customer_name())

    def retranslate(self, title: str) -> None:
        """Put the texts again."""
        if self.count():
            self.setTabText(0, title)
        for number in range(1, self.count()):
            self._panel(number).retranslate()

    def _panel(self, number: int) -> DetailPanel:
        panel = self.widget(number)
        assert isinstance(panel, DetailPanel)
        return panel
