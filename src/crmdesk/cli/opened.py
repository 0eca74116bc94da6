"""The file a command works on, open for as long as the command runs; the password of a locked one is asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crmdesk.clock import Clock
from crmdesk.i18n import _
from crmdesk.operations import files, passwords
from crmdesk.operations.salvage import PASSWORD

if TYPE_CHECKING:
    from crmdesk.operations.files import Database

NEW_PASSWORD: Final = "CRMDESK_NEW_PASSWORD"


@contextmanager
def opened(path: Path, clock: Clock, *, create: bool = False, read_only: bool = False) -> Iterator[Database]:
    """The file, closed on leaving. Raises Refused where it cannot be opened as asked."""
    password = "" if create and not path.exists() else password_of(path)
    database = files.open_file(path, clock, create=create, read_only=read_only, password=password)
    try:
        if not read_only:
            files.assure_sound(database)
        yield database
    finally:
        database.close()


def password_of(path: Path) -> str:
    """The password of a file: "" where it has none, else from the environment, else typed at the terminal.

    Never from the command line, which every other program on the computer can read.
    """
    return (
        asked_password(PASSWORD, _("Password of {file}: ").format(file=path.name)) if passwords.is_locked(path) else ""
    )


def asked_password(variable: str, question: str) -> str:
    """What an environment variable holds, else what is typed unseen; "" where nobody can type."""
    given = os.environ.get(variable)
    if given is not None or not sys.stdin.isatty():
        return given or ""
    from getpass import getpass

    return getpass(question)
