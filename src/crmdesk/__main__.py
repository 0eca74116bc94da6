"""The door: what was asked for decides which rooms are opened, and only those are loaded."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace

    from crmdesk.clock import Clock
    from crmdesk.domain.told_table import ToldTable
    from crmdesk.storage.search_index import IndexBuilder

READING_CHILD = "--reading-child"
WINDOW_COMMANDS = ("demo", "pictures")
STOPPED = 130  # exit codes as shells know them: ended by Ctrl+C,
NOBODY_READS = 141  # and by a pipe that was closed at the other end
Command = Callable[["Namespace", "Clock"], int]


def main(arguments: list[str] | None = None) -> int:
    """Run crmdesk with the command line's arguments; 0 only on success."""
    asked = sys.argv[1:] if arguments is None else arguments
    if asked[:1] == [READING_CHILD]:
        from crmdesk.excel.child import serve

        return serve(_card_tables, _indexer)
    if not asked or (len(asked) == 1 and asked[0].lower().endswith(".crmdesk")):
        return _open_window(*asked)
    return _run_command(asked)


def _open_window(file: str = "") -> int:
    gc.disable()  # starting makes no rubbish; the window turns it on once everything is loaded
    from crmdesk.clock import clock_from_environment

    try:
        clock_from_environment()
    except ValueError:
        import argparse

        # Which says what is wrong with the day.
        return _told(lambda _options, _clock: 0, argparse.Namespace())
    from crmdesk.gui.pyside import import_pyside

    import_pyside()
    from pathlib import Path  # not before: it brings more along than is needed

    from crmdesk.gui.app import run

    return run(Path(file) if file else None)


def _card_tables(name: str, content: bytes, encoding: str) -> list[ToldTable]:
    """How the reading child comes to read address cards: by a room that its own does not know."""
    from crmdesk.exchange.vcard_table import card_tables

    return card_tables(name, content, encoding)


def _indexer() -> IndexBuilder:
    """How it comes to build search indexes, likewise."""
    from crmdesk.storage.search_index import IndexBuilder

    return IndexBuilder()


def _run_command(asked: list[str]) -> int:
    from crmdesk.cli.parser import build_parser
    from crmdesk.i18n import set_language, system_language

    _speak_utf8()
    set_language(system_language())
    options = build_parser().parse_args(asked)
    if options.command in WINDOW_COMMANDS:
        from crmdesk.gui.commands import WINDOW

        return _told(WINDOW[options.command], options)
    from crmdesk.cli.commands import COMMANDS

    return _told(COMMANDS[options.command], options)


def _told(command: Command, options: Namespace) -> int:
    """Run a command; what it refuses becomes one sentence on standard error and exit code 1."""
    from crmdesk.domain.phrase import Phrase, Refused
    from crmdesk.words.phrases import say

    try:
        code = command(options, _clock())
        sys.stdout.flush()
    except Refused as refusal:
        sys.stderr.write(f"{say(refusal.phrase)}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write(f"\n{say(Phrase('stopped'))}\n")
        return STOPPED
    except BrokenPipeError:
        # Who read along has seen enough. What is still to be flushed as the interpreter ends goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOBODY_READS
    return code


def _clock() -> Clock:
    """The program's clock. Raises Refused where the environment names a day that is none."""
    from crmdesk.clock import FIXED_DAY, clock_from_environment
    from crmdesk.domain.phrase import Refused

    try:
        return clock_from_environment()
    except ValueError as error:
        raise Refused("bad_today", value=os.environ[FIXED_DAY]) from error


def _speak_utf8() -> None:
    """Chinese goes out as UTF-8, also on a console that says it could do less."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
