"""Whom nobody has judged yet."""

from __future__ import annotations

from sqlite3 import Connection as Raw


def stopped(raw: Raw) -> frozenset[int]:
    """The ids of the customers that are not followed any more."""
    return frozenset(row[0] for row in raw.execute("SELECT id FROM customers WHERE stopped_on IS NOT NULL"))
