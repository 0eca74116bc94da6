"""Every dialog of the window, made ready for its picture; none of them is answered, so nothing is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from crmdesk.domain.first_contact import FirstContact
from crmdesk.domain.follow_up import FollowUp
from crmdesk.domain.phrase import Phrase
from crmdesk.domain.query import CustomerQuery
from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.add_customer import AddCustomerDialog
from crmdesk.gui.dialogs.after_import import TriageOffer
from crmdesk.gui.dialogs.bin import BinDialog
from crmdesk.gui.dialogs.choose_with_reason import ChooseWithReason
from crmdesk.gui.dialogs.contact_form import ContactForm
from crmdesk.gui.dialogs.day_summary import DaySummaryDialog
from crmdesk.gui.dialogs.duplicates import DuplicatesDialog
from crmdesk.gui.dialogs.evening import EveningDialog
from crmdesk.gui.dialogs.export import ExportDialog
from crmdesk.gui.dialogs.file_gone import FileGoneDialog
from crmdesk.gui.dialogs.first_contact import FirstContactForm
from crmdesk.gui.dialogs.follow_up_form import FollowUpForm
from crmdesk.gui.dialogs.history import HistoryDialog
from crmdesk.gui.dialogs.imports import ImportsDialog
from crmdesk.gui.dialogs.log import LogDialog
from crmdesk.gui.dialogs.loss_form import LossForm
from crmdesk.gui.dialogs.order_form import OrderForm
from crmdesk.gui.dialogs.pick_customer import PickCustomer
from crmdesk.gui.dialogs.pick_date import PickDate
from crmdesk.gui.dialogs.receipt_form import ReceiptForm
from crmdesk.gui.dialogs.restore import RestoreDialog
from crmdesk.gui.dialogs.shortcuts import ShortcutsDialog
from crmdesk.gui.dialogs.spread import SpreadDialog
from crmdesk.gui.dialogs.triage import TriageDialog
from crmdesk.i18n import _
from crmdesk.operations import backups, listing, today
from crmdesk.words.labels import label

Made = tuple[str, Callable[[], QDialog]]


def dialogs(desk: Desk, window: QWidget) -> Iterator[Made]:
    """Each dialog by the name of its picture, made as it is wanted."""
    ids = desk.read(listing.customer_ids, CustomerQuery(sort=(("order_total", True),)), 3)
    yield from _lists(desk, window)
    yield from _forms(desk, window, int(ids[0]) if ids else 0)
    yield "export", lambda: ExportDialog(desk, ids or None, window)
    if ids:
        yield "duplicates", lambda: DuplicatesDialog(desk, window)
        yield "triage", lambda: TriageDialog(desk, window)


def _lists(desk: Desk, window: QWidget) -> Iterator[Made]:
    yield "history", lambda: HistoryDialog(desk, window)
    yield "imports", lambda: ImportsDialog(desk, window)
    yield "bin", lambda: BinDialog(desk, window)
    yield "restore", lambda: RestoreDialog(desk.database.path, window)
    yield "file_gone", lambda: _file_gone(desk, window)
    yield "shortcuts", lambda: ShortcutsDialog(window)
    yield "day_summary", lambda: DaySummaryDialog(desk.read(today.day_summary), desk.prompts.copy, window)


def _forms(desk: Desk, window: QWidget, customer: int) -> Iterator[Made]:
    day = desk.today
    yield "log", lambda: LogDialog(desk, window)
    yield "evening", lambda: _evening(desk, window)
    yield "add_customer", lambda: AddCustomerDialog(desk, window)
    yield "order_form", lambda: OrderForm(customer, day, (), window)
    yield "receipt_form", lambda: ReceiptForm(customer, day, window)
    yield "follow_up_form", lambda: FollowUpForm(FollowUp(customer, day), desk, window)
    yield "first_contact_form", lambda: FirstContactForm(FirstContact(), {}, window)
    yield "loss_form", lambda: LossForm(window)
    yield "contact_form", lambda: ContactForm(None, window)
    yield "pick_customer", lambda: PickCustomer(desk, _("Order"), window)
    yield "pick_date", lambda: PickDate(_("Next contact"), day, window)
    yield "spread", lambda: SpreadDialog(12, day, desk.settings.daily_cap, window)
    yield "triage_offer", lambda: TriageOffer(188, window)
    yield "choose_tier", lambda: _choose_tier(window)


def _evening(desk: Desk, window: QWidget) -> QDialog:
    """Two lines begun, the second with its day in words."""
    dialog = EveningDialog(desk, window)
    ids = desk.read(listing.customer_ids, CustomerQuery())[:2]
    for row, said, whom in zip(dialog.rows, ("Visit, left the price list", "call again in 3 days"), ids, strict=False):
        row.customer.set_customer(whom, desk.veil(str(desk.read(listing.customer_rows, [whom], ("name",))[0][1])))
        row.text.setText(said)
        row.text.textEdited.emit(said)
    return dialog


def _file_gone(desk: Desk, window: QWidget) -> QDialog:
    path = desk.database.path
    missing = Phrase("data_missing", {"file": path.name, "folder": str(path.parent)})
    return FileGoneDialog(path, missing, backups.list_backups(path), window)


def _choose_tier(window: QWidget) -> QDialog:
    choices = [("", _("Let the rules decide")), *((tier, label("tier", tier)) for tier in "ABCD")]
    return ChooseWithReason(_("Decide the tier myself"), choices, "", "", window)


def import_wizard(desk: Desk, window: QWidget, folder: Path, day: date) -> QDialog:
    """The import of a sample sheet that is written into `folder` first."""
    from crmdesk.gui.dialogs.import_wizard import ImportWizard
    from crmdesk.operations.sample import write_sample_sheet

    return ImportWizard(desk, [write_sample_sheet(folder / "sample.xlsx", day)], window)
