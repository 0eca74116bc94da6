"""Every question to the user goes through one object, which tests replace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6 import QtWidgets  # dialogs are loaded as they are asked for
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from crmdesk.domain.phrase import Phrase
from crmdesk.gui.looks import set_look
from crmdesk.gui.room import fit_screen
from crmdesk.i18n import _


class Prompts:
    """Asks through real dialogs. `window` gives the window that they belong to.

    `dress` puts the style sheet on: a password is asked for before the window appears.
    """

    def __init__(
        self, window: Callable[[], QtWidgets.QWidget | None], dress: Callable[[], object] = lambda: None
    ) -> None:
        self._window = window
        self._dress = dress

    def open_files(self, title: str, filters: str, folder: Path | None = None) -> list[Path]:
        """Files to read, none when the user thinks better of it. `filters` as Qt's: "Sheets (*.xlsx *.csv)"."""
        names, _filter = QtWidgets.QFileDialog.getOpenFileNames(self._window(), title, str(folder or ""), filters)
        return [Path(name) for name in names]

    def open_file(self, title: str, filters: str, folder: Path | None = None) -> Path | None:
        """One file to read."""
        name, _filter = QtWidgets.QFileDialog.getOpenFileName(self._window(), title, str(folder or ""), filters)
        return Path(name) if name else None

    def save_file(self, title: str, suggested: Path, filters: str) -> Path | None:
        """Where to write; asks by itself before a file is replaced."""
        name, _filter = QtWidgets.QFileDialog.getSaveFileName(self._window(), title, str(suggested), filters)
        return Path(name) if name else None

    def ask_text(self, title: str, label: str, text: str = "") -> str | None:
        """One line of text, None when the user thinks better of it."""
        answer, given = QtWidgets.QInputDialog.getText(self._window(), title, label, text=text)
        return answer.strip() if given else None

    def ask_choice(self, title: str, text: str, choices: Sequence[str]) -> int | None:
        """Which of the verbs in `choices` (each a button) the user takes; None for cancel."""
        box = self._box(QtWidgets.QMessageBox.Icon.NoIcon, title, text)
        buttons = [box.addButton(choice, QtWidgets.QMessageBox.ButtonRole.ActionRole) for choice in choices]
        if buttons:
            set_look(buttons[0], "primary")
        box.addButton(_("Cancel"), QtWidgets.QMessageBox.ButtonRole.RejectRole)
        self._answer(box)
        clicked = box.clickedButton()
        return next((n for n, button in enumerate(buttons) if button is clicked), None)

    def confirm(self, title: str, text: str, verb: str) -> bool:
        """Whether the user wants what the button `verb` says. Only for what undo cannot take back."""
        return self.ask_choice(title, text, [verb]) == 0

    def ask_date(self, title: str, day: date) -> date | None:
        """A day, proposed as `day`."""
        from crmdesk.gui.dialogs.pick_date import PickDate

        dialog = PickDate(title, day, self._window())
        return dialog.day() if self.run(dialog) else None

    def error(self, phrase: Phrase) -> None:
        """Say what happened, what is safe, what to do."""
        from crmdesk.words.phrases import say  # every sentence there is, and none is needed for the first paint

        box = self._box(QtWidgets.QMessageBox.Icon.NoIcon, _("That did not work"), say(phrase))
        set_look(box.addButton(_("Close"), QtWidgets.QMessageBox.ButtonRole.AcceptRole), "primary")
        self._answer(box)

    def run(self, dialog: QtWidgets.QDialog) -> bool:
        """Show a dialog until it is answered; whether it was accepted. Tests answer it by script.

        What it holds is read at once: when the event loop comes round again the dialog is gone.
        """
        self._dress()
        fit_screen(dialog)
        return self._answer(dialog) == QtWidgets.QDialog.DialogCode.Accepted

    def copy(self, text: str) -> None:
        """Put text on the clipboard."""
        QGuiApplication.clipboard().setText(text)

    def show_in_folder(self, path: Path) -> None:
        """Open the folder that holds `path` in the system's file manager."""
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path if path.is_dir() else path.parent)))

    def _answer(self, dialog: QtWidgets.QDialog) -> int:
        try:
            return dialog.exec()
        finally:
            # The window it belongs to would keep it, listening to every change, as long as the program runs.
            dialog.deleteLater()

    def _box(self, icon: QtWidgets.QMessageBox.Icon, title: str, text: str) -> QtWidgets.QMessageBox:
        self._dress()
        box = QtWidgets.QMessageBox(icon, title, "", QtWidgets.QMessageBox.StandardButton.NoButton, self._window())
        box.setTextFormat(Qt.TextFormat.PlainText)  # the text may hold a customer's name
        box.setText(text)
        return box
