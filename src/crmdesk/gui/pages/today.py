"""今天: what to do now. A line written here completes what was due and sets the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from crmdesk.domain.attention import TodayItem, TodayPlan
from crmdesk.domain.changes import Changes, Kind
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.changes_link import ChangesLink
from crmdesk.gui.pages.flow import FlowLayout
from crmdesk.gui.pages.page import Page
from crmdesk.gui.pages.today_date import date_line, lunar_day
from crmdesk.gui.pages.today_list import TodayList
from crmdesk.gui.pages.today_side import TodaySide
from crmdesk.gui.patience import when_free
from crmdesk.gui.room import TWO_SIDES, narrow
from crmdesk.gui.widgets.pieces import EmptyState, button, text_label
from crmdesk.i18n import _
from crmdesk.operations import today
from crmdesk.words import formats
from crmdesk.words.labels import label
from crmdesk.words.phrases import say

if TYPE_CHECKING:
    from crmdesk.domain.care_day import CareDay
    from crmdesk.domain.interaction import Interaction, Said
    from crmdesk.gui.pages.note_box import Note
    from crmdesk.gui.pages.today_card import TodayCard

UNTOUCHED = frozenset({Kind.PRODUCTS, Kind.RECEIPTS, Kind.TAGS})  # what cannot change the day's plan
AWAY_DAYS = 3
CARE_AFTER = 100  # milliseconds from the plan: what is due comes first
LUNAR_AFTER = 50  # milliseconds


class TodayPage(Page):
    """The day's plan on the left, the chosen customer on the right, what was done below."""

    name = "today"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._plan = TodayPlan(desk.today)
        self._heading = text_label(self, "title", "today_title")
        self._date = text_label(self, "muted", "today_date")
        self.changed = ChangesLink(desk, self)
        self._away = QFrame(self)
        self._away_text = text_label(self._away, "", "away_text", wrap=True)
        self._away_replan = button(self._away, "away_replan", self.replan, "primary")
        self.list = TodayList(desk, self)
        self._side = TodaySide(desk, self.list.current, self)
        self._reading = False  # in a narrow page the card stands in the list's place
        self._done = text_label(self, "", "today_done")
        self._summary = button(self, "day_summary", self.show_summary, "")
        self._evening = button(self, "evening_notes", desk.evening_wanted.emit, "")
        self._empty = EmptyState(self, "today_empty", "check")
        self._stack = QStackedWidget(self)
        self._care_asked = QTimer(self)
        self._care_asked.setSingleShot(True)
        self._care_asked.setInterval(CARE_AFTER)
        self._care_asked.timeout.connect(self._ask_care)
        self._lay_out()
        self._connect()
        self.retranslate()

    @property
    def card(self) -> TodayCard:
        """The chosen customer's card, built when it is first wanted."""
        return self._side.card()

    def title(self) -> str:
        """今天."""
        return _("Today")

    def unsaved(self) -> list[Said]:
        """What was begun in the card's note box; it completes what the row of the customer stands for."""
        due = {item.customer_id: item.follow_up_id for item in self.list.items()}
        now = self.desk.clock.now()
        return [note.said(customer, now, due.get(customer)) for customer, note in self._side.drafts().items()]

    def forget_unsaved(self) -> None:
        """Let go of it."""
        for customer_id in list(self._side.drafts()):
            self.card.forget_draft(customer_id)

    def ready(self) -> bool:
        """Whether the card has arrived, where somebody is chosen."""
        return self._side.card.built or self.list.current() is None

    def focus_search(self) -> None:
        """The list: from there J, K and Enter."""
        self._show_list()

    def refresh(self, changes: Changes | None) -> None:
        """Read the plan anew, unless the step cannot have changed it."""
        if changes is None or not changes.kinds <= UNTOUCHED:
            self._plan = self.desk.read(today.today_plan, self.desk.settings.daily_cap)
            self._show_plan()
            self._care_asked.start()

    def retranslate(self) -> None:
        """Put the texts again."""
        self._heading.setText(_("Today"))
        self._away_replan.setText(_("Re-plan"))
        self._summary.setText(_("Day's summary"))
        self._evening.setText(_("Evening notes"))
        self._evening.setToolTip(_("Several lines at once, as one writes them down in the evening") + " (Ctrl+Shift+B)")
        self._empty.say(_("Nobody is due today."), _("Look at the customers"))
        self._date.setText(date_line(self.desk.today))
        self.changed.retranslate()
        # The lunar calendar is a library of its own: after the paint, not before.
        QTimer.singleShot(LUNAR_AFTER, self, self._add_lunar)
        self._show_plan()

    def save(self, item: TodayItem, note: Note) -> None:
        """Keep a note: the interaction, the follow-up it completes, and the next one, in one step."""
        said = note.said(item.customer_id, self.desk.clock.now(), item.follow_up_id)
        self._log(item, said.interaction, said.next_on, proposed=said.proposed)

    def complete(self, item: TodayItem) -> None:
        """Complete without a word; the next day is the one the card proposes, a kept promise needs none."""
        from crmdesk.domain.interaction import Interaction, InteractionKind

        kind = item.kind or InteractionKind.CALL
        said = Interaction(item.customer_id, self.desk.clock.now(), kind, "", self.card.note.text())
        note = self.card.note.note()
        self._log(item, said, None if item.promise else note.next_on, proposed=not note.own_day)

    def reschedule(self, item: TodayItem, day: date) -> None:
        """Move what is due to another day."""
        from crmdesk.operations import follow_ups

        if item.follow_up_id is not None:
            ids = [item.follow_up_id]
            self._act(lambda db: follow_ups.reschedule(db, ids, day))

    def stop_following(self, item: TodayItem) -> None:
        """不再跟进."""
        from crmdesk.gui.dialogs.loss_form import stop_following

        stop_following(self.desk, [item.customer_id], self)

    def replan(self) -> None:
        """Spread what can wait over the coming days."""
        per_day = self.desk.settings.daily_cap
        self._act(lambda db: today.replan(db, per_day))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow page shows the list or the card, never both squeezed."""
        super().resizeEvent(event)
        self._show_sides()

    def _show_sides(self) -> None:
        one = narrow(self, TWO_SIDES)
        reading = self._reading and self.list.current() is not None
        self.list.setVisible(not one or not reading)
        self._side.setVisible(not one or reading)
        self._side.offer_way_back(one)

    def _show_card(self) -> None:
        self._reading = True
        self._show_sides()

    def _write(self) -> None:
        self._show_card()
        self.card.note.edit.setFocus()

    def _show_list(self) -> None:
        self._reading = False
        self._show_sides()
        (self._empty.button if self._stack.currentIndex() else self.list).setFocus()

    def show_summary(self) -> None:
        """The day as text to copy."""
        when_free(self, partial(_ask_summary, self.desk, self))

    def _log(self, item: TodayItem, said: Interaction, next_on: date | None, *, proposed: bool) -> None:
        from crmdesk.operations import interactions

        completes = item.follow_up_id
        self._act(
            lambda db: interactions.log_interaction(db, said, next_on=next_on, completes=completes, proposed=proposed),
            partial(self._logged, item.customer_id),
        )

    def _act(self, work: Callable[[Any], Changes], done: Callable[[Changes], None] | None = None) -> None:
        from crmdesk.gui.pages.deeds import act

        act(self.desk, work, done)

    def _logged(self, customer_id: int, _changes: Changes) -> None:
        self.card.forget_draft(customer_id)
        if self.card.isVisible():
            self.card.note.edit.setFocus()

    def _show_plan(self) -> None:
        plan = self._plan
        self.list.show_plan(plan, self.desk.settings.daily_cap)
        self._side.retranslate()
        self.list.care.retranslate()
        self._show_sides()
        self._show_empty()
        self._done.setText(_done_line(plan, presenting=self.desk.presenting))
        self._summary.setVisible(not self.desk.presenting)  # it names everybody of the day
        behind = max((item.overdue_days for item in plan.due), default=0)
        self._away.setVisible(behind >= AWAY_DAYS and plan.unhurried > 0)
        waiting = len(plan.due) + plan.unhurried
        self._away_text.setText(_("{count} have been waiting for a few days. Plan them anew?").format(count=waiting))
        self.badge_changed.emit(len(plan.promises) + len(plan.due))

    def _ask_care(self) -> None:
        """Whose birthday comes: on the job thread, for the lunar calendar is slow to load, and all are asked."""
        from crmdesk.operations import care

        database = self.desk.database
        self.changed.ask()
        if database is not None:

            def done(days: tuple[CareDay, ...]) -> None:
                if database is self.desk.database:
                    self.list.care.show_days(days)
                    self._show_empty()

            self.desk.run(lambda _progress: care.care_days(database), done=done, failed=lambda _error: None)

    def _show_empty(self) -> None:
        anything = self.list.items() or self._plan.unhurried or self.list.care.days()
        self._stack.setCurrentIndex(0 if anything else 1)
        if not anything and not self._stale and self.desk.database is not None:  # nothing is said of a day not yet read
            when_free(self, self._say_what_comes)

    def _say_what_comes(self) -> None:
        from crmdesk.operations import follow_ups  # a day without anybody is no start page

        coming = self.desk.read(follow_ups.counts)["week"]
        hint = _("In the next 7 days: {count}").format(count=formats.count(coming)) if coming else ""
        self._empty.say(_("Nobody is due today."), _("Look at the customers"), hint)

    def _add_lunar(self) -> None:
        self._date.setText("  ".join(part for part in (date_line(self.desk.today), lunar_day(self.desk.today)) if part))

    def _lay_out(self) -> None:
        head = FlowLayout(spacing=12)
        head.addWidget(self._heading)
        head.addWidget(self._date)
        head.addWidget(self.changed)
        away = QHBoxLayout(self._away)
        away.setContentsMargins(14, 8, 8, 8)
        away.addWidget(self._away_text, 1)
        away.addWidget(self._away_replan)
        self._away.setProperty("card", "soft")
        self._away.hide()
        self._stack.addWidget(_side_by_side(self.list, self._side))
        self._stack.addWidget(self._empty)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._done, 1)
        foot.addWidget(self._evening)
        foot.addWidget(self._summary)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self._away)
        column.addWidget(self._stack, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.list.chosen.connect(self._side.show_item)
        self.list.entered.connect(self._write)
        self.list.pressed.connect(self._show_card)
        self.list.completed.connect(self.complete)
        self.list.moved.connect(self.reschedule)
        self.list.opened.connect(self._open)
        self.list.care.opened.connect(self.desk.customer_wanted)
        self.list.stop_wanted.connect(self.stop_following)
        self.list.replan_wanted.connect(self.replan)
        self._side.saved.connect(self.save)
        self._side.opened.connect(self._open)
        self._side.moved.connect(self.list.step)
        self._side.left.connect(self._show_list)
        self._empty.acted.connect(lambda: self.desk.page_wanted.emit("customers"))

    def _open(self, item: TodayItem) -> None:
        self.desk.customer_wanted.emit(item.customer_id)


def _ask_summary(desk: Desk, parent: QWidget) -> None:
    from crmdesk.gui.dialogs.day_summary import DaySummaryDialog

    summary = desk.read(today.day_summary)
    lines = tuple(replace(line, customer=desk.veil(line.customer)) for line in summary.lines)
    desk.prompts.run(DaySummaryDialog(replace(summary, lines=lines), desk.prompts.copy, parent))


def _done_line(plan: TodayPlan, *, presenting: bool) -> str:
    done = plan.done
    parts = [f"{label('interaction', kind)} {count}" for kind, count in done.counts.items() if count]
    if done.won_money and not presenting:
        parts.append(_("won {money}").format(money=formats.money(done.won_money)))
    said = _("Done today: {list}").format(list=" · ".join(parts)) if parts else _("Nothing noted yet today")
    return f"{said}\n{say(plan.late_sheet)}" if plan.late_sheet else said


def _side_by_side(left: QWidget, right: QWidget) -> QSplitter:
    sides = QSplitter(Qt.Orientation.Horizontal)
    sides.setObjectName("today_sides")
    sides.setChildrenCollapsible(False)
    sides.setHandleWidth(12)
    sides.addWidget(left)
    sides.addWidget(right)
    sides.setStretchFactor(0, 5)
    sides.setStretchFactor(1, 4)
    sides.setSizes([560, 470])
    return sides
