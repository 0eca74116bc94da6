"""The customer's rhythm as one painted line: every purchase day, today, and when the next one is to be expected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from crmdesk.gui.palette import Tokens, tokens_of
from crmdesk.i18n import _
from crmdesk.words import formats

LONGEST_DAYS: Final = 730  # older purchases would squeeze the recent ones into a smear
_MARGIN: Final = 10
_HALF: Final = 7  # half the height of a purchase's tick
_LATE: Final = 1.5  # of the usual interval: from here on the customer is off rhythm


class RhythmStrip(QWidget):
    """A line of time. Amber lies between the day the customer was expected and today."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rhythm_strip")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._days: tuple[date, ...] = ()
        self._today = date.min
        self._rhythm: int | None = None
        self._mark = ""

    def show_days(self, days: Sequence[date], today: date, rhythm_days: int | None, *, as_of: bool = False) -> None:
        """Show purchase days (ascending), today, and the day that `rhythm_days` after the last one gives.

        `as_of`: the data end long ago, and `today` is the day that the figures are as of; it is then named.
        """
        self._mark = today.isoformat() if as_of else ""
        self._days = tuple(day for day in days if today - timedelta(days=LONGEST_DAYS) <= day <= today)
        self._today, self._rhythm = today, rhythm_days
        self.setAccessibleName(self.sentence())
        self.setToolTip(self.sentence())
        self.update()

    def expected(self) -> date | None:
        """The day of the next purchase by the customer's own rhythm."""
        return self._days[-1] + timedelta(days=self._rhythm) if self._days and self._rhythm else None

    def tells(self) -> bool:
        """Whether there is a rhythm to be seen: two purchases at least."""
        return len(self._days) > 1

    def sentence(self) -> str:
        """What the strip shows, in words."""
        if not self._days:
            return ""
        last = formats.ago(self._days[-1], self._today)
        text = _("{count} purchase days, the last {ago}").format(count=len(self._days), ago=last)
        expected = self.expected()
        return f"{text} · {_('expected {day}').format(day=expected.isoformat())}" if expected else text

    def sizeHint(self) -> QSize:
        """One line with its words under it."""
        return QSize(240, 2 * _HALF + self.fontMetrics().height() + 10)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint line, gap, ticks, today, the expected day."""
        if not self._days:
            return
        tokens = tokens_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y = _HALF + 3.0
        painter.setPen(QPen(QColor(tokens.line_strong), 1))
        painter.drawLine(QPointF(_MARGIN, y), QPointF(self.width() - _MARGIN, y))
        self._paint_gap(painter, tokens, y)
        self._paint_purchases(painter, tokens, y)
        self._paint_marks(painter, tokens, y)
        painter.end()

    def _span(self) -> tuple[date, date]:
        ends = [self._today, *(day for day in (self.expected(),) if day)]
        return self._days[0], max(ends)

    def _x(self, day: date) -> float:
        first, last = self._span()
        width = self.width() - 2 * _MARGIN
        return _MARGIN + width * ((day - first).days / max((last - first).days, 1))

    def _paint_gap(self, painter: QPainter, tokens: Tokens, y: float) -> None:
        expected = self.expected()
        if expected is None or (self._today - self._days[-1]).days < _LATE * (self._rhythm or 0):
            return
        left, right = self._x(expected), self._x(self._today)
        painter.fillRect(QRectF(left, y - 3, right - left, 6), QColor(tokens.amber_soft))
        painter.setPen(QPen(QColor(tokens.amber), 2))
        painter.drawLine(QPointF(left, y), QPointF(right, y))

    def _paint_purchases(self, painter: QPainter, tokens: Tokens, y: float) -> None:
        painter.setPen(QPen(QColor(tokens.accent), 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for day in self._days:
            x = self._x(day)
            painter.drawLine(QPointF(x, y - _HALF + 1), QPointF(x, y + _HALF - 1))

    def _paint_marks(self, painter: QPainter, tokens: Tokens, y: float) -> None:
        today, expected = self._x(self._today), self.expected()
        painter.setPen(QPen(QColor(tokens.text), 1.4))
        painter.drawLine(QPointF(today, y - _HALF), QPointF(today, y + _HALF + 2))
        taken = [self._label(painter, tokens.text, self._mark or _("today"), today, [])]
        if expected is not None:
            x = self._x(expected)
            late = expected < self._today
            painter.setPen(QPen(QColor(tokens.amber if late else tokens.accent), 1.6))
            painter.setBrush(QColor(tokens.surface))
            painter.drawPolygon(QPolygonF([QPointF(x, y - 5), QPointF(x + 5, y), QPointF(x, y + 5), QPointF(x - 5, y)]))
            text = _("expected {day}").format(day=formats.short_day(expected, self._today))
            taken.append(self._label(painter, tokens.amber if late else tokens.muted, text, x, taken))
        self._label(painter, tokens.muted, self._days[0].strftime("%Y-%m"), _MARGIN, taken)

    def _label(self, painter: QPainter, colour: str, text: str, x: float, taken: list[QRectF]) -> QRectF:
        """Write a word under the line where there is room for it; words never lie on one another."""
        width = painter.fontMetrics().horizontalAdvance(text)
        left = min(max(x - width / 2, 0.0), self.width() - width)
        place = QRectF(left, 2 * _HALF + 6, width, painter.fontMetrics().height())
        for other in taken:
            if place.adjusted(-6, 0, 6, 0).intersects(other):
                place.moveRight(other.left() - 8) if x <= other.center().x() else place.moveLeft(other.right() + 8)
        if place.left() < 0 or place.right() > self.width() or any(place.intersects(other) for other in taken):
            return QRectF()
        painter.setPen(QColor(colour))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
        return place
