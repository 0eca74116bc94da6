"""The bin: deletions are hard, and the journal still knows the rows."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, select

from crmdesk.domain.record import BinEntry
from crmdesk.storage.schema_journal import step_rows, step_values, steps


def entries(connection: Connection, now: datetime, days: int) -> list[BinEntry]:
    """The steps of the last `days` that deleted customers and still stand, newest first."""
    since = (now - timedelta(days=days)).astimezone(UTC)
    rows = connection.execute(
        select(steps.c.id, steps.c.at, step_values.c.old)
        .join_from(steps, step_rows, step_rows.c.id.between(steps.c.first_row, steps.c.last_row))
        .join(step_values, step_values.c.step_row_id == step_rows.c.id)
        .where(
            steps.c.name.like('["delete_customer%'),
            steps.c.undone_by.is_(None),
            step_rows.c.table_name == "customers",
            step_rows.c.operation == "D",
        )
        .order_by(steps.c.id.desc(), step_rows.c.id)
    )
    names: dict[tuple[int, datetime], list[str]] = defaultdict(list)
    for step, at, row in rows:
        happened = datetime.fromisoformat(at).replace(tzinfo=UTC)
        if happened >= since:
            values = json.loads(row)
            names[step, happened.astimezone().replace(tzinfo=None)].append(values.get("name") or values.get("code", ""))
    return [BinEntry(step, at, tuple(found)) for (step, at), found in names.items()]
