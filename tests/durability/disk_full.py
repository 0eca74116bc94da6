"""Let the disk run full at one place after the other: what was saved stays, nothing is half done, work goes on.

    python tests/durability/disk_full.py --places 10

Makes a small disk in memory (Linux, `unshare`) and leaves a little more room on it each time. Exit code 0 only when
nothing was lost.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

DISK_MB = 16
ROOM_STEP = 64 * 1024  # bytes of room more at each place
MANY = 5_000


def work(disk: Path, places: int) -> int:
    """Inside: `disk` is the small disk. Gives the number of things that went wrong."""
    from crmdesk.clock import Clock
    from crmdesk.domain.phrase import Refused
    from crmdesk.operations import backups, files, history
    from crmdesk.storage import rows, schema

    os.environ |= dict.fromkeys(("HOME", "XDG_DATA_HOME"), str(disk))
    db = files.create_file(disk / "a.crmdesk", Clock())
    ballast = disk / "ballast"
    wrong = 0

    def one_row() -> None:
        with db.write("add") as step:
            rows.insert(step, schema.customers, name="王姐")

    def many_rows() -> None:
        with db.write("import_sheets") as step:
            named = ((row, f"客户{row}") for row in step.new_ids(MANY))
            rows.insert_rows(step.raw, "customers", ("id", "name"), named)

    def undo() -> None:
        db.undo()

    def back_up() -> None:
        backups.back_up(db)

    def make() -> None:
        files.create_file(disk / "b.crmdesk", Clock()).close()

    actions: list[Callable[[], None]] = [one_row, undo, one_row, back_up, many_rows, make]
    for place in range(places):
        one_row()
        fill(disk, ballast, place * ROOM_STEP)
        for action in actions:
            before, at = history.logical_dump(db), db.path.parent
            try:
                action()
                outcome = "done"
            except Refused as refused:
                outcome = refused.phrase.code
                wrong += history.logical_dump(db) != before
            halves = [file.name for file in at.rglob("*.part")]
            wrong += bool(halves) or outcome not in {"done", "disk_full", "backup_failed", "folder_not_writable"}
            sys.stdout.write(f"{place * ROOM_STEP:>8} bytes of room: {action.__name__:9} {outcome} {halves or ''}\n")
        ballast.unlink()
        (disk / "b.crmdesk").unlink(missing_ok=True)
        one_row()  # once there is room, work goes on
        backups.back_up(db)
        db.close()
        files.check_file(disk / "a.crmdesk", Clock())
        for backup in backups.list_backups(disk / "a.crmdesk"):
            files.check_file(backup.path, Clock())
            backup.path.unlink()
        (disk / "a.crmdesk").unlink()
        db = files.create_file(disk / "a.crmdesk", Clock())
    db.close()
    sys.stdout.write(f"disk full at {places} places: {wrong} went wrong\n")
    return wrong


def fill(disk: Path, ballast: Path, room: int) -> None:
    """Leave `room` bytes on the disk."""
    with ballast.open("wb") as file:
        stat = os.statvfs(disk)
        file.write(bytes(max(0, stat.f_bavail * stat.f_frsize - room)))


def main() -> int:
    """Make the small disk in a namespace of its own, and work on it there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--places", type=int, default=10)
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        return min(1, work(options.inside, options.places))
    mount = f"mount -t tmpfs -o size={DISK_MB}m none /mnt"
    again = f"{sys.executable} {__file__} --places {options.places} --inside /mnt"
    return subprocess.run(["unshare", "-rm", "sh", "-c", f"{mount} && exec {again}"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
