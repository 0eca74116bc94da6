"""The commands that need the window's room: `demo` and `pictures`."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Final

from crmdesk.clock import Clock
from crmdesk.i18n import _, current_language, set_language
from crmdesk.progress import Progress

_SIZE: Final = (1280, 800)
_PLATFORM: Final = "QT_QPA_PLATFORM"


def has_display() -> bool:
    """Whether a window can be shown here; without one, Qt would end the program."""
    if os.environ.get(_PLATFORM):
        return os.environ[_PLATFORM] not in ("offscreen", "minimal")
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def pictures(options: Namespace, clock: Clock) -> int:
    """`crmdesk pictures`: every page as a picture, off screen."""
    os.environ[_PLATFORM] = "offscreen"
    from crmdesk.gui.pictures import take_pictures

    language = options.language or current_language()
    taken = take_pictures(
        options.file, options.out, clock, language=language, theme=options.theme, size=tuple(options.size)
    )
    sys.stdout.write(_("{count} pictures are in {folder}").format(count=len(taken), folder=options.out) + "\n")
    return 0


def demo(options: Namespace, clock: Clock) -> int:
    """`crmdesk demo`: sample data in the window; without a display, pictures and report into a folder."""
    from crmdesk.operations import sample

    shown = has_display()
    if shown:
        _speak_as_the_window()
    out = Path(options.out or "crmdesk-demo")
    out.mkdir(parents=True, exist_ok=True)
    file = out / (_("Sample data") + ".crmdesk")
    if shown:
        # Said before the work begins: it takes some seconds until there is a window to look at.
        said = _("The window opens in a moment. The sample data are in {folder}")
        sys.stdout.write(said.format(folder=out.resolve()) + "\n")
        sys.stdout.flush()
    if not file.exists():
        sample.create_sample(file, clock, Progress())
    if shown:
        from crmdesk.gui.app import run

        return run(file)
    return _demo_off_screen(file, out, clock)


def _speak_as_the_window() -> None:
    """Where the system names no language, the window and the command line decide differently; the data follow it."""
    from crmdesk.gui.qt_words import chosen_language
    from crmdesk.paths import settings_file
    from crmdesk.settings import read_settings

    set_language(chosen_language(read_settings(settings_file()).language))


def _demo_off_screen(file: Path, out: Path, clock: Clock) -> int:
    os.environ[_PLATFORM] = "offscreen"
    from crmdesk.gui.pictures import take_pictures
    from crmdesk.operations import files, reporting

    database = files.open_file(file, clock)
    try:
        report = out / (_("Tier report") + ".xlsx")
        reporting.tier_report(database, report, current_language(), Progress())
    finally:
        database.close()
    taken = take_pictures(file, out, clock, language=current_language(), size=_SIZE)
    said = _("There is no display here. {count} pictures and the report {report} are in {folder}")
    sys.stdout.write(said.format(count=len(taken), report=report.name, folder=out.resolve()) + "\n")
    return 0


WINDOW: Final[dict[str, Callable[[Namespace, Clock], int]]] = {"demo": demo, "pictures": pictures}
