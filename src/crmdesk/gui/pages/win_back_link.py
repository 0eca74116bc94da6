"""试着挽回… on 今天's card: the way to the form, without what the form needs."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from crmdesk.domain.attention import TodayItem
from crmdesk.domain.stage import Stage
from crmdesk.gui.desk import Desk
from crmdesk.i18n import _

AWAY = frozenset({Stage.DORMANT.value, Stage.LOST.value})


class WinBackLink(QPushButton):
    """There for somebody who is away, unless the day is about an attempt already."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card_win_back")
        self._desk = desk
        self._customer = 0
        self.clicked.connect(lambda _checked=False: self._begin())
        self.hide()

    def show_item(self, item: TodayItem) -> None:
        """Offer it for this customer."""
        self._customer = item.customer_id
        self.setText(_("Try to win back…"))
        self.setVisible(item.stage in AWAY and item.reason.code != "today_win_back" and not self._desk.presenting)

    def _begin(self) -> None:
        from crmdesk.gui.dialogs.win_back_form import ask_win_back

        if self._desk.editable:
            ask_win_back(self._desk, self, self._customer)
