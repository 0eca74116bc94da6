"""Cold start to the first painted page of customers, against an empty Qt window; each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from timing import Row, milliseconds, ratio

EMPTY_WINDOW = """
import os
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
window = QWidget()
window.resize(1280, 800)
window.show()
window.grab()
os._exit(0)
"""
# The program's own door, up to the moment in which the event loop would begin.
FIRST_PAGE = """
import os
import sys
from crmdesk.__main__ import main
from crmdesk.gui import pyside

def painted(_app):
    from PySide6.QtWidgets import QApplication

    window = next(window for window in QApplication.topLevelWidgets() if window.objectName() == "main_window")
    window.grab()
    assert window.stack.current().list.table().rowCount(), "no customers on the page"
    heavy = ("sqlalchemy", "numpy", "matplotlib", "openpyxl", "pypinyin")
    print(*(name for name in heavy if name in sys.modules), flush=True)
    os._exit(0)

def import_pyside():
    bring_in()
    from PySide6.QtWidgets import QApplication

    QApplication.exec = painted

bring_in, pyside.import_pyside = pyside.import_pyside, import_pyside
main(sys.argv[1:])
"""
TARGET = 1.5


@dataclass(frozen=True)
class Start:
    """One start: seconds on the clock, seconds of processor time, and what it printed."""

    seconds: float
    processor: float
    told: str


def measure(file: Path, size: int, home: Path, runs: int = 7) -> Iterator[Row]:
    """The start on one file; and what was loaded before the first paint that should not have been."""
    environment = _environment(home)
    pairs = [
        (_start(EMPTY_WINDOW, [], environment), _start(FIRST_PAGE, [str(file)], environment)) for _run in range(runs)
    ]
    empty, taken = (min(start.seconds for start in starts) for starts in zip(*pairs, strict=True))
    idle, busy = (min(start.processor for start in starts) for starts in zip(*pairs, strict=True))
    early = pairs[0][1].told
    yield ratio("start to the first page", f"{size}", taken, empty, "an empty Qt window", TARGET)
    yield milliseconds("  in time", f"{size}", taken)
    yield ratio("  in processor time", f"{size}", busy, idle, "an empty Qt window")
    yield Row("  loaded too early", f"{size}", early or "nothing", "", "nothing", early == "")


def _environment(home: Path) -> dict[str, str]:
    """Off screen, on the fixed day, in a home of its own; modules are compiled once, as an installed program's are."""
    own = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "CRMDESK_TODAY": "2026-11-22"}
    compiled = {"PYTHONPYCACHEPREFIX": str(home / "compiled")}
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"} | own | compiled


def _start(code: str, arguments: list[str], environment: dict[str, str]) -> Start:
    before, began = _processor(), time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], env=environment, check=True, capture_output=True, text=True
    )
    return Start(time.perf_counter() - began, _processor() - before, done.stdout.strip())


def _processor() -> float:
    """Seconds of processor time that processes started from here have taken; other programs do not disturb it."""
    times = os.times()
    return times.children_user + times.children_system
