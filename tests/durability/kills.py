"""Kill a program at random moments while it saves: what it acknowledged must be there, and nothing may be torn.

    python tests/durability/kills.py --count 200            kills while steps are saved, undone and done again
    python tests/durability/kills.py --count 60 --backup    kills while backups are taken

Exit code 0 only when no kill lost or tore anything.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

LINES = 3  # order lines that each order is saved with


def save_for_ever(file: Path) -> None:
    """The child: one step after the other, each acknowledged once it is saved."""
    from crmdesk.clock import Clock
    from crmdesk.operations.files import open_file
    from crmdesk.storage import rows, schema

    db = open_file(file, Clock(), create=True)
    for number in range(1_000_000):
        if number % 5 == 3:
            step = db.undo().step
        elif number % 5 == 4:
            step = db.redo().step
        else:
            with db.write("order") as writing:
                customer = rows.insert(writing, schema.customers, name=f"客户{number}")
                order = rows.insert(writing, schema.orders, customer_id=customer, amount=number)
                for _line in range(LINES):
                    rows.insert(writing, schema.order_lines, order_id=order, amount=number)
            step = writing.changes.step
        sys.stdout.write(f"{step}\n")
        sys.stdout.flush()


def back_up_for_ever(file: Path) -> None:
    """The child: steps with a backup after each."""
    from crmdesk.clock import Clock
    from crmdesk.operations import backups
    from crmdesk.operations.files import open_file
    from crmdesk.storage import rows, schema

    db = open_file(file, Clock(), create=True)
    while True:
        with db.write("order") as writing:
            ids = writing.new_ids(500)
            rows.insert_rows(writing.raw, "customers", ("id", "name"), [(row, f"客户{row}") for row in ids])
            rows.insert(writing, schema.tags, name=f"标签{ids[0]}")
        backups.back_up(db)
        sys.stdout.write(f"{writing.changes.step}\n")
        sys.stdout.flush()


def kill_one(file: Path, *, backup: bool) -> int:
    """Start a child, kill it a moment after its first acknowledgement; gives the last step it acknowledged."""
    command = [sys.executable, __file__, "--child", str(file), *(["--backup"] if backup else [])]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    first = child.stdout.readline()
    time.sleep(random.uniform(0, 0.2))
    child.kill()
    rest, _errors = child.communicate()
    if not first:
        raise SystemExit("the child could not save anything")
    lines = (first + rest).splitlines(keepends=True)
    return int([line for line in lines if line.endswith("\n")][-1])


@dataclass
class Outcome:
    """What came of the kills."""

    acknowledged: int = 0
    lost: int = 0
    torn: int = 0

    def __str__(self) -> str:
        return f"{self.acknowledged} steps acknowledged, {self.lost} lost, {self.torn} torn"


def look(file: Path, last: int, outcome: Outcome) -> None:
    """Open the file as the next session would, and compare it with what was acknowledged."""
    from crmdesk.clock import Clock
    from crmdesk.domain.phrase import Refused
    from crmdesk.operations import files

    files.open_file(file, Clock()).close()  # plays a journal back that was left
    try:
        files.check_file(file, Clock())
    except Refused:
        outcome.torn += 1
        return
    db = files.open_file(file, Clock(), read_only=True)
    with db.raw_read() as raw:
        outcome.lost += raw.execute("SELECT count(*) FROM steps WHERE id = ?", (last,)).fetchone()[0] == 0
        outcome.acknowledged = raw.execute("SELECT count(*) FROM steps WHERE id <= ?", (last,)).fetchone()[0]
        halves = raw.execute(
            "SELECT count(*) FROM orders o WHERE (SELECT count(*) FROM order_lines l WHERE l.order_id = o.id) <> ?",
            (LINES,),
        ).fetchone()[0]
        outcome.torn += halves > 0
    db.close()


def unsound_backups(file: Path) -> int:
    """How many files of the backup folder that count as backups are not sound."""
    from crmdesk.clock import Clock
    from crmdesk.domain.phrase import Refused
    from crmdesk.operations import backups, files

    unsound = 0
    for backup in backups.list_backups(file):
        try:
            files.check_file(backup.path, Clock())
        except Refused:
            unsound += 1
    return unsound


def main() -> int:
    """Kill, look, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--backup", action="store_true")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        (back_up_for_ever if options.backup else save_for_ever)(options.child)
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= dict.fromkeys(("HOME", "USERPROFILE", "XDG_DATA_HOME", "LOCALAPPDATA"), folder)
        file, outcome, unsound = Path(folder) / "a.crmdesk", Outcome(), 0
        for _kill in range(options.count):
            look(file, kill_one(file, backup=options.backup), outcome)
            unsound += unsound_backups(file) if options.backup else 0
    sys.stdout.write(f"{options.count} kills: {outcome}")
    sys.stdout.write(f", {unsound} unsound backups\n" if options.backup else "\n")
    return 1 if outcome.lost or outcome.torn or unsound else 0


if __name__ == "__main__":
    sys.exit(main())
