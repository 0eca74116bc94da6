"""A workbook into the file, against calamine iterating over it: time, and memory of program and reading child."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from material import TODAY
from timing import Row, ratio

TARGET = 5
MEMORY = 300  # MB, each
# Each in a process of its own: nothing is loaded or kept from what ran before.
CALAMINE = """
import json, sys, time
from python_calamine import CalamineWorkbook
began = time.perf_counter()
cells = sum(len(row) for row in CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).iter_rows())
print(json.dumps({"taken": time.perf_counter() - began}))
"""
IMPORT = """
import json, resource, sys, time
from pathlib import Path
from crmdesk.clock import clock_from_environment
from crmdesk.operations.files import create_file
from crmdesk.operations.importing import import_preview, preview_sheets
from crmdesk.progress import Progress

database = create_file(Path(sys.argv[2]), clock_from_environment())
began = time.perf_counter()
with preview_sheets(database, [Path(sys.argv[1])], Progress()) as preview:
    read = time.perf_counter()
    import_preview(database, preview, Progress())
written = time.perf_counter()
unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
own, child = (resource.getrusage(who).ru_maxrss / unit for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
before = time.perf_counter()
database.undo()
undone = time.perf_counter() - before
database.close()
told = {"read": read - began, "written": written - read, "undone": undone, "own": own, "child": child}
print(json.dumps(told))
"""


def measure(sheet: Path, size: int, folder: Path, times: list[float]) -> Iterator[Row]:
    """Reading, previewing, writing with journal, search index and figures; `times` takes the seconds."""
    limit = min(_told(CALAMINE, sheet)["taken"] for _run in range(3))
    told = _told(IMPORT, sheet, folder / f"import_{size}.crmdesk")
    taken = told["read"] + told["written"]
    times.append(taken)
    yield ratio("import, all told", f"{size} x 15", taken, limit, "calamine iterating", TARGET)
    yield ratio("  read and previewed", f"{size} x 15", told["read"], limit, "calamine iterating")
    yield ratio("  written", f"{size} x 15", told["written"], limit, "calamine iterating")
    yield ratio("  undo of the import", f"{size} x 15", told["undone"], told["written"], "writing it", 1)
    for name, who in (("program", "own"), ("reading child", "child")):
        used = told[who]
        yield Row(f"  memory of the {name}", f"{size} x 15", f"{used:.0f} MB", "", f"<= {MEMORY} MB", used <= MEMORY)


def _told(code: str, *paths: Path) -> dict[str, float]:
    environment = {**os.environ, "CRMDESK_TODAY": TODAY.isoformat()}
    command = [sys.executable, "-c", code, *map(str, paths)]
    found: dict[str, float] = json.loads(
        subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    )
    return found
