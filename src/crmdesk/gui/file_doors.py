"""The ways into a file that do not open by themselves: its password, and what is readable in a damaged one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from crmdesk.domain.phrase import Phrase
from crmdesk.gui.desk import Desk
from crmdesk.i18n import _
from crmdesk.progress import Progress

if TYPE_CHECKING:
    from crmdesk.operations.salvage import Salvaged

OpenWith = Callable[[Path, str], None]


class FileDoors:
    """`leave()` takes the file off the desk, `open_with(path, password)` puts one on it."""

    def __init__(self, desk: Desk, leave: Callable[[], None], open_with: OpenWith) -> None:
        self._desk = desk
        self._leave = leave
        self._open_with = open_with

    def ask(self, path: Path, *, wrong: bool = False) -> str | None:
        """The password of a file as the user types it; None when they think better of it."""
        from crmdesk.gui.dialogs.password import UnlockDialog

        dialog = UnlockDialog(path.name, wrong=wrong)
        return dialog.password() if self._desk.prompts.run(dialog) else None

    def unlock(self, path: Path, *, wrong: bool) -> None:
        """Ask, and open with the answer."""
        given = self.ask(path, wrong=wrong)
        if given is not None:
            self._open_with(path, given)

    def set_password(self) -> None:
        """Set, change or take off the password of the open file, which is closed and opened again around it."""
        from crmdesk.gui.dialogs.password import PasswordDialog

        database = self._desk.database
        if database is None or not self._desk.editable:
            return
        dialog = PasswordDialog(locked=bool(database.password))
        if not self._desk.prompts.run(dialog):
            return
        if dialog.old() != database.password:
            self._desk.prompts.error(Phrase("password_wrong", {"file": database.path.name}))
            return
        self._change(database.path, dialog.old(), dialog.new())

    def _change(self, path: Path, old: str, new: str) -> None:
        from crmdesk.operations import passwords

        self._leave()
        clock = self._desk.clock

        def done(_none: None) -> None:
            self._open_with(path, new)
            said = _("The password is set. Nobody can open the file without it.") if new else _("The password is off.")
            self._desk.told.emit(said)

        def failed(error: Exception) -> None:
            self._desk.tell_error(error)
            self._open_with(path, old)  # as it was

        def work(progress: Progress) -> None:
            passwords.change_password(path, clock, old, new, progress)

        # Cancelled while the backup is made, nothing has been changed either.
        back = lambda: self._open_with(path, old)  # noqa: E731
        self._desk.run(work, done=done, failed=failed, cancelled=back, busy_text=_("Writing under the new password"))

    def gone(self, path: Path, trouble: Phrase, ways: Mapping[str, Callable[[], object]]) -> None:
        """Say what is the matter with a file that cannot be opened, and lead on.

        `ways` are what "restore", "choose" and "new" do; a missing file is never replaced by an empty one unasked.
        """
        from crmdesk.gui.dialogs.file_gone import SALVAGE, FileGoneDialog
        from crmdesk.operations import backups

        readable = trouble.code == "data_damaged"
        dialog = FileGoneDialog(path, trouble, backups.list_backups(path), readable=readable)
        if self._desk.prompts.run(dialog):
            ways[dialog.door]() if dialog.door != SALVAGE else self.salvage(path)

    def salvage(self, damaged: Path) -> None:
        """Take what is readable into a new file, say what was lost, and offer to open it."""
        from crmdesk.operations import salvage

        password = self.ask(damaged) if _looks_locked(damaged) else ""
        if password is None:
            return
        target = salvage.free_place(damaged)

        def work(progress: Progress) -> Salvaged:
            return salvage.salvage_apart(damaged, target, password, progress)

        def done(told: Salvaged) -> None:
            self._tell_salvaged(told, password)

        self._desk.run(work, done=done, busy_text=_("Reading what can be read"))

    def _tell_salvaged(self, told: Salvaged, password: str) -> None:
        from crmdesk.words.salvaged import salvaged_lines

        kept = _("The new file is {path}. The damaged one is unchanged.").format(path=told.path)
        text = "\n".join([*salvaged_lines(told.taken, told.lost), "", kept])
        if self._desk.prompts.ask_choice(_("What was taken over"), text, [_("Open the new file")]) == 0:
            self._open_with(told.path, password)


def _looks_locked(path: Path) -> bool:
    """Noise at the beginning is a password, or such damage that nothing can be read anyway."""
    from crmdesk.domain.phrase import Refused
    from crmdesk.operations import passwords

    try:
        return passwords.is_locked(path)
    except Refused:
        return False
