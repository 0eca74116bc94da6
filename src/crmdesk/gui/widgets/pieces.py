"""Small parts that pages and dialogs are put together from: texts, chips, quiet buttons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from crmdesk.gui.delegates import CHIP_HEIGHT, chip_colours, paint_chip
from crmdesk.gui.icons import set_icon
from crmdesk.gui.palette import tokens_of
from crmdesk.gui.plain_text import plain_tip
from crmdesk.words.labels import label

_CHIP_PADDING = 9
BLANK_ICON = 40  # pixels


def text_label(parent: QWidget, role: str = "", name: str = "", *, wrap: bool = False) -> QLabel:
    """A label whose look the style sheet takes from its `role` (title, heading, muted, small, red, amber, accent)."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if name:
        made.setObjectName(name)
    return made


def line(parent: QWidget) -> QFrame:
    """A hairline between two parts."""
    made = QFrame(parent)
    made.setProperty("rule", True)
    return made


def button(parent: QWidget, name: str, clicked: Callable[[], object], look: str = "quiet") -> QPushButton:
    """A button; `look` is quiet, link, chip, segment, primary, or "" for a framed one."""
    made = QPushButton(parent)
    made.setObjectName(name)
    if look:
        made.setProperty(look, True)
    made.clicked.connect(lambda _checked=False: clicked())
    return made


class MenuButton(QPushButton):
    """A button that opens a menu, filled by `fill(menu)` as it opens. Checked means "in use"; no click checks it."""

    def __init__(
        self, parent: QWidget, name: str, fill: Callable[[QMenu], object] | None = None, look: str = "quiet"
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.drop = QMenu(self)
        self._fill = fill
        self._look = look
        if look:
            self.setProperty(look, True)
        if look == "link":
            # A link carries its arrow in its text, close to the word.
            self.clicked.connect(lambda _checked=False: self.open())
        else:
            self.setProperty("menu", True)
            self.setMenu(self.drop)
        self.drop.aboutToShow.connect(self.fill)

    def say(self, text: str) -> None:
        """Put the words."""
        self.setText(f"{text} ▾" if self._look == "link" else text)
        self.setAccessibleName(text)

    def open(self) -> None:
        """Open the menu, as a click does."""
        if self._look != "link":
            self.showMenu()
            return
        self.drop.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def fill(self) -> None:
        """Fill the menu anew; tests read it afterwards."""
        if self._fill is not None:
            self.drop.clear()
            self._fill(self.drop)

    def nextCheckState(self) -> None:
        """Only the program marks the button."""


def clear_layout(layout: QLayout) -> None:
    """Take every widget out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear_layout(inner)


class Elided(QLabel):
    """One line of text that ends in "…" where it does not fit; the tooltip then holds all of it."""

    def __init__(self, parent: QWidget, role: str = "", *, bold: bool = False) -> None:
        super().__init__(parent)
        self._full = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        if bold:
            font = self.font()
            font.setBold(True)
            self.setFont(font)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if role:
            self.setProperty("role", role)

    def set_full(self, text: str) -> None:
        """Show `text` as far as there is room."""
        self._full = text
        self.setAccessibleName(text)
        self._fit()

    def hug(self) -> None:
        """Be no wider than the text, so that what follows stands beside it."""
        width = self.fontMetrics().horizontalAdvance(self._full) + 4
        self.setMinimumWidth(min(width, 60))
        self.setMaximumWidth(width)

    def full(self) -> str:
        """The whole text."""
        return self._full

    def minimumSizeHint(self) -> QSize:
        """It may shrink to a few letters."""
        return QSize(40, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, self.contentsRect().width())
        self.setText(shown)
        self.setToolTip(plain_tip(self._full) if shown != self._full else "")


class Chip(QWidget):
    """A pill for a tier, a stage or an intent; hidden while it has no value."""

    def __init__(self, kind: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"chip_{kind}")
        self._kind = kind
        self._value = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def set_value(self, value: str | None) -> None:
        """Show a code in words; None or "" hides the chip."""
        self._value = value or ""
        self.setVisible(bool(self._value))
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()

    def value(self) -> str:
        """The code shown."""
        return self._value

    def text(self) -> str:
        """The words shown."""
        return label(self._kind, self._value)

    def sizeHint(self) -> QSize:
        """Room for the words in a pill."""
        width = QFontMetricsF(self.font()).horizontalAdvance(self.text()) + 2 * _CHIP_PADDING
        height = max(CHIP_HEIGHT, self.fontMetrics().height() + 4)
        return QSize(max(round(width), CHIP_HEIGHT + 6), height)

    def minimumSizeHint(self) -> QSize:
        """A chip is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the pill as the tables do."""
        painter = QPainter(self)
        colours = chip_colours(tokens_of(self.palette()), self._kind, self._value)
        paint_chip(painter, QRectF(self.rect()), self.text(), colours)
        painter.end()


class Clickable(QFrame):
    """A frame that tells when it is pressed, and is marked while it is chosen or under the mouse."""

    pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._chosen = self._ringed = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def mark(self, chosen: bool) -> None:
        """Paint it as the chosen one."""
        self._chosen = chosen
        self.update()

    def ring(self, on: bool) -> None:
        """Draw a ring: the keys go here."""
        self._ringed = on
        self.update()

    def chosen(self) -> bool:
        """Whether it is marked."""
        return self._chosen

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell of the left button."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A soft ground, and a bar at the left that does not rely on the colour."""
        if not self._chosen and not self.underMouse():
            return
        tokens = tokens_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.selected if self._chosen else tokens.hover))
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        if self._chosen:
            painter.setBrush(QColor(tokens.accent))
            painter.drawRoundedRect(QRectF(0, 8, 3, self.height() - 16), 1.5, 1.5)
        if self._chosen and self._ringed:
            painter.setPen(QColor(tokens.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.end()


class Blank(QWidget):
    """A picture, a sentence and perhaps a quieter one: a place that is empty, and is meant to be."""

    def __init__(self, parent: QWidget, name: str, picture: str = "") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._wanted = picture
        self._picture = text_label(self)
        self._picture.setVisible(bool(picture))
        self.sentence = text_label(self, "heading", f"{name}_sentence", wrap=True)
        self.hint = text_label(self, "muted", f"{name}_hint", wrap=True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 24, 24, 24)
        self.column.setSpacing(8)
        self.column.addStretch(2)
        for part in (self._picture, self.sentence, self.hint):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.column.addWidget(part)
        self.column.addStretch(3)

    def show_words(self, sentence: str, hint: str = "") -> None:
        """Put the sentence, and what more there is to say."""
        self.sentence.setText(sentence)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))

    def showEvent(self, event: QShowEvent) -> None:
        """The picture is drawn when somebody sees it: a page that is full never needs it."""
        super().showEvent(event)
        if self._wanted:
            set_icon(self._picture, self._wanted, "muted", BLANK_ICON)
            self._wanted = ""


class EmptyState(Blank):
    """A sentence and one button, where there is nothing to show."""

    acted = Signal()

    def __init__(self, parent: QWidget, name: str, picture: str = "") -> None:
        super().__init__(parent, name, picture)
        self.button = QPushButton(self)
        self.button.setObjectName(f"{name}_button")
        self.button.setProperty("primary", True)
        self.button.clicked.connect(lambda _checked=False: self.acted.emit())
        words = self.column.indexOf(self.hint) + 1
        self.column.insertSpacing(words, 8)
        self.column.insertWidget(words + 1, self.button, 0, Qt.AlignmentFlag.AlignHCenter)

    def say(self, sentence: str, verb: str, hint: str = "") -> None:
        """Put the sentence and the button's verb."""
        self.show_words(sentence, hint)
        self.button.setText(verb)
