"""The left side of 今天: the promises, those to contact, and the rest in one line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from crmdesk.domain.attention import TodayItem, TodayPlan
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.flow import FlowLayout
from crmdesk.gui.pages.today_care import CareDays
from crmdesk.gui.pages.today_row import TodayRow
from crmdesk.gui.widgets.pieces import button, clear_layout, text_label
from crmdesk.i18n import _

_NEXT = (Qt.Key.Key_Down, Qt.Key.Key_J)
_BEFORE = (Qt.Key.Key_Up, Qt.Key.Key_K)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TodayList(QScrollArea):
    """Rows in sections. One row is chosen; J and K or the arrows move, Enter goes to writing."""

    chosen = Signal(object)  # TodayItem or None
    entered = Signal()  # Enter: to the note box
    pressed = Signal()  # a row was clicked
    completed = Signal(object)
    moved = Signal(object, object)
    opened = Signal(object)
    replan_wanted = Signal()
    stop_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("today_list")
        self.setMinimumWidth(260)
        self._desk = desk
        self._rows: list[TodayRow] = []
        self._current = -1
        body = QWidget(self)
        body.setObjectName("today_body")
        self.care = CareDays(desk, body)
        self.care.reached.connect(lambda link: self.ensureWidgetVisible(link))
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        whole = QVBoxLayout(body)
        whole.setContentsMargins(0, 0, 8, 8)
        whole.setSpacing(2)
        whole.addLayout(self._column)
        whole.addWidget(self.care)
        whole.addStretch(1)
        self.setWidget(body)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_plan(self, plan: TodayPlan, cap: int) -> None:
        """Show the day anew; the chosen customer stays chosen, else the one that took its place."""
        kept, place = self.current(), max(self._current, 0)
        clear_layout(self._column)
        self._rows = []
        self._current = -1
        self._add_section(_("Promised ({count})").format(count=len(plan.promises)), plan.promises)
        due = _("To contact ({count} / at most {cap} a day)").format(count=len(plan.due), cap=cap)
        self._add_section(due, plan.due)
        if plan.unhurried:
            self._add_rest(plan.unhurried)
        same = [n for n, row in enumerate(self._rows) if kept and row.item.customer_id == kept.customer_id]
        self.choose(same[0] if same else min(place, len(self._rows) - 1), scroll=False)

    def items(self) -> list[TodayItem]:
        """All rows' items, from top to bottom."""
        return [row.item for row in self._rows]

    def current(self) -> TodayItem | None:
        """The chosen row's item."""
        return self._rows[self._current].item if 0 <= self._current < len(self._rows) else None

    def choose(self, number: int, *, scroll: bool = True) -> None:
        """Choose a row by its number, -1 for none."""
        if 0 <= self._current < len(self._rows):
            self._rows[self._current].set_chosen(False)
        self._current = number
        if 0 <= number < len(self._rows):
            self._rows[number].set_chosen(True)
            self._rows[number].ring(self.hasFocus())
            self.setAccessibleName(self._rows[number].accessibleName())
            if scroll:
                self.ensureWidgetVisible(self._rows[number], 0, 24)
        self.chosen.emit(self.current())

    def step(self, by: int) -> None:
        """Choose the row before or after."""
        if self._rows:
            self.choose(min(max(self._current + by, 0), len(self._rows) - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """J, K and the arrows move; Enter writes; O opens; X is 不再跟进."""
        item = self.current()
        if event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            super().keyPressEvent(event)
        elif event.key() in _NEXT:
            self.step(1)
        elif event.key() in _BEFORE:
            self.step(-1)
        elif item is not None and event.key() in _ENTER:
            self.entered.emit()
        elif item is not None and event.key() == Qt.Key.Key_O:
            self.opened.emit(item)
        elif item is not None and event.key() == Qt.Key.Key_X:
            self.stop_wanted.emit(item)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming here by Tab, something is chosen."""
        super().focusInEvent(event)
        if self._rows and self._current < 0:
            self.choose(0)
        self._ring(on=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes with the focus; who was chosen stays so."""
        super().focusOutEvent(event)
        self._ring(on=False)

    def _ring(self, *, on: bool) -> None:
        if 0 <= self._current < len(self._rows):
            self._rows[self._current].ring(on)

    def _add_section(self, heading: str, items: Sequence[TodayItem]) -> None:
        if not items:
            return
        head = text_label(self, "heading", wrap=True)
        head.setText(heading)
        head.setContentsMargins(12, 10, 0, 2)
        self._column.addWidget(head)
        for item in items:
            row = TodayRow(self._desk, item, self)
            number = len(self._rows)
            row.pressed.connect(lambda number=number: self._pressed(number))
            row.completed.connect(self.completed)
            row.moved.connect(self.moved)
            row.opened.connect(self.opened)
            self._rows.append(row)
            self._column.addWidget(row)

    def _add_rest(self, count: int) -> None:
        text = text_label(self, "muted", "unhurried")
        text.setText(_("{count} more that can wait").format(count=count))
        replan = button(self, "replan", self.replan_wanted.emit, "link")
        replan.setText(_("Re-plan"))
        row = FlowLayout()
        row.setContentsMargins(12, 4, 8, 4)
        row.addWidget(text)
        row.addWidget(replan)
        self._column.addLayout(row)

    def _pressed(self, number: int) -> None:
        self.setFocus()
        self.choose(number)
        self.pressed.emit()
