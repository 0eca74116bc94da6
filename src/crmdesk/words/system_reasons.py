"""Why the system refused a file, in the user's words: it names its reasons in English, or in no language at all."""

from __future__ import annotations

import errno
import os
from typing import Final

from crmdesk.i18n import _, translatable

# By name, for no system knows all of them.
_BY_NAME: Final[dict[str, str]] = {
    "EACCES": translatable("you are not allowed to"),
    "EPERM": translatable("you are not allowed to"),
    "EROFS": translatable("the disk is read-only"),
    "ENOSPC": translatable("the disk is full"),
    "EDQUOT": translatable("the disk is full"),
    "EFBIG": translatable("the disk is full"),
    "ENOENT": translatable("it is not there"),
    "ENOTDIR": translatable("the folder is not there"),
    "EISDIR": translatable("it is a folder"),
    "EEXIST": translatable("it is there already"),
    "EBUSY": translatable("another program has it open"),
    "ETXTBSY": translatable("another program has it open"),
    "EAGAIN": translatable("another program has it open"),
    "EIO": translatable("the disk does not answer"),
    "ENODEV": translatable("the disk does not answer"),
    "ENAMETOOLONG": translatable("the name is too long"),
    "EINVAL": translatable("the name cannot be used here"),
    "EMFILE": translatable("too many files are open"),
}
_BY_TEXT: Final[dict[str, str]] = {
    "unable to open database file": translatable("it could not be opened"),
    "disk I/O error": translatable("the disk does not answer"),
    "database or disk is full": translatable("the disk is full"),
    "attempt to write a readonly database": translatable("the disk is read-only"),
    "database is locked": translatable("another program has it open"),
    "Access is denied": translatable("you are not allowed to"),
}


def reason(told: str) -> str:
    """The system's or the driver's own reason in the current language; one that is not known stays as it is."""
    ours = {
        os.strerror(getattr(errno, name)): text for name, text in _BY_NAME.items() if hasattr(errno, name)
    } | _BY_TEXT
    text = ours.get(told.rstrip("."))
    return _(text) if text else told or _("the system gives no reason")
