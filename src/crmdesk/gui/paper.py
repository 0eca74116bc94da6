"""On paper or as PDF: the list as it is filtered, or a customer's card, with page numbers.

Paper lies about at customers': no judgement is printed, no tier, stage, worth or debt.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPainter, QPdfWriter, QTextDocument

from crmdesk.domain.phrase import Refused
from crmdesk.domain.record import CustomerCard
from crmdesk.gui.cell_text import cell_text
from crmdesk.gui.pages.customer_list import CustomerList
from crmdesk.gui.pages.detail_head import place
from crmdesk.gui.pages.detail_values import facts_of
from crmdesk.gui.pages.timeline import timeline_line
from crmdesk.i18n import _
from crmdesk.operations import listing
from crmdesk.words import formats

if TYPE_CHECKING:
    from datetime import date

    from crmdesk.domain.query import CustomerQuery
    from crmdesk.gui.tables import TableColumn

MOST_ROWS: Final = 1000  # some 40 pages, drawn in a second or two while the window waits; the export gives all
_SEVERAL: Final = 5  # columns: from here on the page lies on its side
MOST_COLUMNS: Final = 9  # more would break every word
_MARGIN: Final = 14.0  # millimetres
_FOOT: Final = 2.2  # lines of text below the page's own
_RESOLUTION: Final = 300  # dots an inch of a PDF; letters are drawn as letters anyway
_JUDGING: Final = frozenset({"tier", "stage", "talk"})  # the last: what one said of the other's needs and objections
_STYLE: Final = """
body { font-size: 9pt; color: #15212B; } h1 { font-size: 15pt; } h2 { font-size: 11pt; }
th { text-align: left; color: #55636E; font-size: 8pt; } td, th { padding: 3px 8px 3px 0; }
"""


class Paper(NamedTuple):
    """What is printed: a title for every page's foot, the content as HTML, and whether the page lies on its side."""

    title: str
    html: str
    wide: bool = False


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
    body = f"<h1>{escape(_('Customers'))}</h1><p>{escape(' · '.join(told))}</p>"
    return Paper(_("Customers"), body + _table([column.header for column in columns], rows), len(columns) >= _SEVERAL)


def card_on_paper(card: CustomerCard, today: date) -> Paper:
    """A customer's facts and what happened, the newest first."""
    customer = card.customer
    name = customer.name or customer.code
    facts = [[fact.heading, fact.shown] for fact in facts_of(customer, presenting=True)]
    lines = [timeline_line(entry, today) for entry in card.timeline if entry.kind not in _JUDGING]
    happened = [[line.iso, line.text, line.aside] for line in lines]
    body = f"<h1>{escape(name)}</h1><p>{escape(place(customer))}</p>{_table((), facts)}"
    if happened:
        body += f"<h2>{escape(_('Timeline'))}</h2>{_table((), happened)}"
    return Paper(name, body)


def save_pdf(paper: Paper, path: Path, today: date) -> int:
    """Write a PDF; gives its number of pages. Raises Refused("cannot_write")."""
    kept = QBuffer()  # Qt says nothing of a full disk, and would empty an older file first
    kept.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(kept)
    writer.setResolution(_RESOLUTION)
    writer.setTitle(paper.title)
    pages = draw(paper, writer, today)
    try:
        path.write_bytes(kept.data().data())
    except OSError as error:
        raise Refused("cannot_write", path=str(path), why=error.strerror or str(error)) from error
    return pages


def draw(paper: Paper, device: QPagedPaintDevice, today: date) -> int:
    """Paint all pages on a printer or PDF, each with its foot; gives how many there are."""
    side = QPageLayout.Orientation.Landscape if paper.wide else QPageLayout.Orientation.Portrait
    device.setPageOrientation(side)
    device.setPageMargins(QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN), QPageLayout.Unit.Millimeter)
    painter = QPainter(device)
    font = painter.font()
    font.setPointSizeF(8)
    painter.setFont(font)
    foot = painter.fontMetrics().height() * _FOOT
    page = QRectF(0, 0, device.width(), device.height() - foot)
    document = _document(paper, device, page.size())
    for number in range(document.pageCount()):
        if number:
            device.newPage()
        painter.save()
        painter.translate(0, -number * page.height())
        document.drawContents(painter, page.translated(0, number * page.height()))
        painter.restore()
        told = f"{paper.title} · {today.isoformat()} · {number + 1} / {document.pageCount()}"
        painter.drawText(QRectF(0, page.height(), page.width(), foot), Qt.AlignmentFlag.AlignRight, told)
    painter.end()
    return document.pageCount()


def _document(paper: Paper, device: QPagedPaintDevice, size: QSizeF) -> QTextDocument:
    document = QTextDocument()
    document.documentLayout().setPaintDevice(device)
    document.setDefaultStyleSheet(_STYLE)
    document.setDocumentMargin(0)
    document.setHtml(f"<body>{paper.html}</body>")
    document.setPageSize(size)
    return document


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = f"<thead><tr>{''.join(f'<th>{escape(text)}</th>' for text in heads)}</tr></thead>" if heads else ""
    first = "" if heads else ' width="18%"'  # what a line is about: a heading or a day
    body = "".join(f"<tr>{''.join(_cells(row, first))}</tr>" for row in rows)
    return f'<table width="100%" cellspacing="0">{head}{body}</table>'


def _cells(row: Sequence[str], first: str) -> Iterable[str]:
    for number, text in enumerate(row):
        yield f"<td{first if number == 0 else ''}>{escape(text)}</td>"
