"""客户: who. The list with a card beside it, and a tab for each customer that was opened on its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from crmdesk.domain.changes import Changes
from crmdesk.domain.query import CustomerQuery, FilterChoices, ListColumn
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.customer_list import CustomerList
from crmdesk.gui.pages.customers_card import CardBeside
from crmdesk.gui.pages.customers_head import ListHead
from crmdesk.gui.pages.customers_tabs import CustomerTabs
from crmdesk.gui.pages.customers_verbs import CustomerVerbs
from crmdesk.gui.pages.page import Page
from crmdesk.gui.patience import when_free
from crmdesk.gui.room import LIST_AND_CARD, narrow
from crmdesk.gui.widgets.pieces import EmptyState
from crmdesk.i18n import _
from crmdesk.operations import listing
from crmdesk.words.listing import nobody_sentence

if TYPE_CHECKING:
    from crmdesk.domain.interaction import Said
    from crmdesk.domain.saved_view import SavedView
    from crmdesk.gui.pages.detail import DetailPanel

LIST: Final = "customers"  # what the arrangement of the plain list is kept under


class CustomersPage(Page):
    """Filters, list, card."""

    name = "customers"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._count = 0
        self._painted = False
        self._looking = 0
        self.list = CustomerList(desk, self)
        self.head = ListHead(desk, self.list, self)
        self.filters, self.views = self.head.filters, self.head.views
        self._verbs = CustomerVerbs(desk, self.list, self, self.show_customer)
        self._no_match = desk.idle.later(lambda: self._empty("no_match", self.filters.clear))
        self._none = desk.idle.later(lambda: self._empty("no_customers", self.add_customer))
        self._stack = QStackedWidget(self)
        self.tabs = CustomerTabs(desk, self)
        self._side = CardBeside(desk, self.list.current_id, self.tabs.drafts, self)
        self._lay_out()
        self._connect()
        self.retranslate()

    @property
    def detail(self) -> DetailPanel:
        """The card beside the list, built when it is first wanted, and filled."""
        return self._side.card()

    def title(self) -> str:
        """客户."""
        return _("Customers")

    def focus_search(self) -> None:
        """The list, with its first row chosen."""
        self.list.setFocus()
        if not self.list.currentIndex().isValid() and self.list.table().rowCount():
            self.list.selectRow(0)

    def refresh(self, changes: Changes | None) -> None:
        """Read list, cards and chips anew."""
        self.views.refresh(changes)
        self.list.reload(changes)
        if self._side.built is not None:
            self._side.built.refresh(changes)
        self.tabs.refresh(changes)
        if self._painted:
            self._look_around()

    def unsaved(self) -> list[Said]:
        """What was begun in the note boxes of the cards."""
        if self._side.built is not None:
            self._side.built.keep_draft()
        return self._verbs.said(self.tabs.begun())

    def forget_unsaved(self) -> None:
        """Let go of it."""
        self.tabs.forget_drafts(self._side.built)

    def ready(self) -> bool:
        """Whether the chips and the first card have arrived."""
        return self._painted and not self._looking and (self._side.filled or self.list.current_id() is None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """What takes longer than the rows comes after the first paint: chips, seldom filled columns, the card."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._bring_rest)

    def retranslate(self) -> None:
        """Put the texts again."""
        self.head.retranslate()
        if self._stack.currentWidget() is not self.list:
            self._show_count(self._count)
        self.list.retranslate()
        if self._side.built is not None:
            self._side.built.retranslate()
        self.tabs.retranslate(self.title())

    def restyle(self) -> None:
        """The painted parts ask the palette themselves."""
        self.update()

    def show_query(self, query: CustomerQuery) -> None:
        """Show these customers: from the box at the top, a chart, a count."""
        self.tabs.show_list()
        self.filters.set_query(query)
        self._filter(query)

    def _show_view(self, view: SavedView | None) -> None:
        """Filters, order and columns as they were saved; without a view the plain list."""
        self.list.arrange_as(view.layout_name if view else LIST)
        self.show_query(view.query if view else CustomerQuery())
        self.list.point_sort()

    def show_customer(self, customer_id: int) -> None:
        """Show a customer's card beside the list; where the list does not hold it, in a tab."""
        if self.list.select_id(customer_id):
            self.tabs.show_list()
            self.detail.show_customer(customer_id)
        else:
            self.tabs.open_customer(customer_id)

    def add_customer(self) -> None:
        """A name and Enter."""
        self._verbs.add()

    def show_plans(self) -> None:
        """培育计划."""
        self._verbs.plans()

    def _bring_rest(self) -> None:
        if self.desk.database is not None:
            self._look_around()
            self._side.bring()

    def _show_chosen(self, customer_id: int) -> None:
        if self._side.built is not None:
            self._side.built.show_customer(customer_id)
        elif self._painted:
            self._side.bring()

    def _look_around(self) -> None:
        """What there is to filter by and which columns have content: counted on the job thread, over all rows."""
        database = self.desk.database
        self._looking += 1

        def done(found: tuple[FilterChoices, list[ListColumn]] | None) -> None:
            self._looking -= 1
            if found is not None and database is self.desk.database:
                self.filters.set_choices(found[0], presenting=self.desk.presenting)
                self.list.take_columns(found[1])

        self.desk.run(lambda _progress: _look(database), done=done, failed=lambda _error: done(None))

    def _filter(self, query: CustomerQuery) -> None:
        when_free(self, lambda: self.list.show_query(query))

    def _go_to_note(self, chosen: int | None) -> None:
        """Where the window is too narrow for a card beside the list, it opens in a tab."""
        if narrow(self, LIST_AND_CARD) and chosen is not None:
            self.tabs.open_customer(chosen)
        else:
            self.detail.focus_note()

    def _keep_sort(self, query: CustomerQuery) -> None:
        self.filters.set_query(self.filters.query()._replace(sort=query.sort))

    def _show_count(self, count: int) -> None:
        self._count = count
        if self.list.complete:
            self.head.show_count(count)
        query = self.filters.query()
        if count:
            self._stack.setCurrentWidget(self.list)
        elif query.filtered:
            self._no_match().say(nobody_sentence(query), _("Clear the filters"))
            self._stack.setCurrentWidget(self._no_match())
        elif self.desk.database is not None:
            self._none().say(_("No customers here yet."), _("Add a customer"))
            self._stack.setCurrentWidget(self._none())
        self._show_detail()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the list has the room; Ctrl+Enter opens a card in a tab."""
        super().resizeEvent(event)
        self._show_detail()

    def _show_detail(self) -> None:
        wanted = self._count > 0 or self._side.filled
        self._side.setVisible(wanted and not narrow(self, LIST_AND_CARD))

    def _lay_out(self) -> None:
        self._stack.addWidget(self.list)
        sides = QSplitter(Qt.Orientation.Horizontal, self)
        sides.setObjectName("customers_sides")
        sides.setChildrenCollapsible(False)
        sides.setHandleWidth(12)
        sides.addWidget(self._stack)
        sides.addWidget(self._side)
        sides.setStretchFactor(0, 1)
        sides.setSizes([630, 450])
        page = QWidget(self)
        inner = QVBoxLayout(page)
        inner.setContentsMargins(24, 12, 24, 12)
        inner.setSpacing(12)
        inner.addWidget(self.head)
        inner.addWidget(sides, 1)
        self.tabs.set_list(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)

    def _connect(self) -> None:
        self.filters.changed.connect(self._filter)
        self.views.chosen.connect(self._show_view)
        self.views.gone.connect(lambda: self.list.arrange_as(LIST))
        self.list.counted.connect(self._show_count)
        self.list.sorted_by.connect(self._keep_sort)
        self.list.chosen.connect(self._show_chosen)
        self.list.opened.connect(self._go_to_note)
        self.list.note_wanted.connect(lambda: self._go_to_note(self.list.current_id()))
        self.list.tab_wanted.connect(self.tabs.open_customer)
        self._side.left.connect(self.list.setFocus)
        self._side.tab_wanted.connect(self.tabs.open_customer)
        self.list.delete_wanted.connect(self._verbs.delete)
        self.list.stop_wanted.connect(self._verbs.stop_following)
        self.head.add_wanted.connect(self.add_customer)
        self.head.export_wanted.connect(self._verbs.export)
        self.desk.customers_wanted.connect(self.show_query)
        self.desk.customer_wanted.connect(self.show_customer)

    def _empty(self, name: str, acted: Callable[[], None]) -> EmptyState:
        state = EmptyState(self, name, "search")
        state.acted.connect(acted)
        self._stack.addWidget(state)
        return state


def _look(database: Any) -> tuple[FilterChoices, list[ListColumn]]:  # noqa: ANN401 -- see Desk.database
    return listing.filter_choices(database), listing.list_columns(database, asked=True)
