"""Modules that come after PySide are not read as text."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import linecache
from crmdesk.gui.unscanned import import_unscanned

import_unscanned()
linecache.clearcache()
import crmdesk.gui.palette
import crmdesk.gui.theme
print(len(linecache.cache))
"""


def test_pyside_reads_no_sources_while_we_import() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], check=True, capture_output=True, text=True)

    assert done.stdout.strip() == "0"
