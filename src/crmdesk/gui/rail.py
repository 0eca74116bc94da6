"""The rail at the left: the file's menu, the places with what waits there, import and export, settings."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from crmdesk.gui.actions import Actions
from crmdesk.gui.icons import set_icon
from crmdesk.gui.palette import tokens_of
from crmdesk.gui.room import ICON_RAIL, narrow
from crmdesk.i18n import _
from crmdesk.paths import resource

PLACES: Final = ("today", "customers", "follow_ups", "insight")
BELOW: Final = ("import", "export", "settings")
_WIDTH: Final = 172
_ICON: Final = 20  # pixels


class RailButton(QToolButton):
    """An entry of the rail; a number beside it says how much waits there."""

    def __init__(self, name: str, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._waiting = 0
        self._words = ""
        self._narrow = False
        self.setObjectName(f"rail_{name}")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoRaise(True)
        set_icon(self, icon, "muted", _ICON)

    def set_waiting(self, count: int) -> None:
        """Show a count; 0 shows nothing."""
        self._waiting = count
        self.setAccessibleDescription(str(count) if count else "")
        self.update()

    def say(self, words: str) -> None:
        """Put the words; a narrow rail keeps them for the tooltip."""
        self._words = words
        self.setAccessibleName(words)
        self.setText("" if self._narrow else "  " + words)

    def narrow(self, on: bool) -> None:
        """Show the icon only."""
        self._narrow = on
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(style.ToolButtonIconOnly if on else style.ToolButtonTextBesideIcon)
        self.say(self._words)

    def waiting(self) -> int:
        """The count shown."""
        return self._waiting

    def sizeHint(self) -> QSize:
        """As the style says, and never lower than a finger likes."""
        size = super().sizeHint()
        return QSize(size.width() + (12 if self._narrow else 44), max(size.height(), 38))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button, and the count as a pill at its right end."""
        super().paintEvent(event)
        if not self._waiting:
            return
        text = str(self._waiting) if self._waiting < 1000 else "999+"
        tokens = tokens_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.88)
        font.setBold(True)
        painter.setFont(font)
        height = painter.fontMetrics().height() + 3
        width = max(painter.fontMetrics().horizontalAdvance(text) + 12, height)
        place = QRectF(self.width() - width - 10, (self.height() - height) / 2, width, height)
        if self._narrow:
            place.moveTopRight(QPointF(self.width() - 1.0, 1.0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent if self.isChecked() else tokens.grey_soft))
        painter.drawRoundedRect(place, height / 2, height / 2)
        painter.setPen(QColor(tokens.on_accent if self.isChecked() else tokens.muted))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()


class Rail(QFrame):
    """Places on top, doors in and out at the bottom."""

    def __init__(self, actions: Actions, file_menu: QMenu, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self._actions = actions
        self._menu = file_menu
        self._buttons: dict[str, RailButton] = {}
        self._narrow = False
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 14, 10, 12)
        column.setSpacing(2)
        self._file = self._file_button(file_menu)
        head = QHBoxLayout()
        head.setContentsMargins(4, 0, 0, 0)
        head.addWidget(self._file)
        column.addLayout(head)
        column.addSpacing(14)
        for name in PLACES:
            column.addWidget(self._entry(name, checkable=True))
        column.addStretch(1)
        for name in BELOW:
            column.addWidget(self._entry(name, checkable=name == "settings"))
        self.retranslate()

    def show_place(self, name: str) -> None:
        """Mark where the window is; none for a place that the rail does not know."""
        for place, button in self._buttons.items():
            button.setChecked(place == name)
            set_icon(button, place, "accent_text" if place == name else "muted", _ICON)

    def file_menu(self) -> QMenu:
        """The menu behind the program's name."""
        return self._menu

    def set_waiting(self, name: str, count: int) -> None:
        """Show how much waits at a place."""
        self._buttons[name].set_waiting(count)

    def retranslate(self) -> None:
        """Put the texts again."""
        # The style sheet's padding does not reach a text at the left of a button with a menu.
        self._file.setIcon(QIcon(str(resource("icons", "crmdesk.svg"))) if self._narrow else QIcon())
        self._file.setText("" if self._narrow else "\u2002" + _("Customer ledger"))
        self._file.setAccessibleName(_("File"))
        for name, button in self._buttons.items():
            action = self._actions[name]
            button.say(action.text())
            button.setToolTip(action.toolTip())
        self._fit()

    def suit(self, window: QWidget) -> None:
        """A narrow window leaves room for the icons only."""
        if narrow(window, ICON_RAIL) != self._narrow:
            self._narrow = not self._narrow
            for button in self._buttons.values():
                button.narrow(self._narrow)
            self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """As wide as the words need."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self._buttons:
            self._fit()

    def _fit(self) -> None:
        words = [button.sizeHint().width() for button in self._buttons.values()]
        least = 0 if self._narrow else _WIDTH
        self.setFixedWidth(max(least, self._file.sizeHint().width() + 24, max(words) + 20))

    def allow(self) -> None:
        """Enable what the actions allow."""
        for name, button in self._buttons.items():
            button.setEnabled(self._actions[name].isEnabled())
            button.setVisible(self._actions[name].isVisible())

    def _entry(self, name: str, *, checkable: bool) -> RailButton:
        button = self._buttons[name] = RailButton(name, name, self)
        button.setCheckable(checkable)
        # A click on the place that is shown must not unmark it.
        button.clicked.connect(lambda _checked=False: self._go(button, name))
        return button

    def _go(self, button: RailButton, name: str) -> None:
        button.setChecked(button.isCheckable())
        self._actions[name].trigger()

    def _file_button(self, menu: QMenu) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName("file_button")
        button.setMenu(menu)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button
