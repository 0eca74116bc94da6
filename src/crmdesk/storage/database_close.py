"""How a step ends: what it touched is known, what follows from it is derived anew, the journal is sealed."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from crmdesk.clock import Clock
from crmdesk.domain.changes import Changes
from crmdesk.storage import journal_close
from crmdesk.storage.database_step import Step

if TYPE_CHECKING:
    from collections.abc import Collection
    from sqlite3 import Connection as Raw


def close_step(raw: Raw, step: Step, clock: Clock, *, undoable: bool) -> None:
    """Derive, seal and record an ordinary step; sets its `changes`."""
    last = journal_close.last_row(raw)
    if last >= step.first_row:
        touched = journal_close.touched_by(raw, step.first_row, last)
        derive(step, touched.customers, clock, record=True)
        _record(raw, step, clock, touched.customers, undoable=undoable, undoes=None)
    end_journal(raw, step)


def derive(step: Step, customers: Collection[int] | None, clock: Clock, *, record: bool) -> None:
    """Figures and search index of these customers (None: of all) as they follow from what is kept."""
    from crmdesk.storage import figures, search

    if customers is None or customers:
        step.progress.report("figures", 0)
        figures.refresh(step.connection, customers, clock.today(), record)
        search.refresh(step.connection, customers)


def end_journal(raw: Raw, step: Step) -> None:
    """No write is let through after this; `step.empty` when the step has written nothing at all."""
    raw.execute("DELETE FROM open_step")
    step.empty = not step.changes and raw.total_changes == step.writes_before + 1


def _record(
    raw: Raw, step: Step, clock: Clock, customers: frozenset[int] | None, *, undoable: bool, undoes: int | None
) -> None:
    first, last = step.first_row, journal_close.last_row(raw)
    before = raw.execute("SELECT digest FROM steps ORDER BY id DESC LIMIT 1").fetchone()
    link = journal_close.seal(raw, first, last, before[0] if before else b"")
    at = clock.now().astimezone(UTC).isoformat(timespec="milliseconds")
    raw.execute(
        "INSERT INTO steps (id, at, name, undoable, undoes, first_row, last_row, digest)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (step.id, at, step.name.to_json(), undoable, undoes, first, last, link),
    )
    kinds = frozenset(journal_close.KINDS[table] for table in journal_close.tables_of(raw, first, last))
    step.changes = Changes(step.id, step.name, kinds, customers, step.made_id, step.kept)
