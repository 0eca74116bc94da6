"""How long the event loop stands still: while sheets come in, and while the rest is loaded after a start."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from material import TODAY
from starting import start_environment
from timing import Row, milliseconds

from crmdesk.clock import Clock
from crmdesk.operations.importing import import_preview, preview_sheets
from crmdesk.progress import Progress

LONGEST_GAP = 100


def measure(sheet: Path, size: int, folder: Path) -> Iterator[Row]:
    """The sheet into an empty file; then a start on that file, in which nothing is loaded yet."""
    yield milliseconds("longest gap while importing", f"{size} x 15", _import(sheet, folder), LONGEST_GAP)
    yield milliseconds("longest gap after the start", f"{size}", _apart(folder), LONGEST_GAP)


def _apart(folder: Path) -> float:
    """In processes of their own, for here everything is loaded: the middle one of three, after one that compiles."""
    command = [sys.executable, __file__, str(folder)]
    runs = [
        float(subprocess.run(command, env=start_environment(folder), check=True, capture_output=True, text=True).stdout)
        for _run in range(4)
    ]
    return sorted(runs[1:])[1]


def warm_up(file: Path, folder: Path) -> float:
    """Everything that follows the first paint: the card, the daily look through the file, libraries one by one."""
    from crmdesk.gui.app import collect_rubbish
    from crmdesk.gui.warmup import WarmUp

    gc.disable()  # as the program's door does
    with _program(folder) as program:
        program.files.open(file)
        program.window.show()
        program.window.grab()
        warming = WarmUp(program.desk, ended=collect_rubbish)
        warming.start()
        desk = program.desk
        return _longest_gap(lambda: desk.editable and desk.idle.empty and not warming._waiting and desk.jobs.idle)


def _import(sheet: Path, folder: Path) -> float:
    ended = []
    with _program(folder) as program:
        program.files.open(folder / "gap.crmdesk", create=True)
        program.window.show()
        _longest_gap(lambda: program.desk.editable and program.desk.jobs.idle)

        def work(progress: Progress):
            with preview_sheets(program.desk.database, [sheet], progress) as preview:
                return import_preview(program.desk.database, preview, progress).changes

        program.desk.run(work, done=ended.append, failed=ended.append, busy_text="import")
        longest = _longest_gap(lambda: bool(ended))
    if isinstance(ended[0], Exception):
        raise ended[0]
    return longest


@contextmanager
def _program(folder: Path) -> Iterator:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from crmdesk.gui.pyside import import_pyside

    import_pyside()  # as the program's door does
    from crmdesk.gui.app import Program, make_application
    from crmdesk.gui.jobs import Jobs
    from crmdesk.settings import Settings

    app = QApplication.instance() or make_application([])
    program = Program(app, Clock(TODAY), Settings(), folder / "settings.toml", Jobs(app))
    try:
        yield program
    finally:
        program.stop()
        program.window.deleteLater()


def _longest_gap(ended: Callable[[], bool]) -> float:
    """The longest time, in seconds, between two turns of the event loop until `ended`."""
    from PySide6.QtWidgets import QApplication

    longest, last = 0.0, time.perf_counter()
    while not ended():
        QApplication.processEvents()
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
        time.sleep(0.0005)
    return longest


if __name__ == "__main__":
    print(warm_up(Path(sys.argv[1]) / "gap.crmdesk", Path(sys.argv[1])))
