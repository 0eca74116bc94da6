"""Importing sheets: what will happen, then one step that makes it happen."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crmdesk.domain.phrase import Phrase
from crmdesk.operations.importing_fixes import apply_fixes, or_as_before
from crmdesk.operations.importing_groups import with_same_header
from crmdesk.operations.importing_preview import Preview, SheetFixes
from crmdesk.operations.importing_profiles import alike, fingerprint_of, recall, remember
from crmdesk.operations.importing_values import Created, ImportSummary, Place, Proposal, RowCounts, SheetResult
from crmdesk.progress import Progress
from crmdesk.storage.journal_steps import newest_step

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

    from crmdesk.excel.columns import Column as Column  # for those above, who may not look into excel
    from crmdesk.excel.draft import Reading
    from crmdesk.excel.draft import SheetDraft as SheetDraft
    from crmdesk.operations.importing_plan import Plan
    from crmdesk.operations.importing_rows import Row
    from crmdesk.storage.database import Database
    from crmdesk.storage.database_step import Step

__all__ = [
    "Created",
    "ImportSummary",
    "Preview",
    "Proposal",
    "RowCounts",
    "SheetFixes",
    "SheetResult",
    "correct_sheet",
    "fix_sheets",
    "import_preview",
    "leave_out",
    "preview_sheets",
    "work_out",
]


def preview_sheets(
    db: Database,
    paths: Sequence[Path],
    progress: Progress | None = None,
    *,
    passwords: Sequence[str] = (),
    profile: str = "",
    rules: Sequence[str] = (),
    key: str = "",
) -> Preview:
    """Read the workbooks and compute what importing them would do; nothing is written. Raises Refused, Cancelled.

    `passwords` stand beside `paths`; a workbook that needs one is refused as `password_protected`. Sheets that came
    before are read as decided then. `profile` names decisions to use and to keep; `rules` are words on single columns
    ("Tel=phone", "累计金额:unit=10000"). `key` is a `MatchKey` for the sheets that have its columns, "" for as before.
    """
    from crmdesk.operations.importing_rules import apply_rules

    progress = progress or Progress()
    preview = Preview(tuple(paths), (), (), (), profile=profile)
    try:
        preview = replace(preview, readings=_opened(preview.paths, progress, passwords))
        preview = recall(db, replace(preview, places=_places(preview), first=_first(preview)))
        apply_rules(preview, rules, db.clock.today(), key)
        return _computed(db, preview, progress)
    except BaseException:
        preview.close()
        raise


def _opened(paths: Sequence[Path], progress: Progress, passwords: Sequence[str]) -> tuple[Reading, ...]:
    """A reading per path; several share one reading child."""
    from crmdesk.excel.draft import open_reading, open_readings

    if len(paths) == 1:
        return (open_reading(paths[0], progress, passwords[0] if passwords else "", meanwhile=_load_the_rest),)
    told = [*passwords, *[""] * (len(paths) - len(passwords))]
    return open_readings(paths, progress, told, meanwhile=_load_the_rest)


def _load_the_rest() -> None:
    """Load what the rows will need: the child takes longer to open a workbook."""
    from crmdesk.operations import importing_ends, importing_rows, importing_rules, importing_write  # noqa: F401
    from crmdesk.storage import figures  # noqa: F401


def _places(preview: Preview) -> tuple[Place, ...]:
    return tuple(
        Place(number, sheet.index) for number, reading in enumerate(preview.readings) for sheet in reading.sheets
    )


def _first(preview: Preview) -> dict[Place, SheetDraft]:
    return {
        Place(number, sheet.index): sheet for number, reading in enumerate(preview.readings) for sheet in reading.sheets
    }


def correct_sheet(
    db: Database,
    preview: Preview,
    sheet: int,
    columns: Sequence[Column],
    progress: Progress | None = None,
    *,
    header_row: int | None = None,
    later: bool = False,
) -> Preview:
    """The preview with sheet number `sheet` (position in `preview.sheets`) read with the user's columns instead.

    No columns: a hidden sheet is taken in and understood. Columns go for all sheets of the same headers, and so does
    `header_row` (1-based, 0 for none): the columns are understood anew. `later`: only what was understood is told, see
    `Preview.open_end` and `work_out`: a rule costs a look at the first rows, and all rows are read once for many rules.
    """
    from crmdesk.excel.columns import read_again

    with or_as_before(preview, progress) as gentle:
        told = [read_again(one, db.clock.today()) for one in columns]
        understood = _corrected(db, preview, sheet, told, header_row)
        if not later:
            return _computed(db, understood, gentle)
        gentle.report("reading", 0)  # whoever stopped it meanwhile wants it as it was
        return _open_end(understood)


def _corrected(db: Database, preview: Preview, sheet: int, told: Sequence[Column], header_row: int | None) -> Preview:
    place = preview.places[sheet]
    others = alike(preview, place, told, db.clock.today()) if told and header_row is None else []
    for other in with_same_header(preview, place) if header_row is not None else ():
        preview.readings[other.reading].reread(other.index, [], header_row=header_row)
        preview = preview.without_rows(other)
    preview.readings[place.reading].reread(
        place.index, told, header_row=header_row, take_hidden=not told and header_row is None
    )
    for other, theirs in others:
        preview.readings[other.reading].reread(other.index, theirs)
        preview = preview.without_rows(other)
    return preview.without_rows(place)


def work_out(db: Database, preview: Preview, progress: Progress | None = None) -> Preview:
    """A preview of which only what was understood is told, with what importing would do."""
    with or_as_before(preview, progress) as gentle:
        return _computed(db, preview, gentle)


def fix_sheets(
    db: Database, preview: Preview, told: Mapping[int, SheetFixes], progress: Progress | None = None
) -> Preview:
    """The preview with what the user says of cells and rows of its sheets (by position), and nothing said before."""
    with or_as_before(preview, progress) as gentle:
        return _computed(db, apply_fixes(preview, told), gentle)


def leave_out(
    db: Database,
    preview: Preview,
    sheets: frozenset[int],
    progress: Progress | None = None,
    *,
    later: bool = False,
) -> Preview:
    """The preview with these sheets (positions in `preview.sheets`) left out, all others in; see `correct_sheet`."""
    without = replace(preview, left_out=sheets)
    if later:
        return _open_end(without)
    with or_as_before(preview, progress) as gentle:
        return _computed(db, without, gentle)


def import_preview(
    db: Database, preview: Preview, progress: Progress | None = None, as_of: str = "auto"
) -> ImportSummary:
    """Write what the preview says, in one step after a backup. Raises Refused, Cancelled: then nothing is kept.

    What was changed since the preview counts: the summary tells what became of the rows in the end. `as_of`: today,
    last-order or an ISO day, for the figures from now on; auto keeps what the file has. Without news there is no step.
    """
    from crmdesk.operations import backups
    from crmdesk.operations.tiers import check_as_of, run_policy
    from crmdesk.storage import file_settings
    from crmdesk.storage.search import Beside

    progress = progress or Progress()
    check_as_of(as_of)
    backups.back_up(db, progress)
    with _collector_paused(), db.write("import_sheets", progress=progress, file=preview.file) as step:
        plan = preview.plan
        # Something was written since the preview was shown: who is new and what is blank may be different now.
        if plan is None or plan.spent or newest_step(step.raw) != preview.based_on:
            plan = _plan(db, step.raw, preview, dict(preview.rows), progress)
        # The child has nothing to read any more, and there is a second core; a few customers are indexed by themselves.
        if plan.touches_most(step.raw):
            step.beside = Beside(step.raw, preview.readings[0].indexer(progress), progress)
        moved = as_of not in ("auto", file_settings.get(step.connection, "as_of"))
        if moved:
            file_settings.put(step, "as_of", as_of)
        if not plan.empty:
            _write(db, step, preview, plan, progress)
        if moved or not plan.empty:
            run_policy(step, db.clock.today())
        met = (len(plan.met), plan.sales.met, plan.proposals(), preview.known)
        results, created = _results(preview, plan), plan.created
        plan.let_go()
    summary = ImportSummary(step.changes.step, results, created, step.changes, *met)
    remember(db, replace(preview, sheets=summary.sheets))
    return summary


def _computed(db: Database, preview: Preview, progress: Progress) -> Preview:
    if preview.plan is not None:
        preview.plan.let_go()  # there is no room for two plans of a large sheet; an import works it out again
    rows = dict(preview.rows)
    with _collector_paused(), db.raw_read() as raw:
        based_on = newest_step(raw)
        plan = _plan(db, raw, preview, rows, progress)
    results = _results(preview, plan)
    return replace(
        preview,
        rows=rows,
        sheets=results,
        created=plan.created,
        proposals=plan.proposals(),
        plan=plan,
        based_on=based_on,
        open_end=False,
    )


def _open_end(preview: Preview) -> Preview:
    """The preview with its sheets as they are understood now, and what they would do still to be worked out."""
    sheets = tuple(
        SheetResult(draft, draft.kind, reason=draft.reason)
        if _is_taken(draft) and position not in preview.left_out
        else _ignored(draft, left_out=position in preview.left_out)
        for position, (_place, draft) in enumerate(_sheets(preview))
    )
    return replace(preview, sheets=sheets, plan=None, open_end=True)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Many objects come and none of them form rings: the collector would look through all of them time and again.

    Frozen they stay out of its sight afterwards, too: one look at 100,000 customers would stop the window.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _sheets(preview: Preview) -> Iterable[tuple[Place, SheetDraft]]:
    for place in preview.places:
        yield place, next(draft for draft in preview.readings[place.reading].sheets if draft.index == place.index)


def _is_taken(draft: SheetDraft) -> bool:
    from crmdesk.operations.importing_returns import is_returns_sheet

    return draft.kind != "ignored" or is_returns_sheet(draft)


def _plan(db: Database, raw: Raw, preview: Preview, rows: dict[Place, tuple[bytes, ...]], progress: Progress) -> Plan:
    """Work out what the sheets would do, as their rows arrive; those that were read before come from `rows`."""
    from crmdesk.excel.protocol import unpacked
    from crmdesk.operations.importing_rows import make_plan
    from crmdesk.operations.importing_running import Running

    today, running = db.clock.today(), {}

    def rows_of(place: Place) -> Iterator[list[Row]]:
        if place in rows:
            for number, kept in enumerate(rows[place]):
                progress.report("reading", number, len(rows[place]))
                yield unpacked(kept)
            return
        fresh = []
        for chunk in preview.readings[place.reading].chunks(place.index, progress):
            fresh.append(chunk)
            yield unpacked(chunk)
        rows[place] = tuple(fresh)

    sheets = []
    for position, (place, draft) in enumerate(_sheets(preview)):
        if position in preview.left_out or not _is_taken(draft):
            continue
        path, headers = preview.paths[place.reading], fingerprint_of(preview.first[place])
        running[position] = mine = Running(raw, draft, headers, path, today)
        if mine.needs_rows:  # whether it is older than what came before must be known before its first row is taken
            for _chunk in mine.watched(rows_of(place)):
                pass
        sheets.append((position, place.reading, draft, mine.watched(rows_of(place))))
    return make_plan(raw, sheets, today, running)


def _results(preview: Preview, plan: Plan) -> tuple[SheetResult, ...]:
    return tuple(
        plan.results.get(position) or _ignored(draft, left_out=position in preview.left_out)
        for position, (_place, draft) in enumerate(_sheets(preview))
    )


def _ignored(draft: SheetDraft, *, left_out: bool) -> SheetResult:
    """A sheet that nothing is taken from: all its rows count as skipped, for the one reason given."""
    reason = Phrase("sheet_left_out") if left_out else draft.reason
    counts = RowCounts(skipped=draft.row_count + len(draft.skipped))
    return SheetResult(draft, "ignored", counts, skipped=draft.skipped, reason=reason)


def _write(db: Database, step: Step, preview: Preview, plan: Plan, progress: Progress) -> None:
    from crmdesk.domain.fields import Field
    from crmdesk.operations.importing_ends import take_ends
    from crmdesk.operations.importing_write import Writer
    from crmdesk.storage.rows import insert_rows

    results = _results(preview, plan)
    ids = list(step.new_ids(len(preview.readings)))
    rows = []
    for number, reading in enumerate(preview.readings):
        mine = [result for place, result in zip(preview.places, results, strict=True) if place.reading == number]
        counts = {
            "sheets": [_kept_counts(one) for one in mine],
            "headers": sorted(
                {fingerprint_of(preview.first[place]) for place in preview.places if place.reading == number} - {""}
            ),
            "days": {
                fingerprint_of(preview.first[place]): plan.running[position].day
                for position, place in enumerate(preview.places)
                if place.reading == number and position in plan.running
            },
            "created": plan.created.to_json(),
            "step": str(step.id),
            "everywhere": plan.everywhere.get(number, {}),
        }
        at = db.clock.now().isoformat(timespec="seconds")
        file_name = preview.paths[number].name
        rows.append((ids[number], at, file_name, reading.sha256, _json(counts), _json(layout_of(mine))))
    insert_rows(step.raw, "imports", ("id", "at", "file_name", "sha256", "counts", "layout"), rows)
    Writer(step, plan, ids, db.clock.today().isoformat(), progress).write()
    own = [column.header for one in results for column in one.draft.columns if column.field is Field.EXTRA]
    take_ends(step, _told_by_header(plan, own), db.clock.today())


def _told_by_header(plan: Plan, own: Iterable[str]) -> dict[str, list[int]]:
    """The customers that get a value in a column of the user's own, or may get one as they are new, by its header."""
    told = {header: [person.id for person in plan.people.new] for header in own}
    for person in plan.changed:
        for header in person.extra_filled & told.keys():
            told[header].append(person.id)
    return told


def _kept_counts(one: SheetResult) -> dict[str, Any]:
    return {"name": one.draft.name, "kind": one.kind, "rows": one.counts.to_json()}


def layout_of(results: Sequence[SheetResult]) -> list[dict[str, str]]:
    """The columns of a workbook that tell of customers, in its order: [{"key", "header"}]; lists of customers first."""
    from crmdesk.domain.fields import Field
    from crmdesk.operations.importing_rows import PURCHASE

    found: dict[str, str] = {}
    for one in sorted(results, key=lambda result: result.kind != "customers"):
        if one.kind == "ignored":
            continue
        for column in one.draft.columns:
            if column.field in (Field.ROW_NUMBER, Field.DO_NOT_IMPORT):
                continue
            own = column.field is Field.EXTRA or column.field is Field.SIZE
            if one.kind != "customers" and (own or column.field in PURCHASE or column.field is Field.NOTES):
                continue
            key = f"extra:{column.header or column.letter}" if own or column.field in PURCHASE else str(column.field)
            found.setdefault(key, column.header)
    return [{"key": key, "header": header} for key, header in found.items()]


def _json(value: Any) -> str:  # noqa: ANN401 - any JSON value
    return json.dumps(value, ensure_ascii=False)
