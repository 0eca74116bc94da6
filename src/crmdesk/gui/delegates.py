"""How a cell is painted: chips for tier and stage, money to the right, days as "3 天前"."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from crmdesk.gui.palette import Tokens, tokens_of
from crmdesk.gui.tables import KIND_ROLE, VALUE_ROLE

Index = QModelIndex | QPersistentModelIndex

CHIP_HEIGHT: Final = 20
CHIPS: Final = frozenset({"tier", "stage", "intent"})
_QUIET: Final = frozenset({"dormant", "lost"})


def tier_colours(tokens: Tokens, rank: int) -> tuple[QColor | None, QColor, QColor]:
    """Fill, border and text of a tier chip by its rank: 0 filled, 1 soft, 2 outline in green, 3 and on grey."""
    if rank == 0:
        return QColor(tokens.accent), QColor(tokens.accent), QColor(tokens.on_accent)
    if rank == 1:
        return QColor(tokens.accent_soft), QColor(tokens.accent), QColor(tokens.accent_text)
    if rank == 2:
        return None, QColor(tokens.accent), QColor(tokens.accent_text)
    return None, QColor(tokens.line_strong), QColor(tokens.muted)


def stage_colours(tokens: Tokens, stage: str) -> tuple[QColor | None, QColor, QColor]:
    """Fill, border and text of a stage chip: amber only for the quiet ones."""
    if stage == "dormant":
        return QColor(tokens.amber_soft), QColor(tokens.amber_soft), QColor(tokens.amber)
    if stage == "lost":
        return None, QColor(tokens.amber), QColor(tokens.amber)
    return QColor(tokens.grey_soft), QColor(tokens.grey_soft), QColor(tokens.text)


def tier_rank(tier: str) -> int:
    """The rank of a tier by its code: A is 0; a code that is no letter of A to E counts as a middle one."""
    return "ABCDE".find(tier) if len(tier) == 1 and tier in "ABCDE" else 1


def chip_colours(tokens: Tokens, kind: str, value: str) -> tuple[QColor | None, QColor, QColor]:
    """Fill, border and text of a chip of `kind` (tier, stage, intent)."""
    if kind == "tier":
        return tier_colours(tokens, tier_rank(value))
    if kind == "intent":
        return tier_colours(tokens, {"high": 1, "medium": 2}.get(value, 3))
    return stage_colours(tokens, value)


def paint_chip(painter: QPainter, place: QRectF, text: str, colours: tuple[QColor | None, QColor, QColor]) -> None:
    """Paint a pill with its text in the middle of `place`."""
    fill, border, ink = colours
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(border, 1.2))
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(place.adjusted(0.6, 0.6, -0.6, -0.6), place.height() / 2, place.height() / 2)
    painter.setPen(ink)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


class CellDelegate(QStyledItemDelegate):
    """Paints by the column's kind; plain text is left to the style."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """A chip carries its own text."""
        super().initStyleOption(option, index)
        if index.data(KIND_ROLE) in CHIPS:
            option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell."""
        super().paint(painter, option, index)
        kind = index.data(KIND_ROLE)
        value = index.data(VALUE_ROLE) if kind in CHIPS else None
        if value:
            self._paint_chip(painter, option, kind, value, str(index.data()))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for the chip around its text."""
        size = super().sizeHint(option, index)
        return QSize(size.width() + 24, size.height()) if index.data(KIND_ROLE) in CHIPS else size

    def _paint_chip(self, painter: QPainter, option: QStyleOptionViewItem, kind: str, value: str, text: str) -> None:
        font = QFont(option.font)
        font.setPointSizeF(font.pointSizeF() * 0.92)
        painter.save()
        painter.setFont(font)
        width = max(painter.fontMetrics().horizontalAdvance(text) + 16, CHIP_HEIGHT + 6)
        height = max(CHIP_HEIGHT, painter.fontMetrics().height() + 2)
        place = QRectF(option.rect.x() + 8, option.rect.center().y() - height / 2 + 0.5, width, height)
        place.setRight(min(place.right(), option.rect.right() - 2))
        paint_chip(painter, place, text, chip_colours(tokens_of(option.palette), kind, value))
        painter.restore()
