"""A workbook into the file, against calamine iterating over it; and how long the window's event loop stands still."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from material import TODAY
from timing import Row, milliseconds, ratio, seconds

from crmdesk.clock import Clock
from crmdesk.operations.files import create_file
from crmdesk.operations.importing import import_preview, preview_sheets
from crmdesk.progress import Progress

TARGET = 5
LONGEST_GAP = 100


def iterate(sheet: Path) -> int:
    """What any reader has to do at the least."""
    from python_calamine import CalamineWorkbook

    return sum(len(row) for row in CalamineWorkbook.from_path(str(sheet)).get_sheet_by_index(0).iter_rows())


def measure(sheet: Path, size: int, folder: Path, times: list[float]) -> Iterator[Row]:
    """Reading, previewing, writing with journal, search index and figures; `times` takes the seconds."""
    limit = seconds(lambda: iterate(sheet), runs=2)
    began = time.perf_counter()
    database = create_file(folder / f"import_{size}.crmdesk", Clock(TODAY))
    try:
        with preview_sheets(database, [sheet], Progress()) as preview:
            read = time.perf_counter() - began
            import_preview(database, preview, Progress())
        taken = time.perf_counter() - began
        times.append(taken)
        began = time.perf_counter()
        database.undo()
        undone = time.perf_counter() - began
    finally:
        database.close()
    yield ratio("import, all told", f"{size} x 15", taken, limit, "calamine iterating", TARGET)
    yield ratio("  read and previewed", f"{size} x 15", read, limit, "calamine iterating")
    yield ratio("  undo of the import", f"{size} x 15", undone, taken - read, "writing it", 1)


def longest_gap(sheet: Path, size: int, folder: Path) -> Row:
    """The longest stretch in which the window could not answer, while an import ran on the job thread."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QTimer

    from crmdesk.gui.app import Program, make_application
    from crmdesk.gui.jobs import Jobs
    from crmdesk.settings import Settings

    app = make_application([])
    program = Program(app, Clock(TODAY), Settings(), folder / "settings.toml", Jobs(app))
    program.files.open(folder / "gap.crmdesk", create=True)
    program.window.show()
    gaps, ended, last = [0.0], [], 0.0

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        if last:
            gaps.append(now - last)
        last = now

    timer = QTimer(app)
    timer.timeout.connect(tick)

    def work(progress: Progress):
        with preview_sheets(program.desk.database, [sheet], progress) as preview:
            return import_preview(program.desk.database, preview, progress).changes

    def failed(error: Exception) -> None:
        ended.append(error)

    while program.desk.database is None or not program.desk.editable:
        app.processEvents()
    timer.start(1)
    program.desk.run(work, done=ended.append, failed=failed, busy_text="import")
    while not ended:
        app.processEvents()
        time.sleep(0.0005)
    timer.stop()
    if isinstance(ended[0], Exception):
        raise ended[0]
    program.stop()
    return milliseconds("longest gap while importing", f"{size} x 15", max(gaps), LONGEST_GAP)
