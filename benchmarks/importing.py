"""A workbook into the file, against calamine iterating over it: time, and memory of program and reading child."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from material import TODAY
from timing import Row, ratio, seconds

TARGET = 5
MEMORY = 300  # MB, each
OPENPYXL, OFFICE = 1 / 3, 1  # of the time that these need for reading or converting alone
# Each in a process of its own: nothing is loaded or kept from what ran before.
CALAMINE = """
import json, sys, time
from python_calamine import CalamineWorkbook
began = time.perf_counter()
cells = sum(len(row) for row in CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).iter_rows())
print(json.dumps({"taken": time.perf_counter() - began, "used": time.process_time()}))
"""
READ_ONLY = """
import json, sys, time
from openpyxl import load_workbook
began = time.perf_counter()
cells = sum(len(row) for row in load_workbook(sys.argv[1], read_only=True).worksheets[0].iter_rows(values_only=True))
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
began, used = time.perf_counter(), time.process_time()
with preview_sheets(database, [Path(sys.argv[1])], Progress()) as preview:
    read = time.perf_counter()
    import_preview(database, preview, Progress())
written, used = time.perf_counter(), time.process_time() - used
reading = resource.getrusage(resource.RUSAGE_CHILDREN)
used += reading.ru_utime + reading.ru_stime
unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
own, child = (resource.getrusage(who).ru_maxrss / unit for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
if sys.platform == "linux":  # there ru_maxrss begins with what the program that started this one held
    (own,) = (int(line.split()[1]) / 1024 for line in open("/proc/self/status") if line.startswith("VmHWM:"))
before = time.perf_counter()
database.undo()
undone = time.perf_counter() - before
database.close()
told = {"read": read - began, "written": written - read, "undone": undone, "own": own, "child": child, "used": used}
print(json.dumps(told))
"""


def measure(sheet: Path, size: int, folder: Path, times: list[float]) -> Iterator[Row]:
    """Reading, previewing, writing with journal, search index and figures; `times` takes the seconds."""
    alone = [_told(CALAMINE, sheet) for _run in range(3)]
    limit, used = (min(run[name] for run in alone) for name in ("taken", "used"))
    told = _told(IMPORT, sheet, folder / f"import_{size}.crmdesk")
    taken = told["read"] + told["written"]
    times.append(taken)
    yield ratio("import, all told", f"{size} x 15", taken, limit, "calamine iterating", TARGET)
    yield ratio("  read and previewed", f"{size} x 15", told["read"], limit, "calamine iterating")
    yield ratio("  written", f"{size} x 15", told["written"], limit, "calamine iterating")
    # What a busy machine does to the waiting times it does not do to these; both processes together.
    yield ratio("  processor time", f"{size} x 15", told["used"], used, "calamine, with its start")
    yield ratio(
        "  against openpyxl", f"{size} x 15", taken, _told(READ_ONLY, sheet)["taken"], "reading alone", OPENPYXL
    )
    if shutil.which("soffice"):
        yield ratio("  against LibreOffice", f"{size} x 15", taken, _converted(sheet, folder), "to CSV alone", OFFICE)
    yield ratio("  undo of the import", f"{size} x 15", told["undone"], told["written"], "writing it", 1)
    for name, who in (("program", "own"), ("reading child", "child")):
        used = told[who]
        yield Row(f"  memory of the {name}", f"{size} x 15", f"{used:.0f} MB", "", f"<= {MEMORY} MB", used <= MEMORY)


def _converted(sheet: Path, folder: Path) -> float:
    """How long LibreOffice needs to make a CSV file of it; its first start makes a profile, so it starts twice."""
    command = ["soffice", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless", "--convert-to", "csv"]
    command += ["--outdir", str(folder), str(sheet)]
    return seconds(lambda: subprocess.run(command, check=True, capture_output=True), runs=2)


def _told(code: str, *paths: Path) -> dict[str, float]:
    environment = {**os.environ, "CRMDESK_TODAY": TODAY.isoformat()}
    command = [sys.executable, "-c", code, *map(str, paths)]
    found: dict[str, float] = json.loads(
        subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    )
    return found
