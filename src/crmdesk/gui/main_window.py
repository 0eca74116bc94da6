"""The window: it puts rail, box, pages and status line together, and moves between the places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QByteArray, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from crmdesk.domain.changes import Changes
from crmdesk.domain.query import CustomerQuery
from crmdesk.gui.actions import PRIVATE, Actions
from crmdesk.gui.desk import Desk
from crmdesk.gui.file_actions import FileActions
from crmdesk.gui.file_menu import FileMenu
from crmdesk.gui.frame_actions import FrameActions
from crmdesk.gui.icons import retint
from crmdesk.gui.leaving import Leaving
from crmdesk.gui.notices import Notices
from crmdesk.gui.overview import Overseer, Overview
from crmdesk.gui.page_stack import PageStack
from crmdesk.gui.pages.page import Page
from crmdesk.gui.palette import tokens_of
from crmdesk.gui.rail import PLACES, Rail
from crmdesk.gui.status_bar import StatusBar
from crmdesk.gui.top_bar import TopBar
from crmdesk.i18n import _
from crmdesk.operations import listing

if TYPE_CHECKING:
    from crmdesk.gui.pages.customers import CustomersPage
    from crmdesk.gui.toast import Toast
    from crmdesk.gui.widgets.banner import Banner

_FIRST_SIZE: Final = QSize(1280, 800)
_FRAME: Final = QSize(0, 40)  # the title bar that the system adds
_LEAST_SIZE: Final = QSize(600, 320)  # 1366 × 768 at 200 % leaves 683 × 344


class MainWindow(QMainWindow):
    """Assembles; what a place shows is the page's own affair."""

    appearing = Signal()
    closed = Signal()

    def __init__(self, desk: Desk, files: FileActions) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.desk = desk
        desk.idle.setParent(self)  # once the window is gone, nothing is built for it
        self.files = files
        self.overseer = Overseer(desk)
        self._place = "customers"
        self._undecided = False
        self._overview: Overview | None = None
        self.frame_actions = FrameActions(desk, files, self, self.show_place, lambda: self.top_bar.box.begin())
        self.actions_table = Actions(self, self.frame_actions.handlers())
        self._build()
        self.leaving = Leaving(desk, self.stack.unsaved, self.stack.forget_unsaved)
        files.ask_first = self.leaving.ask_first
        self._connect()
        self.addActions(self.actions_table.all())
        self.setAcceptDrops(True)
        self.setMinimumSize(_LEAST_SIZE)
        _restore_geometry(self, desk.settings.window)
        self._allow()
        self._settle_title()
        self.notices.show_banner(None)

    @property
    def toast(self) -> Toast:
        """The notice with Undo."""
        return self.notices.toast()

    @property
    def banner(self) -> Banner:
        """What is to be said of the file."""
        return self.notices.banner()

    # --- places ---

    def show_place(self, name: str) -> Page:
        """Go to a place. While the file holds no customers, the places show how to begin."""
        self._place = name = "customers" if self.desk.presenting and name in PRIVATE else name
        shown = "welcome" if name in PLACES and self._is_empty() else name
        page = self.stack.show_page(shown)
        self.rail.show_place(name)
        self.status.show_selection(0, None)
        self._settle_title()
        page.focus_search()
        return page

    def start_where_due(self) -> None:
        """The file that is opened next begins at 今天 if anything is due there, else at 客户."""
        self._undecided = True

    def place(self) -> str:
        """Where the window is."""
        return self._place

    def show_customer(self, customer_id: int) -> None:
        """Show a customer's card, whichever place was shown before."""
        page = self._fresh_customers()
        if page is not None:
            page.show_customer(customer_id)

    def show_customers(self, query: CustomerQuery) -> None:
        """Show the customers of a query in the list."""
        page = self._fresh_customers()
        if page is not None:
            page.show_query(query)

    def _fresh_customers(self) -> CustomersPage | None:
        """Go to 客户; the page where it was only built now, and so has not heard the wish itself."""
        fresh = not self.stack.is_built("customers")
        page = self.show_place("customers")
        return cast("CustomersPage", page) if fresh and page.name == "customers" else None

    def retranslate(self) -> None:
        """Put all texts of the frame again."""
        self.actions_table.retranslate()
        self.rail.retranslate()
        self.top_bar.retranslate()
        self.notices.retranslate()
        self._settle_title()
        if self._overview is not None:
            self._show_overview(self._overview)
        else:
            self._show_banner()

    # --- what Qt tells ---

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Sheets are welcome anywhere on the window."""
        from crmdesk.gui.pages.welcome import dropped_files

        if dropped_files(event.mimeData()) and self.desk.editable:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A dropped file of ours is opened, a sheet imported."""
        from crmdesk.gui.pages.welcome import dropped_files

        event.acceptProposedAction()
        self.frame_actions.take_files(dropped_files(event.mimeData()))

    def setVisible(self, visible: bool) -> None:
        """Tell that the window is about to be seen."""
        if visible:
            self.appearing.emit()
        super().setVisible(visible)

    def showEvent(self, event: QShowEvent) -> None:
        """What is not seen at once is built from now on."""
        super().showEvent(event)
        self.desk.idle.begin()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the rail gives way to the page."""
        super().resizeEvent(event)
        self.rail.suit(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember where the window stood; a running step is asked about first."""
        if not self.leaving.free():
            event.ignore()
            # A window cannot be closed from within its closing.
            self.leaving.ask_first(lambda: QTimer.singleShot(0, self, self.close))
            return
        if self.desk.working and not self.frame_actions.may_stop():
            event.ignore()
            return
        state = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        self.desk.set_settings(window=state)
        self.closed.emit()
        super().closeEvent(event)

    # --- putting together ---

    def _build(self) -> None:
        frame = QWidget(self)
        frame.setObjectName("frame")
        menu = FileMenu(self.actions_table, self.files.recent, self.files.open, self)
        self.rail = Rail(self.actions_table, menu, frame)
        self.top_bar = TopBar(self.desk, self.actions_table, frame)
        self.notices = Notices(self.desk, frame, self.top_bar, self.frame_actions.as_of_today)
        self.stack = PageStack(self.desk, frame)
        self.status = StatusBar(frame)
        _lay_out(self, frame)
        self.setCentralWidget(frame)

    def _connect(self) -> None:
        desk = self.desk
        desk.opened.connect(self._note_file)
        desk.changed.connect(self._note_changes)
        desk.editable_changed.connect(lambda _editable: self._allow())
        desk.work_started.connect(lambda _work: self._show_banner())
        desk.work_ended.connect(self._show_banner)
        desk.language_changed.connect(self.retranslate)
        desk.theme_changed.connect(self.restyle)
        desk.page_wanted.connect(self.show_place)
        desk.customer_wanted.connect(self.show_customer)
        desk.customers_wanted.connect(self.show_customers)
        desk.selected.connect(self.status.show_selection)
        desk.presentation_changed.connect(self._present)
        self.overseer.read.connect(self._show_overview)
        self.stack.built.connect(self._note_page)
        self.top_bar.box.left.connect(self._focus_page)

    def restyle(self) -> None:
        """Tint the icons in the colours of the new theme."""
        retint(self, tokens_of(self.palette()))
        self.top_bar.box.restyle()
        self.rail.suit(self)

    # --- what the desk tells ---

    def _note_file(self) -> None:
        database = self.desk.database
        self._overview = None
        self.status.show_file(database.path if database is not None else None)
        if self._undecided and database is not None:
            self._place = "today" if self.desk.read(listing.anything_due) else "customers"
            self._undecided = False
        elif self._place not in PLACES:
            self._place = "customers"
        self.show_place(self._place)
        self._allow()
        self._show_banner()

    def _present(self, on: bool) -> None:
        self.actions_table["presentation"].setChecked(on)
        self._allow()
        if self._place in PRIVATE and on:
            self.show_place("customers")

    def _note_changes(self, changes: Changes) -> None:
        if self._place in PLACES and self._welcoming() != self._is_empty():
            self.show_place(self._place)

    def _note_page(self, page: Page) -> None:
        if page.name in PLACES:
            page.badge_changed.connect(lambda count: self.rail.set_waiting(page.name, count))
        if page.name == "welcome":
            from crmdesk.gui.pages.welcome import WelcomePage

            assert isinstance(page, WelcomePage)
            page.sample_wanted.connect(self.files.sample)
            page.file_wanted.connect(self.files.choose)
            page.new_wanted.connect(self.files.make)
            page.customer_wanted.connect(self.actions_table["add_customer"].trigger)

    def _show_overview(self, overview: Overview) -> None:
        self._overview = overview
        self.rail.set_waiting("today", overview.today)
        self.rail.set_waiting("follow_ups", overview.follow_ups)
        path, now = self.desk.database.path, self.desk.clock.now()
        self.status.show_state(path, overview.saved_at, overview.backed_up_at, overview.verified, now)
        self._show_banner()

    def _show_banner(self) -> None:
        self.notices.show_banner(self._overview)

    def _allow(self) -> None:
        has_file, presenting = self.desk.database is not None, self.desk.presenting
        self.actions_table.allow(has_file=has_file, writable=self.desk.editable, presenting=presenting)
        self.rail.allow()
        self.top_bar.allow()
        self.notices.name_steps()
        if self.desk.editable:
            self.overseer.look()
            if self._welcoming():
                QTimer.singleShot(0, self, self._focus_page)  # once its button can be pressed

    def _welcoming(self) -> bool:
        page = self.stack.current()
        return page is not None and page.name == "welcome"

    def _is_empty(self) -> bool:
        return self.desk.database is None or self.desk.read(listing.customer_count) == 0

    def _focus_page(self) -> None:
        page = self.stack.current()
        if page is not None:
            page.focus_search()

    def _settle_title(self) -> None:
        self.setWindowTitle(_title(self.desk.database.path.stem if self.desk.database is not None else ""))


def _title(file: str) -> str:
    return f"{file} — {_('Customer ledger')}" if file else _("Customer ledger")


def _restore_geometry(window: QMainWindow, kept: str) -> None:
    if not kept or not window.restoreGeometry(QByteArray.fromBase64(kept.encode("ascii"))):
        # A laptop of 1366 × 768 has less than 768 left: the status line must not lie below the edge.
        room = window.screen().availableSize() - _FRAME
        window.resize(_FIRST_SIZE.boundedTo(room))


def _lay_out(window: MainWindow, frame: QWidget) -> None:
    right = QVBoxLayout()
    right.setContentsMargins(0, 0, 0, 0)
    right.setSpacing(0)
    right.addWidget(window.top_bar)
    right.addLayout(window.notices.strips)
    right.addWidget(window.stack, 1)
    across = QHBoxLayout()
    across.setSpacing(0)
    across.addWidget(window.rail)
    across.addLayout(right, 1)
    column = QVBoxLayout(frame)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addLayout(across, 1)
    column.addWidget(window.status)
