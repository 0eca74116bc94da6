"""`backup`, `restore`, `check`, `password`: a file is kept, got back, looked through, locked."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from crmdesk.cli.as_json import print_json
from crmdesk.cli.opened import NEW_PASSWORD, asked_password, opened, password_of
from crmdesk.clock import Clock
from crmdesk.domain.phrase import Refused
from crmdesk.i18n import _
from crmdesk.operations import backups, files, passwords
from crmdesk.operations.salvage import PASSWORD, free_place, salvage
from crmdesk.words.salvaged import salvaged_lines


def back_up(options: Namespace, clock: Clock) -> int:
    """`crmdesk backup`: a verified copy of the file."""
    with opened(options.file, clock) as db:
        made = backups.back_up(db)
    print(_("Backed up and verified: {path}").format(path=made.path))
    return 0


def restore(options: Namespace, clock: Clock) -> int:
    """`crmdesk restore`: the file as it was in a backup; what it replaces is kept. `--salvage`: what is readable."""
    if options.salvage:
        return _salvage(options, clock)
    chosen = options.backup or _newest_backup(options.file)
    kept = backups.restore(options.file, chosen, clock, password=password_of(chosen))
    print(_("Restored from {path}").format(path=chosen))
    if kept is not None:
        print(_("The file as it was before is kept at {path}").format(path=kept))
    return 0


def _salvage(options: Namespace, clock: Clock) -> int:
    target = options.to or free_place(options.file)
    if target.exists():
        raise Refused("data_exists", file=target.name, folder=str(target.parent))
    told = salvage(options.file, target, clock, password=_password_of_damaged(options.file))
    if options.json:
        print_json({"file": str(target), "taken": told.taken, "lost": told.lost})
        return 0
    for line in salvaged_lines(told.taken, told.lost):
        print(line)
    print(_("The new file is {path}. The damaged one is unchanged.").format(path=target))
    return 0


def _password_of_damaged(path: Path) -> str:
    """A file whose first bytes are damaged looks like a locked one: an empty answer then means that it has none."""
    try:
        return password_of(path)
    except Refused:
        return asked_password(PASSWORD, _("Password of {file}: ").format(file=path.name))


def _newest_backup(file: Path) -> Path:
    found = [backup for backup in backups.list_backups(file) if backup.verified]
    if not found:
        raise Refused("no_backup", file=file.name)
    return found[0].path


def check(options: Namespace, clock: Clock) -> int:
    """`crmdesk check`: whether the file is sound."""
    files.check_file(options.file, clock, password=password_of(options.file))
    print(_("The file is sound: {path}").format(path=options.file))
    return 0


def password(options: Namespace, clock: Clock) -> int:
    """`crmdesk password`: set or change the file's password; `--remove` takes it off."""
    old, new = password_of(options.file), ""
    if not options.remove:
        new = asked_password(NEW_PASSWORD, _("New password: "))
        if not new:
            raise Refused("password_empty")
        if asked_password(NEW_PASSWORD, _("Once more: ")) != new:
            raise Refused("passwords_differ")
    passwords.change_password(options.file, clock, old, new)
    print(
        _("The password is off.") if options.remove else _("The password is set. Nobody can open the file without it.")
    )
    print(_("Older backups keep the password they were made with."))
    return 0
