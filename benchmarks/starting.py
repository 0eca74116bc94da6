"""Cold start to the first painted page, customers or today, against an empty Qt window; each in its own process."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from material import TODAY, shop_names
from timing import Row, milliseconds, ratio

from crmdesk.clock import Clock
from crmdesk.domain.customer import Customer
from crmdesk.domain.follow_up import FollowUp
from crmdesk.operations.customers import add_customer
from crmdesk.operations.files import create_file
from crmdesk.operations.follow_ups import add_follow_up

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
    page = window.stack.current()
    shown = page.list.items() if page.name == "today" else page.list.table().rowCount()
    assert shown, "nothing on the page"
    heavy = ("sqlalchemy", "numpy", "matplotlib", "openpyxl", "pypinyin")
    print(page.name, *(name for name in heavy if name in sys.modules), flush=True)
    os._exit(0)

def import_pyside():
    bring_in()
    from PySide6.QtWidgets import QApplication

    QApplication.exec = painted

bring_in, pyside.import_pyside = pyside.import_pyside, import_pyside
main(sys.argv[1:])
"""
TARGET = 1.5
DUE = 8  # customers to be contacted today


@dataclass(frozen=True)
class Start:
    """One start: seconds on the clock, seconds of processor time, and what it printed: the page, modules too early."""

    seconds: float
    processor: float
    told: str


def measure(file: Path, size: int, home: Path, runs: int = 7) -> Iterator[Row]:
    """The start on the list of a file, then on 今天; and what was loaded too early, before the first paint."""
    environment = start_environment(home)
    yield from _measure("customers", file, f"{size}", environment, runs)
    yield from _measure("today", _due_file(home), f"{DUE}", environment, runs)


def _measure(page: str, file: Path, size: str, environment: dict[str, str], runs: int) -> Iterator[Row]:
    pairs = [
        (_start(EMPTY_WINDOW, [], environment), _start(FIRST_PAGE, [str(file)], environment)) for _run in range(runs)
    ]
    empty, taken = (min(start.seconds for start in starts) for starts in zip(*pairs, strict=True))
    idle, busy = (min(start.processor for start in starts) for starts in zip(*pairs, strict=True))
    shown, *early = pairs[0][1].told.split()
    assert shown == page, shown
    # The list is what the limit was set for; today is told beside it.
    limit = TARGET if page == "customers" else None
    yield ratio(f"start to the first page, {page}", size, taken, empty, "an empty Qt window", limit)
    yield milliseconds("  in time", size, taken)
    yield ratio("  in processor time", size, busy, idle, "an empty Qt window")
    yield Row("  loaded too early", size, " ".join(early) or "nothing", "", "nothing", not early)


def _due_file(folder: Path) -> Path:
    """A file in which as many customers are due today as a day takes."""
    path = folder / "due.crmdesk"
    path.unlink(missing_ok=True)
    database = create_file(path, Clock(TODAY))
    for name in shop_names(DUE):
        customer = add_customer(database, Customer(name=name)).new_id
        assert customer is not None
        add_follow_up(database, FollowUp(customer, TODAY))
    database.close()
    return path


def start_environment(home: Path) -> dict[str, str]:
    """How a start is measured: off screen, on the fixed day, in a home of its own.

    Modules are compiled once, as an installed program's are.
    """
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
