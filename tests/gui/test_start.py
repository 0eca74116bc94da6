"""The way to the first paint is short: what is heavy is loaded after it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from crmdesk.clock import Clock
from crmdesk.domain.customer import Customer
from crmdesk.operations.customers import add_customer
from crmdesk.operations.files import create_file

HEAVY = ("sqlalchemy", "numpy", "matplotlib", "openpyxl", "pypinyin", "rapidfuzz", "phonenumbers")
# What the first page does without: it comes in idle moments, with the first job, or when somebody asks for it.
LATER = (
    *("concurrent.futures", "gettext", "json", "logging", "string", "PySide6.QtSvg"),
    *("ast", "dataclasses", "decimal", "tokenize"),
    *("crmdesk.gui.calendars", "crmdesk.gui.command_answers", "crmdesk.gui.command_results", "crmdesk.gui.composition"),
    *("crmdesk.gui.pages.detail", "crmdesk.gui.pages.today", "crmdesk.gui.pages.welcome", "crmdesk.gui.telling"),
    *("crmdesk.gui.toast", "crmdesk.gui.widgets.banner", "crmdesk.gui.widgets.progress_panel"),
    *("crmdesk.domain.customer", "crmdesk.storage.database_writing", "crmdesk.words.phrases"),
)
UP_TO_THE_FIRST_PAINT = """
import os, sys
from crmdesk.__main__ import main
from crmdesk.gui import pyside

def painted(_app):
    from PySide6.QtWidgets import QApplication

    window = next(window for window in QApplication.topLevelWidgets() if window.objectName() == "main_window")
    window.grab()
    page = window.stack.current()
    print(page.name, page.list.table().rowCount(), *(name for name in sys.argv[2:] if name in sys.modules), flush=True)
    os._exit(0)  # the file is left as a crash would leave it; here nobody minds

def import_pyside():
    bring_in()
    from PySide6.QtWidgets import QApplication

    QApplication.exec = painted

bring_in, pyside.import_pyside = pyside.import_pyside, import_pyside
main(sys.argv[1:2])
"""


def test_nothing_heavy_is_loaded_before_the_first_paint(clock: Clock, tmp_path: Path) -> None:
    file = tmp_path / "mine.crmdesk"
    database = create_file(file, clock)
    add_customer(database, Customer(name="王姐超市"))
    database.close()
    home = {name: str(tmp_path) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA")}
    done = subprocess.run(
        [sys.executable, "-c", UP_TO_THE_FIRST_PAINT, str(file), *HEAVY, *LATER],
        env={**os.environ, **home, "QT_QPA_PLATFORM": "offscreen"},
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.split() == ["customers", "1"]
