"""What can still be read in a damaged file, row by row, into a new one. The damaged file itself is only copied.

A damaged page takes the rows on it along; everything around it is reached from both sides, by id.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from crmdesk.domain.phrase import Refused
from crmdesk.progress import Progress
from crmdesk.storage.database_driver import DriverError, connect

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

    from sqlalchemy import Table

_SIDECARS: Final = ("", "-journal")  # the journal of a step that was cut short takes it back, in the copy too
_CHUNK: Final = 500
_PROBES: Final = 4000  # questions a table: a file of noise must not be asked for ever
# What is derived anew, and the history: a chain with holes in it proves nothing.
_LEFT: Final = frozenset({"figures", "scheme_limits", "scheme_tiers", "open_step", "steps", "step_rows", "step_values"})
Row = tuple[object, ...]


@dataclass(frozen=True)
class Salvaged:
    """How many rows of each table were taken over, and how many are lost; None where nobody can tell any more."""

    path: Path
    taken: dict[str, int] = field(default_factory=dict)
    lost: dict[str, int | None] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether nothing is missing."""
        return not any(count != 0 for count in self.lost.values())


def salvage_into(damaged: Path, target: Path, password: str, progress: Progress) -> Salvaged:
    """Fill `target` (new, empty, closed) with what a copy of `damaged` still gives. Refused("nothing_readable")."""
    with TemporaryDirectory(dir=target.parent) as folder:
        copy = Path(folder) / "copy"
        for suffix in _SIDECARS:
            source = damaged.with_name(damaged.name + suffix)
            if source.exists():
                shutil.copyfile(source, copy.with_name(copy.name + suffix))
        try:
            with closing(_Source(copy, password)) as old:
                known = {name for (name,) in old.raw.execute("SELECT name FROM sqlite_schema").fetchall()}
                with closing(connect(target, writer=True, password=password)) as new:
                    return _take_over(old, known, new, target, progress)
        except DriverError as error:
            raise Refused("nothing_readable", file=damaged.name) from error


class _Source:
    """The copy of the damaged file, opened anew after each page that cannot be read.

    A locked file refuses everything from its first bad page on until it is opened again; its key is derived once,
    for that takes longer than all the reading.
    """

    def __init__(self, path: Path, password: str) -> None:
        self._path = path
        self._key = _derived(path, password) if password else ""
        self.raw = self._opened()

    def renew(self) -> None:
        """Forget the error."""
        if self._key:
            self.raw.close()
            self.raw = self._opened()

    def close(self) -> None:
        """Close the copy."""
        self.raw.close()

    def _opened(self) -> Raw:
        # For writing: a journal left beside the copy can only be played back by who may write.
        return connect(self._path, writer=True, password=self._key)


def _derived(path: Path, password: str) -> str:
    """The raw key with its salt, as SQLCipher 4 makes it of a password."""
    with path.open("rb") as file:
        salt = file.read(16)
    key = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, 256_000, 32)
    return f"x'{key.hex()}{salt.hex()}'"


def _take_over(old: _Source, known: set[str], new: Raw, target: Path, progress: Progress) -> Salvaged:
    from crmdesk.storage import schema, schema_photos
    from crmdesk.storage.journal import drop_triggers, make_triggers

    assert schema_photos.photo_contents.metadata is schema.customers.metadata
    told = Salvaged(target)
    new.execute("PRAGMA foreign_keys=OFF")  # a table may come before what it points to
    new.execute("BEGIN IMMEDIATE")
    drop_triggers(new)  # the journal begins with the new file
    for table in schema.customers.metadata.sorted_tables:
        if table.name in known - _LEFT:
            _copy_table(old, new, table, told, progress)
    _drop_orphans(new, told)
    make_triggers(new)
    new.execute("COMMIT")
    if "customers" not in told.taken:
        raise Refused("nothing_readable", file=target.name)
    return told


def _copy_table(old: _Source, new: Raw, table: Table, told: Salvaged, progress: Progress) -> None:
    own = {row[1] for row in old.raw.execute(f"PRAGMA table_info({table.name})").fetchall()}
    columns = [column.name for column in table.c if column.name in own]
    reader = _Reader(old, table.name, columns)
    # A row that breaks a rule of the new file (a name that stands twice, a value that is gone) counts as lost.
    new.execute(f"DELETE FROM {table.name}")  # noqa: S608 - names of our own schema
    before = new.total_changes
    marks = ", ".join("?" * len(columns))
    insert = f"INSERT OR IGNORE INTO {table.name} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608
    for rows in reader.chunks():
        new.executemany(insert, rows)
        progress.report("salvage", new.total_changes - before)
    taken = new.total_changes - before
    told.taken[table.name] = taken
    expected = reader.expected()
    told.lost[table.name] = (None if reader.gave_up else 0) if expected is None else max(expected - taken, 0)


class _Reader:
    """The rows of a table by rowid, around what cannot be read."""

    def __init__(self, old: _Source, table: str, columns: list[str]) -> None:
        self._old, self._table = old, table
        self._columns = ", ".join(columns)
        self._probes = 0
        self.gave_up = False  # some page could not be read

    def chunks(self) -> Iterator[list[Row]]:
        """Lists of rows, each row once, in no order."""
        yield from self._between(-(1 << 63), (1 << 63) - 1)

    def expected(self) -> int | None:
        """How many rows there were, by the table or by an index of it that is whole; None where none is."""
        ways = ["NOT INDEXED"]
        ways += [
            f'INDEXED BY "{row[1]}"'
            for row in self._old.raw.execute(f"PRAGMA index_list({self._table})").fetchall()
            if not row[4]  # an index over some of the rows only
        ]
        found = []
        for way in ways:
            try:
                found.append(self._old.raw.execute(f"SELECT count(*) FROM {self._table} {way}").fetchone()[0])  # noqa: S608
            except DriverError:
                self._old.renew()
        return max(found, default=None)

    def _between(self, low: int, high: int) -> Iterator[list[Row]]:
        """What can be read from `low` to `high`: forwards up to the damage, backwards up to it, then the halves."""
        for upwards in (True, False):
            whole = True
            while whole and low <= high:
                rows, whole = self._ask(low, high, upwards=upwards)
                if rows:
                    yield [row[1:] for row in rows]
                    edge = int(str(rows[-1][0]))
                    low, high = (edge + 1, high) if upwards else (low, edge - 1)
                if whole and len(rows) < _CHUNK:
                    return
        middle = (low + high) // 2
        if low < high and self._probes < _PROBES:
            yield from self._between(low, middle)
            yield from self._between(middle + 1, high)

    def _ask(self, low: int, high: int, *, upwards: bool) -> tuple[list[Row], bool]:
        """Up to a chunk of rows from one end, and whether no damage was met."""
        order = "ASC" if upwards else "DESC"
        question = (
            f"SELECT rowid, {self._columns} FROM {self._table} WHERE rowid BETWEEN ? AND ? ORDER BY rowid {order}"  # noqa: S608
        )
        rows: list[Row] = []
        self._probes += 1
        try:
            cursor = self._old.raw.execute(f"{question} LIMIT {_CHUNK}", (low, high))
            while (row := cursor.fetchone()) is not None:
                rows.append(row)
        except DriverError:
            self.gave_up = True
            self._old.renew()
            return rows, False
        return rows, True


def _drop_orphans(new: Raw, told: Salvaged) -> None:
    """A row whose owner is lost goes too, or forgets it where it can stand alone."""
    while broken := new.execute("PRAGMA foreign_key_check").fetchall():
        for table, rowid, _parent, number in broken:
            keys = new.execute(f"PRAGMA foreign_key_list({table})").fetchall()
            column = next(key[3] for key in keys if key[0] == number)
            needed = next(row[3] for row in new.execute(f"PRAGMA table_info({table})") if row[1] == column)
            if needed:
                gone = new.execute(f"DELETE FROM {table} WHERE rowid = ?", (rowid,)).rowcount  # noqa: S608
                told.taken[table] -= gone
                lost = told.lost[table]
                told.lost[table] = None if lost is None else lost + gone
            else:
                new.execute(f"UPDATE {table} SET {column} = NULL WHERE rowid = ?", (rowid,))  # noqa: S608
