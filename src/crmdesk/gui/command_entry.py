"""What the command box can answer with, and how an answer is painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from crmdesk.gui.delegates import chip_colours, paint_chip
from crmdesk.gui.icons import icon
from crmdesk.gui.palette import Tokens, tokens_of

ENTRY_ROLE: Final = Qt.ItemDataRole.UserRole
_HEIGHT: Final = 36


@dataclass(frozen=True)
class Entry:
    """One answer: a customer, a saved view, a command, or the list of all matches."""

    kind: str  # "customer", "view", "command", "all"
    text: str
    detail: str
    icon: str
    target: int | str
    tier: str = ""


class EntryDelegate(QStyledItemDelegate):
    """Icon, text, and what tells it from its like at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One line, high enough for a finger."""
        return QSize(200, max(_HEIGHT, option.fontMetrics.height() + 16))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint an answer."""
        entry: Entry = index.data(ENTRY_ROLE)
        tokens = tokens_of(option.palette)
        place: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_soft))
            painter.drawRoundedRect(QRectF(place.adjusted(0, 1, 0, -1)), 8, 8)
        picture = icon(entry.icon, tokens, "muted")
        picture.paint(painter, QRect(place.x() + 10, place.center().y() - 8, 18, 18))
        self._paint_words(painter, place.adjusted(40, 0, -12, 0), entry, tokens)
        painter.restore()

    def _paint_words(self, painter: QPainter, place: QRect, entry: Entry, tokens: Tokens) -> None:
        metrics = painter.fontMetrics()
        detail = metrics.horizontalAdvance(entry.detail)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, entry.detail)
        room = place.adjusted(0, 0, -detail - 16 - (34 if entry.tier else 0), 0)
        painter.setPen(QColor(tokens.text))
        font = QFont(painter.font())
        font.setWeight(QFont.Weight.Medium if entry.kind == "customer" else QFont.Weight.Normal)
        painter.setFont(font)
        text = metrics.elidedText(entry.text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        if entry.tier:
            chip = QRectF(room.x() + metrics.horizontalAdvance(text) + 10, room.center().y() - 9.5, 26, 20)
            paint_chip(painter, chip, entry.tier, chip_colours(tokens, "tier", entry.tier))
