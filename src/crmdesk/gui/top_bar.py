"""The line above the page: the box, undo and redo, ＋记一笔."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from crmdesk.gui.actions import Actions, command_of, tip
from crmdesk.gui.command_box import CommandBox
from crmdesk.gui.desk import Desk
from crmdesk.gui.icons import set_icon
from crmdesk.gui.widgets.pieces import button, text_label
from crmdesk.i18n import _


class TopBar(QFrame):
    """One box, two arrows, one button."""

    def __init__(self, desk: Desk, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("top_bar")
        self._actions = actions
        self.box = CommandBox(desk, actions, window)
        self._presenting = text_label(self, "accent", "presenting")
        self._presenting.hide()
        self._undo = self._arrow("undo")
        self._redo = self._arrow("redo")
        self._log = button(self, "log_button", lambda: actions["log"].trigger(), "primary")
        set_icon(self._log, "plus", "on_accent", 16)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 14, 24, 6)
        row.setSpacing(6)
        row.addWidget(self.box, 3)
        row.addStretch(1)
        for widget in (self._presenting, self._undo, self._redo):
            row.addWidget(widget)
        row.addSpacing(6)
        row.addWidget(self._log)
        desk.presentation_changed.connect(self._presenting.setVisible)
        self.retranslate()

    def retranslate(self) -> None:
        """Put the texts again."""
        self.box.retranslate()
        self._presenting.setText(_("Presentation mode"))
        self._log.setText(self._actions["log"].text())
        self._log.setToolTip(self._actions["log"].toolTip())
        for name, arrow in (("undo", self._undo), ("redo", self._redo)):
            arrow.setAccessibleName(self._actions[name].text())

    def allow(self) -> None:
        """Enable what the actions allow."""
        self._log.setEnabled(self._actions["log"].isEnabled())

    def name_steps(self, undo: str, redo: str) -> None:
        """Name what undo and redo would do; an empty name switches the arrow off."""
        for name, step, sentence in (
            ("undo", undo, _("Undo: {step}")),
            ("redo", redo, _("Redo: {step}")),
        ):
            text = sentence.format(step=step) if step else self._actions[name].text()
            self._actions[name].setToolTip(tip(text, command_of(name)))
            self._actions[name].setEnabled(bool(step))

    def _arrow(self, name: str) -> QToolButton:
        button = QToolButton(self)
        set_icon(self._actions[name], name)
        button.setDefaultAction(self._actions[name])
        button.setObjectName(f"{name}_button")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(self._actions[name].text())
        return button
