"""到点了: what is due at an hour is told when the hour comes, beside the clock and in one small window.

After the computer slept, everything that came due meanwhile is told at once: the timer fires late, and once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QMenu, QSystemTrayIcon, QVBoxLayout, QWidget

from crmdesk.domain.phrase import Refused
from crmdesk.domain.record import FollowUpRow
from crmdesk.gui.desk import Desk
from crmdesk.gui.patience import is_busy
from crmdesk.gui.widgets.pieces import Elided, MenuButton, button, clear_layout, text_label
from crmdesk.i18n import _
from crmdesk.operations import reminders
from crmdesk.words import formats

EVERY: Final = 20_000  # milliseconds between two looks at the clock
MORNING: Final = time(9)
NAMED: Final = 3  # customers in the notice beside the clock


class Reminders(QObject):
    """Looks at the clock while a file is open. A clock that stands still (`CRMDESK_TODAY`) tells nothing."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        # What came due before the start stands in 今天; nobody wants it told at every start.
        self._told_until = desk.clock.now()
        self.notice: ReminderNotice | None = None
        self._tray: QSystemTrayIcon | None = None
        self._shown: tuple[FollowUpRow, ...] = ()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        desk.opened.connect(self._begin_anew)

    def look(self) -> None:
        """Tell what came due since the last look."""
        now = self._desk.clock.now()
        if self._desk.database is None:
            return
        try:
            rows = self._desk.read(reminders.due_between, self._told_until, now)
        except Refused as refusal:
            if is_busy(refusal):
                return  # the next look finds it
            self._timer.stop()  # the file cannot be read any more: said once, not at every look
            raise
        self._told_until = now
        if rows:
            self._tell(rows)

    def open_told(self) -> None:
        """A click on the notice: the customer, or 今天 where there are several."""
        self._window.showNormal() if self._window.isMinimized() else self._window.show()
        self._window.activateWindow()
        if len(self._shown) == 1:
            self._desk.customer_wanted.emit(self._shown[0].follow_up.customer_id)
        else:
            self._desk.page_wanted.emit("today")

    def _begin_anew(self) -> None:
        self._told_until = self._desk.clock.now()
        self._timer.start()
        if self.notice is not None:
            self.notice.show_rows(())

    def _tell(self, rows: Sequence[FollowUpRow]) -> None:
        self._shown = tuple(rows)
        if self.notice is None:
            self.notice = ReminderNotice(self._desk, self._window)
            self.notice.put_off.connect(self._put_off)
        self.notice.show_rows((*self.notice.rows(), *rows))
        self._tell_beside_the_clock(rows)
        QApplication.alert(self._window)

    def _tell_beside_the_clock(self, rows: Sequence[FollowUpRow]) -> None:
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(QApplication.windowIcon(), self)
            self._tray.messageClicked.connect(self.open_told)
            self._tray.activated.connect(lambda _why: self.open_told())
        self._tray.show()
        names = formats.names([self._desk.veil(row.name) for row in rows], NAMED)
        self._tray.showMessage(title_of(len(rows)), names)

    def _put_off(self, follow_up_id: int, until: datetime) -> None:
        database = self._desk.database
        # The line goes once its follow-up has moved (`changed`): what cannot be written now is still to be told.
        if self._desk.editable:
            self._desk.act(lambda _progress: reminders.put_off(database, follow_up_id, until))


class ReminderNotice(QDialog):
    """What is due now, each with a way to its customer and one to put it off. It goes when nothing is left."""

    put_off = Signal(object, object)  # id of the follow-up, datetime

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("reminder_notice")
        self.setWindowTitle(_("Due now"))
        self.setModal(False)
        # It comes up while somebody types elsewhere: the keys stay there.
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._desk = desk
        self._rows: tuple[FollowUpRow, ...] = ()
        self._heading = text_label(self, "heading", "reminder_heading")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(self._heading)
        column.addLayout(self._lines)
        self.setMinimumWidth(28 * self.fontMetrics().height())
        desk.changed.connect(lambda _changes: self._let_go_of_done())
        desk.editable_changed.connect(self._allow)
        desk.presentation_changed.connect(lambda _on: self._retell())

    def rows(self) -> tuple[FollowUpRow, ...]:
        """What is told just now."""
        return self._rows

    def show_rows(self, rows: Sequence[FollowUpRow]) -> None:
        """Tell these; none closes the notice."""
        self._rows = tuple(rows)
        clear_layout(self._lines)
        self._heading.setText(title_of(len(rows)))
        for row in rows:
            self._lines.addWidget(self._line(row))
        if rows:
            self.adjustSize()
            self.show()
        else:
            self.hide()

    def _allow(self, on: bool) -> None:
        for later in self.findChildren(MenuButton):  # put in place: a menu that is open stays open
            later.setEnabled(on)

    def _retell(self) -> None:
        if self._rows and self.isVisible():
            self.show_rows(self._rows)

    def _line(self, row: FollowUpRow) -> QWidget:
        line = QWidget(self)
        due = row.follow_up
        at = text_label(line, "muted")
        at.setText(formats.clock_time(due.due_at))
        what = Elided(line)
        # It comes up by itself, before whoever looks on: what it is about is not for them.
        about = "" if self._desk.presenting else due.summary
        what.set_full(" · ".join(part for part in (self._desk.veil(row.name), about) if part))
        go = button(line, "reminder_open", partial(self._open, row), "link")
        go.setText(_("Open"))
        later = MenuButton(line, "reminder_later", partial(self._offer, row), "link")
        later.say(_("Not now"))
        later.setEnabled(self._desk.editable)
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(12)
        across.addWidget(at)
        across.addWidget(what, 1)
        across.addWidget(go)
        across.addWidget(later)
        return line

    def _offer(self, row: FollowUpRow, menu: QMenu) -> None:
        now = self._desk.clock.now()
        tomorrow = datetime.combine(now.date() + timedelta(days=1), MORNING)
        for text, until in (
            (_("In 10 minutes"), now + timedelta(minutes=10)),
            (_("In an hour"), now + timedelta(hours=1)),
            (_("Tomorrow at {time}").format(time=formats.clock_time(MORNING)), tomorrow),
        ):
            menu.addAction(text).triggered.connect(_without_answer(partial(self._put_off, row, until)))

    def _put_off(self, row: FollowUpRow, until: datetime) -> None:
        self.put_off.emit(row.follow_up.id, until)

    def _open(self, row: FollowUpRow) -> None:
        self._desk.customer_wanted.emit(row.follow_up.customer_id)
        self._drop({row.follow_up.id})

    def _drop(self, ids: set[int]) -> None:
        self.show_rows([row for row in self._rows if row.follow_up.id not in ids])

    def _let_go_of_done(self) -> None:
        """A follow-up that was completed, moved or deleted meanwhile is told no more."""
        if not self._rows or self._desk.database is None:
            return
        first = min(_at(row) for row in self._rows) - timedelta(minutes=1)
        try:
            open_now = self._desk.read(reminders.due_between, first, self._desk.clock.now())
        except Refused as refusal:
            if is_busy(refusal):
                return
            raise
        self._drop({row.follow_up.id for row in self._rows} - {row.follow_up.id for row in open_now})


def title_of(count: int) -> str:
    """到点了, with their number where there are several."""
    return _("Due now") if count < 2 else _("Due now: {count}").format(count=formats.count(count))


def _at(row: FollowUpRow) -> datetime:
    return datetime.combine(row.follow_up.due_on, row.follow_up.due_at or time())


def _without_answer(act: Callable[[], None]) -> Callable[[bool], None]:
    return lambda _checked: act()
