"""Undo of the user's own columns: they share one JSON field, so what was changed since is told apart by key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw


def merged(old: Mapping[str, str], new: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """`now` with each key that the step changed from `old` to `new` as it was, if it still is what the step made it."""
    result = dict(now)
    for key in old.keys() | new.keys():
        if old.get(key) != new.get(key) and now.get(key) == new.get(key):
            if key in old:
                result[key] = old[key]
            else:
                del result[key]
    return result


def merge_back(raw: Raw) -> None:
    """Take the step's own columns back for the customers in `taken_values` whose field has moved on."""
    moved = raw.execute(
        "SELECT c.id, v.old, v.new, c.extra FROM taken_values v JOIN customers c ON c.id = v.row_id"
        " WHERE v.table_name = 'customers' AND v.column_name = 'extra'"
        " AND c.extra IS NOT v.new AND c.extra IS NOT v.old"
    ).fetchall()
    for customer, *texts in moved:
        old, new, now = map(json.loads, texts)
        result = merged(old, new, now)
        if result != now:
            text = json.dumps(result, ensure_ascii=False)
            raw.execute("UPDATE customers SET extra = ?, version = version + 1 WHERE id = ?", (text, customer))
