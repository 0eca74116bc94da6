"""The imports of a file: which step each was, what it brought, and how often a sheet comes. Plain SQL."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from crmdesk.domain.phrase import Phrase
from crmdesk.storage.journal_steps import local_time

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

_OFTEN: Final = 3  # days a sheet must have come on before its interval is usual
_GIVEN_UP: Final = 5  # usual intervals after which a sheet is not expected any more


@dataclass(frozen=True)
class ImportedFile:
    """One file of an import: its name, and what became of its rows ("read", "new", "updated", …)."""

    name: str
    sheets: int
    rows: dict[str, int]


@dataclass(frozen=True)
class ImportEntry:
    """One import: the step it was, when (local time), its files and what it added.

    Of one that was taken back they are what the journal still knows.
    """

    step: int
    at: datetime
    file: str
    undone: bool
    files: tuple[ImportedFile, ...]
    created: dict[str, int]


def list_imports(raw: Raw) -> list[ImportEntry]:
    """All imports, the newest first, those that were taken back too."""
    files: dict[int, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for name, text in raw.execute("SELECT file_name, counts FROM imports ORDER BY id").fetchall():
        counts = json.loads(text)
        if "step" in counts:
            files[int(counts["step"])].append((name, counts))
    rows = raw.execute(
        "SELECT id, at, name, undone_by FROM steps WHERE name LIKE '%\"import_sheets\"%' AND undoes IS NULL"
        " ORDER BY id DESC"
    ).fetchall()
    for step, _at, _name, undone in rows:
        if undone and step not in files:
            files[step] = _taken_back(raw, undone)
    return [
        ImportEntry(
            step,
            local_time(at),
            str(Phrase.from_json(name).values.get("file", "")),
            bool(undone),
            tuple(_file(*one) for one in files[step]),
            files[step][0][1]["created"] if files[step] else {},  # the same beside each file of the import
        )
        for step, at, name, undone in rows
        if undone or step in files
    ]


def _taken_back(raw: Raw, undone_by: int) -> list[tuple[str, dict[str, Any]]]:
    """The files of an import and their counts, from what the step that took it back deleted."""
    rows = raw.execute(
        "SELECT json_extract(v.old, '$.file_name'), json_extract(v.old, '$.counts') FROM steps u"
        " JOIN step_rows r ON r.id BETWEEN u.first_row AND u.last_row AND r.table_name = 'imports'"
        " AND r.operation = 'D' JOIN step_values v ON v.step_row_id = r.id WHERE u.id = ? ORDER BY r.row_id",
        (undone_by,),
    ).fetchall()
    return [(name, json.loads(counts)) for name, counts in rows]


def _file(name: str, counts: dict[str, Any]) -> ImportedFile:
    total: dict[str, int] = defaultdict(int)
    for sheet in counts["sheets"]:
        for outcome, count in sheet["rows"].items():
            total[outcome] += count
    return ImportedFile(name, len(counts["sheets"]), dict(total))


_OVERWRITTEN: Final = (
    "SELECT {name}, {field}, v.old, v.new FROM steps s"
    " JOIN step_rows r ON r.id BETWEEN s.first_row AND s.last_row AND r.operation = 'U' AND r.table_name = '{table}'"
    " JOIN step_values v ON v.step_row_id = r.id JOIN {table} x ON x.id = r.row_id JOIN customers c ON c.id = {owner}"
    " WHERE s.id = ?1 AND v.column_name NOT IN ('position', 'import_key', 'import_id', 'label') ORDER BY r.id LIMIT ?2"
)
_CALLED: Final = "coalesce(nullif(c.name, ''), c.code)"


def overwritten(raw: Raw, step: int, limit: int) -> list[tuple[str, str, Any, Any]]:
    """What an import changed of what was there: customer, field, the value before, the value it brought."""
    tables = (
        ("customers", "x.id", "v.column_name"),
        ("contact_points", "x.customer_id", "x.kind"),
        ("contacts", "x.customer_id", "'contact_' || v.column_name"),
        ("orders", "x.customer_id", "'order_' || v.column_name"),
    )
    found: list[tuple[str, str, Any, Any]] = []
    for table, owner, field in tables:
        statement = _OVERWRITTEN.format(name=_CALLED, field=field, table=table, owner=owner)
        for name, column, old, new in raw.execute(statement, (step, limit)).fetchall():
            if column == "extra":
                was, now = json.loads(old), json.loads(new)
                heads = [head for head in {**was, **now} if was.get(head) != now.get(head)]
                found += [(name, f"extra:{head}", was.get(head, ""), now.get(head, "")) for head in heads]
            elif column == "region_id":
                found.append((name, "region", _place(raw, old), _place(raw, new)))
            else:
                found.append((name, column.removeprefix("given_"), old, new))
    return found[:limit]


def _place(raw: Raw, region: int | None) -> str:
    row = raw.execute("SELECT province || city || district FROM regions WHERE id = ?", (region,)).fetchone()
    return str(row[0]) if row else ""


def late_sheet(raw: Raw, today: date) -> Phrase | None:
    """The sheet that should have come again by now: it came on at least 3 days, and longer ago than it usually does."""
    came: dict[str, dict[date, str]] = defaultdict(dict)
    statement = "SELECT h.value, i.at, i.file_name FROM imports i, json_each(i.counts, '$.headers') h ORDER BY i.at"
    for headers, at, name in raw.execute(statement).fetchall():
        came[headers][date.fromisoformat(at[:10])] = name
    late: list[tuple[int, int, int, str]] = []
    for days in came.values():
        usual = _usual(list(days))
        if usual:
            last = max(days)
            age = (today - last).days
            if usual < age <= _GIVEN_UP * usual:
                late.append((age - usual, age, usual, days[last]))
    if not late:
        return None
    _over, age, usual, name = max(late)
    return Phrase("sheet_late", {"file": name, "days": age, "usual": usual})


def _usual(days: list[date]) -> int:
    """The usual number of days between two of these; 0 where they are too few."""
    if len(days) < _OFTEN:
        return 0
    days.sort()
    gaps = sorted((later - earlier).days for earlier, later in pairwise(days))
    return gaps[len(gaps) // 2]
