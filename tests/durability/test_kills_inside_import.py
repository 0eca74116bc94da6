"""An import that dies leaves all or nothing; `kills_inside_import.py 60` kills more of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import crmdesk

SCRIPT = Path(__file__).parent / "kills_inside_import.py"


def test_a_killed_import_leaves_all_or_nothing():
    source = str(Path(crmdesk.__file__).parent.parent)
    environment = {**os.environ, "PYTHONPATH": source}
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "3"], capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
