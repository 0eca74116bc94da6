"""What the frame says about the file: what waits where, as of which day the figures stand, when it was saved."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from crmdesk.gui.desk import Desk
from crmdesk.i18n import _

_SETTLED: Final = 150  # milliseconds without another change


class Overview(NamedTuple):
    """Counts for the rail, the day of the figures, the state of the file."""

    today: int
    follow_ups: int
    as_of: date
    as_of_today: bool
    saved_at: datetime | None
    backed_up_at: datetime | None
    verified: bool


class Overseer(QObject):
    """Reads the overview on the job thread, a moment after things changed, so no click waits for it."""

    read = Signal(object)  # Overview

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLED)
        self._timer.timeout.connect(self.look)
        desk.changed.connect(lambda _changes: self._timer.start())
        desk.settings_changed.connect(lambda _settings: self._timer.start())

    def look(self) -> None:
        """Read now."""
        desk = self._desk
        if desk.database is None or desk.working:
            return
        database, cap = desk.database, desk.settings.daily_cap
        desk.run(lambda _progress: _read(database, cap), done=self._tell, failed=lambda _error: None)

    def _tell(self, overview: Overview) -> None:
        if self._desk.database is not None:
            self.read.emit(overview)


def banner_words(desk: Desk, overview: Overview | None) -> tuple[str, str]:
    """What the banner says of the file and the verb of its button; "" where there is nothing to say."""
    database = desk.database
    if database is None:
        return "", ""
    if desk.working:
        return _("You can look around; editing waits until this is done"), ""
    if database.read_only:
        from crmdesk.words.phrases import say

        return say(database.notice) if database.notice else _("This file is open for reading only"), ""
    if overview is not None and not overview.as_of_today:
        from crmdesk.words.formats import day

        told = _("Your data ends on {day}: all figures are as of that day").format(day=day(overview.as_of))
        return told, _("Reckon as of today")
    return "", ""


def _read(database: Any, cap: int) -> Overview:  # noqa: ANN401 -- see Desk.database
    from crmdesk.operations import files, follow_ups, tiers, today

    plan = today.today_plan(database, cap)
    waiting = follow_ups.counts(database)
    as_of, is_today = tiers.as_of_day(database)
    state = files.save_state(database)
    return Overview(
        today=len(plan.promises) + len(plan.due),
        follow_ups=waiting.get("overdue", 0) + waiting.get("today", 0),
        as_of=as_of,
        as_of_today=is_today,
        saved_at=state.saved_at,
        backed_up_at=state.backed_up_at,
        verified=state.verified,
    )
