"""Cold start to the first painted page of customers, against an empty Qt window; each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from timing import Row, milliseconds, ratio

EMPTY_WINDOW = """
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
window = QWidget()
window.resize(1280, 800)
window.show()
window.grab()
"""
FIRST_PAGE = """
import sys
from pathlib import Path
from crmdesk.gui.app import Program, make_application
from crmdesk.gui.jobs import Jobs
from crmdesk.clock import clock_from_environment
from crmdesk.paths import settings_file
from crmdesk.settings import Settings
app = make_application()
program = Program(app, clock_from_environment(), Settings(), settings_file(), Jobs(app))
program.files.open_first(Path(sys.argv[1]))
program.window.show()
program.desk.page_wanted.emit("customers")
program.window.grab()
early = [name for name in ("sqlalchemy", "numpy", "matplotlib", "openpyxl", "pypinyin") if name in sys.modules]
print(*early)
import os
os._exit(0)
"""
TARGET = 1.5


def measure(file: Path, size: int, home: Path, runs: int = 5) -> Iterator[Row]:
    """The start on one file; and what was loaded before the first paint that should not have been."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "CRMDESK_TODAY": "2026-11-22"}
    empty = min(_start(EMPTY_WINDOW, [], environment)[0] for _run in range(runs))
    started = [_start(FIRST_PAGE, [str(file)], environment) for _run in range(runs)]
    taken, early = min(started)
    yield ratio("start to the first page", f"{size}", taken, empty, "an empty Qt window", TARGET)
    yield milliseconds("  in time", f"{size}", taken)
    yield Row("  loaded too early", f"{size}", early or "nothing", "", "nothing", early == "")


def _start(code: str, arguments: list[str], environment: dict[str, str]) -> tuple[float, str]:
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], env=environment, check=True, capture_output=True, text=True
    )
    return time.perf_counter() - began, done.stdout.strip()
