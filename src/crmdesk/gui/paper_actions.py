"""What 打印 and 打印成文件 do: the card of the tab in front, else the list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from crmdesk.domain.phrase import Refused
from crmdesk.i18n import _

if TYPE_CHECKING:
    from crmdesk.gui.desk import Desk
    from crmdesk.gui.pages.page import Page
    from crmdesk.gui.paper import Paper


class PaperActions(QObject):
    """The two commands; `go("customers")` gives the page that holds list and cards."""

    def __init__(self, desk: Desk, window: QWidget, go: Callable[[str], Page]) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._go = go

    def print(self) -> None:
        """Ask for a printer and print."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from crmdesk.gui.paper import draw

        paper = self._paper()
        if paper is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(paper.title)
        if self._desk.prompts.run(QPrintDialog(printer, self._window)):
            draw(paper, printer, self._desk.today)

    def save(self) -> None:
        """Ask for a place and write a PDF."""
        from crmdesk.gui.paper import save_pdf

        paper = self._paper()
        path = (
            self._desk.prompts.save_file(_("Save as PDF"), Path(f"{paper.title}.pdf"), "PDF (*.pdf)") if paper else None
        )
        if paper is None or path is None:
            return
        try:
            pages = save_pdf(paper, path, self._desk.today)
        except Refused as refusal:
            self._desk.prompts.error(refusal.phrase)
        else:
            self._desk.told.emit(_("Saved to {path}, {count} pages").format(path=path, count=pages))

    def _paper(self) -> Paper | None:
        from crmdesk.gui.pages.customers import CustomersPage
        from crmdesk.gui.paper import card_on_paper, list_on_paper
        from crmdesk.operations import customers  # not before the first paint

        page = self._go("customers")
        if not isinstance(page, CustomersPage):
            return None  # a file without customers
        customer = page.tabs.current_customer()
        if customer is None:
            return list_on_paper(self._desk, page.list)
        return card_on_paper(self._desk.read(customers.customer_card, customer), self._desk.today)
