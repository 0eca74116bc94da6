"""The steps of the wizard in one line: what is done, where one stands, what is still to come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from crmdesk.gui.icons import pixmap
from crmdesk.gui.palette import tokens_of

GAP = 10
RULE = 28


class StepStrip(QWidget):
    """① 看懂了这些 — ② 会这样导入 — ③ 正在导入 — ④ 好了."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("import_steps")
        self._texts: Sequence[str] = ()
        self._at = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def say(self, texts: Sequence[str], at: int) -> None:
        """Show these steps; those before `at` are done."""
        self._texts, self._at = texts, at
        self.setAccessibleName(f"{at + 1}/{len(texts)} {texts[at]}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for all steps in one line."""
        font = QFontMetrics(self._bold())
        words = sum(font.horizontalAdvance(text) for text in self._texts)
        return QSize(words + len(self._texts) * (self._disc() + RULE + 3 * GAP), self._disc() + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A disc with the number (a tick once done), the words, a line to the next."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = 0.0
        for place, text in enumerate(self._texts):
            x = self._paint_step(painter, x, place, text)
            if place < len(self._texts) - 1:
                painter.setPen(QPen(QColor(tokens_of(self.palette()).edge), 1))
                middle = self.height() / 2
                painter.drawLine(round(x), round(middle), round(x + RULE), round(middle))
                x += RULE + GAP
        painter.end()

    def _paint_step(self, painter: QPainter, x: float, place: int, text: str) -> float:
        tokens = tokens_of(self.palette())
        here, past = place == self._at, place < self._at
        size = self._disc()
        disc = QRectF(x + 1, (self.height() - size) / 2, size, size)
        painter.setPen(QPen(QColor(tokens.accent if here or past else tokens.edge), 1.4))
        painter.setBrush(QColor(tokens.accent if here else tokens.accent_soft if past else tokens.window))
        painter.drawEllipse(disc)
        painter.setFont(self._bold() if here else self.font())
        if past:
            mark = pixmap("check", tokens.accent_text, round(size * 0.62), self.devicePixelRatioF())
            inset = size * 0.19
            painter.drawPixmap(disc.adjusted(inset, inset, -inset, -inset), mark, QRectF(mark.rect()))
        else:
            painter.setPen(QColor(tokens.on_accent if here else tokens.muted))
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(place + 1))
        painter.setPen(QColor(tokens.text if here else tokens.muted))
        width = painter.fontMetrics().horizontalAdvance(text)
        words = QRectF(disc.right() + GAP * 0.8, 0, width + 2, self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)
        return words.right() + GAP

    def _disc(self) -> int:
        return self.fontMetrics().height() + 4

    def _bold(self) -> QFont:
        font = self.font()
        font.setBold(True)
        return font
