"""How a step ends: what it touched is known, what follows from it is derived anew, the journal is sealed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC

from crmdesk.clock import Clock
from crmdesk.domain.changes import Changes
from crmdesk.domain.phrase import Refused
from crmdesk.storage import journal_close
from crmdesk.storage.database_step import Step

Touched = Collection[int] | None


def close_step(step: Step, clock: Clock, *, undoable: bool) -> None:
    """Derive, seal and record an ordinary step; sets its `changes`."""
    last = journal_close.last_row(step.raw)
    if last >= step.first_row:
        touched = None if step.everybody else journal_close.touched_by(step.raw, step.first_row, last).customers
        _derive(step, touched, clock, record=touched)
        _record(step, clock, touched, undoable=undoable, undoes=None)
    _end_journal(step)


def undo_in(step: Step, clock: Clock, undone: int, *, selective: bool) -> None:
    """Take step `undone` back inside the open step, then derive, seal and record that; sets its `changes`."""
    from crmdesk.storage.journal_undo import take_back

    raw = step.raw
    undoable, its_undoes = raw.execute("SELECT undoable, undoes FROM steps WHERE id = ?", (undone,)).fetchone()
    if selective and not undoable:
        raise Refused("step_not_undoable")
    taken = take_back(raw, undone)
    step.kept = taken.kept
    touched = journal_close.touched_by(raw, step.first_row, journal_close.last_row(raw)).customers
    # What the journal replays is history already; where history has gone on, this undo is a new turn in it.
    record = taken.gone_on & frozenset(touched) if touched and selective else frozenset()
    _derive(step, touched, clock, record=record)
    _record(step, clock, touched, undoable=selective, undoes=undone)
    raw.execute("UPDATE steps SET undone_by = ? WHERE id = ?", (step.id, undone))
    if its_undoes is not None:
        _stands_again(step, its_undoes, undone)
    _end_journal(step)


def _stands_again(step: Step, original: int, undone: int) -> None:
    """The taking-back `undone` was itself taken back: what it had undone stands again."""
    step.raw.execute("UPDATE steps SET undone_by = NULL WHERE id = ?", (original,))
    # That may be a taking-back of its own (an older step's), whose original is then undone again.
    step.raw.execute(
        "UPDATE steps SET undone_by = ?1 WHERE id = (SELECT undoes FROM steps WHERE id = ?1 AND undoable)", (original,)
    )


def _derive(step: Step, touched: Touched, clock: Clock, *, record: Touched) -> None:
    """Figures and search index of the touched customers (None: of all); history is written for those in `record`."""
    from crmdesk.storage import figures, listing_schemes, search

    if touched is not None and not touched:
        return
    step.progress.report("figures", 0)
    with search.refreshing(step.raw, touched, step.first_row, step.progress, step.beside):
        if record is None or touched is None:
            figures.refresh(step.connection, touched, clock.today(), record is None)
        else:
            for customers, recorded in ((set(record), True), (set(touched) - set(record), False)):
                if customers:
                    figures.refresh(step.connection, customers, clock.today(), recorded)
        listing_schemes.refresh(step.raw, touched, clock.today())


def _record(step: Step, clock: Clock, touched: Touched, *, undoable: bool, undoes: int | None) -> None:
    raw = step.raw
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
    customers = None if touched is None else frozenset(touched)
    step.changes = Changes(step.id, step.name, kinds, customers, step.made_id, step.kept)


def _end_journal(step: Step) -> None:
    """No write is let through after this; `step.empty` when the step has written nothing at all."""
    step.raw.execute("DELETE FROM open_step")
    step.empty = not step.changes and step.raw.total_changes == step.writes_before + 1
