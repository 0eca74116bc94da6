"""What an undo left alone, named for the user: rows that stayed, and fields that keep what was made of them since."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from crmdesk.domain.phrase import Phrase

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

NAMED_AT_MOST: Final = 20
# How a row is called when it is named to the user.
_NAME: Final = {
    "customers": "coalesce(nullif(x.name, ''), x.code)",
    "contacts": "x.name",
    "products": "x.name",
    "tags": "x.name",
    "orders": "coalesce(nullif(x.number, ''), x.ordered_on)",
    "interactions": "x.summary",
    "follow_ups": "x.summary",
    "receipts": "x.received_on",
    "win_backs": "x.begun_on",
    "improvements": "x.text",
    "renewals": "x.name",
    "satisfaction": "x.asked_on",
    "plans": "x.name",
    "plan_runs": "x.name",
    "gifts": "x.text",
    "offers": "x.text",
    "talks": "x.text",
}
_SILENT: Final = ("position", "import_key", "import_id", "extra")  # nothing the user wrote; own columns go by header
_CALLED: Final = {"region_id": "region", "referrer_id": "referred_by"}
_OWNER: Final = "SELECT coalesce(nullif(c.name, ''), c.code)"
_WHOLE: Final = "CASE v.column_name WHEN '*' THEN v.old END"  # a deleted row as JSON; other values are none


def kept_phrases(raw: Raw, step: int) -> tuple[Phrase, ...]:
    """What stayed as step `step` was taken back: some by name, and how many more there are."""
    found = dict.fromkeys([*_rows(raw), *_fields(raw), *_own_columns(raw), *_points(raw, step)])
    phrases = [
        Phrase("kept_field", {"name": name, "field": field}) if field else Phrase("kept_row", {"name": name})
        for name, field in found
    ]
    more = len(phrases) - NAMED_AT_MOST
    return (*phrases[:NAMED_AT_MOST], *([Phrase("kept_more", {"count": more})] if more > 0 else []))


def _rows(raw: Raw) -> list[tuple[str, str]]:
    named = []
    for table, name in _NAME.items():
        rows = raw.execute(
            f"SELECT {name} FROM kept k JOIN {table} x ON x.id = k.row_id"  # noqa: S608 - our own names
            f" WHERE k.table_name = '{table}' AND k.reason <> 'whole' ORDER BY k.row_id"
        ).fetchall()
        named += [(row[0], "") for row in rows]
    return named


def _fields(raw: Raw) -> list[tuple[str, str]]:
    named = []
    for table, column in raw.execute("SELECT DISTINCT table_name, column_name FROM taken_values").fetchall():
        if table in _NAME and column not in _SILENT:
            rows = raw.execute(
                f"SELECT {_NAME[table]} FROM taken_values v JOIN {table} x ON x.id = v.row_id"  # noqa: S608
                f" WHERE v.table_name = ? AND v.column_name = ? AND x.{column} IS NOT v.old ORDER BY v.row_id",
                (table, column),
            ).fetchall()
            field = _CALLED.get(column, column.removeprefix("given_"))
            named += [(row[0], field) for row in rows]
    return named


def _own_columns(raw: Raw) -> list[tuple[str, str]]:
    """The user's own columns share one field: those of it that the step changed and that are not as before."""
    rows = raw.execute(
        "SELECT coalesce(nullif(c.name, ''), c.code), v.old, v.new, c.extra FROM taken_values v"
        " JOIN customers c ON c.id = v.row_id"
        " WHERE v.table_name = 'customers' AND v.column_name = 'extra' AND c.extra IS NOT v.old ORDER BY c.id"
    ).fetchall()
    named = []
    for name, *texts in rows:
        old, new, now = map(json.loads, texts)
        changed = (header for header in {**old, **new} if old.get(header) != new.get(header))
        named += [(name, header) for header in changed if now.get(header) != old.get(header)]
    return named


def _points(raw: Raw, step: int) -> list[tuple[str, str]]:
    """Numbers and addresses that were changed since: a form replaces their rows, so those of the step may be gone."""
    here = raw.execute(
        f"{_OWNER}, x.kind FROM kept k JOIN contact_points x ON x.id = k.row_id"
        " JOIN customers c ON c.id = x.customer_id WHERE k.table_name = 'contact_points' AND k.reason = 'changed'"
        f" UNION ALL {_OWNER}, x.kind FROM taken_values v JOIN contact_points x ON x.id = v.row_id"
        " JOIN customers c ON c.id = x.customer_id"
        " WHERE v.table_name = 'contact_points' AND v.column_name = 'value' AND x.value IS NOT v.old"
    ).fetchall()
    # Only steps that are closed stand in this table, so what is being taken back right now does not count. CROSS JOIN:
    # those few rows first, and not the hundred thousand of a large import.
    gone = raw.execute(
        f"{_OWNER}, json_extract({_WHOLE}, '$.kind') FROM steps s"  # noqa: S608 - our own names
        " CROSS JOIN step_rows r ON r.id BETWEEN s.first_row AND s.last_row AND r.operation = 'D'"
        " AND r.table_name = 'contact_points'"
        " CROSS JOIN taken t ON t.table_name = r.table_name AND t.row_id = r.row_id AND t.last_op <> 2"
        " CROSS JOIN step_values v ON v.step_row_id = r.id"
        f" CROSS JOIN customers c ON c.id = json_extract({_WHOLE}, '$.customer_id')"
        " WHERE s.id > ? AND s.undone_by IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM contact_points x WHERE x.id = t.row_id) ORDER BY t.row_id",
        (step,),
    ).fetchall()
    return [*here, *gone]
