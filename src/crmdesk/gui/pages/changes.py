"""谁变了: every change of tier and stage with its reason, the newest first; one click away from the customer."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from crmdesk.domain.changes import Changes
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.page import Page
from crmdesk.gui.widgets.pieces import Blank, button, clear_layout, text_label
from crmdesk.i18n import _
from crmdesk.operations import fairness
from crmdesk.words import formats
from crmdesk.words.labels import label
from crmdesk.words.phrases import say

if TYPE_CHECKING:
    from crmdesk.domain.fairness import Feed
    from crmdesk.domain.passport import TierMove
    from crmdesk.progress import Progress

SPANS: Final = (7, 30, 90)  # days to look back
SHOWN: Final = 100  # rows; further back is for the report


class ChangesPage(Page):
    """Tiers or stages of the last days."""

    name = "changes"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._feed: Feed | None = None
        self._days = SPANS[1]
        self._waiting = False
        self._heading = text_label(self, "title", "changes_title")
        self._told = text_label(self, "muted", "changes_told", wrap=True)
        self._spans = QButtonGroup(self)
        self._nothing = Blank(self, "changes_nothing", "history")
        self._inside = QWidget(self)
        self._rows = QVBoxLayout(self._inside)
        self._rows.setContentsMargins(0, 0, 8, 8)
        self._rows.setSpacing(6)
        # Rows that arrive while the window is laid out are told to no scroll area: they keep their height themselves.
        self._rows.setSizeConstraint(QLayout.SizeConstraint.SetMinimumSize)
        self._lay_out()
        self.retranslate()

    def title(self) -> str:
        """谁变了."""
        return _("What changed")

    def ready(self) -> bool:
        """Whether the list has arrived."""
        return not self._waiting

    def refresh(self, changes: Changes | None) -> None:
        """Read the changes anew, off the window's thread: a file has thousands."""
        self._read_feed()

    def retranslate(self) -> None:
        """Put the texts again."""
        self._heading.setText(_("What changed"))
        for days in SPANS:
            span = self._spans.button(days)
            span.setText(formats.days(days))
            # The chosen one is bold, and may not be cut for it.
            span.setMinimumWidth(span.sizeHint().width() + span.fontMetrics().height() // 2)
        self._show()

    def moves(self) -> list[tuple[str, TierMove]]:
        """What is listed: kind and change, the newest first; while somebody looks on, no tiers."""
        feed = self._feed
        if feed is None:
            return []
        found = [] if self.desk.presenting else [("tier", move) for move in feed.tiers]
        found += [("stage", move) for move in feed.stages]
        # A new customer's first standing is no change of anything.
        return sorted((one for one in found if one[1].old), key=lambda one: one[1].on, reverse=True)

    def _look_back(self, days: int) -> None:
        self._days = days
        self._read_feed()

    def _read_feed(self) -> None:
        database = self.desk.database
        if database is None:
            return
        since, self._waiting = self.desk.today - timedelta(days=self._days), True

        def work(_progress: Progress) -> Feed:
            return fairness.changes_since(database, since)

        def arrived(feed: Feed) -> None:
            self._waiting = False
            if database is self.desk.database and feed.since == self.desk.today - timedelta(days=self._days):
                self._feed = feed
                self._show()

        def failed(error: Exception) -> None:
            self._waiting = False
            self.desk.tell_error(error)

        self.desk.run(work, done=arrived, failed=failed)

    def _show(self) -> None:
        clear_layout(self._rows)
        moves = self.moves()
        tiers = sum(kind == "tier" for kind, _move in moves)
        told = _("Tiers: {tiers} changes. Stages: {stages} changes").format(tiers=tiers, stages=len(moves) - tiers)
        self._told.setText(told)
        self._nothing.show_words(_("Nothing changed in this time"), _("Who moves to another tier or stage stands here"))
        self._nothing.setVisible(not moves and self._feed is not None)
        for part in (self._told, self._scroll):
            part.setVisible(bool(moves))
        day: date | None = None
        for kind, move in moves[:SHOWN]:
            if move.on != day:
                day = move.on
                heading = text_label(self._inside, "heading")
                heading.setText(f"{formats.short_day(day, self.desk.today)}  {formats.ago(day, self.desk.today)}")
                self._rows.addWidget(heading)
            self._rows.addLayout(self._row(kind, move))
        if len(moves) > SHOWN:
            rest = text_label(self._inside, "small")
            rest.setText(_("and {count} more").format(count=len(moves) - SHOWN))
            self._rows.addWidget(rest)
        self._rows.addStretch(1)

    def _row(self, kind: str, move: TierMove) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        name = button(self._inside, f"changed_{move.customer_id}", partial(self._open, move.customer_id), "link")
        name.setText(self.desk.veil(move.name))
        name.setFixedWidth(220)
        step = text_label(self._inside, "muted")
        step.setText(f"{label('timeline', kind)} {label(kind, move.old)} → {label(kind, move.new)}")
        step.setFixedWidth(max(200, step.sizeHint().width()))  # large text needs more
        why = text_label(self._inside, wrap=True)
        why.setText(say(move.reason))
        row.addWidget(name)
        row.addWidget(step)
        row.addWidget(why, 1)
        return row

    def _open(self, customer_id: int) -> None:
        self.desk.customer_wanted.emit(customer_id)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._heading)
        head.addStretch(1)
        for days in SPANS:
            span = button(self, f"changes_{days}", partial(self._look_back, days), "segment")
            span.setCheckable(True)
            span.setChecked(days == self._days)
            self._spans.addButton(span, days)
            head.addWidget(span)
        self._scroll = scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields are what one goes to
        scroll.setWidget(self._inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self._told)
        column.addWidget(scroll, 1)
        column.addWidget(self._nothing, 1)
        column.addStretch()  # until the list has arrived
