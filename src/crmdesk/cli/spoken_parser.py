"""A parser that speaks the user's language: argparse's own texts are English, whatever the program says."""

from __future__ import annotations

import argparse
import re
from typing import Any, Final, NoReturn

from crmdesk.i18n import _, translatable

# What argparse says, and the same in the program's words; what is not listed is told as argparse has it.
_TOLD: Final = (
    (re.compile(r"the following arguments are required: (?P<what>.+)"), translatable("{what} is missing")),
    (re.compile(r"unrecognized arguments: (?P<what>.+)"), translatable('"{what}" is not known here')),
    (
        re.compile(r"argument (?P<where>.+?): invalid choice: (?P<what>.+?) \(choose from (?P<of>.+)\)"),
        translatable("{where}: {what} is not one of {of}"),
    ),
    (
        re.compile(r"argument (?P<where>.+?): invalid \S+ value: (?P<what>.+)"),
        translatable("{where}: {what} cannot be read"),
    ),
    (re.compile(r"argument (?P<where>.+?): expected .+"), translatable("{where}: what is meant is missing behind it")),
    (
        re.compile(r"argument (?P<where>.+?): not allowed with argument (?P<what>.+)"),
        translatable("{where} does not go with {what}"),
    ),
    (re.compile(r"argument (?P<where>.+?): (?P<what>.+)"), translatable("{where}: {what}")),
)


class SpokenHelp(argparse.HelpFormatter):
    """The help with its first word in the user's language."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:  # noqa: ANN401
        """Add the line that shows how it is written."""
        super().add_usage(usage, actions, groups, _("usage: ") if prefix is None else prefix)


class OneSentenceParser(argparse.ArgumentParser):
    """Says what is wrong in one line, without the whole usage above it."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 -- argparse's own
        super().__init__(**{"formatter_class": SpokenHelp, **options, "add_help": False})
        self._positionals.title = _("what is meant")
        self._optionals.title = _("options")
        self.add_argument("-h", "--help", action="help", help=_("show this help and leave"))

    def error(self, message: str) -> NoReturn:
        """Leave with exit code 2."""
        hint = _("{command} --help tells how it is written.").format(command=self.prog)
        self.exit(2, f"{self.prog}: {spoken(message).rstrip('.。')}{_('. ')}{hint}\n")


def spoken(message: str) -> str:
    """What argparse says is wrong, in the user's language."""
    for pattern, text in _TOLD:
        found = pattern.fullmatch(message)
        if found is not None:
            return _(text).format(**found.groupdict())
    return message
