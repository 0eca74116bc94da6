"""The start: nothing heavy before the first paint, Qt speaks Chinese, modules are loaded ahead one by one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from crmdesk.gui.qt_words import QtWords, chosen_language
from crmdesk.gui.warmup import WarmUp

FIRST_PAINT = """
import sys
from pathlib import Path
from crmdesk.clock import clock_from_environment
from crmdesk.gui.app import Program, make_application
from crmdesk.gui.jobs import Jobs
from crmdesk.settings import Settings
app = make_application()
program = Program(app, clock_from_environment(), Settings(), Path(sys.argv[2]), Jobs(app))
program.files.open(Path(sys.argv[1]))
program.window.show()
program.window.grab()
heavy = ("sqlalchemy", "numpy", "matplotlib", "openpyxl", "pypinyin", "phonenumbers", "python_calamine")
print([name for name in heavy if name in sys.modules])
import os
os._exit(0)
"""


def test_nothing_heavy_is_loaded_before_the_first_paint(main_window, tmp_path: Path) -> None:
    from crmdesk.domain.customer import Customer
    from crmdesk.operations import customers

    desk = main_window.desk
    desk.act(lambda _: customers.add_customer(desk.database, Customer(name="王姐超市")))
    path = desk.database.path
    main_window.files.close()
    told = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT, str(path), str(tmp_path / "s.toml")],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=True,
        capture_output=True,
        text=True,
    )
    assert told.stdout.strip() == "[]"


def test_qts_own_words_are_chinese_and_english_again(qapp) -> None:
    words = QtWords(qapp)
    words.speak("zh")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    words.speak("en")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"
    words.speak("zh")


def test_a_chosen_language_beats_the_system() -> None:
    assert chosen_language("en") == "en"
    assert chosen_language("zh") == "zh"
    assert chosen_language("") in ("zh", "en")


def test_modules_are_loaded_ahead_in_turn(desk, qtbot) -> None:
    warm_up = WarmUp(desk, ("json", "csv"))
    warm_up.start()
    qtbot.waitUntil(lambda: not warm_up._waiting, timeout=2000)
