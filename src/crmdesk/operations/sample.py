"""Sample data in a file of its own: made up as sheets, and taken in as any sheet is."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from crmdesk.clock import Clock
from crmdesk.domain.follow_up import FollowUp, Origin
from crmdesk.domain.lifecycle_moves import POTENTIALS
from crmdesk.domain.query import CustomerQuery
from crmdesk.domain.stage import Stage
from crmdesk.domain.tier_facts import NEEDS, POTENTIAL
from crmdesk.operations.files import create_file
from crmdesk.operations.follow_ups import add_follow_up
from crmdesk.operations.importing import import_preview, preview_sheets
from crmdesk.operations.lifecycle import lose, note_estimates
from crmdesk.operations.listing import customer_ids
from crmdesk.operations.sample_care import add_care
from crmdesk.operations.sample_data import Row, Sample, make_sample
from crmdesk.operations.sample_won import add_won
from crmdesk.progress import Progress

if TYPE_CHECKING:
    from crmdesk.operations.files import Database

ASKED: Final = 0.7  # of the lost ones the reason is known
KNOWN_WELL: Final = 75  # of the best customers their needs are noted, but for each fifth
JUDGED_EVERY: Final = 3  # customer has its potential noted
DUE_AFTER: Final = (-3, -1, 0, 0, 0, 1, 2, 3, 5, 8, 12, 20)
PROMISED_AFTER: Final = (-2, 0, 1, 4)


def create_sample(path: Path, clock: Clock, progress: Progress) -> None:
    """Make a new file full of sample data. Raises Refused where the file exists or cannot be written."""
    database = create_file(path, clock)
    try:
        with TemporaryDirectory() as folder:
            sheet = write_sample_sheet(Path(folder) / "sample.xlsx", clock.today())
            with preview_sheets(database, [sheet], progress) as preview:
                import_preview(database, preview, progress, as_of="today")
        sample = make_sample(clock.today())
        _add_judgements(database, sample)
        _add_follow_ups(database, sample, clock.today())
        add_care(database, sample.care, clock.today())
        add_won(database, sample.talks, clock.today())
    finally:
        database.close()


def write_sample_sheet(path: Path, today: date) -> Path:
    """Write the sample as a workbook with a title row above its customers, and return its path."""
    from crmdesk.excel.writer import Book, SheetColumn

    sample = make_sample(today)
    with Book(path) as book:
        sheet = book.add_sheet(sample.customers.name)
        sheet.append([book.cell(sheet, sample.title, "title")])
        head: Row = [*sample.customers.headers]
        for row in (head, *sample.customers.rows):
            sheet.append([book.cell(sheet, value, "date" if isinstance(value, date) else "count") for value in row])
        for table in (sample.orders, sample.contacts):
            kinds = ["date" if isinstance(value, date) else "count" for value in table.rows[0]]
            columns = [SheetColumn(head, kind) for head, kind in zip(table.headers, kinds, strict=True)]  # type: ignore[arg-type]
            book.add_table(table.name, columns, table.rows)
    return path


def _add_judgements(database: Database, sample: Sample) -> None:
    """What only the salesperson knows: why the lost ones left, and who could buy more."""
    lost = customer_ids(database, CustomerQuery(stages=(Stage.LOST,)))
    asked = lost[: round(len(lost) * ASKED)]
    by_reason: dict[tuple[str, str], list[int]] = {}
    for place, customer in enumerate(asked):
        by_reason.setdefault(sample.losses[place % len(sample.losses)], []).append(customer)
    for (reason, said), customers in by_reason.items():
        lose(database, customers, reason, said, lock=False, stop=False)
    buyers = customer_ids(database, CustomerQuery(sort=(("order_total", True),)))
    judged = {one: POTENTIALS[at % 7 // 3] for at, one in enumerate(buyers) if at % JUDGED_EVERY == 0}
    note_estimates(database, POTENTIAL, judged)
    # Who is known well comes again: the analysis page shows what that is worth.
    known = {one: POTENTIALS[at % 2] for at, one in enumerate(buyers[:KNOWN_WELL]) if at % 5}
    note_estimates(database, NEEDS, known)


def _add_follow_ups(database: Database, sample: Sample, today: date) -> None:
    """What an import cannot bring: what is due, and what was promised."""
    ids = customer_ids(database, CustomerQuery(sort=(("order_total", True),)))
    due = [(days, sample.next_steps, False) for days in DUE_AFTER]
    due += [(days, sample.promises, True) for days in PROMISED_AFTER]
    for place, (days, words, promise) in enumerate(due):
        origin = Origin.PROMISE if promise else Origin.BY_HAND
        customer = ids[(place * 7) % len(ids)]
        on = today + timedelta(days=days)
        text = words[place % len(words)]
        add_follow_up(database, FollowUp(customer, on, summary=text, origin=origin, promise=promise))
