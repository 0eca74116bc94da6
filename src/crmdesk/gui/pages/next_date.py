"""When to be in touch again: a button that shows a day and offers the usual ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from crmdesk.domain.interaction import Outcome
from crmdesk.domain.spread import SUNDAY
from crmdesk.gui.desk import Desk
from crmdesk.gui.widgets.pieces import MenuButton
from crmdesk.i18n import _, translatable
from crmdesk.words import formats

Take = Callable[[date | None], None]

OFFERED: Final = (
    (1, translatable("Tomorrow")),
    (3, translatable("In 3 days")),
    (7, translatable("In a week")),
    (14, translatable("In two weeks")),
    (30, translatable("In a month")),
    (90, translatable("In three months")),
)
USUAL_DAYS: Final = 14
LONGEST_DAYS: Final = 90
_AFTER: Final = {Outcome.INTERESTED: 3, Outcome.WAIT: 14, Outcome.NOT_REACHED: 1}


def next_day(outcome: str, today: date, rhythm_days: int | None = None) -> date | None:
    """The day proposed after an outcome: a sale waits for the customer's own rhythm, a stop for nothing.

    A Sunday becomes the Monday after it, as in the plan ahead.
    """
    if outcome == Outcome.STOP:
        return None
    if outcome == Outcome.WON:
        wait = min(max(rhythm_days or 30, 7), LONGEST_DAYS)
    else:
        wait = _AFTER.get(Outcome(outcome), USUAL_DAYS) if outcome else USUAL_DAYS
    day = today + timedelta(days=wait)
    return day + timedelta(days=1) if day.weekday() == SUNDAY and wait > 1 else day


def offer_days(menu: QMenu, desk: Desk, take: Take, first: date | None = None) -> None:
    """Fill a menu with the usual days, counted from today, and a calendar. `take(day)` is called with the choice."""
    for number, (days, text) in enumerate(OFFERED, start=1):
        day = desk.today + timedelta(days=days)
        action = menu.addAction(f"&{number}  {_(text)}\t{day_text(day, desk.today)}")
        action.triggered.connect(partial(_taken, take, day))
    menu.addSeparator()
    pick = menu.addAction(_("Pick a day…"))
    pick.triggered.connect(partial(_picked, desk, take, first or desk.today + timedelta(days=1)))


def day_text(day: date, today: date) -> str:
    """A day for a button: "12-06 星期日"."""
    return f"{formats.short_day(day, today)} {formats.weekday(day)}"


class NextDate(MenuButton):
    """Shows the next day; its menu changes it. A day the user chose stays until `propose` starts anew."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent, "next_date", self._offer, "")
        self._desk = desk
        self._day: date | None = None
        self._own = False
        self.retranslate()

    def day(self) -> date | None:
        """The day shown; None: no next contact."""
        return self._day

    def is_own(self) -> bool:
        """Whether the user chose the day."""
        return self._own

    def propose(self, day: date | None, *, anew: bool = False) -> None:
        """Show a proposed day, unless the user already chose one. `anew` forgets that choice."""
        if anew:
            self._own = False
        if not self._own:
            self._day = day
            self.retranslate()

    def choose(self, day: date | None) -> None:
        """Take the user's own choice."""
        self._day, self._own = day, True
        self.retranslate()
        self.changed.emit()

    def retranslate(self) -> None:
        """Put the texts again."""
        shown = day_text(self._day, self._desk.today) if self._day else _("None")
        self.setText(shown)
        self.setAccessibleName(_("Next contact: {day}").format(day=shown))
        self.setToolTip(self._day.isoformat() if self._day else "")

    def _offer(self, menu: QMenu) -> None:
        offer_days(menu, self._desk, self.choose, self._day)
        menu.addAction(_("No next contact")).triggered.connect(partial(_taken, self.choose, None))


def _taken(take: Take, day: date | None, _checked: bool = False) -> None:
    take(day)


def _picked(desk: Desk, take: Take, first: date, _checked: bool = False) -> None:
    day = desk.prompts.ask_date(_("Next contact"), first)
    if day is not None:
        take(day)
