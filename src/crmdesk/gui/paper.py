"""On paper or as PDF: the list as it is filtered, or a customer's card, with page numbers.

Paper lies about at customers': no judgement is printed, no tier, stage, worth or debt.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPdfWriter

from crmdesk.domain.phrase import Refused
from crmdesk.domain.record import CustomerCard
from crmdesk.gui.cell_text import cell_text
from crmdesk.gui.pages.customer_list import CustomerList
from crmdesk.gui.pages.detail_head import place
from crmdesk.gui.pages.detail_values import facts_of
from crmdesk.gui.pages.timeline import timeline_line
from crmdesk.gui.paper_pages import Paper, Table, Told, draw
from crmdesk.gui.tables import TO_THE_RIGHT
from crmdesk.i18n import _
from crmdesk.operations import listing
from crmdesk.progress import Progress
from crmdesk.words import formats

if TYPE_CHECKING:
    from datetime import date

    from crmdesk.domain.query import CustomerQuery
    from crmdesk.gui.tables import TableColumn

MOST_ROWS: Final = 1000  # some 40 pages; more is nobody's paper, and the export gives all
_SEVERAL: Final = 5  # columns: from here on the page lies on its side
MOST_COLUMNS: Final = 9  # more would break every word
_RESOLUTION: Final = 300  # dots an inch of a PDF; letters are drawn as letters anyway
_JUDGING: Final = frozenset({"tier", "stage", "talk"})  # the last: what one said of the other's needs and objections


class AskedList(NamedTuple):
    """What of the list is to be printed, told without the window: the rows are read beside it."""

    query: CustomerQuery
    columns: tuple[TableColumn, ...]


def as_it_stands(shown: CustomerList) -> AskedList:
    """What of the list is printed: who it lets through, and its columns from the left, without what judges anybody."""
    header, own = shown.horizontalHeader(), shown.table().columns()
    order = sorted(range(len(own)), key=header.visualIndex)
    secret = shown.secret_keys()
    return AskedList(shown.query(), tuple(own[number] for number in order if own[number].key not in secret))


def list_on_paper(database: Any, asked: AskedList, today: date) -> Paper:  # noqa: ANN401 -- as the desk's
    """The list as it is sorted and filtered, at most `MOST_ROWS` customers; read on any thread."""
    columns = asked.columns[:MOST_COLUMNS]
    ids = listing.customer_ids(database, asked.query)
    # Who was deleted since the ids were read has no row.
    found = listing.customer_rows(database, ids[:MOST_ROWS], [column.key for column in columns])
    kinds = [column.kind for column in columns]
    rows = [[cell_text(kind, value, today) for kind, value in zip(kinds, row[1:], strict=True)] for row in found]
    told = [_("{count} customers").format(count=formats.count(len(ids)))]
    if len(ids) > MOST_ROWS:
        told.append(_("The first {count} are printed.").format(count=MOST_ROWS))
    if len(asked.columns) > MOST_COLUMNS:
        told.append(_("The first {count} columns are printed; hide others to choose.").format(count=MOST_COLUMNS))
    figures = frozenset(number for number, kind in enumerate(kinds) if kind in TO_THE_RIGHT)
    table = Table(tuple(column.header for column in columns), rows, figures)
    parts = (Told(_("Customers"), "title"), Told(" · ".join(told), "plain"), table)
    return Paper(_("Customers"), parts, len(columns) >= _SEVERAL)


def card_on_paper(card: CustomerCard, today: date) -> Paper:
    """A customer's facts and what happened, the newest first."""
    customer = card.customer
    name = customer.name or customer.code
    facts = [(fact.heading, fact.shown) for fact in facts_of(customer, presenting=True)]
    lines = [timeline_line(entry, today) for entry in card.timeline if entry.kind not in _JUDGING]
    happened = [(line.iso, line.text, line.aside) for line in lines]
    parts: list[Told | Table] = [Told(name, "title"), Told(place(customer), "plain"), Table((), facts)]
    if happened:
        parts += [Told("", "gap"), Told(_("Timeline"), "heading"), Table((), happened, frozenset({2}))]
    return Paper(name, tuple(parts))


def save_pdf(paper: Paper, path: Path, today: date, progress: Progress) -> int:
    """Write a PDF; gives its number of pages. On any thread. Raises Refused("cannot_write"), Cancelled."""
    kept = QBuffer()  # Qt says nothing of a full disk, and would empty an older file first
    kept.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(kept)
    writer.setResolution(_RESOLUTION)
    writer.setTitle(paper.title)
    pages = draw(paper, writer, today.isoformat(), progress)
    try:
        path.write_bytes(kept.data().data())
    except OSError as error:
        raise Refused("cannot_write", path=str(path), why=error.strerror or str(error)) from error
    return pages
