"""Cut the power, in play: what was not yet forced to the disk is dropped at random. Linux with a C compiler.

    python tests/durability/power_cuts.py --count 1000

A program saves steps while every write, sync, truncation and deletion of it is recorded. Then, for each cut, a moment
is drawn; what was forced to the disk before it is there, of the rest any part: whole writes, torn sectors, or nothing;
the same for deletions until their folder was forced. Exit code 0 only when every such disk opens, sound, with
everything that was acknowledged before the cut.
"""

from __future__ import annotations

import argparse
import os
import random
import struct
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
SECTOR = 512


@dataclass(frozen=True)
class Record:
    """One thing the program did to the disk."""

    what: str
    path: str
    offset: int
    data: bytes


@dataclass
class Disk:
    """What is certain to be on the disk, and what is on its way."""

    certain: dict[str, bytearray] = field(default_factory=dict)
    waiting: dict[str, list[Record]] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)  # and their folder not yet forced

    def do(self, record: Record) -> None:
        """Take one record in."""
        if record.what == "S" and not Path(record.path).suffix:  # the folder
            for path in self.deleted:
                self.certain.pop(path, None)
                self.waiting.pop(path, None)
            self.deleted.clear()
        elif record.what == "S":
            content = self.certain.setdefault(record.path, bytearray())
            for earlier in self.waiting.pop(record.path, []):
                apply(content, earlier)
        elif record.what == "U":
            self.deleted.add(record.path)
        else:
            if record.path in self.deleted:  # made anew under the name of one that was deleted
                self.deleted.discard(record.path)
                self.certain.pop(record.path, None)
                self.waiting.pop(record.path, None)
            self.waiting.setdefault(record.path, []).append(record)

    def after_the_cut(self, chance: random.Random) -> dict[str, bytearray]:
        """One of the many states the disk may be in when the power goes now."""
        files = {path: bytearray(content) for path, content in self.certain.items()}
        for path, records in self.waiting.items():
            share = chance.choice((0.0, 0.5, 0.9, 1.0))
            for record in records:
                if chance.random() < share:
                    apply(files.setdefault(path, bytearray()), torn(record, chance))
        for path in self.deleted:
            if chance.random() < 0.5:
                files.pop(path, None)
        return files


def apply(content: bytearray, record: Record) -> None:
    """Do to a file's content what the record says."""
    if record.what == "T":
        del content[record.offset :]
        content.extend(bytes(record.offset - len(content)))
    else:
        content.extend(bytes(max(0, record.offset - len(content))))
        content[record.offset : record.offset + len(record.data)] = record.data


def torn(record: Record, chance: random.Random) -> Record:
    """Now and then only the first sectors of a write arrive."""
    if record.what == "W" and chance.random() < 0.1:
        sectors = chance.randrange(len(record.data) // SECTOR + 1)
        return Record("W", record.path, record.offset, record.data[: sectors * SECTOR])
    return record


def save(file: Path, acknowledged: Path, steps: int) -> None:
    """The recorded program: steps of several kinds, each acknowledged in a file once it is saved."""
    from crmdesk.clock import Clock
    from crmdesk.operations.files import open_file
    from crmdesk.storage import rows, schema

    db = open_file(file, Clock())
    handle = os.open(acknowledged, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for number in range(steps):
        if number % 5 == 3:
            step = db.undo().step
        else:
            with db.write("add") as writing:
                ids = writing.new_ids(1 + number % 40)
                rows.insert_rows(writing.raw, "customers", ("id", "name"), [(row, f"客户{row}") for row in ids])
                writing.raw.execute("UPDATE customers SET notes = ? WHERE id % 7 = 0", (str(number),))
                rows.insert(writing, schema.tags, name=f"标签{ids[0]}")
            step = writing.changes.step
        os.write(handle, f"{step}\n".encode())
    db.close()


def recorded(log: Path) -> Iterator[Record]:
    """The records, in order."""
    content = log.read_bytes()
    at = 0
    while at < len(content):
        length, offset, size = struct.unpack_from("=qqq", content, at + 1)
        path = content[at + 25 : at + 25 + length].decode()
        data = content[at + 25 + length : at + 25 + length + size]
        yield Record(chr(content[at]), path, offset, data)
        at += 25 + length + size


def record_program(folder: Path, steps: int) -> list[Record]:
    """Run the program with its writes recorded."""
    shim, log = folder / "record.so", folder / "record.log"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", str(shim), str(HERE / "record_writes.c")], check=True)
    disk = folder / "disk"
    preload = {"LD_PRELOAD": str(shim), "RECORD_FOLDER": str(disk), "RECORD_TO": str(log)}
    command = [sys.executable, __file__, "--child", str(disk), "--steps", str(steps)]
    subprocess.run(command, env={**os.environ, **preload}, check=True)
    return list(recorded(log))


def judge(file: Path, acknowledged: list[int]) -> str:
    """`whole`, or what is wrong with the file."""
    from crmdesk.clock import Clock
    from crmdesk.domain.phrase import Refused
    from crmdesk.operations import files

    try:
        files.open_file(file, Clock()).close()
        files.check_file(file, Clock())
    except Refused as refused:
        return refused.phrase.code
    db = files.open_file(file, Clock(), read_only=True)
    with db.raw_read() as raw:
        there = {step for (step,) in raw.execute("SELECT id FROM steps").fetchall()}
    db.close()
    return "lost" if set(acknowledged) - there else "whole"


def cut(folder: Path, records: list[Record], start: bytes, moments: list[int], chance: random.Random) -> Counter[str]:
    """Play the records once, cutting at each of the moments (sorted)."""
    file = str(folder / "disk" / "a.crmdesk")
    disk = Disk(certain={file: bytearray(start)})
    outcomes: Counter[str] = Counter()
    acknowledged: list[int] = []
    after = folder / "after"
    played = 0
    for moment in moments:
        for record in records[played:moment]:
            if record.path.endswith("acknowledged"):
                acknowledged.append(int(record.data))
            else:
                disk.do(record)
        played = moment
        after.mkdir()
        for path, content in disk.after_the_cut(chance).items():
            (after / Path(path).name).write_bytes(content)
        outcomes[judge(after / "a.crmdesk", acknowledged)] += 1
        for left in after.iterdir():
            left.unlink()
        after.rmdir()
    return outcomes


def moment(records: list[Record], chance: random.Random) -> int:
    """When to cut: anywhere, or right after an acknowledgement, where a promise is easiest to break."""
    anywhere = chance.randrange(len(records))
    if chance.random() < 0.7:
        return anywhere
    return next((n + 1 for n in range(anywhere, len(records)) if records[n].path.endswith("acknowledged")), anywhere)


def main() -> int:
    """Record, cut, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--steps", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        save(options.child / "a.crmdesk", options.child / "acknowledged", options.steps)
        return 0
    from crmdesk.clock import Clock
    from crmdesk.operations.files import create_file

    with tempfile.TemporaryDirectory() as home:
        os.environ |= dict.fromkeys(("HOME", "XDG_DATA_HOME"), home)
        disk = Path(home) / "disk"
        disk.mkdir()
        create_file(disk / "a.crmdesk", Clock()).close()
        start = (disk / "a.crmdesk").read_bytes()
        records = [r for r in record_program(Path(home), options.steps) if not r.path.endswith(".lock")]
        chance = random.Random(options.seed)
        moments = sorted(moment(records, chance) for _cut in range(options.count))
        outcomes = cut(Path(home), records, start, moments, chance)
    sys.stdout.write(f"{options.count} power cuts over {len(records)} writes (seed {options.seed}): {dict(outcomes)}\n")
    return 0 if set(outcomes) <= {"whole"} else 1


if __name__ == "__main__":
    sys.exit(main())
