"""Kill an import at random moments: the file must hold all of it or nothing, and be sound. Give the number of kills.

The sheet is made here; a child process imports it into a copy of a file that holds something already and is killed
(SIGKILL, or TerminateProcess) while it writes. Exit code 0 only when every one of the N files was whole.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROWS = 3_000
KNOWN = 50
READY = "ready"


def write_sheet(path: Path, rows: int, start: int = 0) -> Path:
    """A list of customers, one purchase total each."""
    lines = ["客户编号,客户名称,手机,地址,备注"]
    lines += [f"K{n},客户{n},138{n:08},文三路{n}号,备注{n}" for n in range(start, start + rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def import_into(file: Path, sheet: Path, *, tell: bool = False) -> None:
    """Preview, say so where somebody waits for it, import."""
    from crmdesk.clock import clock_from_environment
    from crmdesk.operations.files import open_file
    from crmdesk.operations.importing import import_preview, preview_sheets

    db = open_file(file, clock_from_environment(), create=not file.exists())
    with preview_sheets(db, [sheet]) as preview:
        if tell:
            sys.stdout.write(f"{READY}\n")
            sys.stdout.flush()
        import_preview(db, preview)
    db.close()


def start(file: Path, sheet: Path) -> subprocess.Popen[str]:
    """A child that has previewed and is about to import."""
    command = [sys.executable, __file__, "--child", str(file), str(sheet)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline().strip() == READY
    return child


def look(file: Path) -> tuple[int, str, str]:
    """How many customers the file holds after recovery, what the check says, and its logical dump's digest."""
    from hashlib import sha256

    from crmdesk.clock import clock_from_environment
    from crmdesk.operations.files import open_file
    from crmdesk.operations.history import logical_dump

    db = open_file(file, clock_from_environment())
    try:
        with db.raw_read() as raw:
            count = raw.execute("SELECT count(*) FROM customers").fetchone()[0]
            sound = raw.execute("PRAGMA integrity_check").fetchone()[0]
        return count, sound, sha256(logical_dump(db).encode()).hexdigest()
    finally:
        db.close()


def run(kills: int, folder: Path) -> Counter[str]:
    """Kill `kills` imports; gives how many files held nothing, all, or something torn."""
    base, sheet = folder / "base.crmdesk", write_sheet(folder / "sheet.csv", ROWS)
    import_into(base, write_sheet(folder / "known.csv", KNOWN, start=900_000))
    before = look(base)
    whole = folder / "whole.crmdesk"
    shutil.copy(base, whole)
    child = start(whole, sheet)
    began = time.monotonic()
    child.communicate()
    lasts = time.monotonic() - began
    outcomes: Counter[str] = Counter()
    for number in range(kills):
        file = folder / f"{number}.crmdesk"
        shutil.copy(base, file)
        child = start(file, sheet)
        time.sleep(random.uniform(0, lasts * 1.05))
        child.kill()
        child.communicate()
        outcomes[judge(look(file), before)] += 1
        for left in folder.glob(f"{number}.crmdesk*"):
            left.unlink()
    return outcomes


def judge(after: tuple[int, str, str], before: tuple[int, str, str]) -> str:
    """`nothing`, `all`, or what is wrong."""
    if after[1] != "ok":
        return f"damaged: {after[1]}"
    if after[2] == before[2]:
        return "nothing"
    return "all" if after[0] == KNOWN + ROWS else f"torn: {after[0]} customers"


def main() -> int:
    """Run and print what came of it."""
    if sys.argv[1:2] == ["--child"]:
        import_into(Path(sys.argv[2]), Path(sys.argv[3]), tell=True)
        return 0
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    with tempfile.TemporaryDirectory() as home:
        os.environ |= dict.fromkeys(("HOME", "USERPROFILE", "XDG_DATA_HOME", "LOCALAPPDATA"), home)
        os.environ["CRMDESK_TODAY"] = "2026-11-22"
        outcomes = run(kills, Path(home))
    sys.stdout.write(f"{kills} kills inside an import: {dict(outcomes)}\n")
    return 0 if set(outcomes) <= {"nothing", "all"} else 1


if __name__ == "__main__":
    sys.exit(main())
