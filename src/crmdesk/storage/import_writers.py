"""Who wrote a customer's value last: imports of one kind of sheet, or anybody else. Plain SQL over the journal."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from crmdesk.domain.sheet_day import SheetDay
from crmdesk.storage.batches import batches

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

ANY: Final = "*"  # every column of the user's own: what the journal said of them was erased
_ASK: Final = 500
# What was taken back was not written, and taking back writes nothing new: who had the word before has it again.
_STANDS: Final = "s.undoes IS NULL AND s.undone_by IS NULL"
_TOLD: Final = "r.operation = 'U' AND r.table_name = 'customers' AND v.column_name IN (SELECT value FROM json_each(?2))"


class Came(NamedTuple):
    """The imports that sheets of these headers came with: their steps, their ids, and the newest day among them."""

    steps: frozenset[int]
    imports: frozenset[int]
    latest: SheetDay


def came_before(raw: Raw, headers: str) -> Came | None:
    """The imports of sheets with this fingerprint that still stand; None where there is none."""
    statement = "SELECT i.id, i.at, i.counts FROM imports i, json_each(i.counts, '$.headers') h WHERE h.value = ?"
    rows = [(number, at, json.loads(counts)) for number, at, counts in raw.execute(statement, (headers,)).fetchall()]
    if not rows:
        return None
    days = [SheetDay(*counts.get("days", {}).get(headers, (at[:10], at))) for _number, at, counts in rows]
    steps = frozenset(int(counts["step"]) for _number, _at, counts in rows if "step" in counts)
    return Came(steps, frozenset(row[0] for row in rows), max(days))


def made_elsewhere(raw: Raw, came: Came) -> set[int]:
    """The customers that did not come with these imports."""
    statement = "SELECT id FROM customers WHERE import_id IS NULL OR import_id NOT IN (SELECT value FROM json_each(?))"
    return {row[0] for row in raw.execute(statement, (json.dumps(sorted(came.imports)),))}


def written_elsewhere(raw: Raw, came: Came, columns: Collection[str]) -> dict[int, dict[str, int]]:
    """By customer and key ("extra:<header>" for own columns): the last entry of the journal that others wrote."""
    # From the steps and not from the customers: what others wrote is little beside years of weekly sheets.
    statement = (
        "SELECT r.row_id, r.id, v.column_name, v.old, v.new FROM steps s"  # noqa: S608 - our own text
        " JOIN step_rows r ON r.id BETWEEN s.first_row AND s.last_row JOIN step_values v ON v.step_row_id = r.id"
        f" WHERE {_STANDS} AND s.id NOT IN (SELECT value FROM json_each(?1)) AND {_TOLD} ORDER BY r.id"
    )
    return _last(raw.execute(statement, (json.dumps(sorted(came.steps)), json.dumps(sorted(columns)))))


def written_here(raw: Raw, came: Came, columns: Collection[str], ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """The same for what these imports wrote of these customers."""
    found: dict[int, dict[str, int]] = {}
    told = (json.dumps(sorted(came.steps)), json.dumps(sorted(columns)))
    for batch in batches(ids, _ASK):
        statement = (
            "SELECT r.row_id, r.id, v.column_name, v.old, v.new FROM step_rows r"  # noqa: S608 - our own text
            " JOIN step_values v ON v.step_row_id = r.id JOIN steps s ON s.id = r.step_id"
            f" WHERE {_STANDS} AND s.id IN (SELECT value FROM json_each(?1)) AND {_TOLD}"
            " AND r.row_id IN (SELECT value FROM json_each(?3)) ORDER BY r.id"
        )
        found |= _last(raw.execute(statement, (*told, json.dumps(batch))))
    return found


def _last(rows: Iterable[tuple[int, int, str, Any, Any]]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for customer, entry, column, old, new in rows:
        for key in _keys(column, old, new):
            found[customer][key] = entry
    return dict(found)


def _keys(column: str, old: Any, new: Any) -> list[str]:  # noqa: ANN401 - as the journal has it
    if column != "extra":
        return [column]
    if old is None or new is None:
        return [f"extra:{ANY}"]
    was, now = json.loads(old), json.loads(new)
    return [f"extra:{header}" for header in {**was, **now} if was.get(header) != now.get(header)]
