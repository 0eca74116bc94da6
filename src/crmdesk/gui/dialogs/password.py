"""A file's password: asked for at the door, and set, changed or taken off. There is no back door, and that is said."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from crmdesk.gui.dialogs.form_parts import SmallForm
from crmdesk.gui.widgets.pieces import text_label
from crmdesk.i18n import _


class UnlockDialog(SmallForm):
    """Asks for the password of a file; `wrong` says that the one before was not it."""

    def __init__(self, file: str, *, wrong: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("unlock", _("Unlock {file}").format(file=file), _("Unlock"), parent)
        self._word = _secret(self)
        self._word.textChanged.connect(self.check)
        self.add_row(_("Password"), self._word, "unlock_password")
        if wrong:
            said = text_label(self, "red", "unlock_wrong", wrap=True)
            said.setText(_("That is not its password. Look at upper and lower case."))
            self._rows.addRow(said)
        self.check()

    def complete(self) -> bool:
        """An empty word opens nothing."""
        return bool(self._word.text())

    def password(self) -> str:
        """What was typed."""
        return self._word.text()


class PasswordDialog(SmallForm):
    """Sets a password; `locked` files are asked for the old one and may lose it."""

    def __init__(self, *, locked: bool, parent: QWidget | None = None) -> None:
        title = _("Change the password") if locked else _("Set a password")
        super().__init__("password_form", title, title, parent)
        self._old, self._new, self._again = _secret(self), _secret(self), _secret(self)
        self._remove = QCheckBox(_("Take the password off"), self)
        self._told = text_label(self, "muted", "password_told", wrap=True)
        if locked:
            self.add_row(_("Password so far"), self._old, "password_old")
        self.add_row(_("New password"), self._new, "password_new")
        self.add_row(_("Once more"), self._again, "password_again")
        self._old.setVisible(locked)
        self._remove.setObjectName("password_remove")
        self._remove.setVisible(locked)
        if locked:
            self._rows.addRow(self._remove)
        self._rows.addRow(self._told)
        self._locked = locked
        for field in (self._old, self._new, self._again):
            field.textChanged.connect(self.check)
        self._remove.toggled.connect(self.check)
        self.check()

    def old(self) -> str:
        """The password so far, as it was typed."""
        return self._old.text()

    def new(self) -> str:
        """The password from now on; "" takes it off."""
        return "" if self._remove.isChecked() else self._new.text()

    def complete(self) -> bool:
        """The same word twice, or none wanted; and the old one where there is one."""
        same = bool(self._new.text()) and self._new.text() == self._again.text()
        return (self._remove.isChecked() or same) and (bool(self._old.text()) or not self._locked)

    def check(self, *_changed: object) -> None:
        """Say what is missing, and what it means."""
        super().check()
        for field in (self._new, self._again):
            field.setEnabled(not self._remove.isChecked())
        differ = self._again.text() and self._new.text() != self._again.text() and not self._remove.isChecked()
        self._told.setText(_("The two passwords differ.") if differ else _meaning())


def _meaning() -> str:
    return _(
        "The password is the key: without it nobody opens the file any more, not even we. Write it down in a safe "
        "place. Backups made before keep the password they had."
    )


def _secret(parent: QWidget) -> QLineEdit:
    field = QLineEdit(parent)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field
