"""How much room there is: counted in lines of text, so that large text and a small screen come to the same."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

ICON_RAIL: Final = 40.0  # widths in lines: below these the rail shows icons only,
TWO_SIDES: Final = 33.0  # a list and a card no longer stand side by side,
ONE_HEAD: Final = 46.0  # the filters take a line of their own,
ONE_COLUMN: Final = 47.0  # two columns of charts, or of rules and their preview, stand one below the other,
LIST_AND_CARD: Final = 41.0  # the customer list has the page for itself
_ANY: Final = QSize(16_777_215, 16_777_215)  # Qt's own limit
_LEAST_HEIGHT: Final = 160  # pixels: what a page that scrolls still shows


def lines(widget: QWidget, count: float) -> int:
    """The width or height in pixels of so many lines of the widget's text."""
    return round(widget.fontMetrics().height() * count)


def narrow(widget: QWidget, below: float) -> bool:
    """Whether a widget is narrower than so many lines are high."""
    return widget.width() < lines(widget, below)


class _Least(QVBoxLayout):
    """Asks for the least height that its width needs; Qt's own scroll area would give the height that is liked."""

    def hasHeightForWidth(self) -> bool:
        """The height is told by `minimumSize`."""
        return False

    def minimumSize(self) -> QSize:
        """The least width, and the least height at the width there is."""
        least, width = super().minimumSize(), self.geometry().width()
        item = self.itemAt(0)
        inside = item.widget() if item is not None else None
        layout = inside.layout() if inside is not None else None
        if layout is not None and width and layout.hasHeightForWidth():
            least = least.expandedTo(QSize(0, layout.minimumHeightForWidth(width)))
        return least


class LowFrame(QScrollArea):
    """Gives its only widget the room there is; where that is too low, the widget keeps its least height and scrolls."""

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.inside = inside
        self._around = QWidget(self)
        around = _Least(self._around)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(inside)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setWidget(self._around)

    def minimumSizeHint(self) -> QSize:
        """Never narrower than what it holds: nothing is cut at the side."""
        return QSize(self._around.minimumSizeHint().width(), _LEAST_HEIGHT)

    def sizeHint(self) -> QSize:
        """As what it holds."""
        return self._around.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the room on."""
        super().resizeEvent(event)
        super().resizeEvent(event)  # by the new width: only then is it known which lines break


class HoldsHeight(QFrame):
    """Never lower than its words need at its width. A splitter does not ask for that, and would squeeze them."""

    def event(self, event: QEvent) -> bool:
        """Reckon the least height anew where the width or what it holds has changed."""
        done = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            layout = self.layout()
            if layout is not None and layout.hasHeightForWidth():
                self.setMinimumHeight(layout.totalMinimumHeightForWidth(self.width()))
        return done


def fit_screen(dialog: QDialog) -> None:
    """Give a dialog the size that its words need; where the screen is smaller, what it holds scrolls."""
    room = dialog.screen().availableSize() - QSize(0, lines(dialog, 2.5))  # the system's title bar
    dialog.ensurePolished()
    wanted, layout = _wanted(dialog), dialog.layout()
    least = dialog.minimumSizeHint().expandedTo(dialog.minimumSize())
    if layout is not None and (least.width() > room.width() or least.height() > room.height()):
        inside = QWidget(dialog)
        inside.setMinimumSize(dialog.minimumSize())
        inside.setLayout(layout)  # which takes the layout and what lies in it away from the dialog
        dialog.setMinimumSize(QSize(0, 0))
        dialog.setMaximumSize(_ANY)
        around = QVBoxLayout(dialog)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(LowFrame(inside, dialog))
    dialog.resize(wanted.boundedTo(room))


def _wanted(dialog: QDialog) -> QSize:
    """The size that was set, else what the words need: Qt would give no more than two thirds of the screen."""
    layout = dialog.layout()
    own = dialog.testAttribute(Qt.WidgetAttribute.WA_Resized)
    wanted = dialog.size() if own else dialog.sizeHint()
    wanted = wanted.expandedTo(dialog.minimumSizeHint()).expandedTo(dialog.minimumSize())
    wanted = wanted.boundedTo(dialog.maximumSize())
    if layout is not None and layout.hasHeightForWidth():
        wanted.setHeight(max(wanted.height() if own else 0, layout.totalMinimumHeightForWidth(wanted.width())))
    return wanted
