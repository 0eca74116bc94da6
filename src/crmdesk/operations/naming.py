"""Steps that are called by the one thing they touch, or by how many."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager

from crmdesk.storage.database import Database
from crmdesk.storage.database_step import Step


def write_named(database: Database, one: str, many: str, names: Mapping[int, str]) -> AbstractContextManager[Step]:
    """A step over the things of `names` (id to name): `one` with its name, or `many` with the count."""
    if len(names) == 1:
        return database.write(one, name=next(iter(names.values())))
    return database.write(many, count=len(names))
