"""What the actions of the frame do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from crmdesk.gui.desk import Desk
from crmdesk.gui.file_actions import SUFFIX, FileActions
from crmdesk.gui.pages.page import Page
from crmdesk.gui.palette import DARK, tokens_of
from crmdesk.gui.paper_actions import PaperActions
from crmdesk.i18n import LANGUAGES, _, current_language
from crmdesk.operations import listing

if TYPE_CHECKING:
    from crmdesk.gui.log_flow import LogFlow

SCALES: Final = (90, 100, 110, 125, 150)
SHEETS: Final = "*.xlsx *.xls *.xlsm *.xlsb *.ods *.csv *.txt *.zip *.vcf"


class FrameActions(QObject):
    """A method per action; the window hands in how to go to a place and how to begin a search."""

    def __init__(
        self, desk: Desk, files: FileActions, window: QWidget, go: Callable[[str], Page], find: Callable[[], None]
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._files = files
        self._window = window
        self._go = go
        self._find = find
        self._paper = PaperActions(desk, window, go)
        desk.import_requested.connect(self.take_in)
        desk.export_requested.connect(self.give_out)
        desk.report_requested.connect(self.report)
        desk.view_wanted.connect(self.show_view)
        desk.log_wanted.connect(lambda customer_id: self._flow().log(customer_id))
        desk.evening_wanted.connect(lambda: self._flow().evening())

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """What each command of the table does."""
        names = ("today", "customers", "follow_ups", "insight", "settings", "policy", "changes")
        places = {name: partial(self._go, name) for name in names}
        return places | {
            "find": self._find,
            "log": lambda: self._flow().log(),
            "evening": self._desk.evening_wanted.emit,
            "add_customer": self.add_customer,
            "add_order": lambda: self._flow().order(),
            "add_receipt": lambda: self._flow().receipt(),
            "add_reminder": lambda: self._flow().reminder(),
            "save_view": lambda: self._views("save"),
            "rename_view": lambda: self._views("rename"),
            "delete_view": lambda: self._views("delete"),
            "undo": self._desk.undo,
            "redo": self._desk.redo,
            "import": partial(self.take_in, ()),
            "export": partial(self.give_out, None),
            "report": self.report,
            "print": self._paper.print,
            "save_pdf": self._paper.save,
            "new_file": self._files.make,
            "open_file": self._files.choose,
            "sample": self._files.sample,
            "backup": self._files.back_up,
            "restore": self.restore,
            "password": self._files.set_password,
            "history": self.show_history,
            "imports": self.show_imports,
            "bin": self.show_bin,
            "triage": self.run_through,
            "duplicates": self.show_duplicates,
            "plans": self.show_plans,
            "improvements": self.show_improvements,
            "presentation": lambda: self._desk.set_presenting(not self._desk.presenting),
            "switch_theme": self.switch_theme,
            "switch_language": self.switch_language,
            "larger_text": partial(self.scale_text, 1),
            "smaller_text": partial(self.scale_text, -1),
            "shortcuts": self.show_shortcuts,
            "quit": self._window.close,
        }

    def _flow(self) -> LogFlow:
        # Its forms and what they write are not needed for the first paint.
        from crmdesk.gui.log_flow import LogFlow

        return LogFlow(self._desk, self._window, self.add_customer)

    def _private(self) -> bool:
        """Whether somebody looks on, and so what speaks of worth and of others stays shut; then that is said."""
        if self._desk.presenting:
            self._desk.told.emit(_("Not in presentation mode; F9 ends it"))
        return self._desk.presenting

    def take_files(self, paths: Sequence[Path]) -> None:
        """Dropped files: one of ours is opened, sheets are imported."""
        ours = [path for path in paths if path.suffix.lower() == SUFFIX]
        if ours:
            self._files.open(ours[0])
        elif paths:
            self.take_in(paths)

    def take_in(self, paths: Sequence[Path]) -> None:
        """Import sheets; without any, ask which."""
        if not self._desk.editable or self._private():
            return
        filters = _("Sheets") + f" ({SHEETS});;" + _("All files") + " (*)"
        chosen = list(paths) or self._desk.prompts.open_files(_("Import"), filters)
        if len(chosen) == 1 and self._desk.read(listing.customer_count):
            self._take_back_or_in(chosen[0])
        elif chosen:
            self._import(chosen)

    def _take_back_or_in(self, path: Path) -> None:
        """A workbook that was exported for editing is compared; any other sheet is imported."""
        from crmdesk.gui.dialogs.round_trip import take_back
        from crmdesk.operations import round_trip

        desk, window = self._desk, self._window

        def recognised(ours: bool) -> None:
            if not ours:
                self._import([path])
                return
            desk.run(
                lambda progress: round_trip.compare(desk.database, path, progress),
                done=lambda found: take_back(desk, found, window),
                busy_text=_("Comparing"),
            )

        desk.run(lambda progress: round_trip.is_for_editing(path, progress), done=recognised)

    def _import(self, paths: Sequence[Path]) -> None:
        from crmdesk.gui.dialogs.import_wizard import ImportWizard

        self._show(ImportWizard(self._desk, paths, self._window))

    def run_through(self) -> None:
        """Customers without a word on their intent, one after the other."""
        from crmdesk.gui.dialogs.triage import TriageDialog

        self._show(TriageDialog(self._desk, self._window))

    def give_out(self, ids: Sequence[int] | None) -> None:
        """Export the chosen customers, or all."""
        if self._private():
            return
        from crmdesk.gui.dialogs.export import ExportDialog

        self._show(ExportDialog(self._desk, ids, self._window))

    def report(self) -> None:
        """Save the tier report."""
        if self._private():
            return
        from crmdesk.gui.dialogs.export import save_report

        save_report(self._desk)

    def add_customer(self) -> None:
        """A new customer, from wherever one is."""
        from crmdesk.gui.pages.customers import CustomersPage

        page = self._go("customers")
        if isinstance(page, CustomersPage):
            page.add_customer()
        else:
            _add_first(self._desk, self._window)

    def show_view(self, view_id: int) -> None:
        """A saved view of the customer list."""
        from crmdesk.gui.pages.customers import CustomersPage

        page = self._go("customers")
        if isinstance(page, CustomersPage):
            page.views.show_view(view_id)

    def _views(self, verb: str) -> None:
        from crmdesk.gui.pages.customers import CustomersPage

        page = self._go("customers")
        if isinstance(page, CustomersPage):
            {"save": page.views.save, "rename": page.views.rename, "delete": page.views.delete}[verb]()

    def as_of_today(self) -> None:
        """Reckon all figures as of today instead of the last order's day."""
        from crmdesk.operations import tiers

        database = self._desk.database
        self._desk.act(
            lambda progress: tiers.recompute(database, "today", progress), busy_text=_("Working out tiers and stages")
        )

    def restore(self) -> None:
        """Choose a backup of the open file and go back to it."""
        from crmdesk.gui.dialogs.restore import RestoreDialog

        path = self._desk.database.path
        dialog = RestoreDialog(path, self._window)
        if self._show(dialog) and dialog.chosen is not None:
            self._files.put_back(path, dialog.chosen)

    def show_history(self) -> None:
        """操作记录."""
        from crmdesk.gui.dialogs.history import HistoryDialog

        self._show(HistoryDialog(self._desk, self._window))

    def show_imports(self) -> None:
        """导入记录."""
        from crmdesk.gui.dialogs.imports import ImportsDialog

        self._show(ImportsDialog(self._desk, self._window))

    def show_bin(self) -> None:
        """回收站."""
        from crmdesk.gui.dialogs.bin import BinDialog

        self._show(BinDialog(self._desk, self._window))

    def show_plans(self) -> None:
        """培育计划, for whom the list of customers shows."""
        from crmdesk.gui.pages.customers import CustomersPage

        page = self._go("customers")
        if isinstance(page, CustomersPage):
            page.show_plans()

    def show_improvements(self) -> None:
        """What was put right about the reasons for leaving, and whether it helped."""
        from crmdesk.gui.dialogs.improvements import ImprovementsDialog

        self._show(ImprovementsDialog(self._desk, self._window))

    def show_duplicates(self) -> None:
        """像是同一家的."""
        from crmdesk.gui.dialogs.duplicates import DuplicatesDialog

        self._show(DuplicatesDialog(self._desk, self._window))

    def show_shortcuts(self) -> None:
        """All keys on one page."""
        from crmdesk.gui.dialogs.shortcuts import ShortcutsDialog

        self._show(ShortcutsDialog(self._window))

    def switch_theme(self) -> None:
        """Light where it is dark, and the other way round."""
        dark = tokens_of(self._window.palette()) is DARK
        self._desk.set_settings(theme="light" if dark else "dark")

    def switch_language(self) -> None:
        """The next language."""
        place = LANGUAGES.index(current_language())
        self._desk.set_settings(language=LANGUAGES[(place + 1) % len(LANGUAGES)])

    def scale_text(self, steps: int) -> None:
        """Larger or smaller text."""
        nearest = min(range(len(SCALES)), key=lambda n: abs(SCALES[n] - self._desk.settings.text_scale))
        self._desk.set_settings(text_scale=SCALES[min(max(nearest + steps, 0), len(SCALES) - 1)])

    def may_stop(self) -> bool:
        """Whether the user wants to leave although a long step runs; what is not finished is not kept."""
        text = _("Something is still running. If you leave now, it is stopped and nothing of it is kept.")
        return self._desk.prompts.confirm(_("Leave now?"), text, _("Stop and leave"))

    def _show(self, dialog: QDialog) -> bool:
        return self._desk.prompts.run(dialog)


def _add_first(desk: Desk, window: QWidget) -> None:
    """The first customer of an empty file."""
    from crmdesk.gui.dialogs.add_customer import AddCustomerDialog
    from crmdesk.operations import customers

    dialog = AddCustomerDialog(desk, window)
    if desk.prompts.run(dialog):
        customer, database = dialog.customer(), desk.database
        desk.act(lambda _progress: customers.add_customer(database, customer))
