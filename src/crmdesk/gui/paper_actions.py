"""What 打印 and 存成 PDF do: the card of the tab in front, else the list."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from crmdesk.gui.patience import while_there
from crmdesk.i18n import _

if TYPE_CHECKING:
    from crmdesk.gui.desk import Desk
    from crmdesk.gui.pages.page import Page
    from crmdesk.gui.paper_pages import Paper
    from crmdesk.progress import Progress

_UNFIT: Final = re.compile(r'[/\\:*?"<>|\x00-\x1f]')


class PaperActions(QObject):
    """The two commands; `go("customers")` gives the page that holds list and cards."""

    def __init__(self, desk: Desk, window: QWidget, go: Callable[[str], Page]) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._go = go

    def print(self) -> None:
        """Ask for a printer and print."""
        self._put_on_paper(self._print)

    def save(self) -> None:
        """Ask for a place and write a PDF."""
        self._put_on_paper(self._save)

    def _print(self, paper: Paper) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from crmdesk.gui.paper_pages import draw

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(paper.title)
        day = self._desk.today.isoformat()
        if self._desk.prompts.run(QPrintDialog(printer, self._window)):
            self._desk.run(lambda progress: draw(paper, printer, day, progress), busy_text=_("Printing"))

    def _save(self, paper: Paper) -> None:
        from crmdesk.gui.paper import save_pdf

        path = self._desk.prompts.save_file(_("Save as PDF"), Path(f"{as_file_name(paper.title)}.pdf"), "PDF (*.pdf)")
        if path is None:
            return
        today = self._desk.today

        def saved(pages: int) -> None:
            self._desk.told.emit(_("Saved to {path}, {count} pages").format(path=path, count=pages))

        self._desk.run(
            lambda progress: save_pdf(paper, path, today, progress),
            done=while_there(self, saved),
            busy_text=_("Saving the PDF"),
        )

    def _put_on_paper(self, then: Callable[[Paper], object]) -> None:
        """Read what is in front, beside the window, and hand it on."""
        from crmdesk.gui.pages.customers import CustomersPage
        from crmdesk.gui.paper import as_it_stands, card_on_paper, list_on_paper
        from crmdesk.operations import customers  # not before the first paint

        page = self._go("customers")
        if not isinstance(page, CustomersPage):
            return  # a file without customers
        database, today = self._desk.database, self._desk.today
        customer, asked = page.tabs.current_customer(), as_it_stands(page.list)
        if customer is None and self._desk.presenting:
            # Whoever looks on would read everybody's name; a card is about themselves alone.
            self._desk.told.emit(_("Not in presentation mode; F9 ends it"))
            return

        def work(_progress: Progress) -> Paper:
            if customer is None:
                return list_on_paper(database, asked, today)
            return card_on_paper(customers.customer_card(database, customer), today)

        self._desk.run(work, done=while_there(self, then), busy_text=_("Reading what goes on paper"))


def as_file_name(title: str) -> str:
    """A customer's name without the signs that some system takes no file name with."""
    return _UNFIT.sub("_", title).strip(" .") or "_"
