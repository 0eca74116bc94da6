"""The pages of the window, each built when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.page import Page
from crmdesk.gui.room import LowFrame

if TYPE_CHECKING:
    from crmdesk.domain.interaction import Said


def _today(desk: Desk) -> Page:
    from crmdesk.gui.pages.today import TodayPage

    return TodayPage(desk)


def _customers(desk: Desk) -> Page:
    from crmdesk.gui.pages.customers import CustomersPage

    return CustomersPage(desk)


def _follow_ups(desk: Desk) -> Page:
    from crmdesk.gui.pages.follow_ups import FollowUpsPage

    return FollowUpsPage(desk)


def _insight(desk: Desk) -> Page:
    from crmdesk.gui.pages.insight import InsightPage

    return InsightPage(desk)


def _settings(desk: Desk) -> Page:
    from crmdesk.gui.pages.settings import SettingsPage

    return SettingsPage(desk)


def _policy(desk: Desk) -> Page:
    from crmdesk.gui.pages.policy import PolicyPage

    return PolicyPage(desk)


def _changes(desk: Desk) -> Page:
    from crmdesk.gui.pages.changes import ChangesPage

    return ChangesPage(desk)


def _welcome(desk: Desk) -> Page:
    from crmdesk.gui.pages.welcome import WelcomePage

    return WelcomePage(desk)


BUILDERS: Final[dict[str, Callable[[Desk], Page]]] = {
    "today": _today,
    "customers": _customers,
    "follow_ups": _follow_ups,
    "insight": _insight,
    "settings": _settings,
    "policy": _policy,
    "changes": _changes,
    "welcome": _welcome,
}


class PageStack(QStackedWidget):
    """Shows one page at a time and builds none before it is wanted."""

    built = Signal(object)  # Page

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("page_stack")
        self._desk = desk
        self._pages: dict[str, Page] = {}

    def page(self, name: str) -> Page:
        """The page of a name. Raises KeyError for an unknown one."""
        if name not in self._pages:
            page = self._pages[name] = BUILDERS[name](self._desk)
            self.addWidget(LowFrame(page, self))
            self.built.emit(page)
        return self._pages[name]

    def unsaved(self) -> list[Said]:
        """Notes begun on any page and not saved."""
        return [said for page in self._pages.values() for said in page.unsaved()]

    def forget_unsaved(self) -> None:
        """Let go of them."""
        for page in self._pages.values():
            page.forget_unsaved()

    def is_built(self, name: str) -> bool:
        """Whether a page was shown before."""
        return name in self._pages

    def show_page(self, name: str) -> Page:
        """Bring a page to the front."""
        page = self.page(name)
        self.setCurrentIndex(list(self._pages).index(name))
        return page

    def current(self) -> Page | None:
        """The page in front."""
        frame = self.currentWidget()
        page = frame.inside if isinstance(frame, LowFrame) else None
        return page if isinstance(page, Page) else None
